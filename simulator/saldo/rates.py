"""Rates of a year, and what money of one year is in the prices of another."""

from __future__ import annotations

import math
from functools import cached_property

from simulator.errors import InputError
from simulator.saldo.ladder import as_shares
from simulator.scenario.model import Values

MONTHS_A_YEAR = 12
PRICE_LEVEL = "saldo.price_level"
YEAR = "year_"
"""How the rate of a year is named in a table of rates."""

Growth = str
"""What an account follows: satsregulering, wages, municipal_prices, consumer_prices."""


class Rates:
    """Rates by year in the price level of a scenario.

    A rate of a year without one is that of the nearest year that has one: rules are taken as they were last known.
    """

    def __init__(self, values: Values) -> None:
        """Take the values of a scenario; both arms have the same."""
        self.values = values
        self.level = int(values[PRICE_LEVEL])
        self.weeks_a_year = values["saldo.weeks_per_person_year"]
        self._years: dict[str, tuple[int, ...]] = {}

    def years_of(self, key: str) -> tuple[int, ...]:
        """Return the years for which a table has a rate, ascending."""
        if key not in self._years:
            rests = self.values.keys_under(key)
            self._years[key] = tuple(sorted(int(one.removeprefix(YEAR)) for one in rests if one.startswith(YEAR)))
        return self._years[key]

    def nearest(self, key: str, year: int) -> int:
        """Return the year, or the nearest one for which a table has a rate."""
        years = self.years_of(key)
        return min(max(year, years[0]), years[-1])

    def of_year(self, key: str, year: int) -> float:
        """Return a rate of a year in its own unit, such as kr. of that year."""
        return self.values[f"{key}.year_{self.nearest(key, year)}"]

    def in_prices(self, key: str, year: int, growth: Growth) -> float:
        """Return an amount of a year in the price level of the scenario [kr]."""
        return self.of_year(key, year) * self.index(growth, self.nearest(key, year), self.level)

    def index(self, growth: Growth, year: int, level: int) -> float:
        """Return what 1 kr. of a year is in the prices of another.

        Args:
            growth: What it follows.
            year: Year of the amount.
            level: Year of the prices wanted.

        Raises:
            InputError: No growth is known for a year between them.
        """
        if level < year:
            return 1 / self.index(growth, level, year)
        key = f"saldo.growth.{growth}"
        known = self.years_of(key)
        for one in range(year + 1, level + 1):
            if one not in known:
                first = known[0] - 1
                message = f"there is no growth of {growth} for {one}; allowed: years from {first} to {known[-1]}"
                raise InputError.one(message, "facts", PRICE_LEVEL)
        return math.prod(1 + self.values[f"{key}.year_{one}"] for one in range(year + 1, level + 1))

    def benefit_week(self, group: str, year: int) -> float:
        """Return the benefit of a full-time recipient of a group, as it is paid on average [kr per week].

        The rates that the group's recipients are on, by their shares, times the share of the rate that is paid.

        Source:
            facts/benefits.yaml.
        """
        key = f"saldo.benefit_mix.{group}"
        shares = as_shares(self.values.under(key), key)
        whole = sum(share * self._rate_week(name, year) for name, share in shares.items())
        return whole * self.values[f"saldo.coverage.{group}"]

    def _rate_week(self, name: str, year: int) -> float:
        by_week, by_month = f"saldo.benefit_week.{name}", f"saldo.benefit.{name}"
        if self.years_of(by_week):
            return self.in_prices(by_week, year, "satsregulering")
        return self.in_prices(by_month, year, "satsregulering") * MONTHS_A_YEAR / self.weeks_a_year

    def wage_year(self, group: str, level: int) -> float:
        """Return the wage of a full-time job that people of a group take, in the prices of a year [kr per year].

        Source:
            facts/taxes.yaml, wage.
        """
        own_year = int(self.values["saldo.wage_price_year"])
        return self.values[f"saldo.wage.{group}"] * self.index("wages", own_year, level)

    def subsidy_week(self, group: str, year: int) -> float:
        """Return what the public pays a citizen beside the wage of the job that a group takes [kr per week].

        Of all groups those on ledighedsydelse take a fleksjob: the subsidy falls by a share of the wage, to nothing.

        Source:
            facts/taxes.yaml, fleksjob.
        """
        if group != "ledighedsydelse":
            return 0.0
        highest = self.in_prices("saldo.fleksjob.subsidy_highest", year, "satsregulering") * MONTHS_A_YEAR
        tapered = self.values["saldo.fleksjob.subsidy_taper_share"] * self.wage_year(group, self.level)
        return max(highest - tapered, 0.0) / self.weeks_a_year

    @cached_property
    def running_costs_week(self) -> float:
        """Offers, conversations and administration of a full-time recipient [kr per week].

        Source:
            facts/benefits.yaml, running_costs.
        """
        own_year = int(self.values["saldo.running_costs.price_year"])
        index = self.index("municipal_prices", own_year, self.level)
        return self.values["saldo.running_costs.kr_per_year"] * index / self.weeks_a_year
