"""The chain from conversations to kroner, step by step."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

import pandas as pd

from simulator.calendars.span import DAYS_A_WEEK
from simulator.delivery.cells import Cells
from simulator.delivery.rules import CHOICE, EXCEPTION, ISOLATED, ORDERED, VOLUNTARY
from simulator.results.concepts import STATED
from simulator.results.dictionary import ordered
from simulator.results.sample import Sample, divided
from simulator.results.setting import Setting
from simulator.saldo.beside import BESIDE

DIGITAL = ("digital_by_exception", "digital_by_own_choice", "digital_by_order")
Step = tuple[str, float | None, str]
"""Name, value and unit."""


def baseline_bases(basis: Cells) -> dict[str, float]:
    """Return the digital conversations of the baseline by why they are digital."""
    by_basis = basis.dense("basis")
    return {
        "digital_by_exception": float(by_basis[EXCEPTION]),
        "digital_by_own_choice": float(by_basis[CHOICE] + by_basis[ISOLATED]),
        "digital_by_order": float(by_basis[ORDERED] + by_basis[VOLUNTARY]),
    }


def steps_table(
    setting: Setting, sample: Sample, counted: Mapping[str, float], saldo: pd.DataFrame, origin: str
) -> pd.DataFrame:
    """Return the chain from conversations due to the net effect on the public balance.

    Args:
        setting: The ground of the run.
        sample: Figures of the run.
        counted: Conversations of the baseline: due, held, physical and the digital ones by why; absent where unknown.
        saldo: The table of kroner, whose accounts of the headline are steps.
        origin: Where the figures come from: simulation or control.
    """
    value = setting.scenario.baseline.values.row("saldo.value_per_person_year_kr")
    rows = [
        {"order": order, "step": step, "value": math.nan if number is None else number + 0.0, "unit": unit,
         "source": value.source if step == value.key.rpartition(".")[2] and stated(setting) else origin}
        for order, (step, number, unit) in enumerate(_steps(setting, sample, counted, saldo), start=1)
    ]  # fmt: skip
    return ordered("steps", pd.DataFrame(rows))


def _steps(setting: Setting, sample: Sample, counted: Mapping[str, float], saldo: pd.DataFrame) -> Iterator[Step]:
    weeks_a_year = setting.scenario.baseline.values["saldo.weeks_per_person_year"]
    trial = setting.scenario.baseline.values.under("effects.trial")
    trial_weeks = trial["weeks_of_employment"] / trial["meetings"]
    converted = sample.mean("converted")
    physical = counted.get("physical", math.nan)
    loss_weeks = divided(-sample.mean("form_weeks"), converted)
    person_years = sample.mean("full_time_weeks") / weeks_a_year
    for name in ("due", "held"):
        yield f"{name}_baseline", counted.get(name), "conversations"
    for name in DIGITAL:
        yield name, counted.get(name), "conversations"
    yield "physical_baseline", physical, "conversations"
    yield "share_that_changes_form", divided(converted, physical), "share"
    yield "converted", converted, "conversations"
    yield "loss_per_conversation_days", 0.0 if loss_weeks is None else loss_weeks * DAYS_A_WEEK, "days"
    yield "employment_weeks", sample.mean("employment_weeks"), "weeks"
    yield "person_years", person_years, "person_years"
    yield "value_per_person_year_kr", _value(setting, sample, person_years), "kr"
    yield from _accounts(saldo)
    for name in ("employment_effect", *BESIDE, "net"):
        yield f"{name}_kr", sample.mean(f"{name}_kr"), "kr"
    yield "kr_per_converted", divided(sample.mean("form_kr"), converted), "kr"
    yield "trial_effect_share_per_meeting", divided(loss_weeks or 0.0, trial_weeks), "share"


def stated(setting: Setting) -> bool:
    """Return whether the concept takes one stated value of a person-year, as it stands in its source."""
    values, section = setting.scenario.baseline.values, setting.scenario.sections.saldo
    as_published = values.row("saldo.price_level").value == values.row("saldo.price_year").value
    return section.concept in STATED and as_published and not section.also


def _value(setting: Setting, sample: Sample, person_years: float) -> float | None:
    """Return the value of a person-year: the stated one, or what the accounts come to on average [kr]."""
    if stated(setting):
        return setting.scenario.baseline.values["saldo.value_per_person_year_kr"]
    return divided(sample.mean("employment_effect_kr"), person_years)


def _accounts(saldo: pd.DataFrame) -> Iterator[Step]:
    """Yield the accounts of the employment effect in the headline; they add up to it."""
    headline = saldo[saldo["in_headline"] == 1]
    for account, kr in headline.groupby("account", sort=False)["kr"].sum().items():
        yield f"account_{account}_kr", float(kr), "kr"
