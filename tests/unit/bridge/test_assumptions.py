"""What was changed is told as a user names it: a table that one number sets is one row, as are period and rules."""

from __future__ import annotations

from dataclasses import replace

import pytest

from simulator.bridge.assumptions import LONGEST, Assumption, Said, assumptions_of, exchanged_keys
from simulator.bridge.blocks import BLOCKS, pieces
from tests.unit.bridge.made_up_ends import BOTTOM_UP, PUBLISHED, end

TABLE, OF_TYPE = "effects.params.relative_effect", "effects.params.relative_effect.jobsamtale"
RULE = "{name: all digital, rule: digital_only, from: 2021-12-19, to: %s}"


def rows(old: tuple[str, ...], new: tuple[str, ...], name: str = PUBLISHED) -> dict[str, Assumption]:
    return {one.key: one for one in assumptions_of(end(name, *old), end(name, *new))}


def told(old: tuple[str, ...], new: tuple[str, ...], name: str = PUBLISHED) -> dict[str, tuple[Said, Said]]:
    return {key: (one.before, one.after) for key, one in rows(old, new, name).items()}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ((), (f"{TABLE}=0.5",), {TABLE: (0.0, 0.5)}),
        ((), (f"{OF_TYPE}=0.5",), {OF_TYPE: (0.0, 0.5)}),
        ((), (f"{OF_TYPE}.phone=0.5",), {f"{OF_TYPE}.phone": (0.0, 0.5)}),
        ((f"{OF_TYPE}=0.5",), (), {OF_TYPE: (0.5, 0.0)}),
        ((f"{TABLE}=0.5", f"{OF_TYPE}=0.6"), (f"{TABLE}=0.6",), {TABLE: ("0.5–0.6", 0.6)}),
        (
            (f"{TABLE}=0.5", f"{OF_TYPE}=0.8"),
            (f"{TABLE}=0.6", f"{OF_TYPE}=0.9"),
            {TABLE: (0.5, 0.6), OF_TYPE: (0.8, 0.9)},
        ),
        ((f"{TABLE}=0.5", f"{OF_TYPE}=0.8"), (f"{TABLE}=0.5",), {OF_TYPE: (0.8, 0.5)}),
        ((f"{TABLE}=0.5",), (f"{TABLE}=0.5", f"{OF_TYPE}=0.5"), {}),
    ],
)
def test_a_table_is_one_row_where_one_number_sets_it_anew(
    old: tuple[str, ...], new: tuple[str, ...], expected: dict[str, tuple[Said, Said]]
) -> None:
    assert told(old, new) == expected


def test_a_table_that_goes_back_to_numbers_of_its_own_is_one_row() -> None:
    assert told((f"{TABLE}=0.9",), (), BOTTOM_UP) == {TABLE: (0.9, "0.5–0.75")}


def test_what_an_arm_says_for_itself_stands_against_what_both_say() -> None:
    assert told((), ("proposal.attendance.video_share=0.9",)) == {"proposal.attendance.video_share": (0.02, 0.9)}
    scale = "attendance.take_up_scale"
    found = told((f"proposal.{scale}=0.7",), (f"{scale}=0.9",))
    assert found == {scale: (0.873, 0.9), f"proposal.{scale}": (0.7, 0.9)}
    closed = told((), ("proposal.calendar.closure_weeks=[]",))
    assert closed == {"proposal.calendar.closure_weeks": ("2021-W51, 2021-W52", None)}


@pytest.mark.parametrize(
    ("setting", "key", "before", "after"),
    [
        ("calendar.closure_weeks=[2021-W52]", "calendar.closure_weeks", "2021-W51, 2021-W52", "2021-W52"),
        ("law=law-2022", "law", "in-force", "law-2022"),
        ("delivery.run_on_weeks.least=6", "delivery.run_on_weeks.least", 4.0, 6.0),
        ("demand.contact_rule=statutory", "demand.contact_rule", "observed", "statutory"),
        ("attendance.law=false", "attendance.law", "true", "false"),
    ],
)
def test_a_setting_of_both_arms_is_one_row(setting: str, key: str, before: Said, after: Said) -> None:
    assert told((), (setting,)) == {key: (before, after)}
    assert told((setting,), ()) == {key: (after, before)}


