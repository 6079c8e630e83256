"""The assumptions: what the figures can tell of digital conversations, what was calibrated, and what is a draft."""

from __future__ import annotations

from typing import Any

from simulator.report.language import Words
from simulator.report.reading import Run
from simulator.report.register import draft_items
from simulator.report.sections.assumptions import assumptions
from simulator.web.views._told import say, sections, telling_of


def view(run: Run, words: Words, language: str) -> dict[str, Any]:
    """Return the sentences and the table of the values that the run used, and which of them make it a draft.

    Args:
        run: The run.
        words: Words of the documents.
        language: Language of the page.
    """
    drafts = [{"key": key, "name": words.key_name(key) or key, "why": status} for key, status in draft_items(run)]
    return {"title": say(language, "assumptions.heading"), "drafts": drafts,
            **sections(telling_of(run, words), assumptions)}  # fmt: skip
