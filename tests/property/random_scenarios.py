"""Scenarios drawn at random over two small places: everything that a rule can say, also what nobody would."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from simulator.facts.read import words
from tests.property.scenes import LAESOE, SAMSOE

FIRST, LAST = date(2021, 12, 19), date(2022, 1, 16)
TYPES, GROUPS = list(words()["types"]), list(words()["groups"])
KINDS = list(words()["office_kinds"])


def some(of: list[str]) -> st.SearchStrategy[list[str]]:
    """Return a strategy of some of the words; none means all of them."""
    return st.lists(st.sampled_from(of), max_size=2, unique=True)


@st.composite
def dates(draw: st.DrawFn) -> dict[str, str]:
    """Draw the days of a change: around the period, from one day to ten weeks, or open at an end."""
    start = FIRST + timedelta(days=draw(st.integers(-35, 35)))
    end = start + timedelta(days=draw(st.integers(0, 70)))
    named = {"from": start.isoformat(), "to": end.isoformat()}
    return {end: named[end] for end in draw(st.sampled_from([("from", "to"), ("from", "to"), ("from",), ("to",), ()]))}


PLACE = st.sampled_from([[], [], [SAMSOE], [LAESOE]])
SHARE = st.sampled_from([0.0, 0.1, 0.5, 1.0])
SPELL = st.sampled_from(
    [{}, {}, {"spell_from_days": 182}, {"spell_to_days": 182}, {"spell_from_days": 28, "spell_to_days": 364}]
)


@st.composite
def attendance_rules(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a rule; half of them suspend."""
    kind = draw(
        st.sampled_from(["suspended", "suspended", "suspended", "digital_only", "office_chooses", "physical_only"])
    )
    rule = {"rule": kind, "types": draw(some(TYPES)), "groups": draw(some(GROUPS)), "places": draw(PLACE)}
    rule |= draw(dates()) | draw(SPELL)
    if kind == "suspended":
        rule["when_suspended"] = draw(st.sampled_from(["wait", "cancel"]))
    elif draw(st.booleans()):
        rule["exception_share"] = draw(SHARE)
    return rule


@st.composite
def closures(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a closure, planned or not."""
    return {"planned": draw(st.booleans()), "office_kinds": draw(some(KINDS)), "places": draw(PLACE), **draw(dates())}


@st.composite
def contact_changes(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a change of the contact rule; a yearly number only for types that have a rate."""
    change: dict[str, Any] = {"types": draw(some(TYPES)), "groups": draw(some(GROUPS)), **draw(dates()), **draw(SPELL)}
    change["scale"] = draw(st.sampled_from([0.0, 0.5, 1.5]))
    if draw(st.booleans()):
        change["types"] = ["jobsamtale", "opfoelgning"]
        change["conversations_per_year"] = draw(st.sampled_from([0.0, 4.0, 26.0, 100.0]))
    return change


@st.composite
def capacity_changes(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a factor on the minutes of some offices."""
    scale = draw(st.sampled_from([0.0, 0.3, 0.95, 2.0]))
    return {"scale": scale, "office_kinds": draw(some(KINDS)), "places": draw(PLACE), **draw(dates())}


@st.composite
def blocks(draw: st.DrawFn) -> dict[str, Any]:
    """Draw what an arm says."""
    return {
        "attendance": {"rules": draw(st.lists(attendance_rules(), max_size=2))},
        "closures": {"periods": draw(st.lists(closures(), max_size=1))},
        "demand": {"contact_changes": draw(st.lists(contact_changes(), max_size=1))},
        "delivery": {"capacity": draw(st.lists(capacity_changes(), max_size=1))},
    }


@st.composite
def scenarios(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a whole scenario; both arms share the first block, whose days may lie outside the period too."""
    shared = draw(blocks())
    shorter = draw(st.integers(0, 6))
    return {
        "period": {"from": (FIRST + timedelta(shorter)).isoformat(), "to": (LAST - timedelta(shorter)).isoformat()},
        "places": [SAMSOE, LAESOE],
        "calendar": {"closure_weeks": draw(st.sampled_from([[], ["2021-W51", "2021-W52"]]))},
        "closures": {"carry_share": draw(st.sampled_from([0.0, 0.4, 1.0])), **shared["closures"]},
        "demand": {
            **shared["demand"],
            "contact_rule": draw(st.sampled_from(["observed", "statutory"])),
            "stock_series": draw(st.sampled_from(["adjusted", "unadjusted", "constant"])),
        },
        "attendance": {
            **shared["attendance"],
            "take_up_scale": draw(st.sampled_from([0.0, 0.7, 1.0, 1.6])),
            "exception_share": draw(SHARE),
            "video_share": draw(SHARE),
            "voluntary_contact_share": draw(SHARE),
        },
        "delivery": {
            **shared["delivery"],
            "utilisation": draw(st.sampled_from([0.7, 0.85, 1.0, 1.3, 1.6])),
            "no_show": draw(st.sampled_from([0.0, 0.08, 0.5, 0.9])),
            "no_show_digital_ratio": draw(st.sampled_from([0.0, 0.6, 1.0])),
            "tries": draw(st.integers(1, 5)),
            "rebook_days": draw(st.integers(1, 14)),
            "physical_minutes": draw(st.sampled_from([20, 80, 105])),
            "digital_saves_minutes": draw(st.sampled_from([0, 15, 30])),
            "priority": draw(st.dictionaries(st.sampled_from(TYPES), st.integers(0, 3), max_size=3)),
        },
        "saldo": {"concept": draw(st.sampled_from(["note", "employment"])), "caseworker_time_realised": "full"},
        "baseline": draw(blocks()),
        "proposal": draw(blocks()),
    }
