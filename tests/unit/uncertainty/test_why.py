"""Why this figure and not another: single assumptions and the smallest pair, on a chain worked by hand."""

from __future__ import annotations

import json

import pytest

from simulator.errors import InputError
from simulator.uncertainty.asking import known_figures, today
from simulator.uncertainty.breakeven import Way, keys_of
from simulator.uncertainty.targets import aimed
from simulator.uncertainty.why import Reasons, aim_of, reasons_for
from simulator.uncertainty.why_page import content_of, plain
from simulator.uncertainty.wording import languages, read_wording
from tests.unit.uncertainty.toy import KEPT, SCALE, TAKE_UP, VALUE, Toy, lever, published


def reasons(toy: Toy, times: float) -> Reasons:
    figure = aimed("saldo", known_figures(toy))
    aim = times * today(toy, [figure])[0]
    return reasons_for(Way(toy, toy), figure, aim, keys_of(toy))


def test_each_single_assumption_is_found_with_its_place_in_its_range() -> None:
    found = reasons(published(), 2.0)
    single = {row["key"]: row for row in content_of(found)["single"]}
    assert single[SCALE]["needed"] == pytest.approx([0.5], rel=1e-12)
    assert single[SCALE]["inside_range"] == [True]
    assert single[VALUE]["needed"] == pytest.approx([600_000], rel=1e-12)
    assert single[VALUE]["inside_range"] == [False]
    assert single[VALUE]["contradicts"] == ["beu-448"]
    assert single[KEPT]["answer"] == "not possible"
    assert single["saldo.idle"]["answer"] == "moves nothing"


def test_the_smallest_pair_gives_the_figure_inside_both_ranges() -> None:
    """Two factors that can each rise by a half: x y = 1.5 at the least way is x = y = the root of 1.5."""
    levers = [lever(f"saldo.{name}", 1.0, 0.5, 1.4, unit="factor") for name in "ab"]
    toy = Toy(
        {one.key: one for one in levers}, {"employment_effect_kr": lambda at: -1e6 * at["saldo.a"] * at["saldo.b"]}
    )
    found = reasons(toy, 1.5)
    assert found.pair is not None
    one, two = found.pair
    assert one.needed * two.needed == pytest.approx(1.5, rel=1e-6)
    assert one.share + two.share == pytest.approx(2 * (1.5**0.5 - 1) / 0.4, rel=0.02)


def test_who_can_do_it_alone_needs_no_partner() -> None:
    found = reasons(published(), 1.3)
    assert found.pair is not None
    assert {half.lever.key for half in found.pair} == {VALUE, TAKE_UP}
    assert all(0.05 <= half.share <= 1.0 for half in found.pair)
    factors = {half.lever.key: half.needed for half in found.pair}
    assert factors[VALUE] / 300_000 * factors[TAKE_UP] / 0.873 == pytest.approx(1.3, rel=1e-5)


def test_where_no_pair_can_do_it_the_strongest_is_told() -> None:
    found = reasons(published(), 100.0)
    assert found.pair is None
    assert found.furthest is not None
    assert found.furthest / found.today == pytest.approx(4 * 1.1 / 0.873, rel=1e-9)


def test_a_scenario_without_an_effect_has_no_pair() -> None:
    toy = Toy(
        {"saldo.a": lever("saldo.a", 1.0, 0.5, 1.5, unit="factor")},
        {"employment_effect_kr": lambda at: 0 * at["saldo.a"]},
    )
    figure = aimed("saldo", known_figures(toy))
    found = reasons_for(Way(toy, toy), figure, -10.0, ["saldo.a"])
    assert (found.pair, found.furthest, found.able()) == (None, None, [])
    assert "heller intet par" in plain(found, read_wording("da"))


@pytest.mark.parametrize(
    ("text", "figure", "aim"),
    [
        ("10", -5.0, -10.0),
        ("10", 5.0, 10.0),
        ("-10", 5.0, -10.0),
        ("+10", -5.0, 10.0),
        ("10,5", -5.0, -10.5),
        ("0", -5.0, 0.0),
    ],
)
def test_an_amount_without_a_sign_is_of_the_kind_that_the_scenario_has(text: str, figure: float, aim: float) -> None:
    assert aim_of(text, figure) == aim


@pytest.mark.parametrize("text", ["ten", "", "1.000", "10 %", "--5", "nan"])
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(InputError):
        aim_of(text, -5.0)


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("times", [1.25, 2.0, 100.0])
def test_the_page_names_what_can_do_it_and_what_speaks_against_it(language: str, times: float) -> None:
    words = read_wording(language)
    found = reasons(published(), times)
    text = plain(found, words)
    assert "{" not in text
    assert words.lever_name(SCALE) in text
    assert "BEU alm.del 2020-21, svar på spørgsmål 448" in text
    content = content_of(found)
    assert json.loads(json.dumps(content)) == content
