"""Write a new scenario that differs from another only where you edit it."""

from __future__ import annotations

from pathlib import Path

import click


@click.command(
    epilog="""\b
Example:
  saldo new my-christmas --from scenarios/christmas-2021.yaml"""
)
@click.argument("name")
@click.option(
    "--from",
    "source",
    type=click.Path(path_type=Path),
    default=Path("scenarios/current-law.yaml"),
    show_default=True,
    metavar="SCENARIO",
    help="What it differs from.",
)
def command(name: str, source: Path) -> None:
    """Write NAME.yaml, which extends SCENARIO and shows, commented out, what is most often changed.

    The file stands beside SCENARIO unless NAME has a folder. A file that is there is never overwritten.
    """
    from simulator.scenario.new import new_scenario

    target = new_scenario(name, source)
    click.echo(f"{target} is written. Edit it, then: saldo check {target}")
