"""Scenarios drawn at random over two small places: everything that a rule can say, also what nobody would."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from simulator.facts.read import words
from simulator.scenario.crossing import SCOPE, WHEN
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


LAWS = st.sampled_from([*["in-force"] * 5, "law-2021", "law-2022", "law-2023"])
NAMED_ORDERS = st.lists(
    st.sampled_from(["digital-option-december-2021", "team-meetings-2020", "lockdown-december-2020"]),
    max_size=2,
    unique=True,
)
"""Two that hold on simulated days, and one of the winter before."""
ASKED_AT = st.sampled_from(
    [
        *[{}] * 7,
        {"applies_by": "called"},
        {"applies_by": "called", "held_from": "2021-12-01", "held_to": "2022-01-14"},
        {"conversations": "first"},
        {"conversations": "later"},
        {"conversations": "later", "applies_by": "called"},
    ]
)
"""What a rule asks of the day of calling, and of what came before in the spell."""
SERIES, SERIES_ENDS_IN_WEEKS = "ssi-weekly", 6
"""The shipped series, which ends on 27 February 2022, and the weeks after the period of which it has all days."""


@st.composite
def triggers(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a trigger at an incidence that is reached on all days, on some or on none."""
    at_least = draw(st.sampled_from([600, 1200, 2500, 100, 300, 20_000]))
    found: dict[str, Any] = {"at_least_per_100k": at_least, "area": draw(AREA)}
    if draw(st.booleans()):
        found["below_per_100k"] = at_least * draw(st.sampled_from([0.5, 0.8]))
    for key, days in (
        ("days_at_least", [1, 3]),
        ("days_below", [7, 2]),
        ("review_days", [1, 7]),
        ("delay_days", [1, 0]),
    ):
        found[key] = draw(st.sampled_from(days))
    return found


AREA = st.sampled_from(["municipality", "municipality", "region", "country"])


@st.composite
def infections(draw: st.DrawFn) -> dict[str, Any]:
    """Draw which links are on, with illness that cannot be overlooked."""
    links = draw(st.lists(st.sampled_from(["take_up", "illness", "worth"]), max_size=3, unique=True))
    found = draw(st.sampled_from([0.05, 0.2]))
    return {
        "series": SERIES,
        "links": draw(st.sampled_from([links, ["illness", "take_up"]])),
        "kr_per_infection": draw(st.sampled_from([None, 5000])),
        "illness": {"found_share": found, "called_off_share": draw(st.sampled_from([0.4, 0.7, 0.0, 1.0]))},
    }


def consistent(rules: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the rules without those that say something else of the same conversations, which nobody may write."""
    kept: dict[str, dict[str, Any]] = {}
    for rule in rules:
        scope = [sorted(rule.get(key) or ()) for key in SCOPE], [rule.get(key) for key in WHEN], rule.get("trigger")
        kept.setdefault(repr(scope), rule)
    return list(kept.values())


@st.composite
def attendance_rules(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a rule; half of them suspend."""
    kind = draw(
        st.sampled_from(["suspended", "suspended", "suspended", "digital_only", "office_chooses", "physical_only"])
    )
    rule = {"rule": kind, "types": draw(some(TYPES)), "groups": draw(some(GROUPS)), "places": draw(PLACE)}
    rule |= draw(dates()) | draw(SPELL) | draw(ASKED_AT)
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
        "attendance": {
            "orders": draw(NAMED_ORDERS),
            "rules": consistent(draw(st.lists(attendance_rules(), max_size=2))),
        },
        "closures": {"periods": draw(st.lists(closures(), max_size=1))},
        "demand": {"contact_changes": draw(st.lists(contact_changes(), max_size=1))},
        "delivery": {"capacity": draw(st.lists(capacity_changes(), max_size=1))},
        "law": draw(LAWS),
    }


@st.composite
def scenarios(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a whole scenario; both arms share the first block, whose days may lie outside the period too."""
    shared = draw(blocks())
    shorter = draw(st.integers(0, 6))
    content = {
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
        "law": shared["law"],
        "baseline": draw(blocks()),
        "proposal": draw(blocks()),
    }
    return draw(infected(content)) if draw(st.integers(0, 2)) == 1 else content


@st.composite
def infected(draw: st.DrawFn, content: dict[str, Any]) -> dict[str, Any]:
    """Draw an infection, and a trigger on the last rule of a block, or none."""
    for block in (content, content["baseline"], content["proposal"]):
        rules = block["attendance"]["rules"]
        if rules and draw(st.booleans()):
            rules[-1]["trigger"] = draw(triggers())
    run_on = {"run_on_weeks": {"least": 4, "most": SERIES_ENDS_IN_WEEKS}}
    return content | {"infection": draw(infections()), "delivery": content["delivery"] | run_on}
