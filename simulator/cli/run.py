"""Run a scenario: all conversations under both sets of rules, and what the difference is worth."""

from __future__ import annotations

import shlex
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from simulator.cli.progress import progress
from simulator.errors import InputError

if TYPE_CHECKING:
    from datetime import datetime

    from simulator.plan import Plan
    from simulator.results import Run
    from simulator.scenario import Scenario


@click.command(
    epilog="""\b
Examples:
  saldo run scenarios/christmas-2021.yaml
  saldo run scenarios/christmas-2021.yaml --engine control --json
  saldo run scenarios/christmas-2021.yaml --engine reference --replications 5
  saldo run scenarios/christmas-2021-bottom-up.yaml --draws 4096
  saldo run scenarios/christmas-2021-bottom-up.yaml --replay 37 --out outputs/draw-37
  saldo run scenarios/christmas-2021.yaml -S places=[Odense] --replications 1 --out outputs/odense"""
)
@click.argument("scenario", type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), metavar="DIR", help="Write to this folder exactly.")
@click.option("--seed", type=int, help="Seed of all chance; that of the scenario where left out.")
@click.option("--replications", type=int, help="Number of draws of events; that of the scenario where left out.")
@click.option(
    "--draws",
    type=int,
    help="Number of draws of uncertain values; that of the scenario where left out.",
)
@click.option("--replay", type=int, metavar="N", help="Run with the values of draw N, counted from 0, as a point.")
@click.option(
    "--engine",
    default="fast",
    show_default=True,
    metavar="NAME",
    help="fast; reference, slow and written to be read; or control: no simulation.",
)
@click.option("-S", "sets", multiple=True, metavar="KEY=VALUE", help="Set a key of the scenario; may be repeated.")
@click.option("--json", "as_json", is_flag=True, help="Print headline.json and nothing else.")
@click.option("--log", is_flag=True, help="Keep every attempt at a conversation in tables/events.parquet.")
@click.option("--no-brief", is_flag=True, help="Draw no figures, write no brief and tell no drivers.")
@click.option("--force", is_flag=True, help="Take the place of the run in DIR.")
@click.option(
    "--jobs",
    type=int,
    metavar="N",
    help="Threads (reference: processes); they change nothing but the time. All processors by default (reference: 2).",
)
def command(scenario: Path, out: Path | None, sets: tuple[str, ...], **options: Any) -> None:
    """Run SCENARIO and write the run to a folder of its own, outputs/NAME/ID.

    The folder holds the figures, all tables, the scenario in full, a brief, and a record of what made
    them; it appears whole or not at all. Minus is a loss to the public balance.
    """
    from simulator.cli._versions import tell_changes
    from simulator.results.save import now
    from simulator.scenario import read_scenario
    from simulator.scenario.confidential import discreetly
    from simulator.scenario.sources import scenario_file

    started = now()
    read = read_scenario(scenario_file(scenario), sets, discreet=True)
    tell_changes(read.files)
    with discreetly(read):
        _run(read, out, sets, options, started)


def _run(read: Scenario, out: Path | None, sets: tuple[str, ...], options: dict[str, Any], started: datetime) -> None:
    """Run a scenario and keep it; what drives a run with confidential values is not asked, since it is not told."""
    from simulator.report import write_documents
    from simulator.results.folder import refuse_unless_free
    from simulator.results.record import Occasion
    from simulator.results.save import Place, now, save
    from simulator.uncertainty.knowledge import Ready, draw_of
    from simulator.uncertainty.making import driven
    from simulator.uncertainty.unknowns import Unknowns

    plan = _plan(read, options)
    if out is not None:
        refuse_unless_free(out, force=options["force"])
    if options["replay"] is not None:
        read, plan = draw_of(read, plan, options["replay"]), replace(plan, draws=0)
    ready = Ready(read, plan, drives=not (options["no_brief"] or read.confidential))
    unknowns = Unknowns(read, plan) if ready.drives else None
    with progress(ready.steps, "replications") as step:
        run = ready.run(step)
    if unknowns is not None:
        run = driven(run, ready, unknowns, progress)
    occasion = Occasion(shlex.join(["saldo", *sys.argv[1:]]), sets, started, now())
    documents = None if options["no_brief"] else write_documents
    kept = save(run, Place(out, options["force"]), occasion, documents)
    _say(kept, as_json=options["as_json"])
    _say_before(kept)


def _plan(scenario: Scenario, options: dict[str, Any]) -> Plan:
    from simulator import pipeline
    from simulator.plan import jobs_of

    plan = pipeline.plan_of(
        scenario,
        options["seed"],
        options["replications"],
        options["engine"],
        options["log"],
        jobs_of(scenario, options["engine"]) if options["jobs"] is None else options["jobs"],
    )
    if plan.log and plan.engine == pipeline.CONTROL:
        raise InputError.one("there are no attempts to keep: the engine `control` simulates nothing", path="--log")
    return pipeline.with_draws(plan, scenario, options["draws"])


def _say(run: Run, *, as_json: bool) -> None:
    from simulator.results.plain import plain_headline

    assert run.folder is not None
    if as_json:
        click.echo((run.folder / "headline.json").read_text(encoding="utf-8"), nl=False)
        return
    click.echo(f"{plain_headline(run.headline)}\n\nKept in: {run.folder}")
    if run.brief is not None:
        click.echo(f"Brief:   {run.brief}")


def _say_before(run: Run) -> None:
    """Tell on stderr what cases have issued on the same subject; a case that is damaged stops no run."""
    from simulator.case.folder import cases_folder

    cases = cases_folder(None)
    if not cases.is_dir():
        return
    from simulator.case.said_before import beside, lines_of, said_before

    assert run.folder is not None
    try:
        said = said_before(cases, run.scenario.name)
        found = beside(said[-1], run.folder, control=True) if said else None
    except InputError as wrong:
        click.echo(f"what was said before cannot be told: {wrong}", err=True)
        return
    for line in lines_of(said, run.headline["saldo_mio_kr"]["employment_effect"]["mean"], found):
        click.echo(line, err=True)
