"""A case that an older program wrote opens: it is shown, answered once more, and what it says is not touched."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from simulator.case.folder import CaseFolder
from simulator.case.journal import read_journal
from simulator.case.state import state_of
from simulator.cli import group

KEPT = Path(__file__).with_name("old_cases")


@pytest.mark.parametrize("name", sorted(path.name for path in KEPT.glob("*.zip")))
def test_an_old_case_opens_and_goes_on(name: str, tmp_path: Path) -> None:
    cases = tmp_path / "cases"
    with zipfile.ZipFile(KEPT / name) as packed:
        packed.extractall(cases)
    case = CaseFolder(cases / "spm-1")
    before = {path.name: path.read_bytes() for path in case.journal.iterdir()}
    shown = CliRunner().invoke(group, ["case", "show", "spm-1", "--json", "--cases", str(cases)])
    assert shown.exit_code == 0, shown.stderr
    [row] = json.loads(shown.stdout)["issued"]
    assert row["status"] == "udkast"
    change = ["-S", "effects.params.scale=0.3", "--why", "ny kalibrering", "--engine", "control"]
    done = CliRunner().invoke(group, ["case", "answer", "spm-1", *change, "--by", "A. B.", "--cases", str(cases)])
    assert done.exit_code == 0, done.stderr
    one, two = state_of(read_journal(case)).versions
    assert [(found["key"], found["before"], found["after"]) for found in two.said["changes"]] == [
        ("effects.params.scale", 0.2556, 0.3)
    ]
    assert two.said["before_kr"] == one.figures.mio_kr * 1e6
    assert {path.name: path.read_bytes() for path in case.journal.iterdir() if path.name in before} == before
    for version in (1, 2):
        assert len([path for path in case.version(version).documents.iterdir() if path.suffix == ".pdf"]) == 4
