"""Checks across rules: what each says alone may be right, but not together, or not without a series of incidence."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from simulator.facts.tree import Faults, Listing, Node, Place, Table
from simulator.scenario.model import ARMS

Data = dict[str, Any]
SCOPE = ("types", "groups", "places")
"""Lists of a rule that say whom it concerns, in any order."""
WHEN = ("from", "to", "applies_by", "held_from", "held_to", "spell_from_days", "spell_to_days", "conversations")
"""Keys of a rule that say on which days and in which spells."""
WAITS = "waits for an incidence; add infection.series, a CSV file or ssi-weekly"
FREE = ("name", "source", "draft", "trigger")
"""Keys of a rule that do not say what it lets happen."""


def check_rules(trees: dict[str, Table], structure: dict[str, Data], orders: dict[str, Data], faults: Faults) -> None:
    """Note rules of one list that say different things of the same conversations, and what needs a series.

    Args:
        trees: What is written, by arm; "" is what both share.
        structure: The same, typed.
        orders: The orders by name.
        faults: Receives what is wrong.
    """
    series = structure[""].get("infection", {}).get("series")
    links = structure[""].get("infection", {}).get("links")
    if links and not series:
        place = _at(trees[""], "infection", "links").place
        faults.add(
            place, "infection.links", f"{', '.join(links)} need a series; add infection.series, such as ssi-weekly"
        )
    for arm in ("", *ARMS):
        _check_arm((trees[arm], structure[arm]), None if series else orders, (arm, faults))
    written = _at(trees[""], "decision", "options")
    for number, option in enumerate(structure[""].get("decision", {}).get("options", ())):
        tree = _proposal_of(written, number)
        if tree is not None and "proposal" in option:
            path = f"decision.options[{number + 1}].proposal"
            _check_arm((tree, option["proposal"]), None if series else orders, (path, faults))


def _proposal_of(options: Node, number: int) -> Table | None:
    """Return the rules that an option of a decision states; None where it states none."""
    if not isinstance(options, Listing) or number >= len(options.items):
        return None
    option = options.items[number]
    stated = option.entries.get("proposal") if isinstance(option, Table) else None
    return stated if isinstance(stated, Table) else None


def _check_arm(arm: tuple[Table, Data], orders: dict[str, Data] | None, noted: tuple[str, Faults]) -> None:
    """Note rules of an arm that contradict each other, and, where no series is named, what needs one."""
    tree, data = arm
    path, faults = f"{noted[0]}.attendance".removeprefix("."), noted[1]
    attendance, nodes = data.get("attendance", {}), _at(tree, "attendance", "rules")
    for first, second in _contradictions(attendance.get("rules", [])):
        message = (
            f"says something else than [{first + 1}] of the same conversations on the same days; "
            "delete one, or let them differ in days, types, groups, places or spells"
        )
        faults.add(_item(nodes, second), f"{path}.rules[{second + 1}]", message)
    if orders is not None:
        _need_series(tree, attendance, orders, (path, faults))


def _need_series(tree: Table, attendance: Data, orders: dict[str, Data], noted: tuple[str, Faults]) -> None:
    """Note the rules and orders of an arm that hang on an incidence."""
    path, faults = noted
    nodes = _at(tree, "attendance", "rules")
    for number, rule in enumerate(attendance.get("rules", [])):
        if rule.get("trigger"):
            faults.add(_item(nodes, number), f"{path}.rules[{number + 1}].trigger", WAITS)
    for name in attendance.get("orders", []):
        if any(rule.get("trigger") for rule in orders.get(name, {}).get("rules", [])):
            faults.add(_at(tree, "attendance", "orders").place, f"{path}.orders", f"{name} {WAITS}")


def _contradictions(rules: list[Data]) -> Iterator[tuple[int, int]]:
    """Yield pairs of rules with the same scope and the same days that let different things happen."""
    seen: dict[tuple[Any, ...], int] = {}
    for number, rule in enumerate(rules):
        trigger = tuple(sorted((rule.get("trigger") or {}).items()))
        scope = (*(frozenset(rule.get(key) or ()) for key in SCOPE), *(rule.get(key) for key in WHEN), trigger)
        former = seen.setdefault(scope, number)
        if former != number and _terms(rules[former]) != _terms(rule):
            yield former, number


def _terms(rule: Data) -> Data:
    return {key: content for key, content in rule.items() if key not in (*SCOPE, *WHEN, *FREE)}


def _at(tree: Table, *path: str) -> Node:
    """Return what stands at a path, or the last table on the way."""
    node: Node = tree
    for key in path:
        if not isinstance(node, Table) or key not in node.entries:
            break
        node = node.entries[key]
    return node


def _item(nodes: Node, number: int) -> Place:
    return nodes.items[number].place if isinstance(nodes, Listing) and number < len(nodes.items) else nodes.place
