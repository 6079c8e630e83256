"""Print the register of issued figures, of one case or across all."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from simulator.cli._case._asked import where_option
from simulator.errors import InputError

if TYPE_CHECKING:
    from simulator.case.folder import CaseFolder

COLUMNS = (
    ("sent", "sent_at"),
    ("case", "case"),
    ("v", "version"),
    ("status", "status"),
    ("mio. kr.", "figure_mio_kr"),
    ("concept", "concept"),
    ("prices", "price_year"),
    ("recipient", "recipient"),
    ("run", "run_id"),
)


@click.command(
    "log",
    epilog="""\b
Examples:
  saldo case log
  saldo case log spm-412 --history
  saldo case log --subject christmas-2021 --csv register.csv""",
)
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.option("--subject", default="", metavar="WORD", help="Only figures on this subject.")
@click.option("--history", is_flag=True, help="Print the journal: who did what, and when.")
@click.option(
    "--csv", "csv_file", type=click.Path(path_type=Path, dir_okay=False), help="Write the register to a file."
)
@click.option("--json", "as_json", is_flag=True, help="Print the register as JSON and nothing else.")
@click.option("--restore", is_flag=True, help="Write a register that was edited by hand anew; the edited one is kept.")
@where_option
def command(names: tuple[str, ...], cases: Path | None, **options: Any) -> None:
    """Print the register of issued figures: all cases, or the cases NAME."""
    from simulator.case.folder import case_named, cases_folder, refuse_no_folder
    from simulator.case.issued import register_of

    root = cases_folder(cases)
    refuse_no_folder(root)
    named = [case_named(root, name) for name in names]
    if options["restore"]:
        _restore(named)
        return
    _refuse_edited(named)
    if options["history"]:
        _history(root, names)
    else:
        _say(register_of(root, names, options["subject"]), options)


def _restore(named: Sequence[CaseFolder]) -> None:
    from simulator.case.issued import restore_issued
    from simulator.case.journal import read_journal
    from simulator.case.state import state_of

    if not named:
        raise InputError.one("needs the name of a case", path="--restore")
    for case in named:
        kept = restore_issued(case, state_of(read_journal(case)))
        click.echo(f"{case.issued} is written anew" + (f"; the edited one is {kept}" if kept else ""))


def _refuse_edited(named: Sequence[CaseFolder]) -> None:
    from simulator.case.issued import faults_of_issued
    from simulator.case.journal import read_journal

    faults = [fault for case in named for fault in faults_of_issued(case, read_journal(case))]
    if faults:
        raise InputError(faults)


def _say(rows: Sequence[dict[str, str]], options: dict[str, Any]) -> None:
    from simulator.case.issued import csv_text
    from simulator.case.writing import write_whole

    if options["csv_file"] is not None:
        write_whole(options["csv_file"], csv_text(rows))
    if options["as_json"]:
        click.echo(json.dumps(rows, indent=1, ensure_ascii=False))
        return
    for line in table(rows):
        click.echo(line)


def table(rows: Sequence[dict[str, str]]) -> list[str]:
    """Return the register as lines of a table."""
    if not rows:
        return ["no figure has been issued"]
    cells = [[head for head, _ in COLUMNS], *([_cell(row, column) for _, column in COLUMNS] for row in rows)]
    widths = [max(len(line[at]) for line in cells) for at in range(len(COLUMNS))]
    return ["  ".join(text.ljust(width) for text, width in zip(line, widths, strict=True)).rstrip() for line in cells]


def _cell(row: dict[str, str], column: str) -> str:
    text = row[column]
    if column == "figure_mio_kr" and text:
        return f"{float(text):,.2f}"
    return text[:10] if column == "sent_at" else f"v{text}" if column == "version" else text


def _history(root: Path, names: Sequence[str]) -> None:
    from simulator.case.folder import cases_in
    from simulator.case.journal import read_journal

    for case in cases_in(root):
        if names and case.name not in names:
            continue
        for entry in read_journal(case):
            about = f"v{entry.version}" if entry.version else ""
            why = entry.said.get("why") or entry.said.get("recipient") or entry.said.get("holder") or ""
            click.echo(
                f"{entry.at.astimezone():%Y-%m-%d %H:%M:%S}  {case.name}  {entry.kind:<10} {about:<4} {entry.by}"
                + (f"  {why}" if why else "")
            )
