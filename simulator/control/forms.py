"""Forms in closed form: how likely a conversation is to change form under the rules of a day."""

from __future__ import annotations

from dataclasses import dataclass

from simulator.calendars.span import Span
from simulator.scenario import Arm
from simulator.scenario.schema import AttendanceRule


@dataclass(frozen=True)
class Allowed:
    """What the rule in force means for one conversation.

    Attributes:
        kind: Kind of rule.
        exception: Share of lawful exceptions [0-1].
        take_up: Digital share where somebody chooses, before the scale [0-1]; 0 where nobody may.
        scale: Scale on the take-up.
    """

    kind: str
    exception: float
    take_up: float
    scale: float

    @property
    def physical(self) -> float:
        """Share held physically [0-1]."""
        if self.kind in ("digital_only", "suspended"):
            return 0.0
        return (1 - self.exception) * (1 - self.take_up * self.scale)


@dataclass(frozen=True)
class Case:
    """A conversation for which a rule is looked up.

    Attributes:
        day: Day index.
        type: Name of the type.
        group: Name of the group.
        place: Municipality code.
        age: Age of the spell [days].
    """

    day: int
    type: str
    group: str
    place: str
    age: int


def applies(rule: AttendanceRule, case: Case, span: Span) -> bool:
    """Return whether a rule concerns a case."""
    on = span.date_of(case.day)
    return (
        (rule.from_ is None or rule.from_ <= on)
        and (rule.to is None or on <= rule.to)
        and (not rule.types or case.type in rule.types)
        and (not rule.groups or case.group in rule.groups)
        and (not rule.places or case.place in rule.places)
        and rule.spell_from_days <= case.age
        and (rule.spell_to_days is None or case.age < rule.spell_to_days)
    )


def allowed(arm: Arm, case: Case, span: Span) -> Allowed:
    """Return what the last rule that applies means for a case."""
    rule = next(rule for rule in reversed(arm.sections.attendance.rules) if applies(rule, case, span))
    exception = arm.values[f"attendance.exception_share.{case.type}"]
    if rule.exception_share is not None:
        exception = rule.exception_share
    chooses = rule.rule in ("citizen_chooses", "office_chooses")
    take_up = arm.values[f"attendance.take_up.{case.type}.{case.group}"] if chooses else 0.0
    if chooses and rule.take_up is not None:
        take_up = rule.take_up
    return Allowed(rule.rule, exception, take_up, arm.values["attendance.take_up_scale"])


def changes_form(baseline: Allowed, proposal: Allowed, voluntary_share: float) -> float:
    """Return the chance that a conversation is physical in the baseline and digital in the proposal [0-1].

    Both arms share the chance that decides: of those who would choose a digital form under the baseline's take-up
    none changes under the same or a larger one.
    """
    if proposal.kind == "suspended":
        return baseline.physical * voluntary_share
    if proposal.kind == "digital_only":
        return baseline.physical
    if baseline.physical == 0.0:
        return 0.0
    chosen = baseline.take_up * baseline.scale
    newly_excepted = max(proposal.exception - baseline.exception, 0.0) * (1 - chosen)
    newly_chosen = max(proposal.take_up * proposal.scale - chosen, 0.0)
    return newly_excepted + newly_chosen * (1 - max(baseline.exception, proposal.exception))


@dataclass(frozen=True)
class Tries:
    """Appointments that are missed and made again.

    Attributes:
        physical: No-show share at physical appointments [0-1].
        digital: No-show share at digital ones [0-1].
        tries: Appointments before a conversation is given up.
    """

    physical: float
    digital: float
    tries: int

    def appointments(self, physical_share: float) -> float:
        """Return the mean number of appointments of a conversation."""
        missed = physical_share * self.physical + (1 - physical_share) * self.digital
        return sum(missed**at for at in range(self.tries))

    def held(self, physical_share: float) -> float:
        """Return the share of conversations held within the tries [0-1]."""
        missed = physical_share * self.physical + (1 - physical_share) * self.digital
        return 1 - missed**self.tries

    def held_physically(self, physical_share: float, tries: int) -> float:
        """Return the share that is held, and physically, within some tries [0-1]."""
        missed = physical_share * self.physical + (1 - physical_share) * self.digital
        return sum(missed**at for at in range(tries)) * physical_share * (1 - self.physical)

    def changed_in_the_end(self, changes: float, physical_share: float) -> float:
        """Return the share held digitally in the proposal and physically in the baseline, within the tries [0-1].

        Args:
            changes: Chance of a change of form at one appointment.
            physical_share: Share physical in the baseline.
        """
        share = 0.0
        for left in range(self.tries):
            alone = (self.physical - self.digital) * self.held_physically(physical_share, left)
            again = changes * self.digital + (physical_share - changes) * self.physical
            again += (1 - physical_share) * self.digital
            share = changes * (1 - self.physical + alone) + again * share
        return share
