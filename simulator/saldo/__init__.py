"""Saldo: what weeks of employment and caseworker minutes are worth to the public balance, in kroner.

**In** come the effect on employment and the caseworker minutes. **Out** comes a `Saldo`: kroner by line, type, group
and financial year. Minus is a loss.

One file per concept in `saldo/concepts/`; its name is the name in the scenario. A concept says what a week of
employment is worth, and which lines its headline counts.

**Assumptions.** The effect of a conversation comes evenly over the year after it, as far as `first_year_share` says,
and evenly over the next year for the rest. Saved caseworker time is hours first, and kroner only as far as the scenario
says that it is realised. Time of a-kasser lies outside the public balance.

    >>> from simulator.saldo.years import year_shares
    >>> year_shares(738_156, 1.0)  # 1 January 2022
    {2022: 1.0}
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import Protocol

import numpy as np
import numpy.typing as npt

from simulator.calendars import OFFICE_KINDS
from simulator.calendars.span import Span
from simulator.effects import LINES, Employment
from simulator.saldo.years import year_shares
from simulator.scenario import Scenario

FloatArray = npt.NDArray[np.float64]
MINUTES_AN_HOUR = 60
MILLION = 1_000_000

__all__ = ["Concept", "Saldo", "caseworker_hours", "caseworker_kr", "concept_of", "saldo"]


class Concept(Protocol):
    """What a concept of the public balance has to say."""

    HEADLINE_LINES: tuple[str, ...]

    def week_kr(self, scenario: Scenario) -> float:
        """Return the value of a week of employment [kr]."""
        ...


@dataclass(frozen=True)
class Saldo:
    """Effect on the public balance [kr], minus is a loss.

    Attributes:
        years: Financial years.
        kr: By line of employment, shape (line, type, group, year).
        headline_lines: Lines that the concept counts as its employment effect.
        caseworker_kr: Kroner of saved caseworker time, as far as realised.
        hours: Saved caseworker hours, municipal and a-kasse.
        week_kr: Value of a week of employment [kr].
    """

    years: tuple[int, ...]
    kr: FloatArray
    headline_lines: tuple[str, ...]
    caseworker_kr: float
    hours: tuple[float, float]
    week_kr: float

    def line_kr(self, line: str) -> float:
        """Return the sum of a line [kr]."""
        return float(self.kr[LINES.index(line)].sum())

    @property
    def employment_effect_kr(self) -> float:
        """The headline [kr]."""
        return sum((self.line_kr(line) for line in self.headline_lines), start=0.0)


def concept_of(scenario: Scenario) -> Concept:
    """Return the concept that the scenario names."""
    concept: Concept = import_module(f"simulator.saldo.concepts.{scenario.sections.saldo.concept}")
    return concept


def saldo(scenario: Scenario, effect: Employment, worked_minutes: FloatArray, span: Span) -> Saldo:
    """Value the effect on employment and the caseworker time.

    Args:
        scenario: The scenario.
        effect: Effect on employment.
        worked_minutes: Caseworker minutes, shape (arm, office kind).
        span: The simulated days.
    """
    concept = concept_of(scenario)
    first_share = scenario.baseline.values["saldo.first_year_share"]
    shares = [year_shares(span.first + at.first_day + (at.days - 1) // 2, first_share) for at in span.segments]
    years = tuple(sorted({year for share in shares for year in share}))
    by_segment = np.array([[share.get(year, 0.0) for year in years] for share in shares])
    week_kr = concept.week_kr(scenario)
    kr = np.einsum("lstg,sy->ltgy", effect.weeks.sum(axis=-1), by_segment) * week_kr
    hours = caseworker_hours(worked_minutes)
    return Saldo(years, kr, concept.HEADLINE_LINES, caseworker_kr(scenario, hours[0]), hours, week_kr)


def caseworker_hours(worked_minutes: FloatArray) -> tuple[float, float]:
    """Return saved caseworker hours (municipal, a-kasse); minus is more work."""
    saved = (worked_minutes[0] - worked_minutes[1]) / MINUTES_AN_HOUR
    a_kasse = float(saved[OFFICE_KINDS.index("a_kasse")])
    return float(saved.sum()) - a_kasse, a_kasse


def caseworker_kr(scenario: Scenario, municipal_hours: float) -> float:
    """Return kroner of saved municipal hours: all under `dut` and `full`, none under `none`.

    Under `dut` the municipalities' block grant is cut by as much, so the gain is the state's; the sum is the same.
    """
    if scenario.sections.saldo.caseworker_time_realised == "none":
        return 0.0
    return municipal_hours * scenario.baseline.values["saldo.caseworker_kr_per_hour"]
