"""Print every number of a scenario or run with unit, range, source, date and layer; or its log of assumptions."""

from __future__ import annotations

from pathlib import Path

import click

from simulator.errors import InputError


@click.command(
    epilog="""\b
Examples:
  saldo sources scenarios/christmas-2021.yaml
  saldo sources outputs/demo --csv sources.csv
  saldo sources scenarios/christmas-2021.yaml --log
  saldo sources scenarios/christmas-2021.yaml --log --write register.yaml"""
)
@click.argument("scenario", type=click.Path(path_type=Path))
@click.option("--csv", "csv_file", type=click.Path(path_type=Path, dir_okay=False), help="Write a file instead.")
@click.option("--log", is_flag=True, help="Print the log of assumptions: who answers for what, and what is signed.")
@click.option(
    "--write", type=click.Path(path_type=Path), metavar="FILE", help="With --log: write or update a register."
)
@click.option("-S", "sets", multiple=True, metavar="KEY=VALUE", help="Set a key of the scenario; may be repeated.")
def command(scenario: Path, csv_file: Path | None, log: bool, write: Path | None, sets: tuple[str, ...]) -> None:
    """Print every number with unit, range, kind, source, date and the layer that set it.

    SCENARIO may also be the folder of a run: then the numbers that it was run with.
    Where the arms differ, a number has two lines, with the arm before its key.

    With --log only the numbers that a run reads are printed, with owner, grade of evidence (1 guess,
    2 judgement, 3 derived, 4 published, 5 official), expiry and signature. --write keeps a register of
    them, a plain file in which people sign; what they wrote stays.
    """
    if write is not None and not log:
        raise InputError.one("goes with --log", path="--write")
    if log:
        _log(scenario, sets, csv_file, write)
        return
    from simulator.scenario.sources import COLUMNS, rows_of

    _tell(rows_of(scenario, sets), COLUMNS, COLUMNS, csv_file)


def _log(scenario: Path, sets: tuple[str, ...], csv_file: Path | None, write: Path | None) -> None:
    from simulator.cli._log import Log, refuse_register
    from simulator.results.log import COLUMNS, SHOWN

    if write is not None:
        refuse_register(write, scenario)
    log = Log(scenario, sets)
    if write is not None:
        written = log.write(write)
        told = f"{len(written.added)} added, {len(written.retired)} retired, {len(written.moved)} given another number"
        click.echo(f"{write}: {told}; what people wrote stays.")
        for key in written.retired:
            click.echo(f"  retired: {key}")
        if csv_file is None:
            return
    rows = log.table()
    _tell(rows, COLUMNS, SHOWN, csv_file)
    if csv_file is None:
        click.echo(f"\n{_sum(rows)} {_rule(log.in_force)}")


def _sum(rows: list[dict[str, str]]) -> str:
    counts = {status: sum(row["status"] == status for row in rows) for status in _MEANINGS}
    return "; ".join(f"{count} {_MEANINGS[status]}" for status, count in counts.items() if count) + "."


_MEANINGS = {
    "signed": "signed",
    "unsigned": "unsigned",
    "changed": "signed for another number",
    "expired": "expired",
    "not needed": "published and without need of a signature",
}


def _rule(in_force: bool) -> str:
    if in_force:
        return "A register is in force: what is unsigned, changed or expired makes documents a draft."
    return "No register is in force: only what is expired makes documents a draft."


def _tell(rows: list[dict[str, str]], columns: tuple[str, ...], shown: tuple[str, ...], csv_file: Path | None) -> None:
    """Print rows as a table, or write them to a file."""
    if csv_file is not None:
        _write_csv(csv_file, columns, rows)
        click.echo(f"{len(rows)} rows are written to {csv_file}.")
        return
    widths = {column: max(len(column), *(len(row[column]) for row in rows), 0) for column in shown}
    for row in ({column: column for column in shown}, *rows):
        cells = (_aligned(row[column], column, widths[column]) for column in shown)
        click.echo("  ".join(cells).rstrip())


def _aligned(text: str, column: str, width: int) -> str:
    return text.rjust(width) if column in {"value", "low", "high", "signed_value"} else text.ljust(width)


def _write_csv(path: Path, columns: tuple[str, ...], rows: list[dict[str, str]]) -> None:
    import csv

    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
