"""The map: days, places, one replication; a municipality runs alone exactly as in company."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from simulator.delivery import ENGINES
from simulator.delivery.reference import deliver
from simulator.errors import InputError
from simulator.pipeline import CONTROL, places_of, plan_of, prepare, run_once, setting_of, simulate, span_of
from simulator.saldo import Beside
from simulator.streams import key_of
from tests.property.scenes import valued
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


@pytest.mark.parametrize("engine", ENGINES)
def test_a_replication_is_the_same_each_time_and_unlike_the_next(engine: str) -> None:
    world = prepare(scenario_of("places: [Fano]\n" + CLOSED + OPTION))
    once, again, other = (run_once(world, 1, number, engine=engine) for number in (0, 0, 1))
    assert (once.counts.joint.code == again.counts.joint.code).all()
    assert (once.counts.joint.count == again.counts.joint.count).all()
    assert once.saldo.kr.tolist() == again.saldo.kr.tolist()
    assert once.counts.arms[0].code.tolist() != other.counts.arms[0].code.tolist()


def test_another_replication_holds_conversations_on_other_days() -> None:
    world = prepare(scenario_of("places: [Fano]\n" + CLOSED + OPTION))
    once, other = (deliver(world.ground, key_of(1, number)) for number in (0, 1))
    assert once.outcomes[0][0].closed != other.outcomes[0][0].closed


def test_what_a_replication_adds_up_to_is_what_becomes_of_its_conversations() -> None:
    """The pipeline by the reference, and the same conversations told one by one and valued apart from it."""
    world = prepare(scenario_of("places: [Fano, Samso]\n" + CLOSED + OPTION))
    key = key_of(1, 3)
    found, told = run_once(world, 1, 3, engine="reference"), valued(world, deliver(world.ground, key), key)
    for name in ("joint", "basis"):
        assert vars(getattr(found.counts, name)).keys() == vars(getattr(told.counts, name)).keys()
        assert getattr(found.counts, name).code.tolist() == getattr(told.counts, name).code.tolist()
        assert getattr(found.counts, name).total.tolist() == getattr(told.counts, name).total.tolist()
    assert found.counts.worked_minutes.tolist() == told.counts.worked_minutes.tolist()
    assert found.employment.weeks.tolist() == told.employment.weeks.tolist()
    assert (found.saldo.kr.tolist(), found.saldo.beside) == (told.saldo.kr.tolist(), told.saldo.beside)


def test_a_municipality_runs_alone_exactly_as_in_company() -> None:
    alone = prepare(scenario_of("places: [Aero]\n" + CLOSED + OPTION))
    world = prepare(scenario_of("places: [Fano, Aero, Samso]\n" + CLOSED + OPTION))
    found = [deliver(made.ground, key_of(1, 0), log=True).outcomes for made in (alone, world)]
    at = world.places.index("492")
    for arm in (0, 1):
        one, same = found[0][arm][0], found[1][arm][at]
        assert (one.state, one.closed, one.form) == (same.state, same.closed, same.form)
        assert one.log == same.log


@pytest.mark.parametrize("engine", ENGINES)
def test_the_tables_of_a_municipality_are_its_own_and_those_of_both_arms_add_up(engine: str) -> None:
    world = prepare(scenario_of("places: [Fano, Aero, Samso]\n" + CLOSED + OPTION))
    company = run_once(world, 1, 0, engine=engine).counts
    whole = np.zeros((4, 4))
    for at, code in enumerate(world.places):
        alone = run_once(prepare(scenario_of(f"places: ['{code}']\n" + CLOSED + OPTION)), 1, 0, engine=engine).counts
        for one, same in zip(alone.arms, company.arms, strict=True):
            axes = ("place", "state", "form", "segment", "type", "group", "spell_class")
            assert one.sums(*axes)[0].tolist() == same.sums(*axes)[at].tolist()
        assert alone.basis.sums("basis", "type").tolist() == company.basis.sums("place", "basis", "type")[at].tolist()
        assert alone.office_minutes[:, :, 0].tolist() == company.office_minutes[:, :, at].tolist()
        assert alone.last_days.tolist() == company.last_days[[at]].tolist()
        whole += alone.joint.dense("baseline", "proposal")
    assert whole.tolist() == company.joint.dense("baseline", "proposal").tolist()


@pytest.mark.parametrize("engine", ENGINES)
def test_a_proposal_equal_to_its_baseline_is_exactly_nothing(engine: str) -> None:
    run = run_once(prepare(scenario_of("places: [Fano]\n" + CLOSED)), 1, 0, engine=engine)
    joint = run.counts.joint.dense("baseline", "proposal")
    assert (joint == np.diag(np.diag(joint))).all()
    assert not run.employment.weeks.any()
    assert not run.saldo.kr.any()
    assert run.saldo.beside == Beside((0.0, 0.0), 0.0, 0.0, 0.0, 0.0)
    assert not any(run.saldo.concepts.values())


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
    assert (told.engine, told.jobs, told.log) == ("fast", 1, False)


def test_a_plan_that_cannot_be_is_refused_with_all_its_faults() -> None:
    with pytest.raises(InputError) as caught:
        plan_of(scenario_of(""), seed=-1, replications=0, engine="fats")
    assert [fault.path for fault in caught.value.faults] == ["engine", "seed", "replications"]
    assert "allowed: fast, reference, control" in str(caught.value)


@pytest.mark.parametrize("engine", [*ENGINES, CONTROL])
def test_each_engine_can_be_asked_for(engine: str) -> None:
    assert plan_of(scenario_of(""), engine=engine).engine == engine


def read(*sets: str, engine: str) -> set[str]:
    """Return the numbers that a run notes as read."""
    scenario = scenario_of("places: [Fano]\n", *sets)
    simulate(scenario, plan_of(scenario, replications=1, engine=engine))
    return set(scenario.baseline.values.used)


@pytest.mark.parametrize("engine", ENGINES)
def test_a_simulation_reads_what_the_control_does_not(engine: str) -> None:
    """When somebody is seen again; and how far the two may part, since with one alone there is nothing to compare."""
    by_hand, simulated = read(engine="control"), read(engine=engine)
    assert simulated - by_hand == {"delivery.rebook_days", "control.tolerated_unexplained_share"}
    assert by_hand < simulated


def test_the_control_alone_refuses_what_a_simulation_would_refuse() -> None:
    """A ratio of 20 makes of a share of 0.08 one above 1: nobody could be simulated, so nobody is worked out."""
    with pytest.raises(InputError, match="no_show_digital_ratio"):
        read("delivery.no_show_digital_ratio=20", engine="control")
