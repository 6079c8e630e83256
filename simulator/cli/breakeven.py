"""What must one believe: the number of each value at which a figure is nothing, halves, doubles or meets a target."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from simulator.cli._asked import allowing, number, refuse_file, scenario_and_plan, write_text
from simulator.cli.progress import progress

if TYPE_CHECKING:
    from simulator.uncertainty.breakeven_page import Page


@click.command(
    epilog="""\b
Examples:
  saldo breakeven scenarios/christmas-2021.yaml --engine control
  saldo breakeven scenarios/christmas-2021.yaml --target -10 --only effects.params.relative_effect
  saldo breakeven scenarios/christmas-2021.yaml --figure converted --target 12000 --engine control --csv turn.csv"""
)
@click.argument("scenario", type=click.Path(path_type=Path))
@click.option("--target", metavar="MIO_KR", help="A goal of your own: mio. kr., or the unit of --figure.")
@click.option("--only", multiple=True, metavar="KEY", help="This value or table alone; may be repeated.")
@click.option(
    "--figure", "name", default="employment_effect", show_default=True, metavar="NAME", help="The figure to turn."
)
@click.option("-S", "sets", multiple=True, metavar="KEY=VALUE", help="Set a key of the scenario; may be repeated.")
@click.option("--seed", type=int, help="Seed of all chance; that of the scenario where left out.")
@click.option("--replications", type=int, help="Number of draws of events; that of the scenario where left out.")
@click.option("--engine", default="fast", show_default=True, metavar="NAME", help="fast, reference or control.")
@click.option("--language", default="da", show_default=True, help="Language of table and sentences.")
@click.option("--json", "as_json", is_flag=True, help="Print the rows as JSON and nothing else.")
@click.option("--csv", "csv_file", type=click.Path(path_type=Path, dir_okay=False), help="Write the rows to a file.")
def command(scenario: Path, sets: tuple[str, ...], **options: Any) -> None:
    """Say for every value of SCENARIO that has a range, one at a time, what it must be for another answer.

    The figure is brought to nothing, to half, to double and to --target, and each answer says how far it is from today
    on the way to the end of the value's own range. Values of effects and money cost no simulation. Values of the
    delivery follow the closed form, scaled to what was simulated; those named with --only are simulated.
    """
    from simulator.uncertainty.breakeven_page import csv_of, plain, rows_of
    from simulator.uncertainty.wording import read_wording

    words = read_wording(options["language"])
    refuse_file(options["csv_file"], "--csv")
    page = _page(scenario, sets, options)
    rows = rows_of(page)
    if options["csv_file"] is not None:
        write_text(options["csv_file"], csv_of(rows), "--csv")
    click.echo(json.dumps(rows, indent=1, ensure_ascii=False) if options["as_json"] else plain(page, words))


def _page(path: Path, sets: tuple[str, ...], options: dict[str, Any]) -> Page:
    from simulator.plan import CONTROL
    from simulator.uncertainty.asking import Remembered, known_figures, today
    from simulator.uncertainty.breakeven import Way, break_even, goals_of, keys_of
    from simulator.uncertainty.breakeven_page import Page
    from simulator.uncertainty.targets import aimed
    from simulator.uncertainty.worked import work_up

    target = number(options["target"], "--target")
    read, plan = scenario_and_plan(path, sets, options)
    by_control = Remembered(work_up(read, replace(plan, engine=CONTROL)))
    figure = aimed(options["name"], known_figures(by_control))
    keys = list(options["only"]) or keys_of(by_control)
    by_hand = plan.engine == CONTROL
    with progress(len(keys) + (0 if by_hand else plan.replications), "replications and values") as step:
        worked = by_control if by_hand else work_up(read, plan, step)
        way = Way(worked, by_control, bool(options["only"]), allowing(read))
        now = today(worked, [figure])[0]
        return Page(figure, now, break_even(way, figure, keys, goals_of(now, target), step))
