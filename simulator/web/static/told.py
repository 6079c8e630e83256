"""Told: what the page without a server is told: its sliders, its figures, its words, and what it was made from."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from simulator.facts.read import sources
from simulator.plan import Plan
from simulator.report.language import read_words
from simulator.results.record import version_of
from simulator.results.save import now
from simulator.scenario import Scenario, Value
from simulator.uncertainty.levers import Lever
from simulator.uncertainty.worked import Reading
from simulator.web.opened import Base
from simulator.web.static.axes import Axis
from simulator.web.static.grid import Grid
from simulator.web.words import page_languages, page_words

FloatArray = npt.NDArray[np.float64]
COMMAND_LINE = "command line"
OF_PAGE = ("header", "titles", "sheet", "figures", "remarks", "interval", "chain")
"""Words that the page has from the page with a server."""


def told_of(base: Base, scenario: Scenario, plan: Plan, reading: Reading, grid: Grid) -> dict[str, Any]:
    """Return what the page is told, as it goes into JSON.

    Args:
        base: What was opened.
        scenario: The scenario.
        plan: How it was run.
        reading: What it reads.
        grid: The figures.
    """
    sections = scenario.sections
    rows = [row for row in scenario.baseline.values.rows() if row.key in reading.read]
    return {
        "base": base.id,
        "title": {"da": sections.title_da or sections.title or sections.name, "en": sections.title or sections.name},
        "question": sections.question,
        "period": [sections.period.from_.isoformat(), sections.period.to.isoformat()],
        "made": _made(base, scenario, plan, grid),
        "axes": [_axis(axis) for axis in grid.axes],
        "figures": {name: packed(whole) for name, whole in grid.figures.items()},
        "off": {"between": dict(grid.off_between), "delivery": dict(grid.off_delivery)},
        "called": dict(grid.called),
        "published": dict(sections.published) or None,
        "assumptions": [_assumption(row, grid.axes) for row in rows],
        "sources": {row.source: _title(row.source) for row in rows},
        "words": {language: _words(language) for language in page_languages()},
    }


def packed(whole: FloatArray) -> dict[str, Any]:
    """Return an array as text: one level along every axis along which nothing changes."""
    for at in range(whole.ndim):
        first = whole.take([0], axis=at)
        if np.array_equal(whole, np.broadcast_to(first, whole.shape), equal_nan=True):
            whole = first
    return {"shape": list(whole.shape), "numbers": b64encode(whole.astype("<f8").tobytes()).decode()}


def _made(base: Base, scenario: Scenario, plan: Plan, grid: Grid) -> dict[str, Any]:
    asked = base.asked
    options = [("--seed", asked.seed), ("--replications", asked.replications)]
    given = [word for name, number in options if number is not None for word in (name, str(number))]
    engine = ["--engine", plan.engine] if plan.engine != "fast" else []
    return {
        "scenario": scenario.name,
        "date": now().date().isoformat(),
        "version": version_of("saldo") or "",
        "seed": plan.seed,
        "replications": plan.replications if plan.engine != "control" else 0,
        "draws": plan.draws,
        "engine": plan.engine,
        "command": [base.id, *given, *engine],
        "asked_draws": asked.draws,
        "sets": list(base.sets),
        "simulations": list(grid.simulations),
        "checked": list(grid.checked),
    }


def _axis(axis: Axis) -> dict[str, Any]:
    lever = axis.lever
    return {
        "key": axis.key,
        "label": _label(axis.key),
        "unit": {language: _unit(language, lever.unit) for language in page_languages()},
        "stops": list(axis.stops),
        "own": axis.own,
        "value": lever.value,
        "fine": axis.step,
        "simulates": axis.simulates,
        "whole": axis.whole,
        "drawn": lever.distribution is not None,
        "range": [lever.low, lever.high],
        "kind": lever.kind,
        "source": "; ".join(_title(one) for one in lever.source.split("/")),
        "reason": lever.reason,
        "unsourced": _is_unsourced(lever),
    }


def _is_unsourced(lever: Lever) -> bool:
    return not lever.source or COMMAND_LINE in lever.source.split("/")


def _assumption(row: Value, axes: tuple[Axis, ...]) -> dict[str, Any]:
    moves = any(row.key in axis.lever.leaves for axis in axes)
    return {
        "key": row.key,
        "label": _label(row.key),
        "value": row.value,
        "unit": row.unit,
        "range": None if row.low is None or row.high is None else [row.low, row.high],
        "kind": row.kind,
        "source": row.source,
        "state": "moves" if moves else "drawn" if row.distribution is not None else "fixed",
    }


def _title(source: str) -> str:
    known = sources().get(source)
    return known.title if known is not None else source


def _label(key: str) -> dict[str, str]:
    return {language: read_words(language).key_name(key) or key for language in page_languages()}


def _unit(language: str, unit: str) -> str:
    return read_words(language).name("value_units", unit) if unit else ""


def _words(language: str) -> Mapping[str, Any]:
    words, report = page_words(language), read_words(language)
    names: Mapping[str, Any] = {kind: report.find(f"names.{kind}") for kind in ("value_units", "value_kinds")}
    return {**{part: words["page"][part] for part in OF_PAGE}, "static": words["static"], **names}
