"""English briefs and figures: English throughout, true to the run, beside the Danish ones and not in their place."""

from __future__ import annotations

import itertools
import re
from functools import cache
from pathlib import Path

import pytest
from matplotlib.transforms import Bbox

from simulator.report import make_brief, save_figure
from simulator.report.blocks import Document
from simulator.report.brief import compose, file_name
from simulator.report.formats import md
from simulator.report.language import NO_BREAK, read_words
from simulator.report.pictures import Pictures
from simulator.report.plugs import plug, plug_names
from simulator.report.reading import read_run
from simulator.report.sections.telling import Telling
from simulator.report.story import words_for
from simulator.report.style import figure_size
from tests.unit.report.conftest import FolderOf, RunOf
from tests.unit.report.danish_text import told
from tests.unit.report.drawn_texts import texts_of
from tests.unit.report.made_up_runs import write_run
from tests.unit.report.shapes import SHAPES, Shape

DANISH_TERMS = ("ressourceforløb", "ledighedsydelse", "a-kasse", "a-kasser", "satsregulering")
"""Danish institutions that keep their name in English."""
DANISH = re.compile(
    r"[æøåÆØÅ»«]|\b(?:og|ikke|til|af|der|det|den|en|et|er|på|som|med|uden|efter|samtaler|samtale|uge|uger|fra|ved|"
    r"eller|pr|pct|mio|ca|skønnes|kørsel|udkast|saldoen|forslaget)\b",
    re.IGNORECASE,
)
DRAWN = ("published", "gain")
FIGURES = tuple(
    name
    for name in plug_names("figures")
    if name != "municipalities" and not hasattr(plug("figures", name, "figure"), "wanted")
)
"""Figures that fit every run, but for the map: names of places are Danish."""


@cache
def composed(folder: Path) -> Document:
    """Return the English document of a run."""
    run = read_run(folder)
    return compose(Telling(run, words_for(run, read_words("en"))))


def english(folder: Path) -> str:
    """Return the English brief of a run as its reader sees it, without titles of works and what is typed."""
    run = read_run(folder)
    text = md.write(composed(folder), Pictures(run, read_words("en"))).decode()
    return told(text, "md")


def assert_english(text: str) -> None:
    """Assert that a text holds no Danish but the terms allowed, no name of the program and no number in Danish form."""
    for term in sorted(DANISH_TERMS, key=len, reverse=True):
        text = re.sub(rf"\b{term}\b", " ", text)
    assert not DANISH.findall(text), sorted(set(DANISH.findall(text)))
    assert not re.findall(r"\w*[A-Za-z]_\w*|\w*_[A-Za-z]\w*", text), "a name of the program"
    assert not re.findall(r"\d,(?:\d{1,2}(?!\d)|\d{4,})", text), "a decimal comma"
    assert not re.findall(r"[−-](?:DKK )?0(?:\.0+)?(?![\d.])", text), "a negative zero"
    assert not re.findall(r"(?<=[\s(|])-\d", text), "a hyphen for a minus"
    assert not re.findall(r"[a-z]\.\.|\{|\}|None|\bnan\b", text), "a seam"
    assert not re.findall(
        r"DKK million \d|\d DKK|\bmillion million|\b(?:a an|a the|the a|of of|by of|the the|a a) ", text
    )


@pytest.mark.parametrize("shape", SHAPES)
def test_a_brief_is_english_throughout(folder_of: FolderOf, shape: str) -> None:
    text = english(folder_of(shape)).replace(f"2026-11-21-{shape.replace('_', '-')}-7f3a", " ")
    # The number 1 of a term of the bridge stands before the unit of the value.
    assert_english(text.replace("300,000 DKK per full-time year", " "))


@pytest.mark.parametrize("shape", SHAPES)
def test_an_english_brief_has_the_blocks_and_bound_numbers_of_the_danish(folder_of: FolderOf, shape: str) -> None:
    run = read_run(folder_of(shape))
    danish = compose(Telling(run, words_for(run, read_words("da"))))
    other = composed(folder_of(shape))
    assert [type(block) for block in danish.blocks] == [type(block) for block in other.blocks]
    assert sorted(map(float, danish.numbers)) == pytest.approx(sorted(map(float, other.numbers)))


