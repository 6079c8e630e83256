"""The reimbursement ladder: the longer on benefit, the less of it the state pays.

Weeks of benefit are summed across benefits, and start again only after a year of self-support within three. So the
count that a person brings to a new spell is drawn apart from the spell: its distribution is an assumption of its own,
and what follows from it is worked out exactly, week by week.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from simulator.calendars.span import spell_class_weeks
from simulator.errors import InputError
from simulator.scenario.model import Values

FloatArray = npt.NDArray[np.float64]
STATE_SHARE = "saldo.ladder.state_share"
COFINANCING = "saldo.ladder.municipal_cofinancing_dagpenge"
STARTING = "saldo.ladder.starting_weeks"
Starts = tuple[tuple[int, float], ...]
"""Weeks of benefit before the spell, each with its share."""


def state_shares(values: Values, group: str) -> FloatArray:
    """Return the share of a benefit that the state bears, by step of the ladder, lowest first [0-1].

    The state pays dagpenge, and the municipality shares in the cost; all others the municipality pays, and the state
    refunds a share.

    Source:
        facts/benefits.yaml, ladder.
    """
    if group == "dagpenge":
        return 1.0 - np.array([share for _, share in _by_week(values, COFINANCING)])
    return np.array([share for _, share in _by_week(values, STATE_SHARE)])


def first_weeks_of_steps(values: Values) -> list[int]:
    """Return the whole weeks of benefit received with which each step begins, ascending."""
    return [first for first, _ in _by_week(values, STATE_SHARE)]


def _by_week(values: Values, key: str) -> list[tuple[int, float]]:
    return sorted((int(name.removeprefix("week_")), share) for name, share in values.under(key).items())


def step_shares(starts: Starts, first_weeks: Sequence[int], weeks: npt.NDArray[np.int64]) -> FloatArray:
    """Return on which step of the ladder a week of benefit lies.

    Args:
        starts: From `starts_of`.
        first_weeks: From `first_weeks_of_steps`.
        weeks: Whole weeks since the conversation, shape (week,).

    Returns:
        Shares that add up to 1, shape (spell class at the conversation, week, step).
    """
    begun, share = (np.array(column) for column in zip(*starts, strict=True))
    steps = np.array(first_weeks)
    classes = spell_class_weeks()
    found = np.zeros((len(classes), len(weeks), len(steps)))
    for spell_class, ends in enumerate(pairwise((*classes, classes[-1] + 1))):
        received = np.arange(*ends)[:, None, None] + begun[:, None] + weeks
        on = np.searchsorted(steps, received, side="right") - 1
        for step in range(len(steps)):
            found[spell_class, :, step] = ((on == step).mean(axis=0) * share[:, None]).sum(axis=0)
    return found


def starts_of(values: Values, group: str) -> Starts:
    """Return the weeks of benefit that persons of a group bring to a new spell, each with its share [0-1].

    Raises:
        InputError: All shares are 0.
    """
    key = f"{STARTING}.{group}"
    starts = values.under(key)
    return tuple((int(name.removeprefix("weeks_")), share) for name, share in as_shares(starts, key).items())


def as_shares(weights: Mapping[str, float], key: str) -> dict[str, float]:
    """Return weights divided by their sum, so that each can be moved alone.

    Raises:
        InputError: All are 0.
    """
    whole = sum(weights.values())
    if not whole > 0:
        raise InputError.one("all shares are 0; one at least must be above 0", "facts", key)
    return {name: weight / whole for name, weight in weights.items()}
