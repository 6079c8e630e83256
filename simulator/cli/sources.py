"""Print every number of a scenario or run with unit, range, source, date and layer."""

from __future__ import annotations

from pathlib import Path

import click


@click.command(
    epilog="""\b
Examples:
  saldo sources scenarios/christmas-2021.yaml
  saldo sources outputs/demo --csv sources.csv"""
)
@click.argument("scenario", type=click.Path(path_type=Path))
@click.option("--csv", "csv_file", type=click.Path(path_type=Path, dir_okay=False), help="Write a file instead.")
@click.option("-S", "sets", multiple=True, metavar="KEY=VALUE", help="Set a key of the scenario; may be repeated.")
def command(scenario: Path, csv_file: Path | None, sets: tuple[str, ...]) -> None:
    """Print every number with unit, range, kind, source, date and the layer that set it.

    SCENARIO may also be the folder of a run: then the numbers that it was run with.
    Where the arms differ, a number has two lines, with the arm before its key.
    """
    from simulator.scenario.sources import COLUMNS, rows_of

    rows = rows_of(scenario, sets)
    if csv_file is not None:
        _write_csv(csv_file, COLUMNS, rows)
        click.echo(f"{len(rows)} rows are written to {csv_file}.")
        return
    widths = {column: max(len(column), *(len(row[column]) for row in rows), 0) for column in COLUMNS}
    for row in ({column: column for column in COLUMNS}, *rows):
        cells = (_aligned(row[column], column, widths[column]) for column in COLUMNS)
        click.echo("  ".join(cells).rstrip())


def _aligned(text: str, column: str, width: int) -> str:
    return text.rjust(width) if column in {"value", "low", "high"} else text.ljust(width)


def _write_csv(path: Path, columns: tuple[str, ...], rows: list[dict[str, str]]) -> None:
    import csv

    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
