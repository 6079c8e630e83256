"""Say why two kept runs differ: assumptions, structure, figures, and the links that make the difference."""

from __future__ import annotations

import json
from pathlib import Path

import click

from simulator.errors import InputError


@click.command(
    epilog="""\b
Examples:
  saldo diff outputs/demo outputs/bottom-up
  saldo diff outputs/demo outputs/bottom-up --json"""
)
@click.argument("run_a", type=click.Path(path_type=Path))
@click.argument("run_b", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
@click.option("--csv", "as_csv", is_flag=True, help="Print everything as one table.")
def command(run_a: Path, run_b: Path, as_json: bool, as_csv: bool) -> None:
    """Explain the difference of RUN_B to RUN_A, two folders of kept runs.

    The difference in conversations and in kroner is taken apart along the chain of the control: one link
    after the other is changed from A's to B's. The terms add up to the whole difference; the last of them
    is what simulation and control differ by. Nothing is simulated.
    """
    from simulator.results.difference import difference_of
    from simulator.results.plain_difference import csv_difference, plain_difference
    from simulator.results.read import kept_run

    if as_json and as_csv:
        raise InputError.one("give one of --json and --csv, not both")
    found = difference_of(kept_run(run_a), kept_run(run_b))
    if as_json:
        click.echo(json.dumps(found.plain(), indent=1, ensure_ascii=False))
    elif as_csv:
        click.echo(csv_difference(found), nl=False)
    else:
        click.echo(plain_difference(found))
