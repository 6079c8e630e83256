"""A plan: what it says, and what is wrong with it, all at once and with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulator.errors import InputError
from simulator.sweeps.compiling import compile_plan
from simulator.sweeps.plan_file import read_plan
from tests.unit.sweeps.hand_made import GRID, compiled_of, written


def faults(text: str, folder: Path) -> list[str]:
    plan = written(text, folder)
    with pytest.raises(InputError) as wrong:
        compile_plan(plan)
    return [str(fault).replace(f"{folder}/", "") for fault in wrong.value.faults]


def test_a_plan_says_what_is_done(tmp_path: Path) -> None:
    plan = read_plan(written(GRID, tmp_path))
    assert (plan.name, plan.keys, plan.engine) == ("small", ("demand.scale", "effects.params.scale"), "fast")
    assert (plan.seed, plan.replications, plan.rows_per_part) == (None, None, 4)
    assert plan.figures == ("employment_effect_kr", "converted")


def test_a_plan_may_vary_nothing(tmp_path: Path) -> None:
    made = compiled_of("scenario: christmas-2021", tmp_path)
    assert (made.rows, len(made), made.plan.name) == (1, 1, "plan")


HEAD = "scenario: christmas-2021\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name: x", ["plan.yaml:1:1  scenario: must be given once"]),
        ("scenario: chrismas-2021", ["plan.yaml:1:11  scenario: there is no scenario file", "christmas-2021?"]),
        (HEAD + "scenarioes: [a]\nengine: fats\nseed: -1", ["2:1  scenarioes: unknown key", "did you mean scenarios?"]),
        (
            HEAD + "scenarioes: [a]\nengine: fats\nseed: -1",
            ["3:9  engine: `fats`", "did you mean fast?", "4:7  seed: -1"],
        ),
        (HEAD + "figures: [netkr]", ["2:11  figures: `netkr` is not a figure", "did you mean net_kr?"]),
        (HEAD + "vary: [{gird: {demand.scale: [1]}}]", ["`gird` is not a kind of block", "did you mean grid?"]),
        (HEAD + "vary: [{grid: {demand.scale: 1}}]", ["vary[1].grid.demand.scale: must be a list"]),
        (HEAD + "vary: [{grid: {demand.scale: [1, 1]}}]", ["names 1 twice"]),
        (HEAD + "vary: [{grid: {demand.scael: [0.9, 1]}}]", ["2:9  demand.scael: unknown key", "did you mean scale?"]),
        (HEAD + "vary: [{grid: {demand.scale: [0.9, -1]}}]", ["2:9  demand.scale:"]),
        (HEAD + "vary: [{grid: {effects.params.relative_effect: [0.5, 2]}}]", ["2:9  effects.params.relative_effect:"]),
        (HEAD + "vary: [{grid: {places: [[Odnese]]}}]", ["`Odnese` is not a municipality", "did you mean Odense?"]),
        (HEAD + "vary: [{list: [{period.to: 2021-12-01}]}]", ["2:9  period"]),
        (HEAD + "vary: [{list: [3]}]", ["vary[1].list[1]: must be a row of settings"]),
        (HEAD + "vary: [{grid: {facts: [a.yaml]}}]", ["facts: names a file"]),
        (
            HEAD + "vary: [{grid: {effects.params: [1]}}, {grid: {effects.params.scale: [1]}}]",
            ["effects.params.scale: is set twice, also as effects.params"],
        ),
        (HEAD + "vary: [{sobol: {count: 100, keys: {demand.scale: [0.9, 1]}}}]", ["count: ", "64 and 128"]),
        (HEAD + "vary: [{sobol: {count: 64, keys: {demand.scale: [1, 0.9]}}}]", ["vary[1].sobol.keys.demand.scale:"]),
        (HEAD + "vary: [{sobol: {count: 64}}]", ["keys: must be a table"]),
        (
            HEAD + "vary: [{random: {count: 9, keys: {effects.params.scale: {distribution: prt, low: 0, high: 1}}}}]",
            ["effects.params.scale:", "did you mean pert?"],
        ),
        (HEAD + "vary: [{random: {count: 9, keys: {effects.params.relative_effect: [0, 1.5]}}}]", ["relative_effect:"]),
        (HEAD + "vary: [{grid: {demand.scale: [0,9, 1]}}]", ["0,9", "write 0.9"]),
        (
            HEAD + "vary: [{random: {count: 250000, keys: {demand.scale: [0.9, 1]}}}]",
            ["250,000 simulations; allowed"],
        ),
    ],
)
def test_what_is_wrong_is_said_where_it_stands(text: str, said: list[str], tmp_path: Path) -> None:
    told = "\n".join(faults(text, tmp_path))
    assert all(part in told for part in said), told


def test_a_combination_that_cannot_be_is_refused_before_the_work(tmp_path: Path) -> None:
    """Each date is right alone; together the period ends before it begins."""
    told = faults(
        HEAD + "vary: [{grid: {period.from: [2021-12-19, 2022-02-01]}}, {grid: {period.to: [2022-01-16]}}]", tmp_path
    )
    assert any("period" in one for one in told)
