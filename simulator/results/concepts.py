"""What the choice of concept is worth: the figure of a run under every concept side by side."""

from __future__ import annotations

import math

import pandas as pd

from simulator.calendars.span import DAYS_A_YEAR
from simulator.errors import InputError
from simulator.results.dictionary import ordered
from simulator.results.sample import MIO, Estimate, Sample, divided
from simulator.results.setting import Setting

STATED = ("note", "employment")
"""Concepts of one stated value a person-year."""
KRONER = ("employment_effect_kr", "form_kr", "volume_kr", "net_kr")
MOST_KR = 1e13
"""A bound by reason: up to it a number holds its øre (2**53 of them are 9e13 kr.), and no rule moves so much."""


def figures_by_concept(setting: Setting, sample: Sample) -> dict[str, Estimate | None]:
    """Return the figure of the run under every concept [mio. kr.]; None where a concept has none here."""
    return {
        name: None if _beyond(setting, sample, name) else sample.estimate(f"concept.{name}_kr", MIO)
        for name in setting.valuation.concepts
    }


def _beyond(setting: Setting, sample: Sample, name: str) -> str:
    """Return why a concept has no figure here; an empty text where it has one."""
    missing = setting.valuation.missing.get(name, "")
    most = setting.scenario.sections.saldo.regneprincipper.marginal_up_to
    if missing or name != "regneprincipper" or most is None:
        return missing
    lines, years = setting.valuation.concepts[name].lines, (setting.period[1] + 1 - setting.period[0]) / DAYS_A_YEAR
    weeks = abs(sum(sample.mean(f"{line}_weeks") for line in lines)) / max(years, 1.0)
    persons = weeks / setting.scenario.baseline.values["saldo.weeks_per_person_year"]
    if persons <= most:
        return ""
    return f"{persons:,.4g} full-time persons a year lie beyond the marginal scale, which holds up to {most:,.4g}"


def refuse_beyond(setting: Setting, sample: Sample) -> None:
    """Refuse a run whose own concept has no figure for what was found, or whose kroner no table can hold.

    Raises:
        InputError: The effect lies beyond the scale of the concept, or beyond all sizes.
    """
    for name in KRONER:
        largest = max(map(abs, _all_of(sample, name)))
        if not largest <= MOST_KR:  # what is no number at all is beyond too
            amount = f"would be {largest:.3g} kr." if math.isfinite(largest) else "would be beyond all numbers"
            message = f"{amount}, so large that it cannot be written; allowed: up to {MOST_KR:.0e} kr."
            raise InputError.one(message, setting.scenario.path, name.removesuffix("_kr"))
    concept = setting.scenario.sections.saldo.concept
    beyond = _beyond(setting, sample, concept)
    if beyond:
        message = f"{beyond}; choose another concept, or give a scale that holds so far"
        raise InputError.one(message, setting.scenario.path, "saldo.regneprincipper.marginal_up_to")


def _all_of(sample: Sample, name: str) -> list[float]:
    """Return a figure as it was found and as it was drawn."""
    drawn = None if sample.drawn is None else sample.drawn.figures.get(name)
    return [sample.mean(name), *([] if drawn is None else [float(drawn.min()), float(drawn.max())])]


def concepts_table(setting: Setting, sample: Sample) -> pd.DataFrame:
    """Return the figure under every concept side by side, with what each includes."""
    chosen = setting.scenario.sections.saldo.concept
    rows = []
    for name, concept in setting.valuation.concepts.items():
        missing = _beyond(setting, sample, name)
        kr = math.nan if missing else sample.mean(f"concept.{name}_kr") + 0.0
        weeks = sum(sample.mean(f"{line}_weeks") for line in concept.lines)
        a_week = None if missing else divided(kr, weeks)
        rows.append(
            {
                "concept": name,
                "chosen": int(name == chosen),
                "mio_kr": kr * MIO,
                "control_mio_kr": sample.control.get(f"concept.{name}_kr", math.nan) * MIO,
                "kr_per_week_of_employment": math.nan if a_week is None else a_week,
                "lines": " + ".join(concept.lines),
                "includes": ", ".join(concept.includes),
                "price_level": setting.valuation.week.rates.level,
                "missing": missing,
            }
        )
    return ordered("concepts", pd.DataFrame(rows))


def rate_warnings(setting: Setting) -> list[dict[str, str]]:
    """Return warnings on rates: years without their own, and wages that reach the top tax, which no account has.

    One value a person-year has no rates; there only the split by account would follow them.
    """
    if setting.scenario.sections.saldo.concept in STATED:
        return []
    rates, years, found = setting.valuation.week.rates, setting.valuation.years, []
    known = rates.years_of("saldo.tax.bottom_tax")
    beyond = [str(year) for year in years if not known[0] <= year <= known[-1]]
    if beyond:
        text = f"benefits and taxes are known from {known[0]} to {known[-1]}"
        text += f"; {', '.join(beyond)} are valued at the nearest year's"
        found.append({"name": "rates_carried_on", "text": text})
    taxed = 1 - rates.of_year("saldo.tax.labour_market_contribution", known[-1])
    year = rates.nearest("saldo.tax.top_tax_from", years[0])
    most = rates.of_year("saldo.tax.top_tax_from", year)
    above = [group for group in setting.valuation.week.groups if rates.wage_year(group, year) * taxed > most]
    if above:
        text = f"the wages of {', '.join(above)} reach the top tax of {year}, which no account has"
        found.append({"name": "top_tax", "text": text})
    return found
