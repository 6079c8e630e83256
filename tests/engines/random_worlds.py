"""Scenarios at random for the comparison of engines: those of the laws of whole runs, and what engines could part on.

Two or three small municipalities, a few weeks. The words of each draw are those of a scenario file.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from simulator.streams import philox
from tests.engines.worlds import FANOE
from tests.property.random_scenarios import (
    KINDS,
    SERIES_ENDS_IN_WEEKS,
    TYPES,
    attendance_rules,
    capacity_changes,
    closures,
    consistent,
    contact_changes,
    dates,
    infections,
    scenarios,
    triggers,
)

WEEKS = ["2021-W47", "2021-W49", "2021-W51", "2021-W52", "2022-W02", "2022-W04"]
PRIORITIES = st.dictionaries(st.sampled_from(TYPES), st.integers(-1, 2), max_size=5)
SHARE = st.sampled_from([0.3, 0.05, 0.6, 0.0, 1.0])
ORDERS = st.sampled_from(
    [
        [{"rule": "digital_only", "from": "2021-12-20", "to": "2022-01-09"}],
        [{"rule": "digital_only", "types": ["jobsamtale", "rehabiliteringsmoede"]}],
        [],
    ]
)
NO_SHOW = st.sampled_from([0.2, 0.5, 0.7, 0.9, 0.05, 0.0])
TRIES = st.sampled_from([3, 2, 4, 6, 1])
REBOOK_DAYS = st.sampled_from([7, 1, 3, 5, 13, 20])


LEVELS = (0.0, 90.0, 400.0, 1500.0)
"""Incidence of a made-up week; those of the shipped series on the simulated days go from 200 to 5,000."""
BEFORE, WEEKS_OF_A_SERIES = date(2021, 10, 18), 25
"""First day of a made-up series, and the weeks that reach over every run-on."""
FILE = "made_up.csv"
NOT_OF_A_TRIGGER = (
    "applies_by",
    "held_from",
    "held_to",
    "from",
    "to",
    "spell_from_days",
    "spell_to_days",
    "conversations",
)
"""Left out of a rule that is drawn with a trigger, so that it concerns somebody on the days of the trigger."""
ONES = [{}, {}, {"conversations": "first"}, {"conversations": "later"}]
CALLED_ON = [{}, {}, {"applies_by": "called", "from": "2021-12-06"}, {"applies_by": "called", "to": "2021-12-28"}]


@dataclass(frozen=True)
class Asked:
    """A scenario, the series of incidence beside its file, and which replications of which seed are asked for."""

    content: dict[str, Any]
    series: str
    seed: int
    numbers: range


def made_up_series(places: list[str], wave: int) -> str:
    """Return a series by municipality that changes from week to week, as a CSV file."""
    rows = ["date,municipality_code,per_100k"]
    for code in places:
        for week in range(WEEKS_OF_A_SERIES):
            level = LEVELS[philox((wave, int(code), week, 0), (0, 0))[0] % len(LEVELS)]
            days = (BEFORE + timedelta(days=7 * week + day) for day in range(7))
            rows += [f"{day.isoformat()},{code},{level + week}" for day in days]
    return "\n".join([*rows, ""])


@st.composite
def digital_rules(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a rule under which somebody chooses, or nobody attends, for some conversations."""
    kind = draw(st.sampled_from(["digital_only", "digital_only", "citizen_chooses", "office_chooses"]))
    rule = draw(attendance_rules()) | {"rule": kind}
    rule.pop("when_suspended", None)
    if draw(st.booleans()):
        rule |= {"types": [], "groups": [], "places": []}
    rule |= draw(st.sampled_from(ONES))
    if draw(st.booleans()):
        rule = {key: said for key, said in rule.items() if key not in ("from", "to")}
        rule |= draw(st.sampled_from(CALLED_ON))
    return rule if kind == "digital_only" else rule | {"take_up": draw(st.sampled_from([0.45, 0.2, 0.0]))}


