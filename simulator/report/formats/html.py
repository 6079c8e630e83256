"""A brief as one HTML file: style, typeface and figures lie within it, and nothing is fetched."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable, Iterator
from html import escape
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
    Table,
)
from simulator.report.bound import Quantity, cells
from simulator.report.bound import told as arithmetic
from simulator.report.formats._letters import divided, pieces, told
from simulator.report.formats._made import stems
from simulator.report.pictures import Pictures
from simulator.report.typeface import embedded

NEEDS_FIGURE_FILES = False
"""Whether the document refers to files in `figures/`."""
TAKES_TEMPLATE = False
"""Whether the document can be set in a template of the reader's own."""

STYLE = Path(__file__).with_name("style.html")
TAGS = {"strong": "strong", "cite": "cite", "code": "code"}
FACES = (("Regular", 400, "normal"), ("Semibold", 600, "normal"), ("It", 400, "italic"))
POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; base-uri 'none'; form-action 'none'"
)
"""What the page may do: show itself. It runs nothing and asks nobody."""
LONGEST_ORIGIN = 120
"""An arithmetic that is longer is told by the names of its files."""
TOGETHER = 16
"""A table of at most so many rows is printed on one page."""
WIDE = 7
"""A table of so many columns is printed smaller."""
WHOLE = re.compile(r"\b[^\W\d_]-\w+")
"""A word such as a-kasse, which is not broken at its hyphen."""


def write(document: Document, pictures: Pictures, template: Path | None = None) -> bytes:
    """Return a document as one HTML file in UTF-8, with its figures inlined at two sizes, for page and phone.

    Args:
        document: The document.
        pictures: Its figures, and the run.
        template: Not taken.
    """
    return _Page(document, pictures).written().encode()


class _Page:
    """Writes a document as a page."""

    def __init__(self, document: Document, pictures: Pictures) -> None:
        self.document, self.pictures = document, pictures
        self.stems = stems(pictures.words)

    def written(self) -> str:
        """Return the page."""
        body = "\n".join(line for block in self.document.blocks for line in self.lines(block))
        footer = self.marked(self.document.footer)
        shown = re.sub(r"<svg.*?</svg>|<[^>]*>", "", body + footer, flags=re.DOTALL)
        head = (
            f'<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
            f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            f"<title>{escape(told(self.document.title))}</title>\n<style>\n{_faces(shown)}\n{_numbering(self.document)}\n"
            f"</style>\n{STYLE.read_text(encoding='utf-8').strip()}"
        )
        return (
            f'<!DOCTYPE html>\n<html lang="{self.document.language}">\n<head>\n{head}\n</head>\n<body>\n'
            f"<main>\n{body}\n</main>\n<footer>{footer}</footer>\n</body>\n</html>\n"
        )

    def lines(self, block: Block) -> Iterator[str]:
        """Yield the lines of a block."""
        match block:
            case Masthead(kind, marks):
                yield f'<header><span class="kind">{escape(told(kind))}</span>{self.tagged("span", marks)}</header>'
            case Heading(level, text):
                yield f"<h{level}>{self.marked(text)}</h{level}>"
            case Paragraph(text, tone, label):
                yield f'<p class="{tone}">{_label(label)}{self.marked(text)}</p>'
            case Bullets(items):
                yield f"<ul>{self.tagged('li', items)}</ul>"
            case KeyFigures() | Table() | Figure():
                yield from self.exhibit(block)
            case Break():
                yield '<div class="break"></div>'

    def exhibit(self, block: KeyFigures | Table | Figure) -> Iterator[str]:
        """Yield the lines of key figures, a table or a figure."""
        match block:
            case KeyFigures(items):
                pairs = ((self.cell(words), self.cell(figure)) for figure, words in items)
                boxes = (f"<div><dt>{words}</dt><dd>{figure}</dd></div>" for words, figure in pairs)
                yield f'<dl class="key">{"".join(boxes)}</dl>'
            case Table():
                yield from self.table(block)
            case Figure():
                yield from self.figure(block)

    def table(self, table: Table) -> Iterator[str]:
        """Yield a table, which scrolls on a narrow screen, and its notes."""
        sides = ["num" if numeric else "name" for numeric in table.numeric]
        kinds = ["long"] if len(table.lines) > TOGETHER else []
        kinds += ["wide"] if len(table.columns) >= WIDE else []
        label = escape(told(table.caption))
        yield f'<div class="{" ".join(["scroll", *kinds])}" tabindex="0" role="region" aria-label="{label}"><table>'
        yield f"<caption>{self.marked(table.caption)}</caption>"
        heads = (
            f'<th scope="col" class="{side}">{self.cell(head)}</th>'
            for side, head in zip(sides, table.columns, strict=True)
        )
        yield f"<thead><tr>{''.join(heads)}</tr></thead><tbody>"
        for line in table.lines:
            first, *rest = line.cells
            entries = (f'<td class="{side}">{self.cell(cell)}</td>' for side, cell in zip(sides[1:], rest, strict=True))
            yield f'<tr class="{line.emphasis}"><th scope="row">{self.cell(first)}</th>{"".join(entries)}</tr>'
        yield "</tbody></table></div>"
        yield from (f'<p class="note">{self.marked(note)}</p>' for note in table.notes)

    def figure(self, figure: Figure) -> Iterator[str]:
        """Yield a figure at two sizes, of which a screen shows one, and its notes."""
        yield f"<figure><figcaption>{self.marked(figure.caption)}</figcaption>"
        for size in ("page", "column"):
            yield f'<div class="{size}">{_inlined(self.pictures.svg(figure.name, size))}</div>'
        yield from (f'<p class="note">{self.marked(note)}</p>' for note in figure.notes)
        yield "</figure>"

    def tagged(self, tag: str, texts: Iterable[str]) -> str:
        """Return marked texts, each within a tag."""
        return "".join(f"<{tag}>{self.marked(text)}</{tag}>" for text in texts)

    def marked(self, text: str, narrow: bool = False) -> str:
        """Return a marked text; in a narrow column long words may be divided."""
        parts = []
        for span in pieces(text):
            tag = TAGS.get(span.style)
            shown = escape(divided(span.text, self.stems) if narrow else span.text)
            shown = WHOLE.sub(r'<span class="whole">\g<0></span>', shown)
            if span.number is not None:
                shown = f"{_data(self.document.numbers[span.number])}{shown}</data>"
            parts.append(f"<{tag}>{shown}</{tag}>" if tag else shown)
        return "".join(parts)

    def cell(self, text: str) -> str:
        """Return the text of a cell."""
        return self.marked(text, narrow=True)


