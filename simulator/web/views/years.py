"""Kroner by financial year: a bar a year and one for the whole with its range, and who bears it."""

from __future__ import annotations

from itertools import accumulate
from typing import Any

from simulator.report.language import Words
from simulator.report.reading import Run
from simulator.report.sections.years import consequences
from simulator.report.story import Story
from simulator.web.views._told import picture, sections, telling_of


def view(run: Run, words: Words, language: str) -> dict[str, Any]:
    """Return the effect by year, added up over the years, and the table of years, accounts and authorities.

    Args:
        run: The run.
        words: Words of the documents.
        language: Language of the page.
    """
    shown = picture("years", run, words)
    # Of a lasting rule the last column is a year of full effect, and not a sum.
    single = [] if Story(run).full_years else [row["effect_mio_kr"] for row in shown["rows"][:-1]]
    return {**shown, "added_up": list(accumulate(single)), **sections(telling_of(run, words), consequences)}
