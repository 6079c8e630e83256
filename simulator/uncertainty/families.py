"""Families: values that say the same of different groups, types, forms, weeks or years, and are moved together.

`attendance.take_up.jobsamtale.dagpenge` and all others below `attendance.take_up` are one family; its key is what
stands before the first part that only says whom, what or when a number holds for. Which words do is read from the
vocabulary of the facts, so that a new group or type falls into place by itself.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

import numpy as np

from simulator.facts.read import words
from simulator.scenario import Scenario, Value

Same = TypeVar("Same")

HOLDS_FOR = ("types", "groups", "forms", "office_kinds")
"""Kinds of words of the facts that say whom or what a number holds for."""
HOLDS_WHEN = re.compile(r"(week|weeks|year)_[0-9]+")
"""A part of a key that says from which week, or in which year, a number holds."""
YEAR = "year"
"""Unit of a value that names a year: in whose prices figures are told is a choice, and nothing that is uncertain."""
CENTRAL = (0.025, 0.975)
"""Quantiles that stand for the ends of a value which has a distribution and no range."""


@dataclass(frozen=True)
class Member:
    """One value of a family.

    Attributes:
        row: The value as the scenario has it.
        low: Its own lower end [its unit].
        high: Its own upper end.
    """

    row: Value
    low: float
    high: float

    def between(self, share: float) -> float:
        """Return a number on the way from the lower end (0) to the upper end (1), the ends exactly."""
        return self.high if share == 1 else self.low + share * (self.high - self.low)


@dataclass(frozen=True)
class Family:
    """Values that are moved together, each to its own end.

    Attributes:
        key: The beginning that their keys share.
        members: The values, in the order of the catalogue.
    """

    key: str
    members: tuple[Member, ...]

    @property
    def leaves(self) -> tuple[str, ...]:
        """Keys of the values."""
        return tuple(member.row.key for member in self.members)

    @property
    def unit(self) -> str:
        """Unit of all of them; empty where they differ."""
        return _alike([member.row.unit for member in self.members]) or ""

    @property
    def value(self) -> float | None:
        """Number of all of them today; None where they differ."""
        return _alike([member.row.value for member in self.members])

    @property
    def low(self) -> float | None:
        """Lower end of all of them; None where they differ."""
        return _alike([member.low for member in self.members])

    @property
    def high(self) -> float | None:
        """Upper end of all of them; None where they differ."""
        return _alike([member.high for member in self.members])

    @property
    def kind(self) -> str:
        """Their kinds: fact, derived, assumption or calibrated."""
        return "/".join(dict.fromkeys(member.row.kind for member in self.members))

    @property
    def source(self) -> str:
        """Where their numbers come from."""
        return "/".join(dict.fromkeys(member.row.source for member in self.members))

    def at(self, share: float) -> dict[str, float]:
        """Return each value on its way from its lower end (0) to its upper end (1), by key."""
        return {member.row.key: member.between(share) for member in self.members}


def family_key(key: str) -> str:
    """Return the key of the family that a value belongs to; its own where it stands alone.

    >>> family_key("attendance.take_up.jobsamtale.dagpenge")
    'attendance.take_up'
    >>> family_key("saldo.growth.wages.year_2022"), family_key("effects.params.scale")
    ('saldo.growth.wages', 'effects.params.scale')
    """
    parts = key.split(".")
    known = _vocabulary()
    first = next((at for at, part in enumerate(parts) if part in known or HOLDS_WHEN.fullmatch(part)), len(parts))
    return ".".join(parts[: max(first, 1)])


def families_of(scenario: Scenario, read: Collection[str]) -> list[Family]:
    """Return the families of all values that a run reads and that can be moved, in the order of the catalogue.

    A value in which the arms differ is what the proposal changes, and stays where it is.

    Args:
        scenario: The scenario.
        read: Keys of the values that the run reads.
    """
    found: dict[str, list[Member]] = {}
    other = scenario.proposal.values
    for row in scenario.baseline.values.rows():
        if row.key not in read or row.unit == YEAR or row.key not in other or other.row(row.key).value != row.value:
            continue
        member = _member(row)
        if member.low != member.high:
            found.setdefault(family_key(row.key), []).append(member)
    return [Family(key, tuple(members)) for key, members in found.items()]


def _member(row: Value) -> Member:
    """Return a value with its ends: those of its range, else what lies between two quantiles; its number without."""
    if row.low is not None and row.high is not None:
        return Member(row, row.low, row.high)
    if row.distribution is None:
        return Member(row, row.value, row.value)
    low, high = row.distribution.quantile(np.array(CENTRAL)).tolist()
    return Member(row, low, high)


@cache
def _vocabulary() -> frozenset[str]:
    known = words()
    return frozenset(word for kind in HOLDS_FOR for word in known[kind])


def _alike(several: list[Same]) -> Same | None:
    return several[0] if len(set(several)) == 1 else None
