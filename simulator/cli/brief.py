"""Write the brief of a finished run again, from its files alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from simulator.errors import InputError


@click.command(
    "brief",
    epilog="""\b
Examples:
  saldo brief outputs/christmas-2021/RUN
  saldo brief outputs/christmas-2021/RUN --format pdf
  saldo brief outputs/christmas-2021/RUN --format docx --template ministry.docx
  saldo brief outputs/christmas-2021/RUN --form short --format pdf --format html""",
)
@click.argument("run", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "formats",
    multiple=True,
    metavar="NAME",
    help="pdf, docx, html, md or another that there is; may be given more than once. Default: all.",
)
@click.option("--language", default="da", show_default=True, help="Language of the document.")
@click.option("--form", default="full", show_default=True, help="full, or short: a note of one page.")
@click.option("--internal", is_flag=True, help="Tell kroner by type and place as well, a computational split.")
@click.option(
    "--template",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A Word document (.docx) of your own to set the docx in; it takes the place of the paragraph {{saldo}}, or "
    "stands after all that the file holds.",
)
@click.option(
    "--since", type=click.Path(path_type=Path), metavar="RUN", help="Tell what changed since this earlier run, too."
)
@click.option(
    "--out",
    "into",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="With --since: folder to write to. Default: here.",
)
def command(run: Path, formats: tuple[str, ...], language: str, **edition: Any) -> None:
    """Write the brief of the finished run in the folder RUN, as RUN/brief.pdf, brief.docx and so on.

    Nothing is simulated: the brief is made from the files of the run, and has the same bytes each time.

    With --since the brief also lists every assumption that differs from an earlier run, with both estimates. It is
    written outside RUN, whose folder holds only what that run alone gives.
    """
    from simulator.report import format_names, make_brief
    from simulator.report.edition import Edition

    since = edition["since"]
    if since is None and edition["into"] is not None:
        raise InputError.one("goes with --since", path="--out")
    if since is not None:
        edition["into"] = edition["into"] or Path()
        _refuse_place(edition["into"], (run, since))
    for path in make_brief(run, formats or format_names(), language, Edition(**edition)):
        click.echo(path)


def _refuse_place(out: Path, runs: tuple[Path, Path]) -> None:
    """Refuse before any work a folder that is none, or that belongs to a run."""
    if not out.is_dir():
        what = "is a file" if out.exists() else "there is no such folder"
        raise InputError.one(f"{what}; give a folder that is there", str(out), "--out")
    if any(run.is_dir() and out.resolve().is_relative_to(run.resolve()) for run in runs):
        raise InputError.one("lies in the folder of a run, which is left as it is; give another", str(out), "--out")
