"""The bridge itself: the change of a figure in ordered steps that add up, whole number by whole number."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise

from simulator.bridge.ends import Change
from simulator.bridge.figures import Figure
from simulator.bridge.route import Mixture, Route
from simulator.errors import RunError

WITHIN = 1e-9
"""Sums of numbers that are not rounded may miss by so much of the largest of them."""


@dataclass(frozen=True)
class Point:
    """A kept run of a mixture of the two.

    Attributes:
        name: Name of its scenario and folder.
        run_id: Id of the run.
        number: The figure as its headline gives it.
        reused: Whether the run was there already.
    """

    name: str
    run_id: str
    number: float
    reused: bool


@dataclass(frozen=True)
class KeptEnd:
    """An end of the bridge as it was kept.

    Attributes:
        scenario: Name of the scenario.
        run_id: Id of the run.
        folder: Its folder.
        asked: Engine, seed and replications, in words.
        program: Version and commit of the program that made it.
        number: The figure as its headline gives it.
        std_error: Standard error of the figure; None where there is none.
    """

    scenario: str
    run_id: str
    folder: str
    asked: str
    program: str
    number: float
    std_error: float | None


@dataclass(frozen=True)
class Line:
    """A block, and what exchanging it does to the figure [smallest parts].

    Attributes:
        block: The block.
        changes: What it says differently; none where the block is the same in both runs, which makes nothing.
        in_order: Its step in the stated order.
        alone: Its effect when nothing else is exchanged; None where that cannot be run.
        in_reverse: Its step in the reverse order; None where that cannot be run.
    """

    block: str
    changes: tuple[Change, ...]
    in_order: int
    alone: int | None
    in_reverse: int | None


@dataclass(frozen=True)
class Bridge:
    """The change of a figure from one run to another.

    Attributes:
        figure: The figure.
        old: The old run as it was kept.
        new: The new run as it was kept.
        order: All blocks in the order in which they are exchanged.
        lines: A line for each block, in this order.
        points: The runs, by mixture.
        unrunnable: Mixtures that no scenario allows, and why.
        program: Version and commit of this program.
    """

    figure: Figure
    old: KeptEnd
    new: KeptEnd
    order: tuple[str, ...]
    lines: tuple[Line, ...]
    points: dict[Mixture, Point]
    unrunnable: dict[Mixture, str]
    program: str

    @property
    def route(self) -> Route:
        """The blocks that differ, in order."""
        return Route(tuple(line.block for line in self.lines if line.changes))

    @property
    def total(self) -> int:
        """The change from the old run to the new as they were kept [smallest parts]."""
        return self.figure.whole(self.new.number) - self.figure.whole(self.old.number)

    @property
    def program_and_facts(self) -> tuple[int, int]:
        """What this program makes of the old run otherwise than was kept, and the new run otherwise than it does.

        In smallest parts. Where the scenarios are the same nothing is run, and the whole change is the second.
        """
        if not self.route.blocks:
            return 0, self.total
        first, last = self.level(frozenset()), self.level(self.route.everything)
        return first - self.figure.whole(self.old.number), self.figure.whole(self.new.number) - last

    @property
    def interaction(self) -> int | None:
        """What the blocks make together beyond what each makes alone; None where one alone cannot be run."""
        alone = [line.alone for line in self.lines]
        if None in alone:
            return None
        return self.total - sum(self.program_and_facts) - sum(one for one in alone if one is not None)

    @property
    def complete(self) -> bool:
        """Whether every mixture could be run."""
        return not self.unrunnable

    def level(self, mixture: Mixture) -> int:
        """Return the figure of a mixture [smallest parts]."""
        return self.figure.whole(self.points[mixture].number)

    def check(self) -> Bridge:
        """Return the bridge itself if it adds up.

        Raises:
            RunError: It does not; says where.
        """
        beside = sum(self.program_and_facts)
        sums = {"in the stated order": sum(line.in_order for line in self.lines) + beside}
        reverse = [line.in_reverse for line in self.lines if line.in_reverse is not None]
        if len(reverse) == len(self.lines):
            sums["in the reverse order"] = sum(reverse) + beside
        if self.interaction is not None:
            alone = sum(line.alone or 0 for line in self.lines)
            sums["alone, with the interaction"] = alone + self.interaction + beside
        broken = [f"{name}: {found} is not {self.total}" for name, found in sums.items() if found != self.total]
        broken += self._broken_floats()
        if broken:
            raise RunError("the steps of the bridge do not add up: " + "; ".join(broken))
        return self

    def _broken_floats(self) -> list[str]:
        """Return where the numbers as they are, not rounded, do not add up to the change."""
        levels = [self.points[mixture].number for mixture in self.route.chain()] if self.route.blocks else []
        levels = [self.old.number, *levels, self.new.number]
        found = math.fsum(after - before for before, after in pairwise(levels))
        whole = self.new.number - self.old.number
        largest = max(1.0, *map(abs, levels))
        return [] if abs(found - whole) <= WITHIN * largest else [f"not rounded: {found!r} is not {whole!r}"]


def line_of(
    block: str, changes: tuple[Change, ...], route: Route, points: dict[Mixture, Point], figure: Figure
) -> Line:
    """Return the line of a block.

    Args:
        block: The block.
        changes: What it says differently.
        route: The blocks that differ.
        points: The runs, by mixture.
        figure: The figure.
    """
    if not changes:
        return Line(block, (), 0, 0, 0)

    def made(mixtures: tuple[Mixture, Mixture]) -> int | None:
        found = [points.get(mixture) for mixture in mixtures]
        before, after = (None if point is None else figure.whole(point.number) for point in found)
        return None if before is None or after is None else after - before

    in_order = made(route.in_order(block))
    assert in_order is not None, "the chain of the stated order was run"
    return Line(block, changes, in_order, made(route.alone(block)), made(route.in_reverse(block)))
