"""Recorded: what an engine found in all replications, kept, so that it can be told again without being simulated.

What was recorded is itself an engine: a run that is given it does everything that any run does, but for holding the
conversations a second time, and comes out the same to the last bit.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import closing
from dataclasses import dataclass, replace

from simulator.delivery.counts import Counts
from simulator.delivery.engines import Replicated


@dataclass(frozen=True, eq=False)
class Recorded:
    """An engine that tells again what another found.

    Attributes:
        found: What is kept of each replication, from replication 0 on.
        whole: What was counted in all of them.
    """

    found: tuple[Replicated, ...]
    whole: Counts

    def replications(self, numbers: range) -> Generator[Replicated]:
        """Yield what was kept of each replication; none that was not recorded may be asked for."""
        assert numbers.stop <= len(self.found), "only what was recorded can be told again"
        yield from self.found[numbers.start : numbers.stop]

    def counts(self) -> Counts:
        """Return what was counted."""
        return self.whole

    @property
    def mean(self) -> Replicated:
        """All replications as one, whose counts are the means."""
        whole = self.found[0]
        for one in self.found[1:]:
            whole = whole.plus(one)
        return whole


def recorded(
    told: Generator[Replicated], counts: Callable[[], Counts], step: Callable[[], None] = lambda: None
) -> Recorded:
    """Return what an engine finds, kept.

    Args:
        told: The replications as the engine tells them, from replication 0 on.
        counts: Returns what the engine counted in those that it has told.
        step: Called after each of them.

    Raises:
        RunError: A law is broken.
    """
    found = []
    with closing(told) as replications:
        for one in replications:
            found.append(replace(one, log=None))
            step()
    return Recorded(tuple(found), counts())
