"""What the fast engine is meant to reach, beside what was measured."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from typing import Any

from benchmarks.tables import Figures, number, ratios, table

LARGEST = "the largest case"


@dataclass(frozen=True)
class Goal:
    """A ratio or a size, and its limit.

    Attributes:
        what: What is measured.
        limit: The limit.
        at_least: Whether it is to be reached; else it is not to be passed.
        measured: Takes it from the figures of all sections.
        unit: Unit, if it is no ratio.
    """

    what: str
    limit: float
    at_least: bool
    measured: Callable[[dict[str, Any]], float]
    unit: str = ""

    def row(self, found: dict[str, Any]) -> tuple[str, str, str, str]:
        """Return the row of the table; a section that failed has no figure."""
        sign = "at least" if self.at_least else "at most"
        wanted = f"{sign} {number(self.limit)}{self.unit}"
        try:
            value = self.measured(found)
        except (KeyError, IndexError, ZeroDivisionError):
            return self.what, wanted, "not measured", "-"
        met = value >= self.limit if self.at_least else value <= self.limit
        return self.what, wanted, f"{number(value)}{self.unit}", "yes" if met else "no"


def _times(above: str, below: str) -> Callable[[dict[str, Any]], float]:
    """Return how many times as long one contestant takes as another on the largest case."""

    def measured(found: dict[str, Any]) -> float:
        rows = found["speed"][-1]["contestants"]
        return median(ratios(rows[above]["cpu_seconds"], rows[below]["cpu_seconds"]))

    return measured


def _growth(what: str) -> Callable[[dict[str, Any]], float]:
    return lambda found: median(next(iter(found["growth"]["engines"].values()))[what])


def _megabytes(found: dict[str, Any], row: int) -> float:
    return float(found["memory"][row]["mib"]) * (1 << 20) / 1e6


def _start(command: int, base: int) -> Callable[[dict[str, Any]], float]:
    return lambda found: median(ratios(found["start"][command]["wall_seconds"], found["start"][base]["wall_seconds"]))


GOALS = (
    Goal("plain SimPy, collector off, against fast", 400, True, _times("plain_simpy", "fast")),
    Goal("plain SimPy as it comes, against fast", 1500, True, _times("plain_simpy_as_it_comes", "fast")),
    Goal("reference, against fast", 100, True, _times("reference", "fast")),
    Goal("fast, against the floor", 7, False, lambda found: median(found["floor"]["ratio"])),
    Goal("fast, 4 times the persons", 4.4, False, _growth("persons")),
    Goal("fast, 4 times the replications", 4.4, False, _growth("replications")),
    Goal("two threads, times as fast as one", 1.9, True, lambda found: median(found["threads"]["speed_up"])),
    Goal("with the log of attempts, against without", 1.3, False, lambda found: median(found["log"]["ratio"])),
    Goal("memory of one replication over the imports", 200, False, lambda found: _megabytes(found, 0), " MB"),
    Goal(
        "memory of many replications, against one",
        1.05,
        False,
        lambda found: _megabytes(found, 1) / _megabytes(found, 0),
    ),
    Goal("`saldo run`, cached, against the imports", 4, False, _start(4, 2)),
    Goal("`saldo --help`, against `python -c pass`", 12, False, _start(1, 0)),
)


def against_goals(found: Figures) -> list[str]:
    """Return the section on goals, given the figures of all sections by name."""
    lines = ["", f"## Goals, on {LARGEST}", "", "Medians of the sections below."]
    return lines + table(("what", "goal", "measured", "met"), [goal.row(found) for goal in GOALS])
