"""The blocks of a brief as paragraphs, tables and pictures of Word."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any

from docx.document import Document as Word
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.parser import OxmlElement
from docx.shared import Mm

from simulator.report.blocks import (
    Block,
    Break,
    Bullets,
    Emphasis,
    Figure,
    Heading,
    KeyFigures,
    Masthead,
    Paragraph,
    Span,
    Style,
    Table,
    Tone,
)
from simulator.report.formats._letters import breakable, runs, told
from simulator.report.formats._widths import Setting, widths_of
from simulator.report.formats._word_styles import Styles
from simulator.report.formats._word_template import Place
from simulator.report.pictures import Pictures

POINT, TWIP = 12_700, 635
"""Lengths in Word's smallest unit (EMU)."""
TALLEST = 540 * POINT
WIDER, WIDER_STILL = 1.13, 1.22
"""Arial is so much wider than the shipped typeface; that of a template may be wider."""
CELL_POINTS, CELL_PADDING = 8.0, 9.0
ACROSS = 4
"""At most so many key figures stand side by side."""
BOXES = "EEF3F7"
INDENT = Mm(3)
LEVELS = ("Title", "heading 1", "heading 2", "heading 3")
TONES: dict[Tone, str] = {
    "plain": "Normal",
    "lead": "Saldo Lead",
    "speech": "Saldo Speech",
    "note": "Saldo Note",
    "draft": "Saldo Draft",
    "stamp": "Saldo Stamp",
}
ROWS: dict[Emphasis, str] = {"plain": "Saldo Cell", "sub": "Saldo Cell Sub", "total": "Saldo Cell Total"}
AT_HYPHEN = re.compile(r"(?<=\b[^\W\d_])-(?=\w)")
"""The hyphen of a word such as a-kasse, which is not broken there."""
FACES: dict[Style, str] = {"strong": "Strong", "cite": "Emphasis", "code": "Saldo Code"}


