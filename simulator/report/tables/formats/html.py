"""A table as a page with its style in each cell, so that it is pasted into a letter or a note as a real table."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from simulator.report.blocks import Line, Table, plain, spans
from simulator.report.tables.numbers import Reading

TAGS = {"strong": "strong", "cite": "cite", "code": "code"}
FONT = "font-family:Calibri,Arial,sans-serif;font-size:10.5pt"
RULE = "border-bottom:1px solid #9AA5B1"


def write(table: Table, reading: Reading) -> bytes:
    """Return a table as an HTML page in UTF-8 that holds nothing else."""
    title = escape(plain(table.caption))
    head = f'<meta charset="utf-8">\n<title>{title}</title>'
    body = "\n".join(_lines(table))
    page = (
        f'<!DOCTYPE html>\n<html lang="{reading.words.language}">\n<head>\n{head}\n</head>\n'
        f"<body>\n{body}\n</body>\n</html>\n"
    )
    return page.encode()


def _lines(table: Table) -> Iterator[str]:
    sides = ["right" if numeric else "left" for numeric in table.numeric]
    yield f'<table style="border-collapse:collapse;{FONT}">'
    caption = escape(plain(table.caption))
    yield f'<caption style="text-align:left;font-weight:bold;padding-bottom:4px">{caption}</caption>'
    heads = (
        f'<th scope="col" style="text-align:{side};vertical-align:bottom;padding:3px 8px;background:#E7ECF1;{RULE}">'
        f"{escape(plain(head))}</th>"
        for side, head in zip(sides, table.columns, strict=True)
    )
    yield f"<thead><tr>{''.join(heads)}</tr></thead>\n<tbody>"
    yield from (_row(line, sides) for line in table.lines)
    yield "</tbody></table>"
    yield from (f'<p style="{FONT}">{_marked(note)}</p>' for note in table.notes)


def _row(line: Line, sides: list[str]) -> str:
    weight = "font-weight:bold;border-top:1px solid #1F2A36;" if line.emphasis == "total" else ""
    indents = [
        "padding:2px 8px 2px 20px" if line.emphasis == "sub" else "padding:2px 8px",
        *["padding:2px 8px"] * len(sides),
    ]
    cells = (
        f'<{_tag(at)} style="text-align:{side};font-weight:normal;{weight}vertical-align:top;{indents[at]};{RULE}">'
        f"{_marked(cell)}</{_tag(at)[:2]}>"
        for at, (side, cell) in enumerate(zip(sides, line.cells, strict=True))
    )
    return f"<tr>{''.join(cells)}</tr>"


def _tag(column: int) -> str:
    return "td" if column else 'th scope="row"'


def _marked(text: str) -> str:
    return "".join(
        f"<{TAGS[span.style]}>{escape(span.text)}</{TAGS[span.style]}>" if span.style in TAGS else escape(span.text)
        for span in spans(text)
    )
