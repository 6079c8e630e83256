"""The commands of the README's "Use it" run as they stand; runs are restricted to one municipality to be quick."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from simulator import cli
from simulator.scenario.json_schema import scenario_schema
from tests.unit.report.made_up_information import write_information
from tests.unit.report.shapes import SHAPES

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "README.md").read_text(encoding="utf-8")
USE_IT = TEXT[TEXT.index("## Use it") : TEXT.index("## The map")]
COMMANDS = [line.split("#")[0].split() for line in re.findall(r"^saldo (.*)$", USE_IT, flags=re.MULTILINE)]
SMALL = ["-S", "places=[Odense]", "--replications", "1", "--jobs", "1"]
TWO_POINTS = ["--over", "saldo.value_per_person_year_kr=250000,300000"]
ASKING = ("sensitivity", "breakeven", "calibrate", "question", "voi")
"""Verbs that ask a scenario at other values; they have no --jobs."""
SELF_TESTED = ("christmas-2021", "null")
"""Scenarios whose expected figures `saldo selftest` holds here; tests/golden holds those of all scenarios."""


def _do(words: list[str]) -> Result:
    result = CliRunner().invoke(cli.group, words)
    assert result.exit_code == 0, f"saldo {' '.join(words)}\n{result.output}\n{result.stderr}"
    return result


def test_the_commands_of_the_readme_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In their order, in a folder of their own, as a newcomer would."""
    shutil.copytree(ROOT / "scenarios", tmp_path / "scenarios")
    for path in (tmp_path / "scenarios" / "expected").glob("*.csv"):
        if path.stem not in SELF_TESTED:
            path.unlink()
    monkeypatch.chdir(tmp_path)
    runs = {"RUN_B": "b", "RUN_WITH_DRAWS": "c"}
    scaled = ["scenarios/christmas-2021.yaml", *SMALL, "--no-brief", "-S", "attendance.take_up_scale=0.5"]
    _do(["run", *scaled, "--out", runs["RUN_B"]])
    _do(["run", "scenarios/christmas-2021-bottom-up.yaml", *SMALL, "--no-brief", "--out", runs["RUN_WITH_DRAWS"]])
    runs["RUN_WITH_DECISION"] = str(write_information(shutil.copytree("c", tmp_path / "d"), SHAPES["published"]))
    assert len(COMMANDS) >= 9
    for command in COMMANDS:
        if command[0] == "verify" and "--no-rerun" not in command:
            runs["RUN"] = "b"  # without documents, which tests/unit/certificate compares
        words = [runs.get(word, word) for word in command]
        # The documents of one run are enough; `saldo brief` writes the others from runs that have none.
        is_told = "scenarios/my-question.yaml" in words
        extra = {
            "run": SMALL if is_told else [*SMALL, "--no-brief"],
            "rivals": SMALL,
            **dict.fromkeys(ASKING, SMALL[:-2]),
            # A server never ends: the starter is written here, and tests/browser serve the page.
            "explore": [*SMALL[:-2], *(TWO_POINTS if "--static" in words else ["--shortcut", "."])],
        }
        _do(words if "--engine" in words else [*words, *extra.get(words[0], [])])
        if words[0] == "run" and is_told:
            (folder,) = (tmp_path / "outputs" / "my-question").iterdir()
            runs |= {"RUN": str(folder), "RUN_A": str(folder)}
    assert (Path(runs["RUN_A"]) / "brief.html").is_file()


def test_the_schema_beside_the_scenarios_is_this_one() -> None:
    """An editor completes from scenarios/schema.json; `saldo schema --out scenarios/schema.json` writes it anew."""
    shipped = json.loads((ROOT / "scenarios" / "schema.json").read_text(encoding="utf-8"))
    assert shipped == json.loads(json.dumps(scenario_schema()))


def test_every_shipped_scenario_names_the_schema() -> None:
    """The first line lets an editor complete keys."""
    for path in (ROOT / "scenarios").glob("*.yaml"):
        assert path.read_text(encoding="utf-8").startswith("# yaml-language-server: $schema=schema.json\n"), path.name
