"""What is known of a figure: the figures at each draw of the uncertain values, and the range that they leave.

The range is that of assumptions. It is an interval in the statistical sense only where every distribution has a source,
and its sign is found out only where the assumptions could have given either.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from simulator.distributions import Distribution
from simulator.draws import DrawPlan, DrawTable, Estimated, ends_of, mean_of, spread_of, variance_of
from simulator.results.dictionary import empty, ordered
from simulator.results.sample import MIO
from simulator.results.statements import ASSUMED, COMPUTED, INTERVAL, OPEN, SPAN, chance_of_loss

FloatArray = npt.NDArray[np.float64]
SURE = 0.95
"""Share of the draws between the ends of a range."""
HEADLINE = "employment_effect_kr"
KEPT = (
    "converted",
    "employment_weeks",
    "form_kr",
    "volume_kr",
    "employment_effect_kr",
    "caseworker_time_kr",
    "net_kr",
)
"""Figures that are kept of each draw."""


@dataclass(frozen=True)
class Uncertain:
    """A value that is drawn.

    Attributes:
        key: The value, or the table of values that one draw sets.
        unit: Its unit.
        value: The number of the run itself; None where those of a table differ.
        source: Source of its distribution; empty where it is an assumption of ours.
        simulates: Whether another value means another simulation.
    """

    key: str
    unit: str
    value: float | None
    source: str
    simulates: bool


@dataclass(frozen=True)
class Exact:
    """Exact moments of the employment effect, where it is a sum of products of independent values.

    Attributes:
        mean_kr: Its mean [kr].
        sd_kr: Its standard deviation [kr].
        first: Share of its variance that goes with each value alone, by key [0-1].
        total: Share in which each value takes part, by key [0-1].
    """

    mean_kr: float
    sd_kr: float
    first: Mapping[str, float]
    total: Mapping[str, float]


@dataclass(frozen=True, eq=False)
class Drawn:
    """Draws of uncertain values, and the figures at each.

    Attributes:
        plan: What was drawn.
        table: The values, shape (draw, key).
        figures: Figures by name, each of shape (draw,).
        uncertain: What is said of each value.
        simulations: Simulations that the draws took, beside that of the run.
        replications: Replications of each of these.
        keeps_at_most_all: Whether a digital conversation keeps at most the effect of a physical one in every draw.
        exact: Exact moments of the employment effect, or in words why there are none.
    """

    plan: DrawPlan
    table: DrawTable
    figures: Mapping[str, FloatArray]
    uncertain: tuple[Uncertain, ...]
    simulations: int
    replications: int
    keeps_at_most_all: bool
    exact: Exact | str

    def range_of(self, figure: FloatArray) -> tuple[float, float]:
        """Return the two values between which 95 per cent of the draws lie."""
        return ends_of(figure, self.table.parts, SURE)

    @property
    def called(self) -> str:
        """Whether the range may be called an interval: only where every distribution has a source."""
        return INTERVAL if all(one.source for one in self.uncertain) else SPAN

    @property
    def sign(self) -> str:
        """Whether the sign is open, assumed (nothing that was drawn could have turned it) or computed."""
        low, high = self.range_of(self.figures[HEADLINE])
        if low < 0 < high:
            return OPEN
        return ASSUMED if self.keeps_at_most_all else COMPUTED


def knowledge_of(drawn: Drawn) -> dict[str, Any]:
    """Return what `headline.json` says of the draws; kroner in mio. kr., minus is a loss."""
    effect, parts = drawn.figures[HEADLINE] * MIO, drawn.table.parts
    low, high = spread_of(effect, parts, SURE)
    mean, variance = mean_of(effect, parts), variance_of(effect, parts)
    sd = float(np.sqrt(variance.value))
    return {
        "called": drawn.called,
        "sign": drawn.sign,
        "share_between": SURE,
        "employment_effect_mio_kr": {
            "mean": _told(mean),
            "sd": sd,
            "sd_std_error": _error_of_root(sd, variance.std_error),
            "low": _told(low),
            "high": _told(high),
            "smallest": float(effect.min()),
            "largest": float(effect.max()),
        },
        "exact": _exact(drawn, mean),
        "loss_exceeds": _loss_exceeds(effect),
        "uncertain": [_told_of(one, drawn.plan.distributions[one.key]) for one in drawn.uncertain],
        "correlations": [
            {"between": [one.first, one.second], "of_normal_scores": one.normal} for one in drawn.plan.correlations
        ],
        "design": drawn.table.design,
        "draws": drawn.table.count,
        "simulations": drawn.simulations,
        "replications_of_each": drawn.replications,
    }


def _told(found: Estimated) -> dict[str, float | None]:
    return {"value": found.value, "std_error": found.std_error}


def _error_of_root(sd: float, error_of_variance: float | None) -> float | None:
    """Return the standard error of a standard deviation; None where it is not known."""
    if error_of_variance is None or sd == 0:
        return error_of_variance
    return error_of_variance / (2 * sd)


def _told_of(one: Uncertain, known: Distribution) -> dict[str, Any]:
    """Return what is said of a value that is drawn."""
    return {
        "key": one.key,
        "distribution": known.described(),
        "mean": known.mean,
        "sd": known.sd,
        "unit": one.unit,
        "value": one.value,
        "source": one.source,
        "simulates": one.simulates,
    }


def _exact(drawn: Drawn, mean: Estimated) -> dict[str, Any]:
    """Return the exact moments [mio. kr.] and how far the mean of the draws is from them; or why there are none."""
    if isinstance(drawn.exact, str):
        return {"why_none": drawn.exact}
    exact_mean = drawn.exact.mean_kr * MIO
    return {
        "mean_mio_kr": exact_mean,
        "sd_mio_kr": drawn.exact.sd_kr * MIO,
        "draws_less_exact_mio_kr": mean.value - exact_mean,
        "std_error_mio_kr": mean.std_error,
        "share_of_variance": {key: [drawn.exact.first[key], drawn.exact.total[key]] for key in drawn.exact.first},
    }


def _loss_exceeds(effect: FloatArray) -> list[dict[str, float]]:
    """Return the share of the draws in which the loss is larger than some round sums [mio. kr.]."""
    return [{"mio_kr": limit, "share": chance_of_loss(effect.tolist(), limit)} for limit in round_sums(effect)]


def round_sums(effect: Sequence[float] | FloatArray) -> list[float]:
    """Return nothing and up to four round sums between the ends of what was found, ascending [mio. kr.]."""
    largest = float(np.max(-np.asarray(effect), initial=0.0))
    if largest <= 0:
        return [0.0]
    step = 10.0 ** np.floor(np.log10(largest))
    for part in (0.25, 0.5, 1.0, 2.0):
        if largest / (step * part) < 5:
            return [float(step * part * count) for count in range(int(largest / (step * part)) + 1)]
    return [0.0]


def draws_table(drawn: Drawn | None) -> pd.DataFrame:
    """Return the draws as a table: of each the values, and the main figures at them."""
    if drawn is None:
        return empty("draws")
    number = np.arange(drawn.table.count) + drawn.table.first
    columns = [("value", key, column) for key, column in drawn.table.points.items()]
    columns += [("figure", name, drawn.figures[name]) for name in KEPT]
    parts = [
        pd.DataFrame({"draw": number, "role": role, "key": key, "number": column}) for role, key, column in columns
    ]
    return ordered("draws", pd.concat(parts, ignore_index=True).sort_values("draw", kind="stable"))
