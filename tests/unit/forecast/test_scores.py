"""Scores of a few pairs, every number worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from simulator.errors import InputError
from simulator.forecast import Scores, pooled, scored
from simulator.forecast.scores import FEW
from tests.unit.forecast.made_up import ISSUED, LATER, came, said

RANGE = {"low": 90.0, "high": 110.0, "sd": 10.0, "kind": "events", "nominal": 0.95}


def three() -> Scores:
    """Return scores of 100 against 104, 120 and 0; the year before there were 114, 118 and nothing."""
    predictions = [said(100, month, **RANGE) for month in (9, 10, 11)]
    outcomes = [came(104, 9), came(120, 10), came(0, 11)]
    naive = [came(114, 9, naive=True, published=ISSUED), came(118, 10, naive=True, published=ISSUED)]
    return scored(predictions, outcomes + naive, ISSUED)


def test_each_pair_by_hand() -> None:
    pairs = three().pairs
    assert [pair.error for pair in pairs] == [-4, -20, 100]
    assert [pair.relative_error for pair in pairs] == [pytest.approx(-4 / 104), pytest.approx(-1 / 6), None]
    assert [pair.inside for pair in pairs] == [True, False, False]
    assert [pair.interval_score for pair in pairs] == pytest.approx([20, 20 + 40 * 10, 20 + 40 * 90])
    assert [pair.naive for pair in pairs] == [114, 118, None]
    assert pairs[1].crps == pytest.approx(14.5279, abs=1e-4), "10 x (2 x 0.9545 + 2 x 0.05399 - 0.56419)"


def test_the_summary_by_hand() -> None:
    (found,) = three().summaries
    assert (found.measure, found.level, found.pairs) == ("held", "municipality", 3)
    assert found.bias == pytest.approx(76 / 3)
    assert found.mean_absolute_error == pytest.approx(124 / 3)
    assert found.mean_absolute_percentage_error == pytest.approx((4 / 104 + 1 / 6) / 2)
    assert found.without_percentage == 1
    assert (found.inside, found.ranges, found.nominal) == (1, 3, 0.95)
    assert found.inside_share == pytest.approx(1 / 3)
    assert found.interval_score == pytest.approx((20 + 420 + 3620) / 3)
    assert found.crps == pytest.approx((2.9669 + 14.5279 + 94.3581) / 3, abs=1e-3), "z of 0.4, 2 and 10"
    assert (found.naives, found.skill) == (2, pytest.approx(1 - (4 + 20) / (10 + 2)))
    assert found.few and found.pairs < FEW


def test_the_error_of_the_mean_is_part_of_what_may_come() -> None:
    """Deviations of 8 and of 6 are together one of 10."""
    one = said(100, **RANGE | {"sd": 8.0, "std_error": 6.0})
    assert scored([one], [came(120)]).pairs[0].crps == pytest.approx(14.5279, abs=1e-4)


def test_a_naive_forecast_of_nothing_is_one() -> None:
    found = scored([said(5)], [came(10), came(0, naive=True)]).summaries[0]
    assert (found.naives, found.skill) == (1, 0.5)


def test_what_was_published_before_the_prediction_was_issued_is_refused() -> None:
    predictions = [said(100, 8), said(100, 9)]
    known = [came(90, 8, published=ISSUED), came(95, 9)]
    found = scored(predictions, known, ISSUED)
    assert [pair.outcome.month for pair in found.pairs] == [9]
    assert [one.outcome.month for one in found.refused] == [8]
    assert "it was known" in found.refused[0].why
    assert [one.month for one in found.without_outcome] == [8]
    assert len(scored(predictions, known).pairs) == 2, "without a day of issue it is a look back, and all is taken"


def test_a_naive_forecast_that_nobody_had_yet_is_refused() -> None:
    found = scored([said(100)], [came(90), came(95, naive=True)], ISSUED)
    assert found.pairs[0].naive is None
    assert "after the prediction was issued" in found.refused[0].why


def test_the_same_month_of_the_year_before_is_the_naive_forecast_where_none_is_marked() -> None:
    before = came(80, year=2024, published=date(2024, 10, 15))
    found = scored([said(100)], [came(90), before], ISSUED)
    assert found.pairs[0].naive == 80
    assert found.summaries[0].skill == pytest.approx(1 - 10 / 10)
    assert found.without_prediction == (before,)
    marked = came(88, naive=True, published=ISSUED)
    assert scored([said(100)], [came(90), before, marked], ISSUED).pairs[0].naive == 88
    assert scored([said(100)], [came(90), replace(before, published=LATER)], ISSUED).pairs[0].naive is None


def test_a_month_that_the_run_holds_in_part_is_not_scored() -> None:
    found = scored([said(100, complete=False)], [came(400)])
    assert not found.pairs
    assert "a part of these days" in found.refused[0].why


def test_measures_conversations_and_levels_are_summed_apart() -> None:
    kinds = [{}, {"measure": "digital"}, {"place": "DK"}, {"place": "Fyn"}, {"types": ("jobsamtale",)}]
    found = scored([said(100, **kind) for kind in kinds], [came(90, **kind) for kind in kinds])
    assert {(one.measure, one.types, one.level) for one in found.summaries} == {
        ("held", (), "municipality"),
        ("digital", (), "municipality"),
        ("held", (), "country"),
        ("held", (), "landsdel"),
        ("held", ("jobsamtale",), "municipality"),
    }
    assert {one.pairs for one in found.summaries} == {1}


def test_a_span_has_no_probability_and_no_score_of_one() -> None:
    found = scored([said(100, low=80, high=120, kind="knowledge")], [came(90)])
    assert (found.pairs[0].inside, found.pairs[0].interval_score, found.pairs[0].crps) == (True, None, None)
    assert (found.summaries[0].inside, found.summaries[0].nominal) == (1, None)


def test_ranges_of_two_probabilities_have_no_common_one() -> None:
    predictions = [said(100, 9, **RANGE), said(100, 10, **RANGE | {"nominal": 0.5})]
    assert scored(predictions, [came(100, 9), came(100, 10)]).summaries[0].nominal is None


def test_the_same_said_or_counted_twice_is_refused() -> None:
    with pytest.raises(InputError, match="two predictions of the same: held of Odense 2025-09"):
        scored([said(1), said(2)], [])
    with pytest.raises(InputError, match="two outcomes of the same"):
        scored([said(1)], [came(1), came(2)])


def test_nothing_said_and_nothing_counted_is_no_score() -> None:
    found = scored([], [])
    assert (found.pairs, found.summaries) == ((), ())


def test_the_record_over_several_estimates_is_that_of_all_their_pairs() -> None:
    """Errors of 10 and of 2: a mean of 6."""
    first, second = scored([said(100)], [came(90)]), scored([said(102)], [came(100)])
    (found,) = pooled([first, second])
    assert (found.pairs, found.bias) == (2, 6)
    assert pooled([]) == ()
