"""Why the figures of two kept runs need not be comparable: what they are figures of, before any assumption."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from simulator.bridge.assumptions import Said, places_told
from simulator.errors import InputError
from simulator.pipeline import CONTROL
from simulator.results.difference import resolved_of
from simulator.results.read import KeptRun

SIMULATION = "simulation"


@dataclass(frozen=True)
class Unlike:
    """Something in which two figures are of different kinds.

    Attributes:
        what: Its name: concept, includes, lines, price_year, period, places, engine or known_as_of.
        before: What the old run says; None where it says nothing: the whole country, or all that is known today.
        after: What the new run says.
    """

    what: str
    before: Said
    after: Said


def unlike(old: KeptRun, new: KeptRun) -> tuple[Unlike, ...]:
    """Return in what the figures of two kept runs are of different kinds; nothing is run.

    The concept is told by its name, by the accounts that it includes (transfers, taxes, return flow, ...: the steps
    from the direct effect to that after tax, return flow and behaviour) and by the lines that it counts (form,
    volume). Both engines that simulate count as one. A run that was made before runs said so says nothing.

    Raises:
        InputError: A run lacks its headline or its scenario, or they cannot be read.
    """
    found = []
    for what, tell in _KINDS.items():
        before, after = tell(old), tell(new)
        if before != after:
            found.append(Unlike(what, before, after))
    return tuple(found)


def _period(run: KeptRun) -> Said:
    """Return the period as ISO 8601 writes an interval."""
    period = run.headline.get("period") or {}
    return f"{period.get('from', '?')}/{period.get('to', '?')}"


def _places(run: KeptRun) -> Said:
    codes = resolved_of(run).get("places")
    told = places_told(sorted(map(str, codes))) if isinstance(codes, list) else None
    return None if told is None else ", ".join(told)


def _engine(run: KeptRun) -> Said:
    return CONTROL if run.record.get("engine") == CONTROL else SIMULATION


def _of_headline(name: str) -> Callable[[KeptRun], Said]:
    def tell(run: KeptRun) -> Said:
        found = run.headline.get(name)
        return found if found is None or isinstance(found, str) else float(found)

    return tell


def _of_concept(column: str) -> Callable[[KeptRun], Said]:
    def tell(run: KeptRun) -> Said:
        try:
            rows: list[dict[Any, Any]] = run.table("concepts").to_dict("records")
        except InputError:  # an older run has no such table, or one of other columns
            return None
        return next((str(row[column]) for row in rows if row["chosen"] == 1), None)

    return tell


_KINDS: dict[str, Callable[[KeptRun], Said]] = {
    "concept": _of_headline("concept"),
    "includes": _of_concept("includes"),
    "lines": _of_concept("lines"),
    "price_year": _of_headline("price_year"),
    "period": _period,
    "places": _places,
    "engine": _engine,
    "known_as_of": _of_headline("known_as_of"),
}
