"""Levers: the assumptions that can be moved, each as a scenario names it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from simulator.errors import InputError
from simulator.facts.spelling import did_you_mean
from simulator.pipeline import STAGES
from simulator.scenario import Scenario, Value

if TYPE_CHECKING:
    from simulator.distributions import Distribution

Same = TypeVar("Same")

UNREAD = ""
"""The stage of a value that no stage reads."""


@dataclass(frozen=True)
class Lever:
    """One assumption that can be moved.

    Attributes:
        key: A value, or a table of values that one number sets.
        leaves: Keys of the catalogue that it sets.
        value: Today's number [unit]; None where the leaves of a table differ.
        low: Lower end of its range; None where there is none, or where those of the leaves differ.
        high: Upper end of the same.
        unit: Unit of all three.
        kind: fact, derived, assumption or calibrated.
        source: Where the number comes from.
        reason: Why this number.
        distribution: What it is drawn from, or what those of its leaves are that were set as one; None where it is not
            uncertain.
        stage: The earliest stage that reads it: delivery, effects or money; empty where none does.
    """

    key: str
    leaves: tuple[str, ...]
    value: float | None
    low: float | None
    high: float | None
    unit: str
    kind: str
    source: str
    reason: str
    distribution: Distribution | None
    stage: str


def levers_of(scenario: Scenario, stages: Mapping[str, frozenset[str]]) -> dict[str, Lever]:
    """Return every lever that a run reads and that has a range or a distribution, by key.

    Values that a layer sets with one number are one lever, unless each is drawn from something else.

    Args:
        scenario: The scenario.
        stages: Which stages read each value.
    """
    levers = (lever_at(scenario, key, stages) for key in _names(scenario, stages))
    return {one.key: one for one in levers if one.distribution is not None or None not in (one.low, one.high)}


def uncertain_levers(scenario: Scenario, stages: Mapping[str, frozenset[str]]) -> dict[str, Lever]:
    """Return those of `levers_of` that carry a distribution, without looking at the others."""
    rows = scenario.baseline.values.rows()
    drawn = {name for row in rows if row.distribution is not None for name in (row.key, row.set_as)}
    levers = (lever_at(scenario, key, stages) for key in _names(scenario, stages) if key in drawn)
    return {one.key: one for one in levers if one.distribution is not None}


def _names(scenario: Scenario, stages: Mapping[str, frozenset[str]]) -> list[str]:
    """Return the keys of all levers that a run reads: tables first, then values that stand alone."""
    values = scenario.baseline.values
    drawn_as: dict[str, set[Distribution | None]] = {}
    for row in values.rows():
        drawn_as.setdefault(row.set_as or row.key, set()).add(row.distribution)
    named = (row.set_as or row.key for row in values.rows() if row.key in stages)
    together = [name for name in dict.fromkeys(named) if len(drawn_as[name]) == 1]
    apart = {name for name, some in drawn_as.items() if len(some) > 1}
    alone = [row.key for row in values.rows() if row.key in stages and row.set_as in apart]
    return [*together, *alone]


def lever_at(scenario: Scenario, key: str, stages: Mapping[str, frozenset[str]]) -> Lever:
    """Return the lever of a value or a table of values.

    Raises:
        InputError: There is no such value, or a table has values of different units.
    """
    values = scenario.baseline.values
    leaves = (key,) if key in values else tuple(one for one in values if one.startswith(f"{key}."))
    if not leaves:
        known = {part for one in values for part in _prefixes(one)}
        message = f"there is no value or table of values `{key}`; see `saldo sources`{did_you_mean(key, known)}"
        raise InputError.one(message, "options", key)
    rows = [values.row(leaf) for leaf in leaves]
    units = sorted({row.unit for row in rows})
    if len(units) > 1:
        message = f"is a table of different units ({', '.join(units)}); name one of its values"
        raise InputError.one(message, "options", key)
    read = [leaf for leaf in leaves if leaf in stages]
    stage = next((name for name in STAGES if any(name in stages[leaf] for leaf in read)), UNREAD)
    of_read = [row for row in rows if row.key in stages] or rows
    return replace(_of_rows(key, of_read), leaves=leaves, stage=stage)


def _of_rows(key: str, rows: list[Value]) -> Lever:
    first = rows[0]
    low, high = ([getattr(row, name) for row in rows] for name in ("low", "high"))
    return Lever(
        key=key,
        leaves=(),
        value=_same(row.value for row in rows),
        low=None if None in low else min(low),
        high=None if None in high else max(high),
        unit=first.unit,
        kind="/".join(dict.fromkeys(row.kind for row in rows)),
        source="/".join(dict.fromkeys(row.source for row in rows)),
        reason=first.reason if len({row.reason for row in rows}) == 1 else "",
        distribution=_same(row.distribution for row in rows if key in (row.set_as, row.key)),
        stage=UNREAD,
    )


def _same(several: Iterable[Same]) -> Same | None:
    found = set(several)
    return found.pop() if len(found) == 1 else None


def _prefixes(key: str) -> list[str]:
    parts = key.split(".")
    return [".".join(parts[:length]) for length in range(1, len(parts) + 1)]
