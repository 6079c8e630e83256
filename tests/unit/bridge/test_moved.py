"""What each changed assumption does to a figure: the oracle is the run itself, with one setting more at a time."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from simulator.bridge import Moved, changes_between, figure_named
from simulator.bridge.blocks import BLOCKS
from simulator.bridge.figures import FIGURES
from simulator.bridge.levels import headline_number
from simulator.errors import InputError, RunError
from simulator.pipeline import control_at, plan_of, simulate
from simulator.results.difference import figure_of
from simulator.results.read import kept_run
from simulator.scenario import read_scenario
from tests.unit.bridge.made_up_ends import BOTTOM_UP, COMMIT, SCENARIOS, altered, as_made_from, kept

EFFECT = figure_named("employment_effect")
SAMSOE = "places=[Samsø]"
HERE = (SAMSOE, "saldo.concept=employment", "demand.scale=4")
"""A small island with four times its people, whose conversations count by form and by volume."""
LATER = ("period={from: 2026-11-02, to: 2026-11-29}", "facts.extrapolate=true")
"""The facts do not reach so far, so neither can stand without the other."""
IN_ORDER = (
    "period.to=2022-01-23",
    "attendance.take_up_scale=0.7",
    "effects.params.relative_effect=0.5",
    "effects.params.scale=0.4",
    "effects.relative_effect_rules=[{types: [jobsamtale], relative_effect: 0.1}]",
    "saldo.caseworker_time_realised=full",
    "saldo.value_per_person_year_kr=310000",
    "proposal.attendance.rules=[{name: all digital, rule: digital_only, from: 2021-12-19, to: 2022-01-16}]",
)
"""Settings in the order in which a bridge exchanges them; those of delivery are the first two and the last."""
SIMULATED_FOR = 2
"""Deliveries between the two runs: after each of the first two settings; the last run was kept."""


@cache
def headline(*sets: str) -> dict[str, Any]:
    """Return the headline of a run that is not kept."""
    scenario = read_scenario(SCENARIOS / f"{BOTTOM_UP}.yaml", [*HERE, *sets])
    return simulate(scenario, plan_of(scenario, replications=2)).headline


def steps(found: Moved, *sets: str, part: str = "mean") -> list[int]:
    """Return what each setting does, one more at a time, from runs of their own between the two that are kept."""
    figure = found.figure
    between = [headline(*sets[:count]) for count in range(1, len(sets))]
    numbers = [figure.whole(figure_of(one, figure.path, part) or 0.0) for one in between]
    return [after - before for before, after in pairwise([found.before, *numbers, found.after])]


def oere(folder: Path) -> int:
    return EFFECT.whole(EFFECT.of(kept_run(folder), "mean"))


def effects(found: Moved) -> list[int]:
    return [row.effect for row in found.rows]


@pytest.fixture(scope="module", autouse=True)
def committed() -> Any:
    with pytest.MonkeyPatch.context() as patch:
        as_made_from(patch, COMMIT)
        yield patch


@pytest.fixture(scope="module")
def make(tmp_path_factory: pytest.TempPathFactory, committed: pytest.MonkeyPatch) -> Callable[..., Path]:
    """Keep a run of the island with some settings, once."""
    folder, made = tmp_path_factory.mktemp("kept"), dict[tuple[object, ...], Path]()

    def run(*sets: str, engine: str = "fast", replications: int = 2) -> Path:
        key = (*sets, engine, replications)
        if key not in made:
            many = None if engine == "control" else replications
            made[key] = kept(folder / str(len(made)), BOTTOM_UP, *HERE, *sets, engine=engine, replications=many)
        return made[key]

    return run


@pytest.fixture(scope="module")
def ends(make: Callable[..., Path]) -> tuple[Path, Path]:
    return make(), make(*IN_ORDER)


@pytest.fixture(scope="module")
def found(ends: tuple[Path, Path]) -> Moved:
    return changes_between(*ends, EFFECT)


@pytest.fixture(scope="module")
def found_by_control(ends: tuple[Path, Path]) -> Moved:
    return changes_between(*ends, EFFECT, control=True)


def test_rows_are_runs_with_one_setting_more_to_the_last_oere(found: Moved, ends: tuple[Path, Path]) -> None:
    assert effects(found) == steps(found, *IN_ORDER)
    assert (found.before, found.after, found.rest, found.rest_from) == (oere(ends[0]), oere(ends[1]), 0, ())
    assert found.simulated == SIMULATED_FOR


def test_rows_of_the_control_are_those_of_its_runs_and_nothing_is_simulated(found_by_control: Moved) -> None:
    assert effects(found_by_control) == steps(found_by_control, *IN_ORDER, part="control")
    assert (found_by_control.rest, found_by_control.simulated) == (0, 0)


def test_another_figure_is_that_of_its_runs(ends: tuple[Path, Path]) -> None:
    found = changes_between(*ends, figure_named("person_years"))
    assert effects(found) == steps(found, *IN_ORDER)


def test_every_figure_is_told_as_a_headline_tells_it() -> None:
    fewer = "proposal.demand.contact_changes=[{name: fewer, scale: 0.9, from: 2021-12-19, to: 2022-01-16}]"
    scenario = read_scenario(SCENARIOS / f"{BOTTOM_UP}.yaml", [*HERE, IN_ORDER[5], fewer])
    run, figures = simulate(scenario, plan_of(scenario, engine="control")), control_at(scenario)
    told = {name: headline_number(figure, figures, scenario) for name, figure in FIGURES.items()}
    assert told == {name: figure_of(run.headline, figure.path) for name, figure in FIGURES.items()}
    assert 0.0 not in told.values()


def test_rows_stand_in_the_order_of_the_blocks_and_then_of_the_keys(found: Moved, found_by_control: Moved) -> None:
    assert [row.key for row in found.rows] == [row.key for row in found_by_control.rows]
    assert [row.key for row in found.rows] == [
        "period",
        "attendance.take_up_scale",
        "effects.params.relative_effect",
        "effects.params.scale",
        "effects.relative_effect_rules",
        "saldo.caseworker_time_realised",
        "saldo.value_per_person_year_kr",
        "proposal.attendance.rules",
    ]
    blocks = [row.block for row in found.rows]
    assert blocks == sorted(blocks, key=BLOCKS.index)


def test_what_was_said_before_and_after_stands_beside_each(found: Moved) -> None:
    rows = {row.key: row for row in found.rows}
    told = {key: (row.before, row.after, row.unit) for key, row in rows.items()}
    assert told["period"] == ("2021-12-19/2022-01-16", "2021-12-19/2022-01-23", "")
    assert told["effects.params.relative_effect"] == ("0.5–0.75", 0.5, "share")
    assert told["effects.params.scale"] == (1.0, 0.4, "factor")
    assert told["saldo.value_per_person_year_kr"] == (300_000.0, 310_000.0, "kr per person-year")
    assert told["saldo.caseworker_time_realised"] == ("none", "full", "")
    assert told["proposal.attendance.rules"] == ("digital option of 19 December 2021", "all digital", "")
    assert len(rows["effects.params.relative_effect"].keys) > 1


@pytest.mark.parametrize(("runs", "bridge"), [("by_control", "control_bridge"), ("simulated", "simulated_bridge")])
def test_blocks_make_what_the_bridge_says(runs: str, bridge: str, request: pytest.FixtureRequest) -> None:
    """Single assumptions are exchanged in the order of the blocks, so that the ways meet after each block."""
    found = changes_between(*request.getfixturevalue(runs), EFFECT)
    truth = request.getfixturevalue(bridge)[0]
    assert [row.key for row in found.rows] == [
        "attendance.take_up_scale",
        "effects.params.relative_effect",
        "effects.params.scale",
    ]
    assert found.by_block() == {line.block: line.in_order for line in truth.lines if line.changes}
    assert sum(found.by_block().values()) == found.total == truth.total


def test_a_run_and_itself_have_no_rows(ends: tuple[Path, Path]) -> None:
    found = changes_between(ends[0], ends[0], EFFECT)
    assert (found.rows, found.rest, found.total, found.simulated, found.by_block()) == ((), 0, 0, 0, {})


@pytest.mark.parametrize("setting", IN_ORDER[2:3])
def test_one_change_is_the_difference_itself_and_nothing_is_run(
    setting: str, make: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    old, new = make(), make(setting)
    monkeypatch.setattr("simulator.bridge.levels.pipeline.prepare", None)
    found = changes_between(old, new, EFFECT)
    assert (effects(found), found.rest, found.simulated) == ([found.total], 0, 0)


def test_what_only_values_is_valued_on_one_simulation(make: Callable[..., Path]) -> None:
    called: list[int] = []
    found = changes_between(make(), make(*IN_ORDER[2:5]), EFFECT, step=lambda: called.append(1))
    assert (len(found.rows), found.simulated, len(called), found.rest) == (3, 1, 2, 0)


@pytest.mark.parametrize("model", ["fading_loss", "hazard"])
def test_another_effect_model_is_simulated_again_where_delivery_must_count_more(
    model: str, make: Callable[..., Path]
) -> None:
    """Under the last a meeting leads persons out, so all that moves an effect moves delivery."""
    sets = (f"effects.model={model}", IN_ORDER[2])
    found = changes_between(make(), make(*sets), EFFECT)
    assert found.rows[0].key == "effects.model"
    assert effects(found) == steps(found, *sets)


def test_what_another_program_made_is_rest(make: Callable[..., Path], tmp_path: Path) -> None:
    """The person-years of a kept run are made to be what this program does not find."""
    figure = figure_named("person_years")
    old, new = make(), make(IN_ORDER[3])
    apart = altered(old, tmp_path / "old", "full_time_person_years", 7.5, commit="c0")
    truth, found = changes_between(old, new, figure), changes_between(apart, new, figure)
    assert effects(found) == effects(truth)
    assert found.before == 75_000
    assert found.rest == found.total - truth.total != 0
    assert found.rest_from == ("program",)
    assert found.simulated == 1


@pytest.mark.parametrize("commit", ["d" * 40, f"{COMMIT}-dirty", None])
def test_what_may_be_of_another_program_is_worked_out_again(
    make: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, commit: str | None
) -> None:
    as_made_from(monkeypatch, commit)
    found = changes_between(make(), make(IN_ORDER[2]), EFFECT)
    assert (effects(found), found.rest, found.simulated) == ([found.total], 0, 1)


def test_seed_and_replications_are_rest_and_mixtures_have_those_of_the_old_run(make: Callable[..., Path]) -> None:
    old, new = make(), make(IN_ORDER[2], "run.seed=7", replications=3)
    found = changes_between(old, new, EFFECT)
    assert [row.key for row in found.rows] == ["effects.params.relative_effect"]
    assert found.rows[0].effect == oere(make(IN_ORDER[2])) - oere(old)
    assert found.rest == found.total - found.rows[0].effect != 0
    assert found.rest_from == ("seed", "replications")


def test_a_run_of_the_control_and_one_of_the_simulation(make: Callable[..., Path]) -> None:
    found = changes_between(make(engine="control"), make(IN_ORDER[2]), EFFECT)
    assert (found.rest_from, found.simulated) == (("engine",), 0)
    assert found.rest != 0


def test_assumptions_that_need_each_other_are_one_row(make: Callable[..., Path]) -> None:
    old, new = make(engine="control"), make(*LATER, IN_ORDER[3], IN_ORDER[6], engine="control")
    found = changes_between(old, new, EFFECT)
    assert [row.key for row in found.rows] == [
        "period, facts.extrapolate",
        "effects.params.scale",
        "saldo.value_per_person_year_kr",
    ]
    together = found.rows[0]
    assert (together.block, together.blocks) == ("calendar", ("calendar", "method"))
    assert set(together.keys) == {"period.from", "period.to", "facts.extrapolate"}
    assert (together.before, together.after) == (
        "2021-12-19/2022-01-16; false",
        "2026-11-02/2026-11-29; true",
    )
    assert found.rest == 0


def test_other_places_are_a_row(make: Callable[..., Path]) -> None:
    found = changes_between(make(engine="control"), make("places=[Samsø, Ærø]", engine="control"), EFFECT)
    assert [(row.key, row.before, row.after, row.block) for row in found.rows] == [
        ("places", "Samsø", "Samsø, Ærø", "volume")
    ]


def test_another_day_of_knowledge_is_one_row_with_all_that_it_moves(make: Callable[..., Path]) -> None:
    old, new = make(engine="control"), make("known_as_of=2022-06-01", IN_ORDER[3], engine="control")
    found = changes_between(old, new, EFFECT)
    assert [row.key for row in found.rows] == ["effects.params.scale", "known_as_of"]
    assert (found.rows[1].before, found.rows[1].after) == (None, "2022-06-01")
    assert len(found.rows[1].keys) > 1
    assert found.rest == 0


def test_figures_laid_over_the_shipped_ones_are_rows(make: Callable[..., Path], tmp_path: Path) -> None:
    file = tmp_path / "own.yaml"
    own = "{value: 0.5, unit: share, kind: fact, source: own books, date: 2021-11-01}"
    file.write_text(f"attendance:\n  exception_share:\n    jobsamtale: {own}\n", encoding="utf-8")
    found = changes_between(make(engine="control"), make(f"facts={file}", IN_ORDER[3], engine="control"), EFFECT)
    assert [row.key for row in found.rows] == ["attendance.exception_share.jobsamtale", "effects.params.scale"]
    assert found.rest == 0 and all(row.effect for row in found.rows)


Damage = Callable[[Path], None]


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (shutil.rmtree, "there is no such folder"),
        (lambda folder: (folder / "headline.json").unlink(), "holds no headline.json"),
        (lambda folder: (folder / "manifest.json").write_text("[", encoding="utf-8"), "cannot be read"),
        (lambda folder: (folder / "tables" / "saldo.csv").unlink(), "saldo.csv: is missing"),
    ],
)
def test_a_run_that_is_gone_or_damaged_is_refused(
    damage: Damage, words: str, make: Callable[..., Path], tmp_path: Path
) -> None:
    old = make(engine="control")
    shutil.copytree(old, tmp_path / "new")
    damage(tmp_path / "new")
    for pair in ((old, tmp_path / "new"), (tmp_path / "new", old)):
        with pytest.raises(InputError, match=words):
            changes_between(*pair, EFFECT)


def test_a_figure_that_a_run_does_not_give_is_refused(make: Callable[..., Path], tmp_path: Path) -> None:
    old = make(engine="control")
    apart = altered(old, tmp_path / "old", "full_time_person_years", None)  # type: ignore[arg-type]
    with pytest.raises(InputError, match="does not give full_time_person_years"):
        changes_between(apart, old, figure_named("person_years"))


def test_rows_that_do_not_add_up_are_refused() -> None:
    with pytest.raises(RunError, match="do not add up: 1 is not 2"):
        Moved(EFFECT, 3, 5, (), 1, (), 0).check()
