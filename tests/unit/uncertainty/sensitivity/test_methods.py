"""Methods of sensitivity analysis: what each asks for, what it refuses, and that a seed is a seed."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import numpy.typing as npt
import pytest

from simulator.errors import InputError
from simulator.uncertainty.sensitivity import (
    Choice,
    Factor,
    Grid,
    Indices,
    factor_of,
    found_by,
    groups_of,
    method_names,
)
from simulator.uncertainty.sensitivity.indices import OPEN, library_seed, unit_points
from simulator.uncertainty.sensitivity.methods.pawn import indices_of_draws
from simulator.uncertainty.sensitivity.methods.sobol import saltelli

FloatArray = npt.NDArray[np.float64]
FACTORS = [Factor("meetings", 8.0, 12.0, 10.0), Factor("kr", 400.0, 600.0, 500.0), Factor("idle", 0.0, 1.0, 0.5)]
CHANCY = ("morris", "pawn", "sobol")


def loss(points: FloatArray) -> FloatArray:
    """Meetings times kroner, and nothing of the third."""
    return -points[:, 0] * points[:, 1]


def indices(name: str, factors: list[Factor] = FACTORS, **choice: int) -> Indices:
    result = found_by(name, loss, factors, Choice(**choice))  # type: ignore[arg-type]
    assert isinstance(result, Indices)
    return result


def test_one_at_a_time_keeps_the_rest_at_today() -> None:
    found = indices("tornado")
    assert found.centre == -5000.0
    assert found.row("meetings") == {"low_figure": -4000.0, "high_figure": -6000.0, "swing": 2000.0}
    assert found.row("idle") == {"low_figure": -5000.0, "high_figure": -5000.0, "swing": 0.0}
    assert found.evaluations == 1 + 2 * 3
    assert found.ordered("swing") == ("meetings", "kr", "idle"), "equals stay in their order"


def test_a_swing_reaches_to_todays_value_where_the_ends_are_alike() -> None:
    found = found_by("tornado", lambda points: points[:, 0] ** 2, [Factor("x", -1.0, 1.0, 0.0)])
    assert isinstance(found, Indices)
    assert found.row("x") == {"low_figure": 1.0, "high_figure": 1.0, "swing": 1.0}


def test_what_cannot_be_moved_alone_is_named_and_the_rest_goes_on() -> None:
    def picky(points: FloatArray) -> FloatArray:
        if (points[:, 0] != 10.0).any():
            raise InputError.one("shares must add up to 1")
        return loss(points)

    found = found_by("tornado", picky, FACTORS)
    assert isinstance(found, Indices)
    assert found.refused == {"meetings": "shares must add up to 1"}
    assert found.names == ("kr", "idle")


def test_a_value_that_differs_among_its_leaves_is_left_as_it_is() -> None:
    """NaN says so; whoever answers the question reads it."""
    seen = []

    def kept(points: FloatArray) -> FloatArray:
        seen.append(points.copy())
        return np.nan_to_num(points[:, 0], nan=3.0) + points[:, 1]

    found_by("tornado", kept, [Factor("table", 0.0, 1.0, None), Factor("x", 0.0, 1.0, 0.0)])
    assert np.isnan(seen[0][0, 0])
    assert seen[1][:, 0].tolist() == [0.0, 1.0]
    assert np.isnan(seen[2][:, 0]).all()


def test_a_map_is_of_the_two_largest_swings_unless_others_are_named() -> None:
    found = found_by("map", loss, FACTORS, Choice(count=5))
    assert isinstance(found, Grid)
    assert found.names == ("meetings", "kr")
    assert found.across.tolist() == [8.0, 9.0, 10.0, 11.0, 12.0]
    assert found.figures.shape == (5, 5)
    assert found.figures[4, 0] == -8.0 * 600.0, "up the second, across the first"
    assert found.evaluations == 7 + 25
    named = found_by("map", loss, FACTORS, Choice(count=2, keys=("idle", "kr")))
    assert isinstance(named, Grid)
    assert named.names == ("idle", "kr")
    assert named.figures.tolist() == [[-4000.0, -4000.0], [-6000.0, -6000.0]]
    assert named.evaluations == 5


def test_whole_values_are_whole() -> None:
    tries = Factor("tries", 1.0, 5.0, 3.0, whole=True)
    assert sorted(set(tries.at(np.linspace(0.001, 0.999, 50)).tolist())) == [1, 2, 3, 4, 5]
    assert tries.at(np.array([0.0, 0.1999, 0.2, 0.9999999, 1.0])).tolist() == [1, 1, 2, 5, 5]
    found = found_by("map", loss, [tries, FACTORS[1]], Choice(count=9))
    assert isinstance(found, Grid)
    assert found.across.tolist() == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("name", CHANCY)
def test_a_seed_is_a_seed_and_nought_is_one(name: str) -> None:
    first, again, other = (indices(name, count=256, seed=seed) for seed in (0, 0, 1))
    for column in first.columns:
        assert np.array_equal(first.columns[column], again.columns[column], equal_nan=True)
    assert any(not np.array_equal(first.columns[column], other.columns[column]) for column in first.columns)


@pytest.mark.parametrize("name", CHANCY)
def test_the_luck_of_the_program_stays_as_it_was(name: str) -> None:
    """A library that sets it would move what others draw after it."""
    before = np.random.get_state(legacy=False)["state"]["key"].copy()  # noqa: NPY002
    indices(name, count=256)
    assert np.array_equal(np.random.get_state(legacy=False)["state"]["key"], before)  # noqa: NPY002


def test_each_purpose_has_a_seed_of_its_own() -> None:
    seeds = {library_seed(seed, purpose) for seed in (0, 1, (1 << 32) - 1) for purpose in ("points", "intervals")}
    assert len(seeds) == 6
    assert min(seeds) >= 1
    assert max(seeds) < 1 << 32


@pytest.mark.parametrize("pairs", [False, True])
@pytest.mark.parametrize("groups", [("", "", ""), ("a", "", "a")])
def test_points_stand_in_the_order_that_the_library_reads(groups: tuple[str, ...], pairs: bool) -> None:
    from SALib.sample import sobol

    factors = [Factor(name, 0.0, 1.0, group=group) for name, group in zip("xyz", groups, strict=True)]
    problem = {"num_vars": 3, "names": list("xyz"), "bounds": [[0.0, 1.0]] * 3}
    if any(groups):
        problem["groups"] = [factor.name for factor in factors]
    theirs = sobol.sample(problem, 8, calc_second_order=pairs, seed=library_seed(4, "sobol points"))
    assert saltelli(factors, unit_points(8, 3, 4), pairs=pairs) == pytest.approx(theirs + OPEN, abs=1e-15)


def test_points_lie_within_the_cube_even_at_its_ends() -> None:
    for block in unit_points(1024, 4, 0):
        assert 0 < block.min() < block.max() < 1


@pytest.mark.parametrize("name", CHANCY)
def test_one_factor_alone_is_enough(name: str) -> None:
    found = found_by(name, lambda points: points[:, 0], [Factor("x", 0.0, 1.0)], Choice(count=256))
    assert isinstance(found, Indices)
    assert found.names == ("x",)


def test_a_distribution_is_drawn_by_its_quantiles() -> None:
    """Exponential: mean 1, and half of it below 0.693."""
    seen = []

    def told(points: FloatArray) -> FloatArray:
        seen.append(points)
        return points[:, 0]

    found = found_by("sobol", told, [Factor("x", 0.0, 9.0, spread=lambda share: -np.log1p(-share))], Choice(count=1024))
    assert isinstance(found, Indices)
    assert found.centre == pytest.approx(1.0, abs=0.01)
    assert float(np.median(seen[0])) == pytest.approx(np.log(2), abs=0.01)


LEVERS = [
    SimpleNamespace(key=key, stage=stage, unit="share", low=0.0, high=1.0, value=0.5, distribution=None)
    for key, stage in (("effects.params.scale", "effects"), ("effects.params.r.x", "effects"), ("saldo.value", "money"))
]


def test_levers_are_grouped_by_stage_by_key_or_by_name() -> None:
    assert list(groups_of(LEVERS, ["stage"]).values()) == ["effects", "effects", "money"]
    assert list(groups_of(LEVERS, ["parts"]).values()) == ["effects.params", "effects.params", "saldo.value"]
    assert list(groups_of(LEVERS, ["of a talk=effects.params"]).values()) == ["of a talk", "of a talk", ""]
    assert list(groups_of(LEVERS, []).values()) == ["", "", ""]


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (["stages"], "stage, parts, or NAME=KEY,KEY"),
        (["=effects"], "is no group"),
        (["a="], "is no group"),
        (["a=effects.params.scael"], "did you mean effects.params.scale"),
        (["a=effects", "b=effects.params.scale"], "in two groups, a and b"),
    ],
)
def test_a_group_that_cannot_be_read_is_refused(asked: list[str], told: str) -> None:
    with pytest.raises(InputError, match=told):
        groups_of(LEVERS, asked)


def test_a_lever_without_range_is_no_factor() -> None:
    with pytest.raises(ValueError, match="has no range"):
        factor_of(SimpleNamespace(**{**vars(LEVERS[0]), "low": None}))


@pytest.mark.parametrize("low", [None, 0.0])
def test_a_distribution_reaches_over_its_middle_whatever_range_stands_beside_it(low: float | None) -> None:
    known = SimpleNamespace(quantile=lambda share: 100 * share)
    factor = factor_of(SimpleNamespace(**{**vars(LEVERS[0]), "low": low, "distribution": known}))
    assert (factor.low, factor.high) == pytest.approx((2.5, 97.5))
    assert factor.between(np.array([0.0, 1.0])) == pytest.approx([2.5, 97.5])


@pytest.mark.parametrize(
    ("name", "choice", "factors", "told"),
    [
        ("sobool", Choice(), FACTORS, "did you mean sobol"),
        ("tornado", Choice(count=8), FACTORS, "nothing to count"),
        ("sobol", Choice(count=1000), FACTORS, "512 or 1024"),
        ("sobol", Choice(count=1), FACTORS, "allowed: 2 to"),
        ("pawn", Choice(count=64), FACTORS, "at least 100 draws"),
        ("morris", Choice(second_order=True), FACTORS, "--method sobol has"),
        ("tornado", Choice(), [Factor("x", 0.0, 1.0, group="g")], "methods that do: morris, sobol"),
        ("sobol", Choice(), [], "nothing to move"),
        ("sobol", Choice(count=8), FACTORS[2:], "does not move"),
        ("map", Choice(), FACTORS[:1], "two different assumptions"),
        ("map", Choice(keys=("kr", "kr")), FACTORS, "two different assumptions"),
        ("map", Choice(keys=("kr", "none")), FACTORS, "two different assumptions"),
    ],
)
def test_what_makes_no_sense_is_refused(name: str, choice: Choice, factors: list[Factor], told: str) -> None:
    def figure(points: FloatArray) -> FloatArray:
        return loss(points) if points.shape[1] == 3 else np.ones(len(points))

    with pytest.raises(InputError, match=told):
        found_by(name, figure, factors, choice)


@pytest.mark.parametrize("name", ["sobol", "morris"])
def test_correlated_values_are_sent_to_pawn(name: str) -> None:
    with pytest.raises(InputError, match="kr, meetings are correlated; use --method pawn"):
        found_by(name, loss, FACTORS, correlated=("meetings", "kr"))
    assert "pawn" in method_names()


def test_draws_that_do_not_move_the_figure_are_refused() -> None:
    with pytest.raises(InputError, match="does not move"):
        indices_of_draws(FACTORS, np.zeros((200, 3)), np.ones(200), seed=1)
