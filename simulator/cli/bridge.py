"""Take the change between two kept runs apart: which part of the scenario moves the estimate by how much."""

from __future__ import annotations

import json
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from simulator.cli.progress import progress
from simulator.errors import InputError

if TYPE_CHECKING:
    from simulator.bridge import Bridge, Course

CONTROL = "control"


@click.command(
    epilog="""\b
Examples:
  saldo bridge outputs/bottom-up outputs/demo
  saldo bridge outputs/bottom-up outputs/demo --engine control --json
  saldo bridge outputs/bottom-up outputs/demo --of converted
  saldo bridge outputs/bottom-up outputs/demo --order effect,form,calendar,volume,value,prices,rules,method"""
)
@click.argument("run_old", type=click.Path(path_type=Path))
@click.argument("run_new", type=click.Path(path_type=Path))
@click.option("--order", metavar="A,B,...", help="The eight blocks in another order; see above.")
@click.option(
    "--of", "figure", default="employment_effect", show_default=True, metavar="FIGURE", help="What to bridge."
)
@click.option("--engine", metavar=CONTROL, help="Run everything by the control alone, at once.")
@click.option("--out", type=click.Path(path_type=Path), metavar="DIR", help="Default: outputs/bridge/OLD-NEW.")
@click.option("--json", "as_json", is_flag=True, help="Print bridge.json and nothing else.")
@click.option("--csv", "csv_file", type=click.Path(path_type=Path, dir_okay=False), help="Write the steps to a file.")
@click.option("--no-figure", is_flag=True, help="Draw no waterfall.")
@click.option("--language", default="da", show_default=True, help="Language of the waterfall.")
def command(run_old: Path, run_new: Path, **options: Any) -> None:
    """Explain the change from RUN_OLD to RUN_NEW, two folders of kept runs, in ordered steps that add up exactly.

    Blocks of the scenario are exchanged one after the other, old for new, and everything is run again after each:
    calendar, volume, form, effect, value, prices, rules, method. Beside each step stand the effect of the block
    alone and its step in the reverse order; the interaction has a line of its own. A block that is the same in both
    runs makes nothing and is not run. All runs are kept, and used again where they are there already.

    Figures: employment_effect, form, volume, caseworker_time, net, converted, employment_weeks, person_years.
    """
    from simulator.bridge import course_of, end_of, figure_named, walked
    from simulator.bridge.blocks import order_named
    from simulator.bridge.mixtures import Workshop
    from simulator.plan import jobs_of

    figure, order = figure_named(options["figure"]), order_named(options["order"])
    _refuse_options(options)
    old, new = end_of(run_old), end_of(run_new)
    by_control = options["engine"] == CONTROL
    out = options["out"] or _default_folder(f"{old.run_id}-{new.run_id}{'-control' if by_control else ''}")
    workshop = Workshop(out, shlex.join(["saldo", *sys.argv[1:]]), jobs_of)
    workshop.refuse_unless_own((old.run_id, new.run_id))
    course = course_of(old, new, order, control=by_control)
    with progress(course.replications, "replications") as step:
        bridge = walked(course, figure, workshop, step)
    _keep(bridge, out, options)
    _say(bridge, course, out, options)


def _refuse_options(options: dict[str, Any]) -> None:
    """Refuse before any work what would fail after it."""
    from simulator.report.language import read_words

    if options["engine"] not in (None, CONTROL):
        message = f"`{options['engine']}` cannot be chosen; allowed: control, or nothing for the engine of each run"
        raise InputError.one(message, path="--engine")
    file = options["csv_file"]
    if file is not None and not file.absolute().parent.is_dir():
        raise InputError.one(f"there is no folder {file.absolute().parent} to write to", str(file), "--csv")
    read_words(options["language"])


def _default_folder(name: str) -> Path:
    from simulator.results.folder import OUTPUTS

    return OUTPUTS / "bridge" / name


def _keep(bridge: Bridge, out: Path, options: dict[str, Any]) -> None:
    """Write the record, the steps as CSV, and the waterfall."""
    from simulator.bridge.mixtures import RECORD
    from simulator.bridge.record import content_of, csv_of
    from simulator.report.waterfall import save_waterfall
    from simulator.results.keep import write_json

    out.mkdir(parents=True, exist_ok=True)
    write_json(out / RECORD, content_of(bridge))
    for file in (out / "bridge.csv", options["csv_file"]):
        if file is not None:
            file.write_text(csv_of(bridge), encoding="utf-8", newline="\n")
    if not options["no_figure"]:
        save_waterfall(content_of(bridge), out, options["language"])


def _say(bridge: Bridge, course: Course, out: Path, options: dict[str, Any]) -> None:
    from simulator.bridge.record import content_of
    from simulator.bridge.table import table_of

    if options["as_json"]:
        click.echo(json.dumps(content_of(bridge), indent=1, ensure_ascii=False))
        return
    click.echo(table_of(bridge))
    if course.control:
        click.echo("Every figure is that of the control; nothing was simulated.")
    click.echo(f"\nKept in: {out}")
