"""Law and orders: the dated rules that scenarios stand on, read from the facts."""

from __future__ import annotations

import copy
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from simulator.facts.read import FOLDER, listing
from simulator.facts.tree import Faults, Listing, Node, Table
from simulator.scenario.names import IN_FORCE, names
from simulator.scenario.prior import Prior
from simulator.scenario.schema import AttendanceRule, ClosedGroup, ContactLaw, DeliverySection, Order, RuleSet
from simulator.scenario.structure import Reader

Data = dict[str, Any]


LISTS: dict[tuple[str, str], tuple[str, type[BaseModel]]] = {
    ("attendance", "rules"): ("attendance_rules", AttendanceRule),
    ("demand", "contact_changes"): ("contact_rules", ContactLaw),
    ("demand", "closed_groups"): ("closed_groups", ClosedGroup),
}
"""Lists of an arm that begin with the law, and the facts file and the model of each."""


@cache
def dated_law(name: str, facts_folder: Path = FOLDER) -> list[Data]:
    """Return the dated law of a facts file of `LISTS`, first to last, as data of its model.

    Raises:
        InputError: If the file is malformed.
    """
    wanted = next(model for file, model in LISTS.values() if file == name)
    if not (facts_folder / f"{name}.yaml").is_file():  # a facts folder need not have all of them
        return []
    entries = _read_list(name, wanted, facts_folder)
    for number, entry in enumerate(entries, start=1):
        entry["name"] = entry.get("name") or f"law rule {number}"
    return entries


@cache
def orders(facts_folder: Path = FOLDER) -> dict[str, Data]:
    """Return the orders by name, as data of `Order`; a rule without a name or source has that of its order.

    Raises:
        InputError: If orders.yaml is malformed.
    """
    found = _read_table("orders", Order, facts_folder)
    for name, order in found.items():
        for rule in order["rules"]:
            given = {"name": rule.get("name") or name.replace("-", " "), "source": rule.get("source", order["source"])}
            rule.update({"draft": order.get("draft", False), **given})
    return found


@cache
def rule_sets(facts_folder: Path = FOLDER) -> dict[str, Data]:
    """Return the rule sets of the law by name, as data of `RuleSet`.

    Raises:
        InputError: If law.yaml is malformed.
    """
    return _read_table("law", RuleSet, facts_folder)


@cache
def shipped_priors(facts_folder: Path = FOLDER) -> tuple[Prior, ...]:
    """Return the priors that stand side by side where a scenario states none, in their order.

    Raises:
        InputError: If priors.yaml is malformed.
    """
    found = _read_table("priors", Prior, facts_folder)
    return tuple(Prior.model_validate({"name": name, **one}) for name, one in found.items())


def with_orders(data: Data, facts_folder: Path) -> Data:
    """Return an arm's data with the rules of the orders that it names before its own."""
    attendance = data.get("attendance", {})
    if "orders" not in attendance:
        return data
    named = [rule for name in attendance["orders"] for rule in copy.deepcopy(orders(facts_folder)[name]["rules"])]
    return {**data, "attendance": {**attendance, "rules": [*named, *attendance.get("rules", [])]}}


def with_law(data: Data, laws: tuple[str, str], period: tuple[date, date], facts_folder: Path) -> Data:
    """Return an arm's data with the law before everything else in its lists.

    Args:
        data: Data of the arm, merged.
        laws: The law that the arms share, which holds on all days, and the arm's own, which holds in the period.
        period: First and last day.
        facts_folder: Where the facts stand.
    """
    shared, own = laws
    simulated = _simulated(data, period)
    for (section, key), (name, _) in LISTS.items():
        into = data.setdefault(section, {})
        if not data["attendance"].get("law", True) and section == "attendance":
            continue
        entries = _law(name, shared, facts_folder)
        if own != shared:
            entries = [part for entry in entries for part in _outside(entry, period)]
            entries += [part for entry in _law(name, own, facts_folder) for part in _inside(entry, period)]
        if name == "contact_rules":
            entries = _of_contact(entries, into.get("contact_rule", "observed"))
        into[key] = [*(one for one in entries if _inside(one, simulated)), *into.get(key, [])]
    return data


def _law(name: str, law: str, facts_folder: Path) -> list[Data]:
    """Return the law of each day, or what was in force on the day of a rule set, without dates."""
    entries = copy.deepcopy(dated_law(name, facts_folder))
    if law == IN_FORCE:
        return entries
    day = rule_sets(facts_folder)[law]["from"]
    holds = [one for one in entries if (one.get("from") or day) <= day <= (one.get("to") or day)]
    bare = [{key: content for key, content in one.items() if key not in ("from", "to")} for one in holds]
    return [{**one, "name": f"{one['name']} ({law})"} for one in bare]


def _inside(entry: Data, period: tuple[date, date]) -> list[Data]:
    """Return an entry as far as it holds in the period."""
    first, last = max(entry.get("from") or period[0], period[0]), min(entry.get("to") or period[1], period[1])
    return [{**entry, "from": first, "to": last}] if first <= last else []


def _outside(entry: Data, period: tuple[date, date]) -> list[Data]:
    """Return an entry as far as it holds before the period, and after it."""
    before, after = period[0] - timedelta(days=1), period[1] + timedelta(days=1)
    first, last = entry.get("from"), entry.get("to")
    found = [{**entry, "to": min(last or before, before)}] if first is None or first <= before else []
    if last is None or last >= after:
        found.append({**entry, "from": max(first or after, after)})
    return found


def _of_contact(entries: list[Data], contact_rule: str) -> list[Data]:
    """Return the changes of one contact rule."""
    found = [entry for entry in entries if entry.get("rule", "both") in ("both", contact_rule)]
    return [{**{key: content for key, content in entry.items() if key != "rule"}, "law": True} for entry in found]


def _simulated(data: Data, period: tuple[date, date]) -> tuple[date, date]:
    """Return the first and the last day that can be simulated around a period."""
    delivery = DeliverySection.model_validate(data.get("delivery", {}))
    before, after = delivery.warm_up_weeks + 1, delivery.run_on_weeks.most + 1
    return period[0] - timedelta(weeks=before), period[1] + timedelta(weeks=after)


def _read_list(name: str, wanted: type[BaseModel], facts_folder: Path) -> list[Data]:
    faults, tree = Faults(), listing(name, facts_folder)
    reader = Reader(names(facts_folder), faults)
    items = tree.items if isinstance(tree, Listing) else ()
    if not isinstance(tree, Listing):
        faults.add(tree.place, "", "must be a list of rules")
    found = [reader.section(wanted, item, f"[{number}]") for number, item in enumerate(items, start=1)]
    faults.stop_if_any()
    return found


def _read_table(name: str, wanted: type[BaseModel], facts_folder: Path) -> dict[str, Data]:
    if not (facts_folder / f"{name}.yaml").is_file():  # a facts folder need not have all of them
        return {}
    faults, tree = Faults(), listing(name, facts_folder)
    reader = Reader(names(facts_folder), faults)
    entries: dict[str, Node] = tree.entries if isinstance(tree, Table) else {}
    if not isinstance(tree, Table):
        faults.add(tree.place, "", "must be a table of entries by name")
    found = {key: reader.section(wanted, node, key) for key, node in entries.items()}
    faults.stop_if_any()
    return found
