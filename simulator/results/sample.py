"""Estimates: the mean of replications, its standard error from the draw of events, and the control beside it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, TypedDict

import numpy as np
import numpy.typing as npt

from simulator.control import Control
from simulator.effects import LINES
from simulator.facts.read import words
from simulator.saldo import Concept
from simulator.saldo.beside import BESIDE

if TYPE_CHECKING:
    from simulator.results.drawn import Drawn

FloatArray = npt.NDArray[np.float64]
MIO = 1e-6
"""Kroner to mio. kr."""


class Estimate(TypedDict):
    """A figure as `headline.json` holds it.

    Keys:
        mean: Mean over replications; None for nothing divided by nothing.
        std_error: Standard error of the mean from the draw of events; None for one replication or none.
        low: Lower end of the range from knowledge; None where no value carries a distribution.
        high: Upper end of the same.
        control: The closed-form figure; None where there is none.
    """

    mean: float | None
    std_error: float | None
    low: float | None
    high: float | None
    control: float | None


class Sample:
    """Figures of replications by name, and under the same names those of the control and of the draws."""

    def __init__(
        self, figures: Sequence[Mapping[str, float]], control: Mapping[str, float], drawn: Drawn | None = None
    ) -> None:
        """Take the figures of at least one replication."""
        self.figures, self.control, self.drawn = list(figures), dict(control), drawn

    def mean(self, name: str) -> float:
        """Return the mean of a figure."""
        return _mean([figures[name] for figures in self.figures])

    def estimate(self, name: str, factor: float = 1.0) -> Estimate:
        """Return a figure times a factor."""
        events = [figures[name] * factor for figures in self.figures]
        found = self.control.get(name)
        control = None if found is None else found * factor
        known = None if self.drawn is None else self.drawn.figures[name] * factor
        return _estimate(_mean(events), _std_error(events), control, self._range(known))

    def ratio(self, top: str, bottom: str, factor: float = 1.0) -> Estimate:
        """Return the ratio of two means times a factor; its error is that of the linearised ratio."""
        above = [figures[top] * factor for figures in self.figures]
        below = [figures[bottom] for figures in self.figures]
        mean, whole = divided(_mean(above), _mean(below)), _mean(below)
        error = None
        if mean is not None:
            error = _std_error([(one - mean * two) / whole for one, two in zip(above, below, strict=True)])
        control = None
        if top in self.control and bottom in self.control:
            control = divided(self.control[top] * factor, self.control[bottom])
        known = None
        if self.drawn is not None and self.drawn.figures[bottom].all():
            known = self.drawn.figures[top] * factor / self.drawn.figures[bottom]
        return _estimate(mean, error, control, self._range(known))

    def _range(self, known: FloatArray | None) -> tuple[float, float] | None:
        """Return the range from knowledge of a figure over the draws."""
        return None if known is None or self.drawn is None else self.drawn.range_of(known)


def divided(top: float, bottom: float) -> float | None:
    """Return a quotient, and None for one by nothing."""
    return None if bottom == 0 else top / bottom


def control_figures(control: Control, concept: Concept) -> dict[str, float]:
    """Return the control's figures under the names of those of a replication."""
    weeks = {line: control.total(f"employment_weeks_{line}") for line in LINES}
    beside = tuple(f"{line}_kr" for line in BESIDE)
    figures = {
        "converted": control.total("converted"),
        "baseline_held": control.total("held"),
        **{name: control.total(name) for name in ("saved", "saved_weeks", "saved_kr", "lost", "lost_weeks", "lost_kr")},
        "form_weeks": weeks["form"],
        "volume_weeks": weeks["volume"],
        "employment_weeks": sum((weeks[line] for line in concept.lines), start=0.0),
        "weeks_off_benefit": control.total("weeks_off_benefit"),
        "full_time_weeks": control.total("full_time_weeks"),
        "form_kr": control.total("form_kr"),
        "volume_kr": control.total("volume_kr"),
        "employment_effect_kr": control.total("employment_effect_kr"),
        **{name: control.total(name) for name in beside},
        "net_kr": control.total("employment_effect_kr") + sum(control.total(name) for name in beside),
        "municipal_hours": control.total("caseworker_hours_municipal"),
        "a_kasse_hours": control.total("caseworker_hours_a_kasse"),
        "no_show_hours": control.total("no_show_hours"),
        **{f"concept.{name}_kr": kr for name, kr in control.by_concept.items()},
    }
    converted = control.by("converted")
    for name in words()["types"]:
        figures[f"converted_by_type.{name}"] = sum(n for (its, _), n in converted.items() if its == name) + 0.0
    for name in words()["groups"]:
        figures[f"converted_by_group.{name}"] = sum(n for (_, its), n in converted.items() if its == name) + 0.0
    return figures


def _mean(draws: list[float]) -> float:
    return math.fsum(draws) / len(draws)


def _std_error(draws: list[float]) -> float | None:
    count = len(draws)
    if count < 2:
        return None
    mean = _mean(draws)
    return math.sqrt(math.fsum((draw - mean) ** 2 for draw in draws) / (count - 1) / count)


def _estimate(
    mean: float | None, std_error: float | None, control: float | None, known: tuple[float, float] | None = None
) -> Estimate:
    # Adding nothing turns the minus zero of a product into zero.
    return Estimate(
        mean=None if mean is None else mean + 0.0,
        std_error=None if std_error is None else std_error + 0.0,
        low=None if known is None else known[0] + 0.0,
        high=None if known is None else known[1] + 0.0,
        control=None if control is None else control + 0.0,
    )
