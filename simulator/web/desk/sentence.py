"""The estimate of a position in words: the sentences, the range and the marks that a brief of its run would have."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from simulator.report.blocks import Paragraph
from simulator.report.known import stated
from simulator.report.language import Words, read_words
from simulator.report.sections.opening import draft_reasons, effect_figure, estimate_sentences, key_figures
from simulator.report.sections.telling import Telling
from simulator.report.stated import sign_text, span_text
from simulator.report.story import Story, words_for
from simulator.web.desk.told import Told


def telling_of(run: Told, language: str) -> Telling:
    """Return a position being told in a language.

    Raises:
        InputError: There is no such language.
    """
    return Telling(run, words_for(run, read_words(language)))


def sentence_of(telling: Telling) -> str:
    """Return the estimate in words: the first paragraph of the brief."""
    return " ".join(estimate_sentences(telling))


def statement_of(telling: Telling) -> dict[str, Any]:
    """Return what may be said of the employment effect.

    Returns:
        By what rule it is told, with its rounded ends [kr]; `figure` and `label`, the headline as a key figure, with
        its range; `range` and `sign_text`, the range and what is said of its sign; `key_figures`, all key figures.
    """
    found, words = stated(telling.run), telling.words
    figure, label = effect_figure(telling)
    rule = {} if found is None else asdict(found)
    return {
        "word": None,
        "sign": None,
        "interval": "none",
        **rule,
        "direction": telling.story.direction,
        "change": telling.story.change,
        "figure": figure,
        "label": label,
        "range": "" if found is None else span_text(words, found),
        "sign_text": "" if found is None else sign_text(words, found),
        "key_figures": [{"figure": one, "text": text} for one, text in key_figures(telling)],
    }


def drafts_of(telling: Telling) -> list[str]:
    """Return why a document would be a draft, in sentences; none where it would not."""
    return [block.text for block in draft_reasons(telling) if isinstance(block, Paragraph)]


def plain_words(language: str, concept: str) -> Words:
    """Return the words of a language as they are for a concept."""
    return read_words(language).seen_as(concept)


__all__ = ["Story", "drafts_of", "plain_words", "sentence_of", "statement_of", "telling_of"]
