"""Check a scenario: say what it compares, or name all its faults."""

from __future__ import annotations

from pathlib import Path

import click


@click.command(
    epilog="""\b
Examples:
  saldo check scenarios/christmas-2021.yaml
  saldo check scenarios/christmas-2021.yaml -S period.to=23.01.2022"""
)
@click.argument("scenario", type=click.Path(path_type=Path))
@click.option("-S", "sets", multiple=True, metavar="KEY=VALUE", help="Set a key of the scenario; may be repeated.")
def command(scenario: Path, sets: tuple[str, ...]) -> None:
    """Check a scenario without running it.

    Prints "OK" with period, places and what the proposal changes, or all faults, each with
    file, line and column (exit code 2). SCENARIO may also be the folder of a run.
    """
    from simulator.pipeline import prepare
    from simulator.scenario import read_scenario
    from simulator.scenario.confidential import discreetly
    from simulator.scenario.sources import scenario_file
    from simulator.scenario.summary import summary

    found = read_scenario(scenario_file(scenario), sets, discreet=True)
    with discreetly(found):
        prepare(found)
    click.echo("\n".join(summary(found)))
