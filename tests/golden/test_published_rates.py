"""The published rates of jobsamtaler, from register, clock and control; and a start that shows no beginning.

Golden figures and why:
    7.7 jobsamtaler per full-time year on dagpenge: published average of 2019.
    63 per cent of them in the first half-year: published, the same year.
    About 7 per cent at 1.5 to 2 years: what is left of it, facts/demand.yaml, weekly_exit_hazard.dagpenge.
    Source of all: kl-samtaler-2021.

Weekdays only: holidays and closures stop the clock, and the published rates are those of whole years.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from simulator.calendars.span import DAYS_A_WEEK
from simulator.control.spells import by_week, spells_of
from simulator.delivery import rules
from simulator.delivery.reference import deliver
from simulator.demand import draw_demand
from simulator.facts.read import words
from simulator.pipeline import World
from simulator.streams import key_of
from tests.property.plain_calendar import prepared_without_holidays
from tests.property.scenes import ODENSE, control, written

A_YEAR, HALF_A_YEAR, YEAR_AND_A_HALF = 364, 182, 546
PER_YEAR, IN_FIRST_HALF, AT_LAST = 7.7, 0.63, 0.07
THREE_PER_CENT = 0.03
JOBSAMTALE = list(words()["types"]).index("jobsamtale")
ONLY_DAGPENGE = {
    "stock": dict.fromkeys(
        ("aktivitetsparat", "sygedagpenge", "ressourceforloeb", "jobafklaring", "ledighedsydelse"), 0
    ),
    "stock_scale": {"jobparat": 0},
    "stock_series": "constant",
}


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> World:
    """Fifty-two weeks of a constant stock of dagpenge recipients in Odense."""
    content = {
        "period": {"from": "2021-01-04", "to": "2022-01-02"},
        "places": [ODENSE],
        "facts": {"extrapolate": True},
        "demand": ONLY_DAGPENGE,
    }
    return prepared_without_holidays(written(tmp_path_factory.mktemp("year"), content))


@dataclass(frozen=True)
class Rates:
    """What a stationary population gets in a year."""

    per_year: float
    in_first_half: float
    at_last: float
    time_in_first_half: float


def simulated(world: World, seed: int) -> Rates:
    """Return the rates of one replication: conversations that fall due, over the days that persons are there."""
    first, after = world.span.period_from, world.span.period_to + 1
    assert after - first == A_YEAR
    arms = tuple(zip(world.scenario.arms, world.calendars, strict=True))
    demand = draw_demand(world.population, arms, world.span, key_of(seed, 0))[0]
    register, due = demand.register, demand.due
    days = present(register.entry, register.exit, (first, after))
    early = present(register.entry, np.minimum(register.exit, register.start + HALF_A_YEAR), (first, after))
    chosen = (due.type_index == JOBSAMTALE) & (due.day >= first) & (due.day < after)
    age = due.day[chosen] - register.start[due.person[chosen]]
    return Rates(
        per_year=float(chosen.sum()) / (days / A_YEAR),
        in_first_half=float((age < HALF_A_YEAR).mean()),
        at_last=float((age >= YEAR_AND_A_HALF).mean()),
        time_in_first_half=early / days,
    )


def present(entry: npt.NDArray[np.int64], left: npt.NDArray[np.int64], window: tuple[int, int]) -> float:
    """Return the person-days inside a window."""
    return float(np.clip(np.minimum(left, window[1]) - np.maximum(entry, window[0]), 0, None).sum())


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_the_register_and_the_clock_give_the_published_rates(year: World, seed: int) -> None:
    """About 35,000 conversations a seed; the rates move by half a per cent between seeds, the last by four."""
    found = simulated(year, seed)
    assert found.per_year == pytest.approx(PER_YEAR, rel=THREE_PER_CENT)
    assert found.in_first_half == pytest.approx(IN_FIRST_HALF, rel=THREE_PER_CENT)
    assert found.at_last == pytest.approx(AT_LAST, abs=0.01)
    assert found.time_in_first_half == pytest.approx(0.525, rel=THREE_PER_CENT)


def test_the_closed_form_of_the_control_gives_them_too(year: World) -> None:
    values = year.scenario.baseline.values
    spells = spells_of(values, "dagpenge")
    rate = by_week(values.under("demand.contact.observed.jobsamtale.dagpenge").items())
    edges = sorted({*(first for first, _ in rate), HALF_A_YEAR, YEAR_AND_A_HALF, spells.edges[-1]})
    held = {
        low: spells.days_between(low, high) * [number for first, number in rate if first <= low][-1]
        for low, high in pairwise(edges)
    }
    whole = sum(held.values())
    assert whole / spells.mean_days == pytest.approx(PER_YEAR, rel=0.01)
    assert sum(held[low] for low in held if low < HALF_A_YEAR) / whole == pytest.approx(IN_FIRST_HALF, rel=0.01)
    assert held[YEAR_AND_A_HALF] / whole == pytest.approx(AT_LAST, abs=0.005)
    assert spells.mean_days / DAYS_A_WEEK == pytest.approx(24.4, rel=0.01)


def test_the_chain_of_the_control_gives_the_published_rate(tmp_path: Path) -> None:
    content = {
        "period": {"from": "2021-11-01", "to": "2021-11-28"},
        "places": [ODENSE],
        "demand": {"stock_series": "constant"},
    }
    sums = control(prepared_without_holidays(written(tmp_path, content))).found["jobsamtale", "dagpenge"]
    assert sums.meeting_weeks == 4
    assert sums.due / sums.persons * 52 / 4 == pytest.approx(PER_YEAR, rel=0.01)


TEN_WEEKS = 10
ESBJERG = "561"
SEEDS = range(1, 9)
T_OF_7_AT_99_PER_CENT = 3.499
"""Two-sided 99 per cent point of Student's t with seven degrees of freedom."""


