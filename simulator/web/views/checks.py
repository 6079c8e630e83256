"""How far the simulation is from the calculation by hand, by which parts, and what there is to warn of."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from simulator.report.blocks import Block, Line, Table
from simulator.report.language import MIO, Words
from simulator.report.reading import Run
from simulator.report.register import draft_items
from simulator.report.sections.closing import check, earlier
from simulator.report.sections.telling import Telling
from simulator.web.views._told import say, sections, telling_of

FIGURES = (
    ("converted", ("converted",), 0),
    ("person_years", ("full_time_person_years",), 1),
    ("effect", ("saldo_mio_kr", "employment_effect"), 2),
)
"""Figures that both have: name, where the headline holds it, decimals."""


def view(run: Run, words: Words, language: str) -> dict[str, Any]:
    """Return the figures of simulation and control beside each other, the parts between them, and warnings.

    Args:
        run: The run.
        words: Words of the documents.
        language: Language of the page.
    """

    def tables(telling: Telling) -> Iterator[Block]:
        yield _beside(telling, language)
        if run.headline.get("control_parts"):
            yield _parts(telling, language)

    found = sections(telling_of(run, words), check, earlier, tables)
    return {"title": say(language, "checks.heading"), "warnings": list(_warnings(run, words, language)), **found}


def _beside(telling: Telling, language: str) -> Table:
    words, run = telling.words, telling.run
    lines = []
    for name, path, decimals in FIGURES:
        found = run.estimate(*path)
        told = [words.number(number, decimals) for number in (found.mean, found.control)]
        gap = None if found.control is None else found.mean - found.control
        lines.append(Line((say(language, f"checks.figures.{name}"), *told, words.number(gap, decimals, plus=True))))
    heads = tuple(say(language, f"checks.heads.{name}") for name in ("figure", "simulated", "control", "gap"))
    return Table(say(language, "checks.caption"), heads, tuple(lines), (False, True, True, True), name="checks")


def _parts(telling: Telling, language: str) -> Table:
    """Return the parts of the difference, and what of it nothing explains."""
    words, headline = telling.words, telling.run.headline
    parts = {**headline["control_parts"], "unexplained": headline.get("unexplained")}
    lines = [
        Line((say(language, f"checks.parts.{name}"), words.number(part, 0, plus=True)))
        for name, part in parts.items()
        if part is not None
    ]
    foreseen = headline.get("control_parts_mio_kr") or {}
    lines += [
        Line((say(language, "checks.unforeseen", name=name.replace("_", " ")), words.mio_kr(part * MIO, 3, plus=True)))
        for name, part in foreseen.items()
    ]
    heads = tuple(say(language, f"checks.heads.{name}") for name in ("part", "conversations"))
    return Table(say(language, "checks.parts_caption"), heads, tuple(lines), (False, True), name="parts")


def _warnings(run: Run, words: Words, language: str) -> Iterator[str]:
    """Yield why a document of the run is a draft, and what its reader must know."""
    headline = run.headline
    if headline.get("draft"):
        share = (headline.get("unexplained_share") or {}).get("converted")
        yield say(language, "checks.draft", share=words.number(None) if share is None else words.share(share, 1))
    for key, status in draft_items(run):
        yield say(language, f"checks.status.{status}", name=words.key_name(key) or key)
    if headline.get("extrapolated"):
        yield say(
            language,
            "checks.extrapolated",
            facts=", ".join(words.key_name(str(key)) or str(key) for key in headline["extrapolated"]),
        )
    for warning in headline.get("warnings") or []:
        yield say(language, "checks.warning", text=warning["text"])
    late = headline.get("not_cleared") or []
    if late:
        last = date.fromisoformat(headline["last_simulated_date"])
        yield say(language, "checks.late", count=len(late), day=words.day(last))
