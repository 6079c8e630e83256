"""What sections and figures of `report/` say, as plain data for the page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from simulator.report.blocks import Block, Bullets, Line, Paragraph, Table, plain
from simulator.report.language import Words
from simulator.report.plugs import fits, plug
from simulator.report.reading import Run
from simulator.report.sections.telling import Telling
from simulator.web.words import page_words

Section = Callable[[Telling], Iterator[Block]]


@dataclass(frozen=True)
class _OnPage(Telling):
    """A run told on the page, where tables and figures stand in panels and carry no numbers."""

    def numbered(self, kind: str, caption: str) -> str:
        """Return the caption as it is."""
        return caption[:1].upper() + caption[1:]


def telling_of(run: Run, words: Words) -> Telling:
    """Return a run ready to be told on the page."""
    return _OnPage(run, words)


def say(language: str, key: str, **values: object) -> str:
    """Return a sentence of the page's own words for panels, with its values filled in."""
    return _sentence(language, key).format(**values)


@cache
def _sentence(language: str, key: str) -> str:
    found: Any = page_words(language)["views"]
    for part in key.split("."):
        found = found[part]
    return str(found)


def picture(name: str, run: Run, words: Words) -> dict[str, Any]:
    """Return what a figure states, shows and draws, without drawing it; no rows where it does not fit the run."""
    caption = words.text(f"figures.{name}.caption")
    if not fits(name, run):
        return {"title": caption, "caption": caption, "alt": caption, "rows": []}
    module = plug("figures", name, "figure")
    return {
        "title": plain(module.title(run, words)),
        "caption": caption,
        "alt": plain(module.alt_text(run, words)),
        "rows": module.drawn_rows(run, words),
    }


def sections(told: Telling, *parts: Section) -> dict[str, Any]:
    """Return the paragraphs and tables that sections of the brief yield; headings and figures are left out."""
    blocks = [block for part in parts for block in part(told)]
    texts = [plain(block.text) for block in blocks if isinstance(block, Paragraph)]
    texts += [plain(item) for block in blocks if isinstance(block, Bullets) for item in block.items]
    return {"texts": texts, "tables": [table(block) for block in blocks if isinstance(block, Table)]}


def table(found: Table) -> dict[str, Any]:
    """Return a table of a document as plain data."""
    return {
        "name": found.name,
        "caption": plain(found.caption),
        "columns": [plain(text) for text in found.columns],
        "numeric": list(found.numeric),
        "lines": [{"cells": [plain(cell) for cell in line.cells], "emphasis": line.emphasis} for line in found.lines],
        "notes": [plain(note) for note in found.notes],
    }


def listed(caption: str, columns: Sequence[str], rows: Sequence[Sequence[str]], numeric: Sequence[bool]) -> Table:
    """Return rows of texts as a table of a document."""
    return Table(caption, tuple(columns), tuple(Line(tuple(row)) for row in rows), tuple(numeric))


def as_plain(found: Any) -> Any:
    """Return nested data with nothing in it but mappings, lists, texts, plain numbers and nothing."""
    if isinstance(found, Mapping):
        return {str(key): as_plain(below) for key, below in found.items()}
    if isinstance(found, (list, tuple, set, frozenset)):
        return [as_plain(below) for below in found]
    if isinstance(found, date):
        return found.isoformat()
    if isinstance(found, bool) or found is None:
        return found
    if isinstance(found, float):
        return float(found) if found == found else None
    if isinstance(found, int):
        return int(found)
    return str(found)
