"""Demand: which conversations fall due, for whom and on which day?

**In** come the scenario, the calendar of an arm and the key of a replication. **Out** comes a `Demand`: the register
of persons (who, where, since when, until when) and the conversations that fall due, in a fixed order.

How it goes: national levels x real municipal weights give whole persons (`stocks.py`), listed once for all
replications; the ages of their spells are drawn so that the start is stationary, and their ends from the weekly hazards
(`spells.py`, `register.py`); the contact rule (`contact.py`) and the ticks of the contact clock give due days
(`due.py`). The arithmetic stands in `rules.py`, where the compiled engine finds it too.

**Assumptions.** One simulated person stands for one full-time person where the stock is counted so, else for one
person; `facts/words.yaml` says which, and intensities are per year of the same unit. Persons are independent. Nobody
moves. A spell's age is in calendar days, the contact clock in meeting days.

    >>> from simulator.demand.spells import from_weeks
    >>> from_weeks({"week_26": 6.0, "week_0": 7.0})
    [(0, 7.0), (182, 6.0)]
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from simulator.calendars import OFFICE_KINDS, Calendar
from simulator.calendars.span import DAYS_A_WEEK, WEEKDAYS_A_WEEK, Span
from simulator.demand.contact import Rhythm, rhythms
from simulator.demand.due import Due, clock_of, due_of, sorted_due
from simulator.demand.paces import Paces, one_pace, paces_of
from simulator.demand.register import Persons, Register, draw_register, persons_of
from simulator.demand.spells import Survival, survival_of
from simulator.demand.stocks import Inflow, closed_from, extrapolated, national_path, place_stocks
from simulator.facts.read import words
from simulator.scenario import Arm, Scenario
from simulator.streams import WORD_RANGE, Key, threshold

__all__ = [
    "Demand",
    "Due",
    "Paces",
    "Persons",
    "Population",
    "Register",
    "draw_demand",
    "extrapolated",
    "office_kind_of",
    "paces_of",
    "population_of",
    "same_demand",
]


@dataclass(frozen=True)
class Population:
    """What demand is drawn from: the same for all replications and both arms.

    Attributes:
        places: Municipality codes of the run.
        groups: For each group its index, survival and persons.
        persons: Who there is.
        carry: Threshold of the persons whose contact clock runs on through a planned closure.
        normal_due: Conversations that fall due on a meeting day in the normal state, from the baseline's contact
            rule without changes of the scenario's own, under law and level at the start of the period, shape (place,
            type, group).
        paces: How fast persons leave, by municipality.
    """

    places: tuple[str, ...]
    groups: tuple[tuple[int, Survival, Inflow], ...]
    persons: Persons
    carry: int
    normal_due: npt.NDArray[np.float64]
    paces: Paces


@dataclass(frozen=True)
class Demand:
    """Persons of a replication and the conversations of one arm that fall due."""

    register: Register
    due: Due


def population_of(scenario: Scenario, places: tuple[str, ...], span: Span) -> Population:
    """Return levels, spells and normal load of the groups.

    Raises:
        InputError: The facts do not cover the period.
    """
    arm = scenario.baseline
    groups, level_ratio = [], {}
    for index, group in enumerate(words()["groups"]):
        survival = survival_of(arm.values, group)
        path = national_path(scenario, arm, group, span)
        closed = closed_from(arm, group, span)
        groups.append((index, survival, place_stocks(path, group, survival.mean_spell_days, span, closed)))
        level_ratio[index] = float(path.level[span.period_from] / path.level[0]) if path.level[0] else 0.0
    for other in scenario.arms:
        for rhythm in rhythms(other):
            if rhythm.rate:
                list(rhythm.stretches(span))  # a rate that cannot be is refused before anything is drawn
    normal = np.zeros((len(places), len(words()["types"]), len(groups)))
    for rhythm in rhythms(arm):
        _, survival, inflow = groups[rhythm.group]
        per_person = _normal_per_person(rhythm, survival, span) * level_ratio[rhythm.group]
        for row, code in enumerate(places):
            normal[row, rhythm.type_index, rhythm.group] = per_person * inflow.stock[inflow.codes.index(code)]
    carry = threshold(arm.values["closures.carry_share"])
    paces = one_pace([survival for _, survival, _ in groups], places)
    return Population(places, tuple(groups), persons_of(groups, places, span), carry, normal, paces)


def _normal_per_person(rhythm: Rhythm, survival: Survival, span: Span) -> float:
    """Return conversations per meeting day and person in a stationary stock, by the law of the period's first day."""
    alive = survival.alive[:-1].astype(np.float64) / WORD_RANGE
    if rhythm.spell_days:
        kept = rhythm.lawful_spell_days(span.period_from, span)
        reached = sum(float(alive[day]) * share for day, share in kept.items() if day < len(alive))
        return reached / float(alive.sum()) * DAYS_A_WEEK / WEEKDAYS_A_WEEK
    return float((alive * rhythm.lawful_ticks(len(alive), span.period_from, span)).sum() / alive.sum())


def draw_demand(population: Population, arms: tuple[tuple[Arm, Calendar], ...], span: Span, key: Key) -> list[Demand]:
    """Return the demand of each arm; all arms share the same persons.

    Args:
        population: Levels and spells.
        arms: Arms with their calendars, the baseline first.
        span: The simulated days.
        key: Key of the replication.
    """
    register = draw_register(population.persons, population.paces, population.carry, key)
    by_group = [np.nonzero(register.group == index)[0] for index, _, _ in population.groups]
    found: list[Demand] = []
    for position, (arm, calendar) in enumerate(arms):
        twin = next((at for at in range(position) if same_demand(arms[at], arms[position])), None)
        if twin is not None:
            found.append(found[twin])
            continue
        clocks = [clock_of(calendar, kind, span.days) for kind in range(len(OFFICE_KINDS))]
        parts = [
            due_of(rhythm, register, by_group[rhythm.group], clocks[office_kind_of(rhythm.type_index)], span, key)
            for rhythm in rhythms(arm)
        ]
        found.append(Demand(register, sorted_due(parts)))
    return found


def office_kind_of(type_index: int) -> int:
    """Return the index of the office kind that holds a type of conversation.

    Source:
        facts/words.yaml, types.
    """
    return OFFICE_KINDS.index(list(words()["types"].values())[type_index]["office_kind"])


def same_demand(one: tuple[Arm, Calendar], other: tuple[Arm, Calendar]) -> bool:
    """Return whether the same conversations fall due in two arms."""
    return rhythms(one[0]) == rhythms(other[0]) and np.array_equal(one[1].clock, other[1].clock)
