"""How a randomised trial would be run, and what it would find: persons per arm, power both ways, and the day."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from simulator.cli._asked import refuse_file, scenario_and_plan, write_text
from simulator.cli.progress import progress
from simulator.errors import Fault, InputError

if TYPE_CHECKING:
    from simulator.plan import Plan
    from simulator.scenario import Scenario


@click.command(
    epilog="""\b
Designs:
  by_citizen     within each jobcentre, one of every two citizens
  by_jobcentre   whole municipalities, half of them
  stepped_wedge  municipalities step over in a drawn order
  encouragement  citizens are encouraged, and choose

\b
Examples:
  saldo trial scenarios/trial-digital-2021.yaml --closed-form
  saldo trial scenarios/trial-digital-2021.yaml -S places=[Odense] --simulations 50 --png power.png
  saldo trial scenarios/trial-digital-2021.yaml --design by_jobcentre --simulations 100
  saldo trial scenarios/trial-digital-2021.yaml -S trial.contamination.control_gets_treated=0.3 --language en"""
)
@click.argument("scenario", type=click.Path(path_type=Path))
@click.option("--simulations", type=int, metavar="N", help="Simulated trials; as many as the scenario says.")
@click.option("--design", metavar="NAME", help="Another design than the scenario's; see below.")
@click.option(
    "--outcome", metavar="NAME", help="exit_by_week_26, weeks_in_26, weeks_in_52 or hazard_ratio; stands first."
)
@click.option("--closed-form", is_flag=True, help="Formulas alone, on a few replications: no trial is simulated.")
@click.option("-S", "sets", multiple=True, metavar="KEY=VALUE", help="Set a key of the scenario; may be repeated.")
@click.option("--seed", type=int, help="Seed of all chance; that of the scenario where left out.")
@click.option("--jobs", type=int, metavar="N", help="Threads; they change only the time.")
@click.option("--json", "as_json", is_flag=True, help="Print the record as JSON and nothing else.")
@click.option("--csv", type=click.Path(path_type=Path), help="Write both powers of each size to a file.")
@click.option("--png", type=click.Path(path_type=Path), help="Draw the power curve to a file.")
@click.option("--svg", type=click.Path(path_type=Path), help="Draw the power curve to a file.")
@click.option("--size", default="page", show_default=True, help="column, page or slide.")
@click.option("--language", default="da", show_default=True, help="Language of page and drawing.")
def command(scenario: Path, sets: tuple[str, ...], as_json: bool, **options: Any) -> None:
    """Plan the randomised trial of SCENARIO: the proposal's rules for the treated arm, the baseline's for the control.

    First stands the line for a committee: persons per arm that find one percentage point, and when the answer would
    come. Power stands twice: in closed form, and as the share of trials simulated in the engine that find the effect.
    Each simulated trial is a replication of its own, enrolment and analysis included. Nothing is kept.
    """
    from simulator.uncertainty.unknowns import PILOT

    _refuse_options(options)
    read, plan = scenario_and_plan(scenario, sets, {**options, "engine": "fast", "replications": PILOT})
    record = _record_of(read, plan, options)
    _write(record, options)
    _say(record, as_json, options["language"])


def _refuse_options(options: dict[str, Any]) -> None:
    """Refuse before any work what would fail after it; names all faults."""
    from simulator.report.style import figure_size
    from simulator.uncertainty.wording import read_wording

    faults: list[Fault] = []
    for check, given in ((figure_size, "size"), (read_wording, "language")):
        try:
            check(options[given])
        except InputError as error:
            faults += error.faults
    for name in ("csv", "png", "svg"):
        try:
            refuse_file(options[name], f"--{name}")
        except InputError as error:
            faults += error.faults
    if options["closed_form"] and options["simulations"] is not None:
        message = "simulates no trial, so --simulations says nothing; leave one of them out"
        faults.append(Fault("command line", 0, 0, "--closed-form", message))
    if faults:
        raise InputError(faults)


def _record_of(read: Scenario, plan: Plan, options: dict[str, Any]) -> dict[str, Any]:
    from dataclasses import replace

    from simulator import pipeline
    from simulator.uncertainty.trials.asking import asked_lives
    from simulator.uncertainty.trials.enrolment import window_of
    from simulator.uncertainty.trials.record import record_of
    from simulator.uncertainty.trials.simulated import simulated
    from simulator.uncertainty.trials.staged import staged
    from simulator.uncertainty.trials.terms import terms_of

    own, read = read, staged(read)
    terms = terms_of(read, options["design"], options["outcome"], options["simulations"])
    only_pilot = options["closed_form"]
    plan = plan if only_pilot else replace(plan, replications=terms.simulations)
    world = pipeline.prepare(read)
    window = window_of(world, terms)
    with progress(plan.replications, "replications" if only_pilot else "simulated trials") as step:
        lives = asked_lives(world, window, terms, plan, step)
        found = simulated(lives, window, terms, plan.seed, only_pilot=only_pilot)
    return record_of(own, found, plan.seed)


def _write(record: dict[str, Any], options: dict[str, Any]) -> None:
    """Write what files were asked for."""
    from simulator.uncertainty.trials.tables import csv_of

    if options["csv"] is not None:
        write_text(options["csv"], csv_of(record), "--csv")
    if options["png"] is None and options["svg"] is None:
        return
    from simulator.uncertainty.trials.figure import picture_of
    from simulator.uncertainty.wording import read_wording

    picture = picture_of(record, options["size"], read_wording(options["language"]))
    if options["png"] is not None:
        _write_bytes(options["png"], picture.png(), "--png")
    if options["svg"] is not None:
        write_text(options["svg"], picture.svg(), "--svg")


def _write_bytes(file: Path, content: bytes, option: str) -> None:
    try:
        file.write_bytes(content)
    except OSError as wrong:
        raise InputError.one(f"cannot be written: {wrong.strerror}", str(file), option) from wrong


def _say(record: dict[str, Any], as_json: bool, language: str) -> None:
    from simulator.uncertainty.trials.page import committee_line, plain
    from simulator.uncertainty.wording import languages, read_wording

    if as_json:
        lines = {code: committee_line(record, read_wording(code)) for code in languages()}
        click.echo(json.dumps({"line": lines, **record}, indent=1, ensure_ascii=False))
        return
    click.echo(plain(record, read_wording(language)))
