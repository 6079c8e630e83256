"""What moves the figure: each assumption alone from one end of its range to the other."""

from __future__ import annotations

from typing import Any

from simulator.report.driven import tornado_record
from simulator.report.language import Words
from simulator.report.reading import Run
from simulator.report.sections import drivers as told
from simulator.report.sections.telling import Telling
from simulator.report.sensitivity.telling import Told
from simulator.web.views._told import picture, sections, telling_of

JOB = "drivers"
"""The job that works them out."""


def waits(run: Run) -> str:
    """Return the job that makes what the run does not hold; empty where it holds it."""
    there = (run.folder / "tables" / "drivers.csv").is_file()
    return "" if there or run.is_control_alone else JOB


def view(run: Run, words: Words, language: str) -> dict[str, Any]:
    """Return the figure at both ends of the range of each driver.

    Args:
        run: The run.
        words: Words of the documents.
        language: Language of the page.
    """
    shown = picture("tornado", run, words)
    ranges = Told(tornado_record(run), words)
    rows = [{**row, "range": ranges.range(str(row["key"]))} for row in shown["rows"]]
    return {**shown, "rows": rows, "waits": waits(run), **_first_table(telling_of(run, words))}


def _first_table(telling: Telling) -> dict[str, Any]:
    found = sections(telling, told.drivers)
    return found | {"tables": found["tables"][:1]}
