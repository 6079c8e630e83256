"""Random sets of changed assumptions: rows and rest add up, an order is kept, and nothing comes of nothing."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from simulator.bridge import Moved, changes_between, figure_named
from simulator.bridge.blocks import BLOCKS
from simulator.bridge.ends import End
from simulator.bridge.levels import Levels, headline_number
from simulator.bridge.moved import taken_apart
from simulator.pipeline import control_at
from simulator.scenario import read_scenario
from tests.unit.bridge.made_up_ends import BOTTOM_UP, SCENARIOS, end, kept

EFFECT = figure_named("employment_effect")
SAMSOE = "places=[Samsø]"
SETTINGS = {
    "period": "period.to=2022-01-09",
    "calendar.closure_weeks": "calendar.closure_weeks=[2021-W52]",
    "closures.carry_share": "closures.carry_share=0.3",
    "demand.scale": "demand.scale=2",
    "demand.contact_rule": "demand.contact_rule=statutory",
    "attendance.take_up_scale": "attendance.take_up_scale=0.6",
    "proposal.attendance.video_share": "proposal.attendance.video_share=0.4",
    "effects.params.relative_effect": "effects.params.relative_effect=0.2",
    "effects.params.scale": "effects.params.scale=0.4",
    "saldo.concept": "saldo.concept=employment",
    "saldo.value_per_person_year_kr": "saldo.value_per_person_year_kr=250000",
    "saldo.price_level": "saldo.price_level=2022",
    "law": "law=law-2022",
    "proposal.attendance.rules": "proposal.attendance.rules=[{rule: digital_only}]",
}
"""A setting by the key under which it is told, in the order of the blocks; none makes another impossible."""
changed = st.lists(st.sampled_from(sorted(SETTINGS)), min_size=1, max_size=5, unique=True)


def by_control(before: set[str], after: set[str]) -> Moved:
    """Return what is taken apart by the control between two sets of settings, with nothing kept."""
    numbers, ends = [], list[End]()
    for keys in (before, after):
        sets = [SAMSOE, *(SETTINGS[key] for key in keys)]
        scenario = read_scenario(SCENARIOS / f"{BOTTOM_UP}.yaml", sets)
        numbers.append(EFFECT.whole(headline_number(EFFECT, control_at(scenario), scenario)))
        ends.append(end(BOTTOM_UP, *sets))
    return taken_apart(Levels(ends[0], ends[1], EFFECT), numbers[0], numbers[1])


@settings(max_examples=7, phases=(Phase.generate,))
@given(changed, changed)
def test_rows_add_up_by_the_control(before: list[str], after: list[str]) -> None:
    """These runs are said to be of another program, so both ends are worked out, and come out as they were."""
    found = by_control(set(before), set(after))
    apart = set(before) ^ set(after)
    assert sorted(row.key for row in found.rows) == sorted(apart)
    assert sum(row.effect for row in found.rows) == found.total == sum(found.by_block().values())
    assert (found.rest, found.rest_from, found.simulated) == (0, (), 0)
    order = [(BLOCKS.index(row.block), row.key) for row in found.rows]
    assert order == sorted(order)


@settings(max_examples=3, phases=(Phase.generate,))
@given(changed)
def test_the_way_back_tells_the_same_words_the_other_way_round(keys: list[str]) -> None:
    there, back = by_control(set(), set(keys)), by_control(set(keys), set())
    assert [(row.key, row.before, row.after) for row in there.rows] == [
        (row.key, row.after, row.before) for row in back.rows
    ]
    assert there.total == -back.total


@pytest.mark.parametrize("seed", [3])
def test_rows_add_up_by_simulation(seed: int) -> None:
    @settings(max_examples=2, phases=(Phase.generate,))
    @given(changed)
    def holds(keys: list[str]) -> None:
        with tempfile.TemporaryDirectory() as folder:
            old, new = (
                kept(Path(folder) / name, BOTTOM_UP, SAMSOE, f"run.seed={seed}", *sets, engine="fast", replications=1)
                for name, sets in (("old", []), ("new", [SETTINGS[key] for key in keys]))
            )
            found = changes_between(old, new, EFFECT)
        assert sorted(row.key for row in found.rows) == sorted(keys)
        assert sum(row.effect for row in found.rows) == found.total
        assert (found.rest, found.rest_from) == (0, ())

    holds()
