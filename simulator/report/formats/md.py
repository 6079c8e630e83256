"""A brief as Markdown; its figures are the files of the run folder."""

from __future__ import annotations

from collections.abc import Iterator

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
    plain,
    spans,
)
from simulator.report.pictures import Pictures

NEEDS_FIGURE_FILES = True
"""Whether the document refers to files in `figures/`."""

FENCES = {"plain": "", "strong": "**", "cite": "*", "code": "`"}


def write(document: Document, pictures: Pictures) -> bytes:
    """Return a document as Markdown in UTF-8; pictures are referred to, not carried."""
    parts = ["\n".join(_lines(block, document.figures)) for block in document.blocks]
    return ("\n\n".join([*parts, "---", _marked(document.footer)]) + "\n").encode()


def _lines(block: Block, folder: str) -> Iterator[str]:
    match block:
        case Masthead(kind, marks):
            yield f"**{kind}** · {' · '.join(map(plain, marks))}"
        case Heading(level, text):
            yield f"{'#' * level} {_marked(text)}"
        case Paragraph(text, tone, label):
            lead = f"**{label}.** " if label else ""
            yield f"{'> ' if tone in ('speech', 'draft') else ''}{lead}{_marked(text)}"
        case Bullets(items):
            yield from (f"- {_marked(item)}" for item in items)
        case KeyFigures(items):
            yield from (f"- **{plain(figure)}** {_marked(words)}" for figure, words in items)
        case Table():
            yield from _table(block)
        case Figure(name, caption, alt, notes):
            yield f"**{plain(caption)}**\n\n![{plain(alt)}]({folder}/{name}.svg)"
            yield from (f"\n{_marked(note)}" for note in notes)


def _table(table: Table) -> Iterator[str]:
    yield f"**{plain(table.caption)}**\n"
    yield _row(tuple(map(plain, table.columns)))
    yield _row(tuple("---:" if numeric else "---" for numeric in table.numeric))
    for line in table.lines:
        bold = line.emphasis == "total"
        # A name without its number is hard to find in bold, so the whole row is.
        yield _row(tuple(_strong(cell) if bold and cell and "[[" not in cell else _marked(cell) for cell in line.cells))
    yield from (f"\n{_marked(note)}" for note in table.notes)


def _strong(cell: str) -> str:
    return f"**{plain(cell)}**"


def _row(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"


def _marked(text: str) -> str:
    return "".join(f"{FENCES[span.style]}{span.text}{FENCES[span.style]}" for span in spans(text))
