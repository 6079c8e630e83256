"""Figures: nothing overlaps or leaves the sheet, for any run and size, and equal runs give equal files."""

from __future__ import annotations

import itertools
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest
from PIL import Image

from simulator.errors import InputError
from simulator.report import draw_all, figure_names, save_figure
from simulator.report.figures.conversations import SHADES
from simulator.report.language import Words
from simulator.report.plugs import plug
from simulator.report.story import words_for
from simulator.report.style import BLUES, GAIN, LOSS, NAVY, SIZES, WITHDRAWN, figure_size, grey
from tests.unit.report.conftest import FolderOf, RunOf
from tests.unit.report.drawn_checks import check_drawing
from tests.unit.report.drawn_texts import texts_of
from tests.unit.report.hard_cases import CASES as HARD
from tests.unit.report.made_up_runs import write_run
from tests.unit.report.shapes import SHAPES

RUNS = (
    "published",
    "null",
    "one_week",
    "one_municipality",
    "gain",
    "thousandfold",
    "suspension",
    "fewer_talks",
    "both",
    "year",
    "social",
    "lasting",
)
FIGURES = tuple(name for name in figure_names() if not hasattr(plug("figures", name, "figure"), "wanted"))
"""Figures that fit every run; those that do not have tests of their own."""


@pytest.mark.parametrize("name", FIGURES)
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("shape", [name for name in RUNS if name not in HARD])
def test_no_text_overlaps_another_or_leaves_the_sheet(
    run_of: RunOf, words: Words, shape: str, size: str, name: str
) -> None:
    run = run_of(shape)
    figure = plug("figures", name, "figure").draw(run, words_for(run, words), figure_size(size))
    assert len(texts_of(figure)) > 5
    check_drawing(figure, size)


@pytest.mark.parametrize("name", FIGURES)
@pytest.mark.parametrize("shape", RUNS)
def test_a_figure_says_in_words_what_it_shows(run_of: RunOf, words: Words, shape: str, name: str) -> None:
    told = plug("figures", name, "figure").alt_text(run_of(shape), words)
    assert len(told) > 40 and told.endswith(".")
    assert not any(mark in told for mark in ("_", "{", ".."))


def test_titles_state_what_the_run_says(run_of: RunOf, words: Words) -> None:
    bridge = plug("figures", "bridge", "figure")
    runs = {name: run_of(name) for name in RUNS}
    told = {
        name: bridge.title(run, words_for(run, words)).replace("\N{NO-BREAK SPACE}", " ") for name, run in runs.items()
    }
    assert told["published"] == "Ca. 10.000 samtaler ændrer form og koster i størrelsesordenen 5 mio. kr."
    assert told["gain"] == "Ca. 10.000 samtaler ændrer form og giver i størrelsesordenen 1,3 mio. kr."
    assert told["null"] == "Forslaget ændrer ingen samtaler og har ingen virkning på saldoen"
    assert told["thousandfold"].startswith("Ca. 10.000.000 samtaler")
    assert told["social"] == told["published"].replace("koster", "koster samfundet")
    assert told["fewer_talks"] == "Forslaget svækker den offentlige saldo i størrelsesordenen 8,5 mio. kr."


def test_figures_are_saved_with_the_same_bytes_each_time(folder_of: FolderOf, tmp_path: Path) -> None:
    first = draw_all(folder_of("published"))
    second = draw_all(write_run(tmp_path / "elsewhere", SHAPES["published"]))
    names = sorted((*FIGURES, "years"))
    assert [path.name for path in first] == [f"{name}.{end}" for name in names for end in ("svg", "png", "csv")]
    for one, other in zip(first, second, strict=True):
        assert one.read_bytes() == other.read_bytes(), one.name


def test_an_svg_carries_title_description_and_nothing_from_outside(folder_of: FolderOf) -> None:
    svg, _, data = save_figure(folder_of("published"), "bridge", "column")
    assert (svg.name, data.name) == ("bridge-column.svg", "bridge.csv")
    root = ElementTree.fromstring(svg.read_text(encoding="utf-8"))
    space = "{http://www.w3.org/2000/svg}"
    assert root.get("role") == "img"
    title, told = root.find(f"{space}title"), root.find(f"{space}desc")
    assert title is not None and title.text == "Fra samtaler til kroner"
    assert told is not None and told.text and "−5,0" in told.text
    targets = [value for node in root.iter() for key, value in node.attrib.items() if key.endswith("href")]
    assert targets and all(target.startswith("#") for target in targets)
    assert "<image" not in svg.read_text(encoding="utf-8")


def test_colours_can_be_told_apart_in_grey() -> None:
    forms = sorted(map(grey, SHADES.values()))
    assert min(high - low for low, high in itertools.pairwise(forms)) >= 0.2
    steps = list(map(grey, BLUES))
    assert steps == sorted(steps, reverse=True)
    assert min(high - low for high, low in itertools.pairwise(steps)) >= 0.2
    assert abs(grey(NAVY) - grey(WITHDRAWN)) > 0.4
    assert (GAIN, LOSS) == ("#0072B2", "#D55E00")


def test_a_png_is_drawn_at_the_size_of_the_page(folder_of: FolderOf) -> None:
    _, png, _ = save_figure(folder_of("published"), "calendar")
    with Image.open(png) as image:
        assert image.width == 1300
        assert image.info["dpi"] == pytest.approx((200, 200), abs=0.01)
        assert len(image.convert("L").getcolors(256) or []) > 20


def test_unknown_figures_and_sizes_are_refused_with_those_there_are(folder_of: FolderOf) -> None:
    with pytest.raises(InputError, match="available: breakeven, bridge, calendar, conversations"):
        save_figure(folder_of("published"), "pie")
    with pytest.raises(InputError, match="available: column, page, slide"):
        save_figure(folder_of("published"), "bridge", "poster")
