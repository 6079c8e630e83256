"""Boxes of assumptions: found where they are planted, and not where there is nothing but chance."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner

from simulator.cli import group
from simulator.errors import InputError
from simulator.uncertainty.discovery import BoolArray, Column, boxes
from simulator.uncertainty.points import points_of

COUNT = 2000


def spread(count: int = COUNT) -> dict[str, Column]:
    """Return six assumptions spread evenly over 0 to 1, none of which hangs on another."""
    roots = {"a": 2.0, "b": 3.0, "c": 5.0, "d": 7.0, "e": 11.0, "f": 13.0}
    return {key: np.mod(np.arange(1, count + 1) * np.sqrt(root), 1.0) for key, root in roots.items()}


def planted(points: dict[str, Column]) -> BoolArray:
    return (points["a"].astype(float) > 0.7) & (points["b"].astype(float) < 0.4)


def test_a_planted_box_is_found_with_its_limits_and_no_others() -> None:
    (box,) = boxes(spread(), planted(spread()))
    first, second = box.limits
    assert (first.key, second.key) == ("a", "b")
    assert first.low == pytest.approx(0.7, abs=0.03) and first.high is None
    assert second.high == pytest.approx(0.4, abs=0.03) and second.low is None
    assert box.coverage > 0.9 and box.density > 0.9
    assert box.mass == box.points / COUNT


def test_coverage_and_density_are_those_of_the_limits() -> None:
    points, interest = spread(), planted(spread())
    (box,) = boxes(points, interest)
    low, high = box.limits[0].low, box.limits[1].high
    assert low is not None and high is not None
    inside = (points["a"].astype(float) >= low) & (points["b"].astype(float) <= high)
    assert box.points == inside.sum()
    assert box.coverage == (inside & interest).sum() / interest.sum()
    assert box.density == (inside & interest).sum() / inside.sum()


def test_two_boxes_are_found_one_after_the_other() -> None:
    points = spread()
    interest = planted(points) | ((points["c"].astype(float) < 0.2) & (points["d"].astype(float) < 0.3))
    found = boxes(points, interest)
    assert [[limit.key for limit in box.limits] for box in found] == [["a", "b"], ["c", "d"]]
    assert boxes(points, interest, most=1) == found[:1]


def test_words_are_limits_too() -> None:
    points = spread() | {"model": np.array(["note", "all", "none", "some"])[np.arange(COUNT) % 4]}
    interest = (points["model"] == "all") & (points["a"].astype(float) > 0.5)
    (box,) = boxes(points, interest)
    assert {limit.key: limit.words for limit in box.limits} == {"a": (), "model": ("all",)}
    assert box.coverage == 1.0


def test_of_chance_alone_hardly_a_box_is_made() -> None:
    """Of 20 sets of points of interest without any pattern at most 3 give a box; each limit errs 5 times in 100."""
    made = 0
    for luck in range(20):
        interest = np.mod(np.arange(1, COUNT + 1) * np.sqrt(17.0 + 2 * luck) * 97.0, 1.0) < 0.3
        made += bool(boxes(spread(), interest))
    assert made <= 3


@pytest.mark.parametrize("alike", [np.zeros(COUNT, dtype=bool), np.ones(COUNT, dtype=bool)])
def test_where_all_points_are_alike_there_is_no_box(alike: BoolArray) -> None:
    assert boxes(spread(), alike) == []


def test_the_rarer_sign_is_of_interest() -> None:
    frame = pd.DataFrame({"key": [0.1, 0.2, 0.3]})
    points = points_of(frame, pd.DataFrame({"kr": [-1.0, -2.0, 3.0]}), "kr", Path("run"))
    assert points.beyond(None).tolist() == [False, False, True]
    assert points.beyond(-1.5).tolist() == [False, True, False]


@pytest.mark.parametrize(
    ("varied", "figure", "says"),
    [({"key": [1.0, 2.0]}, "krr", "did you mean kr"), ({"key": [1.0, 1.0]}, "kr", "nothing varies")],
)
def test_points_without_what_is_asked_for_are_refused(varied: dict[str, list[float]], figure: str, says: str) -> None:
    with pytest.raises(InputError, match=says):
        points_of(pd.DataFrame(varied), pd.DataFrame({"kr": [1.0, 2.0]}), figure, Path("run"))


def test_the_command_reads_a_kept_run(tmp_path: Path) -> None:
    runner, folder = CliRunner(), tmp_path / "run"
    sets = ["-S", "places=[Odense]", "--replications", "1", "--draws", "256", "--no-brief", "--out", str(folder)]
    assert runner.invoke(group, ["run", "scenarios/christmas-2021-bottom-up.yaml", *sets]).exit_code == 0
    told = runner.invoke(group, ["discover", str(folder), "--loss-exceeds", "0.5", "--json"])
    record = json.loads(told.stdout)
    assert record["points"] == 256 and 0 < record["of_interest"] < 256
    keys = {limit["key"] for box in record["boxes"] for limit in box["limits"]}
    assert "effects.params.relative_effect" in keys
    plain = runner.invoke(group, ["discover", str(folder), "--loss-exceeds", "0.5"])
    assert "effects.params.relative_effect at most" in plain.stdout
    alike = runner.invoke(group, ["discover", str(folder)])
    assert "All points are alike" in alike.stdout and alike.exit_code == 0
    for wrong in (["--figure", "kroner"], ["--sign", "--loss-exceeds", "1"], ["--boxes", "0"], ["--loss-exceeds", "x"]):
        assert runner.invoke(group, ["discover", str(folder), *wrong]).exit_code == 2
    assert runner.invoke(group, ["discover", str(tmp_path)]).exit_code == 2


def test_the_command_reads_a_sweep(tmp_path: Path) -> None:
    plan, folder = tmp_path / "plan.yaml", tmp_path / "sweep"
    scenario = Path("scenarios/christmas-2021.yaml").resolve()
    keys = "{effects.params.relative_effect: [0, 1], effects.params.scale: [0.1, 1]}"
    plan.write_text(
        f"name: plan\nscenario: {scenario}\nreplications: 1\nvary:\n  - list: [{{places: [Odense]}}]\n"
        f"  - sobol: {{count: 512, seed: 1, keys: {keys}}}\n",
        encoding="utf-8",
    )
    runner = CliRunner()
    swept = runner.invoke(group, ["sweep", str(plan), "--out", str(folder), "--jobs", "1"])
    assert swept.exit_code == 0, swept.stderr
    told = json.loads(runner.invoke(group, ["discover", str(folder), "--loss-exceeds", "0.4", "--json"]).stdout)
    assert told["points"] == 512
    (box, *_) = told["boxes"]
    assert {limit["key"] for limit in box["limits"]} == {"effects.params.relative_effect", "effects.params.scale"}
