"""Checks of the shipped facts: every value has unit, source, kind, and an orderly range."""

from __future__ import annotations

from pathlib import Path

from simulator.errors import Fault
from simulator.facts.read import FOLDER, KINDS, FactRow, Vintage, catalogue, sources
from simulator.facts.spelling import allowed, day, did_you_mean
from simulator.facts.units import UNITS, outside


def check_facts(folder: Path = FOLDER) -> list[Fault]:
    """Return what is wrong with the facts of a folder; an empty list where nothing is.

    Raises:
        InputError: If a file cannot be read at all.
    """
    known = sources(folder)
    faults = []
    for row in catalogue(folder).values():
        for message in (*row_faults(row), *_source_faults(row, tuple(known))):
            faults.append(Fault(row.place.where, row.place.line, row.place.column, row.key, message))
    return faults


def row_faults(row: FactRow) -> list[str]:
    """Return what is wrong with one row, its sources aside."""
    found = []
    if row.unit not in UNITS:
        found.append(f"unit `{row.unit}` is unknown; {allowed(UNITS, 30)}{did_you_mean(row.unit, UNITS)}")
    if row.kind not in KINDS:
        found.append(f"kind `{row.kind}` is unknown; {allowed(KINDS)}{did_you_mean(row.kind, KINDS)}")
    if row.kind in {"assumption", "calibrated"} and not row.reason:
        found.append("has no reason; an assumption says why")
    for vintage in row.vintages:
        found += range_faults(vintage, row.unit)
        if not vintage.date:
            found.append("has no date; allowed: the day of the source")
        else:
            found += _date_faults(vintage.date)
    return found


def range_faults(vintage: Vintage, unit: str) -> list[str]:
    """Return what is wrong with a number and its range, in their unit."""
    numbers = {"value": vintage.value, "low": vintage.low, "high": vintage.high}
    found = [
        f"{name} {wrong}" if name != "value" else wrong
        for name, number in numbers.items()
        if number is not None and (wrong := outside(number, unit))
    ]
    if vintage.low is not None and vintage.low > vintage.value:
        found.append(f"low ({vintage.low:g}) lies above the value ({vintage.value:g})")
    if vintage.high is not None and vintage.high < vintage.value:
        found.append(f"high ({vintage.high:g}) lies below the value ({vintage.value:g})")
    return found


def _source_faults(row: FactRow, known: tuple[str, ...]) -> list[str]:
    return [
        f"source `{vintage.source}` is not in sources.yaml{did_you_mean(vintage.source, known)}"
        if vintage.source
        else "has no source; allowed: an id of sources.yaml"
        for vintage in row.vintages
        if vintage.source not in known
    ]


def _date_faults(written: str) -> list[str]:
    try:
        day(written)
    except ValueError as wrong:
        return [f"date {wrong}"]
    return []
