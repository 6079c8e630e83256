"""What drives the estimate, from the tables of a run: the records that the drawings of an analysis are made from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Any

from simulator.errors import InputError
from simulator.report.reading import WITHIN, Row, Run, quantity
from simulator.report.sensitivity.telling import MIO_KR

FIGURE = "employment_effect_kr"
CLOSED_FORM = "closed form"
SOCIAL = "social"
GOALS = ("zero", "half", "double")
"""What one may ask for: no effect, half of it, twice of it; in this order."""
POSSIBLE = "at"


NUMBERS = {
    "drivers": ("value", "low", "high", "low_figure_mio_kr", "high_figure_mio_kr", "swing_mio_kr"),
    "turns": ("order", "value", "low", "high", "at"),
    "two_way": ("value_across", "value_up", "mio_kr"),
}
"""Columns of each table that hold numbers, or nothing."""
TEXTS = {
    "drivers": ("key", "unit"),
    "turns": ("key", "unit", "goal", "kind"),
    "two_way": ("key_across", "unit_across", "key_up", "unit_up"),
}


def checked(run: Run, name: str) -> tuple[Row, ...]:
    """Return the rows of a table, having checked that they can be read.

    Raises:
        InputError: A column is not there, or holds no number where one should be.
    """
    rows, file = run.table(name), str(run.folder / "tables" / f"{name}.csv")
    for line, row in enumerate(rows, 2):
        missing = [column for column in (*TEXTS[name], *NUMBERS[name]) if row.get(column) is None]
        if missing:
            message = f"no column {', '.join(missing)}; run the scenario again"
            raise InputError.one(message, where=f"{file}:{line}")
        wrong = [column for column in NUMBERS[name] if row[column] and not _is_number(row[column])]
        if wrong:
            message = f"{row[wrong[0]]!r} is not a number; run the scenario again"
            raise InputError.one(message, where=f"{file}:{line}", path=wrong[0])
    return rows


def _is_number(text: str) -> bool:
    try:
        return isfinite(float(text))
    except ValueError:
        return False


def number_in(row: Row, column: str) -> float | None:
    """Return the number of a cell; None where it is empty."""
    return quantity(row, column) if row.get(column) else None


def effect(run: Run) -> float:
    """Return the estimate [mio. kr.]."""
    return run.mean("saldo_mio_kr", "employment_effect")


def _record(run: Run, method: str) -> dict[str, Any]:
    # What is not the public balance is not called so.
    figure = "" if run.headline.get("concept") == SOCIAL else FIGURE
    return {"method": method, "figure": figure, "unit": MIO_KR, "today": effect(run), "unmoved": [], "order": ""}


def _lever(row: Row) -> dict[str, Any]:
    value, low, high = (number_in(row, name) for name in ("value", "low", "high"))
    return {"key": row["key"], "value": value, "low": low, "high": high, "unit": row["unit"], "distribution": None}


def tornado_record(run: Run) -> dict[str, Any]:
    """Return the drivers of a run as the record of a tornado; an end that was refused is the estimate itself."""
    record = _record(run, "tornado")
    levers: list[dict[str, Any]] = []
    groups: dict[str, range] = {}
    rows: list[dict[str, Any]] = []
    for row in checked(run, "drivers"):
        ends = [number_in(row, f"{end}_figure_mio_kr") for end in ("low", "high")]
        if ends == [None, None]:
            continue
        if row.get("low") and row.get("high"):
            levers.append(_lever(row))
        else:
            groups[row["key"]] = range(int(float(row.get("values") or 1)))
        low, high = (record["today"] if end is None else end for end in ends)
        rows.append({"name": row["key"], "low_figure": low, "high_figure": high, "swing": _swing(row, low, high)})
    still = [row["name"] for row in rows if row["swing"] < WITHIN]
    return record | {"order": "swing", "levers": levers, "groups": groups, "rows": rows, "unmoved": still}


def _swing(row: Row, low: float, high: float) -> float:
    kept = number_in(row, "swing_mio_kr")
    return abs(high - low) if kept is None else abs(kept)


def closed_form_keys(run: Run) -> set[str]:
    """Return the drivers that were worked out by the closed form."""
    return {row["key"] for row in run.table("drivers") if row.get("how") == CLOSED_FORM}


def map_record(run: Run) -> dict[str, Any]:
    """Return the estimate over the two largest drivers as the record of a map."""
    rows = checked(run, "two_way")
    across, up = (list(dict.fromkeys(float(row[f"value_{side}"]) for row in rows)) for side in ("across", "up"))
    numbers = [quantity(row, "mio_kr") for row in rows]
    # What is left of nothing by the arithmetic of floats has no sign.
    nothing = WITHIN * max(map(abs, numbers), default=0.0)
    figures = {
        (float(row["value_up"]), float(row["value_across"])): number if abs(number) > nothing else 0.0
        for row, number in zip(rows, numbers, strict=True)
    }
    keys = {side: rows[0][f"key_{side}"] for side in ("across", "up")}
    known = {row["key"]: row for row in checked(run, "drivers")}
    levers = []
    for side, values in (("across", across), ("up", up)):
        row = known.get(keys[side], {})
        ends = {"low": min(values), "high": max(values), "unit": rows[0][f"unit_{side}"]}
        levers.append({"key": keys[side], "value": number_in(row, "value"), "distribution": None, **ends})
    return _record(run, "map") | {
        **keys,
        "levers": levers,
        "rows": [],
        "values_across": sorted(across),
        "values_up": sorted(up),
        "figures": [[figures.get((high, wide)) for wide in sorted(across)] for high in sorted(up)],
    }


def has_map(run: Run) -> bool:
    """Return whether a run has the estimate over a whole grid of two drivers, one of them moving it."""
    rows = checked(run, "two_way")
    if not rows or not all(row.get("mio_kr") for row in rows):
        return False
    sides = [{row[f"value_{side}"] for row in rows} for side in ("across", "up")]
    return min(map(len, sides)) > 1 and len(rows) == len(sides[0]) * len(sides[1])


@dataclass(frozen=True)
class Turn:
    """Where one value alone gives another answer.

    Attributes:
        goal: zero, half or double.
        at: The value that gives it; None where none can.
        inside: Whether it lies within the stated range of the value.
    """

    goal: str
    at: float | None
    inside: bool


@dataclass(frozen=True)
class Turning:
    """A value with its range and where it turns the answer.

    Attributes:
        key: The value.
        lever: Its number today, its range and its unit.
        turns: Where it gives each goal.
    """

    key: str
    lever: Mapping[str, Any]
    turns: tuple[Turn, ...]

    def at(self, goal: str) -> Sequence[Turn]:
        """Return where it gives a goal; nothing where it cannot."""
        return [turn for turn in self.turns if turn.goal == goal and turn.at is not None]

    @property
    def impossible(self) -> list[str]:
        """Goals that no number of this value gives."""
        asked = {turn.goal for turn in self.turns}
        return [goal for goal in GOALS if goal in asked and not self.at(goal)]


def turnings(run: Run) -> list[Turning]:
    """Return the values of the table of turns, the largest driver first."""
    by_key: dict[str, list[Row]] = {}
    for row in sorted(checked(run, "turns"), key=lambda row: int(float(row["order"]))):
        by_key.setdefault(row["key"], []).append(row)
    return [Turning(key, _lever(rows[0]), tuple(_turns(rows))) for key, rows in by_key.items()]


def _turns(rows: Sequence[Row]) -> Iterator[Turn]:
    for row in rows:
        if row["goal"] in GOALS:
            at = number_in(row, "at") if row["kind"] == POSSIBLE else None
            yield Turn(row["goal"], at, (row.get("inside") or "0").lower() in ("1", "1.0", "true"))


def turns_record(run: Run) -> dict[str, Any]:
    """Return the values of the table of turns as a record, for their names, ranges and units."""
    found = turnings(run)
    rows = [{"name": turning.key} for turning in found]
    return _record(run, "turns") | {"levers": [turning.lever for turning in found], "groups": {}, "rows": rows}
