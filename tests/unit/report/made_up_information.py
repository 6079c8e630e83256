"""Made-up tables of what is not known and of a trial: options and priors as large as the effect of a made-up run."""

from __future__ import annotations

import csv
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import NormalDist
from typing import Any

from simulator.results.dictionary import columns_of
from tests.unit.report.shapes import Shape

Row = dict[str, Any]
KEPT, SCALE, VALUE = "effects.params.relative_effect", "effects.params.scale", "saldo.value_per_person_year_kr"
PRIORS = {"sceptical": 0.35, "flat": 1.0, "near-equal": 0.6}
"""How much there is to know under each, as a share of the largest."""
OPTIONS = ("baseline", "digital", "after-six-months")
SIZES = (200, 500, 1_000, 2_000, 5_000, 10_000, 20_000)
ANNUITY = 8.3
NEVER = 1e-9


@dataclass(frozen=True)
class Trial:
    """What a made-up decision and its trial are like.

    Attributes:
        options: The options, the first of which is the best one today.
        priors: How much there is to know under each prior, as a share.
        worth: Whether a trial is worth it under any prior.
        same: Whether the same option is best at every draw, so that there is nothing to know for the choice.
        holds: Whether all that the formula of the power assumes holds.
        answers: Whether the intake is large enough for one percentage point.
        sizes: Persons per arm.
        effect: How large the effect is that the trial is to find, as a share of the usual one.
    """

    options: Sequence[str] = OPTIONS
    priors: tuple[tuple[str, float], ...] = tuple(PRIORS.items())
    worth: bool = True
    same: bool = False
    holds: bool = True
    answers: bool = True
    sizes: Sequence[int] = SIZES
    effect: float = 1.0


USUAL = Trial()


def information(shape: Shape, trial: Trial = USUAL) -> dict[str, list[Row]]:
    """Return all tables by name."""
    mio = abs(shape.effect_kr) / 1e6 * 40
    sizes = {prior: list(_sizes(mio * part, trial)) for prior, part in trial.priors}
    return {
        "voi": [row for prior, part in trial.priors for row in _voi(prior, mio, part, trial)],
        "trial_sizes": [{"prior": prior, **row} for prior, rows in sizes.items() for row in rows],
        "trial_worth": [_worth(prior, rows) for prior, rows in sizes.items()],
        "trial_design": list(_design(trial)),
        "trial_power": list(_power(trial)),
        "trial_checks": list(_checks()),
    }


def write_information(
    folder: Path, shape: Shape, trial: Trial = USUAL, only: Sequence[str] = (), **instead: list[Row]
) -> Path:
    """Write the tables, or some of them, into the folder of a run and return it."""
    for name, rows in {**information(shape, trial), **instead}.items():
        if not only or name in only:
            with (folder / "tables" / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, columns_of(name), restval="")
                writer.writeheader()
                writer.writerows(rows)
    return folder


def _voi(prior: str, mio: float, part: float, trial: Trial) -> Iterator[Row]:
    known = 0.0 if trial.same else 0.08 * mio * part
    rows: list[Row] = []
    for at, option in enumerate(trial.options):
        rows.append(_money("option_value", option, mio * (0.02 - 0.06 * at) * part * (at > 0)))
    for at, option in enumerate(trial.options):
        first = 1.0 if trial.same or not mio else 0.5 + 0.4 * (1 - part)
        rows.append(
            {
                "measure": "best_share",
                "subject": option,
                "share": first if at == 0 else (1 - first) / (len(trial.options) - 1),
            }
        )
    rows.append(_money("evpi", "", known))
    parts = {KEPT: 0.7, SCALE: 0.2, VALUE: 0.05, "attendance.take_up": 0.01, "closures.carry_share": 0.0}
    rows += [_money("evppi", key, known * share) for key, share in parts.items()]
    groups = {"effects": (0.85, f"{KEPT} {SCALE}"), "saldo": (0.05, VALUE)}
    rows += [{**_money("evppi_group", key, known * share), "members": keys} for key, (share, keys) in groups.items()]
    yield from ({"prior": prior, "order": order, **row} for order, row in enumerate(rows))


def _money(measure: str, subject: str, mio: float) -> Row:
    year = {"a_year_mio_kr": mio, "a_year_std_error_mio_kr": abs(mio) * 0.03}
    horizon = {"horizon_mio_kr": mio * ANNUITY, "horizon_std_error_mio_kr": abs(mio) * ANNUITY * 0.03}
    return {"measure": measure, "subject": subject, **year, **horizon}


