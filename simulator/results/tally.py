"""Adds up replications: kroner as sums, and of each replication only the figures that need an error."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from simulator.effects import LINES, Employment
from simulator.facts.read import words
from simulator.saldo import Saldo

FloatArray = npt.NDArray[np.float64]


@dataclass
class Tally:
    """Replications, added up in their order as they come.

    Attributes:
        figures: Figures of each replication by name.
        years: Financial years of the kroner.
    """

    figures: list[dict[str, float]] = field(default_factory=list)
    years: tuple[int, ...] = ()
    _kr: FloatArray | None = None

    def add(self, effect: Employment, found: Saldo, unforeseen_kr: float = 0.0) -> None:
        """Add the next replication; `unforeseen_kr` is the part of its effect that no closed form foresees."""
        self._kr = found.kr if self._kr is None else self._kr + found.kr
        self.years = found.years
        self.figures.append(figures_of(effect, found) | {"unforeseen_kr": unforeseen_kr})

    @property
    def kr(self) -> FloatArray:
        """Mean kroner over the replications, by line, account, authority, type, group and year."""
        assert self._kr is not None, "a run has at least one replication"
        return self._kr / len(self.figures)


def figures_of(effect: Employment, found: Saldo) -> dict[str, float]:
    """Return the figures of one replication that have a standard error, by name.

    Units stand in the names; counts are conversations. Minus is a loss.
    """
    by_line = dict(zip(LINES, effect.weeks.sum(axis=(1, 2, 3, 4)).tolist(), strict=True))
    figures = {
        "converted": float(effect.converted.sum()),
        "reverse": float(effect.reverse.sum()),
        "saved": effect.saved[0],
        "lost": effect.lost[0],
        "saved_weeks": effect.saved[1],
        "lost_weeks": effect.lost[1],
        "saved_kr": found.saved_kr,
        "lost_kr": found.line_kr("volume") - found.saved_kr,
        "form_weeks": by_line["form"],
        "volume_weeks": by_line["volume"],
        "employment_weeks": sum((by_line[line] for line in found.headline_lines), start=0.0),
        "weeks_off_benefit": found.weeks_off_benefit,
        "full_time_weeks": found.full_time_weeks,
        "form_kr": found.line_kr("form"),
        "volume_kr": found.line_kr("volume"),
        "employment_effect_kr": found.employment_effect_kr,
        **{f"{line}_kr": kr for line, kr in found.beside_kr.items()},
        "net_kr": found.net_kr,
        "municipal_hours": found.beside.hours[0],
        "a_kasse_hours": found.beside.hours[1],
        "no_show_hours": found.beside.no_show_hours,
        **{f"concept.{name}_kr": kr for name, kr in found.concepts.items()},
    }
    figures |= _named("converted_by_type", words()["types"], effect.converted.sum(axis=1))
    return figures | _named("converted_by_group", words()["groups"], effect.converted.sum(axis=0))


def _named(stem: str, names: Mapping[str, object], numbers: FloatArray) -> dict[str, float]:
    return {f"{stem}.{name}": float(number) for name, number in zip(names, numbers, strict=True)}
