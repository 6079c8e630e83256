"""What the choice of concept is worth: the figure of a run under every concept side by side."""

from __future__ import annotations

import math

import pandas as pd

from simulator.results.dictionary import ordered
from simulator.results.sample import Estimate, Sample, divided
from simulator.results.setting import Setting

MIO = 1e-6
STATED = ("note", "employment")
"""Concepts of one stated value a person-year."""


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
    persons = abs(sample.mean("full_time_weeks")) / setting.scenario.baseline.values["saldo.weeks_per_person_year"]
    if not missing and name == "regneprincipper" and most is not None and persons > most:
        return f"{persons:,.0f} full-time persons lie beyond the marginal scale, which holds up to {most:,.0f}"
    return missing


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


def carried_rates(setting: Setting) -> list[dict[str, str]]:
    """Return a warning where an effect falls in years without rates of their own, under a concept built on rates.

    One value a person-year has no rates; there only the split by account would follow them.
    """
    if setting.scenario.sections.saldo.concept in STATED:
        return []
    rates = setting.valuation.week.rates
    known = rates.years_of("saldo.tax.bottom_tax")
    beyond = [str(year) for year in setting.valuation.years if not known[0] <= year <= known[-1]]
    if not beyond:
        return []
    text = f"benefits and taxes are known from {known[0]} to {known[-1]}"
    text += f"; {', '.join(beyond)} are valued at the nearest year's"
    return [{"name": "rates_carried_on", "text": text}]
