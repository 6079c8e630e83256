"""Random pairs of scenarios that differ a little: a bridge adds up exactly in both orders, and ends where it must."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from simulator.bridge.blocks import BLOCKS
from tests.unit.bridge.made_up_ends import BOTTOM_UP, bridged, kept

SETTINGS = {
    "calendar": ("calendar.closure_weeks=[2021-W52]", "closures.carry_share=0.3", "period.to=2022-01-09"),
    "volume": ("demand.scale=1.2", "delivery.utilisation=0.95", "demand.contact_rule=statutory", "delivery.tries=1"),
    "form": ("attendance.take_up_scale=0.6", "attendance.exception_share=0.1", "proposal.attendance.video_share=0.4"),
    "effect": ("effects.params.scale=0.4", "effects.params.relative_effect=0.2"),
    "value": ("saldo.value_per_person_year_kr=250000", "saldo.concept=employment"),
    "prices": ("saldo.price_year=2022",),
    "rules": ("law=law-2022", "proposal.attendance.rules=[{rule: digital_only}]", "baseline.law=law-2023"),
    "method": ("run.seed=9", "delivery.run_on_weeks.least=5"),
}
"""Settings of each block, none of which makes another impossible."""
FEW = 3
"""Blocks that a pair may differ in: seven runs at most."""


@st.composite
def pairs(draw: st.DrawFn) -> tuple[dict[str, str | None], dict[str, str | None]]:
    """Draw the settings of two scenarios by block, which differ in a few blocks or in none."""
    before = {block: draw(st.sampled_from([None, *those])) for block, those in SETTINGS.items()}
    blocks = draw(st.lists(st.sampled_from(BLOCKS), max_size=FEW, unique=True))
    return before, {**before, **{block: draw(st.sampled_from([None, *SETTINGS[block]])) for block in blocks}}


def settings_of(chosen: dict[str, str | None]) -> tuple[str, ...]:
    return tuple(setting for setting in chosen.values() if setting is not None)


@pytest.mark.parametrize(("engine", "examples"), [("control", 2), ("fast", 2)])
def test_a_bridge_adds_up_in_both_orders(engine: str, examples: int) -> None:
    @settings(max_examples=examples, phases=(Phase.generate,))  # a smaller example would cost minutes
    @given(pairs(), st.permutations(BLOCKS))
    def holds(pair: tuple[dict[str, str | None], dict[str, str | None]], order: list[str]) -> None:
        before, after = pair
        with tempfile.TemporaryDirectory() as folder:
            here = Path(folder)
            old, new = (
                kept(here / name, BOTTOM_UP, *settings_of(chosen), "places=[Fanø]", engine=engine, replications=1)
                for name, chosen in (("old", before), ("new", after))
            )
            bridge = bridged(old, new, here / "bridge", tuple(order))
        assert bridge.complete
        assert bridge.program_and_facts == (0, 0)
        assert sum(line.in_order for line in bridge.lines) == bridge.total
        assert sum(line.in_reverse or 0 for line in bridge.lines) == bridge.total
        assert sum(line.alone or 0 for line in bridge.lines) + (bridge.interaction or 0) == bridge.total
        assert [line.block for line in bridge.lines] == order
        same = {block for block in BLOCKS if before[block] == after[block]}
        assert same == {line.block for line in bridge.lines if not line.changes}

    holds()
