"""How much room blocks take on a page that is set as small as it may be, so that a note can be kept to one page."""

from __future__ import annotations

import math
from collections.abc import Iterable

from simulator.report.blocks import Block, Bullets, Heading, Masthead, Paragraph, Table
from simulator.report.formats._letters import told
from simulator.report.formats._widths import advance, widths_of
from simulator.report.formats.pdf import DENSER, TABLE, WIDTH

TEXT, LINE, GAP = 10.5 * DENSER[-1], 9.7, 5.0
"""Size of type of a text, height of its line, and the gap between two paragraphs [points]."""
TITLE, HEADING, MASTHEAD, NOTE, CAPTION = 30.0, 21.0, 26.0, 8.5, 22.0
"""Height of a title, a heading, the line at the head, a line of notes, and a caption with the gaps of its table."""
ROW, MORE = 8.7, 7.9
"""Height of a row of a table, and of each further line of it [points]."""
BOX, STAMP_TYPE, STAMP_LINE = 24.0, 14.0, 18.0
"""What a box takes around its text, and the type of a stamp and its line, which are not set smaller [points]."""
PAGE = 885.0
"""Notes up to this height have one page, as a PDF and in Word; measured on notes with and without a stamp."""


def height(blocks: Iterable[Block]) -> float:
    """Return about how high blocks are on a page that is set as small as it may be [points]."""
    return sum(map(_height, blocks))


def _height(block: Block) -> float:
    match block:
        case Masthead():
            return MASTHEAD
        case Heading(level, text):
            return TITLE if level == 1 else HEADING * _lines(text, HEADING / 2)
        case Paragraph(text, "stamp"):
            return STAMP_LINE * _lines(text, STAMP_TYPE) + BOX
        case Paragraph(text, tone, label):
            boxed = BOX if tone == "draft" else GAP
            return LINE * _lines(f"{label} {text}", TEXT) + boxed
        case Bullets(items):
            return sum(LINE * _lines(item, TEXT) + GAP / 2 for item in items) + GAP
        case Table():
            return _table(block)
    return 0.0


def _table(table: Table) -> float:
    rows = widths_of(table, TABLE, told).lines
    notes = sum(NOTE * _lines(note, NOTE) for note in table.notes)
    return CAPTION + notes + sum(ROW + MORE * (lines - 1) for lines in rows)


def _lines(text: str, points: float) -> int:
    return max(1, math.ceil(advance(told(text)) * points / WIDTH))
