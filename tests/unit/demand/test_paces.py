"""Paces: offices differ, the mean does not, and the difference is that of a factor on the hazard."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.demand.paces import COUNT, one_pace, paces_of
from simulator.demand.spells import survival_of
from simulator.errors import InputError
from simulator.facts.read import table
from tests.unit.demand.made_up import scenario_of

EVERYWHERE = [str(row["municipality_code"]) for row in table("municipalities")]
SCENARIO = scenario_of("places: [Samso]\n")


def test_the_spread_over_the_country_is_what_was_asked_for() -> None:
    found = paces_of(SCENARIO, EVERYWHERE, 0.1)
    factors = np.array(found.factor)[list(found.of_place)]
    assert factors.mean() == pytest.approx(1, abs=0.005)
    assert factors.std() == pytest.approx(0.1, rel=0.03)
    assert set(found.of_place) == set(range(COUNT))


def test_a_municipality_has_the_same_pace_in_any_company() -> None:
    everywhere = dict(zip(EVERYWHERE, paces_of(SCENARIO, EVERYWHERE, 0.1).of_place, strict=True))
    assert paces_of(SCENARIO, ["461", "101"], 0.2).of_place == (everywhere["461"], everywhere["101"])


def test_without_spread_there_is_one_pace() -> None:
    found = paces_of(SCENARIO, ["461"], 0)
    assert (len(found.survivals), found.of_place, found.factor) == (1, (0,), (1.0,))


def test_a_faster_office_lets_go_sooner_by_its_factor() -> None:
    found = paces_of(SCENARIO, ["461"], 0.2)
    values = SCENARIO.baseline.values
    for survivals, factor in zip(found.survivals, found.factor, strict=True):
        ordinary = survival_of(values, "dagpenge")
        leaves = survivals[0].leaving[:-1].astype(float) / ordinary.leaving[:-1].astype(float)
        assert leaves == pytest.approx(factor, rel=1e-6)
    means = [survivals[0].mean_spell_days for survivals in found.survivals]
    assert means == sorted(means, reverse=True)


def test_spells_of_a_place_begin_after_those_of_slower_paces() -> None:
    found = paces_of(SCENARIO, EVERYWHERE, 0.1)
    groups = len(found.survivals[0])
    assert found.first_spells == tuple(pace * groups for pace in found.of_place)
    assert one_pace(found.survivals[0], ["461", "101"]).first_spells == (0, 0)


@pytest.mark.parametrize("spread", [-0.1, 0.6, 5.0])
def test_a_spread_that_makes_no_sense_is_refused(spread: float) -> None:
    with pytest.raises(InputError, match=r"allowed: 0 to below 0\.5"):
        paces_of(SCENARIO, ["461"], spread)
