"""Run the shipped scenarios in small and hold them to their expected figures."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from simulator.cli.progress import progress
from simulator.errors import InputError, RunError

if TYPE_CHECKING:
    from simulator.results.expected import Expectation, Trial


@click.command(
    epilog="""\b
Example:
  saldo selftest --scenarios scenarios"""
)
@click.option(
    "--scenarios",
    type=click.Path(path_type=Path),
    default=Path("scenarios"),
    show_default=True,
    metavar="DIR",
    help="Folder of the scenarios, with their figures in DIR/expected.",
)
def command(scenarios: Path) -> None:
    """Run each scenario as its file of expected figures says, and print a line for each figure.

    The runs are small, a few municipalities or the control alone, and are not kept. Ends with PASSED, or
    with FAILED and exit code 1.
    """
    from simulator.results.expected import trials_of

    trials = trials_of(scenarios)
    total = failed = 0
    with progress(len(trials), "runs") as step:
        for trial in trials:
            for expectation, fault in _held(scenarios, trial):
                total, failed = total + 1, failed + (fault is not None)
                click.echo(_line(expectation, fault))
            step()
    if failed:
        click.echo(f"FAILED: {failed} of {total} figures")
        raise RunError("a scenario does not give its expected figures")
    click.echo(f"PASSED: {total} figures of {len({trial.scenario for trial in trials})} scenarios")


def _held(folder: Path, trial: Trial) -> list[tuple[Expectation, str | None]]:
    """Run a trial and hold each of its expectations to it; a run that fails fails them all."""
    from simulator.pipeline import plan_of, simulate
    from simulator.scenario import read_scenario

    try:
        scenario = read_scenario(folder / f"{trial.scenario}.yaml", trial.settings)
        found = simulate(scenario, plan_of(scenario, engine=trial.engine))
    except (InputError, RunError) as wrong:
        return [(one, f"did not run: {wrong}") for one in trial.expectations]
    return [(one, one.fault(found.headline)) for one in trial.expectations]


def _line(expectation: Expectation, fault: str | None) -> str:
    told = "ok  " if fault is None else "FAIL"
    said = f"{told}  {expectation.scenario}: {expectation.name} ({expectation.key}: {expectation.bounds})"
    return said if fault is None else f"{said}\n      {fault}; expected because: {expectation.why}"
