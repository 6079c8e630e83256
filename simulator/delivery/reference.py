"""The reference engine, in SimPy, written to be read.

One environment a municipality and arm. Its clock counts caseworker minutes: day x DAY + minute of the office's day.
Three phases of a day keep chance out of the order of events: what falls due joins its queue at minute 0, desks open
at minute 1, and whatever a service leads to happens on a later day. The order of a queue is data: (priority, due day,
person), never the scheduler's.
"""

from __future__ import annotations

import gc
import heapq
from bisect import bisect_right
from collections.abc import Generator, Iterator
from contextlib import closing
from itertools import groupby
from operator import itemgetter
from typing import TypeAlias

import simpy

from simulator.calendars.span import DAYS_A_WEEK, Span
from simulator.delivery import rules
from simulator.delivery.counts import Counts
from simulator.delivery.engines import Ground, Replicated, Way
from simulator.delivery.fates import counts_of
from simulator.delivery.kept import replicated
from simulator.delivery.law import check_conservation
from simulator.delivery.leaving import Exits, Led
from simulator.delivery.log import log_of
from simulator.delivery.outcome import (
    CENSUS_END,
    CENSUS_PERIOD_END,
    CENSUS_START,
    OPEN,
    Conditions,
    Delivery,
    Outcome,
    Task,
)
from simulator.delivery.tasks import attempt_words, tasks_of
from simulator.demand import draw_demand
from simulator.streams import (
    WORD_EXCEPTION,
    WORD_NO_SHOW,
    WORD_TAKE_UP,
    WORD_VIDEO,
    Key,
    key_of,
)
from simulator.workers import in_order

DAY = 1 << 24
"""Room for the caseworker minutes of a day."""
OPENING = 1
Entry: TypeAlias = tuple[int, int, int, int, int]
"""(priority, due day, person, conversation, attempt); conversations of a person are ordered by type and number."""
Events: TypeAlias = Generator[simpy.Event, None, None]


class Municipality:
    """The offices of one municipality in one arm, and the conversations that it owes."""

    def __init__(self, task: Task, conditions: Conditions, exits: Exits, log: bool) -> None:
        """Put the municipality at day 0 with empty queues."""
        self.task, self.conditions, self.span, self.exits = task, conditions, exits.span, exits
        self.environment = simpy.Environment()
        count, kinds = len(task), len(task.minutes)
        self.outcome = Outcome(
            state=[rules.WAITING] * count,
            closed=[OPEN] * count,
            form=[-1] * count,
            basis=[-1] * count,
            worked_minutes=[0] * kinds,
            census=[[0] * len(conditions.office_of_type) for _ in range(CENSUS_END + 1)],
            log=[] if log else None,
            clocks=exits.clocks,
        )
        self.waiting = [0] * len(conditions.office_of_type)
        self.latest: dict[tuple[int, int], int] = {}
        self.offices = [Office(self, kind) for kind in range(kinds)]
        self.environment.process(self.falls_due())
        self.environment.process(self.takes_census())
        for office in self.offices:
            self.environment.process(office.serves())

    def run_to(self, day: int) -> None:
        """Go on until the end of the day before `day`."""
        self.environment.run(until=day * DAY - 1)
        self.outcome.last_day = day - 1
        self.outcome.census[CENSUS_END] = list(self.waiting)

    def until(self, day: int, minute: int = 0) -> simpy.Timeout:
        """Return the event of a minute of a day."""
        return self.environment.timeout(day * DAY + minute - self.environment.now)

    def falls_due(self) -> Events:
        """Let the conversations of each day fall due and join their queues."""
        due_day = self.task.due_day.__getitem__
        for day, due_today in groupby(sorted(range(len(self.task)), key=due_day), key=due_day):
            yield self.until(day)
            for conversation in due_today:
                self.receive(conversation, day)

    def receive(self, conversation: int, day: int) -> None:
        """Put a new conversation in line; it replaces the former one of its person and type if that still waits."""
        task = self.task
        if self.exits.has_left(conversation, day):
            self.outcome.state[conversation] = rules.NEVER_DUE
            return
        type_index = task.type_index[conversation]
        owed = (task.person[conversation], type_index)
        former = self.latest.get(owed)
        if former is not None and self.outcome.state[former] == rules.WAITING:
            self.close(former, rules.CANCELLED_REPLACED, day)
        self.latest[owed] = conversation
        self.waiting[type_index] += 1
        if self.is_cancelled(conversation, day):
            self.close(conversation, rules.CANCELLED_RULE, day)
            return
        self.offices[self.conditions.office_of_type[type_index]].join(conversation, day, attempt=0)

    def is_cancelled(self, conversation: int, day: int) -> bool:
        """Return whether the rule of the day cancels what falls due under it."""
        cancels = self.conditions.rulebook.cancels
        return any(cancels) and cancels[self.rule_of(conversation, day)] and not self.task.volunteers[conversation]

    def rule_of(self, conversation: int, day: int) -> int:
        """Return the attendance rule in force for a conversation on a day."""
        task = self.task
        band = bisect_right(task.bounds, day - task.spell_start[conversation])
        by_band = task.table[task.type_index[conversation]][task.group[conversation]]
        return by_band[band][task.occasion[conversation]][day]

    def close(self, conversation: int, state: int, day: int) -> None:
        """Note how a conversation ended."""
        self.outcome.state[conversation] = state
        self.outcome.closed[conversation] = day
        self.waiting[self.task.type_index[conversation]] -= 1

    def takes_census(self) -> Events:
        """Count who waits before the period begins and after it has ended."""
        for moment, day in zip((CENSUS_START, CENSUS_PERIOD_END), self.conditions.census_days, strict=True):
            yield self.until(day, -1)
            self.outcome.census[moment] = list(self.waiting)


