"""Null is zero: a proposal that changes nothing costs nothing, to the øre, by the same sums as any other."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from simulator.results.contacts import contacts_avoided
from simulator.scenario import read_scenario
from tests.property.random_scenarios import scenarios
from tests.property.scenes import (
    LAESOE,
    ODENSE,
    SAMSOE,
    SCENARIOS,
    Play,
    control,
    conversations,
    events,
    figures,
    only,
    play,
    play_of_christmas,
    written,
)

PERIOD = {"from": "2021-12-19", "to": "2022-01-16"}
OPTION: dict[str, Any] = {"rule": "office_chooses", **PERIOD}


LEVELS = ("due", "held", "held_physically", "excepted", "baseline_weeks")
"""Figures of the control that are no differences between the arms."""


def nothing_differs(one: Play, least: int = 100) -> None:
    """Check every difference, the logs of the arms and the control; 0.0 is exact and never -0.0.

    Args:
        one: The replication.
        least: There must have been more appointments than this.
    """
    found = figures(one.replication)
    assert {name: number for name, number in found.items() if number != 0.0 or str(number) != "0.0"} == {}
    assert not one.replication.employment.weeks.any()
    assert not one.replication.saldo.kr.any()
    assert events(one, 0) == events(one, 1)
    assert len(events(one, 0)) > least
    assert conversations(one, 0).rows("due", "state", "closed") == conversations(one, 1).rows("due", "state", "closed")
    effect = one.replication.employment
    assert effect.saved == effect.lost == (0.0, 0.0)
    avoided = contacts_avoided(one.world.setting, one.replication.counts.arms)
    spared = (avoided["infections"] or {}).values()
    assert [number for number in (avoided["meetings"], *spared, avoided["mio_kr"]) if number] == []
    totals = control(one.world).totals
    assert {name: number for name, number in totals.items() if name not in LEVELS and number != 0} == {}


def proposing(**block: Any) -> dict[str, Any]:
    return {
        "period": PERIOD,
        "places": [SAMSOE, LAESOE],
        "calendar": {"closure_weeks": ["2021-W51", "2021-W52"]},
        "proposal": block,
    }


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("utilisation", ["0.5", "0.85", "1.5"])
def test_the_shipped_null(seed: int, utilisation: str) -> None:
    sets = (only(SAMSOE, LAESOE), f"delivery.utilisation={utilisation}")
    nothing_differs(play(read_scenario(SCENARIOS / "null.yaml", sets), seed))


def test_the_shipped_null_in_a_city() -> None:
    nothing_differs(play(read_scenario(SCENARIOS / "null.yaml", (only(ODENSE),))))


@pytest.mark.parametrize("year", ["2019", "2023", "2049"])
def test_a_rule_of_another_year(tmp_path: Path, year: str) -> None:
    rule = {"rule": "digital_only", "from": f"{year}-01-01", "to": f"{year}-12-31"}
    nothing_differs(play(written(tmp_path, proposing(attendance={"rules": [rule]}))))


AFTER = {"from": "2022-01-17"}
"""The day after the period: the run goes on for at least four weeks from there."""


@pytest.mark.parametrize("end", [{}, {"to": "2022-01-21"}, {"to": "2022-12-31"}], ids=lambda end: end.get("to", "open"))
@pytest.mark.parametrize(
    "block",
    [
        {"attendance": {"rules": [{"rule": "digital_only", **AFTER}]}},
        {"attendance": {"rules": [{"rule": "suspended", "when_suspended": "cancel", **AFTER}]}},
        {"demand": {"contact_changes": [{"scale": 0.1, **AFTER}]}},
        {"closures": {"periods": [{"planned": True, **AFTER}]}},
        {"delivery": {"capacity": [{"scale": 0, **AFTER}]}},
    ],
    ids=["digital", "suspended", "contact", "closure", "capacity"],
)
def test_what_is_dated_after_the_period(tmp_path: Path, block: dict[str, Any], end: dict[str, str]) -> None:
    """Though those days are simulated, until the queues have met: no form, no volume, no hour."""
    dated = {name: {key: [entries[0] | end] for key, entries in section.items()} for name, section in block.items()}
    nothing_differs(play(written(tmp_path, proposing(**dated))))


def test_a_proposal_without_dates_is_one_of_the_period(tmp_path: Path) -> None:
    """And not of the weeks before and after it that a run simulates besides."""
    changes = [
        {"rule": "digital_only"},
        {"rule": "digital_only", **PERIOD},
        {"rule": "digital_only", "from": "2021-12-19"},
    ]
    found = [play(written(tmp_path, proposing(attendance={"rules": [change]}))) for change in changes]
    assert figures(found[0].replication) == figures(found[1].replication) == figures(found[2].replication)
    assert figures(found[0].replication)["converted"] > 10


@pytest.mark.parametrize("setting", ["attendance.take_up_scale=0", "attendance.take_up=0"])
def test_a_take_up_of_nothing(setting: str) -> None:
    nothing_differs(play_of_christmas(only(SAMSOE, LAESOE), setting, "attendance.office_spread=0.3"))


@pytest.mark.parametrize(
    "block",
    [
        {},
        {"attendance": {"rules": [{"rule": "physical_only", "from": "2021-12-19", "to": "2021-12-31"}]}},
        {"attendance": {"rules": [{**OPTION, "take_up": 0, "types": ["cv_samtale", "raadighedssamtale"]}]}},
        {"attendance": {"rules": [{**OPTION, "places": ["101"]}]}},
        {"attendance": {"rules": [{**OPTION, "spell_from_days": 20_000}]}},
        {"delivery": {"capacity": [{"scale": 1}]}},
        {"delivery": {"capacity": [{"scale": 0.1, "places": ["101"]}]}},
        {"demand": {"contact_changes": [{"scale": 1}]}},
        {"closures": {"periods": [{"from": "2021-12-20", "to": "2021-12-24"}]}},
        {"closures": {"periods": [{"from": "2022-01-08", "to": "2022-01-09", "planned": False}]}},
        {"calendar": {"closure_weeks": ["2021-W52", "2021-W51"]}},
    ],
    ids=lambda block: "-".join(block) or "empty",
)
def test_a_proposal_that_says_what_holds_anyway(tmp_path: Path, block: dict[str, Any]) -> None:
    """The law of the days, nobody to take it up, another place, a factor of one, a closure of closed days."""
    nothing_differs(play(written(tmp_path, proposing(**block))))


def test_a_change_that_both_arms_share(tmp_path: Path) -> None:
    """What stands outside the arms changes the run, and nothing between them."""
    shared = {**proposing(), "attendance": {"rules": [{"rule": "digital_only"}]}, "closures": {"carry_share": 0.5}}
    one = play(written(tmp_path, shared))
    nothing_differs(one)
    assert not (conversations(one, 1).form == 0).any()


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


# Nothing is made smaller: that takes minutes, and what fails is printed whole.
@settings(
    max_examples=25,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(content=scenarios())
def test_a_proposal_that_says_what_the_baseline_says(folder: Path, content: dict[str, Any]) -> None:
    """Orders by name, the law of another year, occasions, triggers, illness, fear; some suspend all on all days."""
    nothing_differs(play(written(folder, content | {"proposal": content["baseline"]})), least=-1)
