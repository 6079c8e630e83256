"""What a document prints: its texts one by one, and the digits in them that no quantity of the run stands behind."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from simulator.report.blocks import (
    Block,
    Bullets,
    Document,
    Figure,
    Heading,
    KeyFigures,
    Masthead,
    Paragraph,
    Table,
    spans,
)
from simulator.report.language import Words

MONTHS = "januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december"
EXEMPT = re.compile(
    rf"\b\d{{1,2}}\.\s(?:{MONTHS})(?:\s\d{{4}})?"  # dates
    r"|\b\d{4}-\d{2}-\d{2}\b|\b(?:19|20)\d{2}\b"  # days and years
    r"|\b(?:Tabel|Figur|Table|Figure)\s\d+"  # numbers of tables and figures
    r"|§§?\s\d+[\da-z\s-]*"  # the law
    r"|\(\d+\sværdier\)|\d+ (?:kilder|oplysninger|forudsætninger)"  # how many in a list
    r"|\d+ navne"
    r"|fra uge \d+ i forløbet|fra år \d+"  # what a value is called
    r"|\d+ dage? (?=weekend|helligdag|lukk|sædvanlig|planlagt|uvarslet)"  # days counted off the calendar
    r"|(?:\d+|alle) af periodens \d+ hverdage|alle periodens \d+ hverdage"
    r"|[Kk]ørsel(?:en)? [\w-]+"  # the run
)


def without_digits(words: Words) -> Words:
    """Return the words with no digit in any sentence, so that a digit that is printed came with a value."""
    return replace(words, tree=_masked(words.tree))


def _masked(found: Any) -> Any:
    if isinstance(found, Mapping):
        return {key: _masked(below) for key, below in found.items()}
    if isinstance(found, list):
        return [_masked(below) for below in found]
    return re.sub(r"\d(?![^{]*\})", "N", found) if isinstance(found, str) else found


def texts_of(block: Block) -> Iterator[str]:
    """Yield the texts of a block, one by one."""
    match block:
        case Masthead(kind, marks):
            yield from (kind, *marks)
        case Heading(_, text):
            yield text
        case Paragraph(text, _, label):
            yield from (label, text)
        case Bullets(items):
            yield from items
        case KeyFigures(items):
            yield from (f"{figure} {words}" for figure, words in items)
        case Table():
            yield from (table_text for table_text in (block.caption, *block.columns, *block.notes))
            yield from (cell for line in block.lines for cell in line.cells)
        case Figure():
            yield from (block.caption, block.alt, *block.notes)


def printed(document: Document) -> list[str]:
    """Return all texts of a document, in order."""
    return [text for block in document.blocks for text in texts_of(block)] + [document.footer]


def loose_numbers(text: str) -> list[str]:
    """Return the digits of a text that are neither bound nor exempt, with what stands around them."""
    loose = "".join(
        "#" * len(span.text) if span.number is not None or span.style in ("code", "cite") else span.text
        for span in spans(text)
    )
    loose = EXEMPT.sub(lambda found: "#" * len(found[0]), loose)
    return [loose[max(found.start() - 15, 0) : found.end() + 12] for found in re.finditer(r"\d[\d.,]*", loose)]
