"""A brief as PDF, set by typst: tagged for those who cannot see (PDF/UA-1), with its typefaces within it.

The document goes to the template `brief.typ` as JSON: every text is a value there and is set as it stands, so nothing
that anyone wrote is read as markup.
"""

from __future__ import annotations

import json
import re
from functools import cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

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
    Table,
)
from simulator.report.formats._letters import breakable, divided, letters_of, runs, told, writable
from simulator.report.formats._made import locale, made_at, made_by, stems
from simulator.report.formats._widths import Setting, widths_of
from simulator.report.pictures import Pictures
from simulator.report.style import FONTS

if TYPE_CHECKING:
    import typst

NEEDS_FIGURE_FILES = False
"""Whether the document refers to files in `figures/`."""
TAKES_TEMPLATE = False
"""Whether the document can be set in a template of the reader's own."""

TEMPLATE = Path(__file__).with_name("brief.typ")
WIDTH, TALLEST = 468.0, 560.0
"""Width between the margins, and the greatest height of a figure [points]; the template has the same width."""
TABLE = Setting(whole=WIDTH, points=9.0, padding=9.5)
LONG = 1500
"""What has more characters may be broken over pages: it might not fit on one."""
SHIPPED = ("Regular", "Semibold", "It")
SECOND = ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf", "DejaVuSans-Oblique.ttf")
"""The second typeface, which comes with matplotlib."""
BREAKS = frozenset((0xAD, 0x200B))
"""Where a word may be divided; not letters."""


DENSER = (1.0, 0.92, 0.88, 0.84, 0.8, 0.76)
"""Sizes of type that are tried until what is to fit on one page does; smaller ones are hard to read."""


def write(document: Document, pictures: Pictures, template: Path | None = None) -> bytes:
    """Return a document as PDF; same document and run, same bytes.

    Args:
        document: The document.
        pictures: Its figures, and the run.
        template: Not taken.
    """
    import typst

    values = content(document, pictures)
    for scale in DENSER if document.dense else DENSER[:1]:
        setting = typst.Compiler(
            str(TEMPLATE),
            root=str(TEMPLATE.parent),
            font_paths=_fonts(),
            ignore_system_fonts=True,
            sys_inputs={"document": json.dumps(values | {"scale": scale})},
        )
        if not document.dense or json.loads(setting.query("<pages>", field="value", one=True)) == 1:
            break
    pages = setting.compile(format="pdf", pdf_standards=["ua-1"], timestamp=made_at(pictures.run))
    assert isinstance(pages, bytes), "a PDF is one file"
    return pages


@cache
def _fonts() -> typst.Fonts:
    """Return the typefaces, looked through once: that takes longer than to set a page."""
    import typst

    return typst.Fonts(include_system_fonts=False, font_paths=[FONTS, second_fonts()])


def second_fonts() -> Path:
    """Return the folder of the typeface that stands in where the shipped one has no shape."""
    import matplotlib

    return Path(matplotlib.get_data_path()) / "fonts" / "ttf"


def content(document: Document, pictures: Pictures) -> dict[str, Any]:
    """Return a document as the values that the template sets."""
    return _Content(pictures).of(document)


