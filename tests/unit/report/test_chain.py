"""The chain from conversations to kroner, and what one must believe."""

from __future__ import annotations

import pytest

from simulator.report.chain import Link, is_product, links_of, place_of, way_to_converted
from tests.unit.report.conftest import RunOf
from tests.unit.report.shapes import SHAPES


@pytest.mark.parametrize("shape", SHAPES)
def test_changes_add_up_to_the_levels(run_of: RunOf, shape: str) -> None:
    level = 0.0
    for part in way_to_converted(run_of(shape)):
        if part.total and level:
            assert part.count == pytest.approx(level, abs=1)
        level = part.count if part.total else level + part.count
    assert level == pytest.approx(SHAPES[shape].converted)


def test_a_link_is_possible_up_to_its_most_and_within_its_range() -> None:
    share = Link("share_that_changes_form", 0.5, "share", most=1.0)
    assert share.possible(2.0) and not Link("share_that_changes_form", 0.51, "share", most=1.0).possible(2.0)
    value = Link("value_per_person_year_kr", 300_000, "kr", low=250_000, high=330_000)
    assert value.within_range(1.0) and not value.within_range(2.0) and not value.within_range(0.5)
    assert value.possible(100.0) and share.within_range(2.0)


def test_links_are_those_of_a_product_only_where_the_effect_is_one(run_of: RunOf) -> None:
    names = {shape: [link.name for link in links_of(run_of(shape))] for shape in ("published", "fewer_talks", "null")}
    assert names["published"][:2] == ["meeting_weeks", "share_that_changes_form"]
    assert names["published"][2:] == ["loss_per_conversation_days", "value_per_person_year_kr"]
    assert names["fewer_talks"] == ["employment_weeks", "value_per_person_year_kr"]
    assert names["null"] == []
    assert is_product(run_of("gain")) and not is_product(run_of("suspension"))


def test_conversations_are_rounded_to_three_digits_of_the_largest(run_of: RunOf) -> None:
    places = {shape: place_of(way_to_converted(run_of(shape))) for shape in ("published", "thousandfold", "null")}
    assert places == {"published": -2, "thousandfold": -5, "null": -2}
    assert place_of([]) == 0
