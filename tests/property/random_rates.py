"""Rates drawn at random, laid over a scenario without the bounds of the facts: for laws that hold whatever they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

import numpy as np
from hypothesis import strategies as st

from simulator.calendars.span import Span
from simulator.delivery.cells import Cells
from simulator.delivery.counts import JOINT_AXES, joint_shape
from simulator.effects import Employment
from simulator.facts.read import words
from simulator.saldo import Saldo, Valuation, saldo, valuation_of
from simulator.scenario import Scenario, Value, Values
from tests.unit.demand.made_up import scenario_of
from tests.unit.effects.made_up_joint import PHONE, PHYSICAL

TYPES, GROUPS = tuple(words()["types"]), tuple(words()["groups"])
DAY = date(2022, 1, 5)
SPAN = Span.around((DAY, DAY), 1, (1, 1))
"""A period of one day, which is a segment of its own: the control and the simulation date a conversation alike."""
AT = int(SPAN.segment_of_day[SPAN.period_from])
PROFILES = ("two_years", "even", "fading", "late_peak")
YEARS = (2021, 2022, 2023)
"""Years of the rates that are drawn; those of the years around them stay as they are."""
SLOTS = {name: 150_000 + 10_000 * at for at, name in enumerate(GROUPS)}

READ = ("saldo.", "effects.full_time_share.", "effects.weeks_off_benefit.")
NOT_DRAWN = (
    "saldo.published.",
    "saldo.price_year",
    "saldo.price_level",
    "saldo.wage_price_year",
    "saldo.beside_price_year",
    "saldo.running_costs.price_year",
    "saldo.weeks_per_person_year",
    "saldo.profile.",
    "saldo.ladder.restart.",
    "saldo.ladder.published",
    "saldo.sick.unemployed_share",
    "saldo.sick.employer_period_days",
    "saldo.fleksjob.hours_per_week",
    "saldo.fleksjob.subsidy_taper_share_above",
    "saldo.tax.personal_allowance",
    "saldo.tax.top_tax_from",
    "saldo.growth.consumer_prices",
)
"""Years, whole weeks and shapes of time, which are no rates, and what no account reads."""
ADD_TO_ONE = ("saldo.benefit_mix.", "saldo.ladder.starting_weeks.")
"""Shares of a whole: moved only against each other."""


@cache
def base(concept: str = "note", profile: str = "two_years", also: str = "", slots: float = 1.0) -> Scenario:
    """Return a permanent measure under which every concept has a figure."""
    filled = {name: kr * slots for name, kr in SLOTS.items()}
    return scenario_of(
        f"period: {{from: {DAY}, to: {DAY}, permanent: true}}\n"
        f"saldo: {{concept: {concept}, time_profile: {profile}, also: [{also}], travel_counted: true, "
        f"regneprincipper: {{kr_per_full_time_person: {filled}, source: made up}}}}\n"
    )


def rows() -> dict[str, Value]:
    """Return the rates that may be drawn, by key."""
    found = {row.key: row for row in base().baseline.values.rows() if row.key.startswith(READ)}
    chosen = {key: row for key, row in found.items() if not key.startswith(NOT_DRAWN)}
    return {key: row for key, row in chosen.items() if "year_20" not in key or int(key[-4:]) in YEARS}


def single() -> dict[str, Value]:
    """Return the rates that can be moved alone."""
    return {key: row for key, row in rows().items() if not key.startswith(ADD_TO_ONE)}


def laid(scenario: Scenario, numbers: Mapping[str, float]) -> Scenario:
    """Return a scenario with other numbers in both arms, which have the same before."""
    known = scenario.baseline.values.rows()
    values = Values(
        {row.key: replace(row, value=numbers[row.key]) if row.key in numbers else row for row in known}, {}, set()
    )
    baseline, proposal = (replace(arm, values=values) for arm in scenario.arms)
    return replace(scenario, baseline=baseline, proposal=proposal)


SHARE = st.one_of(st.sampled_from([0.0, 1.0]), st.floats(0, 1))
OF_UNIT = {
    "share": SHARE,
    "growth": st.floats(-0.1, 0.3),
    "factor": st.floats(0, 2),
    "kr": st.floats(0, 500),
    "kr per hour": st.floats(0, 1_000),
    "kr per week": st.floats(0, 8_000),
    "kr per month": st.floats(0, 30_000),
    "kr per year": st.floats(0, 600_000),
    "kr per person-year": st.floats(0, 600_000),
}


@st.composite
def rates(draw: st.DrawFn) -> dict[str, float]:
    """Draw every rate: shares from nothing to all of it, kroner from none to far more than anybody is paid."""
    drawn = {key: draw(OF_UNIT[row.unit]) for key, row in single().items()}
    together = [key for key in rows() if key.startswith(ADD_TO_ONE)]
    for stem in sorted({key.rpartition(".")[0] for key in together}):
        parts = [key for key in together if key.rpartition(".")[0] == stem]
        weights = [draw(st.integers(0, 4)) for _ in parts]
        weights[0] += not any(weights)
        drawn |= {key: weight / sum(weights) for key, weight in zip(parts, weights, strict=True)}
    return drawn


@dataclass(frozen=True)
class Moved:
    """Weeks of employment in one cell, minus is a loss."""

    line: int
    segment: int
    type: int
    group: int
    spell: int
    weeks: float


def moves() -> st.SearchStrategy[list[Moved]]:
    """Return a strategy of weeks of employment that are won and lost here and there."""
    segments = len(SPAN.segments) - 1
    places = (st.integers(0, top) for top in (1, segments, len(TYPES) - 1, len(GROUPS) - 1, 7))
    return st.lists(st.builds(Moved, *places, st.floats(-50, 50)), min_size=1, max_size=5)


def effect_of(moved: list[Moved]) -> Employment:
    """Return the effect on employment; nothing is converted or saved from cancellation."""
    weeks = np.zeros((2, len(SPAN.segments), len(TYPES), len(GROUPS), 8))
    for one in moved:
        weeks[one.line, one.segment, one.type, one.group, one.spell] += one.weeks
    none = np.zeros((len(TYPES), len(GROUPS)))
    return Employment(weeks, none, none, (0.0, 0.0), (0.0, 0.0), np.zeros(weeks.shape[1:]))


FEWER_MEETINGS = ("jobsamtale", "rehabiliteringsmoede", "cv_samtale")
"""One of each becomes a telephone call."""


def fewer_meetings() -> Cells:
    """Return the joint table of the conversations that become telephone calls."""
    found = [(PHYSICAL, PHONE, AT, TYPES.index(name), 0, 0) for name in FEWER_MEETINGS]
    return Cells.of(JOINT_AXES, joint_shape(SPAN), tuple(np.array(found).T))


MINUTES = np.array([[600.0, 60.0, 120.0], [500.0, 90.0, 60.0]])
"""Caseworker minutes of both arms, by kind of office."""


def valued(scenario: Scenario, moved: list[Moved]) -> tuple[Valuation, Saldo]:
    """Return what the weeks are worth."""
    valuation = valuation_of(scenario, SPAN)
    return valuation, saldo(valuation, effect_of(moved), fewer_meetings(), MINUTES)


def weeks_by(valuation: Valuation, moved: list[Moved]) -> dict[tuple[int, int, int], float]:
    """Return weeks of employment by line, group and year."""
    found: dict[tuple[int, int, int], float] = {}
    for one in moved:
        by_year = valuation.falling[one.segment, one.group, one.spell].sum(axis=-1)
        for at, share in enumerate(by_year.tolist()):
            key = (one.line, one.group, at)
            found[key] = found.get(key, 0.0) + one.weeks * share
    return found
