"""What the newer figures state and draw: by rule, from the tables of the run."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from simulator.errors import InputError
from simulator.report.driven import map_record, tornado_record, turnings
from simulator.report.language import NO_BREAK, Words
from simulator.report.pictures import Pictures
from simulator.report.plugs import plug, plug_names, plug_summaries
from simulator.report.queues import queues_of
from simulator.report.reading import Run, read_run
from simulator.report.sensitivity.telling import Told
from simulator.report.story import words_for
from tests.unit.report.conftest import RunOf
from tests.unit.report.drawn_texts import texts_of
from tests.unit.report.hard_cases import CASES, write_case
from tests.unit.report.made_up_drivers import turns
from tests.unit.report.made_up_places import write_table
from tests.unit.report.shapes import SHAPES, Shape

CaseOf = Callable[[str], Run]
MORE = {name: SHAPES[name] for name in ("published", "partial_loss", "lasting", "social", "suspension", "transfers")}


@pytest.fixture(scope="module")
def case_of(tmp_path_factory: pytest.TempPathFactory) -> CaseOf:
    """Run of a case with all tables, by name."""

    @cache
    def case(name: str) -> Run:
        return read_run(write_case(tmp_path_factory.mktemp(name) / "run", (CASES | MORE)[name]))

    return case


def stated(run: Run, words: Words, name: str) -> str:
    title: str = plug("figures", name, "figure").title(run, words_for(run, words))
    return title.replace(NO_BREAK, " ")


@pytest.mark.parametrize(
    ("case", "told"),
    [
        ("published", "I alt et tab i størrelsesordenen 5 mio. kr., og 76 pct. af det falder i 2022"),
        ("gain", "I alt en gevinst i størrelsesordenen 1,3 mio. kr., og 76 pct. af den falder i 2022"),
        ("null", "Ingen virkning i noget finansår"),
        ("five_years", "I alt et tab i størrelsesordenen 300 mio. kr., fordelt over flere år"),
        ("lasting", "Et tab i størrelsesordenen 1,7 mio. kr. om året, når reglen er fuldt indfaset"),
    ],
)
def test_years_say_how_much_and_when(case_of: CaseOf, words: Words, case: str, told: str) -> None:
    assert stated(case_of(case), words, "years") == told


def test_the_range_of_the_whole_is_as_stated_and_not_called_that_of_a_year(case_of: CaseOf, words: Words) -> None:
    pictures = Pictures(case_of("partial_loss"), words)
    rows = list(csv.DictReader(io.StringIO(pictures.data("years"))))
    assert [bool(row["low_mio_kr"]) for row in rows] == [False, False, False, True]
    assert float(rows[-1]["low_mio_kr"]) == -9.0 and float(rows[-1]["high_mio_kr"]) == -1.0
    assert sum(float(row["effect_mio_kr"]) for row in rows[:-1]) == pytest.approx(float(rows[-1]["effect_mio_kr"]))
    assert "der er ikke regnet et spænd for hvert år" in pictures.alt("years")
    shown = {text for text, _ in texts_of(pictures.figure("years", "page"))}
    assert {"−9", "−1"} <= shown
    assert "spænd" not in Pictures(case_of("published"), words).alt("years")


@pytest.mark.parametrize(
    ("case", "told"),
    [
        ("null", "Køen er den samme med og uden forslaget"),
        ("gain", "Ca. 240 færre venter ved periodens udgang end uden forslaget"),
        ("published", "Ca. 610 flere venter ved periodens udgang end uden forslaget"),
        (
            "five_years",
            "Ca. 880.000 flere venter, når køen er længst, den 27. juni 2021, "
            "og køen er afviklet den 24. december 2023",
        ),
    ],
)
def test_the_queue_is_longer_shorter_or_the_same(case_of: CaseOf, words: Words, case: str, told: str) -> None:
    assert stated(case_of(case), words, "queue") == told


def test_who_waits_is_who_came_less_who_left(case_of: CaseOf) -> None:
    run = case_of("one_week")
    queues = queues_of(run)
    for arm in ("baseline", "proposal"):
        assert queues.waiting[arm][0] == pytest.approx(run.mean("conversations", arm, "waiting_start"))
        assert queues.waiting[arm][-1] == pytest.approx(run.mean("conversations", arm, "waiting_end"))
    assert queues.weeks == ((2022, 1),)
    assert queues.days["proposal"] == pytest.approx(0.7504890265 * 1.8)


def test_a_run_that_does_not_say_who_waits_has_no_queue(run_of: RunOf, words: Words) -> None:
    assert "queue" not in Pictures(run_of("published"), words).wanted_names()


def test_the_title_of_the_drivers_names_the_largest(case_of: CaseOf, words: Words) -> None:
    assert (
        stated(case_of("published"), words, "tornado")
        == "Virkningen på den offentlige saldo afhænger mest af skala på beskæftigelseseffekten"
    )
    assert stated(case_of("social"), words, "tornado").startswith("Tallet afhænger mest af ")


def test_drivers_are_those_that_move_and_families_tell_how_many_they_are(case_of: CaseOf, words: Words) -> None:
    record = tornado_record(case_of("published"))
    told = Told(record, words)
    assert record["unmoved"] == ["delivery.utilisation"]
    assert told.rows[0]["name"] == "effects.params.scale"
    assert told.rows[0]["high_figure"] == pytest.approx(5.09 * record["today"])
    assert told.range("demand.contact.observed") == "24 forudsætninger flyttet sammen"
    assert told.range("attendance.take_up") == "0,25 til 0,6 (andel)"


def test_the_note_counts_the_rows_that_are_drawn(case_of: CaseOf, words: Words) -> None:
    pictures = Pictures(case_of("published"), words)
    rows = list(csv.DictReader(io.StringIO(pictures.data("tornado"))))
    texts = [text for text, _ in texts_of(pictures.figure("tornado", "slide"))]
    shown = [row for row in rows if any(text.startswith(row["name"][:20]) for text in texts)]
    assert 0 < len(shown) < len(rows)
    count = sum(row["how"] == "closed form" for row in shown)
    assert any(text.startswith(f"{count} af rækkerne er regnet med kontrolberegningen") for text in texts)


def test_an_end_that_was_refused_is_the_estimate_itself(case_of: CaseOf, words: Words, tmp_path: Path) -> None:
    folder = write_case(tmp_path / "run", SHAPES["published"])
    path = folder / "tables" / "drivers.csv"
    rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))
    write_table(folder, "drivers", [{**rows[0], "low_figure_mio_kr": ""}, *rows[1:]])
    record = tornado_record(read_run(folder))
    assert record["rows"][0]["low_figure"] == record["today"]
    write_table(folder, "drivers", [{**row, "low_figure_mio_kr": "", "high_figure_mio_kr": ""} for row in rows])
    assert "tornado" not in Pictures(read_run(folder), words).wanted_names()


@pytest.mark.parametrize(
    ("goals", "told"),
    [
        (("zero", "half", "double"), "Virkningen er 0, hvis »Andel af effekten, som en digital samtale bevarer« er 1"),
        (
            ("half", "double"),
            "Virkningen er det halve, hvis »Andel af effekten, som en digital samtale bevarer« er 0,5, "
            "og ingen forudsætning alene gør den til 0 inden for sit spænd",
        ),
        (
            ("double",),
            "Ingen forudsætning gør alene virkningen til 0 eller det halve inden for sit spænd",
        ),
    ],
)
def test_the_title_of_break_evens(words: Words, tmp_path: Path, goals: tuple[str, ...], told: str) -> None:
    folder = write_case(tmp_path / "run", SHAPES["published"])
    write_table(folder, "turns", [row for row in turns(SHAPES["published"]) if row["goal"] in goals])
    assert stated(read_run(folder), words, "breakeven") == told


def test_what_no_number_gives_is_said(case_of: CaseOf, words: Words) -> None:
    found = {turning.key: turning for turning in turnings(case_of("published"))}
    assert found["closures.carry_share"].impossible == ["zero", "half"]
    assert found["effects.params.relative_effect"].impossible == ["double"]
    told = Pictures(case_of("published"), words).alt("breakeven")
    assert "virkningen er 0 er ikke muligt" in told and "uden for spændet" in told


@pytest.mark.parametrize(
    ("case", "told"),
    [
        ("published", "Et tab på mellem 0 og 5,50 mio. kr. inden for spændene for de to største forudsætninger"),
        ("gain", "En gevinst på mellem 0 og 1,38 mio. kr. inden for spændene for de to største forudsætninger"),
    ],
)
def test_the_map_of_two_says_between_which_ends(case_of: CaseOf, words: Words, case: str, told: str) -> None:
    assert stated(case_of(case), words, "two_way") == told


def test_the_map_of_two_is_the_table(case_of: CaseOf) -> None:
    record = map_record(case_of("published"))
    assert len(record["figures"]) == len(record["values_up"]) == 7
    assert record["figures"][0][0] == pytest.approx(record["today"] * 250_000 / 300_000)
    assert record["figures"][6][6] == 0


def test_what_floats_leave_of_nothing_turns_no_sign(words: Words, tmp_path: Path) -> None:
    folder = write_case(tmp_path / "run", SHAPES["published"])
    path = folder / "tables" / "two_way.csv"
    rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))
    spoilt = [{**row, "mio_kr": "4e-16"} if float(row["mio_kr"]) == 0 else row for row in rows]
    assert spoilt != rows
    write_table(folder, "two_way", spoilt)
    assert stated(read_run(folder), words, "two_way").startswith("Et tab på mellem 0 og ")


def test_a_table_of_two_with_holes_is_not_drawn(words: Words, tmp_path: Path) -> None:
    folder = write_case(tmp_path / "run", SHAPES["published"])
    path = folder / "tables" / "two_way.csv"
    path.write_text("\n".join(path.read_text(encoding="utf-8").splitlines()[:-1]) + "\n", encoding="utf-8")
    assert "two_way" not in Pictures(read_run(folder), words).wanted_names()


@pytest.mark.parametrize(
    ("table", "name", "change", "told"),
    [
        ("drivers", "tornado", {"low": "much"}, "drivers.csv:2  low: 'much' is not a number; run the scenario again"),
        ("turns", "breakeven", {"at": "nan"}, "turns.csv:2  at: 'nan' is not a number; run the scenario again"),
        ("two_way", "two_way", {"mio_kr": None}, "two_way.csv:2  no column mio_kr; run the scenario again"),
    ],
)
def test_a_damaged_table_is_refused(
    words: Words, tmp_path: Path, table: str, name: str, change: dict[str, str | None], told: str
) -> None:
    folder = write_case(tmp_path / "run", SHAPES["published"])
    path = folder / "tables" / f"{table}.csv"
    rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))
    spoilt = [{key: value for key, value in (row | change).items() if value is not None} for row in rows]
    write_table(folder, table, spoilt)
    with pytest.raises(InputError, match=re.escape(told)):
        Pictures(read_run(folder), words).figure(name, "page")


@pytest.mark.parametrize("change", [{"effect": -3.0}, {"effect": 2.0}])
def test_titles_change_with_the_results(words: Words, tmp_path: Path, change: dict[str, float]) -> None:
    """Where the estimate is another, every figure of kroner says so."""
    folder = write_case(tmp_path / "run", SHAPES["published"])
    before = {name: Pictures(read_run(folder), words).alt(name) for name in ("bridge", "tornado", "years")}
    factor = change["effect"] / -5.02
    path = folder / "headline.json"
    found = json.loads(path.read_text(encoding="utf-8"))
    found["saldo_mio_kr"]["employment_effect"]["mean"] *= factor
    path.write_text(json.dumps(found), encoding="utf-8")
    for name in ("saldo", "drivers"):
        rows = list(csv.DictReader(io.StringIO((folder / "tables" / f"{name}.csv").read_text(encoding="utf-8"))))
        scaled = ("kr", "low_figure_mio_kr", "high_figure_mio_kr", "swing_mio_kr")
        write_table(
            folder,
            name,
            [{k: float(v) * factor if k in scaled and v else v for k, v in row.items()} for row in rows],
        )
    after = {name: Pictures(read_run(folder), words).alt(name) for name in before}
    assert all(before[name] != after[name] for name in before)


def test_each_figure_says_in_its_first_line_what_it_shows() -> None:
    told = plug_summaries("figures")
    assert list(told) == list(plug_names("figures"))
    assert all(text.endswith(".") and len(text) > 30 for text in told.values())


def test_numbers_of_a_short_shape_are_told_in_whole_conversations(words: Words, tmp_path: Path) -> None:
    shape: Shape = replace(SHAPES["one_municipality"], scale=0.002)
    run = read_run(write_case(tmp_path / "run", shape))
    assert "," not in stated(run, words, "queue")
