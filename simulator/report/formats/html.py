"""A brief as one HTML file: style, typeface and figures lie within it, and nothing is fetched."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterator
from html import escape
from pathlib import Path

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
from simulator.report.typeface import embedded

NEEDS_FIGURE_FILES = False
"""Whether the document refers to files in `figures/`."""

STYLE = Path(__file__).with_name("style.html")
TAGS = {"strong": "strong", "cite": "cite", "code": "code"}
FACES = (("Regular", 400, "normal"), ("Semibold", 600, "normal"), ("It", 400, "italic"))


def write(document: Document, pictures: Pictures) -> bytes:
    """Return a document as one HTML file in UTF-8, with its figures inlined at two sizes, for page and phone."""
    body = "\n".join(line for block in document.blocks for line in _lines(block, pictures))
    footer = _marked(document.footer)
    told = re.sub(r"<svg.*?</svg>|<[^>]*>", "", body + footer, flags=re.DOTALL)
    head = (
        f'<meta charset="utf-8">\n<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(plain(document.title))}</title>\n<style>\n{_faces(told)}\n</style>\n{STYLE.read_text(encoding='utf-8').strip()}"
    )
    page = (
        f'<!DOCTYPE html>\n<html lang="{document.language}">\n<head>\n{head}\n</head>\n<body>\n<main>\n{body}\n'
        f"</main>\n<footer>{footer}</footer>\n</body>\n</html>\n"
    )
    return page.encode()


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


def _lines(block: Block, pictures: Pictures) -> Iterator[str]:
    match block:
        case Masthead(kind, marks):
            told = "".join(f"<span>{escape(plain(mark))}</span>" for mark in marks)
            yield f'<header><span class="kind">{escape(kind)}</span>{told}</header>'
        case Heading(level, text):
            yield f"<h{level}>{_marked(text)}</h{level}>"
        case Paragraph(text, tone, label):
            lead = f"<strong>{escape(plain(label))}.</strong> " if label else ""
            yield f'<p class="{tone}">{lead}{_marked(text)}</p>'
        case Bullets(items):
            yield f"<ul>{''.join(f'<li>{_marked(item)}</li>' for item in items)}</ul>"
        case KeyFigures(items):
            boxes = (f"<div><dd>{escape(plain(figure))}</dd><dt>{_marked(words)}</dt></div>" for figure, words in items)
            yield f'<dl class="key">{"".join(boxes)}</dl>'
        case Table():
            yield from _table(block)
        case Figure():
            yield from _figure(block, pictures)


def _table(table: Table) -> Iterator[str]:
    sides = ["num" if numeric else "name" for numeric in table.numeric]
    yield f'<div class="scroll" tabindex="0" role="region" aria-label="{escape(plain(table.caption))}"><table>'
    yield f"<caption>{escape(plain(table.caption))}</caption>"
    heads = (
        f'<th scope="col" class="{side}">{escape(plain(head))}</th>'
        for side, head in zip(sides, table.columns, strict=True)
    )
    yield f"<thead><tr>{''.join(heads)}</tr></thead><tbody>"
    for line in table.lines:
        first, *rest = line.cells
        cells = (f'<td class="{side}">{_marked(cell)}</td>' for side, cell in zip(sides[1:], rest, strict=True))
        yield f'<tr class="{line.emphasis}"><th scope="row">{_marked(first)}</th>{"".join(cells)}</tr>'
    yield "</tbody></table></div>"
    yield from (f'<p class="note">{_marked(note)}</p>' for note in table.notes)


def _figure(figure: Figure, pictures: Pictures) -> Iterator[str]:
    yield f"<figure><figcaption>{escape(plain(figure.caption))}</figcaption>"
    for size in ("page", "column"):
        yield f'<div class="{size}">{_inlined(pictures.svg(figure.name, size))}</div>'
    yield from (f'<p class="note">{_marked(note)}</p>' for note in figure.notes)
    yield "</figure>"


def _inlined(svg: str) -> str:
    """Return an SVG without its file header and fixed size, to stand in a page."""
    within = svg[svg.index("<svg ") :].strip()
    return re.sub(r' (?:width|height)="[\d.]+pt"', "", within, count=2)


def _marked(text: str) -> str:
    parts = []
    for span in spans(text):
        tag = TAGS.get(span.style)
        told = escape(span.text)
        parts.append(f"<{tag}>{told}</{tag}>" if tag else told)
    return "".join(parts)
