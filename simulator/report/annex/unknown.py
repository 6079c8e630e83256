"""First part: the assumptions that the choice hangs on, with their ranges and how well they are known."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.report.annex.found import Found, decimals
from simulator.report.blocks import Block, Heading, Line, Paragraph, Table
from simulator.report.bound import constant
from simulator.report.defence.weakness import grade_of

MOST = 5
"""So many assumptions are listed."""
NUMERIC = (False, True, True, False, True)


def unknown(found: Found) -> Iterator[Block]:
    """Yield what is not known: a sentence, and the assumptions by what it is worth to know them."""
    yield Heading(2, found.say("unknown.heading"))
    if not found.rows("voi"):
        yield Paragraph(found.say("unknown.no_table"))
        return
    keys = found.most_telling("evppi", MOST)
    if not keys:
        yield Paragraph(found.say("unknown.none"))
        return
    yield Paragraph(_sentence(found, keys[0]))
    yield _table(found, keys)


def grade_told(found: Found, key: str) -> str:
    """Return in words how well an assumption is known; the mark of a missing one where the run does not hold it."""
    rows = found.values_of(key)
    grades = found.words.find("defence.grades")
    return str(grades[grade_of(key, rows)]) if rows else found.missing


def _sentence(found: Found, key: str) -> str:
    rows = found.values_of(key)
    spread = found.told(rows, "low", "high", unit=True)
    name = found.words.quoted(found.name(key))
    if not rows:
        return found.say("unknown.most_plain", name=name)
    told = "most" if any(row["low"] and row["high"] for row in rows) and spread != found.missing else "most_unbounded"
    return found.say(f"unknown.{told}", name=name, spread=spread, grade=found.words.quoted(grade_told(found, key)))


def _table(found: Found, keys: list[str]) -> Table:
    columns = tuple(found.words.find("information.unknown.columns"))
    places = decimals(max(max(found.worth("evppi", key)) for key in keys))
    notes = [found.say("unknown.remark")]
    others = len(found.subjects("evppi")) - len(keys)
    if others:
        count = found.words.number(constant(others))
        notes.append(found.say("unknown.others_one" if others == 1 else "unknown.others", count=count))
    lines = tuple(Line(tuple(_cells(found, key, places))) for key in keys)
    caption = found.telling.numbered("table", found.say("unknown.caption"))
    return Table(caption, columns, lines, NUMERIC, (" ".join(notes),), name="unknown")


def _cells(found: Found, key: str, places: int) -> Iterator[str]:
    rows = found.values_of(key)
    yield found.name(key)
    yield found.told(rows, "value", unit=True)
    yield found.told(rows, "low", "high", unit=False)
    yield grade_told(found, key)
    low, high = min(found.worth("evppi", key)), max(found.worth("evppi", key))
    ends = [found.words.number(end, places) for end in (low, high)]
    yield ends[1] if low == high else found.words.units(found.say("between", low=ends[0], high=ends[1]))
