"""The days of the period on which conversations are held, and the conversations week by week."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.report.blocks import Block, Heading
from simulator.report.sections.reckoning import figure
from simulator.report.sections.telling import Telling


def calendar(telling: Telling) -> Iterator[Block]:
    """Yield the figure of the days, and that of the conversations where the run has them by week."""
    yield Heading(2, telling.say("annex.calendar"))
    yield figure(telling, "calendar")
    if telling.run.held:
        yield figure(telling, "conversations")
