"""Write the documents of a version once more elsewhere, in another format or language."""

from __future__ import annotations

from pathlib import Path

import click

from simulator.cli._case._asked import version_option, where_option
from simulator.errors import InputError


@click.command(
    "write",
    epilog="""\b
Examples:
  saldo case write spm-412 --out ~/svar --language en
  saldo case write spm-412 --version 2 --out ~/svar --format html --format md""",
)
@click.argument("name")
@click.option("--out", type=click.Path(path_type=Path), required=True, metavar="DIR", help="Folder to write to.")
@click.option("--format", "formats", multiple=True, metavar="NAME", help="docx, pdf, html or md. Default: docx, pdf.")
@click.option("--language", default="da", show_default=True, help="Language of the documents.")
@version_option
@where_option
def command(name: str, out: Path, formats: tuple[str, ...], language: str, **options: Path | int | None) -> None:
    """Write the documents of a version of the case NAME to DIR, as its status has them now; nothing is noted.

    Those of the case itself stay as they are: Danish, as Word and PDF.
    """
    from simulator.case.desk import read_case
    from simulator.case.documents import FORMATS, issue_of
    from simulator.case.folder import case_named, cases_folder
    from simulator.report.answers import write_answers

    cases, number = options["cases"], options["version"]
    case = case_named(cases_folder(cases if isinstance(cases, Path) else None), name)
    _, state = read_case(case)
    found = state.chosen(number if isinstance(number, int) else None, str(case.path))
    if case.path.resolve() in (out.resolve(), *out.resolve().parents):
        raise InputError.one(
            "lies inside the case, whose documents are its own; give another folder", str(out), "--out"
        )
    for path in write_answers(case.version(found.number).run, issue_of(case, found), out, formats or FORMATS, language):
        click.echo(path)
