"""Answer a committee: what the figure is at other values, or what would have to be true for it to be another."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from simulator.cli._asked import allowing, scenario_and_plan
from simulator.cli.progress import progress
from simulator.errors import InputError

if TYPE_CHECKING:
    from simulator.uncertainty.question import Answered
    from simulator.uncertainty.why import Reasons


@click.command(
    epilog="""\b
Examples:
  saldo question scenarios/christmas-2021.yaml --at demand.scale=0.9,1,1.25 --engine control
  saldo question scenarios/christmas-2021.yaml --at effects.params.relative_effect=0,0.5,1 --language en
  saldo question scenarios/christmas-2021.yaml --at period.to=2022-01-16,2022-01-30 --at effects.params.scale=0.3,1
  saldo question scenarios/christmas-2021.yaml --why 10 --engine control"""
)
@click.argument("scenario", type=click.Path(path_type=Path))
@click.option("--at", "asked", multiple=True, metavar="KEY=V1,V2", help="A key and its values; may be repeated.")
@click.option("--why", metavar="MIO_KR", help="What would give this figure; 10 is a loss where the scenario has one.")
@click.option("--together", is_flag=True, help="The first values of all --at together, then the second, and so on.")
@click.option("-S", "sets", multiple=True, metavar="KEY=VALUE", help="Set a key of the scenario; may be repeated.")
@click.option("--seed", type=int, help="Seed of all chance; that of the scenario where left out.")
@click.option("--replications", type=int, help="Number of draws of events; that of the scenario where left out.")
@click.option("--engine", default="fast", show_default=True, metavar="NAME", help="fast, reference or control.")
@click.option("--jobs", type=int, metavar="N", help="Threads (reference: processes); they change only the time.")
@click.option("--language", default="da", show_default=True, help="Language of table and sentences.")
@click.option("--json", "as_json", is_flag=True, help="Print the answers as JSON and nothing else.")
def command(scenario: Path, sets: tuple[str, ...], **options: Any) -> None:
    """Answer a question about SCENARIO in a table and a paragraph; nothing is kept.

    --at asks for the figures at other values of any key that -S takes, values, dates, rules and models alike; each
    answer equals `saldo run` with that -S. Several --at make every combination. Values parted by commas, or by
    semicolons where they hold commas: 0,9;1;1,25.

    --why asks what would give another figure: each single assumption, whether it stays in its range, which source it
    contradicts, and the smallest pair of changes.
    """
    from simulator.uncertainty.wording import read_wording

    words = read_wording(options["language"])
    if bool(options["asked"]) == (options["why"] is not None):
        message = "give either --at KEY=V1,V2,... or --why MIO_KR"
        raise InputError.one(message if not options["asked"] else f"{message}, not both", path="--at")
    if options["why"] is not None:
        content, text = _why(scenario, sets, options, words)
    else:
        content, text = _at(scenario, sets, options, words)
    click.echo(json.dumps(content, indent=1, ensure_ascii=False) if options["as_json"] else text)


def _at(path: Path, sets: tuple[str, ...], options: dict[str, Any], words: Any) -> tuple[dict[str, Any], str]:
    """Return the answers as data and in words."""
    from simulator.scenario.sources import scenario_file
    from simulator.uncertainty.question import answered, choices_of, combined, scenarios_of
    from simulator.uncertainty.question_page import content_of, plain

    choices = choices_of(options["asked"])
    rows = combined(choices, together=options["together"])
    read, plan = scenario_and_plan(path, sets, options)
    scenarios = scenarios_of(scenario_file(path), sets, rows)
    with progress(plan.replications * (len(rows) + 1), "replications") as step:
        found: Answered = answered(read, (choices, rows, scenarios), plan, step)
    return content_of(found), plain(found, read, words)


def _why(path: Path, sets: tuple[str, ...], options: dict[str, Any], words: Any) -> tuple[dict[str, Any], str]:
    """Return the reasons as data and in words."""
    from simulator.plan import CONTROL
    from simulator.uncertainty.asking import Remembered, known_figures, today
    from simulator.uncertainty.breakeven import Way, keys_of
    from simulator.uncertainty.targets import SALDO, aimed
    from simulator.uncertainty.why import aim_of, reasons_for
    from simulator.uncertainty.why_page import content_of, plain
    from simulator.uncertainty.worked import work_up

    if options["together"]:
        raise InputError.one("belongs to --at", path="--together")
    aim_of(options["why"], 0.0)
    read, plan = scenario_and_plan(path, sets, options)
    by_control = Remembered(work_up(read, replace(plan, engine=CONTROL)))
    figure, keys = aimed(SALDO, known_figures(by_control)), keys_of(by_control)
    by_hand = plan.engine == CONTROL
    with progress(len(keys) + (0 if by_hand else plan.replications), "replications and values") as step:
        worked = by_control if by_hand else work_up(read, plan, step)
        aim = aim_of(options["why"], today(worked, [figure])[0])
        way = Way(worked, by_control, allows=allowing(read))
        found: Reasons = reasons_for(way, figure, aim, keys, step)
    return content_of(found), plain(found, words)
