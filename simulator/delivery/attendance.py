"""The attendance rules of an arm as tables: for each day, type, group and spell length, what is allowed.

The last rule of the list that applies wins. Tables are made once for each set of places that share their rules.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from simulator.calendars.span import Span
from simulator.delivery.rules import CHOSEN, DIGITAL_ONLY, PHYSICAL_ONLY, SUSPENDED
from simulator.errors import InputError
from simulator.facts.read import words
from simulator.scenario import Arm
from simulator.scenario.occurs import occurs
from simulator.scenario.schema import AttendanceRule
from simulator.streams import threshold

ALLOWS = {
    "physical_only": PHYSICAL_ONLY,
    "citizen_chooses": CHOSEN,
    "office_chooses": CHOSEN,
    "digital_only": DIGITAL_ONLY,
    "suspended": SUSPENDED,
}
Int16Array = npt.NDArray[np.int16]


@dataclass(frozen=True)
class Rulebook:
    """The rules of an arm that can hold on the days of a span.

    Attributes:
        rules: The rules, in order.
        bounds: Spell lengths [days] at which a rule begins or ends, ascending.
        called_bounds: Days at which a rule begins or ends that asks for the day of calling, ascending.
        tells_first: 1 where some rule tells first conversations from later ones, else 0.
        tables: For each distinct set of rules by place: rule in force, shape (type, group, spell band, occasion, day);
            occasions are those of `rules.occasion_of`.
        table_of_place: Which table a place uses.
        allows: What each rule lets happen.
        cancels: Whether a rule cancels what falls due under it.
        exception: Threshold of exceptions, shape (rule, type).
        take_up: Threshold of take-up before the office component, shape (rule, type, group).
    """

    rules: tuple[AttendanceRule, ...]
    bounds: tuple[int, ...]
    called_bounds: tuple[int, ...]
    tells_first: int
    tables: tuple[Int16Array, ...]
    table_of_place: tuple[int, ...]
    allows: tuple[int, ...]
    cancels: tuple[bool, ...]
    exception: tuple[tuple[int, ...], ...]
    take_up: npt.NDArray[np.int64]

    @property
    def occasions(self) -> int:
        """Number of occasions that rules tell apart."""
        return (len(self.called_bounds) + 1) << self.tells_first

    @property
    def any_suspended(self) -> bool:
        """Whether some conversation may be suspended on some day."""
        return any(self.allows[rule] == SUSPENDED for table in self.tables for rule in np.unique(table))

    @property
    def suspends_by_person(self) -> bool:
        """Whether on some day a type of a group is suspended for some persons and not for others."""
        suspended = np.array([allows == SUSPENDED for allows in self.allows])
        return any(bool((suspended[table] != suspended[table][:, :, :1, :1]).any()) for table in self.tables)

    def rules_on(self, day: int, type_index: int, place: int) -> list[AttendanceRule]:
        """Return the rules in force for a type on a day; several where they differ by person."""
        in_force = np.unique(self.tables[self.table_of_place[place]][type_index, :, :, :, day])
        return [self.rules[rule] for rule in in_force]


def rulebook_of(arm: Arm, places: tuple[str, ...], span: Span) -> Rulebook:
    """Return the rules of an arm as tables.

    Raises:
        InputError: No rule covers some conversation, or a take-up times the scale lies above 1.
    """
    rules = tuple(rule for rule in arm.sections.attendance.rules if _may_hold(rule, span))
    ends = {rule.spell_from_days for rule in rules} | {rule.spell_to_days for rule in rules if rule.spell_to_days}
    axes = _Axes(
        span=span,
        bounds=tuple(sorted(ends - {0})),
        called=tuple(sorted({day for rule in rules for day in _called_edges(rule, span)})),
        tells_first=int(any(rule.conversations != "all" for rule in rules)),
    )
    keys = [tuple(not rule.places or code in rule.places for rule in rules) for code in places]
    distinct = list(dict.fromkeys(keys))
    tables = tuple(_table(rules, applies, axes) for applies in distinct)
    if any((table < 0).any() for table in tables):
        raise InputError.one("no attendance rule covers every conversation; add one without conditions", arm.name)
    return Rulebook(
        rules=rules,
        bounds=axes.bounds,
        called_bounds=axes.called,
        tells_first=axes.tells_first,
        tables=tables,
        table_of_place=tuple(distinct.index(key) for key in keys),
        allows=tuple(ALLOWS[rule.rule] for rule in rules),
        cancels=tuple(rule.rule == "suspended" and rule.when_suspended == "cancel" for rule in rules),
        exception=_exceptions(arm, rules),
        take_up=_take_up(arm, rules),
    )


@dataclass(frozen=True)
class _Axes:
    """What parts the conversations of a type and group: the bounds of `Rulebook`."""

    span: Span
    bounds: tuple[int, ...]
    called: tuple[int, ...]
    tells_first: int


def _may_hold(rule: AttendanceRule, span: Span) -> bool:
    """Return whether a rule concerns a day of the span."""
    first, after = _held_days(rule, span)
    called = _called_days(rule, span)
    return first < after and called[0] < called[1]


def _held_days(rule: AttendanceRule, span: Span) -> tuple[int, int]:
    """Return first day and day after the last on which a conversation under the rule may be held."""
    held = rule.applies_by == "held"
    return _days((rule.from_, rule.to) if held else (rule.held_from, rule.held_to), span)


def _called_days(rule: AttendanceRule, span: Span) -> tuple[int, int]:
    """Return first day and day after the last on which a conversation under the rule may fall due."""
    called = rule.applies_by == "called"
    return _days((rule.from_ if called else None, rule.to if called else None), span)


def _called_edges(rule: AttendanceRule, span: Span) -> set[int]:
    return set(_called_days(rule, span)) - {0, span.days}


def _days(dates: tuple[date | None, date | None], span: Span) -> tuple[int, int]:
    first = dates[0].toordinal() - span.first if dates[0] else 0
    after = dates[1].toordinal() - span.first + 1 if dates[1] else span.days
    return min(max(first, 0), span.days), min(max(after, 0), span.days)


def _table(rules: tuple[AttendanceRule, ...], applies: tuple[bool, ...], axes: _Axes) -> Int16Array:
    types, groups = list(words()["types"]), list(words()["groups"])
    band_from, called_from = np.array([0, *axes.bounds]), np.array([0, *axes.called])
    shape = (len(types), len(groups), len(band_from), len(called_from) << axes.tells_first, axes.span.days)
    table, day = np.full(shape, -1, dtype=np.int16), np.arange(axes.span.days)
    order = ("first", "later") if axes.tells_first else ("all",)
    for index, rule in enumerate(rules):
        if not applies[index]:
            continue
        of_type = np.array([not rule.types or name in rule.types for name in types])
        of_group = np.array([not rule.groups or name in rule.groups for name in groups])
        of_band = _between(band_from, (rule.spell_from_days, rule.spell_to_days))
        of_called = _between(called_from, _called_days(rule, axes.span))
        of_order = np.array([rule.conversations in ("all", one) or one == "all" for one in order])
        of_occasion = (of_called[:, None] & of_order).ravel()
        of_day = _between(day, _held_days(rule, axes.span))
        table[np.ix_(of_type, of_group, of_band, of_occasion, of_day)] = index
    return table


def _between(numbers: npt.NDArray[np.int64], bounds: tuple[int, int | None]) -> npt.NDArray[np.bool_]:
    low, after = bounds
    return (numbers >= low) & (True if after is None else numbers < after)


def _exceptions(arm: Arm, rules: tuple[AttendanceRule, ...]) -> tuple[tuple[int, ...], ...]:
    shares = [
        arm.values[f"attendance.exception_share.{name}"] if any(occurs(arm, name, group) for group in words()["groups"])
        else 0.0
        for name in words()["types"]
    ]  # fmt: skip
    return tuple(
        tuple(threshold(share if rule.exception_share is None else rule.exception_share) for share in shares)
        for rule in rules
    )


def _take_up(arm: Arm, rules: tuple[AttendanceRule, ...]) -> npt.NDArray[np.int64]:
    scale, spread = arm.values["attendance.take_up_scale"], arm.values["attendance.office_spread"]
    types, groups = list(words()["types"]), list(words()["groups"])
    found = np.zeros((len(rules), len(types), len(groups)), dtype=np.int64)
    for column, type_name in enumerate(types):
        for depth, group in enumerate(groups):
            if not occurs(arm, type_name, group):
                continue
            key = f"attendance.take_up.{type_name}.{group}"
            share = arm.values[key]
            for row, rule in enumerate(rules):
                scaled = (share if rule.take_up is None else rule.take_up) * scale
                if scaled * (1 + spread) > 1:
                    raise InputError.one(
                        f"take-up {scaled:.3g} of {type_name}.{group} x (1 + office_spread {spread:g}) is above 1; "
                        "lower attendance.take_up, attendance.take_up_scale or attendance.office_spread",
                        arm.name,
                        key,
                    )
                found[row, column, depth] = threshold(scaled)
    return found
