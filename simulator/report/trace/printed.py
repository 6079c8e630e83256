"""Numbers as a brief or an annex prints them: each bound number of it that stands within the words asked for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from simulator.errors import InputError
from simulator.report.annex.page import compose as compose_annex
from simulator.report.blocks import Block, Bullets, Document, Figure, Heading, KeyFigures, Paragraph, Table, spans
from simulator.report.bound import Quantity
from simulator.report.brief import compose
from simulator.report.informed import has_any
from simulator.report.language import NO_BREAK, languages, read_words
from simulator.report.reading import Run
from simulator.report.sections.telling import Telling
from simulator.report.story import words_for

MOST_TOLD = 160
"""A sentence is told up to so many characters."""


@dataclass(frozen=True)
class Printed:
    """A bound number of a document.

    Attributes:
        language: Language of the document.
        text: The number as it is printed.
        sentence: What stands around it.
        quantity: The number.
    """

    language: str
    text: str
    sentence: str
    quantity: Quantity


def texts(blocks: tuple[Block, ...]) -> Iterator[str]:
    """Yield the marked texts of blocks; of a row of a table all cells, the name before each."""
    for block in blocks:
        match block:
            case Heading(_, text) | Paragraph(text, _, _):
                yield text
            case Bullets(items):
                yield from items
            case KeyFigures(items):
                yield from (f"{figure} {words}" for figure, words in items)
            case Table():
                yield block.caption
                for line in block.lines:
                    yield from (f"{line.cells[0]}: {cell}" for cell in line.cells[1:])
                yield from block.notes
            case Figure(_, caption, alt, notes):
                yield from (caption, alt, *notes)


def _found(document: Document, wanted: str) -> Iterator[Printed]:
    for text in texts(document.blocks):
        stretches = [(span.text.replace(NO_BREAK, " "), span.number) for span in spans(text)]
        plain = "".join(stretch for stretch, _ in stretches)
        for start in _starts(plain, wanted):
            end, at = start + len(wanted), 0
            for stretch, number in stretches:
                inside = at < end and at + len(stretch) > start
                if number is not None and inside:
                    yield Printed(document.language, stretch, _sentence(plain, at), document.numbers[number])
                at += len(stretch)


def _starts(plain: str, wanted: str) -> Iterator[int]:
    """Yield where words stand in a text, and not within a longer number or word."""
    start = plain.find(wanted)
    while start >= 0:
        before, after = plain[start - 1 : start], plain[start + len(wanted) : start + len(wanted) + 2]
        longer = (before.isalnum() and wanted[0].isalnum()) or (before in ".,−" and wanted[0].isdigit() and start > 0)
        longer = longer or (after[:1].isalnum() and wanted[-1].isalnum())
        if not longer and not (wanted[-1].isdigit() and after[:1] in (".", ",") and after[1:].isdigit()):
            yield start
        start = plain.find(wanted, start + 1)


def _sentence(plain: str, at: int) -> str:
    """Return the words around a place, cut at the ends of its sentence or where they are many."""
    start = max(plain.rfind(". ", 0, at) + 2, 0) if ". " in plain[:at] else 0
    if start < at - MOST_TOLD // 2:
        start = plain.find(" ", at - MOST_TOLD // 2, at) + 1 or at
    return plain[start : start + MOST_TOLD].rsplit(" ", 1 if len(plain) > start + MOST_TOLD else 0)[0].strip()


def printed(run: Run, wanted: str) -> list[Printed]:
    """Return the bound numbers of the briefs and annexes of a run, in every language, that stand within some words.

    Raises:
        InputError: No bound number stands there.
    """
    words = " ".join(wanted.replace(NO_BREAK, " ").split())
    if not words:
        raise InputError.one("no words within the quotation marks", path="FIGURE")
    found: list[Printed] = []
    for language in languages():
        told = words_for(run, read_words(language))
        found += _found(compose(Telling(run, told)), words)
        if has_any(run):
            found += _found(compose_annex(run, told), words)
    unique = {(one.language, one.sentence, one.text, str(one.quantity.expression)): one for one in found}
    if not unique:
        raise InputError.one(
            f"no bound number of the brief stands within {words!r}; give the words as printed", path="FIGURE"
        )
    return list(unique.values())
