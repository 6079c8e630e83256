"""Print every day of the period: its class, why offices are closed, and which rule is in force where, and why."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from datetime import date

    from simulator.calendars import Calendar, LedgerLine

ARMS = ("baseline", "proposal")
HEADINGS = {"jobcentre": "jobcentre", "a_kasse": "a-kasse", "rehabilitation_team": "team"}


@click.command()
@click.argument("scenario", type=click.Path(path_type=Path))
@click.option("--csv", "csv_file", type=click.Path(path_type=Path, dir_okay=False), help="Write the ledger to a file.")
@click.option("--arm", type=click.Choice(ARMS), default="baseline", show_default=True, help="Whose calendar.")
@click.option("-S", "sets", multiple=True, metavar="KEY=VALUE", help="Set a key of the scenario; may be repeated.")
def command(scenario: Path, csv_file: Path | None, arm: str, sets: tuple[str, ...]) -> None:
    r"""Print every day of the period, count the meeting days, and name the rules in force.

    Each day has its class, all its reasons and their sources. Where places differ on a day, each group of
    places has a line. The counts are those that most places have. The rules follow: for each kind of office from
    which day to which, where, and then what each of them says, of whom, and why it holds.

    \b
    Examples:
      saldo calendar scenarios/christmas-2021.yaml --arm proposal
      saldo calendar scenarios/adaptive-2021-22.yaml --arm proposal --csv days.csv
    """
    from simulator.pipeline import setting_of
    from simulator.results import rule_lines, rules_in_force
    from simulator.scenario import read_scenario

    setting = setting_of(read_scenario(scenario, sets, discreet=True))
    number = ARMS.index(arm)
    chosen, other = setting.calendars[number], setting.calendars[1 - number]
    period, dates = setting.period, setting.scenario.sections.period
    if csv_file is not None:
        _write_csv(list(chosen.lines(*period, rules_in_force(setting, (number,)))), csv_file)
    click.echo(f"{setting.scenario.name}, {arm}, {dates.from_} to {dates.to}\n")
    for text, meeting_day in _day_rows(chosen, period):
        # click takes the dimming away where the output is no terminal.
        click.echo(text if meeting_day else click.style(text, dim=True))
    click.echo("\n" + "\n".join(_count_rows(chosen, period)))
    click.echo("\n" + "\n".join(rule_lines(setting, number)))
    click.echo("\n" + _difference(chosen, other, period))
    if csv_file is not None:
        click.echo(f"The ledger is written to {csv_file}.")


def _write_csv(lines: list[LedgerLine], path: Path) -> None:
    import csv

    from simulator.calendars import LEDGER_COLUMNS

    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(LEDGER_COLUMNS)
        writer.writerows(line.row() for line in lines)


def _day_rows(calendar: Calendar, period: tuple[int, int]) -> Iterator[tuple[str, bool]]:
    """Yield the printed rows, the heading first, each with whether any conversation is held."""
    kinds = calendar.office_kinds
    yield _columns("date", "day", "class", [HEADINGS.get(kind, kind) for kind in kinds], "reason [source]"), True
    rows: dict[tuple[date, str, str, str, str], dict[str, LedgerLine]] = {}
    for line in calendar.lines(*period):
        key = (line.date, line.place, line.day_class, line.reason, line.source)
        rows.setdefault(key, {})[line.office_kind] = line
    for (day, place, day_class, reason, source), lines in sorted(rows.items(), key=lambda row: row[0][0]):
        held = [("yes" if lines[kind].meeting_day else "no") if kind in lines else "" for kind in kinds]
        told = f"{reason} [{source}]" if reason else ""
        where = f"{'in all other places' if place == 'other' else 'in ' + place}: " if place else ""
        text = _columns(day.isoformat(), f"{day:%a}", day_class, held, where + told)
        yield text, any(line.meeting_day for line in lines.values())


def _columns(day: str, name: str, day_class: str, held: list[str], reason: str) -> str:
    cells = "  ".join(f"{cell:<9}" for cell in held)
    return f"{day:<10}  {name:<3}  {day_class:<17}  {cells}  {reason}".rstrip()


def _count_rows(calendar: Calendar, period: tuple[int, int]) -> Iterator[str]:
    from simulator.calendars import period_counts, places_that_differ

    counts = period_counts(calendar, *period)
    kinds = calendar.office_kinds

    def row(label: str, numbers: dict[str, int]) -> str:
        same = len(set(numbers.values())) == 1
        said = str(numbers[kinds[0]]) if same else ", ".join(f"{HEADINGS.get(k, k)} {n}" for k, n in numbers.items())
        return f"{label:<34}{said:>4}"

    yield row("days", dict.fromkeys(kinds, counts["days"]))
    yield row("weekdays", dict.fromkeys(kinds, counts["weekdays"]))
    yield row("legal holidays on weekdays", dict.fromkeys(kinds, counts["legal_holidays"]))
    yield row("weekdays after legal holidays", dict.fromkeys(kinds, counts["after_legal_holidays"]))
    yield row("weekdays after customary closures", counts["after_customary_closures"])
    yield row("days on which the clock ticks", counts["clock_days"])
    yield row("meeting days", counts["meeting_days"])
    for kind, number, places in places_that_differ(calendar, *period):
        yield f"  but {number} for the {HEADINGS.get(kind, kind)} in {', '.join(places)}"


def _difference(chosen: Calendar, other: Calendar, period: tuple[int, int]) -> str:
    """Return a sentence on the days on which the arms differ."""
    days = sorted({line.date for line in set(chosen.lines(*period)) ^ set(other.lines(*period))})
    if not days:
        return "Baseline and proposal have the same calendar."
    runs: list[list[date]] = []
    for day in days:
        if runs and day.toordinal() == runs[-1][-1].toordinal() + 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    told = ", ".join(f"{run[0]} to {run[-1]}" if len(run) > 1 else f"{run[0]}" for run in runs)
    return f"Baseline and proposal differ on {len(days)} days: {told}."
