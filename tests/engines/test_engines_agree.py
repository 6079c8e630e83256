"""The two engines give the same log row for row and the same counts, in shipped scenarios and in scenarios at random.

`make test` takes eight small municipalities and 150 random scenarios, `make verify` the whole country and 5,000.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings

from simulator.facts.read import words
from tests.engines.difficulty import Difficulty, deliveries, difficulty_of, shares_of, too_easy
from tests.engines.random_worlds import Asked, asked
from tests.engines.same import assert_same
from tests.engines.worlds import SCENARIOS, shipped_world, world_of

SHIPPED = sorted(path.stem for path in SCENARIOS.glob("*.yaml"))
EIGHT = ("155", "336", "482", "492", "563", "665", "741", "825")
"""Small municipalities of all five regions."""
Record = Callable[[str, object], None]
CHUNK = 50
CHUNKS, CHUNKS_TO_VERIFY = 3, 100


def agree_on_random_scenarios(folder: Path, chunk: int, record: Record) -> None:
    """State that the engines agree on a chunk of random scenarios, and that the chunk is not an easy one."""
    found: list[Difficulty] = []

    @seed(chunk)
    @settings(
        max_examples=CHUNK,
        phases=[Phase.generate],
        database=None,
        deadline=None,
        derandomize=False,  # the seed above is fixed, and each chunk has its own
        suppress_health_check=list(HealthCheck),
    )
    @given(asked())
    def agree(one: Asked) -> None:
        world = world_of(folder, one.content, one.series)
        with deliveries() as told:
            assert_same(world, one.numbers, one.seed)
        assert len(told) == len(one.numbers)
        found.append(difficulty_of(world, told[0], one.seed, one.numbers[0]))

    agree()
    for trait, share in shares_of(found).items():
        record(trait, share)  # `pytest -o junit_family=xunit1 --junitxml FILE` shows them
    assert len(found) >= CHUNK
    assert not too_easy(found)


@pytest.mark.parametrize("name", SHIPPED)
def test_they_agree_on_a_shipped_scenario_in_eight_municipalities(name: str) -> None:
    world = shipped_world(name, EIGHT)
    assert len(world.places) == len(EIGHT)
    assert set(world.population.persons.group.tolist()) == set(range(len(words()["groups"])))
    assert_same(world)


@pytest.mark.verify
@pytest.mark.parametrize("name", SHIPPED)
def test_they_agree_on_a_shipped_scenario_in_the_whole_country(name: str) -> None:
    assert_same(shipped_world(name))


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_they_agree_on_random_scenarios(tmp_path: Path, chunk: int, record_property: Record) -> None:
    agree_on_random_scenarios(tmp_path, chunk, record_property)


@pytest.mark.verify
@pytest.mark.parametrize("chunk", range(CHUNKS, CHUNKS + CHUNKS_TO_VERIFY))
def test_they_agree_on_many_more_random_scenarios(tmp_path: Path, chunk: int, record_property: Record) -> None:
    agree_on_random_scenarios(tmp_path, chunk, record_property)
