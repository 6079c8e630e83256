"""A decision whose figures are known formulas, and a trial whose errors are."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from simulator.distributions import distribution_of
from simulator.draws import DrawPlan, draw_table
from simulator.scenario.prior import RELATIVE_EFFECT, Prior
from simulator.uncertainty.information.deciding import Weighed
from simulator.uncertainty.information.options import Believed
from simulator.uncertainty.information.regression import sampled

SAVED_KR, LOST_KR, WEEKS = 100.0, 1000.0, 0.5
A_YEAR_MIO = 0.25
"""Conversations a year, in millions, that change form."""


def prior_of(low: float, high: float, name: str = "flat") -> Believed:
    spread = {"name": "uniform", "low": low, "high": high}
    prior = Prior.model_validate({"name": name, "title": name, "title_da": name, "distribution": spread})
    scale = distribution_of({"name": "uniform", "low": 0.9, "high": 1.1})
    return Believed(prior, {RELATIVE_EFFECT: distribution_of(spread), "effects.params.scale": scale})


def weighed(low: float, high: float, draws: int = 1024, saved_kr: float = SAVED_KR) -> Weighed:
    """Return what changing form is worth when a conversation keeps a share between two ends of its effect."""
    believed = prior_of(low, high)
    table = draw_table(DrawPlan(believed.distributions, draws, 1))
    lost = table.points["effects.params.scale"] * (1 - table.points[RELATIVE_EFFECT])
    net_kr = saved_kr - LOST_KR * lost
    net = np.stack([np.zeros(draws), net_kr * A_YEAR_MIO], axis=1)
    return Weighed(believed, table, sampled(net, table.parts), WEEKS * lost, net_kr)


@dataclass(frozen=True)
class MadeUp:
    """A trial with a standard deviation and a pace of its own."""

    sd: float = 10.0
    most: int = 50_000
    conversations: float = 4.0
    a_week: float = 1_000.0

    def std_error(self, per_arm: int) -> float:
        return self.sd * math.sqrt(2 / per_arm)

    def weeks_until(self, per_arm: int) -> float:
        return 2 * per_arm / self.a_week + 60
