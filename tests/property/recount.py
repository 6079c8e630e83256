"""The laws of delivery, recounted from the log of attempts, conversation by conversation, without `law.py`."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise, takewhile

from simulator.delivery import rules
from simulator.delivery.outcome import Outcome
from simulator.delivery.tasks import tasks_of
from simulator.facts.read import words
from simulator.scenario.schema import AttendanceRule
from simulator.streams import key_of
from tests.property.scenes import Play

TYPES, GROUPS, KINDS = list(words()["types"]), list(words()["groups"]), list(words()["office_kinds"])
KIND_OF = [KINDS.index(words()["types"][name]["office_kind"]) for name in TYPES]
HOLIDAYS = {(12, 24), (12, 25), (12, 26), (12, 31), (1, 1)}
"""Closed in every office of the two small places, by law or custom, between November and the Easter of 2022."""


@dataclass
class Story:
    """One conversation in one arm: who owes it since when, and each appointment that was made for it.

    Appointments are (day, form, what became of it), in order. Days are day indices.
    """

    place: int
    person: tuple[int, int]
    type_index: int
    number: int
    due: int
    start: int
    left: int
    state: int
    closed: int
    first: bool
    appointments: list[tuple[int, int, int]] = field(default_factory=list)

    @property
    def key(self) -> tuple[int, tuple[int, int], int, int]:
        """Return what identifies it in both arms."""
        return self.place, self.person, self.type_index, self.number

    @property
    def held_form(self) -> int | None:
        """Return the form in which it was held, from the log; None where it was not."""
        held = [form for _, form, turnout in self.appointments if turnout == rules.CAME]
        return held[0] if held else None

    def waits(self, day: int) -> bool:
        """Return whether it had not ended by the end of a day."""
        return not self.ended(day)

    def ended(self, day: int) -> bool:
        """Return whether it had ended by the end of a day."""
        return self.state != rules.WAITING and self.closed <= day


@dataclass
class Desk:
    """One municipality in one arm: its stories, its log, and what the engine says of itself."""

    one: Play
    arm: int
    place: int
    stories: list[Story]
    outcome: Outcome

    @property
    def code(self) -> str:
        """Municipality code."""
        return self.one.world.places[self.place]

    def rule(self, story: Story, day: int) -> str:
        """Return the kind of the last rule that applies, by a look-up of its own."""
        written = reversed(self.one.world.scenario.arms[self.arm].sections.attendance.rules)
        return next(rule.rule for rule in written if self.applies(rule, story, day))

    def applies(self, rule: AttendanceRule, story: Story, day: int) -> bool:
        """Return whether a rule concerns a conversation on a day: its own days, its person and its occasion."""
        span = self.one.world.span
        on, called = span.date_of(day), span.date_of(story.due)
        asked_on = called if rule.applies_by == "called" else on
        return (
            (rule.from_ or date.min) <= asked_on <= (rule.to or date.max)
            and (rule.held_from or date.min) <= on <= (rule.held_to or date.max)
            and (not rule.types or TYPES[story.type_index] in rule.types)
            and (not rule.groups or GROUPS[story.person[0]] in rule.groups)
            and (not rule.places or self.code in rule.places)
            and rule.spell_from_days <= day - story.start
            and (rule.spell_to_days is None or day - story.start < rule.spell_to_days)
            and rule.conversations in ("all", "first" if story.first else "later")
        )

    def minutes(self, form: int, turnout: int) -> int:
        """Return the caseworker minutes of an attempt; what is called or put off in time takes none."""
        if turnout in (rules.CALLED_OFF, rules.PUT_OFF):
            return 0
        values = self.one.world.scenario.arms[self.arm].values
        saved = values["delivery.digital_saves_minutes"] if form != rules.PHYSICAL else 0
        return max(int(values["delivery.physical_minutes"] - saved), 1)

    def is_open(self, kind: int, day: int, *, clock: bool = False) -> bool:
        """Return whether an office holds conversations on a day; with `clock`, whether they fall due."""
        arm, on = self.one.world.scenario.arms[self.arm].sections, self.one.world.span.date_of(day)
        week = f"{on.isocalendar().year}-W{on.isocalendar().week:02d}"
        if on.weekday() > 4 or (on.month, on.day) in HOLIDAYS or week in arm.calendar.closure_weeks:
            return False
        return not any(
            (closure.from_ or date.min) <= on <= (closure.to or date.max)
            and (not closure.office_kinds or KINDS[kind] in closure.office_kinds)
            and (not closure.places or self.code in closure.places)
            and (closure.planned or not clock)
            for closure in arm.closures.periods
        )


def desks(one: Play) -> Iterator[Desk]:
    """Yield every municipality of every arm, with the log told conversation by conversation."""
    for arm, (demand, outcomes) in enumerate(zip(one.delivery.demands, one.outcomes(), strict=True)):
        register, due = demand.register, demand.due
        first = first_ones(one, arm)
        at = 0
        for place, outcome in enumerate(outcomes):
            stories = []
            for row, (state, closed) in enumerate(zip(outcome.state, outcome.closed, strict=True), start=at):
                who = due.person[row]
                assert register.place[who] == place
                person = int(register.group[who]), int(register.number[who])
                about = int(due.type_index[row]), int(due.number[row]), int(due.day[row])
                spell = int(register.start[who]), int(register.exit[who])
                stories.append(Story(place, person, *about, *spell, state, closed, first[row]))
            at += len(stories)
            assert outcome.log is not None
            for day, kind, conversation, attempt, form, turnout in outcome.log:
                story = stories[conversation]
                assert kind == KIND_OF[story.type_index]
                assert attempt == len(story.appointments)
                story.appointments.append((day, form, turnout))
            yield Desk(one, arm, place, [story for story in stories if story.due <= outcome.last_day], outcome)


def first_ones(one: Play, arm: int) -> list[bool]:
    """Return which conversations of an arm are the first of their type in the spell.

    Of spells that began in the simulated days the log tells it. Of older ones the engine is asked where a rule asks it,
    since what was due before the simulated days is told by no log.
    """
    demand, book = one.delivery.demands[arm], one.world.offices[arm].rulebook
    first = (demand.due.number == 0).tolist()
    if not book.tells_first:
        return first
    tasks = tasks_of(one.world.offices[arm], demand, key_of(one.seed, one.number))
    told = [occasion % 2 == 0 for task in tasks for occasion in task.occasion]
    began_inside = (demand.register.start[demand.due.person] >= 0).tolist()
    rows = zip(first, told, began_inside, strict=True)
    found = [said if not inside else number_0 for number_0, said, inside in rows]
    assert all(number_0 for number_0, one_is in zip(first, found, strict=True) if one_is)
    return found


def check_stories(desk: Desk) -> None:
    """Each conversation has one life: due, appointments, one end, each for its own reason and on its own day."""
    values = desk.one.world.scenario.arms[desk.arm].values
    following = {(story.person, story.type_index, story.number): story for story in desk.stories}
    assert len(following) == len(desk.stories)
    for story in desk.stories:
        days = [day for day, _, _ in story.appointments]
        turnouts = [turnout for _, _, turnout in story.appointments]
        again = [turnout for turnout in turnouts if turnout in (rules.MISSED, rules.PUT_OFF)]
        held, called_off = turnouts.count(rules.CAME), turnouts.count(rules.CALLED_OFF)
        assert all(story.due <= day < story.left for day in days)
        assert all(after - before >= values["delivery.rebook_days"] for before, after in pairwise(days))
        assert len(days) <= values["delivery.tries"]
        assert held == (story.state == rules.HELD) and (not held or days[-1] == story.closed == max(days))
        assert called_off == (story.state == rules.CANCELLED_ILLNESS)
        assert not called_off or (held == 0 and turnouts[-1] == rules.CALLED_OFF and days[-1] == story.closed)
        given_up = len(again) == values["delivery.tries"]
        assert given_up == (story.state == rules.CANCELLED_TRIES) and (not given_up or days[-1] == story.closed)
        successor = following.get((story.person, story.type_index, story.number + 1))
        replaced = successor is not None and not story.ended(successor.due - 1)
        if story.state == rules.CANCELLED_REPLACED:
            assert successor is not None and successor.due == story.closed and replaced
        elif story.state == rules.LAPSED:
            assert story.closed >= max(story.left, story.due, *days, 0)
        elif story.state == rules.CANCELLED_RULE:
            assert story.closed == story.due and not days and desk.rule(story, story.due) == "suspended"
        elif story.state == rules.WAITING:
            assert not replaced
        assert desk.is_open(KIND_OF[story.type_index], story.due, clock=True)


def check_forms(desk: Desk) -> None:
    """No form against the rule of its day, and illness keeps off only what nobody may hold by phone."""
    links = desk.one.world.scenario.sections.infection.links
    for story in desk.stories:
        for day, form, turnout in story.appointments:
            rule = desk.rule(story, day)
            if rule in ("digital_only", "suspended"):
                assert form != rules.PHYSICAL
            if turnout in (rules.CALLED_OFF, rules.PUT_OFF):
                assert "illness" in links and (rule, form) == ("physical_only", rules.PHYSICAL)


def check_census(desk: Desk) -> None:
    """Waiting at the start + due = held + lapsed + cancelled + waiting at the end; the engine's count agrees."""
    span = desk.one.world.span
    table = desk.one.replication.counts.arms[desk.arm]
    cube = table.dense("state", "segment", "place", "type", "group")[:, :, desk.place]
    inside = [segment.inside for segment in span.segments]
    from simulator.delivery.counts import STATES

    told = {name: cube[index][inside].sum(axis=0) for index, name in enumerate(STATES)}
    own: Counter[tuple[str, int, int]] = Counter()
    for story in desk.stories:
        cell = (story.type_index, story.person[0])
        own["waiting_start", *cell] += story.due < span.period_from and not story.ended(span.period_from - 1)
        own["due", *cell] += span.period_from <= story.due <= span.period_to
        own["waiting_end", *cell] += story.due <= span.period_to and not story.ended(span.period_to)
        if span.period_from <= story.closed <= span.period_to:
            own[END[story.state], *cell] += 1
        inside_it = [turnout for day, _, turnout in story.appointments if span.period_from <= day <= span.period_to]
        for turnout, name in AGAIN.items():
            own[name, *cell] += inside_it.count(turnout)
    for type_index in range(len(TYPES)):
        for group in range(len(GROUPS)):
            for name in ("waiting_start", "due", "waiting_end", *AGAIN.values(), *END.values()):
                assert told[name][type_index, group] == own[name, type_index, group]
            came_in = own["waiting_start", type_index, group] + own["due", type_index, group]
            went_out = sum(own[name, type_index, group] for name in (*END.values(), "waiting_end"))
            assert came_in == went_out
        moments = (span.period_from - 1, span.period_to, desk.outcome.last_day)
        for moment, day in enumerate(moments):
            waiting = [
                one for one in desk.stories if one.type_index == type_index and one.due <= day and not one.ended(day)
            ]
            assert desk.outcome.census[moment][type_index] == len(waiting)


