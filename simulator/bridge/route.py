"""The way from the old run to the new one: which mixtures of the two are run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from simulator.bridge.blocks import BLOCKS

Mixture: TypeAlias = frozenset[str]
"""The blocks that are the new run's; all else is the old run's."""


@dataclass(frozen=True)
class Route:
    """The blocks that differ, in the order in which they are exchanged.

    Attributes:
        blocks: The blocks.
    """

    blocks: tuple[str, ...]

    @property
    def everything(self) -> Mixture:
        """All blocks that differ: the new run."""
        return frozenset(self.blocks)

    def in_order(self, block: str) -> tuple[Mixture, Mixture]:
        """Return the mixtures before and after a block is exchanged in the stated order."""
        return _around(self.blocks, block)

    def in_reverse(self, block: str) -> tuple[Mixture, Mixture]:
        """Return the mixtures before and after a block is exchanged in the reverse order."""
        return _around(self.blocks[::-1], block)

    def alone(self, block: str) -> tuple[Mixture, Mixture]:
        """Return the old run and the old run with this block alone exchanged."""
        return frozenset(), frozenset({block})

    def chain(self) -> list[Mixture]:
        """Return the mixtures of the stated order, from the old run to the new."""
        return [frozenset(self.blocks[:number]) for number in range(len(self.blocks) + 1)]

    def mixtures(self) -> list[Mixture]:
        """Return every mixture that is needed, each once: the chain, the reverse chain, and each block alone."""
        reverse = [frozenset(self.blocks[number:]) for number in range(len(self.blocks), -1, -1)]
        alone = [frozenset({block}) for block in self.blocks]
        return list(dict.fromkeys((*self.chain(), *reverse, *alone)))


def _around(blocks: tuple[str, ...], block: str) -> tuple[Mixture, Mixture]:
    before = frozenset(blocks[: blocks.index(block)])
    return before, before | {block}


def sorted_blocks(mixture: Mixture) -> list[str]:
    """Return the blocks of a mixture in the stated order."""
    return [block for block in BLOCKS if block in mixture]


def order_that_runs(blocks: tuple[str, ...], runs: Callable[[Mixture], bool]) -> tuple[str, ...] | None:
    """Return an order in which every mixture of the chain can be run; None where there is none.

    The order that is given is kept as far as it can be. A mixture is tried once.

    Args:
        blocks: The blocks, in the order that was asked for.
        runs: Whether a mixture can be run.
    """
    dead: set[Mixture] = set()

    def onward(done: tuple[str, ...]) -> tuple[str, ...] | None:
        mixture = frozenset(done)
        if mixture in dead:
            return None
        if runs(mixture):
            if len(done) == len(blocks):
                return done
            for block in blocks:
                found = onward((*done, block)) if block not in done else None
                if found is not None:
                    return found
        dead.add(mixture)
        return None

    return onward(())