class _Content:
    """Makes values of blocks, in the language of the document."""

    def __init__(self, pictures: Pictures) -> None:
        self.pictures = pictures
        self.stems = stems(pictures.words)
        self.letters = _letters()

    def of(self, document: Document) -> dict[str, Any]:
        """Return a document as values."""
        language, _, region = locale(self.pictures.words).partition("-")
        return {
            "title": told(document.title) or made_by(self.pictures.run),
            "author": made_by(self.pictures.run),
            "language": language,
            "region": region,
            "footer": self.runs(document.footer),
            "page": self.shown(told(document.page)),
            "dense": document.dense,
            "blocks": list(map(self.value, document.blocks)),
        }

    def value(self, block: Block) -> dict[str, Any]:
        """Return a block as values; `is` says what it is."""
        match block:
            case Masthead(kind, marks):
                return {"is": "masthead", "kind": self.shown(told(kind)), "marks": list(map(self.runs, marks))}
            case Heading(level, text):
                return {"is": "heading", "level": level, "text": self.runs(text)}
            case Paragraph(text, tone, label):
                lead = [{"text": self.shown(f"{told(label)}. "), "style": "strong"}] if label else []
                return {"is": "paragraph", "tone": tone, "long": _long(text), "text": [*lead, *self.runs(text)]}
            case Bullets(items):
                return {"is": "bullets", "items": list(map(self.runs, items))}
            case KeyFigures() | Table() | Figure():
                return self.exhibit(block)
            case Break():
                return {"is": "break"}

    def exhibit(self, block: KeyFigures | Table | Figure) -> dict[str, Any]:
        """Return key figures, a table or a figure as values."""
        match block:
            case KeyFigures(items):
                pairs = [{"figure": self.runs(figure), "words": self.narrow(words)} for figure, words in items]
                return {"is": "key", "long": _long(*chain(*items)), "items": pairs}
            case Table():
                return self.table(block)
            case Figure():
                return self.figure(block)

    def table(self, table: Table) -> dict[str, Any]:
        """Return a table with the widths of its columns."""
        widths = widths_of(table, TABLE, lambda text: self.parted(told(text)))
        return {
            "is": "table",
            "caption": self.runs(table.caption),
            "widths": [round(width, 2) for width in widths.columns],
            "size": round(TABLE.points * widths.scale, 2),
            "together": widths.together(table.notes),
            "repeat": not _long(*table.columns),
            "numeric": list(table.numeric),
            "columns": list(map(self.narrow, table.columns)),
            "lines": [
                {"emphasis": line.emphasis, "long": _long(*line.cells), "cells": list(map(self.narrow, line.cells))}
                for line in table.lines
            ],
            "notes": list(map(self.runs, table.notes)),
        }

    def figure(self, figure: Figure) -> dict[str, Any]:
        """Return a figure with its picture, no higher than a page has room for."""
        svg = self.pictures.svg(figure.name, "page")
        return {
            "is": "figure",
            "caption": self.runs(figure.caption),
            "alt": told(figure.alt) or told(figure.caption) or figure.name,
            "long": _long(*figure.notes),
            "svg": svg,
            "width": min(WIDTH, round(TALLEST * _across(svg), 2)),
            "notes": list(map(self.runs, figure.notes)),
        }

    def runs(self, text: str) -> list[dict[str, str]]:
        """Return a marked text as stretches, each in a style."""
        return [{"text": self.shown(span.text), "style": span.style} for span in runs(text)]

    def narrow(self, text: str) -> list[dict[str, str]]:
        """Return a marked text for a narrow column, where long words may be divided."""
        return [{"text": self.parted(span.text), "style": span.style} for span in runs(text)]

    def shown(self, text: str) -> str:
        """Return a text as the typefaces can show it, with places where a run without a space may be broken."""
        return breakable(writable(text, self.letters))

    def parted(self, text: str) -> str:
        """Return a text as `shown`, with the places where long words may be divided."""
        return breakable(divided(writable(text, self.letters), self.stems))


def _long(*texts: str) -> bool:
    return max(map(len, texts), default=0) > LONG


def _across(svg: str) -> float:
    """Return the width of a picture as a share of its height."""
    box = re.search(r'viewBox="[\d.-]+ [\d.-]+ ([\d.]+) ([\d.]+)"', svg)
    return float(box[1]) / float(box[2]) if box else WIDTH / TALLEST


def _letters() -> frozenset[int]:
    shipped = letters_of(*(FONTS / f"SourceSansPro-{face}.ttf" for face in SHIPPED))
    return shipped | letters_of(*(second_fonts() / name for name in SECOND)) | BREAKS
