"""Who answers for a value, how good its evidence is, until when it holds, and who signed it off.

These are the fields of an assumptions log beside value, unit, range, source and reason. They may stand with a fact,
with a number of a scenario, or in a register (`simulator/scenario/register.py`).
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from simulator.facts.spelling import allowed, day, did_you_mean, tidy
from simulator.facts.tree import Faults, Place, Scalar, Table, join, read_file

FIELDS = ("owner", "grade", "expiry", "signed_off_by", "signed_off_on")
"""What people write of a value's standing."""
SIGNED_VALUE = "signed_value"
GRADES = Path(__file__).with_name("grades.yaml")
_SAME_SHARE = 1e-9
"""A number written out in decimals is the one that was signed within this share of it."""


@dataclass(frozen=True)
class Standing:
    """Who answers for a value, and how far it can be relied on.

    Attributes:
        owner: Who answers for it; empty where nobody is named.
        grade: Step of evidence, 1 to 5; 0 where none was given.
        expiry: Last day on which it holds, as an ISO date; empty where it has none.
        signed_off_by: Who signed it off; empty where nobody did.
        signed_off_on: Day of the signature, as an ISO date.
        signed_value: The number that was signed [unit of the value]; None where nothing was.
        note: What people noted beside it in the register.
    """

    owner: str = ""
    grade: int = 0
    expiry: str = ""
    signed_off_by: str = ""
    signed_off_on: str = ""
    signed_value: float | None = None
    note: str = ""

    def holds_for(self, value: float) -> bool:
        """Return whether a number is the one that was signed off."""
        if not self.signed_off_by or self.signed_value is None:
            return False
        return math.isclose(value, self.signed_value, rel_tol=_SAME_SHARE)


NOTHING = Standing()


@dataclass(frozen=True)
class Step:
    """A step of evidence: its number, its name in YAML, and what stands behind a value on it."""

    number: int
    name: str
    evidence: str


@cache
def grades() -> tuple[Step, ...]:
    """Return the steps of evidence, the weakest first."""
    tree = read_file(GRADES, GRADES.name)
    steps = [
        Step(int(_text(node, "step")), name, _text(node, "evidence"))
        for name, node in tree.entries.items()
        if isinstance(node, Table) and "step" in node.entries
    ]
    return tuple(sorted(steps, key=lambda step: step.number))


def with_standing(node: Table, path: str, below: Standing, value: float, faults: Faults) -> Standing:
    """Return what a table says of a value's standing, laid over what was known of it.

    Args:
        node: The table; its other fields are left alone.
        path: Path of the value.
        below: What was known.
        value: The number that a signature beside it is for [unit of the value].
        faults: Receives what is wrong.
    """
    before = faults.count
    words = {name: tidy(_text(node, name)) for name in ("owner", "signed_off_by", "note") if name in node.entries}
    days = {name: _day(node, name, path, faults) for name in ("expiry", "signed_off_on") if name in node.entries}
    grade = {"grade": _grade(node, path, faults)} if "grade" in node.entries else {}
    found = replace(below, **words, **days, **grade)  # type: ignore[arg-type]  # each field has the kind of its reader
    if faults.count == before:
        _check_signature(node, path, found, faults)
    if "signed_off_by" in node.entries:
        found = replace(found, signed_value=value if found.signed_off_by else None)
    return found


def _check_signature(node: Table, path: str, found: Standing, faults: Faults) -> None:
    if found.signed_off_by and not found.signed_off_on:
        message = "has no day; a signature without one holds for nothing; allowed: 2022-01-14 or 14.1.2022"
        faults.add(_place(node, "signed_off_by"), join(path, "signed_off_on"), message)
    if found.signed_off_on and not found.signed_off_by:
        message = "is missing; a day of a signature needs the name of who signed"
        faults.add(_place(node, "signed_off_on"), join(path, "signed_off_by"), message)
    if found.expiry and found.signed_off_on and found.expiry < found.signed_off_on:
        message = f"({found.expiry}) lies before the day of the signature ({found.signed_off_on}); allowed: a later day"
        faults.add(_place(node, "expiry"), join(path, "expiry"), message)


def _place(node: Table, name: str) -> Place:
    return node.entries[name].place if name in node.entries else node.place


def _day(node: Table, name: str, path: str, faults: Faults) -> str:
    written = _text(node, name)
    if not written:
        if not isinstance(node.entries[name], Scalar):
            faults.add(node.entries[name].place, join(path, name), "must be a day; allowed: 2022-01-14 or 14.1.2022")
        return ""
    try:
        return day(written).isoformat()
    except ValueError as wrong:
        faults.add(node.entries[name].place, join(path, name), str(wrong))
        return ""


def _grade(node: Table, path: str, faults: Faults) -> int:
    """Return a step of evidence that is given by its number or its name; 0 where nothing is written."""
    written, place = tidy(_text(node, "grade")), node.entries["grade"].place
    if not written and isinstance(node.entries["grade"], Scalar):
        return 0
    for step in grades():
        if written.lower() in (str(step.number), step.name):
            return step.number
    names = [step.name for step in grades()]
    told = allowed([f"{step.number} {step.name}" for step in grades()])
    faults.add(
        place, join(path, "grade"), f"`{written[:40]}` is no step of evidence; {told}{did_you_mean(written, names)}"
    )
    return 0


def _text(node: Table, key: str) -> str:
    found = node.entries.get(key)
    return found.text if isinstance(found, Scalar) and not found.empty else ""
