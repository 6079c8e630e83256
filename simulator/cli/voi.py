"""What it is worth to know more: the value of information for a decision, and what a trial of it would gain."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from simulator.cli._asked import refuse_file, scenario_and_plan, write_text
from simulator.errors import InputError

if TYPE_CHECKING:
    import pandas as pd

    from simulator.uncertainty.information.answer import Answer

REPLICATIONS = 5
"""Replications of each option where none are asked for: differences share their luck, so few are enough."""
DRAWS = 8192
MOST_DRAWS = 2**16


@click.command(
    epilog="""\b
Examples:
  saldo voi scenarios/decision-digital-2022.yaml --replications 1
  saldo voi scenarios/decision-digital-2022.yaml -S places=[Odense] --replications 1 --group known=effects,saldo
  saldo voi scenarios/christmas-2021-bottom-up.yaml -S saldo.caseworker_time_realised=full --engine control"""
)
@click.argument("scenario", type=click.Path(path_type=Path))
@click.option("--draws", type=int, default=DRAWS, show_default=True, help="Draws of what is uncertain.")
@click.option("--seed", type=int, help="Seed of all chance; that of the scenario where left out.")
@click.option("--replications", type=int, help=f"Draws of events of each option.  [default: {REPLICATIONS}]")
@click.option("--engine", default="fast", show_default=True, metavar="NAME", help="fast, reference or control.")
@click.option("-S", "sets", multiple=True, metavar="KEY=VALUE", help="Set a key of the scenario; may be repeated.")
@click.option("--group", "groups", multiple=True, metavar="HOW", help="stage (default), parts or NAME=KEY,KEY.")
@click.option("--simulations", type=int, default=500, show_default=True, help="Most simulations that draws may take.")
@click.option("--language", default="da", show_default=True, help="Language of tables and sentences.")
@click.option("--json", "as_json", is_flag=True, help="Print the tables as JSON and nothing else.")
@click.option("--csv", "csv_file", type=click.Path(path_type=Path, dir_okay=False), help="Write the tables to files.")
def command(scenario: Path, sets: tuple[str, ...], **options: Any) -> None:
    """Say what it is worth to know more before SCENARIO is decided, in mio. kr. a year and over the years it holds.

    The options of its `decision:` are weighed at draws of what is uncertain, under every prior side by side: what each
    is worth, how often it is best, what it is worth to know everything, each assumption and groups of them, and what a
    trial would gain by its size. Without `decision:` the proposal is weighed against the baseline. --csv FILE writes
    the worth of information to FILE, and the trials beside it as FILE.trial_sizes.csv and FILE.trial_worth.csv.
    """
    from simulator.uncertainty.information.page import plain
    from simulator.uncertainty.information.tables import tables_of
    from simulator.uncertainty.wording import read_wording

    words = read_wording(options["language"])
    refuse_file(options["csv_file"], "--csv")
    _refuse(options)
    answer = _answer(scenario, sets, options)
    tables = tables_of(answer)
    if options["csv_file"] is not None:
        _write(options["csv_file"], tables)
    click.echo(_told(answer, tables, options) if options["as_json"] else plain(answer, words))


def _refuse(options: Mapping[str, Any]) -> None:
    """Refuse counts that cannot be, before any work."""
    if options["simulations"] < 0:
        raise InputError.one(f"{options['simulations']} is out of range; allowed: 0 or more", path="--simulations")
    if options["draws"] > MOST_DRAWS:
        raise InputError.one(f"{options['draws']} is out of range; allowed: up to {MOST_DRAWS}", path="--draws")


def _answer(path: Path, sets: tuple[str, ...], options: Mapping[str, Any]) -> Answer:
    from simulator.cli.progress import progress
    from simulator.plan import CONTROL
    from simulator.uncertainty.information.answer import answered
    from simulator.uncertainty.information.deciding import deciding
    from simulator.uncertainty.unknowns import PILOT, planned_by, plans_trial

    few = REPLICATIONS if options["replications"] is None else options["replications"]
    read, plan = scenario_and_plan(path, sets, {**options, "replications": few})
    ticks: list[Callable[[], None]] = []
    asked = deciding(read, plan, options["draws"], options["simulations"], lambda: ticks[0]())
    piloted = PILOT if plans_trial(read) and plan.engine != CONTROL else 0
    with progress(asked.replications + piloted, "replications") as step:
        ticks.append(step)
        return answered(asked, options["groups"], planned_by(read, plan, step))


def _write(file: Path, tables: Mapping[str, pd.DataFrame]) -> None:
    for name, table in tables.items():
        target = file if name == "voi" else file.with_name(f"{file.name}.{name}.csv")
        write_text(target, table.to_csv(index=False, lineterminator="\n"), "--csv")


def _told(answer: Answer, tables: Mapping[str, pd.DataFrame], options: Mapping[str, Any]) -> str:
    """Return the tables as JSON; what does not apply is null."""
    head = {
        "scenario": answer.scenario.name,
        "draws": options["draws"],
        "simulations": answer.simulations,
        "horizon_years": answer.horizon.years,
        "kr_of_1_kr_a_year": answer.horizon.worth_of_one(),
        "tried": answer.tried.name,
        "no_trial": answer.why_none,
    }
    rows = {name: json.loads(table.to_json(orient="records", double_precision=15)) for name, table in tables.items()}
    return json.dumps({**head, **rows}, indent=1, ensure_ascii=False)
