"""What drives the figure: which assumptions it depends on, and by how much."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from simulator.errors import Fault, InputError

if TYPE_CHECKING:
    from simulator.plan import Plan
    from simulator.scenario import Scenario
    from simulator.uncertainty.sensitivity.analysis import Request

REPLICATIONS = 5
"""Replications of each simulation where none are asked for: differences share their luck, so few are enough."""
FILES = ("csv", "png", "svg")


@click.command(
    epilog="""\b
Methods:
  tornado  one at a time, from end to end of its range, all others as today
  map      two together: both of --only, or the two with the largest swings; --count values a side, 9
  morris   many with few points; --count trajectories, 64
  sobol    shares of the variance, first and total order, with intervals; --count points, 1024
  pawn     shifts of the distribution, right for correlated values too; --count points, 2048

\b
Examples:
  saldo sensitivity scenarios/christmas-2021.yaml
  saldo sensitivity scenarios/christmas-2021.yaml --engine control --png tornado.png
  saldo sensitivity scenarios/christmas-2021.yaml --method map --only effects.params.scale \\
    --only saldo.value_per_person_year_kr
  saldo sensitivity scenarios/christmas-2021-bottom-up.yaml --method sobol --only effects.params.relative_effect \\
    --only effects.params.scale --only saldo.value_per_person_year_kr
  saldo sensitivity scenarios/christmas-2021-bottom-up.yaml --method morris --engine control --group stage"""
)
@click.argument("scenario", type=click.Path(path_type=Path))
@click.option("--method", default="tornado", show_default=True, metavar="NAME", help="See below.")
@click.option("--figure", default="employment_effect_kr", show_default=True, metavar="NAME", help="What is to move.")
@click.option("--only", multiple=True, metavar="KEY", help="Move only this value or table of values; may be repeated.")
@click.option("--group", "groups", multiple=True, metavar="HOW", help="stage, parts or NAME=KEY,KEY (morris, sobol).")
@click.option("--count", type=int, metavar="N", help="Points, trajectories or values a side; see below.")
@click.option("--second-order", is_flag=True, help="Indices of pairs as well (sobol).")
@click.option("--seed", type=int, help="Seed of chance and of the points; that of the scenario where left out.")
@click.option("--replications", type=int, help=f"Draws of events in each simulation.  [default: {REPLICATIONS}]")
@click.option("--simulations", type=int, default=500, show_default=True, help="Most simulations that may be made.")
@click.option("--engine", default="fast", show_default=True, metavar="NAME", help="fast, reference or control.")
@click.option("-S", "sets", multiple=True, metavar="KEY=VALUE", help="Set a key of the scenario; may be repeated.")
@click.option("--json", "as_json", is_flag=True, help="Print the record as JSON and nothing else.")
@click.option("--csv", type=click.Path(path_type=Path, dir_okay=False), help="Write all rows to a file.")
@click.option("--png", type=click.Path(path_type=Path, dir_okay=False), help="Draw it to a file.")
@click.option("--svg", type=click.Path(path_type=Path, dir_okay=False), help="Draw it to a file.")
@click.option("--size", default="page", show_default=True, help="column, page or slide.")
@click.option("--language", default="da", show_default=True, help="Language of the drawing.")
@click.option("--jobs", type=int, metavar="N", help="Threads (reference: processes); they change only the time.")
def command(scenario: Path, sets: tuple[str, ...], as_json: bool, **options: Any) -> None:
    """Say what a figure of SCENARIO depends on: move its assumptions within their ranges and see what it does.

    Moved are the values that carry a distribution, or, where none does, all that are read and have a range, each
    value of which is taken as equally likely. Values of effects and kroner cost no simulation; each set of values
    that touches the conversations costs one. Nothing is kept.
    """
    from simulator.cli.progress import progress
    from simulator.scenario import read_scenario
    from simulator.scenario.sources import scenario_file
    from simulator.uncertainty.sensitivity.analysis import analysed, chosen_of, expected
    from simulator.uncertainty.sensitivity.record import record_of
    from simulator.uncertainty.worked import work_up

    _refuse_options(options)
    read = read_scenario(scenario_file(scenario), sets)
    plan = _plan_of(read, options)
    request = _request_of(options, plan)
    ticks: list[Callable[[], None]] = []
    worked = work_up(read, plan, lambda: ticks[0]())
    simulations = 1 + min(expected(worked, chosen_of(worked, request.only), request), request.most)
    with progress(simulations * plan.replications, "replications") as step:
        ticks.append(step)
        analysis = analysed(worked, request)
    record = record_of(analysis)
    _write(record, options)
    _say(record, as_json)


def _refuse_options(options: dict[str, Any]) -> None:
    """Refuse before any work what would fail after it; names all faults."""
    from simulator.report.language import read_words
    from simulator.report.style import figure_size
    from simulator.uncertainty.sensitivity import method_of

    faults: list[Fault] = []
    for check, given in ((method_of, "method"), (figure_size, "size"), (read_words, "language")):
        try:
            check(options[given])
        except InputError as error:
            faults += error.faults
    for name in FILES:
        file = options[name]
        if file is not None and not file.absolute().parent.is_dir():
            message = f"there is no folder {file.absolute().parent} to write to"
            faults.append(Fault(str(file), 0, 0, f"--{name}", message))
    if options["simulations"] < 0:
        message = f"{options['simulations']} is out of range; allowed: 0 or more"
        faults.append(Fault("command line", 0, 0, "--simulations", message))
    if faults:
        raise InputError(faults)


def _plan_of(scenario: Scenario, options: dict[str, Any]) -> Plan:
    from simulator import pipeline
    from simulator.plan import jobs_of

    engine, replications = options["engine"], options["replications"]
    jobs = jobs_of(scenario, engine) if options["jobs"] is None else options["jobs"]
    few = REPLICATIONS if replications is None else replications
    return pipeline.plan_of(scenario, options["seed"], few, engine, jobs=jobs)


def _request_of(options: dict[str, Any], plan: Plan) -> Request:
    from simulator.uncertainty.sensitivity import Choice
    from simulator.uncertainty.sensitivity.analysis import Request

    method, only = options["method"], tuple(options["only"])
    keys: Sequence[str] = only if method == "map" and len(only) == 2 else ()
    choice = Choice(options["count"], plan.seed, options["second_order"], tuple(keys))
    return Request(method, options["figure"], only, tuple(options["groups"]), choice, options["simulations"])


def _write(record: dict[str, Any], options: dict[str, Any]) -> None:
    """Write what files were asked for."""
    from simulator.uncertainty.sensitivity.plain import csv_sensitivity

    if options["csv"] is not None:
        options["csv"].write_text(csv_sensitivity(record), encoding="utf-8", newline="\n")
    if options["png"] is None and options["svg"] is None:
        return
    from simulator.report.sensitivity import picture_of

    picture = picture_of(record, options["size"], options["language"])
    if options["png"] is not None:
        options["png"].write_bytes(picture.png())
    if options["svg"] is not None:
        options["svg"].write_text(picture.svg(), encoding="utf-8", newline="\n")


def _say(record: dict[str, Any], as_json: bool) -> None:
    from simulator.report.sensitivity import sentence
    from simulator.uncertainty.sensitivity.plain import plain_sensitivity, sentence_of

    if as_json:
        told = record | {"sentence": {"en": sentence_of(record), "da": sentence(record, "da")}}
        click.echo(json.dumps(told, indent=1, ensure_ascii=False))
        return
    click.echo(plain_sensitivity(record))
