"""The desk: what it answers at once is what a run gives."""

from __future__ import annotations

import gc
import json
import math
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from simulator.errors import InputError
from simulator.report import make_brief
from simulator.report.language import read_words
from simulator.report.reading import read_run
from simulator.report.sections.opening import draft_reasons, estimate_sentences, key_figures
from simulator.report.sections.telling import Telling
from simulator.report.story import words_for
from simulator.results.record import Occasion
from simulator.results.save import Place, save
from simulator.scenario.names import names
from simulator.web.desk import footings
from simulator.web.desk.desk import Delivered, Desk, kept_of
from simulator.web.opened import Base
from simulator.web.position import Position, Reader
from tests.unit.web.small import DRAWS, Sets, base, deliver, run_of

PUBLISHED, DRAWN = base("christmas-2021"), base("christmas-2021-bottom-up", draws=DRAWS)
RELATIVE = 1e-9
SCALE = "effects.params.scale"
STOPS = {
    "effects.params.scale": ("0.1", "0.31", "0.6", "1", "1.2"),
    "effects.params.relative_effect": ("0", "0.15", "0.65", "1", "0.9"),
    "saldo.value_per_person_year_kr": ("210000", "300000", "452500"),
    "effects.full_time_share.dagpenge": ("0.7", "0.95"),
    "effects.weeks_off_benefit.jobparat": ("0.5", "1"),
    "effects.params.weeks_per_conversation.jobsamtale.dagpenge.week_0": ("0.1", "0.5"),
    "saldo.concept": ("note", "employment", "with_running_costs", "with_caseworker_time", "social"),
    "saldo.price_level": ("2021", "2022"),
    "saldo.indirect_taxes.return_flow_share": ("0.1", "0.3"),
}


def _positions(count: int) -> list[Sets]:
    """Return settings of sliders that answer at once: a walk over their stops that meets each of them."""
    keys = list(STOPS)
    chosen = [{keys[(at * step) % len(keys)]: at for step in (1, 4, 7)} for at in range(count)]
    return [tuple((key, STOPS[key][(at + len(key)) % len(STOPS[key])]) for key, at in one.items()) for one in chosen]


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


@pytest.fixture(scope="module")
def desk(reader: Reader) -> Desk:
    return Desk(reader)


@pytest.fixture(scope="module")
def published(desk: Desk, reader: Reader) -> Delivered:
    return deliver(desk, reader, Position(PUBLISHED))


@pytest.fixture(scope="module")
def drawn(desk: Desk, reader: Reader) -> Delivered:
    return deliver(desk, reader, Position(DRAWN))


def _same(one: float | None, other: float | None, size: float) -> bool:
    if one is None or other is None:
        return one is other
    return math.isclose(one, other, rel_tol=RELATIVE, abs_tol=RELATIVE * size)


def _check(value: dict[str, Any], headline: Any) -> None:
    """Check every number of a value against the headline of a run."""
    saldo = headline["saldo_mio_kr"]
    told = {f"{name}_mio_kr": saldo[name] for name in ("employment_effect", "form", "volume", "net", "caseworker_time")}
    told["converted"], told["employment_weeks"] = headline["converted"], headline["employment_weeks"]
    told["person_years"] = headline["full_time_person_years"]
    told["kr_per_conversation"] = headline["kr_per_converted_conversation"]
    told |= {f"concepts.{name}": one for name, one in headline["saldo_mio_kr_by_concept"].items()}
    for part, name_of in (("figures", "mean"), ("control", "control")):
        found = value[part] | {f"concepts.{name}": one for name, one in value[part]["concepts"].items()}
        size = 1e-3 + abs(found["volume_mio_kr"]) + abs(found["form_mio_kr"])
        for name, estimate in told.items():
            wanted = None if estimate is None else estimate[name_of]
            assert _same(found[name], wanted, size), (value["position"], part, name, found[name], wanted)
    held = headline["conversations"]["baseline"]["held"]
    assert value["figures"]["held_baseline"] == held
    knowledge = headline["knowledge"]
    assert (value["interval"] is None) == (knowledge is None)
    if knowledge is not None:
        effect = saldo["employment_effect"]
        assert _same(value["interval"]["low"], effect["low"], 0) and _same(value["interval"]["high"], effect["high"], 0)
        assert value["interval"]["drawn"] == [one["key"] for one in knowledge["uncertain"]]
        names = ("called", "sign", "draws")
        assert [value["interval"][name] for name in names] == [knowledge[name] for name in names]


