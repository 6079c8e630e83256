"""Laws of a score: a perfect forecast has none, a shift moves the bias by itself, order is nothing, nothing is lost."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.forecast import Outcome, Prediction, Scores, scored
from tests.unit.forecast.made_up import ISSUED, LATER, came, said

MEASURES = ("held", "digital")
PLACES = ("461", "741", "DK", "Fyn")
KEYS = st.tuples(st.sampled_from(MEASURES), st.sampled_from(PLACES), st.integers(2023, 2026), st.integers(1, 12))
NUMBERS = st.integers(0, 10_000).map(float)


@st.composite
def predictions(draw: st.DrawFn) -> list[Prediction]:
    keys = draw(st.lists(KEYS, unique=True, min_size=1, max_size=12))
    found = []
    for measure, place, year, month in keys:
        value, reach = draw(NUMBERS), draw(st.integers(0, 500))
        one = said(value, month, measure=measure, place=place, year=year, complete=draw(st.booleans()))
        bounds = {"low": value - reach, "high": value + reach, "sd": reach / 2, "kind": "events", "nominal": 0.95}
        found.append(replace(one, **bounds) if draw(st.booleans()) else one)
    return found


@st.composite
def worlds(draw: st.DrawFn) -> tuple[list[Prediction], list[Outcome]]:
    """Return predictions, outcomes of some of them and of others, and naive forecasts, early and late."""
    said_of = draw(predictions())
    keys = draw(st.lists(st.one_of(KEYS, st.sampled_from([one.key[:4] for one in said_of])), unique=True, max_size=12))
    naive = draw(st.lists(st.sampled_from(keys), unique=True)) if keys else []
    days = st.sampled_from((ISSUED, LATER))
    rows = [(key, False) for key in keys] + [(key, True) for key in naive]
    found = [
        came(draw(NUMBERS), key[3], measure=key[0], place=key[1], year=key[2], published=draw(days), naive=marked)
        for key, marked in rows
    ]
    return said_of, found


def perfect(rows: list[Prediction]) -> list[Outcome]:
    return [came(one.value, one.month, measure=one.measure, place=one.place, year=one.year) for one in rows]


@given(predictions())
def test_a_perfect_forecast_has_no_error(rows: list[Prediction]) -> None:
    rows = [replace(one, complete=True, kind="none", low=one.value, high=one.value, sd=0.0) for one in rows]
    found = scored(rows, perfect(rows), ISSUED)
    assert len(found.pairs) == len(rows)
    for one in found.summaries:
        assert (one.bias, one.mean_absolute_error) == (0, 0)
        assert one.mean_absolute_percentage_error in (0, None)
        assert one.inside == one.ranges == one.pairs


@given(predictions(), st.integers(-1000, 1000))
def test_shifting_all_by_a_number_shifts_the_bias_by_it(rows: list[Prediction], shift: int) -> None:
    rows = [replace(one, complete=True) for one in rows]
    before = scored(rows, perfect(rows)).summaries
    after = scored([replace(one, value=one.value + shift) for one in rows], perfect(rows)).summaries
    for one, other in zip(before, after, strict=True):
        assert other.bias - one.bias == pytest.approx(shift)
        assert other.mean_absolute_error == pytest.approx(abs(shift))


@given(worlds(), st.randoms())
def test_the_order_of_rows_is_nothing(world: tuple[list[Prediction], list[Outcome]], random: object) -> None:
    rows, outcomes = world
    mixed = [list(rows), list(outcomes)]
    for part in mixed:
        random.shuffle(part)  # type: ignore[attr-defined]
    assert set(scored(*mixed, ISSUED).pairs) == set(scored(rows, outcomes, ISSUED).pairs)  # type: ignore[arg-type]
    assert scored(*mixed, ISSUED).summaries == scored(rows, outcomes, ISSUED).summaries  # type: ignore[arg-type]


@given(worlds())
def test_nothing_is_lost(world: tuple[list[Prediction], list[Outcome]]) -> None:
    rows, outcomes = world
    for issued in (None, ISSUED):
        found: Scores = scored(rows, outcomes, issued)
        told = [pair.prediction for pair in found.pairs] + list(found.without_outcome)
        assert sorted(one.key for one in told) == sorted(one.key for one in rows)
        set_beside = [pair.outcome for pair in found.pairs] + [one.outcome for one in found.refused]
        told_of = set_beside + list(found.without_prediction) + list(found.naive)
        assert sorted((one.key, one.naive) for one in told_of) == sorted((one.key, one.naive) for one in outcomes)
        assert sum(one.pairs for one in found.summaries) == len(found.pairs)
        assert all(pair.outcome.published > ISSUED for pair in found.pairs if issued)
