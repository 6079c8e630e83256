"""What a scenario adds to its concept: counted once, and refused where it would be counted twice."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest

from simulator.effects import apart_of, employment, worth
from simulator.errors import InputError
from simulator.saldo import ACCOUNTS, AUTHORITIES, Saldo, saldo, valuation_of
from simulator.saldo.concept import concept_names
from tests.unit.demand.made_up import scenario_of
from tests.unit.effects.made_up_joint import PHONE, PHYSICAL, SPAN, Line, joint_of

A_WEEK = (
    "effects.params.scale=1",
    "effects.params.weeks_per_conversation=1",
    "effects.params.relative_effect=0",
    "saldo.time_profile=even",
    "saldo.profile.even.weeks=1",
)
"""A conversation in person instead of by phone on 5 January 2022 is one week of work, in the week after it."""
MINUTES = np.array([[600.0, 0.0, 0.0], [480.0, 0.0, 0.0]])
"""Two hours saved, a quarter of an hour more on the conversation itself: 2.25 hours less of missed appointments."""


@dataclass(frozen=True)
class Found:
    """The figure under a concept, and everything beside it."""

    kr: float
    all: Saldo


def found_under(concept: str, *also: str, sets: tuple[str, ...] = ()) -> Found:
    scenario = scenario_of(f"saldo: {{concept: {concept}, also: [{', '.join(also)}]}}\n", *A_WEEK, *sets)
    joint = joint_of(Line(1, PHONE, PHYSICAL))
    all_of_it = saldo(valuation_of(scenario, SPAN), employment(apart_of(joint, SPAN), worth(scenario)), joint, MINUTES)
    return Found(all_of_it.employment_effect_kr, all_of_it)


def refused(concept: str, *also: str) -> str:
    """Return the words of the refusal."""
    with pytest.raises(InputError) as refusal:
        found_under(concept, *also)
    return str(refusal.value)


@pytest.mark.parametrize("concept", [name for name in concept_names() if name != "regneprincipper"])
def test_what_would_have_happened_anyway_is_not_in_a_causal_effect(concept: str) -> None:
    said = refused(concept, "deadweight")
    assert "saldo.also: deadweight cannot be added to a causal effect: constant_loss says what" in said
    assert "leave it out" in said


@pytest.mark.parametrize(
    ("concept", "added"),
    [
        ("note", "running_costs"),
        ("employment", "running_costs"),
        ("with_running_costs", "running_costs"),
        ("with_caseworker_time", "running_costs"),
        ("with_displacement", "running_costs"),
        ("with_caseworker_time", "caseworker_time"),
        ("with_displacement", "displacement"),
    ],
)
def test_nothing_is_added_to_a_concept_that_contains_it(concept: str, added: str) -> None:
    """The ministry's value of a person-year contains activation, so running costs beside it would count it twice."""
    said = refused(concept, added)
    assert f"saldo.also: {added} would count twice: the concept `{concept}` contains it already" in said
    assert "allowed: transfers, transfers_and_taxes, with_return_flow" in said


def test_one_overlap_is_enough_to_refuse_all() -> None:
    assert "running_costs would count twice" in refused("note", "displacement", "running_costs")


def test_running_costs_can_be_added_to_transfers() -> None:
    """589.85 a week in prices of 2021, by the authorities that bear them; all else as before."""
    plain, more = found_under("transfers"), found_under("transfers", "running_costs")
    assert more.kr - plain.kr == pytest.approx(589.85, abs=0.0051)
    costs = more.all.kr[0, ACCOUNTS.index("running_costs")].sum(axis=(1, 2, 3))
    assert costs[AUTHORITIES.index("municipality")] == pytest.approx(589.85, abs=0.0051)
    assert costs.sum() == pytest.approx(more.kr - plain.kr)
    assert more.all.concepts["transfers"] == pytest.approx(more.kr)
    assert more.all.concepts["with_return_flow"] == plain.all.concepts["with_return_flow"], "the others stay"


def test_displacement_takes_its_share_of_all_that_is_counted() -> None:
    plain, less = found_under("with_return_flow"), found_under("with_return_flow", "displacement")
    assert less.kr == pytest.approx(plain.kr / 2)
    quarter = found_under("with_return_flow", "displacement", sets=("saldo.displacement.sensitivity_share=0.25",))
    assert quarter.kr == pytest.approx(plain.kr * 0.75)
    both = found_under("with_return_flow", "displacement", "running_costs")
    assert both.kr == pytest.approx(found_under("with_displacement").kr)
    assert both.kr == pytest.approx((plain.kr + 589.85) / 2, abs=0.0051)


def test_added_caseworker_time_is_a_line_beside_the_effect_and_in_the_figure_of_the_concept() -> None:
    """The call would have taken 65 minutes, the meeting takes 80: a quarter of an hour more, 100 kr. at 400 an hour."""
    plain, more = found_under("transfers"), found_under("transfers", "caseworker_time")
    assert plain.all.beside_kr["caseworker_time"] == 0
    assert more.all.beside_kr["caseworker_time"] == pytest.approx(-100)
    assert more.kr == plain.kr
    assert more.all.net_kr == pytest.approx(plain.kr - 100)
    assert more.all.concepts["transfers"] == pytest.approx(plain.kr - 100)


def test_time_is_counted_once_however_often_it_is_asked_for() -> None:
    sets = ("saldo.caseworker_time_realised=full",)
    once = found_under("with_caseworker_time")
    twice = found_under("with_caseworker_time", sets=sets)
    assert twice.all.net_kr == once.all.net_kr == pytest.approx(once.kr - 100)
    assert twice.all.concepts == once.all.concepts
    added = found_under("transfers", "caseworker_time", sets=sets)
    assert added.all.net_kr == pytest.approx(added.kr - 100)


def test_a_concept_says_what_was_added() -> None:
    scenario = scenario_of("saldo: {concept: transfers, also: [running_costs, displacement]}\n")
    valuation = valuation_of(scenario, SPAN)
    assert valuation.concept.includes == ("transfers", "running_costs", "displacement")
    assert valuation.concepts["with_return_flow"].includes == ("transfers", "taxes", "return_flow")
