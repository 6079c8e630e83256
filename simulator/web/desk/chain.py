"""The chain of a position: from conversations to kroner, each link with its number and its words."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from simulator.calendars.span import DAYS_A_WEEK
from simulator.report.language import MIO, Words
from simulator.report.sections.telling import Telling
from simulator.results.sample import divided
from simulator.results.steps import stated
from simulator.web.desk.told import EFFECT, Reckoned
from simulator.web.words import page_words

DECIMALS = {"conversations": 0, "share": 1, "days": 2, "weeks": 1, "person_years": 2, "kr": 0}
PER_CENT = 100.0


class Link(NamedTuple):
    """A link of the chain: its name, its value and its unit."""

    name: str
    value: float | None
    unit: str


def links(found: Reckoned, counted: Mapping[str, float | None]) -> Iterator[Link]:
    """Yield the links of a position, as `steps.csv` of its run has them.

    Args:
        found: The figures of the position.
        counted: Conversations of the baseline by state.
    """
    sample, values = found.sample, found.setting.scenario.baseline.values
    converted = sample.mean("converted")
    days = divided(sample.mean("form_weeks") * DAYS_A_WEEK, converted)
    years = sample.mean("full_time_weeks") / values["saldo.weeks_per_person_year"]
    for name in ("due", "held", "physical"):
        yield Link(f"{name}_baseline", counted.get(name), "conversations")
    yield Link("converted", converted, "conversations")
    yield Link("days_per_conversation", 0.0 if days is None else days, "days")
    yield Link("employment_weeks", sample.mean("employment_weeks"), "weeks")
    yield Link("person_years", years, "person_years")
    if stated(found.setting):
        yield Link("value_per_person_year_kr", values["saldo.value_per_person_year_kr"], "kr")
    else:
        yield Link("value_per_person_year_kr", divided(sample.mean(EFFECT), years), "kr")
    yield Link(EFFECT, sample.mean(EFFECT), "kr")


def told_chain(found: Reckoned, counted: Mapping[str, float | None], telling: Telling) -> list[dict[str, Any]]:
    """Return the links with words that are ready to print; a link without a number is left out."""
    names = page_words(telling.words.language)["desk"]["chain"]
    return [
        {
            "name": link.name,
            "value": link.value + 0.0,
            "unit": link.unit,
            "text": number_in(telling.words, link.value, link.unit),
            "label": names[link.name],
        }
        for link in links(found, counted)
        if link.value is not None and not math.isnan(link.value)
    ]


def number_in(words: Words, value: float, unit: str) -> str:
    """Return a number of the chain with its unit; of kroner the millions where they are so many."""
    if unit == "kr" and abs(value) >= MIO:
        return words.mio_kr(value, 2)
    scale = PER_CENT if unit == "share" else 1.0
    number = words.number(value * scale, DECIMALS[unit])
    pattern: str = page_words(words.language)["desk"]["units"][unit]
    return words.units(pattern.format(number=number))
