"""Families: which values are moved together, and where to."""

from __future__ import annotations

import pytest

from simulator.scenario import read_scenario
from simulator.uncertainty.families import families_of, family_key

CHRISTMAS = "scenarios/christmas-2021.yaml"


@pytest.mark.parametrize(
    ("key", "family"),
    [
        ("attendance.take_up.jobsamtale.dagpenge", "attendance.take_up"),
        ("attendance.take_up_scale", "attendance.take_up_scale"),
        ("demand.weekly_exit_hazard.dagpenge.week_26", "demand.weekly_exit_hazard"),
        ("demand.due_spell_day.raadighedssamtale.dagpenge.second", "demand.due_spell_day"),
        ("effects.params.relative_effect.cv_samtale.phone", "effects.params.relative_effect"),
        ("saldo.benefit_mix.jobparat.kontanthjaelp_with_children", "saldo.benefit_mix"),
        ("saldo.travel.kr_per_conversation.rehabilitation_team", "saldo.travel.kr_per_conversation"),
        ("saldo.running_costs.state_share.year_2022", "saldo.running_costs.state_share"),
    ],
)
def test_a_family_is_what_stands_before_whom_what_and_when(key: str, family: str) -> None:
    assert family_key(key) == family


def test_every_value_that_is_read_and_can_be_moved_is_in_one_family() -> None:
    values = read_scenario(CHRISTMAS).baseline.values
    found = families_of(read_scenario(CHRISTMAS), set(values))
    leaves = [leaf for family in found for leaf in family.leaves]
    expected = {row.key for row in values.rows() if row.low is not None and row.low != row.high and row.unit != "year"}
    assert sorted(leaves) == sorted(expected)
    assert len({family.key for family in found}) == len(found)


def test_what_is_not_read_is_not_moved() -> None:
    (family,) = families_of(read_scenario(CHRISTMAS), {"closures.carry_share"})
    assert (family.key, family.value, family.low, family.high, family.unit) == (
        "closures.carry_share",
        0.0,
        0.0,
        1.0,
        "share",
    )
    assert (family.kind, family.source) == ("assumption", "epidemic-note-2021")


def test_what_the_proposal_changes_is_no_driver() -> None:
    key = "attendance.exception_share.jobsamtale"
    scenario = read_scenario(CHRISTMAS, (f"proposal.{key}=0.4",))
    assert families_of(scenario, {key}) == []
    assert len(families_of(read_scenario(CHRISTMAS), {key})) == 1


def test_a_distribution_without_a_range_ends_at_its_quantiles() -> None:
    drawn = "effects.params.scale={value: 0.5, low: , high: , distribution: {name: uniform, low: 0, high: 1}}"
    (family,) = families_of(read_scenario(CHRISTMAS, (drawn,)), {"effects.params.scale"})
    assert (family.low, family.high) == (pytest.approx(0.025), pytest.approx(0.975))
    assert family.at(0.5) == {"effects.params.scale": pytest.approx(0.5)}
