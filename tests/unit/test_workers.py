"""Work shared out over processes: in order, the same as in one, and ended when it is no longer wanted."""

from __future__ import annotations

import multiprocessing
import os

import pytest

from simulator.errors import InputError, RunError
from simulator.workers import in_order


def square(ground: int, number: int) -> int:
    return ground + number * number


def refuse(_ground: int, number: int) -> int:
    raise InputError.one(f"piece {number} is wrong", "somewhere")


def die(_ground: int, number: int) -> int:
    if number == 1:
        os._exit(3)
    return number


@pytest.mark.parametrize("jobs", [1, 2])
def test_results_come_in_order(jobs: int) -> None:
    assert list(in_order(square, 10, range(7), jobs)) == [10 + number * number for number in range(7)]


def test_an_error_of_a_process_keeps_its_faults() -> None:
    with pytest.raises(InputError) as wrong:
        list(in_order(refuse, 0, range(2), 2))
    assert [str(fault) for fault in wrong.value.faults] == ["somewhere  piece 0 is wrong"]


def test_a_process_that_dies_ends_the_run_with_a_sentence() -> None:
    with pytest.raises(RunError, match="--jobs 1"):
        list(in_order(die, 0, range(3), 2))


def test_no_process_is_left_when_the_work_is_given_up() -> None:
    before = set(multiprocessing.active_children())
    results = in_order(square, 0, range(50), 2)
    assert next(results) == 0
    results.close()
    assert set(multiprocessing.active_children()) == before