def _concepts(*values: dict[str, Any]) -> Iterator[tuple[dict[str, Any], ...]]:
    yield tuple(value["figures"]["concepts"] for value in values)


@pytest.mark.parametrize("told_of", [PUBLISHED, DRAWN], ids=["published", "drawn"])
@pytest.mark.parametrize("sets", [(), *_positions(9)[::3], (("demand.scale", "1.07"),)], ids=str)
def test_figures_that_come_sooner_are_those_of_all(
    desk: Desk, published: Delivered, drawn: Delivered, told_of: Base, sets: Sets
) -> None:
    position = Position(told_of, sets)
    sooner, whole = desk.figures(position), desk.value(position, "da")
    assert sooner["state"] == ("control" if sets and sets[0][0] == "demand.scale" else "simulated")
    assert sooner == {name: whole[name] for name in sooner} | {"figures": sooner["figures"]}
    # A figure that would make the brief a draft is found from each replication, which is another order of adding up.
    for part, all_of_it in ((sooner["figures"], whole["figures"]), *_concepts(sooner, whole)):
        numbers = {name: one for name, one in part.items() if name != "concepts"}
        assert all(_same(one, all_of_it[name], 1e-3) for name, one in numbers.items())
    assert set(whole["figures"]) - set(sooner["figures"]) == {"held_baseline"}


@pytest.mark.parametrize("sets", _positions(27), ids=str)
def test_a_position_has_the_figures_of_its_run(desk: Desk, reader: Reader, published: Delivered, sets: Sets) -> None:
    position = Position(PUBLISHED, sets)
    value = desk.value(position, "da")
    assert value["state"] == "simulated"
    _check(value, run_of(reader, position, published).headline)


@pytest.mark.parametrize(
    "sets",
    [
        (),
        (("effects.params.scale", "0.31"),),
        (("saldo.value_per_person_year_kr", "310000"), ("effects.full_time_share.dagpenge", "0.7")),
        (("effects.params.relative_effect.jobsamtale.phone", "0.4"),),
        (("effects.params.scale", "0"),),
        (("effects.params.relative_effect", "1"), ("saldo.concept", "with_running_costs")),
    ],
    ids=str,
)
def test_a_position_has_the_range_of_its_run(desk: Desk, reader: Reader, drawn: Delivered, sets: Sets) -> None:
    position = Position(DRAWN, sets)
    _check(desk.value(position, "en"), run_of(reader, position, drawn).headline)


PERIOD = "from: 2021-12-19, to: 2022-01-16"
GAIN = base(
    "christmas-2021",
    f"baseline.attendance.rules=[{{name: digital, {PERIOD}, rule: office_chooses, source: epidemic-note-2021}}]",
    f"proposal.attendance.rules=[{{name: in person, {PERIOD}, rule: physical_only, source: epidemic-note-2021}}]",
)
OPEN = base(
    "christmas-2021",
    "effects.params.relative_effect={value: 0.8, distribution: {name: uniform, low: 0, high: 1}}",
    f"proposal.demand.contact_changes=[{{name: more talks, {PERIOD}, scale: 1.1, source: epidemic-note-2021}}]",
    "saldo.concept=employment",
    "effects.params.scale=1",
    draws=DRAWS,
)


