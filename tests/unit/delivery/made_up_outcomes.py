"""Outcomes written down conversation by conversation, as an engine would give them back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from simulator.calendars import OFFICE_KINDS
from simulator.calendars.span import Span
from simulator.delivery import Counts, Offices, rules
from simulator.delivery.fates import counts_of
from simulator.delivery.outcome import OPEN, Delivery, Outcome
from simulator.delivery.pressure import Pressure
from simulator.demand import Demand, Due
from simulator.facts.read import words
from tests.engines.hand_made import House, conditions_of
from tests.unit.demand.made_up import persons

SPAN = Span.around((date(2021, 12, 19), date(2022, 1, 16)), 3, (4, 6))
"""22 November 2021 to 27 February 2022; the period is days 27 to 55, in a warm-up of three weeks."""
START, END = SPAN.period_from, SPAN.period_to
TYPES, GROUPS = list(words()["types"]), list(words()["groups"])
JOB = TYPES.index("jobsamtale")
WAIT, HELD, LAPSED = rules.WAITING, rules.HELD, rules.LAPSED
ENDED_AFTER_DUE = {rules.CANCELLED_RULE, rules.CANCELLED_REPLACED, rules.CANCELLED_TRIES, LAPSED, HELD}


@dataclass(frozen=True)
class Fate:
    """What became of a conversation of one person in one arm."""

    person: int
    due: int
    state: int = HELD
    closed: int = OPEN
    form: int = rules.PHYSICAL
    type: int = JOB
    number: int = 0
    basis: int = rules.ATTENDED


def demand_of(fates: list[Fate], starts: list[int]) -> Demand:
    """Return the demand of one place with these conversations."""
    columns = [np.array([getattr(fate, name) for fate in fates]) for name in ("person", "type", "number", "due")]
    return Demand(persons(starts), Due(*(column.astype(np.int64) for column in columns)))


def waiting(fates: list[Fate], day: int) -> list[int]:
    """Return how many conversations of each type wait at the end of a day."""
    counted = [0] * len(TYPES)
    for fate in fates:
        counted[fate.type] += fate.due <= day and (fate.state == WAIT or fate.closed > day)
    return counted


def outcome_of(
    fates: list[Fate], last_day: int = SPAN.days - 1, missed: tuple[tuple[int, int, int], ...] = ()
) -> Outcome:
    """Return the outcome with a census counted from the fates themselves."""
    return Outcome(
        state=[fate.state for fate in fates],
        closed=[fate.closed for fate in fates],
        form=[fate.form if fate.state == HELD else -1 for fate in fates],
        basis=[fate.basis if fate.state == HELD else -1 for fate in fates],
        worked_minutes=[80 * sum(fate.state == HELD for fate in fates), 0, 0],
        census=[waiting(fates, day) for day in (START - 1, END, last_day)],
        no_shows=list(missed),
        last_day=last_day,
    )


def delivery_of(
    baseline: list[Fate], proposal: list[Fate], starts: list[int], last_day: int = SPAN.days - 1
) -> Delivery:
    """Return a delivery of one place; `starts` are the days on which the persons' spells began."""
    demands = [demand_of(arm, starts) for arm in (baseline, proposal)]
    return Delivery(demands, ([outcome_of(baseline, last_day)], [outcome_of(proposal, last_day)]))


def offices(*places: str) -> list[Offices]:
    """Return offices of both arms with 240 minutes on every day of the baseline and 120 of the proposal."""
    house = House()
    nothing = np.zeros((len(places), SPAN.days), dtype=np.int64)
    return [
        Offices(
            places=places,
            span=SPAN,
            rulebook=conditions_of(house).rulebook,
            conditions=conditions_of(house),
            minutes=np.full((len(OFFICE_KINDS), len(places), SPAN.days), a_day),
            meeting_from=(),
            pressure=Pressure(nothing, nothing, 0),
            moved={},
        )
        for a_day in (240, 120)
    ]


def counted(delivery: Delivery, *places: str) -> Counts:
    """Return the counts of a delivery; of one place where none is named."""
    return counts_of(delivery.outcomes, delivery.demands, offices(*(places or ("461",))))
