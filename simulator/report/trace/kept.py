"""What a run keeps: its figures, and the values of its scenario with their sources."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from simulator.errors import InputError
from simulator.report.reading import HEADLINE, Row, Run
from simulator.report.trace.node import Node, Value

ESTIMATE = ("mean", "std_error", "low", "high", "control")
STATED = ("note", "employment")
"""Concepts of one stated value a person-year."""
WORKED_OUT = ("simulation", "control")
"""Sources of a step that no publication gives."""
OWN = {"own-derivation": "own derivation", "none-found": "no source found", "": "no source found"}


class Kept:
    """A finished run, as a trace reads it.

    Attributes:
        run: The run.
    """

    def __init__(self, run: Run) -> None:
        """Take a run."""
        self.run = run

    def number(self, *path: str) -> float | None:
        """Return a number of the headline; None where there is none."""
        try:
            found = self.run.number(*path)
        except (ValueError, IndexError):  # a list has no entry of that name or place
            return None
        return None if found is None else float(found)

    def has(self, *path: str) -> bool:
        """Return whether the headline has a number."""
        return self.number(*path) is not None

    def under(self, *path: str) -> tuple[str, ...]:
        """Return the keys below a place of the headline."""
        found: object = self.run.headline
        for part in path:
            found = found.get(part) if isinstance(found, dict) else None
        return tuple(found) if isinstance(found, dict) else ()

    @cached_property
    def concept(self) -> str:
        """Concept of the headline."""
        return str(self.run.headline.get("concept") or "")

    @cached_property
    def by_control(self) -> bool:
        """Whether nothing was simulated."""
        return self.run.headline.get("engine") == "control"

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """Lines of employment that the concept counts: form, or form and volume."""
        chosen = next((row for row in self.run.table("concepts") if row["chosen"] == "1"), None)
        return tuple(part.strip() for part in chosen["lines"].split("+")) if chosen else ("form",)

    @cached_property
    def stated(self) -> bool:
        """Whether kroner are person-years times one stated value."""
        row = next((row for row in self.run.table("steps") if row["step"] == "value_per_person_year_kr"), None)
        return row is not None and row.get("source") not in WORKED_OUT

    @cached_property
    def full_time(self) -> bool:
        """Whether a week of employment is a full-time week in every group."""
        rows = [row for row in self.run.table("assumptions") if row["key"].startswith("effects.full_time_share")]
        return all(float(row["value"]) == 1.0 for row in rows)

    @cached_property
    def _rows(self) -> dict[str, list[Row]]:
        rows: dict[str, list[Row]] = {}
        for row in self.run.table("assumptions"):
            rows.setdefault(row["key"], []).append(row)
        return rows

    def values(self, key: str, narrow: bool = False) -> tuple[Value, ...]:
        """Return the value of a key, or all below it; where there is none, those of the wider key unless `narrow`."""
        found = self._rows.get(key) or [row for name, rows in self._rows.items() if _below(name, key) for row in rows]
        shorter = key.rpartition(".")[0]
        if not found and shorter.count(".") and not narrow:
            return self.values(shorter)
        return tuple(map(self._value, found))

    def _value(self, row: Row) -> Value:
        source = row["source"]
        title = OWN.get(source) or self.run.source_title(source) or source
        rest = {name: row.get(name) or "" for name in ("unit", "low", "high", "kind", "date", "reason")}
        return Value(key=row["key"], value=row["value"], source=title, **rest)

    def assumption(self, key: str) -> Node | None:
        """Return the value of a key as a leaf; None where the run has no single value of it."""
        rows = self._rows.get(key, [])
        if len({row["value"] for row in rows}) != 1 or not rows[0]["value"]:
            return None
        place = f"tables/assumptions.csv:{key}"
        return Node(key, float(rows[0]["value"]), place, rows[0]["unit"], rests=tuple(map(self._value, rows)))

    def leaf(self, path: Sequence[str], note: str) -> Node:
        """Return a number of the headline as a leaf.

        Raises:
            InputError: The headline has no such number.
        """
        value = self.number(*path)
        if value is None:
            raise InputError.one(f"{HEADLINE} has no number at {'.'.join(path)}", path="FIGURE")
        return Node(".".join(path), value, f"{HEADLINE}:{'.'.join(path)}", note=note)


def _below(name: str, key: str) -> bool:
    return name.startswith(f"{key}.")
