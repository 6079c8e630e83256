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
    runs = [str(tmp_path / name) for name in ("a", "b")]
    for folder, extra in zip(runs, ([], ["-S", "attendance.take_up_scale=0.5", "--no-brief"]), strict=True):
        _do(["run", "scenarios/christmas-2021.yaml", *SMALL, "--out", folder, *extra])
    drawn = str(tmp_path / "c")
    _do(["run", "scenarios/christmas-2021-bottom-up.yaml", *SMALL, "--no-brief", "--out", drawn])
    decided = write_information(shutil.copytree(drawn, tmp_path / "d"), SHAPES["published"])
    assert len(COMMANDS) >= 9
    for command in COMMANDS:
        named = {"RUN_A": runs[0], "RUN_B": runs[1], "RUN_WITH_DRAWS": drawn, "RUN": runs[0]}
        named["RUN_WITH_DECISION"] = str(decided)
        words = [named.get(word, word) for word in command]
        # The documents of one run are enough; `saldo brief` writes the others from runs that have none.
        briefly = SMALL if "scenarios/my-question.yaml" in words else [*SMALL, "--no-brief"]
        extra = {"run": briefly, "rivals": SMALL, **dict.fromkeys(ASKING, SMALL[:-2])}.get(words[0], [])
        _do(words if "--engine" in words else [*words, *extra])
    assert list((tmp_path / "outputs" / "my-question").glob("*/brief.html"))


def test_the_schema_beside_the_scenarios_is_this_one() -> None:
    """An editor completes from scenarios/schema.json; `saldo schema --out scenarios/schema.json` writes it anew."""
    shipped = json.loads((ROOT / "scenarios" / "schema.json").read_text(encoding="utf-8"))
    assert shipped == json.loads(json.dumps(scenario_schema()))


def test_every_shipped_scenario_names_the_schema() -> None:
    """The first line lets an editor complete keys."""
    for path in (ROOT / "scenarios").glob("*.yaml"):
        assert path.read_text(encoding="utf-8").startswith("# yaml-language-server: $schema=schema.json\n"), path.name
