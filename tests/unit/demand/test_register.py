"""The register: who is there, numbered by themselves, and the same in any company."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from itertools import pairwise

import numpy as np
import pytest

from simulator.demand import Demand, draw_demand
from simulator.demand.register import ENTRANTS_A_DAY, Persons, Register, draw_register, persons_of
from simulator.pipeline import World, prepare
from simulator.streams import WORD_CARRIER, Purpose, counters_of, key_of, philox_arrays, stock_of, threshold
from tests.unit.demand.made_up import KEY, scenario_of

PLACES = "places: [Fano, Samso, Aero]\n"


def world(text: str = PLACES, *sets: str) -> World:
    return prepare(scenario_of(text, *sets))


def register_of(world: World, carry_share: float = 0.0) -> Register:
    return draw_register(world.population.persons, world.population.paces, threshold(carry_share), KEY)


def demands(world: World, replication: int = 0) -> list[Demand]:
    arms = tuple(zip(world.scenario.arms, world.calendars, strict=True))
    return draw_demand(world.population, arms, world.span, key_of(1, replication))


def rows_of(register: Register, stock: int) -> set[tuple[int, ...]]:
    """Return the persons of a stock without their row and place among the places of the run."""
    names = [field.name for field in fields(Register) if field.name != "place"]
    chosen = register.stock_number == stock
    return set(zip(*(getattr(register, name)[chosen].tolist() for name in names), strict=True))


def test_persons_stand_by_place_group_and_number() -> None:
    made = world()
    found = made.population.persons
    assert found.codes == tuple(int(code) for code in made.places)
    order = np.lexsort((found.number, found.group, found.place))
    assert order.tolist() == list(range(len(found)))
    for place, (first, after) in enumerate(pairwise(found.edges.tolist())):
        assert set(found.place[first:after].tolist()) == {place}
    assert (found.edges[0], found.edges[-1]) == (0, len(found))


def test_a_place_without_persons_has_none_between_its_edges() -> None:
    nobody = Persons((741, 563, 461), *(np.array(column) for column in ([0, 0, 2], [0, 0, 0], [0, 1, 0], [0, 0, 0])))
    assert nobody.edges.tolist() == [0, 2, 2, 3]


def test_the_register_has_the_persons_and_draws_their_spells() -> None:
    """Who there is does not hang on chance: all that is drawn is since when and until when, and who carries on."""
    made = world()
    persons = made.population.persons
    for register in (register_of(made), demands(made, 5)[0].register):
        for name in ("place", "group", "number", "entry"):
            assert getattr(register, name).tolist() == getattr(persons, name).tolist()
        assert register.stock_number.tolist() == [
            stock_of(persons.codes[place], group)
            for place, group in zip(persons.place.tolist(), persons.group.tolist(), strict=True)
        ]


def test_persons_are_kept_in_as_little_room_as_holds_them() -> None:
    """The number is the largest, 4096 x ordinal of the day: it has room until the year 2800 and after."""
    made = world("places: [Odense]\n")
    again = persons_of(list(made.population.groups), made.places, made.span)
    assert (again.number == made.population.persons.number).all()
    wide = register_of(made)
    assert wide.number.max() > 2**31, "so it needs all bits of the word"
    assert date(2800, 1, 1).toordinal() * ENTRANTS_A_DAY < np.iinfo(again.number.dtype).max
    assert made.span.days < np.iinfo(again.entry.dtype).max


def test_the_stock_is_there_on_day_0_and_newcomers_begin_on_their_day() -> None:
    register = register_of(world())
    newcomer = register.entry > 0
    assert (register.start[newcomer] == register.entry[newcomer]).all()
    assert (register.start[~newcomer] <= 0).all()
    assert (register.exit > register.entry).all(), "everybody is there for a day at least"


def test_the_numbers_of_persons_are_those_of_stock_and_inflow() -> None:
    made = world()
    register = register_of(made)
    for place, code in enumerate(made.places):
        for group, _, inflow in made.population.groups:
            row = inflow.codes.index(code)
            here = (register.place == place) & (register.group == group)
            assert np.sum(here & (register.entry == 0)) == inflow.stock[row]
            days = np.bincount(register.entry[here & (register.entry > 0)], minlength=made.span.days)
            assert days.tolist() == inflow.entering[row].tolist()


def test_a_persons_number_says_the_day_of_entry_and_never_the_row() -> None:
    """From 0 in the stock; who comes in has 4096 x ordinal of the day + a running number of that day, from 0."""
    made = world("places: [Fano, Odense]\n")
    register = register_of(made)
    stock = register.stock_number == stock_of(461, 0)
    there, new = stock & (register.entry == 0), stock & (register.entry > 0)
    assert register.number[there].tolist() == list(range(int(there.sum())))
    day, running = np.divmod(register.number[new], ENTRANTS_A_DAY)
    assert (day == made.span.first + register.entry[new]).all()
    for one in np.unique(day):
        assert running[day == one].tolist() == list(range(int((day == one).sum())))
    assert running.max() > 5, "the test needs a place where several come in on a day"


def test_no_person_shares_a_key_with_another() -> None:
    register = register_of(world())
    assert len(set(zip(register.stock_number.tolist(), register.number.tolist(), strict=True))) == len(register)


def test_company_changes_nobody() -> None:
    together, alone = world(), world("places: [Samso]\n")
    code = int(alone.places[0])
    for group in range(7):
        stock = stock_of(code, group)
        assert rows_of(register_of(together), stock) == rows_of(register_of(alone), stock)


def test_a_larger_stock_of_one_group_changes_no_one_else() -> None:
    plain, larger = world(), world(PLACES, "demand.stock.sygedagpenge=84000")
    sick = {stock_of(int(code), 3) for code in plain.places}
    for stock in set(register_of(plain).stock_number.tolist()) - sick:
        assert rows_of(register_of(plain), stock) == rows_of(register_of(larger), stock)
    for stock in sick:
        before, after = register_of(plain), register_of(larger)
        there = (after.stock_number == stock) & (after.entry == 0)
        assert set(before.number[before.stock_number == stock][:5].tolist()) <= set(after.number[there].tolist())


def test_carriers_are_those_whose_word_lies_below_the_share() -> None:
    made = world("places: [Fano]\n")
    none, some, all_ = (register_of(made, share) for share in (0.0, 0.3, 1.0))
    assert not none.carrier.any()
    assert all_.carrier.all()
    words = philox_arrays(*counters_of(some.stock_number, some.number, Purpose.ELAPSED), key=KEY)[WORD_CARRIER]
    assert (some.carrier == (words < 0.3 * 2**32)).all()


@pytest.mark.parametrize(("share", "carried"), [(0.0, 0), (0.25, 1 << 30), (1.0, 1 << 32)])
def test_the_share_of_carriers_is_that_of_the_scenario(share: float, carried: int) -> None:
    made = world("places: [Fano]\n", f"closures.carry_share={share}")
    assert made.population.carry == carried
    assert demands(made)[0].register.carrier.tolist() == register_of(made, share).carrier.tolist()


def test_ages_of_the_stock_are_those_of_a_stationary_one() -> None:
    """Dagpenge of two cities: 52.7 per cent under 26 weeks. Fixed seed; the bound is five standard errors."""
    made = world("places: [Odense, Aalborg]\n")
    register = register_of(made)
    there = (register.group == 0) & (register.entry == 0)
    share, count = np.mean(register.start[there] > -182), int(there.sum())
    assert abs(share - 0.527) < 5 * np.sqrt(0.527 * 0.473 / count)


def test_arms_with_the_same_contact_rule_and_clock_share_their_demand() -> None:
    same = demands(world("proposal: {attendance: {rules: [{rule: digital_only}]}}\n" + PLACES))
    assert same[0] is same[1]


def test_another_contact_rule_keeps_the_persons_and_changes_what_is_due() -> None:
    text = PLACES + "proposal: {demand: {contact_changes: [{types: [jobsamtale], scale: 0.5}]}}\n"
    made = world(text)
    baseline, proposal = demands(made)
    assert baseline.register is proposal.register
    dues = [demand.due for demand in (baseline, proposal)]
    inside = [(due.day >= made.span.period_from) & (due.day <= made.span.period_to) for due in dues]
    of_type = [np.bincount(due.type_index[chosen], minlength=5) for due, chosen in zip(dues, inside, strict=True)]
    assert 0.45 < of_type[1][2] / of_type[0][2] < 0.55
    assert np.delete(of_type[0], 2).tolist() == np.delete(of_type[1], 2).tolist()


def test_another_closure_in_one_arm_changes_its_due_days() -> None:
    text = PLACES + "proposal: {calendar: {closure_weeks: [2022-W01]}}\n"
    baseline, proposal = demands(world(text))
    closed = range(63, 68)  # 3 to 7 January 2022, in a span from 1 November 2021
    assert np.isin(baseline.due.day, closed).any()
    assert not np.isin(proposal.due.day, closed).any()


def test_replications_draw_other_persons() -> None:
    made = world("places: [Fano]\n")
    assert demands(made, 0)[0].register.start.tolist() != demands(made, 1)[0].register.start.tolist()
