"""A rule that hangs on the incidence becomes dated rules, worked by hand."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from simulator.errors import InputError
from simulator.infection import Decision, Incidence, decided_rules
from simulator.scenario.schema import AttendanceRule
from tests.unit.infection.made_up import FUNEN, ISLANDS, on, said

SPAN = (on("2021-03-22"), on("2021-05-16"))


def rule(limits: dict[str, object] | None = None, **fields: object) -> AttendanceRule:
    """Return a rule, for all places and days where nothing else is said; without limits it has no trigger."""
    whole: dict[str, object] = {"name": "Close", "rule": "suspended", "trigger": limits, **fields}
    return AttendanceRule.model_validate(whole)


ISLAND_LIMITS: dict[str, object] = {"at_least_per_100k": 200, "below_per_100k": 100}


def days(found: list[AttendanceRule]) -> list[tuple[str, str, str, tuple[str, ...]]]:
    return [(one.name, str(one.from_), str(one.to), one.places) for one in found]


def test_each_municipality_by_itself_in_order_of_days() -> None:
    """The days are those of `test_trigger.py`."""
    found, decisions = decided_rules(rule(ISLAND_LIMITS), said("islands_spring.csv", ISLANDS), *SPAN)
    assert days(found) == [
        ("Close (Samsø, from 2021-03-29)", "2021-03-29", "2021-04-12", ("741",)),
        ("Close (Læsø, from 2021-04-06)", "2021-04-06", "2021-04-26", ("825",)),
        ("Close (Læsø, from 2021-05-03)", "2021-05-03", "2021-05-12", ("825",)),
        ("Close (Ærø, from 2021-05-11)", "2021-05-11", "2021-05-16", ("492",)),
    ]
    assert [one.area for one in decisions] == ["Samsø", "Læsø", "Læsø", "Ærø"]
    assert decisions[-1] == Decision(
        rule="Close",
        area="Ærø",
        decided=date(2021, 5, 10),
        from_=date(2021, 5, 11),
        to=date(2021, 5, 16),
        ends_decided=None,
        why="incidence 215.911 on 2021-05-10, at least 200",
    )


def test_a_rule_keeps_all_else_and_its_places() -> None:
    written = rule(ISLAND_LIMITS, places=("825", "461"), types=("jobsamtale",), source="own", conversations="first")
    found, _ = decided_rules(written, said("islands_spring.csv", ISLANDS), *SPAN)
    assert [one.places for one in found] == [("825",), ("825",)]
    for one in found:
        kept = {"name": "Close", "from_": None, "to": None, "places": written.places, "trigger": written.trigger}
        assert one.trigger is None
        assert one.model_copy(update=kept) == written


def test_first_and_last_day_of_a_rule_bound_what_is_judged() -> None:
    """Judged from 6 April, Læsø still has 226.4; 0 from the 7th, and the dip of six days; judged to the 14th."""
    bounded = rule(ISLAND_LIMITS, places=("825",), **{"from": "2021-04-06", "to": "2021-04-14"})
    found, decisions = decided_rules(bounded, said("islands_spring.csv", ISLANDS), *SPAN)
    assert days(found) == [("Close (Læsø, from 2021-04-07)", "2021-04-07", "2021-04-14", ("825",))]
    assert decisions[0].decided == date(2021, 4, 6)


@pytest.mark.parametrize("bounds", [{"to": "2021-03-21"}, {"from": "2021-05-17"}])
def test_a_rule_outside_the_span_is_nothing(bounds: dict[str, str]) -> None:
    assert decided_rules(rule(ISLAND_LIMITS, **bounds), said("islands_spring.csv", ISLANDS), *SPAN) == ([], [])


def test_the_series_must_have_the_days_of_the_rule() -> None:
    early = rule(ISLAND_LIMITS, **{"from": "2021-03-20"})
    with pytest.raises(InputError, match="has the days 2021-03-21 to 2021-05-16, but 2021-03-20 to 2021-05-16"):
        decided_rules(early, said("islands_spring.csv", ISLANDS), *SPAN)


def test_weekly_reviews_on_funen_and_one_rule_for_two_places_of_the_same_days() -> None:
    """Svendborg is never seen; Odense and Nyborg reopen on the same day, Nyborg begins a week later."""
    limits = {"at_least_per_100k": 150, "days_at_least": 3, "days_below": 5, "review_days": 7, "delay_days": 3}
    funen = said("funen_autumn.csv", FUNEN)
    found, _ = decided_rules(rule(dict(limits)), funen, funen.first, funen.last)
    assert [one[0] for one in days(found)] == [
        "Close (Odense, from 2021-09-16)",
        "Close (Nyborg, from 2021-09-23)",
        "Close (Nyborg, from 2021-10-07)",
        "Close (Langeland, from 2021-10-14)",
    ]


REGION_LIMITS: dict[str, object] = {
    "at_least_per_100k": 400,
    "below_per_100k": 300,
    "days_at_least": 2,
    "days_below": 3,
    "delay_days": 0,
    "area": "region",
}


def test_a_region_closes_all_its_municipalities() -> None:
    """Hovedstaden has 1,000 cases a day, 375.9, and never closes."""
    winter = said("regions_winter.csv")
    found, _ = decided_rules(rule(REGION_LIMITS), winter, winter.first, winter.last)
    assert [one[:3] for one in days(found)] == [
        ("Close (Region Nordjylland, from 2021-12-17)", "2021-12-17", "2021-12-28"),
        ("Close (Region Nordjylland, from 2022-01-03)", "2022-01-03", "2022-01-09"),
    ]
    assert all(len(one.places) == 11 for one in found)
    assert {"851", "825", "773"} <= set(found[0].places)
    one_place, _ = decided_rules(rule(REGION_LIMITS, places=("851", "751")), winter, winter.first, winter.last)
    assert [one.places for one in one_place] == [("851",), ("851",)]


def test_municipalities_of_the_same_days_share_a_rule() -> None:
    winter = said("regions_winter.csv")
    limits = {**REGION_LIMITS, "area": "municipality"}
    found, decisions = decided_rules(rule(limits), winter, winter.first, winter.last)
    assert found[0].name == "Close (Morsø, Thisted, Brønderslev and 8 more, from 2021-12-17)"
    assert [len(one.places) for one in found] == [11, 11]
    assert len(decisions) == 22


def test_the_country_as_a_whole() -> None:
    """At least 165 needs 9,671 cases of a week, of which Hovedstaden has 7,000; Nordjylland has 2,730 on 21 December.

    Two days: 22 December, from the 23rd. Below 150 are 8,791: 8,600 on the 26th, and the third day is the 28th.
    """
    winter = said("regions_winter.csv")
    limits = {**REGION_LIMITS, "at_least_per_100k": 165, "below_per_100k": 150, "delay_days": 1, "area": "country"}
    found, (decision,) = decided_rules(rule(limits), winter, winter.first, winter.last)
    assert days(found) == [("Close (Danmark, from 2021-12-23)", "2021-12-23", "2021-12-28", ())]
    assert (decision.area, decision.ends_decided) == ("Danmark", date(2021, 12, 28))
    some, _ = decided_rules(rule(limits, places=("101",)), winter, winter.first, winter.last)
    assert some[0].places == ("101",)


def test_a_region_weighs_its_municipalities_by_inhabitants() -> None:
    """Aalborg 220,795 and Læsø 1,767 inhabitants: 100 and 1,000 are 107.15, not 550."""
    level = np.array([[1000.0] * 10, [100.0] * 10])
    north = Incidence(on("2021-11-01"), ("825", "851"), level, level[0])
    for threshold, times in ((107.14, 1), (107.15, 0)):
        limits: dict[str, object] = {"at_least_per_100k": threshold, "area": "region"}
        found, _ = decided_rules(rule(limits), north, north.first, north.last)
        assert len(found) == times


def test_a_rule_without_trigger_comes_back_as_it_is() -> None:
    plain = rule()
    assert decided_rules(plain, said("islands_spring.csv", ISLANDS), *SPAN) == ([plain], [])


def test_a_rule_without_a_name_is_called_by_what_it_says() -> None:
    found, decisions = decided_rules(rule(ISLAND_LIMITS, name=""), said("islands_spring.csv", ISLANDS), *SPAN)
    assert found[0].name == "suspended (Samsø, from 2021-03-29)"
    assert decisions[0].rule == "suspended"