class Office:
    """A jobcentre, an a-kasse desk or a rehabilitation team: queues, a desk, and a debt of minutes."""

    def __init__(self, municipality: Municipality, kind: int) -> None:
        """Open the office with empty queues."""
        self.municipality, self.kind = municipality, kind
        self.lines: dict[tuple[int, int, bool], list[Entry]] = {}
        self.debt = 0
        self.one_line = not municipality.conditions.rulebook.any_suspended
        self.passes_over = municipality.conditions.rulebook.suspends_by_person
        self.passed_over: list[tuple[list[Entry], Entry]] = []

    def join(self, conversation: int, due_day: int, attempt: int) -> None:
        """Put a conversation in its queue. Where nothing is ever suspended one queue gives the same order."""
        task = self.municipality.task
        type_index = task.type_index[conversation]
        line = (type_index, task.group[conversation], task.volunteers[conversation])
        priority = self.municipality.conditions.priority[type_index]
        entry = (priority, due_day, task.person[conversation], conversation, attempt)
        heapq.heappush(self.lines.setdefault((0, 0, False) if self.one_line else line, []), entry)

    def serves(self) -> Events:
        """Hold conversations on each meeting day until the minutes run out or nobody is left in line."""
        minutes_of_day = self.municipality.task.minutes[self.kind]
        for day, minutes in enumerate(minutes_of_day):
            if not minutes:
                continue
            yield self.municipality.until(day, OPENING)
            self.takes_back()
            left = rules.minutes_left(minutes, self.debt)
            while left > 0:
                entry = self.next_in_line(day)
                if entry is None:
                    break
                worked = self.meets(entry, day)
                yield self.municipality.environment.timeout(worked)
                left -= worked
            self.debt = max(-left, 0)

    def next_in_line(self, day: int) -> Entry | None:
        """Take the first of the open queues; on the way drop those who have left, and what was replaced."""
        while True:
            heads = [line for line in self.lines.values() if self.is_open(line, day)]
            if not heads:
                return None
            entry = heapq.heappop(heads[0] if self.one_line else min(heads))
            conversation = entry[3]
            if self.municipality.exits.has_left(conversation, day):
                self.municipality.close(conversation, rules.LAPSED, day)
                continue
            return entry

    def is_open(self, line: list[Entry], day: int) -> bool:
        """Return whether the head of a queue may be served; a suspended queue is not opened.

        Where a suspension concerns some lengths of spell only, those whom it concerns are passed over for the day.
        """
        municipality = self.municipality
        while line:
            head = line[0][3]
            if municipality.outcome.state[head] != rules.WAITING:
                heapq.heappop(line)
                continue
            if self.one_line:
                return True
            allows = municipality.conditions.rulebook.allows[municipality.rule_of(head, day)]
            if rules.may_be_held(allows, municipality.task.volunteers[head]):
                return True
            if not self.passes_over:
                return False
            self.passed_over.append((line, heapq.heappop(line)))
        return False

    def takes_back(self) -> None:
        """Put those who were passed over on the last meeting day back in their queues."""
        for line, entry in self.passed_over:
            heapq.heappush(line, entry)
        self.passed_over.clear()

    def meets(self, entry: Entry, day: int) -> int:
        """Hold an attempt at a conversation and return its caseworker minutes."""
        municipality, conditions = self.municipality, self.municipality.conditions
        task, outcome = municipality.task, municipality.outcome
        conversation, attempt = entry[3], entry[4]
        type_index, group = task.type_index[conversation], task.group[conversation]
        word = attempt_words(task, conversation, attempt)
        rule = municipality.rule_of(conversation, day)
        rulebook = conditions.rulebook
        allows = rulebook.allows[rule]
        basis = rules.basis_of(
            allows,
            rulebook.exception[rule][type_index],
            rules.share_of_rest(task.take_up[rule][type_index][group], task.lift[day]),
            word[WORD_EXCEPTION],
            word[WORD_TAKE_UP],
        )
        form = rules.form_of(basis, conditions.video, word[WORD_VIDEO])
        physical_no_show, digital_no_show = conditions.no_show[type_index][group]
        attends = form == rules.PHYSICAL
        no_show, ill = (physical_no_show, task.ill[day]) if attends else (digital_no_show, 0)
        turnout = rules.turnout_of(no_show, ill, conditions.called_off, word[WORD_NO_SHOW])
        if rules.takes_the_phone(allows, turnout):
            basis, turnout = rules.ISOLATED, rules.CAME
            form = rules.form_of(basis, conditions.video, word[WORD_VIDEO])
        outcome.form[conversation], outcome.basis[conversation] = form, basis
        minutes = rules.minutes_of(form, turnout, *conditions.minutes)
        outcome.worked_minutes[self.kind] += minutes
        if outcome.log is not None:
            outcome.log.append((day, self.kind, conversation, attempt, form, turnout))
        self.ends(entry, day, form, turnout)
        return minutes

    def ends(self, entry: Entry, day: int, form: int, turnout: int) -> None:
        """Note what became of an attempt."""
        if turnout == rules.CAME:
            self.municipality.close(entry[3], rules.HELD, day)
            self.municipality.exits.meet(entry[3], day, form)
        elif turnout == rules.CALLED_OFF:
            self.municipality.close(entry[3], rules.CANCELLED_ILLNESS, day)
        else:
            self.comes_later(entry, day, form, turnout)

    def comes_later(self, entry: Entry, day: int, form: int, turnout: int) -> None:
        """Note a no-show, or that illness puts it off, and make the next appointment while tries are left."""
        municipality, conversation, attempt = self.municipality, entry[3], entry[4]
        missed = municipality.outcome.no_shows if turnout == rules.MISSED else municipality.outcome.put_off
        missed.append((conversation, day, form))
        if not rules.may_try_again(attempt, municipality.conditions.tries):
            municipality.close(conversation, rules.CANCELLED_TRIES, day)
            return
        wanted = day + municipality.conditions.rebook_days
        if wanted >= municipality.span.days:
            return
        again = municipality.task.meeting_from[self.kind][wanted]
        if again < municipality.span.days:
            municipality.environment.process(self.comes_again(conversation, again, attempt + 1))

    def comes_again(self, conversation: int, day: int, attempt: int) -> Events:
        """Join the queue once more on the day of the new appointment, unless replaced meanwhile."""
        yield self.municipality.until(day)
        if self.municipality.outcome.state[conversation] == rules.WAITING:
            self.join(conversation, day, attempt)


