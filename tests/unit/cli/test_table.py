"""`saldo table RUN NAME`: one table to paste, and what it refuses."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from simulator.cli.table import command
from simulator.errors import InputError
from tests.unit.report.made_up_runs import write_run
from tests.unit.report.shapes import SHAPES


@pytest.fixture
def run(tmp_path: Path) -> Path:
    return write_run(tmp_path / "run", SHAPES["one_week"])


def called(*arguments: object) -> Result:
    return CliRunner().invoke(command, [str(argument) for argument in arguments])


def test_a_table_is_printed_with_tabs_or_as_html(run: Path) -> None:
    assert called(run, "chain").output.startswith("Led\tVærdi\tGrundlag\n")
    assert called(run, "chain", "--format", "html").output.startswith("<!DOCTYPE html>")
    assert ";" in called(run, "saldo", "--format", "csv").output


def test_a_word_document_is_a_file_by_the_name_of_the_table(run: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(run.parent)
    assert called(run, "chain", "--format", "docx").output == "chain.docx\n"
    assert (run.parent / "chain.docx").read_bytes()[:2] == b"PK"


def test_out_names_the_file(run: Path, tmp_path: Path) -> None:
    assert called(run, "chain", "--out", tmp_path / "x.tsv").output == f"{tmp_path / 'x.tsv'}\n"
    assert (tmp_path / "x.tsv").read_text(encoding="utf-8").startswith("Led\t")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("nothing",), "no table 'nothing' in the brief of this run; it has: "),
        (("saldo",), "saldo is one of the run's own tables: give --format csv"),
        (("chain", "--format", "pdf"), "no format 'pdf'; available: docx, html, tsv, csv"),
        (("chain", "--format", "csv"), "no table 'chain'; the run's own tables are: "),
        (("events", "--format", "csv"), "kept as tables/events.parquet alone"),
        (("saldo", "--format", "csv", "--locale", "fr"), "no locale 'fr'; allowed: da, en"),
        (("chain", "--locale", "da"), "goes with --format csv only"),
        (("chain", "--language", "xx"), "no language 'xx'"),
        (("chain", "--out", "{tmp}/none/x.tsv"), "its folder does not exist"),
        (("chain", "--out", "{tmp}"), "is a folder"),
        (("chain", "--out", "{tmp}/run/x.tsv"), "lies in the run, whose files are sealed"),
    ],
)
def test_wrong_input_is_refused_with_what_is_allowed(
    run: Path, tmp_path: Path, arguments: tuple[str, ...], said: str
) -> None:
    result = called(run, *(argument.format(tmp=tmp_path) for argument in arguments))
    assert isinstance(result.exception, InputError)
    assert said in str(result.exception)


def test_a_folder_without_a_finished_run_is_refused(tmp_path: Path) -> None:
    for folder, said in ((tmp_path / "none", "no such folder"), (tmp_path, "no headline.json")):
        result = called(folder, "chain")
        assert isinstance(result.exception, InputError)
        assert said in str(result.exception)
