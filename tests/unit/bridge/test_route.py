"""The mixtures of a way, and an order that can be gone."""

from __future__ import annotations

import math
from itertools import combinations

import pytest

from simulator.bridge.blocks import BLOCKS
from simulator.bridge.route import Mixture, Route, order_that_runs, sorted_blocks


def of(*blocks: str) -> Mixture:
    return frozenset(blocks)


def test_the_mixtures_are_the_chain_the_reverse_chain_and_each_block_alone() -> None:
    route = Route(("a", "b", "c"))
    chain = [of(), of("a"), of("a", "b"), of("a", "b", "c")]
    assert route.chain() == chain
    assert route.mixtures() == [*chain, of("c"), of("b", "c"), of("b")]


def test_blocks_without_a_difference_ask_for_one_run_at_most() -> None:
    assert Route(()).mixtures() == [of()]
    assert Route(("a",)).mixtures() == [of(), of("a")]


@pytest.mark.parametrize("number", range(2, len(BLOCKS) + 1))
def test_no_more_is_run_than_the_three_columns_need(number: int) -> None:
    """The two chains share their ends, and each of the first blocks alone stands in a chain."""
    assert len(Route(BLOCKS[:number]).mixtures()) == (number + 1) + (number - 1) + max(number - 2, 0)


def test_the_step_of_a_block_lies_between_two_mixtures_that_differ_in_it_alone() -> None:
    route = Route(BLOCKS)
    for block in BLOCKS:
        for before, after in (route.in_order(block), route.in_reverse(block), route.alone(block)):
            assert after - before == {block}
            assert {before, after} <= set(route.mixtures())
    assert route.in_order(BLOCKS[0])[0] == route.in_reverse(BLOCKS[-1])[0] == of()
    assert route.in_order(BLOCKS[-1])[1] == route.in_reverse(BLOCKS[0])[1] == route.everything


def test_blocks_are_told_in_the_stated_order() -> None:
    assert sorted_blocks(of("method", "calendar", "effect")) == ["calendar", "effect", "method"]


def test_an_order_that_runs_keeps_what_was_asked_for_as_far_as_it_can() -> None:
    blocks = ("calendar", "form", "method")
    assert order_that_runs(blocks, lambda _mixture: True) == blocks
    assert order_that_runs(blocks, lambda mixture: "calendar" not in mixture or "method" in mixture) == (
        "form",
        "method",
        "calendar",
    )


def test_there_may_be_no_order_at_all_and_every_mixture_is_tried_once() -> None:
    blocks, tried = BLOCKS[:5], []

    def runs(mixture: Mixture) -> bool:
        tried.append(mixture)
        return len(mixture) < len(blocks)

    assert order_that_runs(blocks, runs) is None
    assert len(tried) == len(set(tried)) == sum(math.comb(5, size) for size in range(6))
    assert set(tried) == {frozenset(some) for size in range(6) for some in combinations(blocks, size)}
