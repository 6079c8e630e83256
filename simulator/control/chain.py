"""The chain: persons x conversations a week x weeks x shares x weeks of employment x kroner, cell by cell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from simulator.calendars import Calendar
from simulator.calendars.span import DAYS_A_WEEK, WEEKDAYS_A_WEEK, WEEKDAYS_A_YEAR, Span
from simulator.control.forms import Case, Sickness, Tries, allowed, changes_form
from simulator.control.levels import Level, level_of
from simulator.control.places import Passed, PlaceClass, place_classes
from simulator.control.spells import Spells, by_week, spells_of
from simulator.facts.read import words
from simulator.scenario import Arm, Scenario
from simulator.scenario.schema import ContactChange


@dataclass
class Sums:
    """What one type and group add up to over the meeting days of the period.

    Attributes:
        persons: Persons, averaged over the meeting days.
        meeting_weeks: Meeting days / 5, averaged over places.
        uncarried: Conversations that would fall due in the baseline if the clock of everybody stopped in closures.
        due: Conversations that fall due in the baseline.
        kept: Of these, not held digitally by a lawful exception.
        free: Of these, where the proposal lets a form change and the baseline does not.
        chosen: Of these, digital before the scale on take-up.
        scaled: Of these, after the scale.
        converted: Of these, held so in the end within the tries.
        lost_at_all: Converted x weeks of employment of a physical conversation.
        form_weeks: Weeks of employment lost through form.
        held: Conversations held in the baseline.
        held_physically: Of these, physically.
        excepted: Of these, by phone or video by a lawful exception.
        baseline_weeks: Weeks of employment that the conversations held in the baseline are worth.
        returning: Conversations due that would be digital in the baseline and physical in the proposal.
        returned: Of these, held so in the end within the tries.
        won_at_all: Returned x weeks of employment of a physical conversation.
        reverse_weeks: Weeks of employment won through conversations that return to physical form.
        delayed: Conversations due that a suspension of the proposal makes wait.
        volume: Conversations held in the proposal less those of the baseline.
        volume_weeks: Weeks of employment through volume.
        minutes: Caseworker minutes of the baseline less those of the proposal.
    """

    persons: float = 0.0
    meeting_weeks: float = 0.0
    uncarried: float = 0.0
    due: float = 0.0
    kept: float = 0.0
    free: float = 0.0
    chosen: float = 0.0
    scaled: float = 0.0
    converted: float = 0.0
    lost_at_all: float = 0.0
    form_weeks: float = 0.0
    held: float = 0.0
    held_physically: float = 0.0
    excepted: float = 0.0
    baseline_weeks: float = 0.0
    delayed: float = 0.0
    returning: float = 0.0
    returned: float = 0.0
    won_at_all: float = 0.0
    reverse_weeks: float = 0.0
    volume: float = 0.0
    volume_weeks: float = 0.0
    minutes: float = 0.0

    def add(self, other: Sums) -> None:
        """Add another; persons and weeks are left alone, since they are averages."""
        for name in vars(self):
            if name not in ("persons", "meeting_weeks"):
                setattr(self, name, getattr(self, name) + getattr(other, name))


@dataclass(frozen=True)
class Chain:
    """Everything the chain looks up for one type and group."""

    scenario: Scenario
    span: Span
    type: str
    group: str
    level: Level
    spells: Spells
    classes: tuple[PlaceClass, ...]
    carry_share: float
    sickness: tuple[Sickness, ...] = ()
    found: Sums = field(default_factory=Sums)

    def run(self) -> Sums:
        """Return the sums over all places and meeting days."""
        weighted_days = weight = 0.0
        persons: list[float] = []
        for places in self.classes:
            share = sum(self.level.share[code] for code in places.codes)
            days = (dict(places.days[0]), dict(places.days[1]))
            weight += share
            weighted_days += share * len(days[0])
            if days[0]:
                ages = (0, self.spells.edges[-1])
                average = sum(self.level.aged(day, ages, self.spells) for day in days[0]) / len(days[0])
                persons.append(share * average)
            for day in sorted(set(days[0]) | set(days[1])):
                for sums in self.day(day, places.codes[0], share, (days[0].get(day), days[1].get(day))):
                    self.found.add(sums)
        self.found.persons = sum(persons)
        self.found.meeting_weeks = weighted_days / weight / WEEKDAYS_A_WEEK if weight else 0.0
        return self.found

    def day(self, day: int, place: str, share: float, passed: tuple[Passed, Passed]) -> Iterator[Sums]:
        """Yield the sums of one meeting day, spell part by spell part.

        Args:
            day: Day index.
            place: A municipality of the class.
            share: Share of the country that the class has [0-1].
            passed: In each arm the closed weekdays since the meeting day before; None where the day is closed.
        """
        both = [
            {} if closed is None else self.due_on(arm, day, share, closed)
            for arm, closed in zip(self.scenario.arms, passed, strict=True)
        ]
        if passed[0] is not None:
            yield Sums(uncarried=sum(self.due_on(self.scenario.baseline, day, share, ()).values()))
        for age in sorted(set(both[0]) | set(both[1])):
            case = Case(day, self.type, self.group, place, age, age < self.first_until)
            yield self.cell(case, both[0].get(age, 0.0), both[1].get(age, 0.0))

    def cell(self, case: Case, due: float, due_proposal: float) -> Sums:
        """Return the sums of conversations of one age of spell on one day."""
        values = self.scenario.baseline.values
        sickness = self.sickness[case.day] if self.sickness else Sickness()
        rule, other = (allowed(arm, case, self.span, sickness) for arm in self.scenario.arms)
        voluntary = values["attendance.voluntary_contact_share"] if other.kind == "suspended" else 0.0
        changes = changes_form(rule, other, voluntary)
        returns = 0.0 if "suspended" in (rule.kind, other.kind) else changes_form(other, rule, 0.0)
        missed = values[f"delivery.no_show.{self.type}.{self.group}"]
        tries = Tries(missed, missed * values["delivery.no_show_digital_ratio"], round(values["delivery.tries"]))
        physical, both = rule.physical, min(due, due_proposal)
        worth = self.worth(case.age)
        loss = sickness.kept - self.relative_effect(case.age) if worth else 0.0  # the share of nothing is not read
        converted = both * tries.changed_in_the_end(changes, physical)
        returned = both * tries.changed_in_the_end(returns, physical - changes + returns)
        off, off_proposal = rule.physical * rule.called_off, other.physical * other.called_off
        held = tries.held(physical) * (1 - off)
        volume = (due_proposal - due) * held + due_proposal * tries.held(physical) * (off - off_proposal)
        found = Sums(due=due, held=due * held, volume=volume)
        found.kept = due * (1 - rule.exception if rule.kind not in ("digital_only", "suspended") else 1.0)
        found.held_physically, found.excepted = found.held * physical, found.held * (1 - found.kept / due if due else 0)
        found.delayed = due_proposal * (1 - voluntary) if other.kind == "suspended" else 0.0
        found.free = both * found.kept / due if due and changes > 0 else 0.0
        found.scaled = both * changes
        found.chosen = found.scaled / (other.scale if other.take_up > rule.take_up and other.scale > 0 else 1.0)
        found.converted, found.lost_at_all = converted, converted * worth
        found.returning, found.returned, found.won_at_all = both * returns, returned, returned * worth
        found.form_weeks, found.reverse_weeks = -converted * worth * loss, returned * worth * loss
        kept = worth * (sickness.kept - (1 - physical) * loss)
        found.volume_weeks, found.baseline_weeks = volume * kept, found.held * kept
        found.minutes = due * self.minutes(self.scenario.baseline, physical, tries)
        found.minutes -= due_proposal * self.minutes(self.scenario.proposal, physical - changes + returns, tries)
        return found

    def minutes(self, arm: Arm, physical: float, tries: Tries) -> float:
        """Return the caseworker minutes of a conversation, missed appointments included.

        Args:
            arm: The arm.
            physical: Share held physically [0-1].
            tries: Appointments that are missed and made again.
        """
        saved = (1 - physical) * arm.values["delivery.digital_saves_minutes"]
        return (arm.values["delivery.physical_minutes"] - saved) * tries.appointments(physical)

    def due_on(self, arm: Arm, day: int, share: float, closed: tuple[int, ...]) -> dict[int, float]:
        """Return what falls due on a meeting day, by the age [days] at which the part of the spell begins.

        Args:
            arm: The arm.
            day: Day index.
            share: Share of the country [0-1].
            closed: Closed weekdays since the meeting day before, which are made up for by carriers.
        """
        values = arm.values
        carry = self.carry_share
        changes = [change for change in arm.sections.demand.contact_changes if self.concerns(change, day)]
        fixed = values.under(f"demand.due_spell_day.{self.type}.{self.group}")
        if fixed:
            found = {}
            for spell_day in sorted(int(number) for number in fixed.values()):
                reach = self.reach(spell_day, day, 0)
                reach += carry * sum(self.reach(spell_day, one, day - one) for one in closed)
                found[spell_day] = share * reach * _scaled(changes, spell_day)
            return found
        rule = arm.sections.demand.contact_rule
        rate = by_week(values.under(f"demand.contact.{rule}.{self.type}.{self.group}").items())
        edges, ticks = self.parts(rate), 1 + carry * len(closed)
        return {
            low: ticks
            * share
            * self.level.aged(day, (low, high), self.spells)
            * _yearly(rate, low, changes)
            / WEEKDAYS_A_YEAR
            for low, high in pairwise(edges)
        }

    def reach(self, spell_day: int, day: int, later: int) -> float:
        """Return the persons who reach a day of the spell on a weekday, and are still there some days later."""
        entering = self.level.entering(day - spell_day, self.spells.mean_days)
        return entering * DAYS_A_WEEK / WEEKDAYS_A_WEEK * self.spells.alive_on_weekday(spell_day + later)

    def parts(self, rate: list[tuple[int, float]]) -> list[int]:
        """Return the ages [days] that part spells: of rates, changes, attendance rules and effects."""
        ages = {first for first, _ in rate} | {0}
        for arm in self.scenario.arms:
            rules = [(rule.spell_from_days, rule.spell_to_days) for rule in arm.sections.attendance.rules]
            changes = [(one.spell_from_days, one.spell_to_days) for one in arm.sections.demand.contact_changes]
            ages |= {age for bounds in (*rules, *changes) for age in bounds if age is not None}
        ages |= {first for first, _ in self.effect_steps()} | {self.first_until}
        for rule in self.scenario.sections.effects.relative_effect_rules:
            ages |= {rule.spell_from_weeks * DAYS_A_WEEK, (rule.spell_to_weeks or 0) * DAYS_A_WEEK}
        end = self.spells.edges[-1]
        return [*sorted(age for age in ages if age < end), end]

    @cached_property
    def first_until(self) -> int:
        """Age of the spell [days] before which a conversation is the first of its type: one has fallen due by then."""
        values = self.scenario.baseline.values
        fixed = values.under(f"demand.due_spell_day.{self.type}.{self.group}")
        if fixed:
            return int(min(fixed.values())) + 1
        rule = self.scenario.baseline.sections.demand.contact_rule
        rate = by_week(values.under(f"demand.contact.{rule}.{self.type}.{self.group}").items())
        due, ends = 0.0, self.spells.edges[-1]
        for age in range(ends):
            if due >= 1:
                return age
            due += _yearly(rate, age, []) / WEEKDAYS_A_YEAR * WEEKDAYS_A_WEEK / DAYS_A_WEEK
        return ends

    def concerns(self, change: ContactChange, day: int) -> bool:
        """Return whether a change of the contact rule concerns this type and group on a day."""
        on = self.span.date_of(day)
        return (
            (change.from_ is None or change.from_ <= on)
            and (change.to is None or on <= change.to)
            and (not change.types or self.type in change.types)
            and (not change.groups or self.group in change.groups)
        )

    def effect_steps(self) -> list[tuple[int, float]]:
        """Return (first day of the spell, weeks of employment of a physical conversation before the scale)."""
        key = f"effects.params.weeks_per_conversation.{self.type}.{self.group}"
        return by_week(self.scenario.baseline.values.under(key).items())

    def worth(self, age: int) -> float:
        """Return the weeks of employment of a physical conversation at an age of the spell [days]."""
        steps = [number for first, number in self.effect_steps() if first <= age]
        return (steps[-1] if steps else 0.0) * self.scenario.baseline.values["effects.params.scale"]

    def relative_effect(self, age: int) -> float:
        """Return the share of the effect that a digital conversation keeps, over phone and video [0-1]."""
        values = self.scenario.baseline.values
        video = values["attendance.video_share"]
        kept = 0.0
        for form, weight in (("phone", 1 - video), ("video", video)):
            share = values[f"effects.params.relative_effect.{self.type}.{form}"]
            for rule in self.scenario.sections.effects.relative_effect_rules:
                of_spell = rule.spell_from_weeks * DAYS_A_WEEK <= age and (
                    rule.spell_to_weeks is None or age < rule.spell_to_weeks * DAYS_A_WEEK
                )
                named = (not rule.types or self.type in rule.types) and (not rule.groups or self.group in rule.groups)
                if of_spell and named and (not rule.forms or form in rule.forms):
                    share = rule.relative_effect
            kept += weight * share
        return kept


def _scaled(changes: list[ContactChange], age: int) -> float:
    factor = 1.0
    for change in changes:
        inside = change.spell_from_days <= age and (change.spell_to_days is None or age < change.spell_to_days)
        factor = min(factor, change.scale) if inside and change.scale is not None else factor
    return factor


def _yearly(rate: list[tuple[int, float]], age: int, changes: list[ContactChange]) -> float:
    yearly = [number for first, number in rate if first <= age][-1]
    for change in changes:
        if change.spell_from_days <= age and (change.spell_to_days is None or age < change.spell_to_days):
            yearly = yearly if change.conversations_per_year is None else change.conversations_per_year
            yearly *= 1.0 if change.scale is None else change.scale
    return yearly


def chains(
    scenario: Scenario,
    calendars: tuple[Calendar, Calendar],
    span: Span,
    carry_share: float,
    sickness: tuple[Sickness, ...] = (),
) -> dict[tuple[str, str], Sums]:
    """Return the sums of every type and group.

    Args:
        scenario: The scenario.
        calendars: Calendar of each arm.
        span: The simulated days.
        carry_share: Share of persons whose contact clock runs on through a planned closure [0-1].
        sickness: What infection does on each day; nothing where left out.
    """
    levels = {group: level_of(scenario, group, span) for group in words()["groups"]}
    spells = {group: spells_of(scenario.baseline.values, group) for group in words()["groups"]}
    found = {}
    for type_name, word in words()["types"].items():
        classes = place_classes(scenario, calendars, span, word["office_kind"])
        for group in words()["groups"]:
            world = levels[group], spells[group], classes, carry_share, sickness
            chain = Chain(scenario, span, type_name, group, *world)
            if f"delivery.no_show.{type_name}.{group}" in scenario.baseline.values:
                found[type_name, group] = chain.run()
    return found
