"""Horizon: what a sum a year is worth over the years for which a decision holds, discounted as a social account is."""

from __future__ import annotations

import math

from simulator.errors import InputError
from simulator.saldo.concepts.social import discount
from simulator.saldo.rates import Rates
from simulator.scenario import Scenario

WEEKS_A_YEAR = 365.25 / 7
LONGEST_YEARS = 200


class Horizon:
    """The years for which a decision holds.

    A year is discounted as a whole, by the years between it and the first, at the steps of the Ministry of Finance.
    """

    def __init__(self, scenario: Scenario) -> None:
        """Take the horizon of a scenario.

        Raises:
            InputError: It is not above 0, or longer than anyone looks ahead.
        """
        values = scenario.baseline.values
        self.years = values["decision.horizon_years"]
        self._rates = Rates(values)
        if not 0 < self.years <= LONGEST_YEARS:
            message = f"is {self.years:g} years; allowed: above 0 and at most {LONGEST_YEARS}"
            raise InputError.one(message, scenario.path, "decision.horizon_years")

    def worth_of_one(self, after_weeks: float = 0.0) -> float:
        """Return what 1 kr. a year is worth today [kr], from some weeks from now to the end of the horizon.

        Args:
            after_weeks: Weeks before it begins; nothing is left where they reach beyond the horizon.
        """
        start, total = after_weeks / WEEKS_A_YEAR, 0.0
        for year in range(math.ceil(self.years)):
            part = min(year + 1, self.years) - max(year, start)
            if part > 0:
                total += part * discount(self._rates, year)
        return total