@pytest.mark.parametrize(
    ("told_of", "direction", "sign"),
    [
        (PUBLISHED, "loss", None),
        (GAIN, "gain", None),
        (base("null"), "none", None),
        (OPEN, "gain", "open"),
        (base("christmas-2021-bottom-up", draws=DRAWS, engine="control"), "loss", "assumed"),
    ],
    ids=("loss", "gain", "nothing", "open", "control"),
)
def test_the_sentence_is_that_of_the_brief(tmp_path: Path, told_of: Base, direction: str, sign: str | None) -> None:
    """What the page says of a position stands in the brief of its run, word for word, in both languages."""
    reader = Reader()
    desk, position = Desk(reader), Position(told_of)
    by_hand = told_of.asked.engine == "control"
    run = run_of(reader, position, None if by_hand else deliver(desk, reader, position))
    made = datetime.now(UTC)
    save(run, Place(tmp_path / "run"), Occasion("", (), made, made))
    kept = read_run(tmp_path / "run")
    for language in ("da", "en"):
        value = desk.value(position, language)
        brief = Telling(kept, words_for(kept, read_words(language)))
        assert (value["statement"]["direction"], value["statement"]["sign"]) == (direction, sign)
        assert value["sentence"] == " ".join(estimate_sentences(brief))
        figures = [(one["figure"], one["text"]) for one in value["statement"]["key_figures"]]
        assert figures == list(key_figures(brief))
        assert value["drafts"] == [one.text for one in draft_reasons(brief)]
        assert bool(value["drafts"]) == run.headline["draft"]
    if direction == "none":
        [path] = make_brief(tmp_path / "run", ["md"])
        assert desk.value(position, "da")["sentence"] in path.read_text(encoding="utf-8")


def test_two_positions_deliver_the_same_only_where_they_do(desk: Desk, reader: Reader) -> None:
    """What effects and money read alone does not part deliveries; all else does, however small."""
    own = desk.delivery_of(Position(PUBLISHED))
    for sets in _positions(9):
        assert desk.delivery_of(Position(PUBLISHED, sets)) == own
    others: list[Sets] = [
        (("demand.scale", "1.01"),),
        (("closures.carry_share", "0.01"),),
        (("calendar.closure_weeks", "[2021-W51]"),),
        (("period.from", "2021-12-20"),),
        (("places", "[Fanø]"),),
        (("run.seed", "2"),),
        (("effects.model", "fading_loss"),),
        (("effects.model", "hazard"),),
        (("effects.model", "hazard"), ("effects.params.scale", "0.3")),
        (("proposal.delivery.digital_saves_minutes", "10"),),
    ]
    keys = [desk.delivery_of(Position(PUBLISHED, sets)) for sets in others]
    assert len({own, *keys}) == len(others) + 1


@pytest.mark.parametrize("model", ["fading_loss", "dose_response"])
def test_what_is_told_again_under_another_model_is_what_is_simulated(reader: Reader, model: str) -> None:
    """Where the keys say that two positions deliver the same, the run told again is the run, to the last bit."""
    desk = Desk(reader)
    here = Position(PUBLISHED, (("effects.model", model),))
    there = Position(PUBLISHED, (*here.sets, ("effects.params.scale", "0.4"), ("saldo.concept", "employment")))
    assert desk.delivery_of(here) == desk.delivery_of(there)
    found = deliver(desk, reader, here)
    again = run_of(reader, there, found)
    assert json.dumps(again.headline) == json.dumps(run_of(reader, there).headline)
    _check(desk.value(there, "da"), again.headline)


def test_a_position_that_is_not_simulated_has_the_figures_of_the_control(desk: Desk, reader: Reader) -> None:
    sets = (("demand.scale", "1.2"), ("effects.params.scale", "0.4"))
    value = desk.value(Position(PUBLISHED, sets), "da")
    by_hand = Position(base("christmas-2021", engine="control"), sets)
    assert value["state"] == "control" and value["interval"] is None and not desk.has(Position(PUBLISHED, sets))
    wanted = run_of(reader, by_hand).headline
    assert desk.has(by_hand)
    assert math.isclose(
        value["figures"]["employment_effect_mio_kr"], wanted["saldo_mio_kr"]["employment_effect"]["mean"], rel_tol=1e-12
    )
    assert value["figures"]["held_baseline"] == wanted["conversations"]["baseline"]["held"]


def test_what_the_control_reads_is_noted_also_where_it_was_counted_before(desk: Desk, reader: Reader) -> None:
    told = []
    for scale in ("0.4", "0.5"):
        position = Position(PUBLISHED, (("demand.scale", "1.03"), (SCALE, scale)))
        desk.value(position, "da")
        told.append(set(reader(position).baseline.values.used))
    assert told[0] == told[1] and {SCALE, "attendance.video_share", "saldo.value_per_person_year_kr"} <= told[0]


