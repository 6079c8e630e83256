"""Columns of financial years: each year, and the whole, which of a permanent rule is a year of full effect."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from simulator.report.language import MIO
from simulator.report.story import LEAST_KR, Story

MOST_YEARS = 5
"""Further financial years stand together in one column."""
PUBLIC = ("state", "municipality", "region")
BESIDE = ("caseworker_time", "no_shows", "travel")
"""Lines beside the employment effect, which a run has as far as its scenario counts them."""
STEPS = ("direct", "tax_and_return_flow", "behaviour")
"""Steps of the reckoning: what comes at once, what tax and return flow add, what behaviour adds."""


@dataclass(frozen=True)
class Column:
    """A column of amounts.

    Attributes:
        heading: Its heading, or the name of one in the language.
        years: Financial years that it adds up.
        over: Years that the sum is divided by, for a mean.
    """

    heading: str
    years: tuple[str, ...]
    over: int = 1

    def of(self, by_year: Mapping[str, float]) -> float:
        """Return the amount of the column, from amounts by year in the same unit."""
        return sum(by_year.get(year, 0.0) for year in self.years) / self.over


def year_columns(story: Story, years: Sequence[str]) -> tuple[Column, ...]:
    """Return the columns of the years; of a permanent rule those that hold all their effect, as far as there are any.

    Args:
        story: The run.
        years: Financial years with an effect, ascending.
    """
    if story.full_years:
        complete = [year for year in years if int(year) <= story.full_years[-1]]
        return tuple(Column(year, (year,)) for year in complete[:MOST_YEARS])
    shown = years if len(years) <= MOST_YEARS + 1 else years[:MOST_YEARS]
    single = tuple(Column(year, (year,)) for year in shown)
    later = tuple(years[len(shown) :])
    return (*single, Column("later", later)) if later else single


def whole_column(story: Story, years: Sequence[str]) -> Column:
    """Return the column of all years, or of a permanent rule the mean of its years of full effect."""
    if story.full_years:
        return Column("lasting_column", tuple(map(str, story.full_years)), len(story.full_years))
    return Column("total_column", tuple(years))


def decimals_of(kr: float) -> int:
    """Return the decimals in which amounts up to a size [kr] are told in mio. kr.: two digits of the largest."""
    return 1 if kr >= 0.95 * MIO else 2 if kr >= 0.095 * MIO else 3


def is_nothing(kr: float) -> bool:
    """Return whether an amount is nothing, and not just one that is rounded away."""
    return abs(kr) < LEAST_KR
