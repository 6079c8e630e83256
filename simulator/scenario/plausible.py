"""Checks across the fields of one section: what each says alone may be right, but not together."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pydantic import BaseModel

from simulator.facts.tree import Faults, Place, Table, join
from simulator.scenario.prior import LEAST_PRIORS
from simulator.scenario.schema import AttendanceRule, ContactChange, Dated, DecisionSection, Period, Trigger
from simulator.scenario.trial import TrialIntake

LONGEST_PERIOD_DAYS = 5 * 366
EARLIEST_YEAR = 1990
LATEST_YEAR = 2060
BASELINE = "baseline"
"""The option that every decision has: the rules as they are."""


def check_section(model: type[BaseModel], data: dict[str, Any], node: Table, path: str, faults: Faults) -> None:
    """Note what is wrong between the fields of a section.

    Args:
        model: The section's model.
        data: Its typed data, under the names that a scenario uses.
        node: Where it is written.
        path: Its dotted path.
        faults: Receives what is wrong.
    """
    for kinds, check in CHECKS:
        if issubclass(model, kinds):
            check(data, node, path, faults)
    if issubclass(model, AttendanceRule) and data.get("applies_by", "held") == "held":
        for key in ("held_from", "held_to"):
            if data.get(key):
                message = f"is for rules by the day of calling; add applies_by: called, or use `{key[5:]}`"
                faults.add(_at(node, key), join(path, key), message)
    if issubclass(model, ContactChange) and data.get("conversations_per_year") is None and data.get("scale") is None:
        faults.add(node.place, path, "changes nothing; give conversations_per_year or scale")


def _decision(data: dict[str, Any], node: Table, path: str, faults: Faults) -> None:
    for key, reserved in (("options", (BASELINE,)), ("priors", ())):
        seen = list(reserved)
        for number, one in enumerate(data.get(key, ()), start=1):
            here, name = f"{join(path, key)}[{number}]", one.get("name", "")
            if not name:
                faults.add(_at(node, key), join(here, "name"), "is missing; a prior is told by its name")
            elif name in seen:
                taken = "the rules as they are" if name in reserved else "another of this list"
                faults.add(_at(node, key), join(here, "name"), f"`{name}` is the name of {taken}; choose another")
            seen.append(name)
    own = [one["name"] for one in data.get("options", ()) if "proposal" not in one]
    if len(own) > 1:
        message = f"{' and '.join(own)} would all be the scenario's own proposal; give all but one a `proposal`"
        faults.add(_at(node, "options"), join(path, "options"), message)
    if data.get("priors") and len(data["priors"]) < LEAST_PRIORS:
        message = (
            f"{len(data['priors'])} of them; allowed: {LEAST_PRIORS} or more, side by side, since what information is "
            "worth hangs on what is believed before; or leave them out for those of facts/priors.yaml"
        )
        faults.add(_at(node, "priors"), join(path, "priors"), message)


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


CHECKS: tuple[tuple[tuple[type[BaseModel], ...], Callable[[dict[str, Any], Table, str, Faults], None]], ...] = (
    ((Dated, Period, TrialIntake), _order),
    ((Period, TrialIntake), _length),
    ((Trigger,), _hysteresis),
    ((DecisionSection,), _decision),
)
"""Sections, and what is checked between their fields."""
