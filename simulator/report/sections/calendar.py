"""The days of the period on which conversations are held, and the conversations week by week."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.report.blocks import Block, Heading
from simulator.report.plugs import fits
from simulator.report.sections.reckoning import figure
from simulator.report.sections.telling import Telling


def calendar(telling: Telling) -> Iterator[Block]:
    """Yield the figures of the days and of the conversations by week, and of queues and years where they matter."""
    yield Heading(2, telling.say("annex.calendar"))
    yield figure(telling, "calendar")
    if telling.run.held:
        yield figure(telling, "conversations")
    if telling.story.change in ("volume", "both") and fits("queue", telling.run):
        yield figure(telling, "queue")
    if fits("replay", telling.run):
        yield figure(telling, "replay")
