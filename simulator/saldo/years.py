"""When the effect of a conversation falls: how long after it, and hence in which financial years.

One file per shape in `saldo/profiles/`; its name is the name in the scenario. A shape says how much of the effect falls
in each stretch of days after the conversation, evenly within a stretch.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from importlib import import_module
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from simulator.calendars.span import DAYS_A_WEEK, Span
from simulator.facts.read import words
from simulator.saldo.ladder import Starts, first_weeks_of_steps, starts_of, step_shares
from simulator.scenario import Scenario

FloatArray = npt.NDArray[np.float64]


class Stretch(NamedTuple):
    """Days after the conversation over which a share of its effect falls evenly.

    Attributes:
        first: First day, counted from 0, the day of the conversation.
        end: Day after the last.
        share: Share of the whole effect [0-1].
    """

    first: float
    end: float
    share: float


def profile_of(scenario: Scenario) -> tuple[Stretch, ...]:
    """Return the stretches of the time profile that the scenario names; their shares add up to 1."""
    shape = import_module(f"simulator.saldo.profiles.{scenario.sections.saldo.time_profile}")
    stretches: tuple[Stretch, ...] = shape.stretches(scenario.baseline.values)
    return stretches


def year_shares(ordinal: int, stretches: Sequence[Stretch]) -> dict[int, float]:
    """Return the share of the effect of a conversation that falls in each financial year.

    Args:
        ordinal: Ordinal of the day of the conversation.
        stretches: The time profile.

    Returns:
        Shares by year; they add up to 1. Years without any are left out.
    """
    shares: dict[int, float] = {}
    for first, end, share in stretches:
        low, high = ordinal + first, ordinal + end
        for year in range(date.fromordinal(int(low)).year, date.fromordinal(int(high)).year + 1):
            inside = min(high, _new_year(year + 1)) - max(low, _new_year(year))
            if share > 0 and inside > 0:
                shares[year] = shares.get(year, 0.0) + share * inside / (high - low)
    return shares


def _new_year(year: int) -> int:
    return date(year, 1, 1).toordinal()


def by_week(stretches: Sequence[Stretch]) -> list[Stretch]:
    """Return the stretches cut at whole weeks after the conversation, so that a week lies on one step of the ladder."""
    ends = {edge for one in stretches for edge in (one.first, one.end)}
    ends |= {float(day) for day in range(0, int(max(ends)), DAYS_A_WEEK)}
    cuts = []
    for low, high in pairwise(sorted(ends)):
        share = sum(one.share * (high - low) / (one.end - one.first) for one in stretches if one.first <= low < one.end)
        cuts.append(Stretch(low, high, share))
    return cuts


def years_of(span: Span, stretches: Sequence[Stretch]) -> tuple[int, ...]:
    """Return the financial years in which the effect of any conversation of the span can fall."""
    first, last = span.first, span.first + span.days - 1 + int(max(one.end for one in stretches))
    return tuple(range(date.fromordinal(first).year, date.fromordinal(last).year + 1))


def falling(scenario: Scenario, span: Span) -> tuple[tuple[int, ...], FloatArray]:
    """Return in which year, and on which step of the ladder, the effect of a conversation falls.

    A conversation stands in the middle of its segment.

    Returns:
        Financial years, and shares that add up to 1 over the last two axes, shape (segment, group, spell class, year,
        step).
    """
    values = scenario.baseline.values
    starts = tuple(starts_of(values, group) for group in words()["groups"])
    return _falling(profile_of(scenario), span, starts, tuple(first_weeks_of_steps(values)))


@lru_cache(maxsize=16)
def _falling(
    profile: tuple[Stretch, ...], span: Span, starts: tuple[Starts, ...], first_weeks: tuple[int, ...]
) -> tuple[tuple[int, ...], FloatArray]:
    """Work it out; kept, since a scenario is valued at many numbers of which few move the years or the ladder."""
    stretches = by_week(profile)
    years = years_of(span, stretches)
    middles = np.array([span.first + at.first_day + (at.days - 1) // 2 for at in span.segments])
    low = middles[:, None, None] + np.array([one.first for one in stretches])[:, None]
    high = middles[:, None, None] + np.array([one.end for one in stretches])[:, None]
    begin, end = (np.array([_new_year(year + later) for year in years]) for later in (0, 1))
    inside = np.clip(np.minimum(high, end) - np.maximum(low, begin), 0, None) / (high - low)
    inside = inside * np.array([one.share for one in stretches])[:, None]
    weeks = np.array([int(one.first) // DAYS_A_WEEK for one in stretches])
    steps = np.stack([step_shares(one, first_weeks, weeks) for one in starts])
    found: FloatArray = np.einsum("siy,gcik->sgcyk", inside, steps, optimize=True)
    found.flags.writeable = False
    return years, found
