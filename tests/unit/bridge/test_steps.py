"""Figures are rounded once, and everything that is printed adds up to the change, whole number by whole number."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.bridge.blocks import BLOCKS
from simulator.bridge.ends import Change
from simulator.bridge.figures import FIGURES, figure_named
from simulator.bridge.route import Mixture, Route
from simulator.bridge.steps import Bridge, KeptEnd, Point, line_of
from simulator.errors import InputError, RunError

EFFECT = FIGURES["employment_effect"]
AMOUNTS = st.floats(-9e3, 9e3, allow_nan=False)


def end(number: float, run_id: str) -> KeptEnd:
    return KeptEnd("made-up", run_id, "nowhere", "control", "version 1", number, None)


def bridge_of(blocks: tuple[str, ...], numbers: dict[Mixture, float], old: float, new: float) -> Bridge:
    """Return a bridge over runs whose figures are given [mio. kr.]."""
    route = Route(blocks)
    points = {mixture: Point("made-up", "id", numbers[mixture], reused=False) for mixture in numbers}
    changed = {block: (Change("a.key", 1, 2),) if block in blocks else () for block in BLOCKS}
    lines = tuple(line_of(block, changed[block], route, points, EFFECT) for block in BLOCKS)
    return Bridge(EFFECT, end(old, "old"), end(new, "new"), BLOCKS, lines, points, {}, "version 1")


@given(
    st.sets(st.sampled_from(BLOCKS), min_size=1).flatmap(
        lambda some: st.tuples(
            st.just(tuple(block for block in BLOCKS if block in some)), st.randoms(use_true_random=False)
        )
    ),
    AMOUNTS,
    AMOUNTS,
)
def test_every_column_adds_up_to_the_change(some: tuple[tuple[str, ...], object], old: float, new: float) -> None:
    blocks, luck = some
    numbers = {mixture: luck.uniform(-9e3, 9e3) for mixture in Route(blocks).mixtures()}  # type: ignore[attr-defined]
    bridge = bridge_of(blocks, numbers, old, new).check()
    beside = sum(bridge.program_and_facts)
    assert sum(line.in_order for line in bridge.lines) + beside == bridge.total
    assert sum(line.in_reverse or 0 for line in bridge.lines) + beside == bridge.total
    assert bridge.interaction is not None
    assert sum(line.alone or 0 for line in bridge.lines) + bridge.interaction + beside == bridge.total
    assert bridge.total == EFFECT.whole(new) - EFFECT.whole(old)


@given(AMOUNTS)
def test_a_figure_is_rounded_to_the_nearest_oere(number: float) -> None:
    whole = EFFECT.whole(number)
    assert abs(Fraction(whole) - Fraction(Decimal(repr(number))) * 100_000_000) <= Fraction(1, 2)
    assert EFFECT.units(whole) == Decimal(whole) / 100


def test_amounts_are_told_in_kroner_and_counts_to_the_ten_thousandth() -> None:
    assert str(EFFECT.units(EFFECT.whole(-5.123456785))) == "-5123456.78"
    assert str(FIGURES["converted"].units(FIGURES["converted"].whole(9992.92))) == "9992.9200"


def test_a_hand_worked_bridge() -> None:
    """Conversations 10 to 8, kroner each 3 to 2 and 1 krone less by another program: 30 to 16, kept as 31 and 15."""
    of = frozenset
    numbers = {of(): 30.0, of({"form"}): 24.0, of({"effect"}): 20.0, of({"form", "effect"}): 16.0}
    bridge = bridge_of(("form", "effect"), numbers, 31.0, 15.0).check()
    mio = 100_000_000
    told = {line.block: (line.in_order, line.alone, line.in_reverse) for line in bridge.lines}
    assert told["form"] == (-6 * mio, -6 * mio, -4 * mio)
    assert told["effect"] == (-8 * mio, -10 * mio, -10 * mio)
    assert told["calendar"] == (0, 0, 0)
    assert bridge.interaction == 2 * mio
    assert bridge.program_and_facts == (-1 * mio, -1 * mio)
    assert bridge.total == -16 * mio


def test_where_the_scenarios_are_the_same_the_change_is_program_and_facts() -> None:
    bridge = bridge_of((), {}, 3.0, 2.5).check()
    assert bridge.program_and_facts == (0, -50_000_000)
    assert (bridge.interaction, bridge.total) == (0, -50_000_000)


@pytest.mark.parametrize("column", ["in_order", "in_reverse"])
def test_a_step_that_is_an_oere_wrong_ends_the_bridge(column: str) -> None:
    numbers = {mixture: float(len(mixture)) for mixture in Route(("form", "effect")).mixtures()}
    bridge = bridge_of(("form", "effect"), numbers, 0.0, 2.0)
    lines = tuple(
        replace(line, **{column: getattr(line, column) + 1}) if line.block == "form" else line for line in bridge.lines
    )
    with pytest.raises(RunError, match="the steps of the bridge do not add up"):
        replace(bridge, lines=lines).check()


def test_a_mixture_that_cannot_be_run_leaves_its_cells_and_the_interaction_empty() -> None:
    route = Route(("calendar", "form", "method"))
    numbers = {mixture: float(len(mixture)) for mixture in route.mixtures() if mixture != frozenset({"method"})}
    bridge = bridge_of(route.blocks, numbers, 0.0, 3.0).check()
    told = {line.block: (line.in_order, line.alone, line.in_reverse) for line in bridge.lines if line.changes}
    mio = 100_000_000
    assert told == {"calendar": (mio, mio, mio), "form": (mio, mio, None), "method": (mio, None, None)}
    assert bridge.interaction is None


def test_a_figure_that_is_not_known_is_refused() -> None:
    with pytest.raises(InputError, match=r"--of: `nett` is not a figure.*did you mean net\?"):
        figure_named("nett")
