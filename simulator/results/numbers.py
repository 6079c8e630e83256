"""The tables of numbers that a run rests on: the values with their sources, and the factors of the control."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

import pandas as pd

from simulator.control import Control
from simulator.distributions import told
from simulator.facts.grades import grade_of
from simulator.results.dictionary import columns_of, ordered
from simulator.scenario import Scenario, Value

CALIBRATED = "calibrated"
APART = ("standing", "confidential", "distribution_open")
"""Fields of a value that are no column of the table."""
SAID_AS = {"converted": ("converted",), "employment_effect_mio_kr": ("employment_effect", "public balance")}
"""How a value says that it was calibrated to a published figure."""


def assumptions_table(scenario: Scenario) -> pd.DataFrame:
    """Return every value with unit, range and source, and whether the run read it."""
    rows = [
        {**_told(row), "used": int(row.key in scenario.baseline.values.used), "arm": arm}
        for arm, row in _rows(scenario)
    ]
    frame = pd.DataFrame(rows)
    ranges = {name: pd.to_numeric(frame[name]) for name in ("low", "high", "signed_value")}
    return ordered("assumptions", frame.assign(**ranges))


def _told(row: Value) -> dict[str, object]:
    """Return a value as the table tells it: its distribution in words, and who answers for it."""
    columns = {field.name: getattr(row, field.name) for field in fields(row) if field.name not in APART}
    grade, given = grade_of(row.kind, row.source, row.standing.grade)
    standing = vars(row.standing) | {"grade": grade, "grade_given": int(given)}
    drawn = {"distribution": "" if row.distribution is None else told(row.distribution.described())}
    return columns | standing | drawn


def _rows(scenario: Scenario) -> Iterator[tuple[str, Value]]:
    """Yield each value: once where the arms agree, else the baseline's and then the proposal's."""
    baseline, proposal = scenario.baseline.values, scenario.proposal.values
    for key in dict.fromkeys((*baseline, *proposal)):
        if key in baseline and key in proposal:
            one, other = baseline.row(key), proposal.row(key)
            if one is other or one == other:
                yield "both", one
                continue
        for arm in scenario.arms:
            if key in arm.values:
                yield arm.name, arm.values.row(key)


def control_table(control: Control) -> pd.DataFrame:
    """Return the factors of the control."""
    return ordered("control", pd.DataFrame([dict(vars(factor)) for factor in control.factors]))


def control_terms_table(control: Control) -> pd.DataFrame:
    """Return the control written out in its inputs."""
    assert control.terms is not None, "a run keeps a control with its rows"
    terms = [dict(vars(term)) for term in control.terms.all()]
    return ordered("control_terms", pd.DataFrame(terms, columns=columns_of("control_terms")))


def calibrated(scenario: Scenario) -> list[dict[str, object]]:
    """Return the values that were calibrated, and to what; a table set as one stands under its own key."""
    if not any(row.kind == CALIBRATED for arm in scenario.arms for row in arm.values.rows()):
        return []
    rows = [row for _, row in _rows(scenario) if row.kind == CALIBRATED]
    alike: dict[tuple[float, str], list[str]] = {}
    for row in rows:
        alike.setdefault((row.value, _target(scenario, row)), []).append(row.key)
    return [
        {"key": key, "value": value, "to": target}
        for (value, target), keys in alike.items()
        for key in _collapsed(scenario, list(dict.fromkeys(keys)))
    ]


def _collapsed(scenario: Scenario, keys: list[str]) -> list[str]:
    """Return one key for keys that make up a whole table, else the keys."""
    parts = [key.split(".") for key in keys]
    common = [column[0] for column in _same(parts)]
    prefix = ".".join(common)
    whole = [key for key in scenario.baseline.values if key == prefix or key.startswith(f"{prefix}.")]
    return [prefix] if common and set(whole) == set(keys) else keys


def _same(parts: list[list[str]]) -> Iterator[tuple[str, ...]]:
    for column in zip(*parts, strict=False):
        if len(set(column)) > 1:
            return
        yield column


def _target(scenario: Scenario, row: Value) -> str:
    """Return the published figure that a value was calibrated to, as `name=number`; else what it says itself."""
    said = f"{row.reason} {row.source}"
    for name, number in scenario.sections.published.items():
        if any(words in said for words in SAID_AS.get(name, (name,))):
            return f"{name}={number:g}"
    return row.reason or row.source
