"""What is believed of a value before anything is learnt: the shape of a prior in a scenario and in the facts."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from simulator.scenario.section import DistributionName, Section

RELATIVE_EFFECT = "effects.params.relative_effect"
NAME = r"^[a-z0-9][a-z0-9-]{0,63}$"
LEAST_PRIORS = 3
"""Priors that stand side by side: information is priced by the prior, so one alone would hide who set the price."""


class Spread(Section):
    """A distribution: its name, and the numbers of one of its forms as `simulator.distributions` has them."""

    name: DistributionName
    low: float | None = None
    mode: float | None = None
    high: float | None = None
    interval: float | None = Field(default=None, ge=0, le=1)
    mean: float | None = None
    sd: float | None = None
    a: float | None = None
    b: float | None = None
    log_mean: float | None = None
    log_sd: float | None = None
    value: float | None = None
    values: tuple[float, ...] | None = None
    weights: tuple[float, ...] | None = None

    def given(self) -> dict[str, Any]:
        """Return what is written, as `distribution_of` reads it."""
        return {key: list(one) if isinstance(one, tuple) else one for key, one in self if one is not None}


class Prior(Section):
    """What somebody believes of one value, or of a table of values that one number sets: who says so, and why."""

    name: str = Field(default="", pattern=NAME)
    title: str = ""
    title_da: str = ""
    key: str = RELATIVE_EFFECT
    distribution: Spread
    source: str = ""
    reason: str = ""
