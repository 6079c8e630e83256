"""The control's figures and their factors: each figure is the product of its factors, for every type and group."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from simulator.control.chain import Sums

MINUTES_AN_HOUR = 60
Pair = tuple[str, str]


@dataclass(frozen=True)
class Factor:
    """One factor of one figure; a row of `tables/control.csv`.

    Attributes:
        quantity: Figure that it belongs to.
        type: Conversation type; empty for the whole.
        group: Target group; empty for the whole.
        order: Place in the chain, from 1.
        factor: Name of the factor.
        value: The factor [unit]; NaN where a factor before it is 0.
        unit: Unit.
        key: Key of the value it comes from; empty where it is counted or worked out.
    """

    quantity: str
    type: str
    group: str
    order: int
    factor: str
    value: float
    unit: str
    key: str


_DUE: tuple[tuple[str, str, str], ...] = (
    ("persons", "persons", "demand.stock"),
    ("conversations_per_person_week", "per week", "demand.contact"),
    ("meeting_weeks", "weeks", "calendar.closure_weeks"),
    ("carried_through_closures", "factor", "closures.carry_share"),
)
_CONVERTED = (
    *_DUE,
    ("share_not_excepted", "share", "attendance.exception_share"),
    ("share_without_own_choice", "share", "attendance.rules"),
    ("share_choosing_digital", "share", "attendance.take_up"),
    ("take_up_scale", "factor", "attendance.take_up_scale"),
    ("share_held_so_in_the_end", "factor", "delivery.no_show"),
)
_WEEKS = (
    *_CONVERTED,
    ("weeks_of_employment_per_conversation", "weeks", "effects.params.weeks_per_conversation"),
    ("share_of_effect_lost", "share", "effects.params.relative_effect"),
)
_KR = (*_WEEKS, ("kr_per_week_of_employment", "kr per week", "saldo.value_per_person_year_kr"))
_REVERSE = (
    *_DUE,
    ("share_returning_to_physical", "share", "attendance.rules"),
    ("share_held_so_in_the_end", "factor", "delivery.no_show"),
    *_WEEKS[len(_CONVERTED) :],
    _KR[-1],
)
_BASELINE = (
    *_DUE,
    ("share_held_within_the_tries", "share", "delivery.no_show"),
    ("weeks_of_employment_per_conversation", "weeks", "effects.params.weeks_per_conversation"),
)
FACTORS = {
    "due": _DUE,
    "baseline_weeks": _BASELINE,
    "converted": _CONVERTED,
    "converted_weeks": _WEEKS,
    "converted_kr": _KR,
    "reverse_kr": _REVERSE,
}
"""Factors (name, unit, key) of each figure; losses carry their minus in the last."""


@dataclass(frozen=True)
class Kroner:
    """Kroner of the sums of a type and group, or of the whole: the weeks of each group at its own value of a week.

    Attributes:
        form: Of conversations that become digital [kr], minus is a loss.
        reverse: Of conversations that return to physical form [kr].
        saved: Of conversations held in the proposal alone [kr].
        lost: Of conversations held in the baseline alone [kr].
    """

    form: float
    reverse: float
    saved: float
    lost: float


def kroner_of(found: dict[Pair, Sums], week_kr: Mapping[str, float]) -> Kroner:
    """Return the kroner of types and groups.

    Args:
        found: Sums by type and group.
        week_kr: Value of a week of employment by group [kr].
    """

    def of(name: str) -> float:
        return sum(float(getattr(sums, f"{name}_weeks")) * week_kr[group] for (_, group), sums in found.items())

    return Kroner(of("form"), of("reverse"), of("saved"), of("lost"))


def _partial_products(quantity: str, sums: Sums, kr: Kroner) -> list[float]:
    """Return the running product after each factor of a chain."""
    a_week = sums.uncarried / sums.meeting_weeks if sums.meeting_weeks else 0.0
    due = [sums.persons, a_week, sums.uncarried, sums.due]
    if quantity == "baseline_weeks":
        return [*due, sums.held, sums.baseline_weeks]
    if quantity == "reverse_kr":
        weeks = sums.reverse_weeks
        return [*due, sums.returning, sums.returned, sums.won_at_all, weeks, kr.reverse]
    return [
        *due,
        sums.kept,
        sums.free,
        sums.chosen,
        sums.scaled,
        sums.converted,
        sums.lost_at_all,
        -sums.form_weeks,
        -kr.form,
    ]


def factors_of(quantity: str, pair: Pair, sums: Sums, kr: Kroner) -> list[Factor]:
    """Return the factors of one figure for a type and group (or for the whole)."""
    running, rows, before = _partial_products(quantity, sums, kr), [], 1.0
    steps = FACTORS[quantity]
    for order, (name, unit, key) in enumerate(steps, start=1):
        value = running[order - 1] / before if before else math.nan
        if order == len(steps) and quantity in ("converted_weeks", "converted_kr"):
            value = 0.0 - value
        rows.append(Factor(quantity, *pair, order, name, value + 0.0, unit, _key(key, pair)))
        before = running[order - 1]
    return rows


def _key(key: str, pair: Pair) -> str:
    type_name, group = pair
    if not type_name:
        return key
    if key in ("attendance.exception_share",):
        return f"{key}.{type_name}"
    if key in ("attendance.take_up", "delivery.no_show", "effects.params.weeks_per_conversation"):
        return f"{key}.{type_name}.{group}"
    return f"{key}.{group}" if key == "demand.stock" else key


def whole(found: dict[Pair, Sums]) -> Sums:
    """Return the sums of all types and groups; persons count each group once, weeks are weighted by what is due."""
    total = Sums()
    for sums in found.values():
        total.add(sums)
    total.persons = sum(max(s.persons for (_, g), s in found.items() if g == group) for group in _groups(found))
    ticks = sum(sums.uncarried / sums.meeting_weeks for sums in found.values() if sums.meeting_weeks)
    total.meeting_weeks = total.uncarried / ticks if ticks else 0.0
    return total


def _groups(found: Iterable[Pair]) -> list[str]:
    return list(dict.fromkeys(group for _, group in found))


def by_type(found: dict[Pair, Sums]) -> dict[str, Sums]:
    """Return the sums of each type over its groups."""
    totals: dict[str, Sums] = {}
    for (type_name, _), sums in found.items():
        totals.setdefault(type_name, Sums()).add(sums)
    return totals


def hours_of(found: dict[Pair, Sums], types: set[str]) -> float:
    """Return the caseworker hours saved on some types; minus is more work."""
    return sum(sums.minutes for (type_name, _), sums in found.items() if type_name in types) / MINUTES_AN_HOUR


def no_show_hours_of(found: dict[Pair, Sums], types: set[str]) -> float:
    """Return the caseworker hours not spent on missed appointments of some types; minus is more of them."""
    missed = (sums.missed_minutes for (type_name, _), sums in found.items() if type_name in types)
    return sum(missed) / MINUTES_AN_HOUR
