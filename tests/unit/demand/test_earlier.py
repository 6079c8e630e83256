"""What fell due before the first day, told from the phase, and again by walking each person's spell day by day."""

from __future__ import annotations

import numpy as np

from simulator.calendars.span import DAYS_A_WEEK, WEEKDAYS_A_WEEK
from simulator.demand import draw_demand, rules
from simulator.demand.contact import rhythms
from simulator.demand.earlier import due_before
from simulator.pipeline import prepare
from simulator.streams import WORD_RANGE, Purpose, counters_of, philox_arrays
from tests.unit.demand.made_up import KEY, scenario_of


def test_so_many_whole_conversations_lie_before_the_phase() -> None:
    """A position that moved 2.5 conversations to a phase of 0.25: at 0, -1 and -2 one fell due."""
    one = WORD_RANGE
    assert rules.had_before(one // 4, 5 * one // 2) == 3
    assert rules.had_before(3 * one // 4, 5 * one // 2) == 2
    assert [rules.had_before(100, moved) for moved in (0, 99, 100, 101, 100 + one, 101 + one)] == [0, 0, 0, 1, 1, 2]
    for phase in (0, 1, 12345, one - 1):
        for moved in (0, 1, phase, phase + 1, 7 * one):
            assert bool(rules.had_before(phase, moved)) is bool(rules.had_one_before(phase, moved))


def test_it_is_what_a_walk_through_the_spell_finds() -> None:
    """Ticks on five days of seven, counted from the beginning of the spell; whole positions below the phase."""
    world = prepare(scenario_of("places: [Fano]\ndemand: {contact_rule: statutory}\n"))
    arm, survivals = world.scenario.baseline, world.ground.survivals
    arms = tuple(zip(world.scenario.arms, world.calendars, strict=True))
    register = draw_demand(world.population, arms, world.span, KEY)[0].register
    found = due_before(register, arm, survivals, world.span, KEY)
    expected = np.zeros(len(register), dtype=np.int64)
    for rhythm in rhythms(arm):
        rows = np.nonzero((register.group == rhythm.group) & (register.start < 0))[0]
        counters = counters_of(register.stock_number[rows], register.number[rows], Purpose.PHASE, rhythm.type_index)
        phase = philox_arrays(*counters, key=KEY)[0].astype(np.int64)
        ((_, _, steps), *_) = list(rhythm.stretches(world.span)) if rhythm.rate else [(0, 0, [])]
        for row, position in zip(rows.tolist(), phase.tolist(), strict=True):
            age = -int(register.start[row])
            if not rhythm.rate:
                days = [register.start[row] + day for day in rhythm.spell_days]
                expected[row] += sum(bool(rules.weekday_from(day) < 0) for day in days)
                continue
            for day in range(age - 1, -1, -1):  # back from the first simulated day
                ticks = (day + 1) * WEEKDAYS_A_WEEK // DAYS_A_WEEK - day * WEEKDAYS_A_WEEK // DAYS_A_WEEK
                per_tick = next(each for low, high, each in steps if low <= day < high)
                crossed = position // WORD_RANGE - (position - ticks * per_tick) // WORD_RANGE
                position -= ticks * per_tick
                expected[row] += crossed
    # A walk counts a position of exactly 0 as passed on the day itself; nobody has one here.
    assert found.tolist() == expected.tolist()
    assert found.max() > 3


def test_who_comes_in_later_has_had_none() -> None:
    world = prepare(scenario_of("places: [Fano]\n"))
    arms = tuple(zip(world.scenario.arms, world.calendars, strict=True))
    register = draw_demand(world.population, arms, world.span, KEY)[0].register
    found = due_before(register, world.scenario.baseline, world.ground.survivals, world.span, KEY)
    assert not found[register.entry > 0].any()
