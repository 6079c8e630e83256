"""Why two kept runs differ, on runs whose difference is known."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulator.plan import Plan
from simulator.results import Run
from simulator.results.difference import Decomposition, Difference, difference_of, figure_of
from simulator.results.plain_difference import csv_difference, plain_difference
from simulator.results.read import KeptRun, kept_run
from simulator.results.record import Occasion
from simulator.results.save import Place, save
from simulator.scenario import read_scenario
from simulator.uncertainty.knowledge import simulate
from tests.unit.results.small_runs import SCENARIOS, small_run


def kept(run: Run, folder: Path, occasion: Occasion) -> KeptRun:
    return kept_run(Path(str(save(run, Place(folder), occasion).folder)))


def terms_of(found: Decomposition) -> dict[str, float]:
    return {term.name: term.amount for term in found.terms}


@pytest.fixture(scope="module")
def both(published: Run, occasion: Occasion, tmp_path_factory: pytest.TempPathFactory) -> tuple[KeptRun, KeptRun]:
    sets = ("effects.params.scale=0.5", "calendar.closure_weeks=[2021-W51]", "proposal.attendance.take_up_scale=0.9")
    folder = tmp_path_factory.mktemp("difference")
    other = small_run("christmas-2021", *sets)
    return kept(published, folder / "a", occasion), kept(other, folder / "b", occasion)


@pytest.fixture(scope="module")
def found(both: tuple[KeptRun, KeptRun]) -> Difference:
    return difference_of(*both)


def test_a_run_differs_from_itself_in_nothing(both: tuple[KeptRun, KeptRun]) -> None:
    found = difference_of(both[0], both[0])
    assert (found.assumptions, found.structure) == ((), ())
    assert all(one.a == one.b for one in found.figures)
    assert {amount for part in found.decompositions for amount in terms_of(part).values()} == {0.0}
    assert "The assumptions are the same." in plain_difference(found)


def test_values_that_differ_are_named_arm_by_arm(found: Difference) -> None:
    changes = {one.key: (one.a, one.b) for one in found.assumptions}
    assert set(changes) == {"effects.params.scale", "proposal.attendance.take_up_scale"}
    assert changes["effects.params.scale"][1] == 0.5
    assert changes["proposal.attendance.take_up_scale"][1] == 0.9


def test_structure_that_differs_is_named_without_numbers(found: Difference) -> None:
    changed = {one.key: (one.a, one.b) for one in found.structure}
    assert (["2021-W51", "2021-W52"], ["2021-W51"]) in changed.values()
    assert not [key for key in changed if "scale" in key]


def test_the_terms_add_up_to_the_difference_of_the_figures(found: Difference) -> None:
    figures = {one.key: one for one in found.figures}
    for part, factor in zip(found.decompositions, (1.0, 1e6), strict=True):
        figure = figures[part.figure]
        assert part.difference == pytest.approx((figure.b - figure.a) * factor)
        assert sum(terms_of(part).values()) == pytest.approx(part.difference)


def test_the_remainder_is_what_simulation_and_control_differ_by(
    found: Difference, both: tuple[KeptRun, KeptRun]
) -> None:
    gaps = []
    for run in both:
        mean, control = (figure_of(run.headline, "converted", part) for part in ("mean", "control"))
        assert mean is not None and control is not None
        gaps.append(mean - control)
    assert terms_of(found.decompositions[0])["simulation_less_control"] == pytest.approx(gaps[1] - gaps[0])


def test_links_that_were_not_changed_take_nothing(found: Difference) -> None:
    kroner = terms_of(found.decompositions[1])
    assert kroner["kr_per_week_of_employment"] == pytest.approx(0.0, abs=1e-6)
    assert kroner["share_of_effect_lost"] == pytest.approx(0.0, abs=1e-6)
    assert kroner["meeting_weeks"] < 0
    assert kroner["weeks_of_employment_per_conversation"] < kroner["take_up_scale"] < 0
    assert terms_of(found.decompositions[0])["share_not_excepted"] == pytest.approx(0.0, abs=1e-9)


def test_volume_is_told_where_a_concept_counts_it(published: Run, occasion: Occasion, tmp_path: Path) -> None:
    fewer = small_run("fewer-talks", engine="control")
    found = difference_of(kept(published, tmp_path / "a", occasion), kept(fewer, tmp_path / "b", occasion))
    volume = fewer.headline["saldo_mio_kr"]["volume"]["control"] * 1e6
    assert terms_of(found.decompositions[1])["volume_in_the_headline"] == pytest.approx(volume)


def test_the_csv_holds_everything(found: Difference) -> None:
    lines = csv_difference(found).splitlines()
    assert lines[0] == "section,item,unit,a,b,difference"
    for section in ("assumption", "structure", "figure", "why converted"):
        assert any(line.startswith(section) for line in lines)


def test_figures_are_read_by_their_path() -> None:
    headline = {"a": {"mean": 2.0, "control": None}, "n": 3, "flag": True, "text": "x"}
    assert figure_of(headline, "a") == 2.0
    assert figure_of(headline, "a", "control") is None
    assert figure_of(headline, "n") == 3.0
    assert [figure_of(headline, path) for path in ("flag", "text", "b.c", "n.x")] == [None, None, None, None]


def test_what_is_drawn_otherwise_is_a_difference(occasion: Occasion, tmp_path: Path) -> None:
    def drawn(name: str, low: float) -> KeptRun:
        file = tmp_path / f"{name}.yaml"
        keeps = f"{{value: 0.65, distribution: {{name: uniform, low: {low}, high: 1}}}}"
        text = f"name: drawn\neffects: {{params: {{relative_effect: {keeps}}}}}\nplaces: [Samsø]\n"
        file.write_text(f"extends: {SCENARIOS / 'christmas-2021-bottom-up'}\n{text}", encoding="utf-8")
        scenario = read_scenario(file)
        return kept(simulate(scenario, Plan(seed=1, replications=1, draws=16)), tmp_path / name, occasion)

    a, b = drawn("a", 0), drawn("b", 0.5)
    found = difference_of(a, b)
    assert not found.assumptions
    ((key, one, other),) = [(one.key, one.a, one.b) for one in found.structure]
    assert (key, one) == ("effects.params.relative_effect.distribution", "uniform(low=0.0, high=1.0)")
    assert other == "uniform(low=0.5, high=1.0)"
    low = next(one for one in found.figures if one.key == "saldo_mio_kr.employment_effect.low")
    assert low.a is not None and low.b is not None and low.a < low.b < 0


def test_runs_without_draws_are_not_told_to_have_no_range(found: Difference) -> None:
    assert not [one for one in found.figures if one.key.endswith((".low", ".high"))]
