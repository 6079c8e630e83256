"""The record of a trial that was planned: plain numbers and texts, from which it is printed, drawn and written."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from simulator.calendars.span import DAYS_A_WEEK
from simulator.scenario import Scenario
from simulator.uncertainty.trials.designs import design_of
from simulator.uncertainty.trials.findings import (
    EFFECT_UNITS,
    Asked,
    Row,
    asked_for_a_point,
    curve_of,
    needed,
    quantities,
    rows_of,
    told_effect,
)
from simulator.uncertainty.trials.outcomes import MEANS
from simulator.uncertainty.trials.simulated import Shares, Simulated
from simulator.uncertainty.trials.staged import leads_out

TYPE_1, COVERAGE = "type_1_error", "coverage"


def record_of(scenario: Scenario, found: Simulated, seed: int) -> dict[str, Any]:
    """Return the record of a trial.

    Args:
        scenario: The scenario.
        found: What simulated trials found, or the pilot alone.
        seed: Seed of the run.
    """
    terms, pilot, asked = found.terms, found.pilot, asked_for_a_point(found)
    intake = scenario.sections.trial.intake
    assert intake is not None, "terms_of has seen to it"
    simulations = max((one.number for one in found.power.values()), default=0)
    return {
        "scenario": scenario.name,
        "other_model": "" if leads_out(scenario) else scenario.sections.effects.model,
        "design": terms.design,
        "outcome": terms.outcome,
        "intake": _intake(found, intake.groups),
        "significance": terms.significance,
        "power_aim": terms.power,
        "lost": list(terms.lost),
        "crossed": list(terms.crossed),
        "analysis_weeks": terms.analysis_days / DAYS_A_WEEK,
        "one_point": _asked(asked),
        "quantities": [
            {"quantity": name, "value": value, "unit": unit, "day": "" if day is None else day.isoformat()}
            for name, value, unit, day in quantities(found, asked)
        ],
        "power": [_row(row) for row in rows_of(found)],
        "curve": [{"persons_per_arm": size, "closed_form_power": power} for size, power in curve_of(found)],
        "needed_per_arm": needed(design_of(terms.design), pilot, terms, terms.outcome),
        **_checked(found),
        "simulations": simulations,
        "pilot_replications": pilot.replications,
        "analysis_share_of_time": found.analysis_seconds / found.seconds if found.seconds else 0.0,
        "seed": seed,
    }


def _intake(found: Simulated, groups: Sequence[str]) -> dict[str, Any]:
    terms, first = found.terms, found.pilot.first
    return {
        "from": date.fromordinal(first + terms.first_day).isoformat(),
        "to": date.fromordinal(first + terms.last_day).isoformat(),
        "groups": list(groups),
        "places": len(terms.places),
        "stop_above_per_100k": terms.stop_above_per_100k,
    }


def _checked(found: Simulated) -> dict[str, Any]:
    """Return the checks of the analysis, and what is said of those who follow an encouragement."""
    pilot, checks = found.pilot, [*_checks(found, TYPE_1), *_checks(found, COVERAGE)]
    checked = {"checks": checks, "checked_per_arm": found.checked_size}
    if not design_of(found.terms.design).CHOSEN or not pilot.first_stage:
        return checked
    effects = [
        {
            "outcome": outcome,
            "effect": told_effect(outcome, pilot.difference(outcome) / pilot.first_stage),
            "effect_unit": EFFECT_UNITS.get(outcome, "weeks"),
            "coverage": one.share if (one := found.followers.get(outcome)) else None,
            "std_error": one.std_error if one else None,
        }
        for outcome in MEANS
    ]
    return {**checked, "followers": effects, "first_stage_f": found.first_stage_f}


def _asked(asked: Asked) -> dict[str, Any]:
    return {
        "persons_per_arm": asked.per_arm,
        "answer_day": "" if asked.answer is None else asked.answer.isoformat(),
        "admitted_per_arm": asked.most,
        "detectable_points": asked.detectable * 100,
    }


def _row(row: Row) -> dict[str, Any]:
    tried = row.simulated
    return {
        "outcome": row.outcome,
        "persons_per_arm": row.per_arm,
        "effect": row.effect,
        "effect_unit": row.unit,
        "closed_form_power": row.closed,
        "simulated_power": None if tried is None else tried.share,
        "simulated_std_error": None if tried is None else tried.std_error,
        "simulations": 0 if tried is None else tried.number,
        "answer_day": "" if row.answer is None else row.answer.isoformat(),
        "holds": not row.why_not,
        "why_not": "; ".join(row.why_not),
        "detectable": row.detectable,
        "agrees": row.agrees,
    }


def _checks(found: Simulated, check: str) -> list[dict[str, Any]]:
    shares = found.false if check == TYPE_1 else found.covered
    level = found.terms.significance
    return [_check(outcome, check, one, level if check == TYPE_1 else 1 - level) for outcome, one in shares.items()]


def _check(outcome: str, check: str, found: Shares, expected: float) -> dict[str, Any]:
    return {
        "outcome": outcome,
        "check": check,
        "share": found.share,
        "std_error": found.std_error,
        "expected": expected,
        "simulations": found.number,
    }
