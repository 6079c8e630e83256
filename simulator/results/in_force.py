"""Which rule is in force from which day to which, where and why, in plain words."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from datetime import date
from itertools import groupby

from simulator.calendars import RuleOn
from simulator.facts.read import table
from simulator.results.days import rules_in_force
from simulator.results.rules import rules_table
from simulator.results.setting import Setting

MOST_PLACES = 6
"""Municipalities that are named; of more only the number is told."""


def rule_lines(setting: Setting, arm: int) -> Iterator[str]:
    """Yield what is in force in an arm: stretches of days by kind of office, then each rule and why it holds.

    Args:
        setting: The ground of the run.
        arm: Number of the arm.
    """
    yield "Rules in force:"
    named: dict[str, None] = {}
    calendar, rule_on = setting.calendars[arm], rules_in_force(setting, (arm,))
    for kind in calendar.office_kinds:
        for places, days in _stretches(setting, kind, rule_on):
            for names, (start, end) in days:
                named.update(dict.fromkeys(names.split(" / ")))
                yield f"  {kind:<20}{_day(start)} to {_day(end)}  {names}{_where(places, len(setting.places))}"
    yield ""
    rows = rules_table(setting)
    rows = rows[rows["arm"] == setting.scenario.arms[arm].name]
    for row in rows.to_dict("records"):
        if row["rule"] in named:
            draft = ", not confirmed" if row["draft"] else ""
            yield f"  {row['rule']}: {row['kind'].replace('_', ' ')}{_whom(row)}"
            yield f"    {row['why']} [{row['source']}{draft}]"


def _stretches(
    setting: Setting, kind: str, rule_on: RuleOn
) -> Iterator[tuple[list[str], list[tuple[str, tuple[int, int]]]]]:
    """Yield groups of places that share their rules, each with (names, (first day, last day)) in order."""
    first, last = setting.period
    by_rules: dict[tuple[tuple[str, tuple[int, int]], ...], list[str]] = {}
    for code in setting.places:
        runs = []
        for names, days in groupby(range(first, last + 1), key=lambda day: rule_on(day, kind, code)):
            found = list(days)
            runs.append((str(names), (found[0], found[-1])))
        by_rules.setdefault(tuple(runs), []).append(code)
    for runs_of, places in by_rules.items():
        yield places, list(runs_of)


def _where(places: list[str], count: int) -> str:
    if len(places) == count:
        return ""
    names = {str(row["municipality_code"]): str(row["name"]) for row in table("municipalities")}
    told = ", ".join(names[code] for code in places[:MOST_PLACES])
    return f"  in {told}" + (f" and {len(places) - MOST_PLACES} more" if len(places) > MOST_PLACES else "")


def _whom(row: Mapping[Hashable, object]) -> str:
    """Return whom a rule concerns, where that is not everybody."""
    found = [str(row[name]).replace(",", ", ") for name in ("types", "groups") if row[name]]
    if row["conversations"] != "all":
        found.append(f"{row['conversations']} conversations of a spell")
    if row["spell_from_days"] or row["spell_to_days"]:
        to = f" to {row['spell_to_days']}" if row["spell_to_days"] else " on"
        found.append(f"day {row['spell_from_days']}{to} of the spell")
    if row["applies_by"] == "called":
        bounds = {"called from": "from", "called to": "to", "held from": "held_from", "held to": "held_to"}
        found += [f"{words} {row[key]}" for words, key in bounds.items() if row[key]]
    return f" ({'; '.join(found)})" if found else ""


def _day(ordinal: int) -> str:
    return date.fromordinal(ordinal).isoformat()
