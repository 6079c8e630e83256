"""The queue against outside answers: a second engine of plain lists, and the mean wait that queueing theory gives.

The twin was written from the rules of the model, not from the engine: it goes through the days, looks at every waiting
conversation one by one and knows no events.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.delivery import rules
from simulator.delivery.outcome import OPEN
from simulator.streams import WORD_RANGE, Purpose, counter_of, counters_of, key_of, philox, philox_arrays
from tests.engines.hand_made import CHANCE, NEVER, NO, YES, House, Rule, Talk, run, task_of

DAYS = 35
DIGITAL = {rules.PHONE, rules.VIDEO}


@dataclass
class Waiter:
    """A conversation on its way through the twin."""

    at: int
    talk: Talk
    since: int
    attempt: int = 0
    absent: bool = False


@dataclass
class Books:
    """What the twin notes of each conversation, by its place in the list."""

    state: dict[int, int] = field(default_factory=dict)
    closed: dict[int, int] = field(default_factory=dict)
    form: dict[int, int] = field(default_factory=dict)
    basis: dict[int, int] = field(default_factory=dict)
    missed: list[tuple[int, int, int]] = field(default_factory=list)
    worked: dict[int, int] = field(default_factory=dict)


class Twin:
    """One municipality, day by day."""

    def __init__(self, house: House, talks: list[Talk]) -> None:
        self.house, self.books = house, Books()
        self.talks = sorted(talks, key=lambda talk: (talk.person, talk.type, talk.number))
        self.waiting: list[Waiter] = []
        self.debt = dict.fromkeys(house.office_of_type, 0)
        self.minutes, self.next_meeting = house.minutes_of_day(), house.meeting_from()

    def run(self) -> Books:
        for day in range(self.house.days):
            for waiter in self.waiting:
                waiter.absent = waiter.absent and waiter.since != day
            for at, talk in enumerate(self.talks):
                if talk.due == day:
                    self.falls_due(at, talk, day)
            for office in self.debt:
                self.opens(office, day)
        return self.books

    def end(self, waiter: Waiter, state: int, day: int) -> None:
        self.books.state[waiter.at], self.books.closed[waiter.at] = state, day
        self.waiting.remove(waiter)

    def falls_due(self, at: int, talk: Talk, day: int) -> None:
        for former in list(self.waiting):
            if (former.talk.person, former.talk.type) == (talk.person, talk.type):
                self.end(former, rules.CANCELLED_REPLACED, day)
        waiter = Waiter(at, talk, day)
        self.waiting.append(waiter)
        if self.rule(talk, day).cancel and not talk.volunteers:
            self.end(waiter, rules.CANCELLED_RULE, day)

    def rule(self, talk: Talk, day: int) -> Rule:
        return self.house.rules[self.house.rule_on(talk, day)]

    def opens(self, office: int, day: int) -> None:
        if not self.minutes[office][day]:
            return
        left = self.minutes[office][day] - self.debt[office]
        while left > 0:
            there = [waiter for waiter in self.waiting if self.may_be_seen(waiter, office, day)]
            if not there:
                break
            first = min(there, key=self.rank)
            if first.talk.leaves <= day:
                self.end(first, rules.LAPSED, day)
            else:
                left -= self.serve(first, office, day)
        self.debt[office] = -left if left < 0 else 0

    def rank(self, waiter: Waiter) -> tuple[int, int, int, int]:
        return self.house.priority[waiter.talk.type], waiter.since, waiter.talk.person, waiter.at

    def may_be_seen(self, waiter: Waiter, office: int, day: int) -> bool:
        if self.house.office_of_type[waiter.talk.type] != office or waiter.absent:
            return False
        return self.rule(waiter.talk, day).kind != "suspended" or waiter.talk.volunteers

    def words(self, waiter: Waiter) -> tuple[float, ...]:
        talk = waiter.talk
        drawn = talk.words
        if waiter.attempt:
            drawn = philox(
                counter_of(1616, talk.person, Purpose.ATTEMPT, talk.type, talk.number, waiter.attempt), CHANCE
            )
        return tuple(word / WORD_RANGE for word in drawn)

    def form_of(self, waiter: Waiter, day: int) -> tuple[int, int]:
        house, kind = self.house, self.rule(waiter.talk, day).kind
        exception, choice, video, _ = self.words(waiter)
        call = rules.VIDEO if video < house.video else rules.PHONE
        if kind == "suspended":
            return call, rules.VOLUNTARY
        if kind == "digital_only":
            return call, rules.ORDERED
        if exception < house.exception:
            return call, rules.EXCEPTION
        if kind in ("citizen_chooses", "office_chooses") and choice < house.take_up:
            return call, rules.CHOICE
        return rules.PHYSICAL, rules.ATTENDED

    def serve(self, waiter: Waiter, office: int, day: int) -> int:
        form, basis = self.form_of(waiter, day)
        self.books.form[waiter.at], self.books.basis[waiter.at] = form, basis
        minutes = self.house.length[form in DIGITAL]
        self.books.worked[office] = self.books.worked.get(office, 0) + minutes
        if self.words(waiter)[3] >= (self.house.no_show_digital if form in DIGITAL else self.house.no_show):
            self.end(waiter, rules.HELD, day)
            return minutes
        self.books.missed.append((waiter.at, day, form))
        waiter.attempt += 1
        if waiter.attempt == self.house.tries:
            self.end(waiter, rules.CANCELLED_TRIES, day)
            return minutes
        wanted = min(day + self.house.rebook_days, self.house.days)
        waiter.since, waiter.absent = self.next_meeting[wanted], True
        return minutes


WORD = st.sampled_from([YES, WORD_RANGE // 4, WORD_RANGE // 2, 3 * (WORD_RANGE // 4), NO])
SHARE = st.sampled_from([0.0, 0.3, 0.6, 1.0])
BOUND = st.sampled_from([0, 3, 12])


@st.composite
def some_rules(draw: st.DrawFn) -> tuple[Rule, ...]:
    """Return rules of which the first covers everything."""
    kinds = st.sampled_from(["physical_only", "citizen_chooses", "office_chooses", "digital_only", "suspended"])
    laid_over = [
        Rule(
            draw(kinds),
            days=(first := draw(st.integers(0, 20)), first + draw(st.integers(1, 14))),
            ages=(draw(BOUND), draw(st.sampled_from([13, NEVER]))),
            types=draw(st.sampled_from([(), (0,), (1,)])),
            cancel=draw(st.booleans()),
        )
        for _ in range(draw(st.integers(0, 2)))
    ]
    return (
        Rule(),
        *(rule if rule.kind == "suspended" else Rule(rule.kind, rule.days, rule.ages) for rule in laid_over),
    )


@st.composite
def houses(draw: st.DrawFn) -> House:
    return House(
        days=DAYS,
        a_day=draw(st.sampled_from([30, 80, 130, 240])),
        closed=frozenset(draw(st.sets(st.integers(0, DAYS - 1), max_size=6))),
        rules=draw(some_rules()),
        office_of_type=draw(st.sampled_from([(0, 0), (0, 1)])),
        priority=draw(st.sampled_from([(0, 0), (1, 0), (0, 1)])),
        no_show=draw(SHARE),
        no_show_digital=draw(SHARE),
        exception=draw(SHARE),
        take_up=draw(SHARE),
        video=draw(SHARE),
        rebook_days=draw(st.sampled_from([1, 3, 7])),
        tries=draw(st.integers(1, 3)),
    )


@st.composite
def some_talks(draw: st.DrawFn) -> list[Talk]:
    """Return conversations of one to five persons; numbers count within person and type."""
    found: list[Talk] = []
    for person in range(draw(st.integers(1, 5))):
        leaves, began = draw(st.sampled_from([5, 12, 19, NEVER])), draw(st.sampled_from([-20, -5, 0]))
        group, volunteers = draw(st.integers(0, 1)), draw(st.booleans())
        for kind in (0, 1):
            dues = sorted(draw(st.sets(st.sampled_from([day for day in range(26) if day % 7 < 5]), max_size=3)))
            for number, due in enumerate(due for due in dues if due < leaves):
                words = (draw(WORD), draw(WORD), draw(WORD), draw(WORD))
                found.append(Talk(person, due, kind, group, number, leaves, began, words, volunteers))
    return found


@settings(max_examples=250)
@given(house=houses(), talks=some_talks())
def test_the_engine_and_its_twin_hold_the_same_conversations_on_the_same_days(house: House, talks: list[Talk]) -> None:
    outcome, books = run(house, *talks), Twin(house, talks).run()
    assert len(task_of(house, talks)) == len(talks)
    each = range(len(talks))
    assert outcome.state == [books.state.get(at, rules.WAITING) for at in each]
    assert outcome.closed == [books.closed.get(at, OPEN) for at in each]
    assert outcome.form == [books.form.get(at, -1) for at in each]
    assert outcome.basis == [books.basis.get(at, -1) for at in each]
    assert sorted(outcome.no_shows) == sorted(books.missed)
    assert outcome.worked_minutes == [books.worked.get(kind, 0) for kind in range(len(outcome.worked_minutes))]
    in_line = [list(books.state.values()).count(rules.WAITING) + len(talks) - len(books.state)]
    assert [sum(outcome.census[-1])] == in_line


def poisson(mean: float, words: np.ndarray) -> np.ndarray:
    """Return Poisson numbers from words, by the inverse of the distribution."""
    share, total, cumulated = np.exp(-mean), 0.0, []
    for count in range(30):
        total += share
        cumulated.append(total)
        share *= mean / (count + 1)
    return np.searchsorted(np.array(cumulated), words / WORD_RANGE, side="right")


@pytest.mark.parametrize("load", [0.5, 0.7])
def test_the_mean_wait_is_that_of_a_slotted_queue(load: float) -> None:
    """One talk fits a day, Poisson(load) fall due a day: mean wait = load / (2 (1 - load)) days.

    Why: what waits after a day's service is Q' = max(Q + A - 1, 0), the chain of M/D/1 at departures, so E[Q] =
    load**2 / (2 (1 - load)), and Little's law divides by load. Fixed seed. The bound is four standard errors from 20
    batch means: a right engine fails at one seed of 2,000 (t with 19 degrees of freedom).
    """
    days, batches = 6_000, 20
    arrivals = poisson(load, philox_arrays(*counters_of(1, np.arange(days), Purpose.PHASE), key_of(11, 0))[0])
    talks = [Talk(person, due) for person, due in enumerate(np.repeat(np.arange(days), arrivals).tolist())]
    house = House(days=days, minutes=((80,) * days,), log=False)
    closed = np.array(run(house, *talks).closed)
    due = np.array([talk.due for talk in talks])
    done = closed < OPEN
    wait, batch = (closed - due)[done], due[done] * batches // days
    means = np.array([wait[batch == at].mean() for at in range(batches)])
    error = means.std(ddof=1) / np.sqrt(batches)
    assert abs(means.mean() - load / (2 * (1 - load))) < 4 * error
    assert error < 0.15 * load / (2 * (1 - load)), "the test sees an error of 60 per cent of the mean and more"
