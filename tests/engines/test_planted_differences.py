"""The comparison of engines finds what it is there to find: each fault that is planted in one of them is seen."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pytest

from simulator.delivery import Way
from simulator.pipeline import World
from tests.engines.planted import PLANTED, Plant
from tests.engines.planted_occasions import PLANTED_OCCASIONS
from tests.engines.same import Told, assert_same, differences, told_by, told_row
from tests.engines.worlds import LAESOE, SAMSOE, world_of

NUMBERS = range(2)
SERIES, SERIES_FIRST, SERIES_DAYS = "up_and_down.csv", date(2021, 10, 25), 175
PERIOD = {"from": "2021-12-19", "to": "2022-01-16"}
SCENES: dict[str, dict[str, Any]] = {
    "long queues, many tries, an order of types": {
        "delivery": {
            "utilisation": 1.1,
            "no_show": 0.4,
            "no_show_digital_ratio": 0.5,
            "tries": 3,
            "rebook_days": 4,
            "priority": {"jobsamtale": 1, "raadighedssamtale": -1},
        },
        "demand": {"contact_changes": [{"types": ["jobsamtale", "opfoelgning"], "conversations_per_year": 26}]},
        "attendance": {"office_spread": 0.3},
        "proposal": {"attendance": {"rules": [{"rule": "office_chooses"}]}},
    },
    "a suspension by length of spell, and one that cancels": {
        "attendance": {
            "voluntary_contact_share": 0.3,
            "exception_share": 0.4,
            "rules": [{"rule": "digital_only", "types": ["rehabiliteringsmoede", "opfoelgning"], "to": "2022-01-05"}],
        },
        "calendar": {"closure_weeks": ["2021-W51", "2021-W52"]},
        "closures": {"carry_share": 0.5},
        "proposal": {
            "attendance": {
                "rules": [
                    {"rule": "suspended", "spell_from_days": 91, "groups": ["dagpenge", "sygedagpenge"]},
                    {"rule": "suspended", "types": ["jobsamtale"], "spell_to_days": 91, "when_suspended": "cancel"},
                ]
            }
        },
    },
    "two conversations of one person on one day, one place closed": {
        "demand": {"due_spell_day": {"raadighedssamtale": {"dagpenge": {"first": 14}}}},
        "closures": {"periods": [{"planned": False, "from": "2022-01-03", "to": "2022-01-09", "places": [SAMSOE]}]},
        "delivery": {"priority": {"cv_samtale": 1, "raadighedssamtale": 1}},
        "proposal": {"attendance": {"rules": [{"rule": "citizen_chooses"}]}},
    },
    "illness and fear, rules by the day of calling and for first conversations": {
        "infection": {
            "series": SERIES,
            "links": ["take_up", "illness", "worth"],
            "illness": {"found_share": 0.2, "called_off_share": 0.4},
        },
        "delivery": {"utilisation": 1.1, "tries": 3},
        "attendance": {"rules": [{"rule": "citizen_chooses", "conversations": "later", "types": ["jobsamtale"]}]},
        "proposal": {
            "attendance": {
                "rules": [
                    {"rule": "digital_only", "applies_by": "called", "from": "2021-12-27", "groups": ["dagpenge"]},
                    {"rule": "office_chooses", "applies_by": "called", "to": "2021-12-21", "types": ["opfoelgning"]},
                ]
            }
        },
    },
}
LATEST = next(reversed(SCENES))


def up_and_down() -> str:
    """Return an incidence that is another one every day, so that no day is like the one before."""
    days = [(SERIES_FIRST + timedelta(days=day)).isoformat() for day in range(SERIES_DAYS)]
    return "\n".join(["date,place,per_100k", *(f"{day},all,{200 + 600 * (at % 3)}" for at, day in enumerate(days)), ""])


@cache
def scene(name: str) -> tuple[World, Told]:
    """Return the world of a scene, and what the compiled engine tells of it; made once in a process."""
    with TemporaryDirectory() as folder:
        content = {"period": PERIOD, "places": [SAMSOE, LAESOE], **SCENES[name]}
        world = world_of(Path(folder), content, up_and_down() if "infection" in content else "")
    return world, told_by("fast", world, Way(3, log=True), NUMBERS)


@pytest.fixture(autouse=True)
def _scenes() -> None:
    """Prepare the scenes, and have the compiled engine run, before anything is planted."""
    for name in SCENES:
        scene(name)


@pytest.mark.parametrize("name", SCENES)
def test_nothing_is_found_where_nothing_is_planted(name: str) -> None:
    assert_same(scene(name)[0], NUMBERS, seed=3)


@pytest.mark.parametrize("plant", PLANTED, ids=lambda plant: plant.__name__)
def test_a_planted_difference_is_found(plant: Plant, monkeypatch: pytest.MonkeyPatch) -> None:
    assert plant.__doc__, "a fault says what it is"
    plant(monkeypatch)
    assert any(is_found(name) for name in SCENES), f"not found: {plant.__doc__}"
    reaches_one_engine(next(iter(SCENES)))


@pytest.mark.parametrize("plant", PLANTED_OCCASIONS, ids=lambda plant: plant.__name__)
def test_a_difference_planted_in_occasions_or_illness_is_found(plant: Plant, monkeypatch: pytest.MonkeyPatch) -> None:
    assert plant.__doc__, "a fault says what it is"
    plant(monkeypatch)
    assert is_found(LATEST), f"not found: {plant.__doc__}"
    reaches_one_engine(LATEST)


def reaches_one_engine(name: str) -> None:
    """State that the compiled engine tells what it told before anything was planted."""
    world, compiled = scene(name)
    assert not differences(world, told_by("fast", world, Way(3, log=True), NUMBERS), compiled), (
        "it reaches both engines"
    )


def is_found(name: str) -> bool:
    """Return whether the engines part in a scene."""
    world, compiled = scene(name)
    return bool(differences(world, told_by("reference", world, Way(3, log=True), NUMBERS), compiled))


def test_rows_that_differ_are_told_in_words() -> None:
    world, compiled = scene(next(iter(SCENES)))
    told = told_by("fast", world, Way(3, log=True), range(1))
    (found,) = told.each
    assert found.log is not None
    log = found.log.copy()
    log["came"][7] ^= 1
    lines = differences(world, Told([type(found)(found.joint, found.worked_minutes, log)], told.sums), told)
    assert len(lines) == 1
    assert lines[0].startswith("replication 0: log, row 7: reference says [baseline, ")
    assert np.array_equal(compiled.each[0].log, found.log)
    assert told_row(world, found.log[7]) in lines[0]
