"""`saldo brief RUN`: writes the documents, names them, and refuses what there is not."""

from __future__ import annotations

from pathlib import Path

import docx
from click.testing import CliRunner

from simulator.cli.brief import command
from simulator.errors import InputError
from simulator.report import format_names
from tests.unit.report.made_up_runs import write_run
from tests.unit.report.shapes import SHAPES


def test_brief_writes_all_formats_and_names_the_files(tmp_path: Path) -> None:
    folder = write_run(tmp_path / "run", SHAPES["one_week"])
    result = CliRunner().invoke(command, [str(folder)])
    assert result.exit_code == 0
    assert result.output.splitlines() == [str(folder / f"brief.{name}") for name in format_names()]
    assert all((folder / f"brief.{name}").is_file() for name in format_names())


def test_brief_sets_the_word_document_in_a_template(tmp_path: Path) -> None:
    folder = write_run(tmp_path / "run", SHAPES["null"])
    template = docx.Document()
    template.add_paragraph("Ministeriets egen forside")
    template.save(str(tmp_path / "ministry.docx"))
    asked = [str(folder), "--format", "docx", "--template", str(tmp_path / "ministry.docx")]
    result = CliRunner().invoke(command, asked)
    assert result.exit_code == 0 and result.output.splitlines() == [str(folder / "brief.docx")]
    assert docx.Document(str(folder / "brief.docx")).paragraphs[0].text == "Ministeriets egen forside"


def test_brief_refuses_a_template_for_other_formats(tmp_path: Path) -> None:
    folder = write_run(tmp_path / "run", SHAPES["null"])
    result = CliRunner().invoke(command, [str(folder), "--format", "pdf", "--template", "x.docx"])
    assert isinstance(result.exception, InputError)
    assert "--template: is for --format docx" in str(result.exception)


def test_brief_writes_the_formats_that_are_asked_for(tmp_path: Path) -> None:
    folder = write_run(tmp_path / "run", SHAPES["null"])
    result = CliRunner().invoke(command, [str(folder), "--format", "md", "--language", "da"])
    assert result.exit_code == 0
    assert result.output.splitlines() == [str(folder / "brief.md")]
    assert not (folder / "brief.html").exists()


def test_brief_refuses_other_formats_and_says_what_is_available(tmp_path: Path) -> None:
    folder = write_run(tmp_path / "run", SHAPES["null"])
    result = CliRunner().invoke(command, [str(folder), "--format", "rtf"])
    assert isinstance(result.exception, InputError)
    assert str(result.exception) == f"command line  format: no format 'rtf'; available: {', '.join(format_names())}"
