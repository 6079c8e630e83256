"""Hazard: a meeting that is held raises the hazard of leaving for some weeks, and the effect comes out of that.

    hazard from the next day on = that of the group x (1 + (multiplier - 1) x scale x share of the form)
    and half of the raise is left after half_life_weeks; raises of several meetings add up

Who leaves earlier is owed no further conversations, so that there are fewer of them. The effect of the proposal is the
time by which spells end earlier there than in the baseline, with the same luck, up to the day on which the spell would
have ended without a further meeting after the simulated days. With a multiplier of 1 it is exactly 0.

**Assumptions.** Who leaves does so into employment and stays for as long as the spell would have lasted. The published
hazards are those of persons without a meeting, so spells are shorter than published. Inflow stays as it is.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import numpy.typing as npt

from simulator.calendars.span import DAYS_A_WEEK, Span, spell_class_weeks
from simulator.delivery.leaving import Leaving
from simulator.delivery.rules import BY_ITSELF
from simulator.demand.spells import survival_of
from simulator.effects.constant_loss import relative_effect
from simulator.errors import InputError
from simulator.facts.read import words
from simulator.scenario import Scenario
from simulator.scenario.occurs import occurs
from simulator.streams import WORD_RANGE

FloatArray = npt.NDArray[np.float64]
ASSUMES = "a meeting raises the hazard of leaving for some weeks; who leaves earlier has no further meetings"
UNFORESEEN = "feedback"
"""What no closed form foresees: raises that overlap, meetings that fall away, and the luck of those concerned."""
MOST = 100
"""Multipliers above make no sense, and have no room."""


def weeks_kept(scenario: Scenario) -> FloatArray:
    """Return the weeks of employment of one conversation alone, as survival has it in the mean.

    Returns:
        Weeks of employment [weeks], shape (form: physical, phone, video, not held; type; group; spell class).
    """
    raised = _raised(scenario)
    kept = np.zeros((len(words()["forms"]) + 1, *raised.shape[1:]))
    daily = kept_a_day(scenario) / WORD_RANGE
    for column, group in enumerate(words()["groups"]):
        survival = survival_of(scenario.baseline.values, group)
        alive, leaving = (numbers.astype(np.float64) / WORD_RANGE for numbers in (survival.alive, survival.leaving))
        kept[:-1, :, column] = raised[:, :, column] * _weeks_by_class(alive, leaving, daily)
    return kept


def leaving(scenario: Scenario, span: Span, feared: FloatArray) -> Leaving:
    """Return what a meeting does to the hazard of leaving, in whole numbers.

    Args:
        scenario: The scenario; its baseline's values are used for both arms.
        span: The simulated days.
        feared: Share of its worth that a conversation in person keeps under infection, shape (segment,).

    Raises:
        InputError: A multiplier is below 1 or beyond all sense, or a raise would never fade.
    """
    raised = np.repeat(_raised(scenario)[None], len(span.segments), axis=0)
    raised[:, 0] *= feared[:, None, None, None]
    return Leaving(np.rint(raised * BY_ITSELF).astype(np.int64), kept_a_day(scenario))


def kept_a_day(scenario: Scenario) -> int:
    """Return the share of a raise that is left a day later [2**32]: the largest that leaves no more than half in time.

    In whole numbers, since the last bit of a root differs between processors.

    Raises:
        InputError: The half-life is no number of whole days above 0.

    Source:
        facts/effects.yaml, hazard.half_life_weeks.
    """
    key = "effects.hazard.half_life_weeks"
    days = round(scenario.baseline.values[key] * DAYS_A_WEEK)
    if days < 1:
        raise InputError.one("must be at least a day, 1/7 of a week", scenario.path, key)
    low, high = 0, WORD_RANGE - 1
    while low < high:
        middle = (low + high + 1) // 2
        if 2 * middle**days <= WORD_RANGE**days:
            low = middle
        else:
            high = middle - 1
    return low


def _raised(scenario: Scenario) -> FloatArray:
    """Return by how much of itself a conversation raises the hazard, shape (form, type, group, spell class).

    Raises:
        InputError: A multiplier is below 1 or above the most.
    """
    types, groups, values = list(words()["types"]), list(words()["groups"]), scenario.baseline.values
    physical = np.zeros((len(types), len(groups), len(spell_class_weeks())))
    for row, type_name in enumerate(types):
        for column, group in enumerate(groups):
            if any(occurs(arm, type_name, group) for arm in scenario.arms):
                key = f"effects.hazard.multiplier.{type_name}.{group}"
                raised = (values[key] - 1.0) * values["effects.params.scale"]
                if not 0 <= raised <= MOST - 1:
                    message = f"a meeting multiplies the hazard by {1 + raised:g} with the scale; allowed: 1 to {MOST}"
                    raise InputError.one(message, scenario.path, key)
                physical[row, column] = raised
    found: FloatArray = physical * relative_effect(scenario, physical)
    return found


def _weeks_by_class(alive: FloatArray, leaving: FloatArray, daily: float) -> FloatArray:
    """Return the weeks by which a spell is shorter for a hazard raised by itself, the mean of each spell class.

    Args:
        alive: Share of spells still running by age [days], shape (longest + 1,).
        leaving: Share of them that leaves within a day, shape (longest,).
        daily: Share of the raise that is left a day later.
    """
    # Days that those who leave in addition at an age would have had left, per spell running at age 0.
    remaining = np.append(np.cumsum(alive[::-1])[::-1][1:], 0.0)
    lost = np.where(leaving < 1, alive[:-1] * leaving * _divided(remaining[:-1], alive[1:]), 0.0)
    after = np.zeros(len(lost) + 1)
    for age in range(len(lost) - 1, -1, -1):
        after[age] = lost[age] + daily * after[age + 1]
    edges = [min(week * DAYS_A_WEEK, len(lost)) for week in spell_class_weeks()] + [len(lost)]
    means = [after[low:high].sum() / alive[low:high].sum() if high > low else 0.0 for low, high in pairwise(edges)]
    return np.array(means) / DAYS_A_WEEK


def _divided(above: FloatArray, below: FloatArray) -> FloatArray:
    return np.divide(above, below, out=np.zeros_like(above), where=below > 0)