def run_place(
    tasks: list[Task],
    conditions: list[Conditions],
    span: Span,
    log: bool = False,
    led: Led | None = None,
) -> list[Outcome]:
    """Simulate one municipality in each arm, until the queues of the arms have met.

    Args:
        tasks: One a arm.
        conditions: One a arm.
        span: The simulated days.
        log: Whether to keep a log of attempts.
        led: What a meeting does to the hazard of leaving; nothing where left out.

    Returns:
        One outcome a arm, all with the same last day.
    """
    pairs = zip(tasks, conditions, strict=True)
    arms = [Municipality(task, condition, Exits(task, span, led), log) for task, condition in pairs]
    for day in _ends(span):
        for arm in arms:
            arm.run_to(day)
        if all(arm.waiting == arms[0].waiting for arm in arms):
            break
    for arm in arms:
        if arm.outcome.log is not None:
            arm.outcome.log.sort(key=itemgetter(0, 1))
    return [arm.outcome for arm in arms]


def _ends(span: Span) -> Iterator[int]:
    yield span.least_days
    yield from range(span.least_days + DAYS_A_WEEK, span.days + 1, DAYS_A_WEEK)


def deliver(ground: Ground, key: Key, log: bool = False) -> Delivery:
    """Hold the conversations of one replication, municipality by municipality, and tell what became of each.

    Args:
        ground: What all replications share.
        key: Key of the replication.
        log: Whether to keep a log of attempts.
    """
    demands = draw_demand(ground.population, ground.arms, ground.span, key)
    conditions = [office.conditions for office in ground.offices]
    tasks = [tasks_of(office, demand, key) for office, demand in zip(ground.offices, demands, strict=True)]
    collecting = gc.isenabled()
    gc.disable()
    try:
        led = Led.of(ground.leaving, ground.population.paces)
        found = [run_place(list(pair), conditions, ground.span, log, led) for pair in zip(*tasks, strict=True)]
    finally:
        if collecting:
            gc.enable()
    return Delivery(demands, tuple(list(arm) for arm in zip(*found, strict=True)))


