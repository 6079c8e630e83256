"""Exits of the readable engine: by how much spells end earlier in the proposal, what led to it, and single persons.

A person's days cannot be shared out over her meetings: one that leads her out does away with all later ones. So they
stand, all of them, where the arms first part for her: in the line, segment, type, group and spell class of the first
conversation that moved her on another day, or by another push, or in one arm alone. The line is that of the
conversation: `form` where it was held in both arms, on whatever days, else one of the two of volume.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from simulator.calendars.span import Span
from simulator.delivery import rules
from simulator.delivery.cells import Cells
from simulator.delivery.clocks import Clock
from simulator.delivery.counts import spell_class_of
from simulator.delivery.fates import Fate
from simulator.delivery.leaving import EXIT_AXES, FORM, LOST, SAVED, Leaving, Led, exit_shape, exits_of
from simulator.delivery.lives import NEVER, IntArray, Lives
from simulator.delivery.outcome import NOT_SIMULATED
from simulator.demand import Register


class Meeting(NamedTuple):
    """A conversation that was held: when, how far it moved the person, and where it is counted."""

    day: int
    push: int
    where: tuple[int, ...]


Clocks = Mapping[int, Clock]
GROUP = EXIT_AXES.index("group")
Meetings = dict[int, dict[int, Meeting]]
"""Meetings of each person by the key of the conversation."""


def exit_cells(fates: tuple[Fate, Fate], clocks: tuple[Clocks, Clocks], led: Led, span: Span) -> Cells:
    """Return the person-days by which spells end earlier in the proposal than in the baseline.

    Args:
        fates: What became of the conversations of each arm.
        clocks: Clocks of those whom meetings have moved, by arm.
        led: What a meeting does.
        span: The simulated days.
    """
    found = np.zeros(exit_shape(span), dtype=np.int64)
    moved = clocks[0].keys() | clocks[1].keys()
    meetings = [_meetings(fate, moved, led.by, span) for fate in fates]
    drawn = {
        who: (left, place)
        for fate in fates
        for who, left, place in zip(fate.person.tolist(), fate.left.tolist(), fate.place.tolist(), strict=True)
    }
    for person in moved:
        where = _first_apart(*(of_arm[person] for of_arm in meetings))
        if where is not None:
            left, place = drawn[person]
            spells = led.spells(place, where[GROUP])
            was, now = (exit_day(of_arm.get(person), left, spells, led) for of_arm in clocks)
            found[where] += was - now
    return exits_of(found, span)


def exit_day(clock: Clock | None, drawn: int, spells: int, led: Led) -> int:
    """Return the day from which a person has left if she has no further meeting after the simulated days.

    Args:
        clock: Her clock; None where no meeting has moved her.
        drawn: Day from which she has left if none does.
        spells: Which spells are hers, from `Led.spells`.
        led: What a meeting does.
    """
    if clock is None:
        return drawn
    last = replace(clock)
    last.is_over(clock.born + len(led.alive[spells]), led.leaving[spells], led.by.kept)
    return last.day


def _meetings(fate: Fate, persons: Collection[int], leaving: Leaving, span: Span) -> Meetings:
    """Return the meetings of some persons in an arm."""
    found: Meetings = {person: {} for person in persons}
    spell_class = spell_class_of(fate.closed - fate.start)
    for row in np.nonzero((fate.state == rules.HELD) & np.isin(fate.person, list(persons)))[0].tolist():
        day = int(fate.closed[row])
        who = int(fate.type_index[row]), int(fate.group[row]), int(spell_class[row])
        segment = int(span.segment_of_day[day])
        push = int(leaving.push[(segment, int(fate.form[row]), *who)])
        found[int(fate.person[row])][int(fate.key[row])] = Meeting(day, push, (segment, *who))
    return found


def _first_apart(baseline: dict[int, Meeting], proposal: dict[int, Meeting]) -> tuple[int, ...] | None:
    """Return where the days of a person stand, given the meetings of both arms: where the arms first part."""
    apart = []
    for key in baseline.keys() | proposal.keys():
        was, now = baseline.get(key), proposal.get(key)
        moved = [(one.day, one.push) if one and one.push else None for one in (was, now)]
        if moved[0] != moved[1]:
            line = SAVED if was is None else LOST if now is None else FORM
            lead = now or was  # as in the joint table
            assert lead is not None
            apart.append((min(one[0] for one in moved if one), key, (line, *lead.where)))
    return min(apart)[-1] if apart else None


def lives_of(fates: tuple[Fate, Fate], clocks: tuple[Clocks, Clocks], led: Led, register: Register) -> Lives:
    """Return the persons of a replication; whoever never comes in is among them, see `there`."""
    persons = len(register)
    called, left = np.full(persons, NEVER), np.stack([register.exit] * len(fates))
    physical, digital = np.zeros((2, len(fates), persons), dtype=np.int64)
    due = fates[0].state != NOT_SIMULATED
    np.minimum.at(called, fates[0].person[due], fates[0].due[due])
    for arm, (fate, of_arm) in enumerate(zip(fates, clocks, strict=True)):
        held = fate.state == rules.HELD
        in_person = fate.form == rules.PHYSICAL
        np.add.at(physical[arm], fate.person[held & in_person], 1)
        np.add.at(digital[arm], fate.person[held & ~in_person], 1)
        for person, clock in of_arm.items():
            spells = led.spells(int(register.place[person]), int(register.group[person]))
            left[arm, person] = exit_day(clock, 0, spells, led)
    return Lives(register.place, register.group, register.number, register.start, called, left, physical, digital)


def there(register: Register, last_days: IntArray) -> npt.NDArray[np.bool_]:
    """Return who of a register came in by the last simulated day of her municipality."""
    found: npt.NDArray[np.bool_] = register.entry <= last_days[register.place]
    return found
