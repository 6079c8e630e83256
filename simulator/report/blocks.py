"""A document as data: blocks of text, tables and figures, which each format writes in its own way.

Text carries three marks: `**strong**`, `[[title of a work]]` and a stretch between grave accents for what is typed.
Beside them every number that is bound to the run carries a mark of its own (`bound.py`). `spans` reads them all;
`plain` leaves them out. Text that others wrote, such as a title of a scenario, goes through `foreign` first: no
character of it is a mark then, and none turns the direction of reading.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from simulator.report.bound import Quantity, numbers_of

Style = Literal["plain", "strong", "cite", "code"]
Tone = Literal["plain", "lead", "speech", "note", "draft", "stamp"]
Emphasis = Literal["plain", "sub", "total"]

MARKS = re.compile(r"\*\*(?P<strong>.+?)\*\*|\[\[(?P<cite>.+?)\]\]|`(?P<code>.+?)`", re.DOTALL)
KEPT_OFF = {ord(mark): chr(0xF000 + at) for at, mark in enumerate("*[]`")}
"""Stand-ins for characters of foreign text that would be marks."""
GIVEN_BACK = {ord(stand_in): chr(mark) for mark, stand_in in KEPT_OFF.items()}
UNSEEN = frozenset(("Cc", "Cf", "Co", "Cs", "Cn"))
"""Kinds of characters that are not seen: control, direction of reading, private use, halves of pairs, none at all."""
SOFT_HYPHEN = "\N{SOFT HYPHEN}"


@dataclass(frozen=True)
class Span:
    """A stretch of text in one style.

    Attributes:
        text: The text, without marks.
        style: Its style.
        number: Index in the document's `numbers` of the quantity that it writes; None where it writes none.
    """

    text: str
    style: Style = "plain"
    number: int | None = None


def spans(text: str) -> Iterator[Span]:
    """Yield the stretches of a marked text, in order."""
    for stretch, style in _styled(text):
        for part, number in numbers_of(stretch):
            if part:
                yield Span(part.translate(GIVEN_BACK), style, number)


def plain(text: str) -> str:
    """Return a marked text as its reader sees it, without marks."""
    return "".join(span.text for span in spans(text))


def foreign(text: str) -> str:
    """Return a text that others wrote so that it comes out as it is, on one line, in every format."""
    spaced = " ".join(text.split())
    seen = (char for char in spaced if char == SOFT_HYPHEN or unicodedata.category(char) not in UNSEEN)
    return "".join(seen).translate(KEPT_OFF)


def _styled(text: str) -> Iterator[tuple[str, Style]]:
    end = 0
    styles: tuple[Style, ...] = ("strong", "cite", "code")
    for found in MARKS.finditer(text):
        if found.start() > end:
            yield text[end : found.start()], "plain"
        yield from ((found[style], style) for style in styles if found[style] is not None)
        end = found.end()
    if end < len(text):
        yield text[end:], "plain"


@dataclass(frozen=True)
class Masthead:
    """The line at the head: kind of document and its marks, such as draft, run and date of knowledge."""

    kind: str
    marks: tuple[str, ...]


@dataclass(frozen=True)
class Heading:
    """A heading; level 1 is the title of the document."""

    level: int
    text: str


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of marked text in a tone; `label` stands before a speaking line or a draft's reason."""

    text: str
    tone: Tone = "plain"
    label: str = ""


@dataclass(frozen=True)
class Bullets:
    """A list of marked texts."""

    items: tuple[str, ...]


@dataclass(frozen=True)
class KeyFigures:
    """The few figures that the reader takes away: pairs of figure and words."""

    items: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Line:
    """A row of a table: its cells, the first of which names it."""

    cells: tuple[str, ...]
    emphasis: Emphasis = "plain"


@dataclass(frozen=True)
class Table:
    """A table with its caption above and its notes below.

    Attributes:
        caption: Number and title.
        columns: Headings; the first is that of the row names.
        lines: Rows.
        numeric: Whether each column is set flush right.
        notes: Lines below, such as remarks and sources.
        name: What it is asked for by, such as `chain`; the same in every language.
    """

    caption: str
    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    numeric: tuple[bool, ...]
    notes: tuple[str, ...] = ()
    name: str = ""


@dataclass(frozen=True)
class Figure:
    """A figure by its name, with its caption and what it shows in words."""

    name: str
    caption: str
    alt: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Break:
    """What follows begins on a new page, where a format has pages."""


Block: TypeAlias = Masthead | Heading | Paragraph | Bullets | KeyFigures | Table | Figure | Break


@dataclass(frozen=True)
class Document:
    """A document: what it is called, in which language it is written, and its blocks.

    Attributes:
        title: Title, for the head of the file.
        language: Code of the language, such as `da`.
        blocks: The blocks, in order.
        footer: Line at the foot.
        page: How a page is numbered, with `{page}` and `{pages}` for the numbers.
        figures: Folder of the figures as files, from where the document stands.
        numbers: The quantities that the texts write; a span names one by its index.
        dense: Whether it is to fit on one page.
    """

    title: str
    language: str
    blocks: tuple[Block, ...]
    footer: str
    page: str = "{page}/{pages}"
    figures: str = "figures"
    numbers: tuple[Quantity, ...] = ()
    dense: bool = False