END = {
    rules.HELD: "held",
    rules.LAPSED: "lapsed",
    rules.CANCELLED_RULE: "cancelled_rule",
    rules.CANCELLED_REPLACED: "cancelled_replaced",
    rules.CANCELLED_TRIES: "cancelled_tries",
    rules.CANCELLED_ILLNESS: "cancelled_illness",
}
AGAIN = {rules.MISSED: "no_show", rules.PUT_OFF: "put_off"}
"""Appointments that are made again."""


def check_minutes(desk: Desk) -> None:
    """Nothing is held on a closed day or outside the minutes, and no desk rests while somebody who may be met waits."""
    logs: dict[tuple[int, int], list[int]] = {}
    assert desk.outcome.log is not None
    for day, kind, _, _, form, turnout in desk.outcome.log:
        assert desk.is_open(kind, day)
        logs.setdefault((kind, day), []).append(desk.minutes(form, turnout))
    for kind in range(len(KINDS)):
        minutes = desk.one.world.offices[desk.arm].minutes[kind, desk.place].tolist()
        debt = worked = 0
        rested = []
        for day in range(desk.outcome.last_day + 1):
            assert minutes[day] == 0 or desk.is_open(kind, day)
            lengths = logs.pop((kind, day), [])
            if not minutes[day]:
                assert not lengths
                continue
            left = minutes[day] - debt
            for length in lengths:
                assert left > 0
                left -= length
            debt, worked = max(-left, 0), worked + sum(lengths)
            rested += [day] if left > 0 else []
        assert worked == desk.outcome.worked_minutes[kind]
        for story in desk.stories:
            if KIND_OF[story.type_index] == kind:
                since = rested[bisect_left(rested, story.due) :]
                assert not any(waits_for_a_desk(desk, story, day) for day in takewhile(story.waits, since))
    assert not logs


def waits_for_a_desk(desk: Desk, story: Story, day: int) -> bool:
    """Return whether a conversation that still waits at the end of a day could have been held on it."""
    missed = [at for at, _, _ in story.appointments if at <= day]
    if missed:
        again = missed[-1] + int(desk.one.world.scenario.arms[desk.arm].values["delivery.rebook_days"])
        if not any(desk.is_open(KIND_OF[story.type_index], at, clock=True) for at in range(again, day + 1)):
            return False
    return desk.rule(story, day) != "suspended"
