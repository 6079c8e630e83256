"""The ladder by hand: which step a week of benefit lies on, and what the state bears there."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.errors import InputError
from simulator.saldo import ACCOUNTS, AUTHORITIES
from simulator.saldo.accounts import TRANSFERS, sheet
from simulator.saldo.ladder import first_weeks_of_steps, starts_of, state_shares, step_shares
from simulator.saldo.rates import Rates
from simulator.scenario import Values
from tests.unit.demand.made_up import scenario_of
from tests.unit.effects.made_up_joint import CLASSES, GROUPS

NEW = tuple(f"saldo.ladder.starting_weeks.jobparat.weeks_{weeks}={int(weeks == 0)}" for weeks in (0, 13, 39, 78))


def values_of(*sets: str) -> Values:
    return scenario_of("", *sets).baseline.values


def steps_of(values: Values, group: str, weeks: np.ndarray) -> np.ndarray:
    return step_shares(starts_of(values, group), first_weeks_of_steps(values), weeks)


def shares(group: str, spell: str, *weeks: int, sets: tuple[str, ...] = ()) -> list[list[float]]:
    """Return the shares of the steps, for some weeks after a conversation in a class of the spell."""
    found = steps_of(values_of(*sets), group, np.array(weeks))
    return found[CLASSES.index(spell)].tolist()


def test_the_state_refunds_kontanthjaelp_and_pays_dagpenge_less_what_the_municipality_adds() -> None:
    assert state_shares(values_of(), "jobparat").tolist() == [0.8, 0.4, 0.3, 0.2]
    assert state_shares(values_of(), "dagpenge").tolist() == pytest.approx([0.8, 0.4, 0.3, 0.2])
    sets = (
        "saldo.ladder.municipal_cofinancing_dagpenge.week_0=0.35",
        "saldo.ladder.state_share.week_0=0.9",
    )
    assert state_shares(values_of(*sets), "dagpenge").tolist() == pytest.approx([0.65, 0.4, 0.3, 0.2])
    assert state_shares(values_of(*sets), "sygedagpenge").tolist() == pytest.approx([0.9, 0.4, 0.3, 0.2])


@pytest.mark.parametrize(
    ("spell", "weeks", "step"),
    [("4", 0, 1), ("4", 21, 1), ("4", 22, 2), ("4", 47, 2), ("4", 48, 3), ("26", 0, 2), ("26", 25, 2), ("26", 26, 3)],
)
def test_a_step_begins_with_the_week_after_the_last_of_the_one_before(spell: str, weeks: int, step: int) -> None:
    """The fifth week is the first on 0.4, the 27th the first on 0.3, the 53rd the first on 0.2."""
    wanted = [float(at == step) for at in range(4)]
    assert shares("jobparat", spell, weeks, sets=NEW) == [wanted]


def test_the_last_classes_stay_on_the_last_step() -> None:
    for spell in ("52", "53-103", "104+"):
        assert shares("jobparat", spell, 0, 103, sets=NEW) == [pytest.approx([0, 0, 0, 1])] * 2


def test_a_class_is_spread_over_its_weeks() -> None:
    """In class 0-3 the week of the conversation is the first, second, third or fourth: the next may be the fifth."""
    found = shares("jobparat", "0-3", 0, 1, 3, 4, sets=NEW)
    assert found == [pytest.approx(one) for one in ([1, 0, 0, 0], [0.75, 0.25, 0, 0], [0.25, 0.75, 0, 0], [0, 1, 0, 0])]


def test_weeks_from_before_are_counted_on() -> None:
    """Dagpenge in week 4: 4 weeks where it is the first benefit, else 17, 43 or 82 already.

    The shares of new spells are 0.62, 0.18, 0.11 and 0.09. Nine weeks later they are 13, 26, 52 and 91.
    """
    first, later = shares("dagpenge", "4", 0, 9)
    assert first == pytest.approx([0, 0.62 + 0.18, 0.11, 0.09])
    assert later == pytest.approx([0, 0.62, 0.18, 0.11 + 0.09])


def test_every_group_has_a_whole_in_every_class_and_week() -> None:
    for group in GROUPS:
        found = steps_of(values_of(), group, np.arange(120))
        assert found.shape == (len(CLASSES), 120, 4)
        assert found.sum(axis=-1) == pytest.approx(np.ones((len(CLASSES), 120)))


def test_a_share_of_new_spells_that_is_moved_alone_leaves_less_to_the_others() -> None:
    """0.62 to 1.00: of 1.38 in all, 1.00, 0.18, 0.11 and 0.09."""
    found = shares("dagpenge", "4", 9, sets=("saldo.ladder.starting_weeks.dagpenge.weeks_0=1",))
    assert found == [pytest.approx([0, 1 / 1.38, 0.18 / 1.38, 0.20 / 1.38])]


def test_somebody_must_begin_a_spell() -> None:
    sets = tuple(f"saldo.ladder.starting_weeks.dagpenge.weeks_{weeks}=0" for weeks in (0, 13, 39, 78))
    with pytest.raises(InputError, match=r"starting_weeks\.dagpenge: all shares are 0; one at least must be above 0"):
        steps_of(values_of(*sets), "dagpenge", np.arange(4))


def test_the_ladder_divides_transfers_and_nothing_else() -> None:
    """Taxes and return flow are the same on every step; a transfer is the same in all, whoever bears it."""
    kr = sheet(Rates(values_of()), tuple(GROUPS), (2021, 2023))
    transfers = [ACCOUNTS.index(name) for name in TRANSFERS]
    others = np.delete(kr, transfers, axis=0)
    assert np.array_equal(others, np.repeat(others[..., :1], 4, axis=-1))
    both = kr[transfers].sum(axis=1)
    assert both == pytest.approx(np.repeat(both[..., :1], 4, axis=-1))
    state = kr[ACCOUNTS.index("transfer"), AUTHORITIES.index("state"), GROUPS.index("sygedagpenge"), 0]
    assert state.tolist() == pytest.approx([1_641.28 * share for share in (0.8, 0.4, 0.3, 0.2)])
    assert not kr[:, AUTHORITIES.index("region")].any()


def test_a_subsidy_that_is_paid_is_borne_as_the_benefit_it_replaces() -> None:
    kr = sheet(Rates(values_of()), tuple(GROUPS), (2021,))[:, :, GROUPS.index("ledighedsydelse"), 0]
    subsidy = kr[ACCOUNTS.index("wage_subsidy")]
    state, municipality = (AUTHORITIES.index(name) for name in ("state", "municipality"))
    assert subsidy[state].tolist() == pytest.approx([-3_850.615 * share for share in (0.8, 0.4, 0.3, 0.2)], abs=0.001)
    assert subsidy[municipality].tolist() == pytest.approx(
        [-3_850.615 * share for share in (0.2, 0.6, 0.7, 0.8)], abs=0.001
    )
