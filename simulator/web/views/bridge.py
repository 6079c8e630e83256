"""From conversations to kroner: which conversations change form, what they are worth, and the chain as a table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from simulator.report.blocks import Block, Paragraph
from simulator.report.language import Words
from simulator.report.reading import Run
from simulator.report.sections.reckoning import chain_table, product_sentence
from simulator.report.sections.telling import Telling
from simulator.web.views._told import picture, sections, telling_of


def view(run: Run, words: Words, language: str) -> dict[str, Any]:
    """Return the way from conversations due to those that change form, the terms of the kroner, and the chain.

    Args:
        run: The run.
        words: Words of the documents.
        language: Language of the page.
    """
    from simulator.report.figures.bridge import terms_of

    shown = picture("bridge", run, words)
    terms = [{"sign": sign, "number": number, "label": told} for sign, number, told in terms_of(run, words)]
    return {**shown, "terms": terms if shown["rows"] else [], **sections(telling_of(run, words), _chain)}


def _chain(telling: Telling) -> Iterator[Block]:
    yield Paragraph(product_sentence(telling))
    yield chain_table(telling)
