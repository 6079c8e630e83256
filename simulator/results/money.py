"""The table of kroner: the effect on the public balance by line, step, authority, account, group, type and year."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd

from simulator.control import Control
from simulator.effects import LINES
from simulator.facts.read import words
from simulator.results.days import days_by_year, segment_shares
from simulator.results.dictionary import ordered
from simulator.results.sample import MIO
from simulator.results.setting import Setting
from simulator.saldo import ACCOUNTS, AUTHORITIES

FloatArray = npt.NDArray[np.float64]
DIRECT, RETURNED, BEHAVIOUR = STEPS = ("direct", "tax_and_return_flow", "behaviour")
"""Umiddelbar virkning; what tax and return flow add to it; what behaviour adds. The effect of work is behaviour."""
SAVED_FOR = {"none": "municipality", "dut": "state", "full": "municipality"}
"""Who gains from saved caseworker time, by how far it is realised."""
REACHED = ("direct", "after_tax_and_return_flow", "after_tax_return_flow_and_behaviour")
PUBLIC = ("state", "municipality", "region")

Row = dict[str, object]


def saldo_table(setting: Setting, kr: FloatArray, beside_kr: Mapping[str, float]) -> pd.DataFrame:
    """Return the effect on the public balance; the rows add up to the net effect and, within lines, to the headline.

    Cells without any effect are left out; each year has a row for the regions, which is 0.

    Args:
        setting: The ground of the run.
        kr: Mean kroner, shape (line, account, authority, type, group, year).
        beside_kr: Kroner of the lines beside the employment effect, as far as they count.
    """
    rows = [*_employment(setting, kr), *_beside(setting, beside_kr)]
    concept = setting.scenario.sections.saldo.concept
    return ordered("saldo", pd.DataFrame(rows).assign(concept=concept))


def _row(step: str, line: str, authority: str, account: str, **of: object) -> Row:
    return {"step": step, "line": line, "authority": authority, "account": account, "group": "", "type": ""} | of


def _employment(setting: Setting, kr: FloatArray) -> Iterator[Row]:
    types, groups, years = tuple(words()["types"]), tuple(words()["groups"]), setting.valuation.years
    counted = setting.valuation.concept.lines
    for line, account, authority, row, column, at in np.argwhere(kr):
        yield _row(
            BEHAVIOUR,
            LINES[line],
            AUTHORITIES[authority],
            ACCOUNTS[account],
            group=groups[column],
            type=types[row],
            year=years[at],
            kr=float(kr[line, account, authority, row, column, at]),
            in_headline=int(LINES[line] in counted),
        )
    some = [year for at, year in enumerate(years) if np.any(kr[..., at])] or [setting.span.date_of(0).year]
    for year in some:
        yield _row(BEHAVIOUR, "form", "region", "transfer", year=year, kr=0.0, in_headline=1)


def _beside(setting: Setting, beside_kr: Mapping[str, float]) -> Iterator[Row]:
    """Yield the lines beside the employment effect, spread over the days of the period."""
    section = setting.scenario.sections.saldo
    realised = {"caseworker_time": section.caseworker_time_realised, "no_shows": section.no_shows_realised}
    share = setting.scenario.baseline.values["saldo.indirect_taxes.return_flow_share"]
    for year, part in days_by_year(setting):
        for line, how in realised.items():
            if beside_kr[line]:
                amount = beside_kr[line] * part
                yield _row(DIRECT, line, SAVED_FOR[how], line, year=year, kr=amount, in_headline=0)
        if beside_kr["travel"]:
            gross = beside_kr["travel"] * part / (1 - share)
            yield _row(DIRECT, "travel", "municipality", "travel", year=year, kr=gross, in_headline=0)
            lost = -gross * share
            yield _row(RETURNED, "travel", "state", "indirect_taxes", year=year, kr=lost, in_headline=0)


def control_kr(setting: Setting, control: Control) -> FloatArray:
    """Return the control's kroner, shape (line, account, authority, type, group, year).

    The control knows sums by line, type and group; they are divided over accounts, authorities and years as
    conversations are that are spread evenly over the period and over the spell classes.
    """
    valuation = setting.valuation
    even = np.tensordot(segment_shares(setting), valuation.falling.mean(axis=2), axes=1)
    types, groups = tuple(words()["types"]), tuple(words()["groups"])
    kr = np.zeros((len(LINES), len(ACCOUNTS), len(AUTHORITIES), len(types), len(groups), len(valuation.years)))
    for of, group in enumerate(groups):
        parts = (valuation.week_kr[:, :, of] * even[of]).sum(axis=-1)
        whole = parts.sum()
        shares = parts / whole if whole else np.zeros_like(parts)
        for line, name in enumerate(LINES):
            for (type_name, its), weeks in control.by(f"employment_weeks_{name}").items():
                if its == group:
                    kr[line, :, :, types.index(type_name), of] = weeks * control.week_kr[group] * shares
    return kr


def by_authority(saldo: pd.DataFrame) -> dict[str, float]:
    """Return the employment effect of the headline by authority [mio. kr.]; society only where something is there."""
    sums = saldo[saldo["in_headline"] == 1].groupby("authority")["kr"].sum()
    named = (*PUBLIC, *(name for name in sums.index if name not in PUBLIC))
    return {str(name): float(sums.get(name, 0.0)) * MIO + 0.0 for name in named}


def by_step(saldo: pd.DataFrame) -> dict[str, float]:
    """Return the three figures of the reckoning, each after the one before [mio. kr.].

    Counted are the employment effect of the headline and the lines beside it that the scenario counts: their last
    figure is the net effect.
    """
    counted = saldo[(saldo["in_headline"] == 1) | ~saldo["line"].isin(LINES)]
    sums = counted.groupby("step")["kr"].sum()
    running = np.cumsum([float(sums.get(step, 0.0)) * MIO for step in STEPS])
    return {name: float(mio_kr) + 0.0 for name, mio_kr in zip(REACHED, running, strict=True)}
