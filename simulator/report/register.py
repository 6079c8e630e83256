"""The register of assumptions as a document tells of it: what makes it a draft, and what changed since another run."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from simulator.report.reading import Row, Run
from simulator.results.standing import Status, is_used, key_of, status_of

DRAFT_ALWAYS: tuple[Status, ...] = ("expired",)
DRAFT_UNDER_REGISTER: tuple[Status, ...] = ("expired", "changed", "unsigned")
Part = Literal["value", "range", "source", "grade"]
PARTS: dict[Part, tuple[str, ...]] = {
    "value": ("value",),
    "range": ("low", "high"),
    "source": ("source",),
    "grade": ("grade",),
}
"""What of an assumption is compared between two runs, and the columns that say it."""


def started_on(run: Run) -> str:
    """Return the day on which a run was made, as an ISO date; empty where its record does not say."""
    times = run.manifest.get("time")
    return str(times.get("started", ""))[:10] if isinstance(times, dict) else ""


def under_register(run: Run) -> bool:
    """Return whether the run was made under a register, so that what is unsigned makes a document a draft."""
    return bool(run.manifest.get("register_in_force"))


def draft_items(run: Run) -> tuple[tuple[str, Status], ...]:
    """Return the assumptions that make a document a draft, by key with the reason: expired, changed or unsigned.

    What had expired on the day of the run always does. Where the scenario names a register, so does what nobody signed,
    and what was signed for another number. Published numbers need no signature.
    """
    reasons = DRAFT_UNDER_REGISTER if under_register(run) else DRAFT_ALWAYS
    on = started_on(run)
    found = ((key_of(row), status_of(row, on)) for row in run.table("assumptions") if is_used(row))
    return tuple((key, status) for key, status in found if status in reasons)


@dataclass(frozen=True)
class Change:
    """An assumption that two runs say differently.

    Attributes:
        key: Its key, with the arm before it where the arms differ.
        unit: Its unit.
        before: Its row in the earlier run; None where that did not use it.
        after: Its row in the run; None where that does not use it.
        parts: What differs; nothing where only one of the runs used it.
    """

    key: str
    unit: str
    before: Row | None
    after: Row | None
    parts: tuple[Part, ...]


def changes(run: Run, earlier: Run) -> tuple[Change, ...]:
    """Return the assumptions whose number, range, source or grade differ between two runs, of those used."""
    return tuple(_changes(_rows(earlier), _rows(run)))


def _changes(before: dict[str, Row], after: dict[str, Row]) -> Iterator[Change]:
    for key in dict.fromkeys((*after, *before)):
        one, other = before.get(key), after.get(key)
        parts = () if one is None or other is None else _parts(one, other)
        if parts or one is None or other is None:
            known = other or one
            assert known is not None
            yield Change(key, known["unit"], one, other, parts)


def _rows(run: Run) -> dict[str, Row]:
    """Return the used assumptions; where the arms differ, each under its own name, else the one of both."""
    return {key_of(row): row for row in run.table("assumptions") if is_used(row) and row.get("value")}


def _parts(one: Row, other: Row) -> tuple[Part, ...]:
    return tuple(part for part, columns in PARTS.items() if any(_differ(one, other, column) for column in columns))


def _differ(one: Row, other: Row, column: str) -> bool:
    """Return whether a column differs; one that a run of an older version lacks does not."""
    return column in one and column in other and one[column] != other[column]
