"""Drawings of what a figure depends on: texts are Danish and do not overlap, bars are where their numbers say."""

from __future__ import annotations

import itertools
import xml.etree.ElementTree as ElementTree
from typing import Any

import pytest
from matplotlib.patches import Rectangle

from simulator.errors import InputError
from simulator.report.language import NO_BREAK, read_words
from simulator.report.sensitivity import Told, picture_of, sentence
from simulator.report.style import BLUES, NAVY, SIZES
from tests.unit.report.drawn_texts import check_texts, texts_of

KEYS = (
    "effects.params.relative_effect",
    "effects.params.scale",
    "effects.params.weeks_per_conversation.opfoelgning.sygedagpenge.week_0",
    "saldo.value_per_person_year_kr",
    "saldo.price_level",
    "attendance.take_up.jobsamtale.dagpenge",
    "closures.carry_share",
    "demand.weekly_exit_hazard.dagpenge.week_26",
    "delivery.no_show.rehabiliteringsmoede.ressourceforloeb",
    "saldo.benefit_mix.jobafklaring.ressourceforloeb_without_children",
)
UNITS = ("share", "factor", "weeks", "kr per person-year", "year", "share", "share", "per week", "share", "share")
ENDS = ((0.0, 1.0), (0.1, 1.0), (-0.3, 0.3), (250e3, 330e3), (2019.0, 2026.0), (0.25, 0.6), (0.0, 1.0))
COUNTS = (1, 5, 25)


def levers(count: int) -> list[dict[str, Any]]:
    """Return levers of many kinds; beyond the known ones their keys have no words."""
    keys = itertools.chain(KEYS, (f"effects.params.scale.{at}" for at in itertools.count()))
    found = []
    for at, key in zip(range(count), keys, strict=False):
        low, high = ENDS[at % len(ENDS)]
        unit = UNITS[at % len(ENDS)]
        value = None if at == 2 else 0.45 * low + 0.55 * high if unit != "year" else 2021.0
        found.append({"key": key, "value": value, "low": low, "high": high, "unit": unit, "distribution": None})
    return found


def record(method: str, count: int, **more: Any) -> dict[str, Any]:
    """Return the record of an analysis with made-up numbers."""
    found: dict[str, Any] = {
        "method": method,
        "scenario": "jul-2021",
        "figure": "employment_effect_kr",
        "unit": "mio. kr.",
        "today": -4.95,
        "levers": levers(count),
        "unmoved": [],
        "groups": {},
        "noise": 0.04,
        "order": {"tornado": "swing", "morris": "mu_star", "sobol": "ST", "pawn": "median"}.get(method, ""),
    }
    found["rows"] = [row(method, lever["key"], at) for at, lever in enumerate(found["levers"])]
    if method == "map":
        found |= {"across": KEYS[0], "up": KEYS[3], "values_across": [0.0, 0.25, 0.5, 0.75, 1.0]}
        found |= {
            "values_up": [250e3, 290e3, 330e3],
            "figures": [[-16.0 + 4 * x - y for x in range(5)] for y in range(3)],
        }
    return found | more


def row(method: str, name: str, at: int) -> dict[str, Any]:
    size = 0.7**at
    return {
        "name": name,
        "low_figure": -4.95 - 14.4 * size,
        "high_figure": -4.95 + (3.1 if at % 2 else -2.0) * size,
        "swing": 17.5 * size,
        "mu": size,
        "mu_star": 7.2 * size,
        "mu_star_conf": size / 9,
        "sigma": 5.6 * size * (1 + at % 3) / 3,
        "S1": 0.48 * size,
        "S1_conf": 0.06,
        "ST": 0.61 * size,
        "ST_conf": 0.07,
        "S1_exact": 0.47 * size if method == "sobol" and at < 3 else None,
        "ST_exact": 0.60 * size if method == "sobol" and at < 3 else None,
        "minimum": 0.1 * size,
        "mean": 0.35 * size,
        "median": 0.33 * size,
        "maximum": 0.77 * size,
        "CV": 0.5,
    }


CASES = {
    **{
        f"{method} {count}": record(method, count)
        for method in ("tornado", "morris", "sobol", "pawn")
        for count in COUNTS
    },
    "map": record("map", 5),
    "map of both signs": record("map", 5, figures=[[6.0 - 3 * x - y for x in range(5)] for y in range(3)]),
    "map of equals": record("map", 5, figures=[[0.0] * 5] * 3, today=0.0),
    "map of many": record(
        "map", 5, values_across=[at / 12 for at in range(13)], figures=[[-1234.5 + at for at in range(13)]] * 3
    ),
    "tornado of nothing": record("tornado", 5, unmoved=[lever["key"] for lever in levers(5)]),
    "tornado of conversations": record("tornado", 5, figure="converted", unit="conversations", today=10_432.0),
    "tornado of groups": record("sobol", 5, groups={KEYS[0]: ["a", "b"]}),
    "tornado of both signs": record("tornado", 5, today=1.0),
    "tornado of little": record("tornado", 1, today=-0.00042, rows=[row("tornado", KEYS[0], 30)]),
}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", CASES)
def test_no_text_overlaps_another_or_leaves_the_sheet(name: str, size: str) -> None:
    figure = picture_of(CASES[name], size).figure
    assert texts_of(figure)
    check_texts(figure)


def boxes_of(found: dict[str, Any]) -> list[Rectangle]:
    axes = picture_of(found).figure.axes[0]
    return [patch for patch in axes.patches if isinstance(patch, Rectangle)]


