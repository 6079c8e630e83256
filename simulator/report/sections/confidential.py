"""A run with confidential figures: what may be said of it, which values are left out, and what that costs."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.report.blocks import Block, Bullets, Heading, KeyFigures, Paragraph, foreign
from simulator.report.plugs import fits
from simulator.report.sections.again import sources
from simulator.report.sections.calendar import calendar
from simulator.report.sections.opening import (
    change_sentences,
    changed_conversations,
    draft_reasons,
    effect_figure,
    effect_sentence,
    masthead,
    proposal,
    title_of,
)
from simulator.report.sections.telling import Telling
from simulator.report.sections.values import assumptions_table


def head(telling: Telling) -> Iterator[Block]:
    """Yield marks, title, why it is a draft, and the key figures that rest on no division."""
    yield masthead(telling)
    yield Heading(1, title_of(telling))
    yield from draft_reasons(telling)
    if not telling.short:
        figures = [effect_figure(telling)]
        if not few_persons(telling):
            figures += changed_conversations(telling)
        yield KeyFigures(tuple(figures))


def estimate(telling: Telling) -> Iterator[Block]:
    """Yield the estimate in words."""
    yield Heading(2, telling.say("estimate.heading"))
    few = few_persons(telling)
    changes = [telling.say("small_cells.changes")] if few else [*change_sentences(telling)]
    yield Paragraph(" ".join([*changes, effect_sentence(telling)]), "lead")


def withheld(telling: Telling) -> Iterator[Block]:
    """Yield which values are confidential, what is left out for them, and how the run is made again."""
    told = telling.run.headline.get("confidential") or {}
    names = [telling.words.key_name(key) or foreign(key) for key in told.get("values", ())]
    if names:
        yield Heading(2, telling.say("confidential.heading"))
        yield Paragraph(telling.say("confidential.used_one" if len(names) == 1 else "confidential.used"))
        yield Bullets(tuple(dict.fromkeys(names)))
        yield Paragraph(telling.say("confidential.left_out"))
        yield Paragraph(telling.say("confidential.again"), "note")
    if telling.run.headline.get("small_cells"):
        yield Heading(2, telling.say("small_cells.heading"))
        yield Paragraph(telling.say("small_cells.text"))


def days(telling: Telling) -> Iterator[Block]:
    """Yield the figures of days and weeks, where conversations are told by week."""
    if not telling.short and fits("conversations", telling.run):
        yield from calendar(telling)


def compared(telling: Telling) -> Iterator[Block]:
    """Yield what is compared with what; of a run of few persons the table of conversations tells it."""
    if not few_persons(telling):
        yield from proposal(telling)


def values(telling: Telling) -> Iterator[Block]:
    """Yield the table of the values that are not confidential."""
    if not telling.short:
        yield Heading(2, telling.say("annex.assumptions"))
        yield assumptions_table(telling)


def origins(telling: Telling) -> Iterator[Block]:
    """Yield the sources, but for the note of one page."""
    if not telling.short:
        yield from sources(telling)


def few_persons(telling: Telling) -> bool:
    """Return whether counts of the run may be among the small cells; then none is told in words."""
    return bool(telling.run.headline.get("small_cells"))
