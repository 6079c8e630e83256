"""Panels say what the figures and sections of the documents say, of every kind of run, in both languages."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from simulator.errors import InputError
from simulator.report.figures import bridge, years
from simulator.report.language import read_words
from simulator.report.reading import read_run
from simulator.report.story import words_for
from simulator.web.opened import base_of
from simulator.web.position import Position, Reader
from simulator.web.views import panel_names, panel_of
from simulator.web.views.calendar import calendar_of
from simulator.web.words import page_languages, page_words
from tests.unit.report.made_up_runs import write_run
from tests.unit.report.shapes import SHAPES

SCENARIOS = Path(__file__).parents[3] / "scenarios"
MARKS = re.compile(r"\*\*|\[\[|\]\]|[{}]|\bNone\b|\bnan\b|[\ue000-\uf8ff]")
"""What would show that a text was not told to its end."""


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Folder of a made-up run of each shape."""
    return {name: write_run(tmp_path_factory.mktemp(name) / "run", shape) for name, shape in SHAPES.items()}


def _texts(found: Any) -> Iterator[str]:
    if isinstance(found, dict):
        for below in found.values():
            yield from _texts(below)
    elif isinstance(found, list):
        for below in found:
            yield from _texts(below)
    elif isinstance(found, str):
        yield found


@pytest.mark.parametrize("language", page_languages())
@pytest.mark.parametrize("shape", SHAPES)
def test_every_panel_of_every_run_is_told(shape: str, language: str, folders: dict[str, Path]) -> None:
    """Plain data that JSON can hold, with a heading, and no mark or gap left in a text."""
    for name in panel_names():
        found = panel_of(folders[shape], name, language)
        assert json.loads(json.dumps(found, allow_nan=False)) == found
        assert found["panel"] == name and found["title"]
        broken = [text for text in _texts(found) if MARKS.search(text)]
        assert not broken, (name, broken)


def test_the_statement_is_that_of_the_figure(folders: dict[str, Path]) -> None:
    for shape, folder in folders.items():
        run = read_run(folder)
        words = words_for(run, read_words("da"))
        assert panel_of(folder, "years", "da")["title"] == years.title(run, words), shape
        assert panel_of(folder, "bridge", "da")["title"] == bridge.title(run, words), shape


def test_years_add_up_to_the_whole(folders: dict[str, Path]) -> None:
    for shape, folder in folders.items():
        found = panel_of(folder, "years", "en")
        if found["added_up"]:
            assert found["added_up"][-1] == pytest.approx(found["rows"][-1]["effect_mio_kr"], abs=1e-9), shape


def test_a_run_that_was_not_asked_for_drivers_says_which_job_makes_them(folders: dict[str, Path]) -> None:
    waits = {(folder / "tables" / "drivers.csv").is_file(): panel_of(folder, "drivers", "da")["waits"]
             for folder in folders.values() if not read_run(folder).is_control_alone}  # fmt: skip
    assert waits.get(False, "drivers") == "drivers"
    assert waits.get(True, "") == ""
    assert waits


@pytest.mark.parametrize(
    ("name", "language", "wrong"),
    [
        ("../years", "da", "no panel"),
        ("_told", "da", "no panel"),
        ("", "da", "no panel"),
        ("years.py", "da", "no panel"),
        ("years", "fr", "no language"),
        ("years", "../da", "no language"),
    ],
)
def test_what_is_not_there_is_refused(name: str, language: str, wrong: str, folders: dict[str, Path]) -> None:
    with pytest.raises(InputError, match=wrong):
        panel_of(next(iter(folders.values())), name, language)


def test_a_folder_without_a_run_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="finished run"):
        panel_of(tmp_path, "years", "da")


def _calendar(name: str, *sets: tuple[str, str], language: str = "da") -> dict[str, Any]:
    """Return the calendar of a shipped scenario with settings, as the page is told it."""
    position = Position(base_of(SCENARIOS / f"{name}.yaml", name), (("places", "[Samsø, København]"), *sets))
    return calendar_of(Reader()(position), language)