@dataclass(frozen=True)
class Weeks:
    """Conversations held in each week, and mean days waited of those due in it, one row a seed."""

    held: npt.NDArray[np.float64]
    waited: npt.NDArray[np.float64]


@pytest.fixture(scope="module")
def weeks(tmp_path_factory: pytest.TempPathFactory) -> Weeks:
    """Every week of a run under unchanged rules and a constant stock, from its first simulated day."""
    content = {
        "period": {"from": "2021-10-04", "to": "2021-12-12"},
        "places": [ESBJERG],
        "demand": {"stock_series": "constant"},
    }
    world = prepared_without_holidays(written(tmp_path_factory.mktemp("weeks"), content))
    held, waited = zip(*(weeks_of(world, seed) for seed in SEEDS), strict=True)
    return Weeks(np.array(held), np.array(waited))


def weeks_of(world: World, seed: int) -> Iterator[list[float]]:
    """Yield conversations held by week, and days waited by week of the due day."""
    found = deliver(world.ground, key_of(seed, 0))
    outcome, due = found.outcomes[0][0], found.demands[0].due.day
    closed, held = np.array(outcome.closed), np.array(outcome.state) == rules.HELD
    every = range((world.span.period_to + 1) // DAYS_A_WEEK)
    yield [float((held & (closed // DAYS_A_WEEK == week)).sum()) for week in every]
    yield [float((closed - due)[held & (due // DAYS_A_WEEK == week)].mean()) for week in every]


def slope_of(rows: npt.NDArray[np.float64], first: int) -> tuple[float, float]:
    """Return the mean slope over ten weeks as a share of the mean a week, and its t over the seeds."""
    at = np.arange(TEN_WEEKS) - (TEN_WEEKS - 1) / 2
    slopes = (rows[:, first : first + TEN_WEEKS] * at).sum(axis=1) / (at * at).sum()
    error = statistics.stdev(slopes) / math.sqrt(len(slopes))
    return float(slopes.mean() / rows[:, first : first + TEN_WEEKS].mean()), float(slopes.mean() / error)


@pytest.mark.parametrize("name", ["held", "waited"])
def test_the_first_ten_weeks_of_a_period_show_no_trend(weeks: Weeks, name: str) -> None:
    """Slope of a straight line over weeks, one a seed, against 0 by Student's t: wrong in 1 of 100; and small."""
    share, t = slope_of(getattr(weeks, name), first=6)
    assert abs(t) < T_OF_7_AT_99_PER_CENT
    assert abs(share) < 0.015


def test_the_check_of_trends_sees_one(weeks: Weeks) -> None:
    """Counted from the first simulated day, before the offices have reached their normal state, there is one."""
    assert slope_of(weeks.held, first=0)[1] > T_OF_7_AT_99_PER_CENT


def test_the_queue_at_the_start_is_not_empty(weeks: Weeks) -> None:
    start, later = weeks.waited[:, 6].mean(), weeks.waited[:, 7:16].mean()
    assert start == pytest.approx(later, rel=0.15)
    assert start > 0.3