def test_a_confidential_number_is_not_told() -> None:
    old, new = end(PUBLISHED), end(PUBLISHED, "effects.params.scale=0.5")
    secret = {**new.pieces["effects.params.scale"], "confidential": True}
    new = replace(new, pieces={**new.pieces, "effects.params.scale": secret})
    assert [(one.before, one.after) for one in assumptions_of(old, new)] == [(0.2556, None)]


def test_the_period_is_one_row() -> None:
    found = rows((), ("period.from=2021-12-12", "period.to=2022-01-23"))
    assert list(found) == ["period"]
    assert found["period"].keys == ("period.from", "period.to")
    assert (found["period"].before, found["period"].after) == ("2021-12-19/2022-01-16", "2021-12-12/2022-01-23")


def test_the_rules_of_an_arm_are_one_row() -> None:
    found = rows((), ("law=law-2023", f"proposal.attendance.rules=[{RULE % '2022-01-16'}]", "proposal.law=law-2022"))
    assert list(found) == ["law", "proposal.attendance.rules, proposal.law"]
    assert found["law"].before == "in-force"
    assert found["proposal.attendance.rules, proposal.law"].after == "all digital; law-2022"


def test_rules_of_the_same_names_are_told_by_what_differs() -> None:
    old, new = (f"proposal.attendance.rules=[{RULE % day}]" for day in ("2022-01-16", "2022-01-30"))
    found = told((old,), (new,))
    assert found["proposal.attendance.rules"] == ("all digital: to 2022-01-16", "all digital: to 2022-01-30")


def test_places_are_told_by_their_names_and_of_many_the_first() -> None:
    assert told((), ("places=[Samsø, Ærø]",)) == {"places": (None, "Samsø, Ærø")}
    assert told(("places=[Samsø, Ærø]",), ("places=[Ærø, Samsø]",)) == {}
    many = told((), ("places=[Samsø, Ærø, Fanø, Odense, Aarhus]",))["places"][1]
    assert isinstance(many, str) and many.endswith("… (5)")


def test_texts_are_short() -> None:
    rules = ", ".join("{name: %s, rule: digital_only}" % (letter * 60) for letter in "ab")
    after = told((), (f"proposal.attendance.rules=[{rules}]",))["proposal.attendance.rules"][1]
    assert isinstance(after, str) and len(after) == LONGEST and after.endswith("…")


@pytest.mark.parametrize(
    "sets",
    [
        ("run.seed=5", "run.replications=7"),
        ("title=Another", "note=Another"),
        ("effects.params.scale={value: 0.2556, low: 0.1, high: 2, reason: another text of a calibration}",),
        ("effects.params.scale={distribution: triangular}",),
    ],
)
def test_what_decides_no_mean_is_no_assumption(sets: tuple[str, ...]) -> None:
    assert told((), sets) == {}


def test_rows_stand_in_the_order_of_blocks_and_keys_and_say_their_unit() -> None:
    sets = (
        "saldo.price_level=2022",
        "effects.params.scale=0.5",
        "demand.scale=2",
        f"{TABLE}=0.1",
        "period.to=2022-01-09",
    )
    found = rows((), sets)
    assert list(found) == ["period", "demand.scale", TABLE, "effects.params.scale", "saldo.price_level"]
    assert [one.unit for one in found.values()] == ["", "factor", "share", "factor", "year"]
    assert [one.block for one in found.values()] == ["calendar", "volume", "effect", "effect", "prices"]
    assert {one.block for one in found.values()} < set(BLOCKS)


def test_single_keys_are_exchanged_and_nothing_else() -> None:
    old, new = end(PUBLISHED), end(PUBLISHED, f"{OF_TYPE}=0.5", "demand.scale=2", "period.to=2022-01-23")
    mixed = dict(pieces(exchanged_keys(old, new, [f"{OF_TYPE}.phone", "period.to"], {})))
    assert mixed[f"{OF_TYPE}.phone"]["value"] == 0.5
    assert mixed[f"{OF_TYPE}.video"]["value"] == 0.0
    assert (mixed["period.to"], mixed["demand.scale"]) == (new.pieces["period.to"], old.pieces["demand.scale"])
    assert not {"name", "title", "uncertainty"} & {key.split(".")[0] for key in mixed}
