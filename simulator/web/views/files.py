"""What can be taken home of a run: its documents, figures and tables."""

from __future__ import annotations

from typing import Any

from simulator.report.language import Words
from simulator.report.reading import Run
from simulator.web.downloads import figures_of, tables_of
from simulator.web.views._told import say


def view(run: Run, words: Words, language: str) -> dict[str, Any]:
    """Return the names of the figures and tables that the run can give, with what they are called.

    Args:
        run: The run.
        words: Words of the documents.
        language: Language of the page.
    """
    return {
        "title": say(language, "files.heading"),
        "figures": [{"name": name, "text": words.text(f"figures.{name}.caption")} for name in figures_of(run)],
        "tables": list(tables_of(run)),
    }