def test_the_calendar_of_a_position_has_each_day_of_its_period() -> None:
    found = _calendar("christmas-2021")
    assert len(found["days"]) == 29
    assert sum(bool(day["open"]) for day in found["days"]) == 10
    assert {day["class_label"] for day in found["days"]} >= {"weekend", "lukkeuge"}
    assert max(day["lines"] for day in found["days"]) < len(found["said"])
    eve = next(day for day in found["days"] if day["date"] == "2021-12-24")
    assert any("Juleaften" in line["reason"] for line in found["said"][eve["lines"]])


def test_what_can_be_edited_stands_under_the_key_that_sets_it() -> None:
    """Written back as it was read, every list and week leaves the calendar as it is."""
    ice = "[{name: ice, from: 2022-01-05, to: 2022-01-05}]"
    found = _calendar("christmas-2021", ("proposal.closures.periods", ice))
    edit = found["edit"]
    back = [(one["key"], json.dumps(one["entries"])) for one in edit["lists"] if one["entries"]]
    back += [(one["key"], json.dumps(one["weeks"])) for one in edit["weeks"]]
    back += [(f"period.{end}", edit["period"][end]) for end in ("from", "to")]
    again = _calendar("christmas-2021", *back)
    assert again["days"] == found["days"] and again["said"] == found["said"] and again["rules"] == found["rules"]
    assert {key for key, _ in back} >= {"proposal.closures.periods", "proposal.attendance.rules"}


def test_closure_weeks_of_an_arm_are_told_apart_only_where_they_differ() -> None:
    """A setting for both arms is laid over each of them, and is one list for the reader."""
    both, one = ("calendar.closure_weeks", "[2021-W51]"), ("proposal.calendar.closure_weeks", "[2021-W52]")
    for sets, keys in (((both,), [both[0]]), ((both, one), [both[0], one[0]])):
        weeks = _calendar("christmas-2021", *sets)["edit"]["weeks"]
        assert [entry["key"] for entry in weeks] == keys


def test_what_has_no_source_is_marked() -> None:
    sets = ("closures.periods", "[{name: ice, from: 2022-01-05, to: 2022-01-05}]")
    lists = _calendar("christmas-2021", sets, language="en")["edit"]["lists"]
    marked = {one["key"]: one["unsourced"] for one in lists if one["entries"]}
    assert marked == {"closures.periods": [True], "proposal.attendance.rules": [False]}


def test_what_is_allowed_has_words_in_both_languages() -> None:
    told = {language: _calendar("null", language=language)["edit"]["allowed"] for language in ("da", "en")}
    for kind, entries in told["da"].items():
        assert [one["id"] for one in entries] == [one["id"] for one in told["en"][kind]]
        assert all(one["label"] for one in entries)
    assert {one["id"] for one in told["da"]["rules"]} >= {"office_chooses", "suspended"}
    assert len(told["da"]["places"]) == 98


def test_a_wrong_edit_is_told_with_its_key() -> None:
    wrong = ("closures.periods", "[{name: x, from: 2022-01-09, to: 2022-01-02, office_kinds: [post office]}]")
    with pytest.raises(InputError, match=r"closures\.periods"):
        _calendar("christmas-2021", wrong)


def test_each_panel_has_its_name_in_the_words() -> None:
    for language in page_languages():
        assert {*panel_names(), "moves"} == set(page_words(language)["views"]["panels"])


def test_panels_are_told_without_what_draws(folders: dict[str, Path]) -> None:
    """The server stays small: nothing of a panel or of the names of downloads loads matplotlib or the engine."""
    told = (
        "import sys; from pathlib import Path; from simulator.web import views, downloads; f = Path(sys.argv[1]);"
        "[views.panel_of(f, name, 'da') for name in views.panel_names()]; downloads.names_of(f);"
        "print([name for name in ('matplotlib', 'numba', 'docx', 'typst') if name in sys.modules])"
    )
    call = [sys.executable, "-c", told, str(folders["published"])]
    done = subprocess.run(call, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
