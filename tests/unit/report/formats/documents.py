"""Made-up documents: one with every kind of block, and texts that would be markup somewhere; and what forms hold."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import docx
import pypdf
from docx.oxml.ns import qn
from markdown_it import MarkdownIt

from simulator.report.blocks import (
    Block,
    Break,
    Bullets,
    Document,
    Figure,
    Heading,
    KeyFigures,
    Line,
    Masthead,
    Paragraph,
    Table,
)
from simulator.report.bound import Cell, Ledger, Quantity
from simulator.report.formats._letters import told

FORMS = ("docx", "html", "md", "pdf")

NOTES = ("Anm.: Tallene er afrundede.", "Kilde: [[Svar på spørgsmål 448]] og `tables/saldo.csv`.")
LEDGER = Ledger()
NUMBER = LEDGER.mark(Quantity(9992.9, Cell("headline.json", ("converted", "mean"))), "10.000")
EVERY = Document(
    title="Notat om **samtaler**",
    language="da",
    blocks=(
        Masthead("NOTAT · UDKAST", ("Kørsel `x-1`", "Viden pr. 17. december 2021")),
        Heading(1, "Digitale samtaler → »jul« og nytår"),
        Paragraph("Tallet er ikke kontrolleret.", "draft", "Udkast"),
        KeyFigures((("−5\xa0mio.\xa0kr.", "svækkelse"), (f"ca. {NUMBER}", "samtaler"), ("½", "a-kassernes andel"))),
        Heading(2, "Skøn"),
        Paragraph(f"Det skønnes, at {NUMBER} samtaler ændrer form.", "lead"),
        Paragraph("**Vigtigt:** en almindelig tekst — ‘med’ “tegn” ≥ 2 × 3 − 1."),
        Paragraph("Vi ved det ikke.", "speech", "Talelinje"),
        Bullets(("Første punkt i a-kassen", "10. andet punkt")),
        Table(
            "Tabel 1. År",
            ("Finansår", "2022", "Grundlag"),
            (
                Line(("Overførsler", "−2,6", "[[Svar]]")),
                Line(("heraf stat", "−1,3", "sum"), "sub"),
                Line(("I alt | alt", NUMBER, "`fil.csv`"), "total"),
            ),
            (False, True, False),
            NOTES,
        ),
        Break(),
        Heading(3, "Bilag"),
        Figure("bridge", "Figur 1. Kæden", "10.000 samtaler ændrer form", ("Anm.: En note.",)),
        Paragraph("Til sidst en note.", "note"),
        Paragraph("**UDGÅET, erstattet af v4** den 24. november 2026", "stamp"),
    ),
    footer="Beregnet med `saldo` 0.1.0",
    page="side {page} af {pages}",
    numbers=tuple(LEDGER.entries),
)
"""A document with every kind of block, every tone and every style."""

ODD = {
    "formula": '=HYPERLINK("http://evil.example")',
    "tag": "<script>alert(1)</script> & <b>x</b>",
    "typst": '#import "x.typ": * #eval("1") $x$ @ref <label>',
    "stars": "*bold* _it_ **x** __y__ ~~z~~",
    "links": "[[x]] [a](http://b.example) ![i](j) www.evil.example a@b.example",
    "graves": "`code` ``` ``",
    "entities": "&lt; &amp; &#60; ]]>",
    "backslashes": r"\* \n \\ a\temp",
    "table": "| a | b | --- |",
    "list": "- item",
    "numbered": "1. item",
    "sharp": "# heading #",
    "rule": "---",
    "place": "{{saldo}} {page} {pages}",
    "long": "a" * 10_000,
    "words": "ord " * 2_499 + "ord",
}
"""Texts that others may have written, by what they would be somewhere; none loses a character by being foreign."""
UNSEEN = {
    "private": ("før\ue000\ue100\ue101\ue001efter\ue002", "førefter"),
    "turned": ("abc\u202edef\u2066", "abcdef"),
    "nul": ("nul\0 tegn\x1b", "nul tegn"),
    "lines": ("a\n\n# b\tc", "a # b c"),
}
"""Texts with characters that are not seen, and what is shown of them."""


def of_text(text: str) -> Document:
    """Return a document that has a marked text in every place where one can stand."""
    return Document(
        title=text,
        language="da",
        blocks=(
            Masthead("NOTAT", (text,)),
            Heading(1, text),
            Paragraph(text, "draft", text),
            Paragraph(f"**{text}** [[{text}]] `{text}`"),
            Bullets((text,)),
            KeyFigures(((text, text),)),
            Table(
                text, ("a", text), (Line((text, text), "total"), Line((text, f"[[{text}]]"))), (False, True), (text,)
            ),
            Figure("bridge", text, text, (text,)),
        ),
        footer=text,
        page="side {page} af {pages}",
    )


def squeezed(text: str) -> str:
    """Return a text without spaces, and without what only says where a word may be divided."""
    return re.sub(r"[\s\u00ad\u200b\u2060]+", "", text)


def texts_of(document: Document) -> list[str]:
    """Return all texts of a document, as its reader is to see them, in order."""
    found = [text for block in document.blocks for text in _texts_in(block)]
    return [told(text) for text in (*found, document.footer)]


def _texts_in(block: Block) -> Iterator[str]:
    match block:
        case Masthead(kind, marks):
            yield from (kind, *marks)
        case Heading(_, text):
            yield text
        case Paragraph(text, _, label):
            yield from (f"{label}.", text) if label else (text,)
        case Bullets(items):
            yield from items
        case KeyFigures() | Table() | Figure():
            yield from _texts_of_exhibit(block)


def _texts_of_exhibit(block: KeyFigures | Table | Figure) -> Iterator[str]:
    match block:
        case KeyFigures(items):
            yield from (text for pair in items for text in pair)
        case Table(caption, columns, lines, _, notes):
            yield from (caption, *columns, *(cell for line in lines for cell in line.cells), *notes)
        case Figure(_, caption, _, notes):
            yield from (caption, *notes)


class _Reader(HTMLParser):
    """Reads what a page shows, and which tags it has."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._hidden += tag in ("style", "title", "svg")

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in ("style", "title", "svg")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.texts.append(data)


def read_html(page: str) -> tuple[str, list[tuple[str, dict[str, str | None]]]]:
    """Return what a page shows, and its tags with their attributes."""
    reader = _Reader()
    reader.feed(page)
    return "".join(reader.texts), reader.tags


def as_page(markdown: str) -> str:
    """Return Markdown as a reader of CommonMark with tables shows it."""
    return str(MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(markdown))


def word_text(element: Any) -> str:
    """Return the text of an element of Word, with its hyphens that do not break."""
    parts = {qn("w:t"): lambda one: one.text or "", qn("w:noBreakHyphen"): lambda _: "-", qn("w:tab"): lambda _: " "}
    return "".join(parts[one.tag](one) for one in element.iter(*parts) if one.getparent().tag != qn("w:tabs"))


def shown(form: str, content: bytes) -> str:
    """Return the text that a reader of a form sees, pictures left out."""
    if form == "html":
        return read_html(content.decode())[0]
    if form == "md":
        return read_html(as_page(content.decode()))[0]
    if form == "docx":
        word = docx.Document(io.BytesIO(content))
        return word_text(word.element.body) + "".join(word_text(one.footer._element) for one in word.sections)
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)


def saved(folder: Path, name: str, word: Any) -> Path:
    """Save a Word document and return its file."""
    word.save(str(folder / name))
    return folder / name
