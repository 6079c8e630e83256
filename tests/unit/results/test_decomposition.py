"""A difference taken apart: the terms add up, and each stands for its factor."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.results.decomposition import Term, terms

NAN = math.nan
FACTORS = st.floats(0.01, 100)


def test_each_factor_is_changed_in_its_turn() -> None:
    one = {("type", "group"): {"persons": 10.0, "share": 0.5, "kr": -2.0}}
    other = {("type", "group"): {"persons": 20.0, "share": 0.25, "kr": -2.0}}
    # 10 x 0.5 x -2 = -10; 20 persons make -20, a share of 0.25 then -10.
    assert terms(one, other) == [Term("persons", -10.0), Term("share", 10.0), Term("kr", 0.0)]


def test_equal_chains_differ_in_nothing() -> None:
    chains = {("a", "b"): {"persons": 3.0, "share": 0.1}}
    assert terms(chains, chains) == [Term("persons", 0.0), Term("share", 0.0)]


def test_what_follows_a_zero_is_that_of_the_other_side() -> None:
    null = {("a", "b"): {"persons": 10.0, "free": 0.0, "chosen": NAN}}
    some = {("a", "b"): {"persons": 10.0, "free": 0.5, "chosen": 0.4}}
    assert terms(null, some) == [Term("persons", 0.0), Term("free", 2.0), Term("chosen", 0.0)]
    assert terms(some, null) == [Term("persons", 0.0), Term("free", -2.0), Term("chosen", 0.0)]
    assert terms(null, null) == [Term("persons", 0.0), Term("free", 0.0), Term("chosen", 0.0)]


def test_a_chain_that_one_side_lacks_is_nothing_there() -> None:
    assert terms({}, {("a", "b"): {"persons": 3.0, "share": 0.5}}) == [Term("persons", 1.5), Term("share", 0.0)]


@given(st.lists(st.tuples(FACTORS, FACTORS, FACTORS, FACTORS), min_size=1, max_size=4))
def test_the_terms_add_up_to_the_difference(rows: list[tuple[float, float, float, float]]) -> None:
    one = {("type", str(at)): {"x": row[0], "y": row[1]} for at, row in enumerate(rows)}
    other = {("type", str(at)): {"x": row[2], "y": row[3]} for at, row in enumerate(rows)}
    whole = sum(row[2] * row[3] - row[0] * row[1] for row in rows)
    size = sum(row[2] * row[3] + row[0] * row[1] for row in rows)
    assert sum(term.amount for term in terms(one, other)) == pytest.approx(whole, abs=1e-9 * size)
