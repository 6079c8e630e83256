"""A position as the report reads a run: its headline and the few rows of tables that sentences are chosen by.

Everything is found as a run finds it, but that the replications are valued as one, so there is no standard error.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from simulator.control import Control, compare
from simulator.effects import employment_of, worth_of
from simulator.pipeline import figures_at, unforeseen_at
from simulator.plan import CONTROL
from simulator.report.reading import Row, Run, TableRow
from simulator.results import Asked, Setting
from simulator.results.assemble import NO_QUEUES, TOLERATED, known_to_control, unforeseen_of_run
from simulator.results.concepts import refuse_beyond
from simulator.results.headline import headline_of
from simulator.results.measure import measured
from simulator.results.money import control_kr
from simulator.results.sample import Sample, control_figures
from simulator.scenario import Value
from simulator.web.desk.delivered import Kept
from simulator.web.desk.valued import Footing

EFFECT = "employment_effect_kr"
Rows = tuple[Row, ...]


@dataclass(frozen=True)
class Told(Run):
    """A position, told as a run is.

    Attributes:
        said: Its headline, as far as it is known without its replications.
        noted: Its manifest.
        rows: Rows of its tables, by name.
    """

    said: Mapping[str, Any] = field(default_factory=dict)
    noted: Mapping[str, Any] = field(default_factory=dict)
    rows: Mapping[str, Rows] = field(default_factory=dict)

    @cached_property
    def headline(self) -> Mapping[str, Any]:
        """Its headline."""
        return self.said

    @cached_property
    def manifest(self) -> Mapping[str, Any]:
        """Its manifest."""
        return self.noted

    @cached_property
    def scenario(self) -> Mapping[str, Any]:
        """No scenario: nothing that is told here asks for one."""
        return {}

    def table(self, name: str) -> Rows:
        """Return the rows of a table; none of one that is not told."""
        return self.rows.get(name, ())


@dataclass(frozen=True)
class Reckoned:
    """The figures of a position before they are told.

    Attributes:
        setting: Its ground.
        sample: Its figures beside those of the control.
        control: The control.
        by_year: The employment effect by financial year [kr].
    """

    setting: Setting
    sample: Sample
    control: Control
    by_year: Mapping[int, float]


def reckoned(footing: Footing) -> Reckoned:
    """Return the figures of a position: those of its delivery, or of the control where that is not at hand.

    Raises:
        InputError: A number cannot be, or the concept has no figure for what was found.
    """
    setting, by_hand = footing.setting(), footing.control()
    known = control_figures(by_hand, setting.valuation.concept)
    if footing.kept is None:
        sample, kr = Sample([known], known), control_kr(setting, by_hand)
    else:
        sample, kr = Sample([footing.figures], known), footing.saldo.kr
    refuse_beyond(setting, sample)
    lines = setting.valuation.concept.lines
    counted = np.array([name in lines for name in ("form", "volume")])
    sums = kr[counted].sum(axis=(0, 1, 2, 3, 4)).tolist()
    return Reckoned(setting, sample, by_hand, dict(zip(setting.valuation.years, sums, strict=True)))


def told(footing: Footing, found: Reckoned, interval: Mapping[str, Any] | None) -> Told:
    """Return a position as the report reads a run.

    Args:
        footing: The position.
        found: Its figures.
        interval: The range over its draws; None where nothing is drawn, or the draws must be simulated.
    """
    setting = found.setting
    headline = _headline(footing, found)
    headline["measure"] = measured(setting, found.by_year)
    if interval is not None:
        headline["draws"] = interval["draws"]
        headline["knowledge"] = {name: interval[name] for name in ("called", "sign")}
        headline["saldo_mio_kr"]["employment_effect"] |= {name: interval[name] for name in ("low", "high")}
    rows = {
        "saldo": tuple(
            TableRow({"year": str(year), "kr": repr(kr), "in_headline": "1", "line": "form"}, "tables/saldo.csv", at)
            for at, (year, kr) in enumerate(found.by_year.items())
        ),
        "assumptions": _assumptions(footing),
    }
    noted: dict[str, Any] = {
        "register_in_force": footing.scenario.sections.register_.in_force,
        "time": {"started": date.today().isoformat()},
    }
    return Told(folder=Path("position"), said=headline, noted=noted, rows=rows)


def _headline(footing: Footing, found: Reckoned) -> dict[str, Any]:
    """Return the headline; where it would be a draft by its figures, chance is found from every replication."""
    kept, plan, setting = footing.kept, footing.plan, found.setting
    if kept is None:
        asked = Asked(plan.seed, 0, CONTROL)
        conversations = known_to_control(found.control)[1]
        return headline_of(setting, asked, found.sample, conversations, (found.control, None), NO_QUEUES)
    asked = Asked(plan.seed, plan.replications, plan.engine)
    tolerated = footing.scenario.baseline.values[TOLERATED]
    unforeseen = unforeseen_of_run(setting, found.sample)
    comparison = compare(found.control.found, kept.simulated, tolerated, unforeseen)
    parts = (found.control, comparison)
    headline = headline_of(setting, asked, found.sample, kept.conversations, parts, kept.queues)
    if headline["draft"]:
        sample = Sample(list(each(footing, kept)), found.sample.control)
        headline = headline_of(setting, asked, sample, kept.conversations, parts, kept.queues)
    return headline


def each(footing: Footing, kept: Kept) -> Iterator[dict[str, float]]:
    """Yield the figures of each replication."""
    setting = footing.ground
    worth = worth_of(footing.scenario, setting.span, setting.outbreak.incidence)
    for one in kept.replications():
        effect = employment_of(one, worth, setting.span)
        figures = figures_at(footing.valuation, effect, one)
        yield figures | {"unforeseen_kr": unforeseen_at(footing.valuation, effect, one)}


def _assumptions(footing: Footing) -> Rows:
    """Return the rows of values that may make a document a draft, and of the share that may stay unexplained."""
    in_force, scenario = footing.scenario.sections.register_.in_force, footing.scenario
    used = {TOLERATED, *(scenario.baseline.values.used if footing.reading is None else footing.reading.read)}
    rows: list[Row] = []
    for arm in scenario.arms:
        for row in arm.values.rows():
            if not (in_force or row.standing.expiry or row.key == TOLERATED):
                continue
            if arm is scenario.proposal and row == scenario.baseline.values.row(row.key):
                continue
            rows.append(TableRow(_cells(row, row.key in used), "tables/assumptions.csv", len(rows)))
    return tuple(rows)


def _cells(row: Value, used: bool) -> dict[str, str]:
    signed = row.standing.signed_value
    return {
        "key": row.key,
        "value": repr(row.value),
        "kind": row.kind,
        "expiry": row.standing.expiry,
        "signed_off_by": row.standing.signed_off_by,
        "signed_value": "" if signed is None else repr(signed),
        "used": str(int(used)),
    }
