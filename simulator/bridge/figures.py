"""The figures that a bridge can be built for, and how exactly each is told."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal

from simulator.errors import InputError
from simulator.facts.spelling import did_you_mean
from simulator.results.difference import figure_of
from simulator.results.read import KeptRun

OEREN_OF_A_MIO_KR = 100_000_000
DECIMALS_OF_KR = 2
PARTS = 10_000
"""Weeks, person-years and conversations are told to the ten-thousandth."""
DECIMALS_OF_PARTS = 4


@dataclass(frozen=True)
class Figure:
    """A figure of the headline.

    Attributes:
        name: Its name on the command line.
        path: Its dotted path in `headline.json`.
        told: What it is, in words.
        unit: Unit in which it is told.
        parts: Smallest parts of what the headline gives: øre of a mio. kr., ten-thousandths of all else.
        decimals: Decimals with which these parts are told in the unit.
    """

    name: str
    path: str
    told: str
    unit: str
    parts: int
    decimals: int

    def whole(self, number: float) -> int:
        """Return a number of the headline in its smallest parts, rounded once."""
        return int((Decimal(repr(number)) * self.parts).to_integral_value(ROUND_HALF_EVEN))

    def units(self, whole: int) -> Decimal:
        """Return a number of smallest parts in the unit, exactly."""
        return Decimal(whole).scaleb(-self.decimals)

    def of(self, run: KeptRun, part: str) -> float:
        """Return the figure of a kept run as its headline gives it.

        Args:
            run: The run.
            part: `mean`, or `control` for the closed-form chain.

        Raises:
            InputError: The run does not give it.
        """
        found = figure_of(run.headline, self.path, part)
        if found is None:
            told = "by the control" if part == "control" else f"by its engine, {run.record.get('engine', '?')}"
            message = f"the run does not give {self.path} {told}; choose another figure: {', '.join(FIGURES)}"
            raise InputError.one(message, str(run.folder), "--of")
        return found


def _kroner(name: str, told: str) -> Figure:
    return Figure(name, f"saldo_mio_kr.{name}", told, "kr.", OEREN_OF_A_MIO_KR, DECIMALS_OF_KR)


def _counted(name: str, path: str, told: str, unit: str) -> Figure:
    return Figure(name, path, told, unit, PARTS, DECIMALS_OF_PARTS)


FIGURES = {
    figure.name: figure
    for figure in (
        _kroner("employment_effect", "employment effect on the public balance"),
        _kroner("form", "kroner of conversations that change form"),
        _kroner("volume", "kroner of conversations held in one arm only"),
        _kroner("caseworker_time", "kroner of caseworker time"),
        _kroner("net", "employment effect and caseworker time"),
        _counted("converted", "converted", "conversations that change form", "conversations"),
        _counted("employment_weeks", "employment_weeks", "weeks of employment", "weeks"),
        _counted("person_years", "full_time_person_years", "full-time person-years", "person-years"),
    )
}
"""By name; the first is that of a bridge of which no other is asked for."""


def figure_named(name: str) -> Figure:
    """Return a figure by its name.

    Raises:
        InputError: There is no such figure.
    """
    if name not in FIGURES:
        message = f"`{name}` is not a figure of the bridge; allowed: {', '.join(FIGURES)}{did_you_mean(name, FIGURES)}"
        raise InputError.one(message, path="--of")
    return FIGURES[name]
