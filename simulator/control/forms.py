"""Forms in closed form: how likely a conversation is to change form under the rules of a day."""

from __future__ import annotations

from dataclasses import dataclass

from simulator.calendars.span import Span
from simulator.scenario import Arm
from simulator.scenario.schema import AttendanceRule

CHOOSES = ("citizen_chooses", "office_chooses")
"""Rules under which somebody chooses the form."""


@dataclass(frozen=True)
class Sickness:
    """What infection does on a day, in the country as a whole; nothing by default.

    Attributes:
        lift: Share of those who would attend where somebody chooses who take the phone for fear [0-1].
        ill: Share of appointments in person that illness or isolation keeps from being held [0-1].
        called_off: Share of these that are called off for good [0-1].
        kept: Share of its worth that a conversation in person keeps [0-1].
    """

    lift: float = 0.0
    ill: float = 0.0
    called_off: float = 0.0
    kept: float = 1.0


@dataclass(frozen=True)
class Allowed:
    """What the rule in force means for one conversation.

    Attributes:
        kind: Kind of rule.
        exception: Share of lawful exceptions [0-1].
        take_up: Digital share where somebody chooses, before the scale [0-1]; 0 where nobody may.
        scale: Scale on the take-up.
        sickness: What infection does that day.
        cancels: Whether a suspension cancels what falls due.
    """

    kind: str
    exception: float
    take_up: float
    scale: float
    sickness: Sickness = Sickness()
    cancels: bool = False

    @property
    def chooses(self) -> bool:
        """Whether somebody chooses the form."""
        return self.kind in CHOOSES

    @property
    def chosen(self) -> float:
        """Share of those not excepted for whom a digital form is chosen [0-1]."""
        chosen = self.take_up * self.scale
        return chosen + (1 - chosen) * self.sickness.lift if self.chooses else chosen

    @property
    def isolated(self) -> float:
        """Share of those who would attend for whom the phone is taken since somebody is ill or isolated [0-1]."""
        return self.sickness.ill if self.chooses else 0.0

    @property
    def physical(self) -> float:
        """Share held physically [0-1]."""
        if self.kind in ("digital_only", "suspended"):
            return 0.0
        return (1 - self.exception) * (1 - self.chosen) * (1 - self.isolated)

    @property
    def called_off(self) -> float:
        """Share of conversations in person that illness calls off for good, where nobody may take the phone [0-1]."""
        return 0.0 if self.chooses else self.sickness.ill * self.sickness.called_off


@dataclass(frozen=True)
class Case:
    """A conversation for which a rule is looked up.

    Attributes:
        day: Day index; nobody waits, so it is the day of calling too.
        type: Name of the type.
        group: Name of the group.
        place: Municipality code.
        age: Age of the spell [days].
        first: Whether it is the first of its type in the spell.
        until: Age before which the part of the spell ends for which it stands [days]; that of its day where left out.
    """

    day: int
    type: str
    group: str
    place: str
    age: int
    first: bool = False
    until: int = 0


def applies(rule: AttendanceRule, case: Case, span: Span) -> bool:
    """Return whether a rule concerns a case."""
    on = span.date_of(case.day)
    first = max((day for day in (rule.from_, rule.held_from) if day is not None), default=None)
    last = min((day for day in (rule.to, rule.held_to) if day is not None), default=None)
    return (
        (first is None or first <= on)
        and (last is None or on <= last)
        and (not rule.types or case.type in rule.types)
        and (not rule.groups or case.group in rule.groups)
        and (not rule.places or case.place in rule.places)
        and rule.conversations in ("all", "first" if case.first else "later")
        and rule.spell_from_days <= case.age
        and (rule.spell_to_days is None or case.age < rule.spell_to_days)
    )


def allowed(arm: Arm, case: Case, span: Span, sickness: Sickness = Sickness()) -> Allowed:
    """Return what the last rule that applies means for a case."""
    rule = next(rule for rule in reversed(arm.sections.attendance.rules) if applies(rule, case, span))
    exception = arm.values[f"attendance.exception_share.{case.type}"]
    if rule.exception_share is not None:
        exception = rule.exception_share
    chooses = rule.rule in CHOOSES
    take_up = arm.values[f"attendance.take_up.{case.type}.{case.group}"] if chooses else 0.0
    if chooses and rule.take_up is not None:
        take_up = rule.take_up
    scale = arm.values["attendance.take_up_scale"]
    return Allowed(rule.rule, exception, take_up, scale, sickness, rule.when_suspended == "cancel")


def changes_form(baseline: Allowed, proposal: Allowed, voluntary_share: float) -> float:
    """Return the chance that a conversation is physical in the baseline and digital in the proposal [0-1].

    Both arms share the chance that decides: of those who would choose a digital form under the baseline's take-up
    none changes under the same or a larger one.
    """
    left = 1 - baseline.called_off
    if proposal.kind == "suspended":
        return baseline.physical * voluntary_share * left
    if proposal.kind == "digital_only":
        return baseline.physical * left
    if baseline.physical == 0.0:
        return 0.0
    kept, excepted = 1 - baseline.isolated, max(baseline.exception, proposal.exception)
    newly_excepted = max(proposal.exception - baseline.exception, 0.0) * (1 - baseline.chosen) * kept
    newly_chosen = max(proposal.chosen - baseline.chosen, 0.0) * kept
    attends = 1 - max(baseline.chosen, proposal.chosen)
    newly_isolated = max(proposal.isolated - baseline.isolated, 0.0) * attends
    return (newly_excepted + (newly_chosen + newly_isolated) * (1 - excepted)) * left


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
