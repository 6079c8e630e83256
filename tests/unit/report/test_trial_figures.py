"""The figures of a trial: what their titles state, what they fit, foreign names, and the numbers that they draw."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest

from simulator.errors import InputError
from simulator.report.curves import round_sizes
from simulator.report.language import NO_BREAK, read_words
from simulator.report.pictures import Pictures
from simulator.report.plugs import fits, plug
from simulator.report.reading import read_run
from simulator.report.style import SIZES
from tests.unit.report.drawn_texts import texts_of
from tests.unit.report.made_up_information import SIZES as PERSONS
from tests.unit.report.made_up_information import Trial, information, write_information
from tests.unit.report.made_up_runs import write_run
from tests.unit.report.shapes import SHAPES

SHAPE = SHAPES["published"]
NAMES = ("power", "trial_gain")


def pictures_of(folder: Path, trial: Trial | None = None, language: str = "da", **instead: Any) -> Pictures:
    write_run(folder, SHAPE)
    if trial is not None:
        write_information(folder, SHAPE, trial, **instead)
    return Pictures(read_run(folder), read_words(language))


def title_of(pictures: Pictures, name: str) -> str:
    return str(plug("figures", name, "figure").title(pictures.run, pictures.told)).replace(NO_BREAK, " ")


@pytest.mark.parametrize("name", NAMES)
def test_a_run_without_the_table_is_told_which_section_makes_it(tmp_path: Path, name: str) -> None:
    pictures = pictures_of(tmp_path / "run")
    assert not fits(name, pictures.run) and name not in pictures.wanted_names()
    with pytest.raises(InputError, match=r"which a section '(trial|decision)' of its scenario makes"):
        pictures.figure(name, "page")


@pytest.mark.parametrize(
    ("trial", "told"),
    [
        (Trial(), "Et forsøg er pengene værd, uanset hvad man tror på forhånd"),
        (Trial(worth=False), "Et forsøg er ikke pengene værd, uanset hvad man tror på forhånd"),
        (
            Trial(priors=(("flat", 1.0), ("sceptical", 0.0))),
            "Et forsøg er pengene værd under 1 af 2 forhåndsopfattelser",
        ),
        (Trial(priors=(("flat", 1.0),)), "Et forsøg er pengene værd"),
        (Trial(priors=(("flat", 1.0),), worth=False), "Et forsøg er ikke pengene værd"),
    ],
)
def test_the_title_says_under_which_priors_a_trial_is_worth_it(tmp_path: Path, trial: Trial, told: str) -> None:
    assert title_of(pictures_of(tmp_path / "run", trial), "trial_gain") == told


@pytest.mark.parametrize(
    ("trial", "told"),
    [
        (Trial(effect=4.0), "Med 5.000 personer i hver gruppe finder forsøget forskellen i 93 pct. af tilfældene"),
        (Trial(), "Intet af de antal, der er regnet på, når en styrke på 80 pct.; det højeste giver 39 pct."),
    ],
)
def test_the_title_says_which_size_reaches_the_aim(tmp_path: Path, trial: Trial, told: str) -> None:
    assert title_of(pictures_of(tmp_path / "run", trial), "power") == told


def test_the_aim_is_that_of_the_run(tmp_path: Path) -> None:
    pictures = pictures_of(tmp_path / "run", Trial(effect=4.0))
    with (tmp_path / "run" / "tables" / "assumptions.csv").open("a", encoding="utf-8") as file:
        file.write("trial.power,0.95,share,0.8,0.95,none-found,2026-11-22,assumption,facts,1,both\n")
    pictures = Pictures(read_run(tmp_path / "run"), pictures.words)
    assert title_of(pictures, "power").startswith("Med 10.000 personer")
    assert "mål 95 pct." in [text.replace(NO_BREAK, " ") for text, _ in texts_of(pictures.figure("power", "page"))]


def test_a_formula_that_does_not_hold_is_said_below(tmp_path: Path) -> None:
    texts = [text for text, _ in texts_of(pictures_of(tmp_path / "run", Trial(holds=False)).figure("power", "page"))]
    assert any(text.startswith("Formlens forudsætninger holder ikke: nogle mødes") for text in texts)


@pytest.mark.parametrize("size", SIZES)
def test_names_that_others_wrote_keep_within_the_sheet(tmp_path: Path, size: str) -> None:
    long = "<b>**et navn** [[uden]] ende_" * 8
    figure = pictures_of(tmp_path / "run", Trial(priors=((long, 1.0), ("$x^2$", 0.5)))).figure("trial_gain", size)
    width = figure.get_size_inches()[0] * figure.dpi
    texts = texts_of(figure)
    assert all(box.x1 <= width + 1 for _, box in texts)
    assert "$x^2$" in [text for text, _ in texts]


@pytest.mark.parametrize("name", NAMES)
def test_a_figure_is_told_in_english(tmp_path: Path, name: str) -> None:
    told = pictures_of(tmp_path / "run", Trial(), "en").alt(name)
    assert told.startswith(("None of the sizes", "A trial is worth")) and "persons in each arm" in told


def test_only_the_first_outcome_is_drawn_with_its_formula_and_its_trials(tmp_path: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(pictures_of(tmp_path / "run", Trial()).data("power"))))
    assert {row["outcome"] for row in rows} == {"exit_by_week_26"}
    assert [float(row["persons_per_arm"]) for row in rows] == list(PERSONS)
    assert all(row["closed_form_power"] and row["simulated_std_error"] for row in rows)


def test_a_formula_alone_is_drawn_without_points(tmp_path: Path) -> None:
    folder = tmp_path / "run"
    pictures_of(folder, Trial())
    rows = [row | {"simulated_power": ""} for row in information(SHAPE)["trial_power"]]
    write_information(folder, SHAPE, Trial(), ("trial_power",), trial_power=rows)
    pictures = Pictures(read_run(folder), read_words("da"))
    texts = [text for text, _ in texts_of(pictures.figure("power", "page"))]
    assert "formlen" in texts and "simulerede forsøg" not in texts
    assert title_of(pictures, "power").endswith("det højeste giver 38 pct.")


def test_one_size_of_each_prior_is_the_best(tmp_path: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(pictures_of(tmp_path / "run", Trial()).data("trial_gain"))))
    assert [row["prior"] for row in rows if row["best"] == "1"] == ["sceptical", "flat", "near-equal"]


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (200.0, 20_000.0, [200, 500, 1_000, 2_000, 5_000, 10_000, 20_000]),
        (30.0, 40.0, [30, 40]),
        (7.0, 60.0, [10, 20, 50]),
        (500.0, 500.0, [500]),
    ],
)
def test_a_logarithmic_scale_has_round_numbers(low: float, high: float, expected: list[float]) -> None:
    assert round_sizes(low, high) == pytest.approx(expected)
