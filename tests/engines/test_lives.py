"""Both engines tell the same persons, and the persons add up to what the engine counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields

import numpy as np
import pytest

from simulator.delivery import Lives
from simulator.delivery.lives import NEVER
from simulator.errors import InputError
from simulator.pipeline import World, deliver, plan_of
from simulator.uncertainty.followed import followed
from tests.engines.worlds import AEROE, FANOE, LAESOE, SAMSOE, shipped_world

STRONG = ("effects.model=hazard", "effects.params.scale=1", "effects.params.relative_effect=0.25")
NAMES = ("christmas-2021-bottom-up", "suspension-2020", "fewer-talks")


def told(world: World, engine: str, spread: float, replications: int = 2, jobs: int = 1) -> list[Lives]:
    plan = plan_of(world.scenario, 3, replications, engine, jobs=jobs)
    return list(followed(world, plan, spread))


def assert_equal(one: Sequence[Lives], other: Sequence[Lives]) -> None:
    for mine, theirs in zip(one, other, strict=True):
        for field in fields(Lives):
            np.testing.assert_array_equal(getattr(mine, field.name), getattr(theirs, field.name), field.name)


@pytest.mark.parametrize("spread", [0.0, 0.3])
@pytest.mark.parametrize("name", NAMES)
def test_both_engines_tell_the_same_persons(name: str, spread: float) -> None:
    world = shipped_world(name, (LAESOE, SAMSOE, AEROE), *STRONG)
    assert_equal(told(world, "fast", spread), told(world, "reference", spread))


def test_threads_and_company_change_nobody() -> None:
    world = shipped_world(NAMES[0], (LAESOE, AEROE, FANOE), *STRONG)
    found = told(world, "fast", 0.2, replications=3)
    assert_equal(found, told(world, "fast", 0.2, replications=3, jobs=2))
    assert not np.array_equal(found[0].left, found[1].left)


def test_persons_add_up_to_what_the_engine_counts() -> None:
    world = shipped_world(NAMES[0], (LAESOE, SAMSOE), *STRONG)
    plan = plan_of(world.scenario, 3, 1)
    counted, (lives,) = deliver(world, plan), told(world, "fast", 0.0, replications=1)
    assert counted.exits is not None
    assert (lives.left[0] - lives.left[1]).sum() == counted.exits.total.sum() < 0
    joint = counted.joint.dense("baseline", "proposal")
    assert [lives.physical[0].sum(), lives.digital[0].sum()] == [joint[0].sum(), joint[1:3].sum()]
    assert [lives.physical[1].sum(), lives.digital[1].sum()] == [joint[:, 0].sum(), joint[:, 1:3].sum()]


def test_who_is_never_called_has_no_meeting_and_one_life() -> None:
    (lives,) = told(shipped_world(NAMES[0], (SAMSOE,), *STRONG), "fast", 0.0, replications=1)
    never = lives.of(lives.called == NEVER)
    assert 0 < len(never) < len(lives)
    assert not never.physical.any()
    assert not never.digital.any()
    np.testing.assert_array_equal(never.left[0], never.left[1])
    called = lives.of(lives.called < NEVER)
    assert (called.called >= np.maximum(called.begun, 0)).all()
    assert (called.left > called.called).all()


def test_the_same_rules_give_the_same_life() -> None:
    (lives,) = told(shipped_world("null", (SAMSOE,), *STRONG), "fast", 0.1, replications=1)
    for pair in (lives.left, lives.physical, lives.digital):
        np.testing.assert_array_equal(*pair)


def test_only_those_who_are_wanted_are_followed_with_the_luck_they_had() -> None:
    world = shipped_world(NAMES[0], (LAESOE, SAMSOE), *STRONG, "delivery.utilisation=0.05")
    plan = plan_of(world.scenario, 3, 1)
    (some,) = followed(world, plan, 0.1, lambda persons: persons.group == 0)
    (everybody,) = followed(world, plan, 0.1)
    assert_equal([some], [everybody.of(everybody.group == 0)])


def test_an_effect_that_leads_nobody_out_is_refused() -> None:
    world = shipped_world(NAMES[0], (SAMSOE,))
    with pytest.raises(InputError, match="allowed: hazard"):
        next(followed(world, plan_of(world.scenario, 1, 1), 0.0))