def test_bars_are_as_long_as_their_numbers() -> None:
    found = record("tornado", 5)
    light, dark = ([box for box in boxes_of(found) if hexed(box) == color] for color in (BLUES[1], NAVY))
    scales = {
        round(abs(box.get_width() / (one[end] - found["today"])), 6)
        for boxes, end in ((light, "low_figure"), (dark, "high_figure"))
        for box, one in zip(boxes, found["rows"], strict=True)
    }
    assert len(scales) == 1


def test_bars_go_to_the_side_of_their_figure() -> None:
    found = record("tornado", 2)
    (light, _), (dark, other) = ([box for box in boxes_of(found) if hexed(box) == color] for color in (BLUES[1], NAVY))
    assert light.get_x() < other.get_x() == pytest.approx(light.get_x() + light.get_width()), "one on each side"
    assert dark.get_x() + dark.get_width() == pytest.approx(light.get_x() + light.get_width()), "both on one side"
    assert dark.get_height() < light.get_height(), "the shorter of two on one side is thin"


def test_shares_are_as_long_as_their_numbers() -> None:
    found = record("sobol", 4)
    dark = [box.get_width() / one["S1"] for box, one in zip(colored(found, NAVY), found["rows"], strict=True)]
    light = [box.get_width() / one["ST"] for box, one in zip(colored(found, BLUES[1]), found["rows"], strict=True)]
    assert [*dark, *light] == pytest.approx([dark[0]] * 8)


def colored(found: dict[str, Any], color: str) -> list[Rectangle]:
    return [box for box in boxes_of(found) if hexed(box) == color]


def hexed(box: Rectangle) -> str:
    from matplotlib.colors import to_hex

    return to_hex(box.get_facecolor()).upper()


def test_the_line_of_nought_is_drawn_where_the_sign_turns() -> None:
    with_line, without = (picture_of(CASES[name]).figure.axes[0] for name in ("map of both signs", "map"))
    assert len(with_line.collections) == 1
    assert not without.collections


def test_the_cross_of_today_is_told_only_where_it_is() -> None:
    """Where the values that a number sets differ today, there is no point of today."""
    outside = record("map", 5, levers=[lever | {"value": None} for lever in levers(5)])
    texts = [" ".join(text for text, _ in texts_of(picture_of(one).figure)) for one in (CASES["map"], outside)]
    assert ["Krydset" in text for text in texts] == [True, False]
    assert ["i dag" in text.replace("som i dag", "") for text in texts] == [True, False]


def test_ends_that_are_quantiles_are_told_as_such() -> None:
    drawn = record("tornado", 5, levers=[lever | {"distribution": {"name": "uniform"}} for lever in levers(5)])
    texts = [" ".join(text for text, _ in texts_of(picture_of(one).figure)) for one in (drawn, CASES["tornado 5"])]
    assert ["95 pct. af den" in text.replace(NO_BREAK, " ") for text in texts] == [True, False]


def test_what_is_not_drawn_is_told() -> None:
    texts = " ".join(text for text, _ in texts_of(picture_of(record("tornado", 25)).figure)).replace(NO_BREAK, " ")
    assert "Yderligere 10 forudsætninger, hver med højst 0,1 mio. kr., er ikke vist." in texts
    still = record("tornado", 5, unmoved=[KEYS[3], KEYS[4]])
    assert "2 forudsætninger flytter ikke tallet." in " ".join(text for text, _ in texts_of(picture_of(still).figure))


@pytest.mark.parametrize(
    ("name", "told"),
    [
        (
            "tornado 5",
            "Virkningen på den offentlige saldo afhænger mest af andel af effekten, som en digital samtale bevarer: "
            "ved 0 er tallet −19,4 mio. kr., og ved 1 er det −7,0 mio. kr.",
        ),
        ("tornado of nothing", "Virkningen på den offentlige saldo afhænger ikke af nogen af forudsætningerne."),
        ("map of both signs", "Virkningen på den offentlige saldo skifter fortegn inden for spændene for andel"),
        ("map", "Virkningen på den offentlige saldo ligger mellem −18,0 og 0,0 mio. kr. inden for spændene for andel"),
        ("sobol 5", "48 pct. af usikkerheden om virkningen på den offentlige saldo kommer alene fra andel af effekten"),
        ("morris 5", "Virkningen på den offentlige saldo flyttes mest af andel af effekten"),
        ("tornado of conversations", "Antallet af samtaler med ændret form afhænger mest af andel af effekten"),
    ],
)
def test_the_finding_is_one_plain_sentence(name: str, told: str) -> None:
    found = sentence(CASES[name]).replace(NO_BREAK, " ")
    assert found.startswith(told)
    assert found.endswith(".")


def test_values_are_written_as_their_units_are() -> None:
    told = Told(record("tornado", 5), read_words("da"))
    texts = [
        told.value(*one) for one in ((2021.0, "year"), (330e3, "kr"), (0.2556, "factor"), (0.1, "share"), (12.0, ""))
    ]
    assert texts == ["2021", "330.000", "0,256", "0,1", "12"]
    assert told.range(KEYS[2]) == "−0,3 til 0,3 (uger)", "no value today where the leaves differ"


def test_a_drawing_has_words_for_those_who_cannot_see_it_and_is_the_same_each_time() -> None:
    found = CASES["tornado 5"]
    first, again = picture_of(found), picture_of(found)
    assert first.svg() == again.svg()
    assert first.png() == again.png()
    root = ElementTree.fromstring(first.svg())
    told = {child.tag.rsplit("}", 1)[-1]: child.text or "" for child in root}
    assert told["title"] == "Følsomhed, én forudsætning ad gangen"
    assert "skala på beskæftigelseseffekten: −15,0 og −2,8" in told["desc"]


@pytest.mark.parametrize(("size", "language"), [("A4", "da"), ("page", "sv")])
def test_no_such_size_or_language(size: str, language: str) -> None:
    with pytest.raises(InputError):
        picture_of(CASES["map"], size, language)
