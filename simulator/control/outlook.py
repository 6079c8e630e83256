"""What becomes of one conversation of a type and group that falls due, in closed form."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
from functools import cached_property

from simulator.calendars.span import DAYS_A_WEEK, Span
from simulator.control.forms import Allowed, Case, Sickness, Tries, allowed, changes_form
from simulator.control.rivals import KEYS, Rival
from simulator.control.spells import by_week
from simulator.scenario import Arm, Scenario


@dataclass(frozen=True)
class Unit:
    """What becomes of one conversation: shares of those that fall due, unless a unit stands behind.

    Attributes:
        kept: Not digital by a lawful exception, in the baseline.
        physical: Of those held in the baseline, in person.
        held: Held in the baseline.
        held_proposal: Held in the proposal.
        delayed: Made to wait by a suspension of the proposal.
        changes: Physical in the baseline and digital in the proposal, at one appointment.
        scale: Scale on the take-up behind that [factor].
        converted: The same in the end, within the tries.
        returns: The other way round, at one appointment.
        returned: The same in the end.
        worth: Weeks of employment of a physical conversation without fear of infection [weeks].
        loss: Share of that which a digital one loses against a physical one.
        kept_worth: Weeks of employment of one held in the baseline [weeks].
        minutes: Caseworker minutes in the baseline [minutes].
        minutes_proposal: The same in the proposal.
        missed_minutes: Of the minutes in the baseline, those of missed appointments [minutes].
        missed_minutes_proposal: The same in the proposal.
        attended: Held in person in the baseline.
        attended_proposal: The same in the proposal.
    """

    kept: float
    physical: float
    held: float
    held_proposal: float
    delayed: float
    changes: float
    scale: float
    converted: float
    returns: float
    returned: float
    worth: float
    loss: float
    kept_worth: float
    minutes: float
    minutes_proposal: float
    missed_minutes: float
    missed_minutes_proposal: float
    attended: float
    attended_proposal: float


def eras_of(scenario: Scenario, span: Span) -> tuple[int, ...]:
    """Return the days on which some attendance rule begins or is over, ascending: between them nothing changes."""
    days: set[int] = set()
    for arm in scenario.arms:
        for rule in arm.sections.attendance.rules:
            days |= {first.toordinal() - span.first for first in (rule.from_, rule.held_from) if first}
            days |= {last.toordinal() - span.first + 1 for last in (rule.to, rule.held_to) if last}
    return tuple(sorted(days))


@dataclass(frozen=True)
class Outlook:
    """Looks up what becomes of a conversation: days of one era and ages of one part are alike.

    Attributes:
        scenario: The scenario.
        span: The simulated days.
        type: Name of the type.
        group: Name of the group.
        eras: From `eras_of`.
        rival: What a physical conversation is worth under the effect model.
        sickness: What infection does on each day; empty where no link is on.
    """

    scenario: Scenario
    span: Span
    type: str
    group: str
    eras: tuple[int, ...]
    rival: Rival
    sickness: tuple[Sickness, ...] = ()

    def under(self, scenario: Scenario) -> Outlook:
        """Return the same under a scenario that differs in numbers of the effect alone."""
        return replace(self, scenario=scenario, rival=replace(self.rival, scenario=scenario, _known={}))

    def era(self, day: int) -> int:
        """Return what all days share on which the same becomes of a conversation.

        Days between changes of the rules are alike where no link of infection is on.
        """
        if self.sickness:
            return day
        era = bisect_right(self.eras, day)
        return era * self.span.days + day // DAYS_A_WEEK if self.rival.by_week else era

    def unit(self, case: Case, scale: float | None = None) -> Unit:
        """Return what becomes of a conversation, at another scale on the take-up of both arms where one is given."""
        values = self.scenario.baseline.values
        sickness = self._sickness(case)
        rule, other = (allowed(arm, case, self.span, sickness) for arm in self.scenario.arms)
        if scale is not None:
            rule, other = replace(rule, scale=scale), replace(other, scale=scale)
        suspended = "suspended" in (rule.kind, other.kind)
        voluntary = values["attendance.voluntary_contact_share"] if suspended else 0.0
        changes = changes_form(rule, other, voluntary if other.kind == "suspended" else 0.0)
        returns = 0.0 if suspended else changes_form(other, rule, 0.0)
        missed = values[f"delivery.no_show.{self.type}.{self.group}"]
        tries = Tries(missed, missed * values["delivery.no_show_digital_ratio"], round(values["delivery.tries"]))
        physical, after = rule.physical, rule.physical - changes + returns
        met, met_after = (_met(one, voluntary) for one in (rule, other))
        chooses_more = other.take_up > rule.take_up and other.scale > 0
        return Unit(
            kept=1 - rule.exception if rule.kind not in ("digital_only", "suspended") else 1.0,
            physical=physical,
            held=tries.held(physical) * met,
            held_proposal=tries.held(physical) * met_after,
            delayed=1 - voluntary if other.kind == "suspended" and not other.cancels else 0.0,
            changes=changes,
            scale=other.scale if chooses_more else 1.0,
            converted=tries.changed_in_the_end(changes, physical),
            returns=returns,
            returned=tries.changed_in_the_end(returns, after),
            **self._valued(case, physical),
            minutes=self._minutes(self.scenario.baseline, physical, tries) * met,
            minutes_proposal=self._minutes(self.scenario.proposal, after, tries) * met_after,
            missed_minutes=self._missed_minutes(self.scenario.baseline, physical, tries) * met,
            missed_minutes_proposal=self._missed_minutes(self.scenario.proposal, after, tries) * met_after,
            attended=tries.held_physically(physical, tries.tries) * met,
            attended_proposal=tries.held_physically(after, tries.tries) * met_after,
        )

    def revalued(self, unit: Unit, case: Case) -> Unit:
        """Return a unit at the numbers of this scenario, where these differ in the effect alone."""
        return replace(unit, **self._valued(case, unit.physical))

    def _valued(self, case: Case, physical: float) -> dict[str, float]:
        """Return what a conversation is worth in weeks of employment, by name.

        Args:
            case: The conversation.
            physical: Share held physically in the baseline [0-1].
        """
        kept = self._sickness(case).kept
        worth = self.rival.worth(lambda: self._worth(case.age), case)
        loss = kept - self._relative_effect(case.age)[0] if worth else 0.0  # that of nothing is not read
        return {"worth": worth, "loss": loss, "kept_worth": worth * (kept - (1 - physical) * loss)}

    def _minutes(self, arm: Arm, physical: float, tries: Tries) -> float:
        """Return the caseworker minutes of a conversation, missed appointments included.

        Args:
            arm: The arm.
            physical: Share held physically [0-1].
            tries: Appointments that are missed and made again.
        """
        saved = (1 - physical) * arm.values["delivery.digital_saves_minutes"]
        return (arm.values["delivery.physical_minutes"] - saved) * tries.appointments(physical)

    def _missed_minutes(self, arm: Arm, physical: float, tries: Tries) -> float:
        """Return the caseworker minutes of missed appointments of a conversation, arguments as above."""
        whole, saved = arm.values["delivery.physical_minutes"], arm.values["delivery.digital_saves_minutes"]
        missed = physical * tries.physical * whole + (1 - physical) * tries.digital * (whole - saved)
        return missed * tries.appointments(physical)

    @cached_property
    def effect_steps(self) -> list[tuple[int, float]]:
        """Return (first day of the spell, weeks of employment of a physical conversation before the scale)."""
        if self.rival.model in KEYS:
            return []
        key = f"effects.params.weeks_per_conversation.{self.type}.{self.group}"
        return by_week(self.scenario.baseline.values.under(key).items())

    def _worth(self, age: int) -> float:
        """Return the weeks of employment of a physical conversation at an age of the spell [days]."""
        steps = [number for first, number in self.effect_steps if first <= age]
        return (steps[-1] if steps else 0.0) * self.scenario.baseline.values["effects.params.scale"]

    def open_weight(self, case: Case) -> float:
        """Return the weight of the forms whose relative effect no rule of its own gives [0-1]."""
        return self._relative_effect(case.age)[1]

    @property
    def relative_effect(self) -> float:
        """The relative effect of the type over phone and video, before rules of its own [0-1]."""
        values = self.scenario.baseline.values
        key, video = f"effects.params.relative_effect.{self.type}", values["attendance.video_share"]
        return (1 - video) * values[f"{key}.phone"] + video * values[f"{key}.video"]

    def _sickness(self, case: Case) -> Sickness:
        return self.sickness[case.day] if self.sickness else Sickness()

    def _relative_effect(self, age: int) -> tuple[float, float]:
        """Return the share of the effect that a digital conversation keeps, over phone and video [0-1].

        Beside it stands the weight of the forms for which no rule of its own says so.
        """
        values = self.scenario.baseline.values
        video = values["attendance.video_share"]
        kept = unruled = 0.0
        for form, weight in (("phone", 1 - video), ("video", video)):
            share, ruled = values[f"effects.params.relative_effect.{self.type}.{form}"], False
            for rule in self.scenario.sections.effects.relative_effect_rules:
                of_spell = rule.spell_from_weeks * DAYS_A_WEEK <= age and (
                    rule.spell_to_weeks is None or age < rule.spell_to_weeks * DAYS_A_WEEK
                )
                named = (not rule.types or self.type in rule.types) and (not rule.groups or self.group in rule.groups)
                if of_spell and named and (not rule.forms or form in rule.forms):
                    share, ruled = rule.relative_effect, True
            kept += weight * share
            unruled += 0.0 if ruled else weight
        return kept, unruled


def _met(rule: Allowed, voluntary: float) -> float:
    """Return the share that is neither called off for illness nor cancelled by a suspension [0-1].

    What a suspension makes wait is held later; what it cancels is held only where the citizen wants contact.
    """
    cancelled = 1 - voluntary if rule.kind == "suspended" and rule.cancels else 0.0
    return (1 - rule.physical * rule.called_off) * (1 - cancelled)