class Setter:
    """Sets blocks at a place in a document.

    Attributes:
        styles: The styles of the document.
    """

    def __init__(self, word: Word, place: Place, styles: Styles, pictures: Pictures, language: str) -> None:
        self._word, self._place, self._pictures = word, place, pictures
        self.styles = styles
        self._language = language
        self._wider = WIDER_STILL if language else WIDER
        self._breaks = False
        self._after_table = False

    def block(self, block: Block) -> None:
        """Set a block after those before it."""
        match block:
            case Masthead(kind, marks):
                self._masthead(kind, marks)
            case Heading(level, text):
                self.paragraph(text, LEVELS[min(level, len(LEVELS)) - 1])
            case Paragraph(text, tone, label):
                lead = (Span(f"{told(label)}. ", "strong"),) if label else ()
                self._put(self._made((*lead, *runs(text)), TONES[tone]))
            case Bullets(items):
                self._paragraphs(items, "List Bullet")
            case KeyFigures() | Table() | Figure():
                self._exhibit(block)
            case Break():
                self._breaks = True

    def _exhibit(self, block: KeyFigures | Table | Figure) -> None:
        match block:
            case KeyFigures(items):
                self._key_figures(items)
            case Table():
                self._table(block)
            case Figure():
                self._figure(block)

    def paragraph(self, text: str, style: str) -> Any:
        """Set a paragraph of marked text, and return it."""
        return self._put(self._made(runs(text), style))

    def footer(self, text: str, page: str) -> None:
        """Set the line at the foot of each page: a text, and the number of the page."""
        [made] = self._word.sections[0].footer._element.findall(qn("w:p"))
        self._style(made, "footer")
        self._tab(made)
        self._fill(made, runs(text))
        self._fill(made, [Span("\t")])
        before, _, rest = page.partition("{page}")
        between, _, after = rest.partition("{pages}")
        for words, field in ((before, "PAGE"), (between, "NUMPAGES"), (after, "")):
            self._fill(made, [Span(told(words))] if words else [])
            if field:
                made.append(
                    parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr="{field}"><w:r><w:t>1</w:t></w:r></w:fldSimple>')
                )

    def _masthead(self, kind: str, marks: Sequence[str]) -> None:
        made = self._put(self._made([Span(told(kind), "strong")], "Saldo Masthead"))
        self._tab(made)
        self._fill(made, [Span("\t")])
        for at, mark in enumerate(marks):
            self._fill(made, [Span(" · ")] if at else [])
            self._fill(made, runs(mark))

    def _key_figures(self, items: Sequence[tuple[str, str]]) -> None:
        rows = max(1, -(-len(items) // ACROSS))
        across = max(1, -(-len(items) // rows))
        for start in range(0, len(items), across):
            some = items[start : start + across]
            gap = 7.0
            room = (self._place.width / POINT - gap * (across - 1)) / across
            widths = [room if at % 2 == 0 else gap for at in range(2 * len(some) - 1)]
            table = self._grid(widths, "Saldo Key Table", "")
            row = self._row(table, keep=True)
            for at, width in enumerate(widths):
                self._box(row, width, some[at // 2] if at % 2 == 0 else None)
            self._put(table)

    def _box(self, row: Any, width: float, pair: tuple[str, str] | None) -> None:
        """Set a key figure in a box; where none is given, the gap between two."""
        cell = self._cell(row, width)
        if pair is None:
            cell.append(self._made((), "Saldo Cell"))
            return
        properties = cell.get_or_add_tcPr()
        line = '<w:top w:val="single" w:sz="12" w:space="0" w:color="0B3556"/>'
        properties.append(parse_xml(f"<w:tcBorders {nsdecls('w')}>{line}</w:tcBorders>"))
        properties.append(parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{BOXES}"/>'))
        cell.append(self._made(runs(pair[0]), "Saldo Key Figure"))
        cell.append(self._made(runs(pair[1]), "Saldo Key Words"))

    def _table(self, table: Table) -> None:
        self._caption(table.caption)
        setting = Setting(self._place.width / POINT, CELL_POINTS, CELL_PADDING, self._wider)
        widths = widths_of(table, setting, lambda text: breakable(told(text)))
        points = CELL_POINTS * widths.scale if widths.scale < 1 else 0.0
        made = self._grid(widths.columns, "Saldo Table", told(table.caption))
        together = widths.together(table.notes)
        head = self._row(made, keep=True, header=True)
        for text, width, numeric in zip(table.columns, widths.columns, table.numeric, strict=True):
            self._cell(head, width).append(self._entry(text, "Saldo Cell Head", numeric, points))
        last = len(table.lines) - 1
        for number, line in enumerate(table.lines):
            row = self._row(made, keep=True)
            # The last row stays with the notes, and the first with the heading.
            bound = bool(table.notes) if number == last else together or number == 0
            for at, (text, width) in enumerate(zip(line.cells, widths.columns, strict=True)):
                entry = self._entry(text, ROWS[line.emphasis], table.numeric[at], points)
                if bound:
                    _keep_next(entry)
                if at == 0 and line.emphasis == "sub":
                    entry.get_or_add_pPr().get_or_add_ind().left = INDENT
                self._cell(row, width).append(entry)
        self._put(made)
        self._notes(table.notes)

    def _entry(self, text: str, style: str, numeric: bool, points: float) -> Any:
        entry = self._made(runs(text), style, points)
        if numeric:
            entry.get_or_add_pPr().get_or_add_jc().val = WD_ALIGN_PARAGRAPH.RIGHT
        return entry

    def _figure(self, figure: Figure) -> None:
        self._caption(figure.caption)
        image = io.BytesIO(self._pictures.png(figure.name, "page"))
        inline: Any = self._word.part.new_pic_inline(image)
        wide, high = inline.extent.cx, inline.extent.cy
        share = min(self._place.width / wide, TALLEST / high, 1.0)
        for size in (inline.extent, inline.graphic.graphicData.pic.spPr.xfrm.ext):
            size.cx, size.cy = int(wide * share), int(high * share)
        for side in "TBLR":
            inline.set(f"dist{side}", "0")
        inline.docPr.set("descr", told(figure.alt))
        inline.docPr.set("name", told(figure.caption)[:60])
        inline.graphic.graphicData.pic.nvPicPr.cNvPr.set("name", f"{figure.name}.png")
        made = self._made((), "Saldo Figure")
        run = OxmlElement("w:r")
        drawing = OxmlElement("w:drawing")
        drawing.append(inline)
        run.append(drawing)
        made.append(run)
        if figure.notes:
            _keep_next(made)
        self._put(made)
        self._notes(figure.notes)

    def _paragraphs(self, texts: Iterable[str], style: str) -> None:
        for text in texts:
            self.paragraph(text, style)

    def _caption(self, text: str) -> None:
        """Set a caption, which stays with what it names whatever its style says."""
        made = self._made(runs(text), "caption")
        _keep_next(made)
        self._put(made)

    def _notes(self, notes: Sequence[str]) -> None:
        """Set the notes of a table or figure; they stay together."""
        for at, note in enumerate(notes):
            made = self._made(runs(note), "Saldo Note")
            if at < len(notes) - 1:
                _keep_next(made)
            self._put(made)

    def _put(self, element: Any) -> Any:
        """Put an element at the place: on a new page where a break came before it, and never table to table."""
        is_table = element.tag == qn("w:tbl")
        if is_table and self._after_table:
            self._place.put(self._made((), "Saldo Cell"))
        self._after_table = is_table
        if self._breaks:
            first = next(chain((element,) if not is_table else (), element.iter(qn("w:p"))))
            first.get_or_add_pPr().get_or_add_pageBreakBefore()
            self._breaks = False
        self._place.put(element)
        return element

    def _made(self, spans: Iterable[Span], style: str, points: float = 0.0) -> Any:
        """Return a paragraph in a style; `points` is a size of type other than that of the style."""
        made = OxmlElement("w:p")
        self._style(made, style)
        self._fill(made, spans, points)
        return made

    def _style(self, made: Any, style: str) -> None:
        if style != "Normal":
            made.get_or_add_pPr().style = self.styles.id(style)

    def _fill(self, made: Any, spans: Iterable[Span], points: float = 0.0) -> None:
        for span in spans:
            run = made.add_r()
            if span.style in FACES:
                run.get_or_add_rPr().style = self.styles.id(FACES[span.style])
            if points:
                run.get_or_add_rPr().sz_val = int(points * 2) * 6_350
            if self._language:
                run.get_or_add_rPr().append(parse_xml(f'<w:lang {nsdecls("w")} w:val="{self._language}"/>'))
            for at, part in enumerate(AT_HYPHEN.split(span.text)):
                if at:
                    run.append(OxmlElement("w:noBreakHyphen"))
                _write(run, part)

    def _tab(self, made: Any) -> None:
        """Give a paragraph a tab at the right margin."""
        at = self._place.width // TWIP
        tabs = parse_xml(f'<w:tabs {nsdecls("w")}><w:tab w:val="right" w:pos="{at}"/></w:tabs>')
        made.get_or_add_pPr()._insert_tabs(tabs)

    def _grid(self, widths: Sequence[float], style: str, caption: str) -> Any:
        """Return an empty table of columns of fixed widths [points]."""
        twips = [round(width * 20) for width in widths]
        columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in twips)
        look = (
            'w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"'
        )
        made = parse_xml(
            f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblStyle w:val="{self.styles.id(style)}"/>'
            f'<w:tblW w:w="{sum(twips)}" w:type="dxa"/><w:tblLayout w:type="fixed"/><w:tblLook {look}/></w:tblPr>'
            f"<w:tblGrid>{columns}</w:tblGrid></w:tbl>"
        )
        if caption:
            told_as = OxmlElement("w:tblCaption")
            told_as.set(qn("w:val"), caption[:255])
            made.tblPr.append(told_as)
        return made

    def _row(self, table: Any, keep: bool, header: bool = False) -> Any:
        """Add a row: never broken over pages where it is kept, and repeated on each page where it is the header."""
        row = OxmlElement("w:tr")
        properties = row.get_or_add_trPr()
        if keep:
            properties.append(OxmlElement("w:cantSplit"))
        if header:
            properties.append(OxmlElement("w:tblHeader"))
        table.append(row)
        return row

    def _cell(self, row: Any, width: float) -> Any:
        cell = parse_xml(
            f'<w:tc {nsdecls("w")}><w:tcPr><w:tcW w:w="{round(width * 20)}" w:type="dxa"/></w:tcPr></w:tc>'
        )
        row.append(cell)
        return cell


def _write(run: Any, text: str) -> None:
    """Add a text to a run; a tab is one of Word's."""
    for at, part in enumerate(text.split("\t")):
        if at:
            run.append(OxmlElement("w:tab"))
        if part:
            run.add_t(part)


def _keep_next(made: Any) -> None:
    made.get_or_add_pPr().get_or_add_keepNext()
