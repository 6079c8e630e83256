"""Checks across the fields of one section: what each says alone may be right, but not together."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from simulator.facts.tree import Faults, Place, Table, join
from simulator.scenario.schema import AttendanceRule, ContactChange, Dated, Period, Trigger
from simulator.scenario.trial import TrialIntake

LONGEST_PERIOD_DAYS = 5 * 366
EARLIEST_YEAR = 1990
LATEST_YEAR = 2060


def check_section(model: type[BaseModel], data: dict[str, Any], node: Table, path: str, faults: Faults) -> None:
    """Note what is wrong between the fields of a section.

    Args:
        model: The section's model.
        data: Its typed data, under the names that a scenario uses.
        node: Where it is written.
        path: Its dotted path.
        faults: Receives what is wrong.
    """
    if issubclass(model, (Dated, Period, TrialIntake)):
        _order(data, node, path, faults)
    if issubclass(model, (Period, TrialIntake)):
        _length(data, node, path, faults)
    if issubclass(model, Trigger):
        _hysteresis(data, node, path, faults)
    if issubclass(model, AttendanceRule) and data.get("applies_by", "held") == "held":
        for key in ("held_from", "held_to"):
            if data.get(key):
                message = f"is for rules by the day of calling; add applies_by: called, or use `{key[5:]}`"
                faults.add(_at(node, key), join(path, key), message)
    if issubclass(model, ContactChange) and data.get("conversations_per_year") is None and data.get("scale") is None:
        faults.add(node.place, path, "changes nothing; give conversations_per_year or scale")


def _order(data: dict[str, Any], node: Table, path: str, faults: Faults) -> None:
    start, end = data.get("from"), data.get("to")
    if start and end and end < start:
        faults.add(_at(node, "to"), join(path, "to"), f"ends {end}, before it begins {start}; change one of them")
    low, high = data.get("spell_from_days", 0), data.get("spell_to_days")
    if high is not None and high <= low:
        message = f"the spell bound {high} is not above spell_from_days ({low}); no conversation fits"
        faults.add(_at(node, "spell_to_days"), join(path, "spell_to_days"), message)


def _hysteresis(data: dict[str, Any], node: Table, path: str, faults: Faults) -> None:
    least, below = data.get("at_least_per_100k"), data.get("below_per_100k")
    if least is not None and below is not None and below > least:
        message = f"lies above at_least_per_100k: the rule would end while it begins; allowed: up to {least:g}"
        faults.add(_at(node, "below_per_100k"), join(path, "below_per_100k"), message)


def _length(data: dict[str, Any], node: Table, path: str, faults: Faults) -> None:
    for key in ("from", "to"):
        if key in data and not EARLIEST_YEAR <= data[key].year <= LATEST_YEAR:
            message = f"year {data[key].year} is out of reach; allowed: {EARLIEST_YEAR} to {LATEST_YEAR}"
            faults.add(_at(node, key), join(path, key), message)
            return
    if "from" in data and "to" in data and (data["to"] - data["from"]).days >= LONGEST_PERIOD_DAYS:
        faults.add(_at(node, "to"), join(path, "to"), "the period is longer than 5 years; allowed: up to 5 years")


def _at(node: Table, key: str) -> Place:
    return node.entries[key].place if key in node.entries else node.place
