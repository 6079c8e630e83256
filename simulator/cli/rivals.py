"""Print a scenario under every effect model side by side: what one must believe for which figure."""

from __future__ import annotations

import json
from pathlib import Path

import click

from simulator.cli.progress import progress
from simulator.errors import InputError


@click.command(
    epilog="""\b
Examples:
  saldo rivals scenarios/christmas-2021.yaml
  saldo rivals scenarios/christmas-2021.yaml --replications 5 --csv rivals.csv
  saldo rivals scenarios/christmas-2021.yaml -S effects.hazard.multiplier=1 --json"""
)
@click.argument("scenario", type=click.Path(path_type=Path))
@click.option("--seed", type=int, help="Seed of all chance; that of the scenario where left out.")
@click.option("--replications", type=int, help="Number of draws of events; that of the scenario where left out.")
@click.option("--engine", default="fast", show_default=True, metavar="NAME", help="fast or reference.")
@click.option("-S", "sets", multiple=True, metavar="KEY=VALUE", help="Set a key of the scenario; may be repeated.")
@click.option("--json", "as_json", is_flag=True, help="Print the rows as JSON and nothing else.")
@click.option("--csv", "csv_file", type=click.Path(path_type=Path, dir_okay=False), help="Write the rows to a file.")
@click.option("--jobs", type=int, metavar="N", help="Threads (reference: processes); they change only the time.")
def command(
    scenario: Path, csv_file: Path | None, sets: tuple[str, ...], as_json: bool, engine: str, **numbers: int | None
) -> None:
    """Run SCENARIO under each effect model and print them side by side; nothing is kept.

    All models have the same persons, the same luck and the same rules. Those that only value what was held share one
    simulation; hazard, under which meetings lead persons out, has its own. The control stands beside each, and what
    of their difference it cannot foresee. The effect model that the scenario names does not matter.
    """
    from simulator import pipeline
    from simulator.plan import jobs_of
    from simulator.results.rivals import csv_rivals, plain_rivals
    from simulator.scenario import read_scenario
    from simulator.scenario.names import Names
    from simulator.scenario.sources import scenario_file

    path = scenario_file(scenario)
    models = Names().known["effect_models"]
    scenarios = {model: read_scenario(path, (*sets, f"effects.model={model}")) for model in models}
    first = next(iter(scenarios.values()))
    jobs = jobs_of(first, engine) if numbers["jobs"] is None else numbers["jobs"]
    plan = pipeline.plan_of(first, numbers["seed"], numbers["replications"], engine, jobs=jobs)
    if plan.engine == pipeline.CONTROL:
        message = "`control` simulates nothing, and stands beside each model anyway; allowed: fast, reference"
        raise InputError.one(message, "options", "engine")
    with progress(plan.replications * len(scenarios), "replications") as step:
        rows = [rival.row() for rival in pipeline.rivals(scenarios, plan, step)]
    if csv_file is not None:
        csv_file.write_text(csv_rivals(rows), encoding="utf-8")
    click.echo(json.dumps(rows, indent=1, ensure_ascii=False) if as_json else plain_rivals(rows))
