"""Simulated trials beside the formulas, on made-up lives of which everything is known.

Seeds are fixed. 120 trials leave a standard error of up to 5 per cent; what is compared is allowed three of them, which
one comparison in 370 would exceed by chance alone.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from simulator.errors import InputError
from simulator.uncertainty.trials.closed import CONTAMINATED, FEAR, UNLIKE
from simulator.uncertainty.trials.designs import design_of
from simulator.uncertainty.trials.findings import asked_for_a_point, needed, quantities, rows_of
from simulator.uncertainty.trials.outcomes import EXIT, HAZARD, OUTCOMES
from simulator.uncertainty.trials.pilot import Moments
from simulator.uncertainty.trials.simulated import Shares, Simulated, simulated
from simulator.uncertainty.trials.sizes import n_two_proportions
from tests.unit.uncertainty.trials.made_up_lives import lives_of, terms_with, window_for

DESIGNS = ("by_citizen", "by_jobcentre", "encouragement", "stepped_wedge")
TRIALS = 120
SIZE = 700
FASTER = (0.03, 0.039)
"""Rates of leaving a week: the treated leave faster by thirty per cent."""


@cache
def tried(design: str, crossed: float = 0.0, rates: tuple[float, float] = FASTER) -> Simulated:
    codes = tuple(range(101, 121))
    changes = {"design": design, "sizes": (SIZE,), "crossed": (crossed, crossed), "places": tuple(map(str, codes))}
    terms = terms_with(**changes)
    lives = lives_of(TRIALS, 1600, rates, 0.05, codes)
    return simulated(lives, window_for(terms, codes), terms, 1)


@pytest.mark.parametrize("design", DESIGNS)
def test_both_powers_agree_where_the_formula_holds(design: str) -> None:
    found = tried(design)
    rows = rows_of(found)
    assert len(rows) == (3 if design == "stepped_wedge" else len(OUTCOMES))
    for row in rows:
        assert row.simulated is not None and row.simulated.number == TRIALS and not row.why_not
        assert abs(row.closed - row.simulated.share) < 3 * row.simulated.std_error, row
        assert 0.2 < row.closed < 0.999, "a power that says something"
    _check_the_analysis(found)


def _check_the_analysis(found: Simulated) -> None:
    """An effect that is not there is rarely found, and intervals hold the true one as often as they say."""
    for shares, expected in ((found.false, 0.05), (found.covered, 0.95)):
        for outcome, one in shares.items():
            assert abs(one.share - expected) < 3 * one.std_error, (outcome, one)


@pytest.mark.parametrize("design", DESIGNS)
def test_contamination_takes_power_and_it_is_said(design: str) -> None:
    for row in rows_of(tried(design, 0.3)):
        assert row.simulated is not None
        assert CONTAMINATED in row.why_not and row.agrees is False
        assert row.simulated.share < row.closed - 3 * row.simulated.std_error, row


def test_the_pilot_knows_the_made_up_lives() -> None:
    """Spells are exponential: the share that leaves within 26 weeks is 1 - exp(-26 rate), in whole days from intake."""
    pilot = tried("by_citizen").pilot
    assert pilot.means[EXIT][0] == pytest.approx(1 - np.exp(-26 * 0.03), abs=0.01)
    assert pilot.means[EXIT][1] == pytest.approx(1 - np.exp(-26 * 0.039), abs=0.01)
    assert np.exp(pilot.log_ratio) == pytest.approx(1.3, abs=0.03)
    assert pilot.proportional and pilot.changed == 4 and pilot.digital == (0.0, 1.0)
    assert pilot.clusters == 20 and pilot.cluster_cv < 0.01
    assert pilot.by_day[-1] == pilot.persons == pytest.approx(1600, rel=0.01)


def test_a_shorter_trial_has_the_season_of_those_who_come_first() -> None:
    pilot = tried("by_citizen").pilot
    assert list(pilot.first_come) == [SIZE]
    levels = {100: 0.2, 300: 0.4}
    seasons = {size: Moments(np.full((4, 2), level), np.full((4, 2), level)) for size, level in levels.items()}
    made_up = replace(pilot, first_come=seasons)
    for size, level in ((50, 0.2), (100, 0.2), (200, 0.3), (300, 0.4), (900, 0.4)):
        found = made_up.of_size(size)
        assert found.means[EXIT] == pytest.approx((level, level)) == found.jobs
        assert found.sds[EXIT] == pytest.approx((level, level))
    assert made_up.with_difference(EXIT, 0.1).of_size(200).difference(EXIT) == pytest.approx(0.1)
    assert not tried("stepped_wedge").pilot.first_come, "a smaller wedge is no shorter"


def test_followers_of_an_encouragement_are_told_apart() -> None:
    found = tried("encouragement")
    assert found.first_stage_f > 1e6, "all follow"
    assert set(found.followers) == {"exit_by_week_26", "weeks_in_26", "weeks_in_52"}
    assert all(one.share > 0.95 - 3 * one.std_error for one in found.followers.values())
    assert not tried("by_citizen").followers


def test_a_point_takes_the_persons_of_the_formula() -> None:
    found = tried("by_citizen")
    share = found.pilot.means[EXIT][0]
    asked = asked_for_a_point(found)
    assert asked.per_arm == round(n_two_proportions(share, share - 0.01))
    assert asked.answer is None and asked.most == found.pilot.persons // 2
    half = replace(found.pilot, means={**found.pilot.means, EXIT: (0.5, 0.49)}, first_come={})
    assert needed(design_of("by_citizen"), half, found.terms, EXIT) == 39_239


def test_too_few_unlike_places_never_find_a_point() -> None:
    assert asked_for_a_point(tried("by_jobcentre")).per_arm is None


def test_the_answer_comes_after_intake_follow_up_and_analysis() -> None:
    found = tried("by_citizen")
    row = next(row for row in rows_of(found) if row.outcome == EXIT)
    last = int(np.searchsorted(found.pilot.by_day, 2 * SIZE))
    assert row.answer is not None
    assert row.answer.toordinal() == found.pilot.first + last + 182 + 84
    wedge = next(row for row in rows_of(tried("stepped_wedge")))
    assert wedge.answer is not None and wedge.answer.toordinal() == found.pilot.first + 265 + 182 + 84


def test_quantities_are_those_that_documents_read() -> None:
    found = tried("encouragement")
    told = quantities(found, asked_for_a_point(found))
    names = [name for name, *_ in told]
    assert names[0] == "persons_for_one_point" and names[-1] == "first_stage" and len(set(names)) == 19
    assert {name: value for name, value, *_ in told}["hazard_ratio"] == pytest.approx(1.3, abs=0.03)


def test_doubts_are_told() -> None:
    terms = terms_with(feared=True, design="by_jobcentre", sizes=(SIZE,))
    place = lives_of(2, 2000)
    found = simulated(place, window_for(terms), terms, 1)
    assert FEAR in rows_of(found)[0].why_not and UNLIKE not in rows_of(found)[0].why_not
    late = terms_with(sizes=(5000,))
    (row, *_) = rows_of(simulated(lives_of(2), window_for(late), late, 1))
    assert row.why_not == ("not_admitted",) and row.simulated is None and row.answer is None and row.agrees is None


def test_an_intake_that_admits_nobody_is_refused() -> None:
    terms = terms_with(places=())
    with pytest.raises(InputError, match="at least four in each"):
        simulated(lives_of(2), window_for(terms), terms, 1)


def test_sizes_follow_from_the_intake_where_none_are_asked_for() -> None:
    terms = terms_with()
    found = simulated(lives_of(2), window_for(terms), terms, 1, only_pilot=True)
    assert found.terms.sizes == (60, 120, 240, 480, 960) and not found.power
    assert {row.simulated for row in rows_of(found)} == {None}


def test_so_few_that_nobody_leaves_find_nothing() -> None:
    """Each arm of ten: many trials cannot be analysed, and count as having found nothing."""
    terms = terms_with(sizes=(10,))
    found = simulated(lives_of(20, rates=(0.0001, 0.0001)), window_for(terms), terms, 1)
    assert found.power[HAZARD, 10].share == 0.0


def test_shares_have_wilsons_interval() -> None:
    """Wilson's interval of 8 in 10, as published: 0.490 to 0.943."""
    low, high = Shares(8, 10).interval()
    assert (round(low, 3), round(high, 3)) == (0.490, 0.943)
    assert Shares(0, 100).std_error > 0
