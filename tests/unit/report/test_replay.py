"""The figure of several years replayed: what it reads, what it says, where its words stand, and which runs it fits."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from simulator.errors import InputError
from simulator.report import draw_all, save_figure
from simulator.report.drawing import Sheet
from simulator.report.figures.replay import alt_text, draw, title, wanted
from simulator.report.labels import Box, Label, Labels
from simulator.report.language import NO_BREAK, Words
from simulator.report.months import Stretch, held_by_year, months_of, whole_months
from simulator.report.pictures import Pictures, save_missing
from simulator.report.reading import Run, read_run
from simulator.report.style import SIZES, figure_size
from tests.unit.report.danish_text import assert_danish
from tests.unit.report.drawn_texts import check_texts, texts_of
from tests.unit.report.made_up_places import ANY_RULE, write_table
from tests.unit.report.made_up_runs import write_run
from tests.unit.report.shapes import SHAPES

YEARS = replace(
    SHAPES["null"],
    name="replayed",
    period=(date(2019, 1, 1), date(2023, 12, 31)),
    closure_weeks=(),
    places=("751",),
)
SHARES = {2019: 0.22, 2020: 0.48, 2021: 0.58, 2022: 0.36, 2023: 0.405}
LOCKDOWN = {month: 1.0 if month < 6 else 0.47 if month < 8 else 0.204 for month in range(1, 13)}
"""The months of 2021, which come to the share of the year."""

PUBLISHED = {"digital_share_2019": 0.22, "digital_share_2021": 0.69, "digital_share_2023": 0.44}
BACKLOG = {"most": 184_728.0, "on": "2020-05-24", "gone_by": "2020-09-13"}
QUEUE = {(2020, 3): 75_000.0, (2020, 4): 147_000.0, (2020, 5): 183_000.0, (2020, 6): 95_000.0, (2020, 7): 47_000.0}
RULES = [
    {**ANY_RULE, "kind": "suspended", "from": "2020-03-12", "to": "2020-05-25"},
    {**ANY_RULE, "kind": "suspended", "from": "2020-06-01", "to": "2020-06-30", "groups": "dagpenge"},
    {**ANY_RULE, "kind": "digital_only", "from": "2020-11-09", "to": "2020-12-03", "municipality_codes": "860,813"},
    {**ANY_RULE, "kind": "digital_only", "from": "2021-02-01", "to": "2021-05-15"},
    {**ANY_RULE, "kind": "digital_only", "from": "2020-12-17", "to": "2021-01-31"},
    {**ANY_RULE, "kind": "office_chooses", "from": "2021-05-16", "to": "2021-07-31"},
    {**ANY_RULE, "kind": "digital_only", "from": "2021-08-01", "to": "2021-08-31", "arm": "baseline"},
    {**ANY_RULE, "kind": "digital_only", "from": "2023-12-01", "to": ""},
]


def months(shares: dict[int, float], jobcentre: float = 180_000.0) -> Iterator[dict[str, Any]]:
    """Yield the rows of a table of months: level conversations, a digital share by year, and the queue."""
    for arm, year, month in itertools.product(("baseline", "proposal"), shares, range(1, 13)):
        for kind, held in (("jobcentre", jobcentre), ("a_kasse", 20_000.0)):
            digital = held * (LOCKDOWN[month] if shares is SHARES and year == 2021 else shares[year])
            longer = QUEUE.get((year, month), 0.0) if arm == "proposal" and kind == "jobcentre" else 0.0
            counts = {"due": held, "held": held, "physical": held - digital, "phone": digital * 0.9}
            row = {"arm": arm, "year": year, "month": month, "office_kind": kind, **counts}
            yield {**row, "video": digital * 0.1, "waiting": 5_000.0 + longer}


CASES: dict[str, dict[str, Any]] = {
    "history": {},
    "nothing published": {"published": {}},
    "no queue": {"backlog": None},
    "never gone": {"backlog": {**BACKLOG, "gone_by": None}},
    "hits": {"published": {"digital_share_2019": 0.22, "digital_share_2020": 0.48}},
    "above": {"published": {"digital_share_2020": 0.42, "digital_share_2022": 0.38}},
    "all digital": {"shares": dict.fromkeys(range(2019, 2024), 1.0), "published": {"digital_share_2021": 1.0}},
    "none digital": {"shares": dict.fromkeys(range(2019, 2024), 0.0), "published": {}},
    "two years": {"shares": {2019: 0.22, 2020: 0.48}, "period": (date(2019, 1, 1), date(2020, 12, 31))},
}
RunWith = Callable[[str], Run]


def changed(folder: Path, **keys: Any) -> None:
    path = folder / "headline.json"
    path.write_text(json.dumps({**json.loads(path.read_text(encoding="utf-8")), **keys}), encoding="utf-8")


@pytest.fixture(scope="module")
def run_with(tmp_path_factory: pytest.TempPathFactory) -> RunWith:
    """Return a made-up run of several years by the name of its case."""

    @cache
    def made(name: str) -> Run:
        case = CASES[name]
        shape = replace(YEARS, period=case.get("period", YEARS.period))
        folder = write_run(tmp_path_factory.mktemp("run") / "run", shape)
        write_table(folder, "months", list(months(case.get("shares", SHARES))))
        write_table(folder, "rules", RULES)
        changed(folder, published=case.get("published", PUBLISHED), backlog=case.get("backlog", BACKLOG))
        return read_run(folder)

    return made


def test_months_are_summed_over_the_kinds_of_office_they_belong_to(run_with: RunWith) -> None:
    found = months_of(run_with("history"))
    assert len(found.months) == 60
    assert found.months[0].held == 200_000 and found.months[0].at_jobcentres == 180_000
    assert found.months[14].more_waiting == 75_000
    assert found.shares == pytest.approx(SHARES)
    assert found.published == {2019: 0.22, 2021: 0.69, 2023: 0.44}
    assert held_by_year(found.months)[2021] == pytest.approx(2_400_000)
    assert found.backlog is not None and found.backlog.on == date(2020, 5, 24)


def test_stretches_are_those_of_every_conversation_in_the_country_and_joined(run_with: RunWith) -> None:
    assert months_of(run_with("history")).stretches == (
        Stretch("suspended", date(2020, 3, 12), date(2020, 5, 25)),
        Stretch("digital_only", date(2020, 12, 17), date(2021, 5, 15)),
        Stretch("digital_only", date(2023, 12, 1), date(2023, 12, 31)),
    )
    assert [stretch.kind for stretch in months_of(run_with("two years")).stretches] == ["suspended", "digital_only"]


@pytest.mark.parametrize(
    ("case", "told"),
    [
        ("history", "Modellen ligger 3 procentpoint under det offentliggjorte i 2023 og 11 under i 2021"),
        ("above", "Modellen ligger 2 procentpoint under det offentliggjorte i 2022 og 6 over i 2020"),
        ("hits", "Modellen rammer den offentliggjorte digitale andel i 2019 og 2020"),
        (
            "nothing published",
            "Den digitale andel af jobcentrenes samtaler går fra 22 pct. i 2019 til 41 pct. i 2023",
        ),
        ("none digital", "Den digitale andel af jobcentrenes samtaler er 0 pct. i både 2019 og 2023"),
    ],
)
def test_the_title_follows_from_the_numbers(run_with: RunWith, words: Words, case: str, told: str) -> None:
    assert title(run_with(case), words).replace(NO_BREAK, " ") == told


def test_a_miss_is_the_difference_of_the_numbers_shown(run_with: RunWith, words: Words) -> None:
    """44 less 40.5 is 3.5, but the figure shows 44 and 41."""
    run = run_with("history")
    shown = {text for text, _ in texts_of(draw(run, words, figure_size("page")))}
    assert {"44", "41", "model 58", "offentliggjort 69"} <= shown
    assert "3 procentpoint" in title(run, words)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("case", CASES)
def test_no_text_overlaps_another_or_leaves_the_sheet(run_with: RunWith, words: Words, case: str, size: str) -> None:
    check_texts(draw(run_with(case), words, figure_size(size)))


@pytest.mark.parametrize("size", SIZES)
def test_the_queue_is_named_with_its_peak_and_its_end(run_with: RunWith, words: Words, size: str) -> None:
    shown = {text.replace(NO_BREAK, " ") for text, _ in texts_of(draw(run_with("history"), words, figure_size(size)))}
    assert {"højst 185.000 flere venter, 24. maj 2020", "afviklet 13. september 2020", "suspenderet"} <= shown
    without = {text for text, _ in texts_of(draw(run_with("no queue"), words, figure_size(size)))}
    assert not any("venter" in text or "afviklet" in text for text in without)


@pytest.mark.parametrize("case", CASES)
def test_what_it_shows_in_words(run_with: RunWith, words: Words, case: str) -> None:
    told = alt_text(run_with(case), words).replace(NO_BREAK, " ")
    assert_danish(told)
    assert told.endswith(".") and ".." not in told
    assert ("58 pct. i 2021 mod offentliggjort 69 pct." in told) == (case in ("history", "no queue", "never gone"))
    assert ("Det er afviklet den 13. september 2020." in told) == (case not in ("no queue", "never gone"))


def test_a_run_that_is_too_short_or_has_no_months_is_refused_in_one_sentence(tmp_path: Path, run_with: RunWith) -> None:
    short = write_run(tmp_path / "short", SHAPES["published"])
    bare = write_run(tmp_path / "bare", YEARS)
    empty = write_run(tmp_path / "empty", YEARS)
    write_table(empty, "months", list(months(SHARES, jobcentre=0.0)))
    assert [whole_months(read_run(folder)) for folder in (short, bare)] == [2, 60]
    for folder in (short, bare, empty):
        assert not wanted(read_run(folder))
        with pytest.raises(InputError) as raised:
            save_figure(folder, "replay")
        (line,) = str(raised.value).splitlines()
        assert "figure 'replay' does not fit this run; it needs a period of at least 24 calendar months" in line
    assert wanted(run_with("two years"))


def test_a_document_has_only_the_figures_that_fit(tmp_path: Path, run_with: RunWith, words: Words) -> None:
    short = write_run(tmp_path / "short", SHAPES["published"])
    assert "replay.svg" not in [path.name for path in draw_all(short)]
    long = run_with("history")
    pictures = Pictures(long, words)
    assert "replay" in pictures.wanted_names()
    save_missing(long.folder, pictures)
    assert (long.folder / "figures" / "replay.png").is_file()


def test_labels_are_set_where_they_are_free_all_or_none() -> None:
    labels = Labels(Sheet(figure_size("page")), Box(0.0, 0.0, 3.0, 1.0), 8.0)
    labels.keep_free([Box(1.0, 0.5, 2.0, 1.0)])
    above = Label((1.5, 0.45), "12", ("above",))
    assert not labels.set(above)
    assert labels.set(above._replace(sides=("above", "below")))
    free = Label((0.5, 0.5), "34", ("right",))
    assert not labels.set_all([free, above])
    assert labels.set_all([free])
    assert not labels.set_all([free])
    assert labels.set(free, at_all=True)
