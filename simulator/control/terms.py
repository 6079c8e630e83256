"""The control written out in its inputs: each figure is a sum of terms, a number times inputs raised to powers.

The factors of `figures.py` multiply to a figure at the inputs of the run. They do not say what the figure is at other
inputs: missed appointments are made again and choose their form again, so that the scale on the take-up works through
its powers, and a closure that is made up for falls into weeks with rules of their own. The terms say so, exactly, and a
spreadsheet can work them out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from simulator.calendars.span import Span
from simulator.control.chain import Chain, sums_of
from simulator.control.figures import Pair
from simulator.control.kroner import beside_week_kr, halves_of, week_kr_by_concept
from simulator.control.outlook import Unit
from simulator.facts.read import words
from simulator.scenario import Scenario

LINES = ("due", "converted", "form_weeks", "reverse_weeks", "volume_weeks")
"""Figures of a type and group that are written out."""
IN_WEEKS = LINES[2:]
STATED = ("note", "employment")
"""Concepts that take one value of a person-year."""
NOTHING = 100 * float(np.finfo(np.float64).eps)
"""A term smaller than this share of the largest of its figure is the rounding of arithmetic."""
FloatArray = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Term:
    """A row of `tables/control_terms.csv`: a number, times each input raised to its power, is a part of a figure.

    Attributes:
        line: Figure that it is a part of.
        type: Conversation type; empty where the figure is that of a group.
        group: Target group.
        year: Financial year; empty where the figure has none.
        take_up_scale: Power of `attendance.take_up_scale`.
        relative_effect: Power of the relative effect of the type, over phone and video.
        carry_share: Power of `closures.carry_share`.
        effect_scale: Power of `effects.params.scale`.
        first_year_share: Power of `saldo.first_year_share`.
        value_per_person_year: Power of `saldo.value_per_person_year_kr`.
        value: The number.
        unit: Unit of the figure.
    """

    line: str
    type: str
    group: str
    year: str
    take_up_scale: int
    relative_effect: int
    carry_share: int
    effect_scale: int
    first_year_share: int
    value_per_person_year: int
    value: float
    unit: str


@dataclass(frozen=True)
class Carried:
    """The chains once more, at another carry share.

    Attributes:
        carry_share: That share [0-1].
        chains: The chains, run.
    """

    carry_share: float
    chains: Mapping[Pair, Chain]


@dataclass(frozen=True)
class Terms:
    """What the control can be written out in its inputs from, which only a finished run asks for.

    Attributes:
        scenario: The scenario.
        span: The simulated days.
        chains: The chain of each type and group, run.
        carried: The same at another carry share; None where it has no range, and is no input.
    """

    scenario: Scenario
    span: Span
    chains: Mapping[Pair, Chain]
    carried: Carried | None

    def all(self) -> tuple[Term, ...]:
        """Return the control in its inputs."""
        found: list[Term] = []
        for pair, chain in self.chains.items():
            other = None if self.carried is None else (self.carried.carry_share, self.carried.chains[pair])
            found += _of_pair(pair, chain, other)
        return (*found, *_of_groups(self.scenario, self.span))


def _of_pair(pair: Pair, chain: Chain, other: tuple[float, Chain] | None) -> Iterator[Term]:
    scale = chain.outlook.scenario.baseline.values["effects.params.scale"]
    numbers = _numbers(chain, other)
    for line, by_power in zip(LINES, np.moveaxis(numbers, -1, 0), strict=True):
        in_weeks = line in IN_WEEKS
        raised = int(in_weeks and scale != 0)
        least = NOTHING * float(np.abs(by_power).max())
        for (take_up, kept, carry), number in np.ndenumerate(by_power):
            if abs(number) > least:
                value = float(number) / scale if raised else float(number)
                unit = "weeks" if in_weeks else "conversations"
                yield Term(line, *pair, "", take_up, kept, carry, raised, 0, 0, value, unit)


def _numbers(chain: Chain, other: tuple[float, Chain] | None) -> FloatArray:
    """Return the numbers of the terms, shape (power of take-up scale, of relative effect, of carry share, line).

    A figure is a polynomial in the scale, of one degree more than there are tries, and is found from as many points;
    in the other two it is a straight line.
    """
    nodes = np.linspace(0.0, 1.0, round(chain.outlook.scenario.baseline.values["delivery.tries"]) + 2)
    chains = [chain] if other is None else [chain, other[1]]
    figures = _figures(chains, nodes)
    inverse = np.linalg.inv(np.vander(nodes, increasing=True))
    at: FloatArray = np.einsum("ps,s...->p...", inverse, figures)
    at[:, 1] -= at[:, 0]
    if other is not None:
        at[:, :, 1] = (at[:, :, 1] - at[:, :, 0]) / (other[0] - chain.carry_share)
        at[:, :, 0] -= chain.carry_share * at[:, :, 1]
    return at


def _figures(chains: list[Chain], nodes: FloatArray) -> FloatArray:
    """Return the lines at scales on take-up and at a relative effect of 0 and 1, shape (scale, effect, chain, line)."""
    outlook, found = chains[0].outlook, np.zeros((len(nodes), 2, len(chains), len(LINES)))
    cases = {key: case for chain in chains for key, (case, _, _) in chain.due.items()}
    for key, case in cases.items():
        due = [chain.due[key][2] if key in chain.due else [0.0, 0.0, 0.0] for chain in chains]
        for row, scale in enumerate(nodes):
            unit = outlook.unit(case, float(scale))
            weight = outlook.open_weight(case) if unit.worth else 0.0
            for kept in (0, 1):
                less = weight * (kept - outlook.relative_effect) if weight else 0.0
                seen = _keeping_more(unit, less)
                for column, falls_due in enumerate(due):
                    sums = sums_of(seen, falls_due)
                    found[row, kept, column] += [getattr(sums, line) for line in LINES]
    return found


def _keeping_more(unit: Unit, share: float) -> Unit:
    """Return what becomes of a conversation whose digital form keeps more of the effect by a share [0-1]."""
    kept_worth = unit.kept_worth + unit.worth * (1 - unit.physical) * share
    return replace(unit, loss=unit.loss - share, kept_worth=kept_worth)


def _of_groups(scenario: Scenario, span: Span) -> Iterator[Term]:
    """Yield kroner of a week of employment by year, and what of a full-time person-year a week is."""
    values, concept = scenario.baseline.values, scenario.sections.saldo.concept
    value = values["saldo.value_per_person_year_kr"] if concept in STATED else 0.0
    halves = halves_of(scenario, span)
    years = sorted({year for half in halves for year in half})
    kr = {year: week_kr_by_concept(scenario, span, {year: 1.0})[concept] for year in years}
    beside = {year: beside_week_kr(scenario, year) if value else {} for year in years}
    weeks = values["saldo.weeks_per_person_year"]
    for group in words()["groups"]:
        for year in years:
            first, *second = (half.get(year, 0.0) for half in halves)
            added = beside[year].get(group, 0.0)
            parts = [(1, (kr[year][group] - added) / value), (0, added)] if value else [(0, kr[year][group])]
            for power, number in parts:
                shares = (first,) if not second else (second[0], first - second[0])
                for raised, share in enumerate(shares):
                    if number * share:
                        powers = (0, 0, 0, 0, raised, power)
                        yield Term("kr_per_week", "", group, str(year), *powers, number * share, "kr per week")
        full_time = values[f"effects.full_time_share.{group}"] / weeks
        yield Term("person_years_per_week", "", group, "", 0, 0, 0, 0, 0, 0, full_time, "person-years per week")
