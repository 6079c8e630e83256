"""The table of draws: a function of its plan, each row of which can be made again."""

from __future__ import annotations

import csv
from io import StringIO

import numpy as np
import pytest

from simulator.distributions import Distribution, distribution_of
from simulator.draws import Correlation, DrawPlan, csv_draws, design_names, draw_part, draw_row, draw_table
from simulator.errors import InputError

KNOWN: dict[str, Distribution] = {
    "scale": distribution_of({"name": "lognormal", "mean": 1.0, "sd": 0.3}),
    "kept": distribution_of({"name": "pert", "low": 0.2, "mode": 0.5, "high": 0.9}),
    "fixed": distribution_of({"name": "empirical", "values": [0.1, 0.1, 0.1]}),
    "value": distribution_of({"name": "normal", "mean": 3e5, "sd": 2e4}),
}
HANG = (Correlation("kept", "scale", 0.5), Correlation("value", "scale", -0.3))


@pytest.mark.parametrize("design", design_names())
def test_the_order_in_which_keys_are_written_does_not_matter(design: str) -> None:
    other = {key: KNOWN[key] for key in reversed(KNOWN)}
    swapped = tuple(Correlation(one.second, one.first, one.normal) for one in reversed(HANG))
    table = draw_table(DrawPlan(KNOWN, 256, 5, design, HANG))
    assert table.keys == ("fixed", "kept", "scale", "value")
    assert np.array_equal(table.values, draw_table(DrawPlan(other, 256, 5, design, swapped)).values)
    assert not np.isin(table.values[:, 1:], draw_table(DrawPlan(KNOWN, 256, 6, design, HANG)).values).any()


@pytest.mark.parametrize("design", design_names())
def test_any_row_is_made_again_alone_to_the_last_bit(design: str) -> None:
    plan = DrawPlan(KNOWN, 256, 5, design, HANG)
    table = draw_table(plan)
    for number in (0, 31, 32, 37, 128, 255):
        assert draw_row(plan, number) == table.row(number) == dict(zip(table.keys, table.values[number], strict=True))
    for wrong in (-1, 256):
        for ask in (table.row, lambda number: draw_row(plan, number)):
            with pytest.raises(InputError, match=rf"no draw {wrong}; allowed: 0 to 255"):
                ask(wrong)


@pytest.mark.parametrize("design", design_names())
def test_parts_make_the_table_and_know_their_rows(design: str) -> None:
    plan = DrawPlan(KNOWN, 256, 5, design, HANG)
    table, parts = draw_table(plan), [draw_part(plan, at) for at in range(len(plan.parts))]
    assert np.array_equal(table.values, np.concatenate([part.values for part in parts]))
    assert [part.first for part in parts] == [256 // len(parts) * at for at in range(len(parts))]
    assert parts[-1].row(255) == table.row(255)


def test_a_value_that_does_not_vary_is_the_same_in_every_draw_and_takes_no_column() -> None:
    table = draw_table(DrawPlan(KNOWN, 64, 5))
    assert (table.points["fixed"] == 0.1).all()
    without = {key: one for key, one in KNOWN.items() if key != "fixed"}
    assert np.array_equal(table.values[:, 1:], draw_table(DrawPlan(without, 64, 5)).values)
    with pytest.raises(InputError, match="fixed has no distribution in which it varies; allowed: kept, scale, value"):
        draw_table(DrawPlan(KNOWN, 64, 5, correlations=(Correlation("fixed", "kept", 0.1),)))


@pytest.mark.parametrize("design", ["latin_hypercube", "random"])
def test_a_new_key_leaves_the_draws_of_the_others_as_they_are(design: str) -> None:
    table = draw_table(DrawPlan(KNOWN, 64, 5, design))
    more = draw_table(DrawPlan(KNOWN | {"a new one": KNOWN["kept"]}, 64, 5, design))
    assert np.array_equal(table.values, more.values[:, 1:])


def test_in_a_sobol_table_a_new_key_changes_those_after_it() -> None:
    table = draw_table(DrawPlan(KNOWN, 64, 5)).points
    more = draw_table(DrawPlan(KNOWN | {"new": KNOWN["kept"]}, 64, 5)).points
    assert [key for key in KNOWN if np.array_equal(table[key], more[key])] == ["kept", "fixed"]


def test_draws_are_independent_of_each_other_only_in_a_random_table() -> None:
    assert draw_table(DrawPlan(KNOWN, 64, 5)).parts == (8,) * 8
    assert draw_table(DrawPlan(KNOWN, 10, 5, "random")).parts == (1,) * 10


def test_the_saved_table_has_every_bit_and_the_number_of_each_draw() -> None:
    table = draw_table(DrawPlan(KNOWN, 64, 5))
    header, *rows = csv.reader(StringIO(csv_draws(table)))
    assert header == ["draw", *table.keys]
    assert [int(row[0]) for row in rows] == list(range(64))
    assert np.array_equal(np.array([row[1:] for row in rows], dtype=float), table.values)


def test_a_table_needs_a_design_and_a_count_that_it_has() -> None:
    with pytest.raises(InputError, match="power of two of points, not 100; the nearest are 64 and 128"):
        draw_table(DrawPlan(KNOWN, 100, 5))
    with pytest.raises(InputError, match="no design is called 'halton'"):
        draw_table(DrawPlan(KNOWN, 64, 5, "halton"))
