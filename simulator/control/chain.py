"""The chain: persons x conversations a week x weeks x shares x weeks of employment x kroner, cell by cell."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise
from operator import itemgetter

from simulator.calendars import Calendar
from simulator.calendars.span import DAYS_A_WEEK, WEEKDAYS_A_WEEK, WEEKDAYS_A_YEAR, Span
from simulator.control.forms import Case, Sickness
from simulator.control.levels import Level, level_of
from simulator.control.outlook import Outlook, Unit, eras_of
from simulator.control.places import Meetings, Passed, PlaceClass, closed_weekdays, place_classes
from simulator.control.rivals import Rival
from simulator.control.spells import Spells, by_week, spells_of
from simulator.facts.read import words
from simulator.scenario import Arm, Scenario
from simulator.scenario.occurs import occurs
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
        saved: Conversations held in the proposal alone.
        saved_weeks: Weeks of employment through them.
        lost: Conversations held in the baseline alone.
        lost_weeks: Weeks of employment through them, minus.
        volume: Conversations held in the proposal less those of the baseline.
        volume_weeks: Weeks of employment through volume.
        minutes: Caseworker minutes of the baseline less those of the proposal.
        missed_minutes: Of these, the minutes of missed appointments.
        attended: Conversations held in person in the baseline less those of the proposal.
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
    saved: float = 0.0
    saved_weeks: float = 0.0
    lost: float = 0.0
    lost_weeks: float = 0.0
    volume: float = 0.0
    volume_weeks: float = 0.0
    minutes: float = 0.0
    missed_minutes: float = 0.0
    attended: float = 0.0

    def add(self, other: Sums) -> None:
        """Add another; persons and weeks are left alone, since they are averages."""
        for name in vars(self):
            if name not in ("persons", "meeting_weeks"):
                setattr(self, name, getattr(self, name) + getattr(other, name))


@dataclass(frozen=True)
class Chain:
    """Everything the chain looks up for one type and group.

    Attributes:
        outlook: What becomes of one conversation.
        level: Persons of the group.
        spells: Their spells.
        classes: Places that need not be told apart.
        carry_share: Share of persons whose contact clock runs on through a planned closure [0-1].
        found: The sums so far.
        national: What falls due in the country, by arm, day and closed weekdays before it.
        due: What falls due in the baseline, in the proposal and in both, with the case and the unit that it is
            multiplied by, by era, place and age.
        averages: Persons of the country, averaged over meeting days.
    """

    outlook: Outlook
    level: Level
    spells: Spells
    classes: tuple[PlaceClass, ...]
    carry_share: float
    found: Sums = field(default_factory=Sums)
    national: dict[tuple[str, int, tuple[int, ...]], dict[int, float]] = field(default_factory=dict)
    due: dict[tuple[int, str, int], tuple[Case, Unit, list[float]]] = field(default_factory=dict)
    averages: dict[Meetings, float] = field(default_factory=dict)

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
                persons.append(share * self.average(places.days[0]))
            for day in sorted(set(days[0]) | set(days[1])):
                self.add_day(day, places.codes[0], share, (days[0].get(day), days[1].get(day)))
        for _, unit, due in self.due.values():
            self.found.add(sums_of(unit, due))
        self.found.persons = sum(persons)
        self.found.meeting_weeks = weighted_days / weight / WEEKDAYS_A_WEEK if weight else 0.0
        return self.found

    def average(self, meetings: Meetings) -> float:
        """Return the persons of the country, averaged over meeting days; many classes of places share them."""
        if meetings not in self.averages:
            ages = (0, self.spells.edges[-1])
            persons = sum(self.level.aged(day, ages, self.spells) for day, _ in meetings)
            self.averages[meetings] = persons / len(meetings)
        return self.averages[meetings]

    def add_day(self, day: int, place: str, share: float, passed: tuple[Passed, Passed]) -> None:
        """Add what falls due on one meeting day, spell part by spell part, to what awaits its unit.

        Args:
            day: Day index.
            place: A municipality of the class.
            share: Share of the country that the class has [0-1].
            passed: In each arm the closed weekdays since the meeting day before; None where the day is closed.
        """
        baseline, proposal = (
            {} if closed is None else self.due_on(arm, day, closed)
            for arm, closed in zip(self.outlook.scenario.arms, passed, strict=True)
        )
        if passed[0] is not None:
            alone = self.due_on(self.outlook.scenario.baseline, day, ()) if passed[0] else baseline
            self.found.uncarried += share * sum(alone.values())
        era = self.outlook.era(day)
        for age in baseline.keys() | proposal.keys():
            key = era, place, age
            if key not in self.due:
                ends, first = self.ends.get(age, 0), age < self.first_until
                case = Case(day, self.outlook.type, self.outlook.group, place, age, first, ends)
                self.due[key] = case, self.outlook.unit(case), [0.0, 0.0, 0.0]
            awaits = self.due[key][2]
            due, due_proposal = share * baseline.get(age, 0.0), share * proposal.get(age, 0.0)
            awaits[0] += due
            awaits[1] += due_proposal
            awaits[2] += min(due, due_proposal)

    def due_on(self, arm: Arm, day: int, closed: tuple[int, ...]) -> dict[int, float]:
        """Return what falls due in the country on a meeting day, by the age [days] at which a part of the spell begins.

        All classes of places ask for the same days, so the answer is kept.

        Args:
            arm: The arm.
            day: Day index.
            closed: Closed weekdays since the meeting day before, which are made up for by carriers.
        """
        key = (arm.name, day, closed)
        if key not in self.national:
            self.national[key] = self._due_on(arm, day, closed)
        return self.national[key]

    def _due_on(self, arm: Arm, day: int, closed: tuple[int, ...]) -> dict[int, float]:
        carry = self.carry_share
        changes = [change for change in arm.sections.demand.contact_changes if self.concerns(change, day)]
        spell_days, rate = self.rhythm[arm.name]
        if spell_days:
            found = {}
            for spell_day in spell_days:
                reach = self.reach(spell_day, day, 0)
                reach += carry * sum(self.reach(spell_day, one, day - one) for one in closed)
                found[spell_day] = reach * _scaled(changes, spell_day)
            return found
        ticks = 1 + carry * len(closed)
        return {
            low: ticks * self.level.aged(day, (low, high), self.spells) * _yearly(rate, low, changes) / WEEKDAYS_A_YEAR
            for low, high in pairwise(self.parts)
        }

    def reach(self, spell_day: int, day: int, later: int) -> float:
        """Return the persons who reach a day of the spell on a weekday, and are still there some days later."""
        entering = self.level.entering(day - spell_day, self.spells.mean_days)
        return entering * DAYS_A_WEEK / WEEKDAYS_A_WEEK * self.spells.alive_on_weekday(spell_day + later)

    @cached_property
    def rhythm(self) -> dict[str, tuple[list[int], list[tuple[int, float]]]]:
        """Fixed days of the spell, and (first day of the spell, conversations a year), by arm."""
        found = {}
        for arm in self.outlook.scenario.arms:
            fixed = arm.values.under(f"demand.due_spell_day.{self.outlook.type}.{self.outlook.group}")
            rule = arm.sections.demand.contact_rule
            rate = arm.values.under(f"demand.contact.{rule}.{self.outlook.type}.{self.outlook.group}")
            found[arm.name] = (sorted(int(number) for number in fixed.values()), by_week(rate.items()))
        return found

    @cached_property
    def parts(self) -> list[int]:
        """Ages [days] that part spells: of rates, changes, attendance rules and effects."""
        scenario = self.outlook.scenario
        ages = {first for _, rate in self.rhythm.values() for first, _ in rate} | {0}
        for arm in scenario.arms:
            rules = [(rule.spell_from_days, rule.spell_to_days) for rule in arm.sections.attendance.rules]
            changes = [(one.spell_from_days, one.spell_to_days) for one in arm.sections.demand.contact_changes]
            ages |= {age for bounds in (*rules, *changes) for age in bounds if age is not None}
        ages |= {first for first, _ in self.outlook.effect_steps} | {self.first_until} | self.outlook.rival.ages
        for rule in scenario.sections.effects.relative_effect_rules:
            ages |= {rule.spell_from_weeks * DAYS_A_WEEK, (rule.spell_to_weeks or 0) * DAYS_A_WEEK}
        end = self.spells.edges[-1]
        return [*sorted(age for age in ages if age < end), end]

    @cached_property
    def ends(self) -> dict[int, int]:
        """Age [days] before which each part of the spell ends, by the age at which it begins; empty for fixed days."""
        return {} if self.rhythm[self.outlook.scenario.baseline.name][0] else dict(pairwise(self.parts))

    @cached_property
    def first_until(self) -> int:
        """Age of the spell [days] before which a conversation is the first of its type: one has fallen due by then."""
        spell_days, rate = self.rhythm[self.outlook.scenario.baseline.name]
        if spell_days:
            return spell_days[0] + 1
        due, ends = 0.0, self.spells.edges[-1]
        baseline, start = self.outlook.scenario.baseline, self.outlook.span.period_from
        law = [one for one in baseline.sections.demand.contact_changes if one.law and self.concerns(one, start)]
        for age in range(ends):
            if due >= 1:
                return age
            due += _yearly(rate, age, law) / WEEKDAYS_A_YEAR * WEEKDAYS_A_WEEK / DAYS_A_WEEK
        return ends

    def concerns(self, change: ContactChange, day: int) -> bool:
        """Return whether a change of the contact rule concerns this type and group on a day."""
        on = self.outlook.span.date_of(day)
        return (
            (change.from_ is None or change.from_ <= on)
            and (change.to is None or on <= change.to)
            and (not change.types or self.outlook.type in change.types)
            and (not change.groups or self.outlook.group in change.groups)
        )


@dataclass(frozen=True)
class Counted:
    """What fell due of one type and group, to be summed up again under other numbers of the effect.

    Attributes:
        outlook: What becomes of one conversation.
        base: The sums before anything that fell due is added: persons, weeks, and what nobody carries over.
        due: The cases with their units, and what falls due in the baseline, in the proposal and in both.
    """

    outlook: Outlook
    base: Sums
    due: tuple[tuple[Case, Unit, list[float]], ...]

    def sums(self, scenario: Scenario) -> Sums:
        """Return the sums under a scenario that differs in numbers of the effect alone, as `Chain.run` gives them."""
        outlook, found = self.outlook.under(scenario), replace(self.base)
        for case, unit, due in self.due:
            found.add(sums_of(outlook.revalued(unit, case), due))
        return found


def counted(chain: Chain) -> Counted:
    """Return what a chain has found to fall due, once it was run."""
    base = Sums(persons=chain.found.persons, meeting_weeks=chain.found.meeting_weeks, uncarried=chain.found.uncarried)
    return Counted(chain.outlook, base, tuple(chain.due.values()))


def sums_of(unit: Unit, falls_due: list[float]) -> Sums:
    """Return the sums of conversations of one unit that fall due: in the baseline, in the proposal, in both."""
    due, due_proposal, both = falls_due
    converted, returned = both * unit.converted, both * unit.returned
    held = due * unit.held
    saved = (due_proposal - both) * unit.held_proposal + both * max(unit.held_proposal - unit.held, 0.0)
    lost = (due - both) * unit.held + both * max(unit.held - unit.held_proposal, 0.0)
    return Sums(
        due=due,
        kept=due * unit.kept,
        free=both * unit.kept if unit.changes > 0 else 0.0,
        chosen=both * unit.changes / unit.scale,
        scaled=both * unit.changes,
        converted=converted,
        lost_at_all=converted * unit.worth,
        form_weeks=-converted * unit.worth * unit.loss,
        held=held,
        held_physically=held * unit.physical,
        excepted=held * (1 - unit.kept),
        baseline_weeks=held * unit.kept_worth,
        delayed=due_proposal * unit.delayed,
        returning=both * unit.returns,
        returned=returned,
        won_at_all=returned * unit.worth,
        reverse_weeks=returned * unit.worth * unit.loss,
        saved=saved,
        saved_weeks=saved * unit.kept_worth,
        lost=lost,
        lost_weeks=-lost * unit.kept_worth,
        volume=saved - lost,
        volume_weeks=(saved - lost) * unit.kept_worth,
        minutes=due * unit.minutes - due_proposal * unit.minutes_proposal,
        missed_minutes=due * unit.missed_minutes - due_proposal * unit.missed_minutes_proposal,
        attended=due * unit.attended - due_proposal * unit.attended_proposal,
    )


def _scaled(changes: list[ContactChange], age: int) -> float:
    factor = 1.0
    for change in changes:
        inside = change.spell_from_days <= age and (change.spell_to_days is None or age < change.spell_to_days)
        factor = min(factor, change.scale) if inside and change.scale is not None else factor
    return factor


def _yearly(rate: list[tuple[int, float]], age: int, changes: list[ContactChange]) -> float:
    yearly = rate[bisect_right(rate, age, key=itemgetter(0)) - 1][1]
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
    """Return the sums of every type and group; arguments as `unrun`."""
    return {pair: chain.run() for pair, chain in unrun(scenario, calendars, span, carry_share, sickness).items()}


def unrun(
    scenario: Scenario,
    calendars: tuple[Calendar, Calendar],
    span: Span,
    carry_share: float,
    sickness: tuple[Sickness, ...] = (),
) -> dict[tuple[str, str], Chain]:
    """Return the chain of every type and group, of which `run` gives the sums.

    Args:
        scenario: The scenario.
        calendars: Calendar of each arm.
        span: The simulated days.
        carry_share: Share of persons whose contact clock runs on through a planned closure [0-1].
        sickness: What infection does on each day; nothing where left out.
    """
    levels = {group: level_of(scenario, group, span) for group in words()["groups"]}
    spells = {group: spells_of(scenario.baseline.values, group) for group in words()["groups"]}
    eras, closed = eras_of(scenario, span), closed_weekdays(calendars[0], span)
    found = {}
    for type_name, word in words()["types"].items():
        classes = place_classes(scenario, calendars, span, word["office_kind"])
        for group in words()["groups"]:
            if any(occurs(arm, type_name, group) for arm in scenario.arms):
                rival = Rival(scenario, span, type_name, group, spells[group], closed)
                outlook = Outlook(scenario, span, type_name, group, eras, rival, sickness)
                found[type_name, group] = Chain(outlook, levels[group], spells[group], classes, carry_share)
    return found
