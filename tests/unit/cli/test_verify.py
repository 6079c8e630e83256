"""`saldo verify`: the certificate that is printed and written, and what is refused."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from simulator.cli import group

SCENARIOS = Path(__file__).parents[3] / "scenarios"
SMALL = ("-S", "places=[Samsø]", "--engine", "control", "--no-brief")


def saldo(*arguments: str | Path) -> Result:
    return CliRunner().invoke(group, [str(argument) for argument in arguments], prog_name="saldo")


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("runs") / "run"
    assert saldo("run", SCENARIOS / "christmas-2021.yaml", *SMALL, "--out", folder).exit_code == 0
    return folder


def test_a_run_is_certified_and_the_certificate_written(run: Path, tmp_path: Path) -> None:
    result = saldo("verify", run, "--by", "Control  unit", "--out", tmp_path / "c.json")
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith("OK  christmas-2021 ") and "by         Control unit, login " in result.stdout
    told = json.loads((tmp_path / "c.json").read_text(encoding="utf-8"))
    assert (told["result"], told["by"], told["differences"], told["made_again"]) == ("same", "Control unit", {}, True)
    assert told["made_with"] == told["again_with"] and told["when"] and told["login"]


def test_what_differs_is_named_and_ends_with_1(run: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(run, tmp_path / "changed"))
    (folder / "log.txt").write_text("another\n", encoding="utf-8")
    quick = saldo("verify", folder, "--no-rerun")
    assert quick.exit_code == 1 and "log.txt: was changed after the run" in quick.stdout
    whole = saldo("verify", folder, "--out", tmp_path / "c.txt")
    assert whole.exit_code == 1 and "line 1: kept another, again 20" in whole.stdout
    text = (tmp_path / "c.txt").read_text(encoding="utf-8")
    assert text.startswith("DIFFERS  christmas-2021 ") and "more; --out" not in text, "a file holds all of it"


def test_what_is_wrong_is_refused_before_any_work(run: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "there.txt").write_text("x", encoding="utf-8")
    wrong: list[tuple[tuple[str | Path, ...], str]] = [
        (("nowhere",), "there is no such folder"),
        ((tmp_path / "empty",), "holds no manifest.json"),
        ((SCENARIOS / "null.yaml",), "is a file"),
        ((run, "--out", run / "c.json"), "lies in the folder of the run"),
        ((run, "--out", run / "tables" / ".." / "c.txt"), "lies in the folder of the run"),
        ((run, "--out", tmp_path / "there.txt"), "is there already"),
        ((run, "--out", tmp_path / "c.pdf"), "must end in .json or .txt"),
        ((run, "--out", tmp_path / "c"), "must end in .json or .txt"),
        ((run, "--out", tmp_path / "no" / "c.txt"), "there is no folder"),
        ((run, "--no-run"), "No such option"),
        ((), "Missing argument"),
    ]
    for arguments, words in wrong:
        result = saldo("verify", *arguments)
        assert result.exit_code == 2 and words in result.output, (arguments, result.output)
        assert "Traceback" not in result.output
    assert not (run / "c.json").exists()
