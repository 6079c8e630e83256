"""The map: days, places, one replication; a municipality runs alone exactly as in company."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from simulator.errors import InputError
from simulator.pipeline import places_of, plan_of, prepare, run_once, setting_of, span_of
from tests.unit.demand.made_up import scenario_of

CLOSED = "calendar: {closure_weeks: [2021-W51, 2021-W52]}\n"
OPTION = "proposal: {attendance: {rules: [{rule: office_chooses, from: 2021-12-19, to: 2022-01-16}]}}\n"


def test_the_days_of_a_scenario_are_its_period_warm_up_and_run_on() -> None:
    span = span_of(scenario_of("delivery: {warm_up_weeks: 5, run_on_weeks: {least: 6, most: 7}}\n"))
    assert span.date_of(0) == date(2021, 11, 8)
    assert span.date_of(span.least_days - 1) == date(2022, 2, 27)
    assert span.date_of(span.days - 1) == date(2022, 3, 6)


def test_places_stand_in_the_order_of_the_country_whatever_the_scenario_says() -> None:
    assert places_of(scenario_of("places: [Aalborg, Odense, 101]\n")) == ("101", "461", "851")
    assert len(places_of(scenario_of(""))) == 98


def test_a_setting_has_a_calendar_for_each_arm() -> None:
    setting = setting_of(scenario_of("places: [Odense]\nproposal: {calendar: {closure_weeks: [2022-W01]}}\n"))
    first, last = setting.span.first + setting.span.period_from, setting.span.first + setting.span.period_to
    assert [calendar.meeting_days("jobcentre", first, last) for calendar in setting.calendars] == [18, 13]


def test_a_replication_is_the_same_each_time_and_unlike_the_next() -> None:
    world = prepare(scenario_of("places: [Fano]\n" + CLOSED + OPTION))
    once, again, other = run_once(world, 1, 0), run_once(world, 1, 0), run_once(world, 1, 1)
    assert (once.counts.joint.code == again.counts.joint.code).all()
    assert (once.counts.joint.count == again.counts.joint.count).all()
    assert once.saldo.kr.tolist() == again.saldo.kr.tolist()
    assert once.delivery.outcomes[0][0].closed != other.delivery.outcomes[0][0].closed


def test_a_municipality_runs_alone_exactly_as_in_company() -> None:
    alone = run_once(prepare(scenario_of("places: [Aero]\n" + CLOSED + OPTION)), 1, 0, log=True)
    world = prepare(scenario_of("places: [Fano, Aero, Samso]\n" + CLOSED + OPTION))
    company = run_once(world, 1, 0, log=True)
    at = world.places.index("492")
    for arm in (0, 1):
        one, same = alone.delivery.outcomes[arm][0], company.delivery.outcomes[arm][at]
        assert (one.state, one.closed, one.form) == (same.state, same.closed, same.form)
        assert one.log == same.log
    kinds = alone.counts.joint.dense("baseline", "proposal")
    place = company.counts.joint.dense("place", "baseline", "proposal")[at]
    assert kinds.tolist() == place.tolist()


def test_a_proposal_equal_to_its_baseline_is_exactly_nothing() -> None:
    run = run_once(prepare(scenario_of("places: [Fano]\n" + CLOSED)), 1, 0)
    joint = run.counts.joint.dense("baseline", "proposal")
    assert (joint == np.diag(np.diag(joint))).all()
    assert not run.employment.weeks.any()
    assert not run.saldo.kr.any()
    assert run.saldo.hours == (0.0, 0.0)


def test_half_a_country_has_half_the_persons() -> None:
    whole, half = (
        prepare(scenario_of("places: [Odense]\n", f"demand.scale={scale}")).population for scale in (1.0, 0.5)
    )
    for (_, _, all_), (_, _, some) in zip(whole.groups, half.groups, strict=True):
        assert np.abs(np.array(all_.stock) / 2 - np.array(some.stock)).max() <= 1


def test_a_plan_takes_from_the_scenario_what_it_is_not_told() -> None:
    scenario = scenario_of("run: {seed: 7, replications: 3}\n")
    assert (plan_of(scenario).seed, plan_of(scenario).replications) == (7, 3)
    told = plan_of(scenario, seed=0, replications=2)
    assert (told.seed, told.replications) == (0, 2), "0 is a seed"


def test_a_plan_that_cannot_be_is_refused_with_all_its_faults() -> None:
    with pytest.raises(InputError) as caught:
        plan_of(scenario_of(""), seed=-1, replications=0, engine="fats")
    assert [fault.path for fault in caught.value.faults] == ["engine", "seed", "replications"]
