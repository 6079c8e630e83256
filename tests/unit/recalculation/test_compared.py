"""Two fillings of one chain: the rows add up to the difference, whatever was filled in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.recalculation.compared import Filled, Typed, compared, share_of
from simulator.report.workbook.asked import FORM, REVERSE, VOLUME, Asked, Chain, Product, Totals

OURS = (1000.0, 0.15, 2.0, 0.4, 0.1, 300_000.0, 52.0, 0.05, 0.2, -40.0, 0.7)
PRODUCTS = (
    Product(FORM, "jobsamtale", "dagpenge", (0, 1, 2, 3), (4,), (5,), 6),
    Product(REVERSE, "jobsamtale", "dagpenge", (0, 1, 2, 7), (8,), (5,), 6),
    Product(VOLUME, "", "", (9,), (10,), (5,), 6),
)


def chain(ours: Sequence[float | None] = OURS) -> Chain:
    """Return a chain whose control is what our own values come to."""
    asked = tuple(Asked(f"K{at:02}", f"f{at}", "", "", "factor", "", one) for at, one in enumerate(ours))
    made = Chain("run", asked, PRODUCTS, Totals(0, 0, 0), None, 0.02)
    return replace(made, control=made.totals([one or 0.0 for one in ours]))


def typed(values: Sequence[float], given_at: int | None = None) -> Typed:
    count = len(values)
    marks = tuple(at == given_at for at in range(count))
    return Typed("KLM", date(2021, 12, 14), ("Led!E1",) * count, tuple(values), marks, ("",) * count)


def explained(filled: Filled) -> float:
    return sum(row.effect_kr for row in filled.rows) + filled.interaction_kr + filled.coarseness_kr


FACTORS = st.lists(st.floats(0.25, 4), min_size=len(OURS), max_size=len(OURS))


@given(FACTORS)
def test_the_rows_add_up_to_the_difference(factors: list[float]) -> None:
    filled = compared(chain(), typed([one * by for one, by in zip(OURS, factors, strict=True)]))
    size = sum(abs(row.effect_kr) for row in filled.rows) + abs(filled.theirs) + abs(filled.control)
    assert explained(filled) == pytest.approx(filled.difference, abs=1e-9 * size)


def test_the_chain_by_hand() -> None:
    found = chain().totals(OURS)
    assert found.converted == pytest.approx(1000 * 0.15 * 2 * 0.4)
    weeks = -120 * 0.1 + 1000 * 0.15 * 2 * 0.05 * 0.2 - 40 * 0.7
    assert found.weeks == pytest.approx(weeks)
    assert found.kr == pytest.approx(weeks * 300_000 / 52)


def test_our_own_values_make_no_difference() -> None:
    filled = compared(chain(), typed(OURS))
    assert filled.difference == 0.0 and filled.difference_share == 0.0 and filled.agrees
    assert not any(row.effect_kr for row in filled.rows)
    assert [one.difference for one in filled.figures] == [0.0, 0.0, 0.0]


def test_one_factor_alone_explains_all_of_it() -> None:
    filled = compared(chain(), typed([*OURS[:4], 0.11, *OURS[5:]]))
    assert filled.rows[4].effect_kr == pytest.approx(filled.difference) == pytest.approx(-1.2 * 300_000 / 52)
    assert filled.interaction_kr == pytest.approx(0.0, abs=1e-6)
    assert filled.rows[4].share == pytest.approx(0.1) and filled.rows[4].difference == pytest.approx(0.01)
    assert sum(row.effect_kr != 0 for row in filled.rows) == 1


def test_the_tolerated_share_decides() -> None:
    assert compared(chain(), typed([*OURS[:5], 305_900.0, *OURS[6:]])).agrees
    assert not compared(chain(), typed([*OURS[:5], 306_100.0, *OURS[6:]])).agrees


def test_differences_that_cancel_out_are_told() -> None:
    filled = compared(chain(), typed([*OURS[:5], OURS[5] * 1.3, OURS[6] * 1.3, *OURS[7:]]))
    assert filled.agrees and filled.cancels
    assert not compared(chain(), typed(OURS)).cancels


def test_what_the_analyst_gave_is_compared_and_not_checked() -> None:
    filled = compared(chain(), typed(OURS, given_at=3))
    assert filled.checked == len(OURS) - 1 and filled.rows[3].given


def test_a_factor_that_the_control_does_not_reach_is_theirs_on_both_sides() -> None:
    ours = [*OURS[:3], 0.0, None, *OURS[5:]]
    filled = compared(chain(ours), typed([*OURS[:3], 0.0, 0.7, *OURS[5:]]))
    assert filled.difference == 0.0 and filled.rows[4].effect_kr == 0.0
    assert filled.rows[4].difference is None and filled.rows[4].share is None


@pytest.mark.parametrize(
    ("theirs", "ours", "share"), [(0.0, 0.0, 0.0), (0.2, 0.0, 0.0), (5.0, 0.0, None), (-6.0, -5.0, 0.2)]
)
def test_a_share_of_nothing_is_none(theirs: float, ours: float, share: float | None) -> None:
    assert share_of(theirs, ours) == (share if share is None else pytest.approx(share))