def test_draws_that_change_delivery_are_waited_for(desk: Desk, reader: Reader) -> None:
    position = Position(
        base("christmas-2021", "demand.scale={value: 1, distribution: {name: uniform, low: 0.9, high: 1.1}}")
    )
    deliver(desk, reader, position)
    value = desk.value(position, "da")
    assert value["interval"] is None and value["interval_waits"]


def test_a_difference_is_taken_draw_by_draw(desk: Desk, drawn: Delivered) -> None:
    """A scale on everything leaves a range that is as much narrower than either as the scale is near 1."""
    factor = 1.1
    one = Position(DRAWN, (("saldo.value_per_person_year_kr", "300000"),))
    two = Position(DRAWN, (("saldo.value_per_person_year_kr", str(300000 * factor)),))
    [same, other, apart] = desk.difference([one, one, two, Position(DRAWN, (("effects.params.scale", "0.3"),))], "da")
    value = desk.value(one, "da")
    assert (same["mean_mio_kr"], same["low"], same["high"]) == (0, 0, 0)
    for end in ("low", "high"):
        assert math.isclose(other[end], value["interval"][end] * (factor - 1), rel_tol=1e-9)
    assert apart["low"] is None and read_words("da").key_name("effects.params.scale") in apart["reason"]


def test_the_bridge_of_moves_adds_up(desk: Desk, reader: Reader, published: Delivered) -> None:
    sets = (
        ("effects.params.scale", "0.31"),
        ("saldo.concept", "employment"),
        ("effects.params.relative_effect", "0.2"),
    )
    found = desk.moves(Position(PUBLISHED, sets), "da")
    oere = [round(one["effect_mio_kr"] * 1e8) for one in found["moves"]]
    assert round(found["start_mio_kr"] * 1e8) + sum(oere) == round(found["end_mio_kr"] * 1e8)
    assert found["missing"] == [] and all(one["simulated"] for one in found["moves"])
    value = desk.value(Position(PUBLISHED, sets), "da")["figures"]["employment_effect_mio_kr"]
    assert abs(found["end_mio_kr"] - value) <= 0.5000001e-8
    waits = desk.moves(Position(PUBLISHED, (*sets, ("calendar.closure_weeks", "[2021-W51]"))), "da")
    assert [one["sets"][-1][0] for one in waits["missing"]] == ["calendar.closure_weeks"]
    assert not any(one["simulated"] for one in waits["moves"])


def test_a_sheet_tells_ranges_marks_and_faults(desk: Desk) -> None:
    sheet = desk.sheet(Position(PUBLISHED, (("effects.params.scale", "1.5"),)), "da")
    rows = {row["key"]: row for row in sheet["sliders"]}
    scale = rows["effects.params.scale"]
    assert (scale["low"], scale["high"], scale["step"], scale["decimals"]) == (0.1, 1.0, 0.01, 2)
    assert (scale["value"], scale["base_value"], scale["stage"], scale["main"]) == (1.5, 0.2556, "effects", True)
    assert [mark["name"] for mark in scale["marks"]] == ["changed", "outside", "unsourced"]
    assert sheet["sliders"][0]["main"] and not sheet["faults"]
    wrong = desk.sheet(Position(PUBLISHED, (("effects.params.scale", "x"), ("no.such", "1"))), "en")
    assert {fault["path"] for fault in wrong["faults"]} == {"effects.params.scale", "no"}
    beyond = desk.sheet(Position(PUBLISHED, (("period.to", "2035-01-01"),)), "en")
    assert beyond["faults"] == [] or beyond["faults"][0]["message"]


