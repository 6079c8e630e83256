"""Results by municipality, from `tables/places.csv`: one number each, per 1,000 inhabitants or as a share."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from simulator.errors import InputError
from simulator.report.language import Words, rounded
from simulator.report.municipalities.choice import COMPARES, Choice
from simulator.report.municipalities.tiles import read_tiles
from simulator.report.reading import Run

INHABITANTS = 1000.0
"""Results are per so many inhabitants."""

CLASSES = 4
NEEDED = ("arm", "municipality_code", "quantity", "value")
Counts = Mapping[tuple[str, str], float]
"""Counts of a municipality by arm and quantity [conversations, and inhabitants under arm both]."""


@dataclass(frozen=True)
class Numbers:
    """A number for each municipality.

    Attributes:
        exact: Number by code of the municipality, not rounded [per 1,000 inhabitants, or per cent].
        country: The same for all municipalities of the run together, not rounded.
        total: Conversations that the numbers are made of, of all municipalities; for a share the digital ones.
        decimals: Digits after the comma.
    """

    exact: Mapping[str, float]
    country: float
    total: float
    decimals: int

    @cached_property
    def by_place(self) -> Mapping[str, float]:
        """Number by code of the municipality, rounded as it is printed; classes are of these."""
        # Adding zero makes a negative zero a plain one.
        return {code: float(rounded(value, self.decimals)) + 0.0 for code, value in self.exact.items()}

    def bounds(self) -> tuple[float, ...]:
        """Return the lower bounds of all classes but the first: rounded, rising, about as many places in each.

        Where numbers lie on both sides of zero, no class does.
        """
        values = sorted(self.by_place.values())
        if not values:
            return ()
        inner = {values[len(values) * step // CLASSES] for step in range(1, CLASSES)}
        if values[0] < 0.0 <= values[-1]:
            first_not_minus = next(value for value in values if value >= 0.0)
            inner = inner - {min(inner, key=abs)} | {first_not_minus}
        return tuple(sorted(bound for bound in inner if values[0] < bound))

    def class_of(self, code: str) -> int:
        """Return the class of a municipality, 0 for the lowest numbers."""
        return bisect_right(self.bounds(), self.by_place[code])

    def limits(self) -> list[tuple[float, float]]:
        """Return lowest and highest number of each class that holds any, the lowest class first."""
        members: dict[int, list[float]] = {}
        for code, value in self.by_place.items():
            members.setdefault(self.class_of(code), []).append(value)
        return [(min(members[index]), max(members[index])) for index in sorted(members)]

    def order(self) -> list[str]:
        """Return the codes of the municipalities, that with the highest number first."""
        return sorted(self.exact, key=lambda code: (-self.exact[code], int(code)))

    def told(self, words: Words, code: str) -> str:
        """Return the number of a municipality in the reader's language, without its unit."""
        return words.number(self.by_place.get(code), self.decimals)


def numbers_of(run: Run, choice: Choice) -> Numbers | None:
    """Return the numbers of a map of results; None where the run has no table of places.

    A municipality is left out where its number cannot be worked out: nobody lives there, or no conversation is held.

    Raises:
        InputError: The table of places cannot be read.
    """
    places = _counts_of(run)
    parts = {code: _part_and_whole(counts, choice) for code, counts in places.items()}
    known = {code: (part, whole) for code, (part, whole) in parts.items() if whole > 0 and code in read_tiles()}
    if not known:
        return None
    scale = 100.0 if choice.quantity == "digital_share" else INHABITANTS
    exact = {code: scale * part / whole for code, (part, whole) in known.items()}
    total = sum(part for part, _ in known.values())
    country = scale * total / sum(whole for _, whole in known.values())
    decimals = _decimals_of(choice, max(abs(value) for value in exact.values()))
    return Numbers(exact, country, total, decimals)


def places_of(run: Run) -> tuple[str, ...]:
    """Return the codes of the municipalities of a run that we know; none where it has no table of places."""
    return tuple(code for code in _counts_of(run) if code in read_tiles())


def _part_and_whole(counts: Counts, choice: Choice) -> tuple[float, float]:
    def held(quantity: str, arm: str = choice.arm) -> float:
        return counts.get((arm, quantity), 0.0)

    if choice.quantity == "digital_share":
        return held("phone") + held("video"), held("held")
    inhabitants = held("population", "both")
    if choice.quantity == COMPARES:
        return held("physical", "baseline") - held("physical", "proposal"), inhabitants
    return held("held"), inhabitants


def _decimals_of(choice: Choice, most: float) -> int:
    if choice.quantity == "digital_share" or most >= 100:
        return 0
    return 1 if most >= 1 or most == 0 else 2


def _counts_of(run: Run) -> dict[str, dict[tuple[str, str], float]]:
    places: dict[str, dict[tuple[str, str], float]] = {}
    for line, row in enumerate(run.table("places"), start=2):
        if any(row.get(column) is None for column in NEEDED):
            raise _unreadable(run, f"line {line}: wants the columns {', '.join(NEEDED)}")
        try:
            value = float(row["value"] or "nan")
        except ValueError as fault:
            raise _unreadable(run, f"line {line}: {row['value']!r} is no number") from fault
        if value == value:
            places.setdefault(row["municipality_code"], {})[row["arm"], row["quantity"]] = value
    return places


def _unreadable(run: Run, what: str) -> InputError:
    return InputError.one(f"{what}; run the scenario again", where=str(run.folder / "tables" / "places.csv"))