def _label(label: str) -> str:
    return f"<strong>{escape(told(label))}.</strong> " if label else ""


def _data(number: Quantity) -> str:
    """Return the tag of a number of the run: its full value, and how it comes about from the cells of the run."""
    origin = arithmetic(number.expression)
    if len(origin) > LONGEST_ORIGIN:
        origin = ", ".join(dict.fromkeys(cell.file for cell in cells(number.expression)))
    return f'<data value="{float(number)!r}" data-from="{escape(origin)}">'


def _faces(text: str) -> str:
    """Return the style rules that carry the faces, cut down to the characters of the document."""
    rules = []
    for name, weight, style in FACES:
        carried = b64encode(embedded(name, text)).decode()
        rules.append(
            f"@font-face{{font-family:'Source Sans Pro';font-weight:{weight};font-style:{style};"
            f"src:url(data:font/woff;base64,{carried}) format('woff')}}"
        )
    return "\n".join(rules)


def _numbering(document: Document) -> str:
    """Return the style rule that numbers printed pages."""
    parts = re.split(r"(\{pages?\})", told(document.page))
    counters = {"{page}": "counter(page)", "{pages}": "counter(pages)"}
    content = " ".join(counters.get(part) or _quoted(part) for part in parts if part)
    return f"@page{{@bottom-right{{content:{content}}}}}"


def _quoted(text: str) -> str:
    """Return a text as a string of a style sheet that cannot end it."""
    return '"' + "".join(char if char.isalnum() or char == " " else f"\\{ord(char):06x}" for char in text) + '"'


def _inlined(svg: str) -> str:
    """Return an SVG without its file header and fixed size, to stand in a page."""
    within = svg[svg.index("<svg ") :].strip()
    return re.sub(r' (?:width|height)="[\d.]+pt"', "", within, count=2)
