"""`saldo brief RUN --annex`: what it writes, and what it refuses before it writes anything; `trace` on its numbers."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from simulator.cli import group
from tests.unit.report.made_up_information import write_information
from tests.unit.report.made_up_runs import write_run
from tests.unit.report.shapes import SHAPES

SHAPE = SHAPES["one_week"]


def saldo(*arguments: object) -> Result:
    return CliRunner().invoke(group, list(map(str, arguments)), prog_name="saldo")


@pytest.fixture
def run(tmp_path: Path) -> Path:
    return write_information(write_run(tmp_path / "run", SHAPE), SHAPE)


def test_the_annex_is_written_beside_the_run(run: Path) -> None:
    result = saldo("brief", run, "--annex", "--format", "md", "--format", "html")
    files = [run.resolve().parent / f"run-bilag-viden.{name}" for name in ("md", "html")]
    assert (result.exit_code, result.output.splitlines()) == (0, list(map(str, files)))
    assert "Hvad vi ikke ved" in files[0].read_text(encoding="utf-8")


def test_the_ending_of_the_file_says_the_format(run: Path, tmp_path: Path) -> None:
    result = saldo("brief", run, "--annex", "--out", tmp_path / "annex.md", "--language", "en")
    assert result.exit_code == 0, result.output
    assert "What we do not know" in (tmp_path / "annex.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--annex", "--defence"), "asks for another document; leave it out, or leave out --annex"),
        (("--annex", "--form", "short"), "leave out --annex"),
        (("--annex", "--internal"), "leave out --annex"),
        (("--annex", "--template", "{tmp}/x.docx"), "leave out --annex"),
        (("--annex", "--since", "{tmp}/other"), "leave out --annex"),
        (("--annex", "--format", "odt"), "no format 'odt'"),
        (("--annex", "--format", "xlsx"), "holds no text of the annex"),
        (("--annex", "--language", "sv"), "no language 'sv'"),
        (("--annex", "--out", "{tmp}/run/annex.pdf"), "inside the run folder"),
        (("--annex", "--out", "{tmp}/other/tables/annex.pdf"), "inside the run folder"),
        (("--annex", "--out", "{tmp}/nowhere/annex.pdf"), "there is no folder"),
        (("--annex", "--out", "{tmp}/annex"), "must end with the name of a format"),
        (("--annex", "--out", "{tmp}/annex.pdf", "--format", "md"), "but --format is md"),
        (("--annex", "--out", "{tmp}/folder.md"), "is a folder"),
    ],
)
def test_what_is_wrong_is_refused_before_anything_is_written(
    run: Path, tmp_path: Path, arguments: tuple[str, ...], says: str
) -> None:
    write_run(tmp_path / "other", SHAPE)
    (tmp_path / "folder.md").mkdir()
    before = sorted(tmp_path.rglob("*"))
    result = saldo("brief", run, *(one.format(tmp=tmp_path) for one in arguments))
    assert result.exit_code == 2, result.output
    assert says in result.stderr
    assert sorted(tmp_path.rglob("*")) == before


def test_a_run_without_the_tables_is_refused_with_the_section_that_makes_them(tmp_path: Path) -> None:
    result = saldo("brief", write_run(tmp_path / "run", SHAPE), "--annex")
    assert result.exit_code == 2
    assert (
        "--annex: holds no value of information and no trial; run a scenario with a section 'decision'" in result.stderr
    )


def test_a_folder_that_holds_no_run_is_refused(tmp_path: Path) -> None:
    result = saldo("brief", tmp_path, "--annex")
    assert (result.exit_code, "finished run" in result.stderr) == (2, True)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("trial_design:persons_for_one_point", "persons_for_one_point value = 37,826 persons"),
        ("trial_worth:flat.net_gain_mio_kr", "the largest net gain of a trial"),
        ("trial_power:0.simulated_power", "share of simulated trials that find it"),
        ("voi:6.a_year_mio_kr", "mio. kr. a year  [tables/voi.csv:6.a_year_mio_kr]"),
        ('"37.826"', "da: “37.826” in: Det kræver 37.826 personer i hver gruppe"),
    ],
)
def test_a_number_of_the_annex_is_traced_to_the_cell_where_it_ends(run: Path, asked: str, told: str) -> None:
    result = saldo("trace", run, asked)
    assert result.exit_code == 0, result.output
    assert told in result.output
    assert "the trace ends here" in result.output


@pytest.mark.parametrize("asked", ["voi:flat", "voi:999.share", "voi:0.nothing", "voi:0.share", "trial_sizes:flat"])
def test_what_names_no_cell_is_refused(run: Path, asked: str) -> None:
    assert saldo("trace", run, asked).exit_code == 2
