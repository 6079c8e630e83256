"""`saldo brief RUN --defence`: what it writes, and what it refuses before it writes anything."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from simulator.cli import group
from tests.unit.report.defence.made_up_drivers import write_driven
from tests.unit.report.shapes import SHAPES


def brief(*arguments: object) -> Result:
    return CliRunner().invoke(group, ["brief", *map(str, arguments)], prog_name="saldo")


@pytest.fixture
def run(tmp_path: Path) -> Path:
    return write_driven(tmp_path / "run", SHAPES["one_week"])


def test_the_pack_is_written_beside_the_run(run: Path) -> None:
    result = brief(run, "--defence")
    assert (result.exit_code, result.output.strip()) == (0, str(run.resolve().parent / "run-forsvar.html"))
    assert "Internt arbejdsdokument" in (run.parent / "run-forsvar.html").read_text(encoding="utf-8")


def test_the_last_estimate_can_be_another_run(run: Path, tmp_path: Path) -> None:
    earlier = write_driven(tmp_path / "earlier", SHAPES["published"])
    result = brief(run, "--defence", "--since", earlier, "--out", tmp_path / "pack.md")
    assert result.exit_code == 0, result.output
    assert "Fra sidste skøn til dette" in (tmp_path / "pack.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--out", "{tmp}/pack.md"), "goes with --since, --defence or --annex"),
        (("--defence", "--out", "{tmp}/run/pack.md"), "inside the run folder"),
        (("--defence", "--out", "{tmp}/other/tables/pack.md"), "inside the run folder"),
        (("--defence", "--out", "{tmp}/pack"), "must end with the name of a format"),
        (("--defence", "--out", "{tmp}/pack.odt"), "must end with the name of a format"),
        (("--defence", "--out", "{tmp}/pack.md", "--format", "html"), "but --format is html"),
        (("--defence", "--out", "{tmp}/pack.md", "--format", "md", "--format", "html"), "is one file"),
        (("--defence", "--out", "{tmp}/nowhere/pack.md"), "there is no folder"),
        (("--defence", "--format", "odt"), "odt"),
        (("--defence", "--language", "sv"), "sv"),
        (("--defence", "--format", "xlsx"), "holds no text"),
        (("--defence", "--form", "short"), "leave out --defence"),
        (("--defence", "--since", "{tmp}/nowhere"), "--since"),
        (("--defence", "--since", "{tmp}/run"), "is the run itself"),
        (("--defence", "--out", "{tmp}/folder.md"), "is a folder"),
    ],
)
def test_what_is_wrong_is_refused_before_anything_is_written(
    run: Path, tmp_path: Path, arguments: tuple[str, ...], says: str
) -> None:
    write_driven(tmp_path / "other", SHAPES["null"])
    (tmp_path / "folder.md").mkdir()
    before = sorted(tmp_path.rglob("*"))
    result = brief(run, *(one.format(tmp=tmp_path) for one in arguments))
    assert result.exit_code == 2, result.output
    assert says in result.stderr
    assert sorted(tmp_path.rglob("*")) == before


def test_a_folder_that_holds_no_run_is_refused(tmp_path: Path) -> None:
    result = brief(tmp_path, "--defence")
    assert (result.exit_code, "finished run" in result.stderr) == (2, True)
