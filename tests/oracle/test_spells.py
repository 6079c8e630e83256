"""Spells against arithmetic in plain floating numbers: survival, mean length, stationary ages, ends of spells."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.control.spells import Spells
from simulator.control.spells import spells_of as closed_form
from simulator.demand.spells import Survival, survival_of
from simulator.streams import WORD_RANGE
from tests.unit.demand.made_up import scenario_of

DAGPENGE = {0: 0.110, 4: 0.039, 26: 0.0175, 78: 0.022}
"""Weekly hazards that close 7.7 jobsamtaler a year and 63 per cent of them in the first half-year."""


def plain(hazards: dict[int, float], weeks: int) -> list[float]:
    """Return the share still running at each age [days], one multiplication a day."""
    running, found = 1.0, [1.0]
    for day in range(weeks * 7):
        hazard = [hazards[week] for week in sorted(hazards) if week * 7 <= day][-1]
        running *= 1 - hazard / 7
        found.append(running if day + 1 < weeks * 7 else 0.0)
    return found


def shipped(group: str) -> Survival:
    return survival_of(scenario_of("").baseline.values, group)


def test_dagpenge_spells_last_24_weeks_and_half_of_the_time_is_in_the_first_half_year() -> None:
    """24.2 weeks and 52.7 per cent of benefit time under 26 weeks: what the published shares of 7.7 and 63 imply."""
    alive = plain(DAGPENGE, 104)
    assert sum(alive) / 7 == pytest.approx(24.2, abs=0.05)
    assert sum(alive[:182]) / sum(alive) == pytest.approx(0.527, abs=0.0005)
    survival = shipped("dagpenge")
    assert survival.mean_spell_days == pytest.approx(sum(alive), rel=1e-7)
    share = survival.stock_edges[181] / WORD_RANGE
    assert share == pytest.approx(sum(alive[:182]) / sum(alive), abs=1e-7)


@pytest.mark.parametrize(
    "group", ["dagpenge", "jobparat", "aktivitetsparat", "sygedagpenge", "ressourceforloeb", "jobafklaring"]
)
def test_whole_numbers_survival_and_closed_form_follow_the_plain_arithmetic(group: str) -> None:
    values = scenario_of("").baseline.values
    steps = values.under(f"demand.weekly_exit_hazard.{group}")
    weeks = int(values[f"demand.longest_spell_weeks.{group}"])
    alive = plain({int(name[5:]): hazard for name, hazard in steps.items()}, weeks)
    survival, control = survival_of(values, group), closed_form(values, group)
    assert np.abs(survival.alive / WORD_RANGE - np.array(alive)).max() < 1e-6
    assert len(survival.alive) == len(alive)
    ages = range(0, len(alive), 13)
    assert [control.alive(age) for age in ages] == pytest.approx([alive[age] for age in ages], abs=1e-12)
    assert control.mean_days == pytest.approx(sum(alive), rel=1e-12)
    assert control.days_between(30, 400) == pytest.approx(sum(alive[30:400]), rel=1e-11)


def test_a_spell_without_exits_ends_at_its_longest() -> None:
    values = scenario_of("", "demand.weekly_exit_hazard.dagpenge=0", "demand.longest_spell_weeks.dagpenge=2")
    survival = survival_of(values.baseline.values, "dagpenge")
    assert survival.mean_spell_days == 14
    assert survival.alive.tolist() == [WORD_RANGE] * 14 + [0]
    assert closed_form(values.baseline.values, "dagpenge").mean_days == 14


def test_stationary_ages_follow_survival_and_use_the_whole_range_of_words() -> None:
    """Of 70,000 words spread evenly, the share at each age is survival / mean length, to one word."""
    survival, alive = shipped("dagpenge"), plain(DAGPENGE, 104)
    words = (np.arange(70_000) * (WORD_RANGE / 70_000)).astype(np.uint32)
    ages = survival.elapsed(words)
    counted = np.bincount(ages, minlength=728)
    wanted = np.array(alive[:728]) / sum(alive) * 70_000
    assert np.abs(counted - wanted).max() <= 1.01
    assert survival.elapsed(np.array([0, WORD_RANGE - 1], dtype=np.uint32)).tolist() == [0, 727]


@pytest.mark.parametrize("age", [0, 27, 28, 181, 700, 727])
def test_the_rest_of_a_spell_follows_the_hazards_from_its_age_on(age: int) -> None:
    survival, alive = shipped("dagpenge"), plain(DAGPENGE, 104)
    words = (np.arange(20_000) * (WORD_RANGE / 20_000)).astype(np.uint32)
    end = survival.age_at_exit(np.full(len(words), age), words)
    assert end.min() == age + 1, "nobody leaves before the next day"
    assert end.max() <= 728
    for later in (age + 1, age + 7, age + 30):
        still = alive[min(later, 728)] / alive[age]
        assert (end > later).mean() == pytest.approx(still, abs=1e-4)


def test_the_number_of_spells_still_running_decides_the_end() -> None:
    """A table by hand: of 2**32 spells all see day 1, half day 2, a quarter day 3, none day 4."""
    alive = np.array([WORD_RANGE, WORD_RANGE // 2, WORD_RANGE // 4, 0], dtype=np.uint64)
    edges = np.array([1, 2, 3], dtype=np.uint64)
    table = Survival(alive, edges, edges)
    quarters = np.array([0, 1, 2, 3], dtype=np.uint64) * (WORD_RANGE // 4)
    at = quarters.astype(np.uint32)
    assert table.age_at_exit(np.zeros(4, dtype=np.int64), at).tolist() == [3, 2, 1, 1]
    assert table.age_at_exit(np.ones(4, dtype=np.int64), at).tolist() == [3, 3, 2, 2]
    assert table.person_days == WORD_RANGE * 7 // 4
    assert table.mean_spell_days == 1.75


def test_a_spell_day_on_a_weekend_is_met_two_or_one_days_later() -> None:
    """Of seven days of the week Saturday waits two days and Sunday one, at a survival of 0.9 a day."""
    spells = Spells((0, 100), (0.9,))
    by_hand = (5 * 0.9**14 + 0.9**16 + 0.9**15) / 7
    assert spells.alive_on_weekday(14) == pytest.approx(by_hand, rel=1e-14)
