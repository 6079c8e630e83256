"""From demand to tasks: thresholds, office take-up, volunteers, and one task a municipality."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.delivery.tasks import tasks_of
from simulator.demand import Demand, draw_demand
from simulator.facts.read import words
from simulator.pipeline import World, prepare
from simulator.streams import WORD_RANGE, key_of, threshold
from tests.unit.demand.made_up import scenario_of

TYPES, GROUPS = list(words()["types"]), list(words()["groups"])
PLACES = "places: [Fano, Samso, Aero]\n"
JOB, DAGPENGE = TYPES.index("jobsamtale"), GROUPS.index("dagpenge")
KEY = key_of(3, 1)


def world(text: str = PLACES, *sets: str) -> World:
    return prepare(scenario_of(text, *sets))


def demand_of(made: World, arm: int = 0) -> Demand:
    arms = tuple(zip(made.scenario.arms, made.calendars, strict=True))
    return draw_demand(made.population, arms, made.span, KEY)[arm]


def test_conditions_are_the_scenarios_shares_as_thresholds() -> None:
    """No-show of dagpenge 0.08, digital 0.6 of it; video 0.02; three tries; 80 and 65 minutes."""
    made = world(PLACES + "delivery: {priority: {cv_samtale: -1, jobsamtale: 2}}\n")
    found = made.offices[0].conditions
    assert found.no_show[JOB][DAGPENGE] == (threshold(0.08), threshold(0.08 * 0.6))
    assert found.no_show[TYPES.index("cv_samtale")][GROUPS.index("jobparat")] == (0, 0)
    assert (found.video, found.tries, found.rebook_days, found.minutes) == (threshold(0.02), 3, 7, (80, 65))
    assert dict(zip(TYPES, found.priority, strict=True)) == {
        "cv_samtale": -1, "raadighedssamtale": 0, "jobsamtale": 2, "opfoelgning": 0, "rehabiliteringsmoede": 0,
        "jobsamtale_a_kasse": 0,
    }  # fmt: skip
    assert found.census_days == (made.span.period_from, made.span.period_to + 1)


def test_conditions_are_the_same_for_every_replication_and_name_the_spread_of_offices() -> None:
    """Who volunteers in a suspension is decided only where there is one, in that arm alone."""
    rule = "proposal: {attendance: {rules: [{rule: suspended}]}}\n"
    sets = ("attendance.voluntary_contact_share=0.25", "attendance.office_spread=0.5")
    baseline, proposal = (office.conditions for office in world(PLACES + rule, *sets).offices)
    assert (baseline.volunteers, proposal.volunteers) == (0, threshold(0.25))
    assert baseline.spread == proposal.spread == threshold(0.5)
    assert proposal.rulebook.any_suspended
    assert not baseline.rulebook.any_suspended


def test_offered_minutes_are_those_up_to_the_last_simulated_day_of_each_place() -> None:
    office = world().offices[0]
    last = np.array([10, 30, 50])
    found = office.offered_minutes(last)
    for place, day in enumerate(last.tolist()):
        assert found[:, place].tolist() == office.minutes[:, place, : day + 1].sum(axis=1).tolist()
    assert found.shape == (3, 3)
    assert found.min() > 0


@pytest.mark.parametrize(("written", "read"), [("1", 1), ("2", 2)])
def test_tries_and_the_days_to_a_new_appointment_are_whole_numbers(written: str, read: int) -> None:
    made = world("places: [Fano]\n", f"delivery.tries={written}", f"delivery.rebook_days={written}")
    found = made.offices[0].conditions
    assert (found.tries, found.rebook_days) == (read, read)


def test_there_is_one_task_a_municipality_with_its_conversations_in_order() -> None:
    made = world()
    demand = demand_of(made)
    tasks = list(tasks_of(made.offices[0], demand, KEY))
    assert [task.place for task in tasks] == [0, 1, 2]
    assert sum(len(task) for task in tasks) == len(demand.due)
    for task in tasks:
        order = list(zip(task.person, task.type_index, task.number, strict=True))
        assert order == sorted(set(order))
        assert task.key == KEY
        assert {code // 16 for code in task.stock_number} == {int(made.places[task.place])}
        assert len(task.words) == 4
        assert all(len(column) == len(task) for column in (task.words[0], task.exit_day, task.volunteers))


def test_take_up_of_an_office_is_shared_by_its_types_and_keeps_within_the_spread() -> None:
    made = world(PLACES, "attendance.office_spread=0.2")
    ratios = []
    for task in tasks_of(made.offices[0], demand_of(made), KEY):
        rule = task.take_up[0]
        ratios.append(rule[JOB][DAGPENGE] / threshold(0.45))
        assert rule[JOB][GROUPS.index("jobparat")] / threshold(0.35) == pytest.approx(ratios[-1], abs=1e-8)
        assert 0.8 <= ratios[-1] <= 1.2
    assert len({round(ratio, 6) for ratio in ratios}) == 3, "each place has its own"


def test_the_office_component_is_the_same_in_both_arms_and_has_mean_1_over_replications() -> None:
    """Fixed seeds 0-399; even on 0.9-1.1, so the standard error is 0.2 / sqrt(12 x 400) = 0.0029; bound of five."""
    made = world("places: [Fano]\n", "attendance.office_spread=0.1")
    demand = demand_of(made)
    empty = Demand(demand.register, type(demand.due)(*(column[:0] for column in vars(demand.due).values())))
    ratios = []
    for replication in range(400):
        arms = [next(iter(tasks_of(office, empty, key_of(1, replication)))).take_up for office in made.offices]
        assert arms[0] == arms[1]
        ratios.append(arms[0][0][JOB][DAGPENGE] / (0.45 * WORD_RANGE))
    assert abs(np.mean(ratios) - 1) < 5 * 0.0029
    assert min(ratios) < 0.91
    assert max(ratios) > 1.09


def test_without_a_suspension_nobody_volunteers_and_the_share_is_not_read() -> None:
    made = world(PLACES, "attendance.voluntary_contact_share=1")
    assert not any(any(task.volunteers) for task in tasks_of(made.offices[0], demand_of(made), KEY))


@pytest.mark.parametrize(("share", "low", "high"), [(0.0, 0, 0), (0.2, 0.15, 0.25), (1.0, 1, 1)])
def test_the_share_of_volunteers_in_a_suspension(share: float, low: float, high: float) -> None:
    text = PLACES + "proposal: {attendance: {rules: [{rule: suspended}]}}\n"
    made = world(text, f"attendance.voluntary_contact_share={share}")
    tasks = tasks_of(made.offices[1], demand_of(made, 1), KEY)
    assert low <= np.mean([one for task in tasks for one in task.volunteers]) <= high
