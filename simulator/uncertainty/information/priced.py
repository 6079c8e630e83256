"""Priced: what a decision hangs on, in mio. kr. a year, under one prior."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from simulator.uncertainty.information.deciding import Weighed
from simulator.uncertainty.information.regression import Worth, best, best_shares, everything, expected, some
from simulator.uncertainty.levers import Lever
from simulator.uncertainty.sensitivity.factors import groups_of

BY_STAGE = ("stage",)
"""How assumptions are put together where no groups are asked for."""


@dataclass(frozen=True)
class Part:
    """What it is worth to know one assumption, or some together.

    Attributes:
        name: Key of the assumption, or name of the group.
        members: Keys that it holds.
        worth: Mio. kr. a year.
    """

    name: str
    members: tuple[str, ...]
    worth: Worth


@dataclass(frozen=True)
class Priced:
    """What information is worth under one prior.

    Attributes:
        weighed: The options at the draws.
        values: What each option is worth in the mean [mio. kr. a year], the rules as they are first.
        shares: How often each is best [0-1].
        best: Which of them is best in the mean.
        perfect: What it is worth to know everything [mio. kr. a year].
        alone: What each assumption is worth, the most valuable first.
        together: What groups of them are worth, likewise.
    """

    weighed: Weighed
    values: tuple[Worth, ...]
    shares: tuple[Worth, ...]
    best: int
    perfect: Worth
    alone: tuple[Part, ...]
    together: tuple[Part, ...]

    @property
    def is_settled(self) -> bool:
        """Whether the same option is best at every draw, so that nothing more can be learnt that changes the choice."""
        return self.shares[self.best].value == 1.0

    @property
    def unlike(self) -> tuple[bool, ...]:
        """Whether each option differs from the rules as they are at any draw."""
        return tuple(np.any(self.weighed.drawn.apart != 0, axis=0).tolist())


def priced(weighed: Weighed, groups: Mapping[str, Sequence[str]]) -> Priced:
    """Return what information is worth under a prior.

    Args:
        weighed: The options at the draws.
        groups: Keys of each group; those that do not vary under the prior are left out of it.

    Raises:
        InputError: The draws are too few.
    """
    drawn, varying = weighed.drawn, weighed.varying
    perfect = everything(drawn)
    alone = {key: _part(weighed, key, (key,), perfect) for key in varying}
    together = []
    for name, members in groups.items():
        moving = tuple(key for key in members if key in varying)
        if not moving:
            continue
        part = alone[moving[0]] if len(moving) == 1 else _part(weighed, name, moving, perfect)
        least = max(alone[key].worth.value for key in moving)
        held = Worth(max(part.worth.value, least), part.worth.std_error, part.worth.parts)
        together.append(Part(name, moving, held))
    return Priced(
        weighed,
        tuple(expected(drawn)),
        tuple(best_shares(drawn)),
        best(drawn),
        perfect,
        _ordered(list(alone.values())),
        _ordered(together),
    )


def grouped(levers: Sequence[Lever], asked: Sequence[str]) -> dict[str, list[str]]:
    """Return the keys of each group that is asked for; by stage where none is.

    Args:
        levers: What is drawn.
        asked: As `sensitivity.factors.groups_of` reads it.

    Raises:
        InputError: A group cannot be read, or names what is not drawn.
    """
    found: dict[str, list[str]] = {}
    for key, group in groups_of(levers, asked or BY_STAGE).items():
        if group:
            found.setdefault(group, []).append(key)
    return found


def _part(weighed: Weighed, name: str, members: tuple[str, ...], perfect: Worth) -> Part:
    """Return what some assumptions are worth; all of them together are worth what everything is."""
    if set(members) == set(weighed.varying):
        return Part(name, members, perfect)
    known = np.stack([weighed.table.points[key] for key in members], axis=1)
    return Part(name, members, some(weighed.drawn, known, perfect.value))


def _ordered(parts: list[Part]) -> tuple[Part, ...]:
    return tuple(sorted(parts, key=lambda one: -one.worth.value))
