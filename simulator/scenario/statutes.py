"""Law and orders: the dated rules that scenarios stand on, read from the facts."""

from __future__ import annotations

import copy
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from simulator.facts.read import FOLDER, listing
from simulator.facts.tree import Faults, Listing, Node, Table
from simulator.scenario.names import IN_FORCE, names
from simulator.scenario.schema import AttendanceRule, Order, RuleSet
from simulator.scenario.structure import Reader

Data = dict[str, Any]


@cache
def law_rules(facts_folder: Path = FOLDER) -> list[Data]:
    """Return the dated law on the form of conversations, first to last, as data of `AttendanceRule`.

    Raises:
        InputError: If attendance_rules.yaml is malformed.
    """
    rules = _read_list("attendance_rules", AttendanceRule, facts_folder)
    for number, rule in enumerate(rules, start=1):
        rule["name"] = rule.get("name") or f"law rule {number}"
    return rules


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


def with_orders(data: Data, facts_folder: Path) -> Data:
    """Return an arm's data with the rules of the orders that it names before its own."""
    attendance = data.get("attendance", {})
    if "orders" not in attendance:
        return data
    named = [rule for name in attendance["orders"] for rule in copy.deepcopy(orders(facts_folder)[name]["rules"])]
    return {**data, "attendance": {**attendance, "rules": [*named, *attendance.get("rules", [])]}}


def with_law(data: Data, laws: tuple[str, str], period: tuple[date, date], facts_folder: Path) -> Data:
    """Return an arm's data with the rules of the law before all others.

    Args:
        data: Data of the arm, merged.
        laws: The law that the arms share, which holds on all days, and the arm's own, which holds in the period.
        period: First and last day.
        facts_folder: Where the facts stand.
    """
    attendance = data.setdefault("attendance", {})
    if attendance.get("law", True):
        shared, own = laws
        rules = _law(shared, facts_folder)
        if own != shared:
            rules += [_within(rule, period) for rule in _law(own, facts_folder)]
        attendance["rules"] = [*(rule for rule in rules if rule is not None), *attendance.get("rules", [])]
    return data


def _law(name: str, facts_folder: Path) -> list[Data | None]:
    """Return the law of each day, or what was in force on the day of a rule set, without dates."""
    rules = copy.deepcopy(law_rules(facts_folder))
    if name == IN_FORCE:
        return list(rules)
    day = rule_sets(facts_folder)[name]["from"]
    holds = [one for one in rules if (one.get("from") or day) <= day <= (one.get("to") or day)]
    bare = [{key: content for key, content in one.items() if key not in ("from", "to")} for one in holds]
    return [{**one, "name": f"{one['name']} ({name})"} for one in bare]


def _within(rule: Data | None, period: tuple[date, date]) -> Data | None:
    """Return a rule that holds in the period at most; None where nothing of it is left."""
    assert rule is not None
    first, last = max(rule.get("from") or period[0], period[0]), min(rule.get("to") or period[1], period[1])
    return {**rule, "from": first, "to": last} if first <= last else None


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
    faults, tree = Faults(), listing(name, facts_folder)
    reader = Reader(names(facts_folder), faults)
    entries: dict[str, Node] = tree.entries if isinstance(tree, Table) else {}
    if not isinstance(tree, Table):
        faults.add(tree.place, "", "must be a table of entries by name")
    found = {key: reader.section(wanted, node, key) for key, node in entries.items()}
    faults.stop_if_any()
    return found
