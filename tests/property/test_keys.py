"""Chance belongs to the person: nobody's luck hangs on who else is there, on the proposal, or on the order of work."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from simulator import pipeline
from simulator.facts.read import words
from tests.property.scenes import (
    AEROE,
    AMPLE,
    FANOE,
    FATE,
    IDENTITY,
    LAESOE,
    ODENSE,
    SAMSOE,
    SCENARIOS,
    Play,
    Row,
    christmas,
    conversations,
    events,
    figures,
    only,
    play,
    play_in,
    play_of_christmas,
    written,
)

ROOT = SCENARIOS.parent
SYGEDAGPENGE = list(words()["groups"]).index("sygedagpenge")
FIVE_PER_CENT_MORE = "demand.stock.sygedagpenge=84000"
PERSON = (*IDENTITY, "due", "start", "left")
GROUP_OF_EVENT = 3
DAY_OF_EVENT = 1


def fates(one: Play, arm: int, *codes: str) -> list[Row]:
    """Return the whole life of each conversation of some municipalities."""
    found = conversations(one, arm)
    wanted = [int(code) for code in codes]
    return found.rows(*FATE, chosen=np.isin(found.code, wanted))


def test_the_same_seed_gives_the_same_outcome_and_another_seed_another() -> None:
    sets = (only(SAMSOE, LAESOE),)
    first, again, other = play(christmas(*sets), 7), play(christmas(*sets), 7), play(christmas(*sets), 8)
    for arm in (0, 1):
        assert events(first, arm) == events(again, arm) != events(other, arm)
    assert figures(first.replication) == figures(again.replication)


def test_a_replication_is_the_same_alone_or_after_others() -> None:
    sets = (only(SAMSOE, LAESOE),)
    world, alone = pipeline.prepare(christmas(*sets)), play(christmas(*sets), 1, 3)
    late = [play_in(world, 1, number) for number in (5, 0, 3)][-1]
    assert [events(late, arm) for arm in (0, 1)] == [events(alone, arm) for arm in (0, 1)]


@pytest.mark.parametrize("others", [(LAESOE,), (AEROE, FANOE), (LAESOE, AEROE, FANOE, ODENSE)])
def test_another_municipality_changes_nothing_in_this_one(others: tuple[str, ...]) -> None:
    alone, together = play_of_christmas(only(SAMSOE)), play_of_christmas(only(SAMSOE, *others))
    for arm in (0, 1):
        assert events(alone, arm) == events(together, arm, (SAMSOE,))
        assert fates(alone, arm, SAMSOE) == fates(together, arm, SAMSOE)


def test_the_order_in_which_places_are_named_changes_nothing() -> None:
    one, other = (play_of_christmas(only(*codes)) for codes in ((SAMSOE, LAESOE, AEROE), (AEROE, SAMSOE, LAESOE)))
    assert [events(one, arm) for arm in (0, 1)] == [events(other, arm) for arm in (0, 1)]
    assert figures(one.replication) == figures(other.replication)


@pytest.mark.parametrize("sets", [(), (AMPLE,)], ids=["short of minutes", "ample"])
def test_five_per_cent_more_of_a_group_changes_no_other_draw_or_due_day(sets: tuple[str, ...]) -> None:
    """Nor those of the persons of the group who were there before."""
    before = play_of_christmas(only(SAMSOE, AEROE), *sets)
    after = play_of_christmas(only(SAMSOE, AEROE), *sets, FIVE_PER_CENT_MORE)
    for arm in (0, 1):
        lives = [conversations(one, arm) for one in (before, after)]
        own = [found.rows(*PERSON, chosen=found.group == SYGEDAGPENGE) for found in lives]
        rest = [found.rows(*PERSON, chosen=found.group != SYGEDAGPENGE) for found in lives]
        assert rest[0] == rest[1]
        width = len(IDENTITY)
        both = {row[:width] for row in own[0]} & {row[:width] for row in own[1]}
        assert len(both) > 0.9 * len(own[0])
        assert len(own[1]) > len(own[0])
        assert [row for row in own[0] if row[:width] in both] == [row for row in own[1] if row[:width] in both]


def test_with_ample_minutes_five_per_cent_more_of_a_group_changes_no_event_of_others() -> None:
    before = play_of_christmas(only(SAMSOE, AEROE), AMPLE)
    after = play_of_christmas(only(SAMSOE, AEROE), AMPLE, FIVE_PER_CENT_MORE)
    for arm in (0, 1):
        rest = [
            sorted(row for row in events(one, arm) if row[GROUP_OF_EVENT] != SYGEDAGPENGE) for one in (before, after)
        ]
        assert len(rest[0]) > 500
        assert rest[0] == rest[1]


@pytest.mark.parametrize(
    "block",
    [
        {"delivery": {"capacity": [{"scale": 0.2, "places": [SAMSOE]}]}},
        {"closures": {"periods": [{"from": "2022-01-03", "to": "2022-01-07", "places": [SAMSOE], "planned": False}]}},
        {
            "attendance": {
                "rules": [{"rule": "suspended", "from": "2021-12-19", "to": "2022-01-16", "places": [SAMSOE]}]
            }
        },
    ],
    ids=["capacity", "closure", "suspension"],
)
def test_what_happens_in_one_municipality_stays_there(tmp_path: Path, block: dict[str, object]) -> None:
    """But for the queues that differ: the events of the others are those of a run without the change."""
    period = {"period": {"from": "2021-12-19", "to": "2022-01-16"}, "places": [SAMSOE, AEROE]}
    without, with_it = (play(written(tmp_path, {**period, "proposal": change})) for change in ({}, block))
    assert events(without, 1, (AEROE,)) == events(with_it, 1, (AEROE,))
    assert events(without, 1, (SAMSOE,)) != events(with_it, 1, (SAMSOE,))


def test_the_proposal_changes_nothing_in_the_baseline() -> None:
    """The run may go on longer until the queues have met; as far as both go, they are the same."""
    option = play_of_christmas(only(SAMSOE, LAESOE))
    other = play_of_christmas(only(SAMSOE, LAESOE), "proposal.attendance.take_up_scale=0.3")
    last = min(outcome.last_day for one in (option, other) for outcome in one.outcomes()[0])
    logs = [[row for row in events(one, 0) if row[DAY_OF_EVENT] <= last] for one in (option, other)]
    assert logs[0] == logs[1]
    assert events(option, 1) != events(other, 1)


OUTCOME = """
from tests.property.scenes import LAESOE, SAMSOE, christmas, events, only, play
one = play(christmas(only(SAMSOE, LAESOE)))
print(repr([events(one, arm) for arm in (0, 1)]))
"""


def test_another_process_time_zone_and_language_give_the_same_outcome() -> None:
    """The seed of Python's own hashes, the time zone and the locale are not among what decides."""
    one = play_of_christmas(only(SAMSOE, LAESOE))
    here = repr([events(one, arm) for arm in (0, 1)])
    surroundings = {"PYTHONHASHSEED": "4711", "TZ": "Pacific/Kiritimati", "LC_ALL": "C"}
    there = subprocess.run(
        [sys.executable, "-c", OUTCOME],
        cwd=ROOT,
        env=os.environ | surroundings,
        capture_output=True,
        text=True,
        check=True,
    )
    assert digest(there.stdout.strip()) == digest(here)


def digest(text: str) -> str:
    """Return a short form of a long text, for a short message."""
    return hashlib.sha256(text.encode()).hexdigest()
