"""The attendance rules of an arm as tables: for each day, type, group and spell length, what is allowed.

The last rule of the list that applies wins. Tables are made once for each set of places that share their rules.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from simulator.calendars.span import Span
from simulator.delivery.rules import CHOSEN, DIGITAL_ONLY, PHYSICAL_ONLY, SUSPENDED
from simulator.errors import InputError
from simulator.facts.read import words
from simulator.scenario import Arm
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
    """The rules of an arm over the days of a span.

    Attributes:
        rules: The rules, in order.
        bounds: Spell lengths [days] at which a rule begins or ends, ascending.
        tables: For each distinct set of rules by place: rule in force, shape (type, group, spell band, day).
        table_of_place: Which table a place uses.
        allows: What each rule lets happen.
        cancels: Whether a rule cancels what falls due under it.
        exception: Threshold of exceptions, shape (rule, type).
        take_up: Threshold of take-up before the office component, shape (rule, type, group).
    """

    rules: tuple[AttendanceRule, ...]
    bounds: tuple[int, ...]
    tables: tuple[Int16Array, ...]
    table_of_place: tuple[int, ...]
    allows: tuple[int, ...]
    cancels: tuple[bool, ...]
    exception: tuple[tuple[int, ...], ...]
    take_up: npt.NDArray[np.int64]

    @property
    def any_suspended(self) -> bool:
        """Whether some conversation may be suspended on some day."""
        return any(self.allows[rule] == SUSPENDED for table in self.tables for rule in np.unique(table))

    @property
    def suspends_by_spell(self) -> bool:
        """Whether on some day a type of a group is suspended for some lengths of spell and not for others."""
        suspended = np.array([allows == SUSPENDED for allows in self.allows])
        return any(bool((suspended[table] != suspended[table][:, :, :1]).any()) for table in self.tables)

    def rule_on(self, day: int, type_index: int, place: int) -> str:
        """Return the names of the rules in force for a type on a day, joined where they differ by group or spell."""
        in_force = np.unique(self.tables[self.table_of_place[place]][type_index, :, :, day])
        return " / ".join(self.rules[rule].name for rule in in_force)


def rulebook_of(arm: Arm, places: tuple[str, ...], span: Span) -> Rulebook:
    """Return the rules of an arm as tables.

    Raises:
        InputError: No rule covers some conversation, or a take-up times the scale lies above 1.
    """
    rules = arm.sections.attendance.rules
    ends = {rule.spell_from_days for rule in rules} | {rule.spell_to_days for rule in rules if rule.spell_to_days}
    bounds = tuple(sorted(ends - {0}))
    keys = [tuple(not rule.places or code in rule.places for rule in rules) for code in places]
    distinct = list(dict.fromkeys(keys))
    tables = tuple(_table(rules, applies, bounds, span) for applies in distinct)
    if any((table < 0).any() for table in tables):
        raise InputError.one("no attendance rule covers every conversation; add one without conditions", arm.name)
    return Rulebook(
        rules=rules,
        bounds=bounds,
        tables=tables,
        table_of_place=tuple(distinct.index(key) for key in keys),
        allows=tuple(ALLOWS[rule.rule] for rule in rules),
        cancels=tuple(rule.rule == "suspended" and rule.when_suspended == "cancel" for rule in rules),
        exception=_exceptions(arm, rules),
        take_up=_take_up(arm, rules),
    )


def _table(
    rules: tuple[AttendanceRule, ...], applies: tuple[bool, ...], bounds: tuple[int, ...], span: Span
) -> Int16Array:
    types, groups = list(words()["types"]), list(words()["groups"])
    table = np.full((len(types), len(groups), len(bounds) + 1, span.days), -1, dtype=np.int16)
    band_from = np.array([0, *bounds])
    for index, rule in enumerate(rules):
        if not applies[index]:
            continue
        first = max(rule.from_.toordinal() - span.first, 0) if rule.from_ else 0
        after = max(rule.to.toordinal() - span.first + 1, 0) if rule.to else span.days
        of_type = np.array([not rule.types or name in rule.types for name in types])
        of_group = np.array([not rule.groups or name in rule.groups for name in groups])
        of_band = band_from >= rule.spell_from_days
        if rule.spell_to_days is not None:
            of_band &= band_from < rule.spell_to_days
        of_day = np.zeros(span.days, dtype=bool)
        of_day[first:after] = True
        table[np.ix_(of_type, of_group, of_band, of_day)] = index
    return table


def _exceptions(arm: Arm, rules: tuple[AttendanceRule, ...]) -> tuple[tuple[int, ...], ...]:
    share = arm.values.under("attendance.exception_share")
    return tuple(
        tuple(
            threshold(share[name] if rule.exception_share is None else rule.exception_share)
            for name in words()["types"]
        )
        for rule in rules
    )


def _take_up(arm: Arm, rules: tuple[AttendanceRule, ...]) -> npt.NDArray[np.int64]:
    share = arm.values.under("attendance.take_up")
    scale, spread = arm.values["attendance.take_up_scale"], arm.values["attendance.office_spread"]
    found = np.zeros((len(rules), len(words()["types"]), len(words()["groups"])), dtype=np.int64)
    for row, rule in enumerate(rules):
        for column, type_name in enumerate(words()["types"]):
            for depth, group in enumerate(words()["groups"]):
                key = f"{type_name}.{group}"
                if key not in share:
                    continue
                scaled = (share[key] if rule.take_up is None else rule.take_up) * scale
                if scaled * (1 + spread) > 1:
                    raise InputError.one(
                        f"take-up {scaled:.3g} of {key} x (1 + office_spread {spread:g}) is above 1; "
                        "lower attendance.take_up, attendance.take_up_scale or attendance.office_spread",
                        arm.name,
                        f"attendance.take_up.{key}",
                    )
                found[row, column, depth] = threshold(scaled)
    return found
