"""Saldo: what weeks of employment and caseworker minutes are worth to the public balance, in kroner.

**In** come the effect on employment, the joint table of counts and the caseworker minutes. **Out** comes a `Saldo`:
kroner by line, account, authority, type, group and financial year. Minus is a loss.

How it goes: weeks of employment fall over years and steps of the reimbursement ladder (`years.py`, `ladder.py`); one
week of one person is worth kroner account by account (`accounts.py`) at the rates of the year, in one price level
(`rates.py`); a concept says which accounts count (`concepts/`, one file each; the file name is the name in the
scenario). What is saved beside employment stands apart (`beside.py`).

**Assumptions.** The effect of a conversation comes evenly over stretches of time after it (`profiles/`). A week in work
replaces a week on the same benefit. Rules are those of the year in which the effect falls, as far as they are known.

    >>> from simulator.saldo.years import Stretch, year_shares
    >>> year_shares(738_156, [Stretch(0, 365, 1.0)])  # 1 January 2022
    {2022: 1.0}
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from simulator.calendars.span import Span
from simulator.delivery.cells import Cells
from simulator.effects import LINES, Employment, Moved, moved
from simulator.errors import InputError
from simulator.saldo.accounts import ACCOUNTS, AUTHORITIES
from simulator.saldo.additions import with_additions
from simulator.saldo.beside import Beside, beside
from simulator.saldo.concept import Concept, Week, concept_named, concept_names, week_of
from simulator.saldo.years import falling
from simulator.scenario import Scenario

FloatArray = npt.NDArray[np.float64]

__all__ = [
    "ACCOUNTS",
    "AUTHORITIES",
    "Beside",
    "Concept",
    "Fallen",
    "Saldo",
    "Valuation",
    "accounts_of",
    "fallen_of",
    "saldo",
    "valuation_of",
]


@dataclass(frozen=True)
class Fallen:
    """What a week of employment is worth in the headline, by where its effect falls: enough to value it alone.

    Attributes:
        lines: Numbers of the lines of employment that count.
        week_kr: Kroner of a week, shape (segment, group, spell class).
    """

    lines: tuple[int, ...]
    week_kr: FloatArray

    def employment_effect_kr(self, effect: Employment) -> float:
        """Return the headline, as `saldo` finds it among all else [kr]."""
        weeks = effect.weeks[list(self.lines)].sum(axis=(0, 2))
        return float((weeks * self.week_kr).sum())


@dataclass(frozen=True)
class Valuation:
    """What a week of employment is worth in a scenario: the same for all replications.

    Attributes:
        scenario: The scenario.
        week: What a week gives, before a concept chooses from it.
        concepts: The concepts by name; the scenario's own with what it adds.
        by_concept: Kroner a week, shape (account, authority, group, year, step of the ladder), of those that have a
            figure here.
        missing: Why the others have none.
        falling: In which year and on which step an effect falls, shape (segment, group, spell class, year, step).
    """

    scenario: Scenario
    week: Week
    concepts: dict[str, Concept]
    by_concept: dict[str, FloatArray]
    missing: dict[str, str]
    falling: FloatArray

    @property
    def years(self) -> tuple[int, ...]:
        """Financial years."""
        return self.week.years

    @property
    def people(self) -> tuple[Moved, ...]:
        """What a week of employment means for a person of each group."""
        return tuple(moved(self.scenario.baseline.values, group) for group in self.week.groups)

    @property
    def concept(self) -> Concept:
        """The concept of the headline."""
        return self.concepts[self.scenario.sections.saldo.concept]

    @property
    def week_kr(self) -> FloatArray:
        """Kroner a week under the concept of the headline, as in `by_concept`."""
        return self.by_concept[self.scenario.sections.saldo.concept]


@dataclass(frozen=True)
class Saldo:
    """Effect on the public balance [kr], minus is a loss.

    Attributes:
        years: Financial years.
        kr: By line of employment, shape (line, account, authority, type, group, year).
        saved_kr: Of the volume, what is saved from cancellation [kr].
        headline_lines: Lines that the concept counts as its employment effect.
        beside: What is saved beside the employment effect.
        beside_kr: Kroner of it that count, by line: caseworker_time, no_shows, travel.
        concepts: Figure of each concept that has one [kr].
        weeks_off_benefit: Weeks for which no benefit is paid, on the lines of the headline; minus is more benefit.
        full_time_weeks: Weeks of employment on them, in weeks of full time.
    """

    years: tuple[int, ...]
    kr: FloatArray
    saved_kr: float
    headline_lines: tuple[str, ...]
    beside: Beside
    beside_kr: dict[str, float]
    concepts: dict[str, float]
    weeks_off_benefit: float
    full_time_weeks: float

    def line_kr(self, line: str) -> float:
        """Return the sum of a line [kr]."""
        return float(self.kr[LINES.index(line)].sum())

    @property
    def employment_effect_kr(self) -> float:
        """The headline [kr]."""
        return sum((self.line_kr(line) for line in self.headline_lines), start=0.0)

    @property
    def net_kr(self) -> float:
        """The employment effect and the lines beside it [kr]."""
        return self.employment_effect_kr + sum(self.beside_kr.values())


def valuation_of(scenario: Scenario, span: Span, accounts: FloatArray | None = None) -> Valuation:
    """Return what a week of employment is worth in a scenario.

    Args:
        scenario: The scenario.
        span: The simulated days.
        accounts: From `accounts_of`, where they are known already.

    Raises:
        InputError: A concept without a figure here is named, something is counted twice, or rates do not fit.
    """
    years, shares = falling(scenario, span)
    week = week_of(scenario, years, accounts)
    named = scenario.sections.saldo.concept
    concepts = {name: concept_named(name) for name in concept_names()}
    concepts[named] = with_additions(scenario, concepts[named])
    missing = {name: why for name, concept in concepts.items() if (why := concept.missing(week))}
    if named in missing:
        message = f"the concept `{named}` has no figure here: {missing[named]}"
        raise InputError.one(message, scenario.path, "saldo.concept")
    by_concept = {name: concept.week_kr(week) for name, concept in concepts.items() if name not in missing}
    return Valuation(scenario, week, concepts, by_concept, missing, shares)


def accounts_of(scenario: Scenario, span: Span) -> FloatArray:
    """Return what a week of employment gives account by account, which no concept chooses from yet.

    Returns:
        Kroner a week, shape (account, authority, group, year, step of the ladder).

    Raises:
        InputError: Rates do not fit.
    """
    return week_of(scenario, falling(scenario, span)[0]).accounts


def fallen_of(scenario: Scenario, span: Span, accounts: FloatArray | None = None) -> Fallen:
    """Return what a week of employment is worth in the headline alone; arguments as `valuation_of`.

    Raises:
        InputError: Something is counted twice, or rates do not fit.
    """
    years, shares = falling(scenario, span)
    concept = with_additions(scenario, concept_named(scenario.sections.saldo.concept))
    week_kr = concept.week_kr(week_of(scenario, years, accounts)).sum(axis=(0, 1))
    lines = tuple(LINES.index(line) for line in concept.lines)
    return Fallen(lines, np.einsum("sgcyk,gyk->sgc", shares, week_kr))


def saldo(valuation: Valuation, effect: Employment, joint: Cells, worked_minutes: FloatArray) -> Saldo:
    """Value the effect on employment, and what is saved beside it.

    Args:
        valuation: From `valuation_of`.
        effect: Effect on employment.
        joint: Joint table of counts.
        worked_minutes: Caseworker minutes, shape (arm, office kind).
    """
    concept = valuation.concept
    weeks = np.stack([_by_year(part, valuation.falling) for part in effect.weeks])
    saved = _by_year(effect.saved_weeks, valuation.falling)
    found = beside(valuation.scenario, joint, worked_minutes)
    counted = sum(weeks[LINES.index(line)] for line in concept.lines).sum(axis=(0, 2, 3)).tolist()
    by_group = list(zip(valuation.people, counted, strict=True))
    return Saldo(
        years=valuation.years,
        kr=np.einsum("ltgyk,augyk->lautgy", weeks, valuation.week_kr, optimize=True),
        saved_kr=float((saved.sum(axis=0) * valuation.week_kr.sum(axis=(0, 1))).sum()),
        headline_lines=concept.lines,
        beside=found,
        beside_kr=counted_beside(valuation, found),
        concepts=figures_by_concept(valuation, weeks.sum(axis=1), found.caseworker_kr),
        weeks_off_benefit=sum(one.weeks_off_benefit * count for one, count in by_group),
        full_time_weeks=sum(one.full_time_share * count for one, count in by_group),
    )


def _by_year(weeks: FloatArray, shares: FloatArray) -> FloatArray:
    """Return weeks of employment by type, group, year and step, from those by segment, type, group and spell class."""
    found: FloatArray = np.einsum("stgc,sgcyk->tgyk", weeks, shares, optimize=True)
    return found


def counted_beside(valuation: Valuation, found: Beside) -> dict[str, float]:
    """Return the kroner that count of what is saved beside the employment effect, by line.

    Under `dut` the municipalities' block grant is cut by as much, so the gain is the state's; the sum is the same.
    Travel reimbursement that is not paid is money less for households: some of it comes back as indirect taxes less.
    """
    sections, values = valuation.scenario.sections.saldo, valuation.scenario.baseline.values
    time_counts = valuation.concept.counts_caseworker_time or sections.caseworker_time_realised != "none"
    kept = 1.0 - values["saldo.indirect_taxes.return_flow_share"]
    return {
        "caseworker_time": found.caseworker_kr if time_counts else 0.0,
        "no_shows": found.no_show_kr if sections.no_shows_realised != "none" else 0.0,
        "travel": found.travel_kr * kept if sections.travel_counted else 0.0,
    }


def figures_by_concept(valuation: Valuation, weeks: FloatArray, caseworker_kr: float) -> dict[str, float]:
    """Return the figure of every concept that has one [kr].

    Args:
        valuation: From `valuation_of`.
        weeks: Weeks of employment, shape (line, group, year, step).
        caseworker_kr: Saved municipal time in full [kr].
    """
    figures = {}
    for name, week_kr in valuation.by_concept.items():
        concept = valuation.concepts[name]
        counted = sum(weeks[LINES.index(line)] for line in concept.lines)
        kr = float((counted * week_kr.sum(axis=(0, 1))).sum())
        figures[name] = kr + (caseworker_kr if concept.counts_caseworker_time else 0.0)
    return figures
