"""A bridge as it is kept: `bridge.json` with all of it, and the same steps as rows of CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date
from typing import Any

from simulator.bridge.route import Mixture, sorted_blocks
from simulator.bridge.steps import Bridge, KeptEnd, Line

CSV_COLUMNS = (
    "order",
    "line",
    "unit",
    "in_order",
    "figure",
    "alone",
    "in_reverse",
    "run_in_order",
    "run_alone",
    "run_in_reverse",
)
"""`figure` is the figure once the line is counted; rows of `in_order` between the runs add up to their difference."""
PROGRAM_AND_FACTS = "program_and_facts"


def content_of(bridge: Bridge) -> dict[str, Any]:
    """Return a bridge as data for JSON: amounts in the unit of the figure, to its last decimal."""
    beside = bridge.program_and_facts
    return {
        "figure": bridge.figure.name,
        "told": bridge.figure.told,
        "unit": bridge.figure.unit,
        "old": _end(bridge, bridge.old),
        "new": _end(bridge, bridge.new),
        "order": list(bridge.order),
        "steps": {line.block: _step(bridge, line) for line in bridge.lines},
        "interaction": amount(bridge, bridge.interaction),
        PROGRAM_AND_FACTS: {
            "old": amount(bridge, beside[0]),
            "new": amount(bridge, beside[1]),
            "program": bridge.program,
        },
        "total": amount(bridge, bridge.total),
        "runs": [
            {
                "name": point.name,
                "new_blocks": sorted_blocks(mixture),
                "run_id": point.run_id,
                "figure": amount(bridge, bridge.level(mixture)),
            }
            for mixture, point in bridge.points.items()
        ],
        "cannot_be_run": [
            {"new_blocks": sorted_blocks(mixture), "why": why} for mixture, why in bridge.unrunnable.items()
        ],
    }


def amount(bridge: Bridge, whole: int | None) -> float | None:
    """Return a number of smallest parts in the unit of the figure; None stays None."""
    return None if whole is None else float(bridge.figure.units(whole))


def _end(bridge: Bridge, end: KeptEnd) -> dict[str, Any]:
    return {
        "scenario": end.scenario,
        "run_id": end.run_id,
        "made_by": end.asked,
        "program": end.program,
        "figure": amount(bridge, bridge.figure.whole(end.number)),
        "std_error": None if end.std_error is None else amount(bridge, bridge.figure.whole(end.std_error)),
    }


def _step(bridge: Bridge, line: Line) -> dict[str, Any]:
    return {
        "in_order": amount(bridge, line.in_order),
        "alone": amount(bridge, line.alone),
        "in_reverse": amount(bridge, line.in_reverse),
        "run_id": _runs(bridge, line)[0],
        "changes": [{"key": one.key, "old": _said(one.old), "new": _said(one.new)} for one in line.changes],
    }


def _said(content: Any) -> Any:
    """Return what a piece says as JSON can hold it: dates as text."""
    if isinstance(content, dict):
        return {key: _said(one) for key, one in content.items()}
    if isinstance(content, list):
        return [_said(one) for one in content]
    return content.isoformat() if isinstance(content, date) else content


def _runs(bridge: Bridge, line: Line) -> tuple[str | None, str | None, str | None]:
    """Return the ids of the runs with a block exchanged: in order, alone, in reverse order."""
    if not line.changes:
        return None, None, None
    route = bridge.route

    def run(mixtures: tuple[Mixture, Mixture]) -> str | None:
        point = bridge.points.get(mixtures[1])
        return point.run_id if point else None

    return run(route.in_order(line.block)), run(route.alone(line.block)), run(route.in_reverse(line.block))


def csv_of(bridge: Bridge) -> str:
    """Return the lines of a bridge as CSV: the old run, every line, the whole change, the new run."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(CSV_COLUMNS)
    for number, row in enumerate(_rows(bridge)):
        name, amounts, runs = row
        told = ["" if whole is None else str(bridge.figure.units(whole)) for whole in amounts]
        writer.writerow([number, name, bridge.figure.unit, *told, *(run or "" for run in runs)])
    return text.getvalue()


_Row = tuple[str, tuple[int | None, ...], tuple[str | None, ...]]


def _rows(bridge: Bridge) -> Iterator[_Row]:
    whole, beside = bridge.figure.whole, bridge.program_and_facts
    level = whole(bridge.old.number)
    yield "old_run", (None, level, None, None), (bridge.old.run_id, None, None)
    level += beside[0]
    again = bridge.points.get(frozenset())
    yield f"{PROGRAM_AND_FACTS}_old", (beside[0], level, *beside[:1] * 2), (again.run_id if again else None, None, None)
    for line in bridge.lines:
        level += line.in_order
        yield line.block, (line.in_order, level, line.alone, line.in_reverse), _runs(bridge, line)
    yield "interaction", (None, None, bridge.interaction, None), (None, None, None)
    level += beside[1]
    yield f"{PROGRAM_AND_FACTS}_new", (beside[1], level, *beside[1:] * 2), (bridge.new.run_id, None, None)
    yield "change", (bridge.total, None, _if(bridge.total, bridge.interaction), reverse_total(bridge)), (None,) * 3
    yield "new_run", (None, whole(bridge.new.number), None, None), (bridge.new.run_id, None, None)


def _if(total: int, other: int | None) -> int | None:
    return None if other is None else total


def reverse_total(bridge: Bridge) -> int | None:
    """Return what the steps of the reverse order add up to; None where one of them cannot be run."""
    steps = [line.in_reverse for line in bridge.lines]
    return None if None in steps else sum(one for one in steps if one is not None) + sum(bridge.program_and_facts)
