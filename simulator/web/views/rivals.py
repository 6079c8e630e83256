"""The same conversations under each belief of what a conversation does."""

from __future__ import annotations

from math import isclose
from typing import Any

from simulator.report.language import Words
from simulator.report.reading import Run
from simulator.report.sections.concepts import concepts
from simulator.report.sections.rivals import rivals
from simulator.web.views._told import say, sections, telling_of
from simulator.web.views.drivers import waits


def view(run: Run, words: Words, language: str) -> dict[str, Any]:
    """Return the estimate under each effect model, and under each concept.

    Args:
        run: The run.
        words: Words of the documents.
        language: Language of the page.
    """
    found = sections(telling_of(run, words), rivals, concepts)
    models = next((table for table in found["tables"] if table["name"] == "rivals"), None)
    if models is not None and not _has_estimate(run):
        models["notes"].append(say(language, "rivals.fewer"))
    return {"title": say(language, "rivals.heading"), "waits": waits(run), **found}


def _has_estimate(run: Run) -> bool:
    """Return whether one of the effect models gives the estimate itself; over fewer replications none does."""
    mean = run.estimate("saldo_mio_kr", "employment_effect").mean
    return any(isclose(float(row["saldo_mio_kr"]), mean, rel_tol=1e-9) for row in run.table("rivals"))
