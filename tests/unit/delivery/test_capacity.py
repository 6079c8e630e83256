"""Caseworker minutes: sized on the normal load, in whole minutes that add up, and the changes of a scenario."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.delivery.capacity import conversation_minutes, daily_minutes, normal_minutes
from simulator.facts.read import words
from simulator.pipeline import World, prepare
from tests.unit.demand.made_up import scenario_of

TYPES, GROUPS = list(words()["types"]), list(words()["groups"])
ODENSE = "places: [Odense]\n"
ONE_OF_EACH = (
    ("cv_samtale", "dagpenge"),
    ("raadighedssamtale", "dagpenge"),
    ("opfoelgning", "sygedagpenge"),
    ("rehabiliteringsmoede", "jobafklaring"),
)


def world(text: str = ODENSE, *sets: str) -> World:
    return prepare(scenario_of(text, *sets))


def minutes(made: World, wanted: float, arm: int = 0) -> np.ndarray:
    """Return the jobcentre's minutes by day when the normal load is some minutes a day."""
    arms = made.scenario.arms
    normal = np.full((len(made.places), 3), wanted)
    return daily_minutes(arms[arm], normal, made.calendars[arm], made.span)[0, 0]


def test_minutes_of_conversations_are_whole_and_a_call_takes_at_least_one() -> None:
    assert conversation_minutes(world().scenario.baseline) == (80, 65)
    sets = ("delivery.physical_minutes=80.4", "delivery.digital_saves_minutes=200")
    assert conversation_minutes(scenario_of("", *sets).baseline) == (80, 1)


def test_the_normal_load_is_due_x_minutes_x_attempts() -> None:
    """Jobsamtaler of dagpenge alone: 80 - 0.33 x 15 minutes, 1 + 0.08 + 0.0064 attempts in three tries."""
    made = world()
    made.population.normal_due[:] = 0
    made.population.normal_due[0, TYPES.index("jobsamtale"), GROUPS.index("dagpenge")] = 10
    load = normal_minutes(made.scenario.baseline, made.population)
    assert load[0].tolist() == pytest.approx([10 * (80 - 0.33 * 15) * 1.0864, 0, 0])


def test_each_type_loads_its_own_kind_of_office() -> None:
    made = world(ODENSE, "delivery.tries=1")
    made.population.normal_due[:] = 0
    for type_name, group in ONE_OF_EACH:
        made.population.normal_due[0, TYPES.index(type_name), GROUPS.index(group)] = 1
    load = normal_minutes(made.scenario.baseline, made.population)
    assert load[0].tolist() == pytest.approx([80 - 0.33 * 15, 160, 80])


def test_an_office_is_sized_so_that_its_normal_load_fills_the_utilisation() -> None:
    """1,000 minutes of load at 0.85: 1,176.47 a meeting day; two days 2,353, a week of five 5,882."""
    found = minutes(world(), 1_000)
    made = world()
    open_days = np.flatnonzero(made.calendars[0].open[0, 0])
    assert found[open_days[:5]].tolist() == [1176, 1177, 1176, 1177, 1176]
    assert np.abs(np.cumsum(found[open_days]) - 1_000 / 0.85 * np.arange(1, len(open_days) + 1)).max() <= 0.5
    assert not found[~made.calendars[0].open[0, 0]].any()


@pytest.mark.parametrize(("utilisation", "a_day"), [(0.5, 2000), (1.0, 1000), (1.25, 800)])
def test_utilisation_divides(utilisation: float, a_day: int) -> None:
    found = minutes(world(ODENSE, f"delivery.utilisation={utilisation}"), 1_000)
    assert set(found[found > 0].tolist()) == {a_day}


def test_a_small_office_has_the_minutes_of_one_physical_conversation_a_day() -> None:
    found = minutes(world(), 3)
    assert set(found.tolist()) == {0, 80}


def test_a_capacity_change_concerns_its_days_offices_and_places() -> None:
    text = (
        ODENSE + "proposal: {delivery: {capacity: [{from: 2022-01-03, to: 2022-01-04, scale: 0.5, "
        "office_kinds: [jobcentre]}]}}\n"
    )
    made = world(text, "delivery.utilisation=1")
    day = made.span.period_from + 15  # 3 January 2022
    assert minutes(made, 1_000, arm=1)[day - 3 : day + 3].tolist() == [0, 0, 0, 500, 500, 1000]
    assert minutes(made, 1_000, arm=0)[day : day + 2].tolist() == [1000, 1000]
    other = daily_minutes(made.scenario.proposal, np.full((1, 3), 1_000.0), made.calendars[1], made.span)
    assert other[1, 0, day] == 1000
    elsewhere = world(text.replace("office_kinds: [jobcentre]", "places: [Fano]"), "delivery.utilisation=1")
    assert minutes(elsewhere, 1_000, arm=1)[day] == 1000


def test_capacity_changes_multiply() -> None:
    text = ODENSE + "delivery: {capacity: [{scale: 0.5}, {scale: 0.5, from: 2022-01-10}]}\n"
    made = world(text, "delivery.utilisation=1")
    day = made.span.period_from + 15
    assert (minutes(made, 1_000)[day], minutes(made, 1_000)[day + 7]) == (500, 250)


def test_an_unplanned_closure_has_no_minutes_in_its_place_alone() -> None:
    storm = "{from: 2022-01-03, to: 2022-01-07, planned: false, places: [Fano]}"
    text = "places: [Odense, Fano]\nclosures: {periods: [" + storm + "]}\n"
    made = world(text)
    fano = made.places.index("563")
    day = made.span.period_from + 15
    assert not made.offices[0].minutes[:, fano, day : day + 5].any()
    assert made.offices[0].minutes[:, 1 - fano, day : day + 5].all()


def test_both_arms_are_sized_on_the_baselines_load() -> None:
    """A proposal with half the contacts does not lose its caseworkers."""
    text = ODENSE + "proposal: {demand: {contact_changes: [{scale: 0.5}]}}\n"
    offices = world(text).offices
    assert (offices[0].minutes == offices[1].minutes).all()
