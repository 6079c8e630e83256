"""The engines tell the same under every effect model: histories, clocks of those whom meetings lead out, exits."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from simulator.delivery import Way, engine_of
from simulator.delivery.rules import NEVER_DUE
from simulator.pipeline import World
from simulator.scenario.names import Names
from tests.engines.random_worlds import Asked, asked
from tests.engines.same import assert_same, differences, told_by
from tests.engines.worlds import AEROE, FANOE, LAESOE, SAMSOE, shipped_world, world_of

MODELS = Names().known["effect_models"]
STRONG = ("effects.params.scale=1", "effects.params.relative_effect=0.5", "effects.hazard.multiplier=2.5")
"""Every meeting moves somebody, and a digital one by half as much."""
NAMES = ("christmas-2021-bottom-up", "suspension-2020", "fewer-talks")
EXAMPLES = 25


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("model", MODELS)
def test_they_agree_on_a_shipped_scenario(name: str, model: str) -> None:
    world = shipped_world(name, (LAESOE, SAMSOE), *STRONG, f"effects.model={model}")
    assert_same(world, range(2))


@pytest.mark.parametrize("model", ["fading_loss", "hazard"])
def test_they_agree_on_scenarios_at_random(model: str, tmp_path: Path) -> None:
    @seed(len(model))
    @settings(
        max_examples=EXAMPLES,
        phases=[Phase.generate],
        database=None,
        deadline=None,
        derandomize=False,
        suppress_health_check=list(HealthCheck),
    )
    @given(asked(), st.sampled_from([1.0, 1.3, 3.0, 20.0]), st.sampled_from([0.2, 4, 30]))
    def agree(one: Asked, multiplier: float, half_life: float) -> None:
        hazard = {"multiplier": multiplier, "half_life_weeks": half_life}
        params = {"scale": 1, "relative_effect": 0.5}
        effects = {"model": model, "params": params, "hazard": hazard}
        assert_same(world_of(tmp_path, one.content | {"effects": effects}, one.series), one.numbers, one.seed)

    agree()


def test_both_may_be_asked_for_at_once() -> None:
    world = shipped_world("suspension-2020", (FANOE,), *STRONG, "effects.model=hazard")
    both = replace(world.ground, histories=True)

    class Asks(World):
        @property
        def ground(self):  # type: ignore[no-untyped-def]
            return both

    asks = Asks(world.setting, world.population, world.offices, world.worth)
    told = [told_by(name, asks, Way(3, log=True), range(1)) for name in ("reference", "fast")]
    assert not differences(asks, *told)
    assert all(one.each[0].histories is not None and one.each[0].exits is not None for one in told)


@pytest.mark.parametrize("model", ["fading_loss", "hazard"])
def test_threads_and_the_company_of_other_replications_change_nothing(model: str) -> None:
    world = shipped_world("suspension-2020", (LAESOE, AEROE, FANOE), *STRONG, f"effects.model={model}")
    found = [list(engine_of("fast", world.ground, Way(1, jobs=jobs)).replications(range(3))) for jobs in (1, 2)]
    alone = list(engine_of("fast", world.ground, Way(1)).replications(range(2, 3)))
    for one, other in [*zip(*found, strict=True), (found[0][2], alone[0])]:
        for name in ("histories", "exits"):
            cells = getattr(one, name), getattr(other, name)
            assert (cells[0] is None) == (cells[1] is None)
            if cells[0] is not None:
                assert cells[0].code.tolist() == cells[1].code.tolist()
                assert cells[0].total.tolist() == cells[1].total.tolist()


def test_what_no_model_asks_for_is_not_counted() -> None:
    world = shipped_world("christmas-2021-bottom-up", (LAESOE,))
    for name in ("reference", "fast"):
        (one,) = engine_of(name, world.ground, Way(1)).replications(range(1))
        assert (one.histories, one.exits) == (None, None)


def test_states_have_room_in_the_record_of_a_conversation() -> None:
    from simulator.delivery.fast.cases import STATE_MASK

    assert NEVER_DUE == STATE_MASK