class Reference:
    """The reference engine; replications are shared out over processes."""

    def __init__(self, ground: Ground, way: Way) -> None:
        """Take what all replications share."""
        self.ground, self.way = ground, way
        self._sums: Counts | None = None

    def replications(self, numbers: range) -> Generator[Replicated]:
        """Yield what is kept of each replication, in order."""
        with closing(in_order(_replicate, (self.ground, self.way), numbers, self.way.jobs)) as pieces:
            for counts, found in pieces:
                self._sums = counts if self._sums is None else self._sums.plus(counts)
                yield found

    def counts(self) -> Counts:
        """Return the sums over all replications that were made."""
        assert self._sums is not None, "a run has at least one replication"
        return self._sums


def _replicate(work: tuple[Ground, Way], number: int) -> tuple[Counts, Replicated]:
    """Run one replication, perhaps in another process."""
    ground, way = work
    key = key_of(way.seed, number)
    found = deliver(ground, key, way.log)
    counts = counts_of(found.outcomes, found.demands, list(ground.offices))
    check_conservation(counts, ground.span)
    log = log_of(found.outcomes, found.demands) if way.log else None
    return counts, replicated(ground, found, key, counts, log)


def engine(ground: Ground, way: Way) -> Reference:
    """Return the engine."""
    return Reference(ground, way)
