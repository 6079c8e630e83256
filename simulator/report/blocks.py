"""A document as data: blocks of text, tables and figures, which each format writes in its own way.

Text carries four marks: `**strong**`, `[[title of a work]]` and a stretch between grave accents for what is typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

Style = Literal["plain", "strong", "cite", "code"]
Tone = Literal["plain", "lead", "speech", "note", "draft"]
Emphasis = Literal["plain", "sub", "total"]

MARKS = re.compile(r"\*\*(?P<strong>.+?)\*\*|\[\[(?P<cite>.+?)\]\]|`(?P<code>.+?)`")


@dataclass(frozen=True)
class Span:
    """A stretch of text in one style."""

    text: str
    style: Style = "plain"


def spans(text: str) -> Iterator[Span]:
    """Yield the stretches of a marked text, in order."""
    end = 0
    for found in MARKS.finditer(text):
        if found.start() > end:
            yield Span(text[end : found.start()])
        for style in ("strong", "cite", "code"):
            if found[style] is not None:
                yield Span(found[style], style)
        end = found.end()
    if end < len(text):
        yield Span(text[end:])


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
    """

    caption: str
    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    numeric: tuple[bool, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Figure:
    """A figure by its name, with its caption and what it shows in words."""

    name: str
    caption: str
    alt: str
    notes: tuple[str, ...] = ()


Block: TypeAlias = Masthead | Heading | Paragraph | Bullets | KeyFigures | Table | Figure


@dataclass(frozen=True)
class Document:
    """A document: what it is called, in which language it is written, and its blocks.

    Attributes:
        title: Title, for the head of the file.
        language: Code of the language, such as `da`.
        blocks: The blocks, in order.
        footer: Line at the foot.
    """

    title: str
    language: str
    blocks: tuple[Block, ...]
    footer: str