@pytest.mark.parametrize("language", ["da", "en"])
def test_what_has_a_name_is_chosen_among_all_names_of_its_kind(desk: Desk, language: str) -> None:
    sets = (("saldo.concept", "with_running_costs"),)
    rows = {row["key"]: row for row in desk.sheet(Position(PUBLISHED, sets), language)["choices"]}
    assert list(rows) == ["saldo.concept", "effects.model"]
    concept, model = rows["saldo.concept"], rows["effects.model"]
    assert (concept["value"], concept["base_value"], concept["changed"]) == ("with_running_costs", "note", True)
    assert (model["value"], model["changed"]) == ("constant_loss", False)
    assert {one["value"] for one in concept["options"]} == set(names().known["concepts"])
    assert {one["value"] for one in model["options"]} == set(names().known["effect_models"])
    assert all(one["label"] and "_" not in one["label"] for row in rows.values() for one in row["options"])


@pytest.mark.parametrize(
    "sets",
    [
        (("effects.params.scale", "-1"),),
        (("effects.params.scale", "nan"),),
        (("effects.params.relative_effect", "1.5"),),
        (("saldo.price_level", "1900"),),
        (("saldo.concept", "none"),),
        (("effects.model", "../x"),),
        (("period.from", "2022-02-30"),),
        (("places", "[Atlantis]"),),
        (("saldo", "1"),),
        (("saldo.weeks_per_person_year", "0"),),
    ],
    ids=str,
)
def test_what_is_wrong_is_refused_and_told(desk: Desk, published: Delivered, sets: Sets) -> None:
    with pytest.raises(InputError):
        desk.value(Position(PUBLISHED, sets), "da")
    assert desk.sheet(Position(PUBLISHED, sets), "da")["sliders"]


def test_what_is_kept_does_not_grow_with_moves(published: Delivered) -> None:
    """Everything that is kept is bounded, so that a page can be left open."""
    desk, few = Desk(Reader()), 100
    desk.take(desk.delivery_of(Position(PUBLISHED)), kept_of(published))

    def objects_after(moves: range) -> int:
        for at in moves:
            desk.level_of(Position(PUBLISHED, (("saldo.value_per_person_year_kr", str(200_000 + at)),)))
            if at % 3 == 0:
                desk.value(Position(PUBLISHED, (("effects.params.scale", str(0.2 + at / 1000)),)), "da")
        gc.collect()
        return len(gc.get_objects())

    before = objects_after(range(90))
    assert objects_after(range(90, 130)) - before < few


@pytest.mark.parametrize(
    "sets",
    [
        (("effects.params.scale", "1e308"),),
        (("saldo.value_per_person_year_kr", "1e308"),),
        (("effects.params.scale", "1e200"), ("saldo.value_per_person_year_kr", "1e200")),
    ],
)
@pytest.mark.parametrize("ask", ["value", "moves"])
def test_a_figure_that_is_too_large_is_wrong_input(sets: Sets, ask: str) -> None:
    desk = Desk(Reader())
    with pytest.raises(InputError, match="so large that it cannot be written"):
        getattr(desk, ask)(Position(PUBLISHED, sets), "da")


def test_the_sheet_says_that_a_number_is_too_large_to_be_written() -> None:
    desk, sets = Desk(Reader()), (("effects.params.scale", "1e308"),)
    sheet = desk.sheet(Position(PUBLISHED, sets), "da")
    assert [one["path"] for one in sheet["faults"]] == ["sets"]
    assert sheet["position"]["sets"] == [list(one) for one in sets]
    assert sheet["sliders"] == desk.sheet(Position(PUBLISHED), "da")["sliders"]


def test_large_deliveries_are_fewer(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten thousand replications of the whole country take a hundred megabytes."""
    reader, desk = Reader(), Desk(Reader())
    kept = kept_of(deliver(Desk(reader), reader, Position(PUBLISHED)))
    monkeypatch.setattr(footings, "MOST_BYTES", 2 * sum(map(len, kept.luck)))
    ways = [Position(PUBLISHED, (("demand.scale", number),)) for number in ("0.9", "1.1", "1.2")]
    for way in ways:
        desk.take(desk.delivery_of(way), kept)
    assert [desk.has(way) for way in ways] == [False, True, True]
    monkeypatch.setattr(footings, "MOST_BYTES", 1)
    desk.take(desk.delivery_of(ways[0]), kept)
    assert [desk.has(way) for way in ways] == [True, False, False]
