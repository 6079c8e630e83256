"""The difference of two runs in plain words, and as a table."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any

from simulator.results.difference import Contrast, Decomposition, Difference

MANY = 3
"""Values that change alike stand in one line from so many on."""
CSV_COLUMNS = ("section", "item", "unit", "a", "b", "difference")


def plain_difference(found: Difference) -> str:
    """Return the difference as lines of text."""
    return "\n".join(_lines(found))


def _lines(found: Difference) -> Iterator[str]:
    yield f"A  {found.a}"
    yield f"B  {found.b}"
    yield ""
    yield "Assumptions that differ" if found.assumptions else "The assumptions are the same."
    yield from _assumption_lines(found.assumptions)
    yield ""
    yield "Structure that differs" if found.structure else "The structure is the same."
    for contrast in found.structure:
        yield from _structure_lines(contrast)
    yield ""
    yield f"{'Figures':<44}{'A':>14}{'B':>14}{'B less A':>14}"
    for contrast in found.figures:
        yield _figure_line(contrast)
    for decomposition in found.decompositions:
        yield ""
        yield from _decomposition_lines(decomposition)


def _assumption_lines(contrasts: tuple[Contrast, ...]) -> Iterator[str]:
    alike: dict[tuple[str, str, str], list[Contrast]] = {}
    for contrast in contrasts:
        table = ".".join(contrast.key.split(".")[:3])
        alike.setdefault((table, str(contrast.a), str(contrast.b)), []).append(contrast)
    for (table, _, _), rows in alike.items():
        keys = [f"{table} ({len(rows)} values)"] if len(rows) >= MANY else [row.key for row in rows]
        change = f"{_number(rows[0].a)} -> {_number(rows[0].b)} {rows[0].unit}"
        for key in keys:
            yield f"  {key}: {change}"


def _structure_lines(contrast: Contrast) -> Iterator[str]:
    if isinstance(contrast.a, list) or isinstance(contrast.b, list):
        one, other = contrast.a or [], contrast.b or []
        yield f"  {contrast.key}:"
        yield from (f"    only in A: {entry}" for entry in one if entry not in other)
        yield from (f"    only in B: {entry}" for entry in other if entry not in one)
        return
    yield f"  {contrast.key}: {_said(contrast.a)} -> {_said(contrast.b)}"


def _said(content: Any) -> str:
    return "not set" if content is None else str(content)


def _figure_line(contrast: Contrast) -> str:
    change = None if contrast.a is None or contrast.b is None else contrast.b - contrast.a
    cells = "".join(f"{_number(number):>14}" for number in (contrast.a, contrast.b, change))
    return f"  {contrast.key:<42}{cells}  {contrast.unit}"


def _decomposition_lines(found: Decomposition) -> Iterator[str]:
    yield f"Why {found.figure} differs, {found.unit}, one link of the chain after the other"
    for term in found.terms:
        if f"{term.amount:,.0f}" not in ("0", "-0") or term.name == "simulation_less_control":
            yield f"  {term.name.replace('_', ' '):<42}{term.amount:>+14,.0f}"
    if found.difference is None:
        yield "  a run does not give this figure"
    else:
        yield f"  {'in all':<42}{found.difference:>+14,.0f}"


def _number(number: float | None) -> str:
    if number is None:
        return "-"
    size = abs(number)
    if size >= 100:
        return f"{number:,.0f}"
    return f"{number:,.2f}" if size >= 10 else f"{number:.4g}"


def csv_difference(found: Difference) -> str:
    """Return the difference as CSV with the columns section, item, unit, a, b, difference."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(CSV_COLUMNS)
    writer.writerows(_csv_rows(found))
    return text.getvalue()


def _csv_rows(found: Difference) -> Iterator[tuple[Any, ...]]:
    for section, contrasts in (("assumption", found.assumptions), ("figure", found.figures)):
        for one in contrasts:
            change = None if one.a is None or one.b is None else one.b - one.a
            yield section, one.key, one.unit, one.a, one.b, change
    for one in found.structure:
        yield "structure", one.key, one.unit, _said(one.a), _said(one.b), None
    for decomposition in found.decompositions:
        for term in decomposition.terms:
            yield f"why {decomposition.figure}", term.name, decomposition.unit, None, None, term.amount
        yield f"why {decomposition.figure}", "in_all", decomposition.unit, None, None, decomposition.difference
