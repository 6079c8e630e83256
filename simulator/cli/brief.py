"""Write the brief of a finished run again, from its files alone."""

from __future__ import annotations

from pathlib import Path

import click

from simulator.errors import InputError


@click.command("brief")
@click.argument("run", type=click.Path(path_type=Path))
@click.option(
    "--format", "formats", multiple=True, help="Format of the document; may be given more than once. Default: all."
)
@click.option("--language", default="da", show_default=True, help="Language of the document.")
@click.option(
    "--since", type=click.Path(path_type=Path), metavar="RUN", help="Tell what changed since this earlier run, too."
)
@click.option(
    "--out", type=click.Path(path_type=Path), metavar="DIR", help="With --since: folder to write to. Default: here."
)
def command(run: Path, formats: tuple[str, ...], language: str, since: Path | None, out: Path | None) -> None:
    """Write the brief of the finished run in the folder RUN.

    Nothing is simulated: the brief is made from the files of the run, and has the same bytes each time.

    With --since the brief also lists every assumption that differs from an earlier run, with both
    estimates. It is written outside RUN, whose folder holds only what that run alone gives.
    """
    from simulator.report import format_names, make_brief, make_brief_since

    if since is None:
        if out is not None:
            raise InputError.one("goes with --since", path="--out")
        paths = make_brief(run, formats or format_names(), language)
    else:
        into = Path() if out is None else out
        _refuse_place(into, (run, since))
        paths = make_brief_since(since, run, into, formats or format_names(), language)
    for path in paths:
        click.echo(path)


def _refuse_place(out: Path, runs: tuple[Path, Path]) -> None:
    """Refuse before any work a folder that is none, or that belongs to a run."""
    if not out.is_dir():
        what = "is a file" if out.exists() else "there is no such folder"
        raise InputError.one(f"{what}; give a folder that is there", str(out), "--out")
    if any(run.is_dir() and out.resolve().is_relative_to(run.resolve()) for run in runs):
        raise InputError.one("lies in the folder of a run, which is left as it is; give another", str(out), "--out")
