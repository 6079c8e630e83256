"""What one must believe of one value for another answer: none, half or twice as much."""

from __future__ import annotations

from typing import Any

from simulator.report.driven import Turning, turnings, turns_record
from simulator.report.language import Words
from simulator.report.reading import Run
from simulator.report.sections.belief import belief
from simulator.report.sections.drivers import turns
from simulator.report.sensitivity.telling import Told
from simulator.web.views._told import picture, sections, telling_of
from simulator.web.views.drivers import waits


def view(run: Run, words: Words, language: str) -> dict[str, Any]:
    """Return where each value alone gives none, half and twice of the estimate, and the chain one link at a time.

    Args:
        run: The run.
        words: Words of the documents.
        language: Language of the page.
    """
    shown = picture("breakeven", run, words)
    told = Told(turns_record(run), words)
    values = [_value(turning, told) for turning in turnings(run)] if shown["rows"] else []
    return {**shown, "values": values, "waits": waits(run), **sections(telling_of(run, words), belief, turns)}


def _value(turning: Turning, told: Told) -> dict[str, Any]:
    """Return a value with its range, and the marks on its scale."""
    lever = turning.lever
    return {
        "key": turning.key,
        "name": told.name(turning.key),
        "range": told.range(turning.key),
        **{end: lever[end] for end in ("low", "high", "value")},
        "turns": [
            {"goal": turn.goal, "at": turn.at, "inside": turn.inside, "text": told.value_of(turning.key, turn.at)}
            for turn in turning.turns
            if turn.at is not None
        ],
        "impossible": turning.impossible,
    }
