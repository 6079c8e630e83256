"""Capacity: the caseworker minutes of each office on each meeting day, in whole minutes."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from simulator.calendars import OFFICE_KINDS, Calendar
from simulator.calendars.span import Span
from simulator.demand import Population, office_kind_of
from simulator.facts.read import words
from simulator.scenario import Arm
from simulator.scenario.occurs import occurs

FloatArray = npt.NDArray[np.float64]


def conversation_minutes(arm: Arm) -> tuple[int, int]:
    """Return the minutes of a physical and of a digital conversation, in whole minutes.

    Source:
        facts/behaviour.yaml, physical_minutes and digital_saves_minutes.
    """
    physical = max(round(arm.values["delivery.physical_minutes"]), 1)
    return physical, max(physical - round(arm.values["delivery.digital_saves_minutes"]), 1)


def normal_minutes(arm: Arm, population: Population) -> FloatArray:
    """Return the minutes of the normal load on a meeting day, shape (place, office kind).

    The normal load is what falls due x attempts, under physical attendance with its lawful exceptions.
    """
    physical, digital = conversation_minutes(arm)
    load = np.zeros((len(population.places), len(OFFICE_KINDS)))
    for type_index, type_name in enumerate(words()["types"]):
        if not any(occurs(arm, type_name, group) for group in words()["groups"]):
            continue
        exceptions = arm.values[f"attendance.exception_share.{type_name}"]
        minutes = physical + exceptions * (digital - physical)
        no_show = arm.values.under(f"delivery.no_show.{type_name}")
        tries = round(arm.values["delivery.tries"])
        for group_index, group in enumerate(words()["groups"]):
            if group in no_show:
                attempts = sum(no_show[group] ** attempt for attempt in range(tries))
                due = population.normal_due[:, type_index, group_index]
                load[:, office_kind_of(type_index)] += due * minutes * attempts
    return load


def daily_minutes(arm: Arm, normal: FloatArray, calendar: Calendar, span: Span) -> npt.NDArray[np.int64]:
    """Return the minutes of each office on each day, 0 where it is closed, shape (office kind, place, day).

    An office is sized so that its normal load fills `delivery.utilisation` of its minutes, and has at least
    those of one physical conversation a meeting day. Fractions add up over the meeting days.

    Args:
        arm: The arm whose capacity changes apply.
        normal: Minutes of the baseline's normal load, shape (place, office kind).
        calendar: Calendar of the arm.
        span: The simulated days.
    """
    least = conversation_minutes(arm)[0]
    wanted = np.maximum(normal / arm.values["delivery.utilisation"], least)
    minutes = np.zeros((len(OFFICE_KINDS), len(calendar.places), span.days), dtype=np.int64)
    for kind in range(len(OFFICE_KINDS)):
        for place, code in enumerate(calendar.places):
            factor = _factors(arm, OFFICE_KINDS[kind], code, span)
            running = np.cumsum(np.where(calendar.open[kind, place, : span.days], wanted[place, kind] * factor, 0.0))
            whole = np.rint(running).astype(np.int64)
            minutes[kind, place] = np.diff(whole, prepend=0)
    return minutes


def _factors(arm: Arm, office_kind: str, code: str, span: Span) -> FloatArray:
    factor = np.ones(span.days)
    for change in arm.sections.delivery.capacity:
        if (change.office_kinds and office_kind not in change.office_kinds) or (
            change.places and code not in change.places
        ):
            continue
        first = max(change.from_.toordinal() - span.first, 0) if change.from_ else 0
        after = max(change.to.toordinal() - span.first + 1, 0) if change.to else span.days
        factor[first:after] *= change.scale
    return factor
