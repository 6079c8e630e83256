"""Turns a rule that hangs on the incidence into plain dated rules, area by area."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from simulator.facts.read import Cell, number, table
from simulator.infection.series import FloatArray, Incidence, check_covers, weighted_mean
from simulator.infection.trigger import Switch, switches
from simulator.scenario.schema import AttendanceRule

COUNTRY = "Danmark"
MOST_NAMED = 3
"""Areas that the name of a rule names; of more only the number is told."""


@dataclass(frozen=True)
class Decision:
    """One time in which a rule is in force in one area, and why.

    Attributes:
        rule: Name of the rule that has the trigger.
        area: The municipality, the region or the country.
        decided: Day on which it was decided.
        from_: First day in force.
        to: Last day in force, or the last day judged.
        ends_decided: Day on which its end was decided; None where it never was.
        why: The numbers that decided.
    """

    rule: str
    area: str
    decided: date
    from_: date
    to: date
    ends_decided: date | None
    why: str


@dataclass(frozen=True, eq=False)
class Area:
    """A municipality, a region or the country with its own incidence.

    Attributes:
        label: What it is called.
        places: Municipality codes.
        x: Incidence [cases per 100,000 inhabitants in seven days], shape (day,).
    """

    label: str
    places: tuple[str, ...]
    x: FloatArray


def decided_rules(
    rule: AttendanceRule, incidence: Incidence, span_first: int, span_last: int
) -> tuple[list[AttendanceRule], list[Decision]]:
    """Return the plain rules that a rule with a trigger becomes, and each decision.

    Areas in which the rule is in force on the same days share one plain rule. A municipality without a series has no
    incidence and no rule: `read_incidence` is told which must have one. A rule without a trigger comes back as it is.

    Args:
        rule: Its `from` and `to` bound the days that are judged; where left out, the span does.
        incidence: The series.
        span_first: Ordinal of the first day of the span.
        span_last: Ordinal of the last day of the span, after which nothing is judged.

    Returns:
        Rules and decisions, both in order of their first day and then of their area.

    Raises:
        InputError: If the series does not have the days that are judged.
    """
    if rule.trigger is None:
        return [rule], []
    first = span_first if rule.from_ is None else rule.from_.toordinal()
    last = span_last if rule.to is None else min(rule.to.toordinal(), span_last)
    if last < max(first, span_first):
        return [], []
    check_covers(incidence, first, last, "scenario")
    found = [
        (switch, area)
        for area in areas_of(rule, incidence)
        for switch in switches(rule.trigger, area.x, incidence.first, first, last)
    ]
    found.sort(key=lambda one: one[0].from_)
    by_days: dict[tuple[int, int], list[Area]] = {}
    for switch, area in found:
        by_days.setdefault((switch.from_, switch.to), []).append(area)
    plain = [_plain(rule, days, areas) for days, areas in by_days.items()]
    return plain, [_decision(rule, switch, area) for switch, area in found]


def areas_of(rule: AttendanceRule, incidence: Incidence) -> list[Area]:
    """Return the areas in which a rule is decided by itself, in the order of the municipalities.

    A region's incidence is that of all its municipalities in the series, whichever of them the rule is for.
    """
    assert rule.trigger is not None
    rows = [row for row in table("municipalities") if row["municipality_code"] in incidence.places]
    region = {str(row["municipality_code"]): str(row["region"]) for row in rows}
    concerned = tuple(code for code in region if not rule.places or code in rule.places)
    match rule.trigger.area:
        case "municipality":
            labels = {str(row["municipality_code"]): str(row["name"]) for row in rows}
            series = incidence.of(concerned).per_100k
            return [Area(labels[code], (code,), x) for code, x in zip(concerned, series, strict=True)]
        case "region":
            by_region = {name: tuple(code for code in concerned if region[code] == name) for name in region.values()}
            return [
                Area(f"Region {name}", codes, _of(name, rows, incidence)) for name, codes in by_region.items() if codes
            ]
        case "country":
            return [Area(COUNTRY, rule.places, incidence.national)]


def _of(region: str, rows: Sequence[Mapping[str, Cell]], incidence: Incidence) -> FloatArray:
    inside = [row for row in rows if row["region"] == region]
    people = np.array([number(row["population_2021_12"]) for row in inside])
    codes = tuple(str(row["municipality_code"]) for row in inside)
    return weighted_mean(incidence.of(codes).per_100k, people)


def _plain(rule: AttendanceRule, days: tuple[int, int], areas: list[Area]) -> AttendanceRule:
    first, last = (date.fromordinal(day) for day in days)
    named = ", ".join(area.label for area in areas[:MOST_NAMED])
    more = f" and {len(areas) - MOST_NAMED} more" if len(areas) > MOST_NAMED else ""
    return rule.model_copy(
        update={
            "name": f"{rule.name or rule.rule} ({named}{more}, from {first})",
            "from_": first,
            "to": last,
            "trigger": None,
            "places": tuple(code for area in areas for code in area.places),
        }
    )


def _decision(rule: AttendanceRule, switch: Switch, area: Area) -> Decision:
    return Decision(
        rule=rule.name or rule.rule,
        area=area.label,
        decided=date.fromordinal(switch.decided),
        from_=date.fromordinal(switch.from_),
        to=date.fromordinal(switch.to),
        ends_decided=None if switch.ends_decided is None else date.fromordinal(switch.ends_decided),
        why=switch.why,
    )
