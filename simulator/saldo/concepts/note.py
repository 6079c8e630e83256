"""The note's concept: lost employment effect of changed form only, one value a person-year.

Conversations held in one arm only (`volume`) are printed beside it and not included.

Source:
    Epidemikommissionens indstilling, December 2021, quoting the ministry; value of a person-year facts/money.yaml.
"""

from __future__ import annotations

from simulator.scenario import Scenario

HEADLINE_LINES = ("form",)


def week_kr(scenario: Scenario) -> float:
    """Return the value of a week of employment [kr]."""
    values = scenario.baseline.values
    return values["saldo.value_per_person_year_kr"] / values["saldo.weeks_per_person_year"]
