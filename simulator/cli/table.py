"""Write one table of a finished run so that it can be pasted, or opened in a Danish Excel."""

from __future__ import annotations

from pathlib import Path

import click

from simulator.errors import InputError

DATA = "csv"
FILES = ("docx",)
"""Formats that are a file and not text."""


@click.command(
    "table",
    epilog="""\b
Examples:
  saldo table outputs/christmas-2021/RUN chain > chain.tsv
  saldo table outputs/christmas-2021/RUN years --format docx
  saldo table outputs/christmas-2021/RUN belief --format html --out belief.html
  saldo table outputs/christmas-2021/RUN saldo --format csv --locale da --out saldo.csv

Tables of the brief (docx, html, tsv): chain, years, belief, concepts, law_comments,
assumptions and those that the run has beside; an unknown name lists them.
With a section decision or trial of the scenario also those of the annex: unknown, voi,
trial_worth and trial_power.
The run's own tables (csv): the files of its folder tables, such as saldo or control.""",
)
@click.argument("run", type=click.Path(path_type=Path))
@click.argument("name")
@click.option("--format", "form", default="tsv", show_default=True, help="docx, html or tsv; csv for a table of data.")
@click.option("--language", default="da", show_default=True, help="Language of a table of the brief.")
@click.option("--locale", help="csv: da (semicolons, decimal commas; default) or en (as the run wrote it).")
@click.option("--out", type=click.Path(path_type=Path), metavar="FILE", help="Default: printed; docx: NAME.docx here.")
def command(run: Path, name: str, form: str, language: str, locale: str | None, out: Path | None) -> None:
    """Write the table NAME of the finished run in the folder RUN.

    docx, html and tsv are tables of the brief, as a reader sees them; tsv has the numbers as a spreadsheet reads them.
    csv is one of the tables of data in the run's folder. Nothing is simulated.
    """
    from simulator.report.tables import data_table, table_formats, written_table

    allowed = (*table_formats(), DATA)
    if form not in allowed:
        raise InputError.one(f"no format {form!r}; available: {', '.join(allowed)}", path="--format")
    if locale is not None and form != DATA:
        raise InputError.one(
            "goes with --format csv only; --language sets that of a table of the brief", path="--locale"
        )
    target = out if out is not None else Path(f"{name}.{form}") if form in FILES else None
    if target is not None:
        _refuse_unless_writable(target, run)
    written = data_table(run, name, locale or "da") if form == DATA else written_table(run, name, form, language)
    if target is None:
        click.echo(written, nl=False)
        return
    target.write_bytes(written)
    click.echo(target)


def _refuse_unless_writable(target: Path, run: Path) -> None:
    """Check before any work that a file can be written, and that it changes no file of the run.

    Raises:
        InputError: It cannot, or it lies in the run's folder.
    """
    if target.is_dir():
        raise InputError.one("is a folder; give the name of a file", where=str(target), path="--out")
    if not target.absolute().parent.is_dir():
        raise InputError.one("its folder does not exist; make it first", where=str(target), path="--out")
    if run.resolve() in target.resolve().parents:
        raise InputError.one("lies in the run, whose files are sealed; choose another folder", str(target), "--out")
