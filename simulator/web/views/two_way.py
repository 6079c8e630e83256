"""The figure over its two largest drivers: a cell for each pair of values."""

from __future__ import annotations

from typing import Any

from simulator.report.driven import has_map, map_record
from simulator.report.language import Words
from simulator.report.reading import Run
from simulator.report.sensitivity.telling import Told
from simulator.web.views._told import picture
from simulator.web.views.drivers import waits


def view(run: Run, words: Words, language: str) -> dict[str, Any]:
    """Return the figure for each pair of values, and what the two are called.

    Args:
        run: The run.
        words: Words of the documents.
        language: Language of the page.
    """
    shown = {**picture("two_way", run, words), "waits": waits(run)}
    return {**shown, **_axes(run, words)} if has_map(run) else shown


def _axes(run: Run, words: Words) -> dict[str, Any]:
    record = map_record(run)
    told = Told(record, words)
    return {
        side: {
            "key": record[side],
            "name": told.name(record[side]),
            "unit": told.unit_of(record[side]),
            "today": told.today_of(record[side]),
            "values": record[f"values_{side}"],
            "texts": [told.value_of(record[side], value) for value in record[f"values_{side}"]],
        }
        for side in ("across", "up")
    }
