"""Where a figure reaches a target: formulas whose answers are known by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest

from simulator.uncertainty.roots import Ground, approached, ground_of, solutions

SHARE = ground_of("share", 0.2, 0.0, 1.0)
FACTOR = ground_of("factor", 0.25, 0.1, 1.0)


def points(figure, targets, ground):  # type: ignore[no-untyped-def]
    return [[root.value for root in found.roots] for found in solutions(figure, targets, ground)]


def test_a_straight_line_is_solved_exactly() -> None:
    found = solutions(lambda x: -5.0 * (1 - x), [0.0, -2.5, -10.0], SHARE)
    assert [one.how for one in found] == ["exact"] * 3
    assert [[root.value for root in one.roots] for one in found] == [[1.0], [0.5], []]


def test_a_share_that_would_be_negative_is_not_possible() -> None:
    assert points(lambda x: -5.0 * (1 - x), [-5.5], SHARE) == [[]]


def test_a_factor_has_no_upper_bound() -> None:
    assert points(lambda x: -20.0 * x, [0.0, -10.0, -200.0], FACTOR) == [[0.0], [0.5], [10.0]]


def test_a_quadratic_has_two_points() -> None:
    ground = ground_of("weeks", 0.0, -3.0, 3.0)
    (found,) = solutions(lambda x: x**2 - 2.0, [0.0], ground)
    assert found.how == "sought"
    assert [root.value for root in found.roots] == pytest.approx([-math.sqrt(2), math.sqrt(2)], rel=1e-12)
    assert [root.residual for root in found.roots] == [0.0, 0.0]


def test_at_a_step_the_point_comes_with_what_is_missed() -> None:
    (found,) = solutions(lambda x: np.where(x < 0.3, -4.0, -6.0), [-5.0], SHARE)
    (root,) = found.roots
    assert root.value == pytest.approx(0.3, abs=1e-9)
    assert abs(root.residual) == 1.0


def test_a_bend_is_not_taken_for_a_straight_line() -> None:
    """Straight inside the range, flat beyond: the target lies on neither line."""
    bent = points(lambda x: np.minimum(x, 1.5), [1.2, 1.6], FACTOR)
    assert bent[0] == pytest.approx([1.2], rel=1e-12)
    assert bent[1] == []


def test_a_bend_far_out_is_found_by_asking_there() -> None:
    far = ground_of("factor", 0.25, 0.1, 1.0)
    (found,) = solutions(lambda x: np.where(x < 5, x, 10 * x - 45), [15.0], far)
    assert found.how == "sought"
    assert [root.value for root in found.roots] == pytest.approx([6.0], rel=1e-9)


def test_whole_numbers_stay_whole() -> None:
    tries = ground_of("tries", 3.0, 1.0, 5.0)
    (found,) = solutions(lambda x: 2.0 * x, [7.5], tries)
    (root,) = found.roots
    assert (root.value, root.residual) == (4.0, 0.5)


def test_a_flat_stretch_on_the_target_gives_its_point_nearest_to_today() -> None:
    ground = ground_of("factor", 0.2, 0.0, 1.0)
    (found,) = solutions(lambda x: np.maximum(0.5 - x, 0.0), [0.0], ground)
    assert len(found.roots) == 1
    assert 0.5 <= found.roots[0].value < 0.56


def test_what_does_not_move_the_figure_is_idle() -> None:
    assert {one.how for one in solutions(lambda x: 0 * x - 5.0, [0.0, -5.0], SHARE)} == {"idle"}


def test_what_is_refused_everywhere_cannot_move_alone() -> None:
    nothing = np.nan
    assert [one.how for one in solutions(lambda x: np.where(x == 0.2, -5.0, nothing), [0.0], SHARE)] == ["refused"]


def test_a_hole_in_the_figure_is_passed_over() -> None:
    (found,) = solutions(lambda x: np.where(np.abs(x - 0.8) < 0.05, np.nan, x**2), [0.25], SHARE)
    assert [root.value for root in found.roots] == pytest.approx([0.5], rel=1e-9)


def test_today_is_told_to_the_last_bit() -> None:
    ground = Ground(0.1, 1.0, 0.0, 100.0, whole=False, today=0.2556)
    assert points(lambda x: -19.63 * x, [-19.63 * 0.2556], ground) == [[0.2556]]


def test_few_questions_find_a_smooth_crossing() -> None:
    asked = []

    def figure(point: float) -> float:
        asked.append(point)
        return point**1.2

    root = approached(figure, {0.5: 0.5**1.2, 1.0: 1.0}, 0.7, FACTOR, (5, 1e-6))
    assert root is not None
    assert root.value == pytest.approx(0.7 ** (1 / 1.2), abs=1e-5)
    assert len(asked) <= 5


def test_a_target_out_of_reach_has_no_point() -> None:
    assert approached(lambda x: min(x, 1.0), {0.5: 0.5, 0.7: 0.7}, 2.0, SHARE, (5, 1e-6)) is None


def test_a_coarse_search_asks_little_and_comes_near() -> None:
    asked: list[int] = []

    def figure(points):  # type: ignore[no-untyped-def]
        asked.append(len(points))
        return -5.0 * points**1.7

    (found,) = solutions(figure, [-1.0], FACTOR, grid=5, sharp=2e-4)
    (root,) = found.roots
    assert root.value == pytest.approx(0.2 ** (1 / 1.7), rel=2e-2)
    assert root.residual == 0.0
    assert sum(asked) < 30
