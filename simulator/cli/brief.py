"""Write the brief of a finished run again, from its files alone; on request its defence pack or annex, beside it."""

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
  saldo brief outputs/christmas-2021/RUN --form short --format pdf --format html
  saldo brief outputs/christmas-2021/RUN --since outputs/christmas-2021/EARLIER --out ~/notes
  saldo brief outputs/christmas-2021/RUN --defence --since outputs/christmas-2021/EARLIER --out forsvar.pdf
  saldo brief outputs/trial-digital-2021/RUN --annex --format pdf --format md""",
)
@click.argument("run", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "formats",
    multiple=True,
    metavar="NAME",
    help="pdf, docx, html, md or another that there is; may be given more than once. Default: all.",
)
@click.option(
    "--language",
    default="da",
    show_default=True,
    help="Language of the document; one that is not Danish stands beside it.",
)
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
@click.option("--defence", is_flag=True, help="Write the defence pack instead: internal, outside the run folder.")
@click.option(
    "--annex",
    is_flag=True,
    help="Write the annex instead, outside the run folder: what we do not know, what it costs, and to find out.",
)
@click.option(
    "--out",
    "into",
    type=click.Path(path_type=Path),
    metavar="PATH",
    help="With --since the folder to write to, by default this one; with --defence or --annex the file, by "
    "default beside RUN.",
)
def command(
    run: Path, formats: tuple[str, ...], language: str, since: Path | None, into: Path | None, **edition: Any
) -> None:
    """Write the brief of the finished run in the folder RUN, as RUN/brief.pdf, brief.docx and so on.

    Nothing is simulated: the brief is made from the files of the run, and has the same bytes each time.

    With --since the brief also lists every assumption that differs from an earlier run, with both estimates. It is
    written outside RUN, whose folder holds only what that run alone gives.

    With --defence another document is written, marked as internal: attacks and answers, likely questions, what one
    must believe, and with --since what changed; as HTML unless --format or the ending of --out says otherwise.

    With --annex a page is written of what is not known, what it costs not to know it, and what a trial would take;
    as PDF unless --format or the ending of --out says otherwise. No brief says anything of it. The run needs the
    tables that a section 'decision' or 'trial' of its scenario makes.
    """
    defence, annex = edition.pop("defence"), edition.pop("annex")
    if annex:
        from simulator.report.annex import make_annex

        _refuse_with("annex", {**edition, "defence": defence, "since": since})
        written = make_annex(run, formats, language, into)
    elif defence:
        from simulator.report.defence import make_defence

        _refuse_with("defence", edition)
        written = make_defence(run, formats, language, into, since)
    else:
        written = _brief(run, formats, language, {**edition, "since": since, "into": into})
    for path in written:
        click.echo(path)


def _brief(run: Path, formats: tuple[str, ...], language: str, edition: dict[str, Any]) -> list[Path]:
    """Write the brief in an edition, outside the run folder where it tells of another run too."""
    from simulator.report import format_names, make_brief
    from simulator.report.edition import Edition

    since, into = edition["since"], edition["into"]
    if since is None and into is not None:
        raise InputError.one("goes with --since, --defence or --annex", path="--out")
    if since is not None:
        edition["into"] = into or Path()
        _refuse_place(edition["into"], (run, since))
    return make_brief(run, formats or format_names(), language, Edition(**edition))


USUAL = {"form": "full", "internal": False, "template": None, "since": None, "defence": False}


def _refuse_with(document: str, given: dict[str, Any]) -> None:
    """Refuse what makes another edition of the brief, or another document, than the one that is asked for."""
    for option, value in given.items():
        if value != USUAL[option]:
            what = "asks for another document" if option == "defence" else "is for the brief"
            raise InputError.one(f"{what}; leave it out, or leave out --{document}", path=f"--{option}")


def _refuse_place(out: Path, runs: tuple[Path, Path]) -> None:
    """Refuse before any work a folder that is none, or that belongs to a run."""
    if not out.is_dir():
        what = "is a file" if out.exists() else "there is no such folder"
        raise InputError.one(f"{what}; give a folder that is there", str(out), "--out")
    if any(run.is_dir() and out.resolve().is_relative_to(run.resolve()) for run in runs):
        raise InputError.one("lies in the folder of a run, which is left as it is; give another", str(out), "--out")