@st.composite
def called_rules(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a rule for all who are called to a conversation on some days, whenever it is held."""
    kind = draw(st.sampled_from(["digital_only", "physical_only"]))
    days = draw(
        st.sampled_from([{"from": "2021-12-29"}, {"to": "2021-12-28"}, {"from": "2021-12-22", "to": "2022-01-04"}])
    )
    return {"rule": kind, "exception_share": 0, "applies_by": "called", **days}


@st.composite
def suspensions(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a suspension that falls into the days of the run: of everything, or for some lengths of spell."""
    start = date(2021, 11, 15) + timedelta(days=draw(st.integers(0, 60)))
    end = start + timedelta(days=draw(st.sampled_from([3, 10, 25, 50])))
    spells = st.sampled_from([{"spell_from_days": 91}, {"spell_to_days": 182}, {}, {"spell_from_days": 28}])
    return {
        "rule": "suspended",
        "from": start.isoformat(),
        "to": end.isoformat(),
        "when_suspended": draw(st.sampled_from(["cancel", "wait"])),
        **draw(spells),
    }


@st.composite
def closings(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a closure of one kind of office."""
    return draw(closures()) | {"office_kinds": [draw(st.sampled_from(KINDS))]}


@st.composite
def slow_days(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a shortage of minutes at an open number of offices."""
    return {"scale": draw(st.sampled_from([0.1, 0.4, 0.7])), **draw(dates())}


CALLED = st.one_of(st.just([]), st.just([]), st.lists(called_rules(), min_size=1, max_size=1))


@st.composite
def arms(draw: st.DrawFn) -> dict[str, Any]:
    """Draw what an arm says: rules of all kinds, closures, contact and minutes of its own."""
    rule = st.one_of(suspensions(), digital_rules(), attendance_rules())
    own = {"no_show": NO_SHOW, "tries": TRIES, "rebook_days": REBOOK_DAYS, "priority": PRIORITIES}
    delivery = {name: draw(own[name]) for name in draw(st.lists(st.sampled_from(sorted(own)), max_size=2, unique=True))}
    return {
        "attendance": {"rules": consistent([*draw(st.lists(rule, min_size=1, max_size=3)), *draw(CALLED)])},
        "closures": {"periods": draw(st.lists(st.one_of(closures(), closings()), max_size=2))},
        "demand": {"contact_changes": draw(st.lists(contact_changes(), max_size=1))},
        "delivery": {**delivery, "capacity": draw(st.lists(st.one_of(slow_days(), capacity_changes()), max_size=1))},
    }


@st.composite
def asked(draw: st.DrawFn) -> Asked:
    """Draw a scenario, a seed and one to three replications that need not begin at the first."""
    content = draw(scenarios())
    for entry in (*content["closures"]["periods"], *content["delivery"]["capacity"]):
        if not {"from", "to"} <= entry.keys():
            entry["office_kinds"] = [draw(st.sampled_from(KINDS))]  # not all offices are closed on all days
    content["places"] = [*content["places"], *draw(st.sampled_from([[], [FANOE]]))]
    # Days of the spell at which a person is owed two conversations of one office on one day.
    second = draw(st.sampled_from([14, 80, 20]))
    content["demand"]["due_spell_day"] = {"raadighedssamtale": {"dagpenge": {"first": second}}}
    content["calendar"] = {"closure_weeks": draw(st.lists(st.sampled_from(WEEKS), max_size=3, unique=True))}
    content["closures"]["carry_share"] = draw(SHARE)
    content["attendance"]["rules"] = consistent([*content["attendance"]["rules"], *draw(ORDERS)])
    content["attendance"] |= {
        "take_up_scale": draw(st.sampled_from([1.0, 1.6, 0.7])),
        "office_spread": draw(st.sampled_from([0.3, 0.1, 0.0])),
        "exception_share": draw(SHARE),
        "voluntary_contact_share": draw(SHARE),
    }
    content["delivery"] |= {
        "no_show": draw(NO_SHOW),
        "tries": draw(TRIES),
        "rebook_days": draw(REBOOK_DAYS),
        "priority": draw(PRIORITIES),
        "warm_up_weeks": draw(st.integers(4, 6)),
        "run_on_weeks": {"least": 4, "most": draw(st.sampled_from([4, 6, 10]))},
    }
    content["baseline"], content["proposal"] = draw(arms()), draw(arms())
    series = draw(outbreaks(content))
    first = draw(st.sampled_from([0, 0, 1, 7]))
    numbers = range(first, first + draw(st.integers(1, 3)))
    return Asked(content, series, draw(st.sampled_from([0, 1, 2, 2**32 - 1])), numbers)


LINKS = st.sampled_from([["illness"], ["illness", "take_up"], ["worth", "illness", "take_up"], ["take_up"]])
PERSONAL = {"rule": "physical_only", "types": ["jobsamtale", "opfoelgning"], "exception_share": 0.1}
IN_PERSON = st.sampled_from([[PERSONAL], [PERSONAL], []])
"""Meetings that only illness keeps from being held in person."""


@st.composite
def outbreaks(draw: st.DrawFn, content: dict[str, Any]) -> str:
    """Draw an infection into a scenario, or none: the shipped series, or one of its own, which is returned."""
    kind = draw(st.sampled_from(["own", "shipped", "own", "none"]))
    if kind == "none":
        content.pop("infection", None)
        for block in (content, content["baseline"], content["proposal"]):
            for rule in block["attendance"]["rules"]:
                rule.pop("trigger", None)
        return ""
    content["infection"] = draw(infections()) | {"links": draw(LINKS)}
    run_on = content["delivery"]["run_on_weeks"]
    for arm in draw(st.sampled_from([["proposal"], ["baseline"], ["baseline", "proposal"]])):
        rule = draw(digital_rules()) | {"types": [], "groups": [], "places": []}
        rule = {key: said for key, said in rule.items() if key not in NOT_OF_A_TRIGGER}
        content[arm]["attendance"]["rules"] += [rule | {"trigger": draw(triggers())}, *draw(IN_PERSON)]
    if kind == "shipped":
        run_on["most"] = min(run_on["most"], SERIES_ENDS_IN_WEEKS)
        return ""
    content["infection"]["series"] = FILE
    return made_up_series(content["places"], draw(st.integers(0, 999)))
