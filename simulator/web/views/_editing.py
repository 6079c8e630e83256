"""What of a scenario's days and rules can be edited on the calendar, as it can be written back in a setting."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, get_args

from simulator.facts.read import words as vocabulary
from simulator.report.municipalities import read_tiles
from simulator.scenario import Scenario
from simulator.scenario.model import ARMS
from simulator.scenario.resolved import resolved_tree
from simulator.scenario.schema import RuleKind
from simulator.web.views._told import say

LISTS = (("closures", "periods"), ("attendance", "rules"))
"""Sections and lists whose entries have days."""
WEEKS = ("calendar", "closure_weeks")
NO_SOURCE = ("", "none-found")


def editing(scenario: Scenario, language: str) -> dict[str, Any]:
    """Return the present period, closure weeks, closures and rules, each under the key that sets it.

    A list stands under the key of where the scenario has it: `closures.periods` for both arms,
    `proposal.closures.periods` for the proposal alone. Written back whole under the same key, changed or not, it
    replaces that list and no other.

    Args:
        scenario: The scenario with all that is set.
        language: Language of the words for what is allowed.
    """
    tree = resolved_tree(scenario)
    period = scenario.sections.period
    return {
        "period": {"from": period.from_.isoformat(), "to": period.to.isoformat()},
        "weeks": _weeks_of(tree),
        "lists": [one for section, name in LISTS for one in _lists(tree, section, name)],
        "orders": {arm: list(tree.get(arm, {}).get("attendance", {}).get("orders", ())) for arm in ARMS},
        "allowed": allowed(language),
    }


def allowed(language: str) -> dict[str, list[dict[str, str]]]:
    """Return the rules, types, groups, kinds of office and places that a closure or a rule may name, with words."""
    known = vocabulary()
    named = {
        kind: [{"id": name, "label": _capital(str(entry[language]))} for name, entry in known[kind].items()]
        for kind in ("types", "groups", "office_kinds")
    }
    rules = [{"id": name, "label": say(language, f"calendar.rules.{name}")} for name in get_args(RuleKind)]
    places = [{"id": tile.code, "label": tile.name} for tile in sorted(read_tiles().values(), key=_by_name)]
    return {"rules": rules, **named, "places": places}


def _by_name(tile: Any) -> str:
    return str(tile.name)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _weeks_of(tree: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the closure weeks by the key that sets them: those of both arms, and those of an arm that has its own.

    What is set for both arms is set for each, so an arm that says the same has none of its own.
    """
    both = _plain(_at(tree, *WEEKS) or [])
    found = [{"key": ".".join(WEEKS), "arm": "both", "weeks": both}]
    for arm in ARMS:
        weeks = _plain(_at(tree, arm, *WEEKS))
        if weeks is not None and weeks != both:
            found.append({"key": ".".join((arm, *WEEKS)), "arm": arm, "weeks": weeks})
    return found


def _lists(tree: Mapping[str, Any], section: str, name: str) -> list[dict[str, Any]]:
    """Return the lists of both arms and of each, with their entries as they are written."""
    found = []
    for arm in ("", *ARMS):
        path = (*([arm] if arm else []), section, name)
        entries = _plain(_at(tree, *path) or [])
        for entry in entries:
            entry.setdefault("source", "")
        unsourced = [entry["source"] in NO_SOURCE for entry in entries]
        key, whose = ".".join(path), arm or "both"
        found.append({"key": key, "list": name, "arm": whose, "entries": entries, "unsourced": unsourced})
    return found


def _at(tree: Mapping[str, Any], *path: str) -> Any:
    found: Any = tree
    for part in path:
        found = found.get(part) if isinstance(found, Mapping) else None
    return found


def _plain(found: Any) -> Any:
    """Return nested data as it is written in a file: days as texts."""
    if isinstance(found, Mapping):
        return {str(key): _plain(below) for key, below in found.items() if below is not None}
    if isinstance(found, (list, tuple)):
        return [_plain(below) for below in found]
    return found.isoformat() if isinstance(found, date) else found
