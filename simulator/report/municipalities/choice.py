"""What a map shows: the quantity or the day, the arm, and the shapes that it is drawn on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from simulator.errors import InputError
from simulator.report.reading import Run

QUANTITIES = ("physical_avoided", "held", "digital_share")
"""What a map of results can show; the first where nothing else is asked for."""

ARMS = ("baseline", "proposal")
COMPARES = "physical_avoided"
"""The quantity that compares the arms and so has none."""


@dataclass(frozen=True)
class Choice:
    """What a map shows; with a day it shows rules, else results.

    Attributes:
        quantity: One of `QUANTITIES`.
        day: Day of which the rules are shown; None for results.
        arm: `baseline` or `proposal`, for all that does not compare the two.
        geometry: GeoJSON file to draw on; None for the tiles.
    """

    quantity: str = QUANTITIES[0]
    day: date | None = None
    arm: str = "proposal"
    geometry: Path | None = None

    @property
    def column(self) -> str:
        """What the quantity is called as a column, with its unit last."""
        if self.quantity == "digital_share":
            return f"digital_{self.arm}_per_cent"
        arm = "" if self.quantity == COMPARES else f"_{self.arm}"
        return f"{self.quantity}{arm}_per_1000_inhabitants"

    @property
    def stem(self) -> str:
        """What the map is called within the figure; empty for what a run draws by itself."""
        if self.day is not None:
            return f"rules-{self.day.isoformat()}-{self.arm}"
        if self.quantity == COMPARES:
            return ""
        return f"{self.quantity.replace('_', '-')}-{self.arm}"


def read_choice(
    run: Run, quantity: str | None, day: str | None, arm: str | None, geometry: Path | None = None
) -> Choice:
    """Return what the user asked for, checked against the run.

    Args:
        run: The run.
        quantity: One of `QUANTITIES`, as given; None for the first.
        day: Day of the rules as YYYY-MM-DD, as given; None for a map of results.
        arm: `baseline` or `proposal`, as given; None for the proposal.
        geometry: GeoJSON file; None for the tiles.

    Raises:
        InputError: A value that there is not, a day outside the period, or two options that exclude each other.
    """
    _one_of("quantity", quantity, QUANTITIES)
    _one_of("arm", arm, ARMS)
    if day is not None and quantity is not None:
        raise InputError.one("a map of rules (--date) shows no quantity; leave out one of the two", path="quantity")
    chosen = quantity or QUANTITIES[0]
    if day is None and arm is not None and chosen == COMPARES:
        raise InputError.one(f"{COMPARES} compares the arms; leave --arm out, or give another --quantity", path="arm")
    return Choice(chosen, None if day is None else _day_of(run, day), arm or "proposal", geometry)


def _one_of(path: str, given: str | None, allowed: tuple[str, ...]) -> None:
    if given is not None and given not in allowed:
        raise InputError.one(f"no {path} {given!r}; allowed: {', '.join(allowed)}", path=path)


def _day_of(run: Run, text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError as fault:
        raise InputError.one(f"{text!r} is no date; write it as YYYY-MM-DD", path="date") from fault
    first, last = run.period
    if not first <= day <= last:
        raise InputError.one(f"{day} lies outside the period of the run; allowed: {first} to {last}", path="date")
    return day
