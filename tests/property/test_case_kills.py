"""Killed by SIGKILL at any of its writes, a verb leaves the case as it was before or as it is after."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner

from simulator.cli import group

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="the children are forked")
ROOT = Path(__file__).parents[2]
CASES = ["--cases", "now/cases"]
SMALL = ["--engine", "control"]
MOST_POINTS = 6
"""Points of a verb with many writes; drawn with a fixed seed, the first and the last among them."""
DAY: dict[str, list[str]] = {
    "new": ["new", "spm-412", "--question", "Q", "--asker", "FIU", "--file-number", "2021-1", "--deadline", "1.1.2030",
            "--scenario", "small.yaml", "--by", "A. B."],
    "answer": ["answer", "spm-412", *SMALL, "--by", "A. B."],
    "answer again": ["answer", "spm-412", *SMALL, "-S", "effects.params.scale=0.5", "--why", "x", "--by", "A. B."],
    "check": ["check", "spm-412", "--filled", "filled.xlsx", "--by", "C. D."],
    "clear": ["clear", "spm-412", "--by", "G. H."],
    "send": ["send", "spm-412", "--by", "A. B."],
    "withdraw": ["withdraw", "spm-412", "--why", "x", "--by", "A. B."],
}  # fmt: skip


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Path]]:
    """The case before each verb of a day, made one after the other without a kill."""
    work = tmp_path_factory.mktemp("day")
    shutil.copy(ROOT / "scenarios" / "christmas-2021.yaml", work / "small.yaml")
    text = (work / "small.yaml").read_text(encoding="utf-8").replace("period:", "places: [Samsø]\nperiod:", 1)
    (work / "small.yaml").write_text(text, encoding="utf-8")
    (work / "now").mkdir()
    here = Path.cwd()
    os.chdir(work)
    found = {}
    try:
        for name, words in DAY.items():
            before = tmp_path_factory.mktemp(name.replace(" ", "-"))
            if name == "check":
                fill_blind(work)
            shutil.copytree(work / "now", before / "before")
            for file in ("small.yaml", "filled.xlsx"):
                if (work / file).is_file():
                    shutil.copy(work / file, before / file)
            found[name] = before
            result = CliRunner().invoke(group, ["case", *words, *CASES])
            assert result.exit_code == 0, f"{name}\n{result.output}\n{result.stderr}"
    finally:
        os.chdir(here)
    yield found


def fill_blind(work: Path) -> None:
    """Write the blind workbook and fill in our own values."""
    result = CliRunner().invoke(group, ["case", "check", "spm-412", "--blind", "filled.xlsx", "--by", "A. B.", *CASES])
    assert result.exit_code == 0, result.stderr
    from docs.day import fill

    fill(work / "filled.xlsx", work / "now")


def _runs(day: dict[str, Path], verb: str, points: list[int]) -> list[dict[str, Any]]:
    work, words = day[verb], ["case", *DAY[verb], *CASES]
    done = subprocess.run(
        [sys.executable, "-m", "tests.property.case_kills", str(work), json.dumps(words), ",".join(map(str, points))],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def _held_to(day: dict[str, Path], verb: str, most: int) -> int:
    whole = _runs(day, verb, [0])[0]
    assert whole["ended"] == "exit 0"
    after = whole["kinds"]
    before = after[:-1] or None
    number = whole["touches"]
    assert number >= 3
    drawn = random.Random(9).sample(range(1, number + 1), min(most, number))
    points = sorted({1, number, *drawn})
    for found in _runs(day, verb, points):
        about = f"{verb}, killed at write {found['at']} of {number}"
        assert found["ended"] == "killed", about
        assert found["faults"] == "", about
        assert found["kinds"] in (before, after), about
        again = found["again"]
        kinds = [kind for kind in again["kinds"] if not kind.startswith("taken-over")]
        if found["kinds"] == before:
            assert again["exit"] == 0, about
            assert kinds == after, about
        else:
            assert again["faults"] == "", about
        left = [name for name in found["looks"] if "writing-" in name]
        assert left == [], about
        if found["kinds"] == before:
            assert set(found["looks"]) >= set(whole["looks"]), about
    return len(points)


@pytest.mark.parametrize("verb", list(DAY))
def test_killed_at_some_of_its_writes(day: dict[str, Path], verb: str) -> None:
    assert _held_to(day, verb, MOST_POINTS) >= 3


@pytest.mark.verify
@pytest.mark.parametrize("verb", list(DAY))
def test_killed_at_every_one_of_its_writes(day: dict[str, Path], verb: str) -> None:
    assert _held_to(day, verb, 100_000) >= 3
