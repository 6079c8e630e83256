"""Find the values at which figures meet targets, or say that the targets do not fix them and show which sets fit."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from simulator.cli._asked import leaves_of, number, refuse_file, scenario_and_plan
from simulator.cli.progress import progress
from simulator.errors import InputError

if TYPE_CHECKING:
    from simulator.plan import Plan
    from simulator.scenario import Scenario
    from simulator.uncertainty.calibrate import Calibration, Task

LIKELY_RUNS = 5
"""Simulations that a calibration mostly takes: today, three to come near, one for the luck of the events."""


@click.command(
    epilog="""\b
Examples:
  saldo calibrate scenarios/christmas-2021.yaml --engine control --target converted=10000±500 \\
        --target saldo=-5.0±0.25 --vary attendance.take_up_scale --vary effects.params.scale
  saldo calibrate scenarios/christmas-2021.yaml --engine control --target saldo=-5.0 \\
        --vary effects.params.scale --vary effects.params.relative_effect"""
)
@click.argument("scenario", type=click.Path(path_type=Path))
@click.option(
    "--target", "targets", multiple=True, metavar="NAME=NUMBER", help="A figure and what it shall be; may be repeated."
)
@click.option("--vary", multiple=True, metavar="KEY", help="A value or table to be found; may be repeated.")
@click.option("--tolerance", metavar="SHARE", help="How near is near enough, as a share of each target.")
@click.option("-S", "sets", multiple=True, metavar="KEY=VALUE", help="Set a key of the scenario; may be repeated.")
@click.option("--seed", type=int, help="Seed of all chance; that of the scenario where left out.")
@click.option("--replications", type=int, help="Number of draws of events; that of the scenario where left out.")
@click.option("--engine", default="fast", show_default=True, metavar="NAME", help="fast, reference or control.")
@click.option("--language", default="da", show_default=True, help="Language of table and sentences.")
@click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON and nothing else.")
@click.option("--write", type=click.Path(path_type=Path), metavar="FILE", help="Write a scenario (.yaml) or -S lines.")
@click.option("--draw", type=click.Path(path_type=Path), metavar="FILE", help="Draw the ridge (.png or .svg).")
def command(scenario: Path, sets: tuple[str, ...], **options: Any) -> None:
    """Find for SCENARIO the values of --vary at which its figures meet every --target; a run never fits by itself.

    Figures are those of the headline (saldo, form, volume, net, converted, employment_weeks,
    kr_per_converted_conversation) or of the run; kroner in mio. kr. A rounding of the target, converted=10000±500,
    gives an interval. Where the targets fix fewer values than are to be found, no set is the answer: the command says
    NOT IDENTIFIED and shows sets that fit equally well, and the product that is fixed where it is one.
    """
    from simulator.pipeline import prepare
    from simulator.plan import CONTROL
    from simulator.uncertainty.calibrate import calibrate
    from simulator.uncertainty.calibrate_page import content_of, plain
    from simulator.uncertainty.ridge import ridge_of
    from simulator.uncertainty.wording import read_wording

    words = read_wording(options["language"])
    _refuse_files(options)
    task, read, plan = _task(scenario, sets, options)
    simulated = plan.engine != CONTROL
    with progress(LIKELY_RUNS * plan.replications if simulated else 0, "replications") as step:
        found = calibrate(_simulated(task, read, plan, step) if simulated else task)
        implied = {one.lever.key: one.value for one in found.implied}
        prepare(read.with_values(leaves_of(read, implied)))  # the closed form also answers where a run is refused
        ridge = None if found.identified else ridge_of(found)
    _keep(found, scenario, sets, options)
    told = json.dumps(content_of(found, ridge), indent=1, ensure_ascii=False)
    click.echo(told if options["as_json"] else plain(found, ridge, words))


def _refuse_files(options: dict[str, Any]) -> None:
    from simulator.uncertainty import calibrated_file, ridge_figure

    for name in ("write", "draw"):
        refuse_file(options[name], f"--{name}")
    calibrated_file.refuse_ending(options["write"])
    ridge_figure.refuse_ending(options["draw"], "--draw")
    if options["write"] is not None and options["write"].exists():
        raise InputError.one("is there already; give another name", str(options["write"]), "--write")


def _task(path: Path, sets: tuple[str, ...], options: dict[str, Any]) -> tuple[Task, Scenario, Plan]:
    """Return what is to be calibrated by the closed form alone, and what is to be simulated."""
    from simulator.plan import CONTROL
    from simulator.uncertainty.aims import levers_of, split_targets, targets_of
    from simulator.uncertainty.asking import Remembered
    from simulator.uncertainty.calibrate import Task
    from simulator.uncertainty.worked import work_up

    split = split_targets(options["targets"])
    tolerance = _tolerance(options["tolerance"])
    read, plan = scenario_and_plan(path, sets, options)
    by_control = Remembered(work_up(read, replace(plan, engine=CONTROL)))
    targets, levers = targets_of(split, by_control), levers_of(options["vary"], by_control)
    return Task(by_control, by_control, targets, levers, tolerance), read, plan


def _simulated(task: Task, scenario: Scenario, plan: Plan, step: Callable[[], None]) -> Task:
    """Return the task with the scenario simulated, and what says how far the luck of the events moves the figures."""
    from simulator.uncertainty.events import event_errors
    from simulator.uncertainty.worked import work_up

    figures = [target.figure for target in task.targets]

    def errors(point: Any) -> list[float | None]:
        pairs = zip(task.levers, point, strict=True)
        numbers = {leaf: float(value) for lever, value in pairs for leaf in lever.leaves}
        return event_errors(scenario.with_values(numbers), plan, figures, step)

    return replace(task, worked=work_up(scenario, plan, step), errors=errors)


def _tolerance(text: str | None) -> float | None:
    tolerance = number(text, "--tolerance")
    if tolerance is not None and not 0 < tolerance < 1:
        raise InputError.one(f"{tolerance:g} is out of range; allowed: above 0 and below 1", path="--tolerance")
    return tolerance


def _keep(found: Calibration, path: Path, sets: tuple[str, ...], options: dict[str, Any]) -> None:
    """Write what was asked for beside the answer."""
    from simulator.scenario.sources import scenario_file
    from simulator.uncertainty.calibrated_file import write_calibrated
    from simulator.uncertainty.ridge_figure import save
    from simulator.uncertainty.wording import read_wording

    if options["write"] is not None:
        if not found.identified:
            message = "nothing is written: the targets do not fix the values; choose fewer values or more targets"
            raise InputError.one(message, str(options["write"]), "--write")
        write_calibrated(found, scenario_file(path), options["write"], sets)
    if options["draw"] is not None:
        if found.identified:
            message = "there is no ridge to draw: the targets fix all values"
            raise InputError.one(message, str(options["draw"]), "--draw")
        save(found, options["draw"], read_wording(options["language"]))
