"""A brief as Markdown; its figures are the files of the run folder.

A text stands so that a reader of CommonMark, with the tables of GitHub, shows the text itself: what would be a mark in
its place has a backslash before it, and nothing else has.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from simulator.report.blocks import (
    Block,
    Break,
    Bullets,
    Document,
    Figure,
    Heading,
    KeyFigures,
    Masthead,
    Paragraph,
    Span,
    Table,
)
from simulator.report.formats._letters import runs, told
from simulator.report.pictures import Pictures

NEEDS_FIGURE_FILES = True
"""Whether the document refers to files in `figures/`."""
TAKES_TEMPLATE = False
"""Whether the document can be set in a template of the reader's own."""

FENCES = {"plain": "", "strong": "**", "cite": "*"}
QUOTED = {"speech": "> ", "draft": "> ", "stamp": "> "}
MARK = re.compile(
    r"[*\[\]`]"  # always a mark
    r"|(?<![^\W_])_|_(?![^\W_])"  # not within a word
    r"|\\(?=[!-/:-@\[-`{-~]|$)"  # a backslash before what it would change
    r"|<(?=[A-Za-z/!?])"  # a tag
    r"|&(?=#?\w+;)"  # a character by its name
    r"|~(?=~)|(?<=~)~"  # struck out
    r"|(?<=:)/(?=/)|(?<=\bwww)\.|(?<=[\w.+-])@(?=\w)",  # what some readers make a link of
    re.IGNORECASE,
)
OPENING = re.compile(r"^(\s*)(?:([-+=#>~])|(\d{1,9})([.)]))(?=\s|$|[-+=#>~])|^(\s*)([>#])")
"""What would open a list, a heading, a quotation or a fence at the beginning of a line."""
CLOSING = re.compile(r"#(?=#*\s*$)")
"""What would be left out at the end of a heading."""


def write(document: Document, pictures: Pictures, template: Path | None = None) -> bytes:
    """Return a document as Markdown in UTF-8; pictures are referred to, not carried, and templates not taken."""
    parts = ["\n".join(_lines(block, document.figures)) for block in document.blocks]
    told_parts = [part for part in parts if part]
    return ("\n\n".join([*told_parts, "---", _opening(_marked(document.footer))]) + "\n").encode()


def _lines(block: Block, folder: str) -> Iterator[str]:
    match block:
        case Masthead(kind, marks):
            yield f"**{plainly(told(kind))}** · {' · '.join(map(_marked, marks))}"
        case Heading(level, text):
            yield f"{'#' * level} {CLOSING.sub(_escaped, _marked(text))}"
        case Paragraph(text, tone, label):
            yield f"{QUOTED.get(tone, '')}{_opening(f'{_label(label)}{_marked(text)}')}"
        case Bullets(items):
            yield from (f"- {_opening(_marked(item))}" for item in items)
        case KeyFigures() | Table() | Figure():
            yield from _exhibit(block, folder)
        case Break():
            yield from ()


def _label(label: str) -> str:
    return f"**{plainly(told(label))}.** " if label else ""


def _exhibit(block: KeyFigures | Table | Figure, folder: str) -> Iterator[str]:
    match block:
        case KeyFigures(items):
            yield from (f"- {_strong(figure)} {_marked(words)}" for figure, words in items)
        case Table():
            yield from _table(block)
        case Figure(name, caption, alt, notes):
            yield f"{_strong(caption)}\n\n![{plainly(told(alt))}]({folder}/{name}.svg)"
            yield from (f"\n{_opening(_marked(note))}" for note in notes)


def _table(table: Table) -> Iterator[str]:
    yield f"{_strong(table.caption)}\n"
    yield _row([_marked(head) for head in table.columns])
    yield _row(["---:" if numeric else "---" for numeric in table.numeric])
    for line in table.lines:
        # A name without its number is hard to find in bold, so the whole row is.
        mark = _strong if line.emphasis == "total" else _marked
        yield _row([mark(cell) for cell in line.cells])
    yield from (f"\n{_opening(_marked(note))}" for note in table.notes)


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cell.replace('|', BAR) for cell in cells)} |"


BAR = r"\|"


def plainly(text: str) -> str:
    """Return a text so that it is shown as it is, within a line."""
    return MARK.sub(_escaped, text)


def _escaped(found: re.Match[str]) -> str:
    return f"\\{found[0]}"


def _opening(line: str) -> str:
    """Return a line so that its beginning opens nothing."""

    def escaped(found: re.Match[str]) -> str:
        space, sign, number, point, other_space, other = found.groups()
        if number:
            return f"{space}{number}\\{point}"
        return f"{space or other_space or ''}\\{sign or other}"

    return OPENING.sub(escaped, line)


def _strong(text: str) -> str:
    return "".join(_fenced(Span(span.text, "strong") if span.style == "plain" else span) for span in runs(text))


def _marked(text: str) -> str:
    return "".join(map(_fenced, runs(text)))


def _fenced(span: Span) -> str:
    """Return a stretch between its marks; space at its ends stays outside, where marks would not be read."""
    if span.style == "code":
        return _typed(span.text)
    text = span.text.strip(" ")
    fence = FENCES[span.style] if text else ""
    before, _, after = span.text.partition(text) if text else (span.text, "", "")
    return f"{before}{fence}{plainly(text)}{fence}{after}"


def _typed(text: str) -> str:
    """Return what is typed between more grave accents than stand in it."""
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if text.startswith("`") or text.endswith("`") or (text[:1] == text[-1:] == " " and text.strip()) else ""
    return f"{fence}{pad}{text}{pad}{fence}"
