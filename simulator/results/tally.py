"""Adds up replications: counts and kroner as sums, and of each replication only the figures that need an error."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from simulator.delivery import Counts
from simulator.delivery.counts import Cells
from simulator.effects import LINES, Employment
from simulator.facts.read import words
from simulator.saldo import Saldo

FloatArray = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Outcome:
    """What one replication adds up to.

    Attributes:
        counts: Conversations of both arms.
        employment: Effect on employment.
        saldo: Effect on the public balance.
    """

    counts: Counts
    employment: Employment
    saldo: Saldo


@dataclass(frozen=True)
class Sums:
    """Sums over replications.

    Attributes:
        arms: What happened in each arm.
        basis: Why the baseline's conversations had their form.
        kr: Kroner by line, type, group and year.
        office_minutes: Caseworker minutes, shape (arm, office kind, place).
        office_waits: Conversations held and their days of waiting, shape (arm, office kind, place, 2).
    """

    arms: tuple[Cells, ...]
    basis: Cells
    kr: FloatArray
    office_minutes: FloatArray
    office_waits: FloatArray

    @classmethod
    def of(cls, outcome: Outcome) -> Sums:
        """Return the sums of one replication."""
        counts = outcome.counts
        return cls(counts.arms, counts.basis, outcome.saldo.kr, counts.office_minutes, counts.office_waits)

    def plus(self, other: Sums) -> Sums:
        """Return the sums of both."""
        return Sums(
            arms=tuple(one.plus(two) for one, two in zip(self.arms, other.arms, strict=True)),
            basis=self.basis.plus(other.basis),
            kr=self.kr + other.kr,
            office_minutes=self.office_minutes + other.office_minutes,
            office_waits=self.office_waits + other.office_waits,
        )

    def over(self, replications: int) -> Sums:
        """Return the means over the replications; cells know how many they hold."""
        return Sums(
            arms=self.arms,
            basis=self.basis,
            kr=self.kr / replications,
            office_minutes=self.office_minutes / replications,
            office_waits=self.office_waits / replications,
        )


@dataclass
class Tally:
    """Replications, added up in their order as they come.

    Attributes:
        figures: Figures of each replication by name.
        years: Financial years of the kroner.
        last_days: Last simulated day of each municipality in each replication, shape (place,) each.
        met: Whether the queues of both arms had met by then, shape (place,) each.
    """

    figures: list[dict[str, float]] = field(default_factory=list)
    years: tuple[int, ...] = ()
    last_days: list[npt.NDArray[np.int64]] = field(default_factory=list)
    met: list[npt.NDArray[np.bool_]] = field(default_factory=list)
    _sums: Sums | None = None

    def add(self, outcome: Outcome) -> None:
        """Add the next replication."""
        sums = Sums.of(outcome)
        self._sums = sums if self._sums is None else self._sums.plus(sums)
        self.years = outcome.saldo.years
        self.figures.append(figures_of(outcome.employment, outcome.saldo))
        self.last_days.append(outcome.counts.last_days)
        self.met.append(outcome.counts.met)

    @property
    def means(self) -> Sums:
        """Means over the replications."""
        assert self._sums is not None, "a run has at least one replication"
        return self._sums.over(len(self.figures))


def figures_of(effect: Employment, found: Saldo) -> dict[str, float]:
    """Return the figures of one replication that have a standard error, by name.

    Units stand in the names; counts are conversations. Minus is a loss.
    """
    by_line = dict(zip(LINES, effect.weeks.sum(axis=(1, 2, 3)).tolist(), strict=True))
    figures = {
        "converted": float(effect.converted.sum()),
        "reverse": float(effect.reverse.sum()),
        "form_weeks": by_line["form"],
        "volume_weeks": by_line["volume"],
        "employment_weeks": sum((by_line[line] for line in found.headline_lines), start=0.0),
        "form_kr": found.line_kr("form"),
        "volume_kr": found.line_kr("volume"),
        "employment_effect_kr": found.employment_effect_kr,
        "caseworker_time_kr": found.caseworker_kr,
        "net_kr": found.employment_effect_kr + found.caseworker_kr,
        "municipal_hours": found.hours[0],
        "a_kasse_hours": found.hours[1],
    }
    figures |= _named("converted_by_type", words()["types"], effect.converted.sum(axis=1))
    return figures | _named("converted_by_group", words()["groups"], effect.converted.sum(axis=0))


def _named(stem: str, names: Mapping[str, object], numbers: FloatArray) -> dict[str, float]:
    return {f"{stem}.{name}": float(number) for name, number in zip(names, numbers, strict=True)}
