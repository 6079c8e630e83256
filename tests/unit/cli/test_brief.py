"""`saldo brief RUN`: writes the documents, names them, and refuses what there is not."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from simulator.cli.brief import command
from simulator.errors import InputError
from tests.unit.report.made_up_runs import write_run
from tests.unit.report.shapes import SHAPES


def test_brief_writes_all_formats_and_names_the_files(tmp_path: Path) -> None:
    folder = write_run(tmp_path / "run", SHAPES["one_week"])
    result = CliRunner().invoke(command, [str(folder)])
    assert result.exit_code == 0
    assert result.output.splitlines() == [str(folder / f"brief.{form}") for form in ("html", "md", "xlsx")]
    assert all((folder / name).is_file() for name in ("brief.html", "brief.md", "brief.xlsx"))


def test_brief_writes_the_formats_that_are_asked_for(tmp_path: Path) -> None:
    folder = write_run(tmp_path / "run", SHAPES["null"])
    result = CliRunner().invoke(command, [str(folder), "--format", "md", "--language", "da"])
    assert result.exit_code == 0
    assert result.output.splitlines() == [str(folder / "brief.md")]
    assert not (folder / "brief.html").exists()


def test_brief_refuses_other_formats_and_says_what_is_available(tmp_path: Path) -> None:
    folder = write_run(tmp_path / "run", SHAPES["null"])
    result = CliRunner().invoke(command, [str(folder), "--format", "odt"])
    assert isinstance(result.exception, InputError)
    assert str(result.exception) == "command line  format: no format 'odt'; available: html, md, xlsx"
