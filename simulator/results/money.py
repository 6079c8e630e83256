"""The tables of kroner: the effect by line, type, group and year, and the chain from conversations to kroner."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd

from simulator.calendars.span import DAYS_A_WEEK
from simulator.control import Control
from simulator.delivery.cells import Cells
from simulator.delivery.rules import CHOICE, EXCEPTION, ISOLATED, ORDERED, VOLUNTARY
from simulator.effects import LINES
from simulator.facts.read import words
from simulator.results.days import days_by_year
from simulator.results.dictionary import empty, ordered
from simulator.results.sample import Sample, divided
from simulator.results.setting import Setting
from simulator.saldo import concept_of
from simulator.saldo.years import year_shares

ACCOUNT, PUBLIC = "employment", "public"
SAVED_FOR = {"dut": "state", "full": "municipality"}
"""Who gains from saved caseworker time, by how far it is realised."""

Row = dict[str, object]
Cell = tuple[str, str, str, int, float]
"""Line, type, group, year and kroner."""


def saldo_table(setting: Setting, cells: Iterator[Cell], caseworker_kr: float) -> pd.DataFrame:
    """Return the effect on the public balance; the rows add up to the net effect and, within lines, to the headline.

    Args:
        setting: The ground of the run.
        cells: Kroner of the lines of employment.
        caseworker_kr: Kroner of saved caseworker time.
    """
    concept = setting.scenario.sections.saldo.concept
    counted = concept_of(setting.scenario).HEADLINE_LINES
    rows: list[Row] = [
        {"line": line, "authority": PUBLIC, "account": ACCOUNT, "group": group, "type": name, "year": year,
         "kr": kr + 0.0, "in_headline": int(line in counted)}
        for line, name, group, year, kr in cells
    ]  # fmt: skip
    realised = setting.scenario.sections.saldo.caseworker_time_realised
    if realised in SAVED_FOR:
        rows += [
            {"line": "caseworker_time", "authority": SAVED_FOR[realised], "account": "caseworker_time", "group": "",
             "type": "", "year": year, "kr": caseworker_kr * share + 0.0, "in_headline": 0}
            for year, share in days_by_year(setting)
        ]  # fmt: skip
    if not rows:
        return empty("saldo")
    return ordered("saldo", pd.DataFrame(rows).assign(concept=concept, step=""))


def simulated_cells(control: Control, kr: np.ndarray, years: tuple[int, ...]) -> Iterator[Cell]:
    """Yield the kroner of a simulation, for types and groups that meet and years with any effect.

    Args:
        control: The control, which knows the types and groups that meet.
        kr: Mean kroner, shape (line, type, group, year).
        years: Financial years.
    """
    some = [year for year in range(len(years)) if np.any(kr[..., year])] or list(range(len(years)))
    for line, line_name in enumerate(LINES):
        for row, name in enumerate(words()["types"]):
            for column, group in enumerate(words()["groups"]):
                if (name, group) in control.found:
                    for year in some:
                        yield line_name, name, group, years[year], float(kr[line, row, column, year])


def control_cells(setting: Setting, control: Control) -> Iterator[Cell]:
    """Yield the kroner of the control; the years are those of a conversation in the middle of the period."""
    first, last = setting.period
    first_share = setting.scenario.baseline.values["saldo.first_year_share"]
    shares = year_shares((first + last) // 2, first_share)
    for line in LINES:
        for (name, group), weeks in control.by(f"employment_weeks_{line}").items():
            for year, share in sorted(shares.items()):
                yield line, name, group, year, weeks * control.week_kr * share


def baseline_bases(basis: Cells) -> dict[str, float]:
    """Return the digital conversations of the baseline by why they are digital."""
    by_basis = basis.dense("basis")
    return {
        "digital_by_exception": float(by_basis[EXCEPTION]),
        "digital_by_own_choice": float(by_basis[CHOICE] + by_basis[ISOLATED]),
        "digital_by_order": float(by_basis[ORDERED] + by_basis[VOLUNTARY]),
    }


def steps_table(setting: Setting, sample: Sample, counted: Mapping[str, float], origin: str) -> pd.DataFrame:
    """Return the chain from conversations due to kroner.

    Args:
        setting: The ground of the run.
        sample: Figures of the run.
        counted: Conversations of the baseline: due, held, physical and the digital ones by why; absent where unknown.
        origin: Where the figures come from: simulation or control.
    """
    value = setting.scenario.baseline.values.row("saldo.value_per_person_year_kr")
    weeks_a_year = setting.scenario.baseline.values["saldo.weeks_per_person_year"]
    trial = setting.scenario.baseline.values.under("effects.trial")
    trial_weeks = trial["weeks_of_employment"] / trial["meetings"]
    converted = sample.mean("converted")
    physical = counted.get("physical", math.nan)
    loss_weeks = divided(-sample.mean("form_weeks"), converted)
    steps: list[tuple[str, float | None, str]] = [
        ("due_baseline", counted.get("due"), "conversations"),
        ("held_baseline", counted.get("held"), "conversations"),
        *((name, counted.get(name), "conversations") for name in ("digital_by_exception", "digital_by_own_choice")),
        ("digital_by_order", counted.get("digital_by_order"), "conversations"),
        ("physical_baseline", physical, "conversations"),
        ("share_that_changes_form", divided(converted, physical), "share"),
        ("converted", converted, "conversations"),
        ("loss_per_conversation_days", 0.0 if loss_weeks is None else loss_weeks * DAYS_A_WEEK, "days"),
        ("employment_weeks", sample.mean("employment_weeks"), "weeks"),
        ("person_years", sample.mean("employment_weeks") / weeks_a_year, "person_years"),
        ("value_per_person_year_kr", value.value, "kr"),
        ("employment_effect_kr", sample.mean("employment_effect_kr"), "kr"),
        ("kr_per_converted", divided(sample.mean("form_kr"), converted), "kr"),
        ("trial_effect_share_per_meeting", divided(loss_weeks or 0.0, trial_weeks), "share"),
    ]
    rows = [
        {"order": order, "step": step, "value": math.nan if number is None else number + 0.0, "unit": unit,
         "source": value.source if step == value.key.rpartition(".")[2] else origin}
        for order, (step, number, unit) in enumerate(steps, start=1)
    ]  # fmt: skip
    return ordered("steps", pd.DataFrame(rows))
