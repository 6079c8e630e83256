"""A lockdown of one municipality changes no event in any other, to the last conversation, on either engine."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pytest

from simulator.delivery import Log, Way, engine_of
from simulator.pipeline import World, prepare
from simulator.scenario import read_scenario
from tests.property.scenes import AEROE, FANOE, LAESOE, SAMSOE

PLACES = [AEROE, FANOE, SAMSOE, LAESOE]
"""In the order of the country's list."""
SERIES = "one_island.csv"
FIRST, DAYS = np.datetime64("2021-10-25"), 175
HIGH = (np.datetime64("2021-12-27"), np.datetime64("2022-01-09"))
"""Days on which the incidence of one island is high; elsewhere it is low on all days."""
TRIGGER = {"at_least_per_100k": 500, "days_below": 2}
DATED = {"from": "2021-12-28", "to": "2022-01-11", "places": [SAMSOE]}
LOCKDOWNS: dict[str, list[dict[str, Any]]] = {
    "none": [],
    "digital, dated": [{"rule": "digital_only", **DATED}],
    "digital, triggered": [{"rule": "digital_only", "trigger": TRIGGER}],
    "suspended, dated": [{"rule": "suspended", **DATED}],
    "suspended, triggered": [{"rule": "suspended", "trigger": TRIGGER, "when_suspended": "cancel"}],
}


def series() -> str:
    """Return an incidence that is high in one municipality in two weeks."""
    rows = ["date,municipality_code,per_100k"]
    for day in FIRST + np.arange(DAYS):
        high = HIGH[0] <= day <= HIGH[1]
        rows += [f"{day},{code},{900 if high and code == SAMSOE else 100}" for code in PLACES]
    return "\n".join([*rows, ""])


@cache
def told(lockdown: str, engine: str) -> tuple[World, Log]:
    """Return the world of a lockdown in the proposal, and every attempt of a replication; illness and fear are on."""
    content = {
        "period": {"from": "2021-12-19", "to": "2022-01-16"},
        "places": PLACES,
        "infection": {"series": SERIES, "links": ["take_up", "illness"]},
        "delivery": {"utilisation": 1.0},
        "attendance": {"office_spread": 0.3, "rules": [{"rule": "citizen_chooses", "types": ["jobsamtale"]}]},
        "proposal": {"attendance": {"rules": LOCKDOWNS[lockdown]}},
    }
    with TemporaryDirectory() as folder:
        (Path(folder) / SERIES).write_text(series(), encoding="utf-8")
        path = Path(folder) / "written.yaml"
        path.write_text(json.dumps(content), encoding="utf-8")
        world = prepare(read_scenario(path))
    (found,) = engine_of(engine, world.ground, Way(5, log=True)).replications(range(1))
    assert found.log is not None
    return world, found.log


def rows(log: Log, arm: int, *, there: bool) -> Log:
    """Return the attempts of an arm in the municipality of the lockdown, or in all others."""
    chosen = log[(log["arm"] == arm) & ((log["place"] == PLACES.index(SAMSOE)) == there)]
    chosen["arm"] = 0
    return chosen


@pytest.mark.parametrize("engine", ["reference", "fast"])
@pytest.mark.parametrize("lockdown", [name for name in LOCKDOWNS if name != "none"])
def test_a_lockdown_of_one_municipality_changes_nothing_in_another(lockdown: str, engine: str) -> None:
    world, log = told(lockdown, engine)
    assert world.places == tuple(PLACES)
    without = told("none", engine)[1]
    elsewhere = rows(log, 0, there=False)
    assert len(elsewhere) > 1000
    assert np.array_equal(elsewhere, rows(log, 1, there=False))
    for arm in (0, 1):
        assert np.array_equal(elsewhere, rows(without, arm, there=False))
    baseline, plain = (rows(one, 0, there=True) for one in (log, without))
    assert np.array_equal(baseline[: len(plain)], plain), "a run that waits for the queues of both arms goes on longer"
    assert not np.array_equal(rows(log, 0, there=True), rows(log, 1, there=True))


@pytest.mark.parametrize("kind", ["digital", "suspended"])
def test_a_lockdown_by_incidence_is_that_of_its_dates(kind: str) -> None:
    """High from Monday 27 December: in force from the 28th. The second day below is 11 January, the last in force."""
    (decision,) = [found for _, found in told(f"{kind}, triggered", "fast")[0].setting.outbreak.decisions]
    assert (decision.area, str(decision.from_), str(decision.to)) == ("Samsø", "2021-12-28", "2022-01-11")
    dated, triggered = (told(f"{kind}, {how}", "fast")[1] for how in ("dated", "triggered"))
    if kind == "digital":
        assert np.array_equal(dated, triggered)
    else:
        assert len(triggered) < len(dated), "what is cancelled is not held later"