def test_the_published_case_reads_in_english(folder_of: FolderOf) -> None:
    text = english(folder_of("published"))
    assert "about 10,000 conversations in the period 19 December 2021 to 16 January 2022 are held digitally" in text
    assert "a deterioration in the public balance of the order of DKK 5 million after tax, return flow and" in text
    assert "behavioural effects (2021 prices), mainly in 2022." in text
    assert "about 17 fewer full-time equivalents employed for one year" in text
    assert "a loss: around DKK 500 per conversation, in all around DKK 5 million.”" in text
    assert "Previously stated: about 10,000 conversations and a deterioration of the order of DKK 5 million." in text


def test_a_gain_is_not_called_a_loss_in_english(folder_of: FolderOf) -> None:
    text = english(folder_of("gain"))
    assert "an improvement in the public balance of the order of DKK 1.3 million" in text
    assert not re.search(r"deteriorat|fewer full-time|[Ll]oss per|allow for a loss", text)


def test_a_null_has_no_effect_in_english(folder_of: FolderOf) -> None:
    text = english(folder_of("null"))
    assert "changes neither the number nor the form" in text and "no effect on the public balance" in text
    assert not re.search(r"deteriorat|improve|−DKK", text)


def test_the_title_is_that_of_the_scenario_in_english(tmp_path: Path) -> None:
    folder = write_run(tmp_path / "run", SHAPES["suspension"])
    assert english(folder).count("# A title in English") == 1
    assert "Suspension af" not in english(folder)


def test_an_english_brief_stands_beside_the_danish_with_figures_of_its_own(tmp_path: Path) -> None:
    folder = write_run(tmp_path / "run", Shape("published"))
    danish = {path: path.read_bytes() for path in make_brief(folder, ["md"])}
    figures = {path: path.read_bytes() for path in (folder / "figures").glob("*.*")}
    written = make_brief(folder, ["md", "html"], "en")
    assert [path.name for path in written] == ["brief.en.md", "brief.en.html"]
    assert {path: path.read_bytes() for path in danish} == danish
    assert {path: path.read_bytes() for path in (folder / "figures").glob("*.*")} == figures
    named = set(re.findall(r"\]\(([^)]*\.svg)\)", written[0].read_text(encoding="utf-8")))
    assert named == {f"figures/en/{name}.svg" for name in ("bridge", "calendar", "conversations")}
    assert all((folder / name).is_file() for name in named)
    assert '<html lang="en' in written[1].read_text(encoding="utf-8")
    again = [path.read_bytes() for path in written]
    assert [path.read_bytes() for path in make_brief(folder, ["md", "html"], "en")] == again
    assert save_figure(folder, "calendar", language="en")[0] == folder / "figures" / "en" / "calendar.svg"


def test_a_danish_brief_keeps_its_name() -> None:
    assert (file_name("pdf", "da"), file_name("pdf", "en")) == ("brief.pdf", "brief.en.pdf")


@pytest.mark.parametrize("name", FIGURES)
@pytest.mark.parametrize("shape", DRAWN)
def test_a_figure_is_english_and_nothing_overlaps_or_leaves_the_sheet(run_of: RunOf, shape: str, name: str) -> None:
    run = run_of(shape)
    pictures = Pictures(run, read_words("en"))
    figure = plug("figures", name, "figure").draw(run, pictures.told, figure_size("page"))
    texts = texts_of(figure)
    assert_english(" | ".join(text for text, _ in texts).replace(NO_BREAK, " "))
    width, height = figure.get_size_inches() * figure.dpi
    for text, extent in texts:
        inside = extent.x0 >= -1 and extent.y0 >= -1 and extent.x1 <= width + 1 and extent.y1 <= height + 1
        assert inside, f"{text!r} leaves the sheet"
    for (one, first), (other, second) in itertools.combinations(texts, 2):
        common = Bbox.intersection(first, second)
        assert common is None or common.width < 1 or common.height < 1, f"{one!r} overlaps {other!r}"


@pytest.mark.parametrize("name", FIGURES)
def test_what_a_figure_shows_is_told_in_english(run_of: RunOf, name: str) -> None:
    pictures = Pictures(run_of("published"), read_words("en"))
    assert_english(pictures.alt(name).replace(NO_BREAK, " ").replace("300,000 DKK per", " "))
