"""Break-even of the published chain, whose answers are worked by hand: meetings x weeks x scale x loss x kroner."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from io import StringIO

import numpy as np
import pytest

from simulator.errors import InputError
from simulator.uncertainty.asking import known_figures, today
from simulator.uncertainty.breakeven import Turn, Way, break_even, goals_of, in_range, keys_of, way_share
from simulator.uncertainty.breakeven_page import COLUMNS, Page, csv_of, plain, rows_of
from simulator.uncertainty.screening import still_keys
from simulator.uncertainty.targets import Aimed, aimed
from simulator.uncertainty.wording import languages, read_wording
from tests.unit.uncertainty.toy import KEPT, SCALE, TAKE_UP, VALUE, FloatArray, Toy, lever, published


def saldo_of(toy: Toy) -> Aimed:
    return aimed("saldo", known_figures(toy))


def turned(toy: Toy, *keys: str, target: float | None = None, way: Way | None = None) -> dict[str, Turn]:
    figure = saldo_of(toy)
    goals = goals_of(today(toy, [figure])[0], target)
    turns = break_even(way or Way(toy, toy), figure, keys or keys_of(toy), goals)
    return {turn.lever.key: turn for turn in turns}


def values(turn: Turn) -> dict[str, list[float]]:
    return {answer.goal: [root.value for root in answer.roots] for answer in turn.answers}


def test_the_published_case_by_hand() -> None:
    found = turned(published())
    assert values(found[KEPT]) == {"zero": [1.0], "half": [0.5], "double": []}
    assert values(found[SCALE]) == {"zero": [0.0], "half": [0.125], "double": [0.5]}
    assert values(found[VALUE]) == {"zero": [0.0], "half": [150_000.0], "double": [600_000.0]}
    assert {found[key].how for key in (KEPT, SCALE, VALUE)} == {"exact"}


def test_from_a_loss_in_part_doubling_is_possible_as_far_as_all_is_lost() -> None:
    found = values(turned(published(kept=0.75, scale=1.0), KEPT)[KEPT])
    assert found == {"zero": [1.0], "half": [0.875], "double": [0.5]}


def test_how_far_a_point_lies_on_the_way_to_the_end_of_the_range() -> None:
    answers = {answer.goal: answer for answer in turned(published())[SCALE].answers}
    assert answers["half"].shares == pytest.approx([0.125 / 0.15])
    assert answers["double"].shares == pytest.approx([0.25 / 0.75])
    assert answers["zero"].shares == pytest.approx([0.25 / 0.15])
    assert [answers[goal].inside for goal in ("half", "double", "zero")] == [(True,), (True,), (False,)]


def test_a_value_at_the_end_of_its_range_has_no_way_beyond() -> None:
    at_end = lever(KEPT, 0.0, 0.0, 1.0)
    assert way_share(at_end, -0.1) is None
    assert way_share(at_end, 0.25) == 0.25
    assert way_share(at_end, 0.0) == 0.0
    assert not in_range(at_end, -0.1)
    assert way_share(lever(KEPT, 0.2, None, None), 0.3) is None
    assert not in_range(lever(KEPT, 0.2, None, None), 0.2)


def test_a_target_of_ones_own() -> None:
    toy = published()
    now = today(toy, [saldo_of(toy)])[0]
    assert values(turned(toy, SCALE, target=now * 3)[SCALE])["target"] == pytest.approx([0.75], rel=1e-12)


def test_the_shortest_way_stands_first_and_what_moves_nothing_last() -> None:
    toy = published()
    keys = list(turned(toy))
    assert keys[0] == SCALE
    assert keys[-1] in {"saldo.idle", VALUE, TAKE_UP}
    assert {answer.kind for answer in turned(toy)["saldo.idle"].answers} == {"moves nothing"}


def test_values_of_effects_and_money_are_asked_for_together() -> None:
    toy = published()
    turned(toy, SCALE, KEPT, VALUE)
    assert len(toy.asked) < 14, "a few questions of many points each, not one of each point"


def test_the_closed_form_is_scaled_to_what_was_simulated() -> None:
    """The simulation says 1 per cent less than the closed form everywhere: the same points must come out."""
    simulated, control = published(), published()
    whole = control.formulas["employment_effect_kr"]
    simulated.formulas = {**simulated.formulas, "employment_effect_kr": lambda at: 0.99 * whole(at)}
    turn = turned(simulated, TAKE_UP, way=Way(simulated, control))[TAKE_UP]
    assert turn.how == "closed form"
    assert values(turn)["half"] == pytest.approx([0.873 / 2], rel=1e-9)
    assert values(turn)["double"] == pytest.approx([0.873 * 2], rel=1e-9)


def test_what_the_closed_form_answers_but_a_run_refuses_is_not_possible() -> None:
    toy = published()
    turn = turned(toy, TAKE_UP, way=Way(toy, toy, allows=lambda at: at[TAKE_UP] <= 1.5))[TAKE_UP]
    assert values(turn)["double"] == []
    assert values(turn)["half"] == pytest.approx([0.873 / 2], rel=1e-9)


def test_a_value_of_the_delivery_that_is_named_is_simulated_a_few_times() -> None:
    """The simulation bends, the closed form does not: the point comes from the simulation, near enough."""
    simulated, control = published(), published()
    whole = simulated.formulas["employment_effect_kr"]

    def bent(at: Mapping[str, FloatArray]) -> FloatArray:
        return whole(at) * (1 - 0.1 * (at[TAKE_UP] - 0.873))

    simulated.formulas = {**simulated.formulas, "employment_effect_kr": bent}
    simulated.asked.clear()
    turn = turned(simulated, TAKE_UP, way=Way(simulated, control, simulate=True))[TAKE_UP]
    assert turn.how == "simulated"
    half = next(answer for answer in turn.answers if answer.goal == "half")
    now = today(simulated, [saldo_of(simulated)])[0]
    there = saldo_of(simulated).of(simulated.figures({TAKE_UP: np.array([half.roots[0].value])}))[0]
    assert abs(there - now / 2) <= 0.001 * abs(now)
    assert half.roots[0].residual == pytest.approx(there - now / 2, abs=1e-12)
    assert len(simulated.asked) < 20


def test_values_that_belong_together_cannot_move_alone() -> None:
    toy = published()
    toy.levers["saldo.mix"] = lever("saldo.mix", 0.3, 0.2, 0.4, stage="money")
    plain_figures = toy.figures

    def refusing(points: Mapping[str, FloatArray]) -> dict[str, FloatArray]:
        if "saldo.mix" in points and np.any(points["saldo.mix"] != 0.3):
            raise InputError.one("the shares must add up to one")
        return plain_figures(points)

    toy.figures = refusing  # type: ignore[method-assign]
    assert {answer.kind for answer in turned(toy, "saldo.mix")["saldo.mix"].answers} == {"not alone"}


def test_an_unknown_value_is_refused() -> None:
    with pytest.raises(InputError, match=r"did you mean effects\.params\.scale"):
        turned(published(), "effects.params.scal")


@pytest.mark.parametrize("name", ["sald", "nothing", "employment", "_kr", ""])
def test_an_unknown_figure_is_refused(name: str) -> None:
    with pytest.raises(InputError, match="is not a figure"):
        aimed(name, known_figures(published()))


def test_the_loss_a_conversation_does_not_depend_on_how_many_there_are() -> None:
    toy = published()
    figure = aimed("kr_per_converted_conversation", known_figures(toy))
    goals = goals_of(today(toy, [figure])[0], None)
    (turn,) = break_even(Way(toy, toy), figure, [TAKE_UP], goals)
    assert {answer.kind for answer in turn.answers} == {"moves nothing"}
    assert goals["half"] == pytest.approx(0.63 * 0.25 * 300_000 / 52 / 2)


def test_a_table_of_one_number_stands_for_its_values() -> None:
    toy = published()
    for name in ("phone", "video"):
        toy.levers[f"effects.even.{name}"] = lever(f"effects.even.{name}", 0.5, 0.0, 1.0)
        toy.levers[f"effects.mixed.{name}"] = lever(f"effects.mixed.{name}", 0.5 + (name == "video") / 4, 0.0, 1.0)
        toy.levers[f"effects.apart.{name}"] = lever(f"effects.apart.{name}", 0.5, 0.0, 0.5 + (name == "video") / 2)
    own = toy.lever

    def lever_or_table(key: str):  # type: ignore[no-untyped-def]
        same = {"effects.even": 0.5, "effects.mixed": None}
        return lever(key, same[key], 0.0, 1.0) if key in same else own(key)

    toy.lever = lever_or_table  # type: ignore[method-assign]
    keys = keys_of(toy)
    assert "effects.even" in keys
    assert "effects.even.phone" not in keys
    assert {"effects.mixed", "effects.mixed.phone", "effects.mixed.video"} <= set(keys)
    assert "effects.apart" not in keys


def test_values_that_move_nothing_are_found_in_groups() -> None:
    """A hundred idle values beside the four of the chain: asked together, they cost few questions and no mistake."""
    toy = published()
    for number in range(100):
        toy.levers[f"saldo.other.{number}"] = lever(
            f"saldo.other.{number}", 0.5, 0.2, 0.7 + number / 1000, stage="money"
        )
    figure = saldo_of(toy)
    levers = list(toy.levers.values())
    toy.asked.clear()
    still = still_keys(toy, figure, levers, today(toy, [figure])[0])
    assert {SCALE, KEPT, VALUE, TAKE_UP} & still == set()
    assert len(still) >= 95
    assert sum(toy.asked) < 60


def test_a_group_that_is_refused_together_is_asked_in_parts() -> None:
    toy = published()
    for number in range(8):
        toy.levers[f"saldo.other.{number}"] = lever(f"saldo.other.{number}", 0.5, 0.2, 0.7, stage="money")
    own = toy.figures

    def refusing(points: Mapping[str, FloatArray]) -> dict[str, FloatArray]:
        if "saldo.other.0" in points and "saldo.other.7" in points:
            raise InputError.one("the two belong together")
        return own(points)

    toy.figures = refusing  # type: ignore[method-assign]
    figure = saldo_of(toy)
    idle = [one for one in toy.levers.values() if one.key.startswith("saldo.other")]
    assert still_keys(toy, figure, idle, today(toy, [figure])[0]) == {one.key for one in idle}


def page(toy: Toy, target: float | None = None) -> Page:
    figure = saldo_of(toy)
    now = today(toy, [figure])[0]
    return Page(figure, now, break_even(Way(toy, toy), figure, keys_of(toy), goals_of(now, target)))


def test_the_danish_page_says_halveres_fordobles_bortfalder() -> None:
    text = plain(page(published()), read_wording("da")).replace("\N{NO-BREAK SPACE}", " ")
    assert (
        "Skala på beskæftigelseseffekten: halveres ved 0,125, fordobles ved 0,5, bortfalder ved 0 (uden for spænd)."
        in text
    )
    assert "halveres ved 50 pct., kan ikke fordobles, bortfalder ved 100 pct." in text
    assert "600.000 *" in text
    assert "ikke muligt" in text
    assert "Flytter ikke tallet (1): saldo.idle." in text


@pytest.mark.parametrize("language", languages())
def test_every_page_names_every_value_that_can_turn_the_figure(language: str) -> None:
    words = read_wording(language)
    text = plain(page(published(), target=-12.0), words)
    assert "{" not in text
    for key in (SCALE, KEPT, VALUE, TAKE_UP):
        assert words.lever_name(key) in text


def test_rows_are_the_same_as_json_and_csv() -> None:
    rows = rows_of(page(published(), target=-12.0))
    assert all(tuple(row) == COLUMNS for row in rows)
    assert json.loads(json.dumps(rows)) == rows
    kept = list(csv.DictReader(StringIO(csv_of(rows))))
    assert [row["key"] for row in kept] == [row["key"] for row in rows]
    assert len({(row["key"], row["goal"]) for row in kept}) == 5 * 4
