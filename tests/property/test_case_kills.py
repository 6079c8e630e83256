"""Killed by SIGKILL at any of its writes, a verb leaves the case as it was before or as it is after."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from simulator.cli import group

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="the children are forked")
ROOT = Path(__file__).parents[2]
CASES = ["--cases", "now/cases"]
SMALL = ["--engine", "control"]
OFTEN = ("new", "answer again", "send")
"""Verbs that are killed in every run of the tests; the others by `make verify`."""
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


def _held_to(day: dict[str, Path], verb: str, drawn: str) -> None:
    """Kill a verb around the write that makes it true, and at as many others as are drawn."""
    work, words = day[verb], ["case", *DAY[verb], *CASES]
    done = subprocess.run(
        [sys.executable, "-m", "tests.property.case_kills", str(work), json.dumps(words), drawn],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    whole, *killed = (json.loads(line) for line in done.stdout.splitlines())
    assert whole["ended"] == "exit 0"
    number, commit, after = whole["touches"], whole["commit"], whole["kinds"]
    assert 1 < commit <= number
    assert len(killed) >= min(number, 2)
    for found in killed:
        _hold(found, whole, after[:-1] or None, f"{verb}, killed at write {found['at']} of {number} ({commit})")


def _hold(found: dict[str, Any], whole: dict[str, Any], before: list[str] | None, about: str) -> None:
    """Hold what a killed verb left, and what the verb makes of it when it is asked again, to what they must be."""
    again, after = found["again"], whole["kinds"]
    assert found["ended"] == "killed", about
    assert found["faults"] == again["faults"] == "", about
    assert found["kinds"] == (before if found["at"] <= whole["commit"] else after), about
    # Asked again after it was done, a verb has nothing to do but what still follows from the journal.
    done_before = found["kinds"] == after
    assert (again["exit"] == 0) == (not done_before or about.startswith("check")), (about, again)
    assert [kind for kind in again["kinds"] if not kind.startswith("taken-over")][: len(after)] == after, about
    looks = {name for name in found["looks"] if "taken-over" not in name}
    assert not [name for name in looks if "writing-" in name], about
    assert {name for name in whole["looks"] if "/journal/" not in name} <= looks, about


@pytest.mark.parametrize("verb", OFTEN)
def test_killed_around_the_write_that_makes_it_true(day: dict[str, Path], verb: str) -> None:
    _held_to(day, verb, "1")


@pytest.mark.verify
@pytest.mark.parametrize("verb", list(DAY))
def test_killed_at_every_one_of_its_writes(day: dict[str, Path], verb: str) -> None:
    _held_to(day, verb, "all")