def _sizes(mio: float, trial: Trial) -> Iterator[Row]:
    known = 0.0 if trial.same else 0.056 * mio
    rows: list[Row] = []
    for size in trial.sizes:
        worth = known * size / (size + 900)
        weeks = 60 + size / 250
        horizon = worth * (ANNUITY - weeks / 52)
        # A trial that is not worth it costs more than all that there is to know.
        cost = 2.0 + 2 * size * 400 / 1e6 + (0 if trial.worth else 2 * known * ANNUITY)
        loss = 0.02 * size / 1e3
        rows.append(
            {
                "persons_per_arm": size,
                "std_error_weeks": 22 / math.sqrt(size / 2),
                "weeks_until_answer": weeks,
                "evsi_a_year_mio_kr": worth,
                "evsi_std_error_mio_kr": worth * 0.04,
                "evsi_horizon_mio_kr": horizon,
                "cost_mio_kr": cost,
                "loss_mio_kr": loss,
                "net_gain_mio_kr": horizon - cost - loss,
            }
        )
    most = max(row["net_gain_mio_kr"] for row in rows)
    yield from ({**row, "best": most > 0 and row["net_gain_mio_kr"] == most} for row in rows)


def _worth(prior: str, rows: Sequence[Row]) -> Row:
    best = max(rows, key=lambda row: float(row["net_gain_mio_kr"]))
    gain, size = best["net_gain_mio_kr"], best["persons_per_arm"]
    return {
        "prior": prior,
        "best_persons_per_arm": size if gain > 0 else 0,
        "net_gain_mio_kr": gain,
        "break_even_set_up_mio_kr": 2.0 + gain,
        "break_even_per_person_kr": 400 + gain * 1e6 / (2 * size),
    }


def _design(trial: Trial) -> Iterator[Row]:
    told = {
        "persons_for_one_point": (37_826, "persons per arm"),
        "answer_for_one_point": ("", ""),
        "intake_persons": (46_300, "persons"),
        "intake_persons_per_week": (1_390.4, "persons per week"),
        "exit_share_control": (0.6012, "share"),
        "exit_share_treated": (0.5931, "share"),
        "weeks_52_control": (24.31, "weeks"),
        "weeks_52_treated": (23.92, "weeks"),
        "weeks_52_sd": (19.4, "weeks"),
        "hazard_ratio": (0.972, "ratio"),
        "icc": (0.008, "number"),
        "clusters": (98, "municipalities"),
        "cluster_mean_size": (472.4, "persons"),
        "cluster_cv": (1.21, "number"),
        "design_effect": (1.02, "factor"),
        "conversations_changed": (2.31, "conversations per person"),
        "detectable_points": (1.29, "percentage points"),
        "detectable_weeks": (0.51, "weeks"),
        "first_stage": (0.24, "share"),
    }
    for name, (value, unit) in told.items():
        row = {"quantity": name, "value": value, "unit": unit, "day": ""}
        if name == "answer_for_one_point" and trial.answers:
            row["day"] = "2023-06-14"
        yield row


OUTCOMES = {
    "exit_by_week_26": (-0.81, "percentage points", 49.0),
    "weeks_in_26": (-0.16, "weeks", 8.7),
    "weeks_in_52": (-0.39, "weeks", 19.4),
    "hazard_ratio": (0.972, "hazard ratio", 1.6),
}


def _power(trial: Trial) -> Iterator[Row]:
    normal = NormalDist()
    for outcome, (effect, unit, spread) in OUTCOMES.items():
        far = trial.effect * (math.log(effect) if unit == "hazard ratio" else effect)
        told = math.exp(far) if unit == "hazard ratio" else far
        for number, size in enumerate(trial.sizes):
            closed = normal.cdf(abs(far) / (spread * math.sqrt(2 / size)) - normal.inv_cdf(0.975))
            simulated = min(closed * (1.02 if trial.holds else 0.8), 1.0)
            yield {
                "outcome": outcome,
                "persons_per_arm": size,
                "effect": told,
                "effect_unit": unit,
                "closed_form_power": closed,
                "simulated_power": simulated,
                "simulated_std_error": max(math.sqrt(simulated * (1 - simulated) / 200), NEVER),
                "simulations": 200,
                "answer_day": f"2022-{3 + number % 10:02d}-14",
                "holds": trial.holds,
                "why_not": "" if trial.holds else "contamination; attrition",
            }


def _checks() -> Iterator[Row]:
    for outcome in OUTCOMES:
        for check, share, expected in (("type_1_error", 0.055, 0.05), ("coverage", 0.945, 0.95)):
            row = {"outcome": outcome, "check": check, "share": share, "expected": expected, "simulations": 200}
            yield {**row, "std_error": math.sqrt(share * (1 - share) / 200)}
