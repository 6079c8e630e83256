"""What each changed assumption does to a figure: the oracle is the run itself, with one setting more at a time."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from simulator.bridge import Moved, changes_between, figure_named
from simulator.bridge.blocks import BLOCKS
from simulator.bridge.figures import FIGURES
from simulator.errors import InputError
from simulator.pipeline import plan_of, simulate
from simulator.results.difference import figure_of
from simulator.scenario import read_scenario
from tests.unit.bridge.made_up_ends import BOTTOM_UP, COMMIT, SCENARIOS, altered, as_made_from, bridged, kept

EFFECT = figure_named("employment_effect")
SAMSOE = "places=[Samsø]"
HERE = (SAMSOE, "saldo.concept=employment", "demand.scale=4")
"""A small island with four times its people, whose conversations count by form and by volume."""
LATER = ("period={from: 2026-11-02, to: 2026-11-29}", "facts.extrapolate=true")
"""The facts do not reach so far, so neither can stand without the other."""
IN_ORDER = (
    "period.to=2022-01-23",
    "demand.stock_scale=1.2",
    "attendance.take_up_scale=0.7",
    "effects.params.relative_effect=0.5",
    "effects.params.scale=0.4",
    "effects.relative_effect_rules=[{types: [jobsamtale], relative_effect: 0.1}]",
    "saldo.caseworker_time_realised=full",
    "saldo.value_per_person_year_kr=310000",
    "saldo.price_level=2022",
    "proposal.attendance.rules=[{name: all digital, rule: digital_only, from: 2021-12-19, to: 2022-01-16}]",
)
"""Settings in the order in which a bridge exchanges them; those of delivery are the first three and the last."""
SIMULATED_FOR = 4
"""Deliveries between the two runs: after each of the first three, and none for the last, which was kept."""


def figures(*sets: str, engine: str = "fast", replications: int | None = 2) -> dict[str, Any]:
    """Return the headline of a run that is not kept."""
    scenario = read_scenario(SCENARIOS / f"{BOTTOM_UP}.yaml", [*HERE, *sets])
    return simulate(scenario, plan_of(scenario, replications=replications, engine=engine)).headline


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
def one_by_one() -> list[dict[str, Any]]:
    """The headline with one setting more at a time."""
    return [figures(*IN_ORDER[:count]) for count in range(len(IN_ORDER) + 1)]


@pytest.mark.parametrize("name", FIGURES)
def test_rows_are_runs_with_one_setting_more_to_the_last_oere(
    name: str, ends: tuple[Path, Path], one_by_one: list[dict[str, Any]]
) -> None:
    figure = figure_named(name)
    found = changes_between(*ends, figure)
    numbers = [figure_of(headline, figure.path) or 0.0 for headline in one_by_one]
    levels = [figure.whole(number) for number in numbers]
    assert [row.effect for row in found.rows] == [after - before for before, after in pairwise(levels)]
    assert (found.before, found.after, found.rest, found.rest_from) == (levels[0], levels[-1], 0, ())
    assert found.simulated == SIMULATED_FOR - 1


def test_rows_of_the_control_are_those_of_its_runs_and_nothing_is_simulated(
    ends: tuple[Path, Path], one_by_one: list[dict[str, Any]]
) -> None:
    found = changes_between(*ends, EFFECT, control=True)
    levels = [EFFECT.whole(one["saldo_mio_kr"]["employment_effect"]["control"]) for one in one_by_one]
    assert [row.effect for row in found.rows] == [after - before for before, after in pairwise(levels)]
    assert (found.rest, found.simulated) == (0, 0)


def test_rows_stand_in_the_order_of_the_blocks_and_then_of_the_keys(ends: tuple[Path, Path]) -> None:
    rows = changes_between(*ends, EFFECT, control=True).rows
    assert [row.key for row in rows] == [
        "period",
        "demand.stock_scale",
        "attendance.take_up_scale",
        "effects.params.relative_effect",
        "effects.params.scale",
        "effects.relative_effect_rules",
        "saldo.caseworker_time_realised",
        "saldo.value_per_person_year_kr",
        "saldo.price_level",
        "proposal.attendance.rules",
    ]
    blocks = [row.block for row in rows]
    assert blocks == sorted(blocks, key=BLOCKS.index)


def test_what_was_said_before_and_after_stands_beside_each(ends: tuple[Path, Path]) -> None:
    rows = {row.key: row for row in changes_between(*ends, EFFECT, control=True).rows}
    told = {key: (row.before, row.after, row.unit) for key, row in rows.items()}
    assert told["period"] == ("2021-12-19/2022-01-16", "2021-12-19/2022-01-23", "")
    assert told["effects.params.scale"] == (1.0, 0.4, "factor")
    assert told["saldo.value_per_person_year_kr"] == (300_000.0, 310_000.0, "kr per person-year")
    assert told["saldo.caseworker_time_realised"] == ("none", "full", "")
    assert told["proposal.attendance.rules"] == ("digital option of 19 December 2021", "all digital", "")
    assert len(rows["effects.params.relative_effect"].keys) > 1


def test_blocks_are_those_of_the_bridge_where_each_has_one_change(make: Callable[..., Path], tmp_path: Path) -> None:
    old, new = make(engine="control"), make(*(IN_ORDER[at] for at in (0, 1, 2, 4, 7, 8)), engine="control")
    found = changes_between(old, new, EFFECT)
    bridge = bridged(old, new, tmp_path / "bridge")
    assert found.by_block() == {line.block: line.in_order for line in bridge.lines if line.changes}
    assert sum(found.by_block().values()) == found.total == bridge.total


def test_a_run_and_itself_have_no_rows(ends: tuple[Path, Path]) -> None:
    found = changes_between(ends[0], ends[0], EFFECT)
    assert (found.rows, found.rest, found.total, found.simulated, found.by_block()) == ((), 0, 0, 0, {})


@pytest.mark.parametrize("setting", [IN_ORDER[2], IN_ORDER[3]])
def test_one_change_is_the_difference_itself_and_nothing_is_run(
    setting: str, make: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    old, new = make(), make(setting)
    monkeypatch.setattr("simulator.bridge.levels.pipeline.prepare", None)
    found = changes_between(old, new, EFFECT)
    assert ([row.effect for row in found.rows], found.rest, found.simulated) == ([found.total], 0, 0)


def test_what_only_values_is_valued_on_one_simulation(make: Callable[..., Path]) -> None:
    steps: list[int] = []
    found = changes_between(make(), make(*IN_ORDER[3:9]), EFFECT, step=lambda: steps.append(1))
    assert (len(found.rows), found.simulated, len(steps), found.rest) == (6, 1, 2, 0)


@pytest.mark.parametrize("model", ["fading_loss", "dose_response", "hazard"])
def test_another_effect_model_is_simulated_again_where_delivery_must_count_more(
    model: str, make: Callable[..., Path]
) -> None:
    """Under the last a meeting leads persons out, so all that moves an effect moves delivery."""
    sets = (f"effects.model={model}", IN_ORDER[3], IN_ORDER[7])
    found = changes_between(make(), make(*sets), EFFECT)
    one_more = [figures(), figures(sets[0]), figures(*sets[:2]), figures(*sets)]
    levels = [EFFECT.whole(one["saldo_mio_kr"]["employment_effect"]["mean"]) for one in one_more]
    assert found.rows[0].key == "effects.model"
    assert [row.effect for row in found.rows] == [after - before for before, after in pairwise(levels)]


def test_what_another_program_made_is_rest(make: Callable[..., Path], tmp_path: Path) -> None:
    """The person-years of a kept run are made to be what this program does not find."""
    figure = figure_named("person_years")
    old, new = make(), make(IN_ORDER[4])
    apart = altered(old, tmp_path / "old", "full_time_person_years", 7.5, commit="c0")
    truth, found = changes_between(old, new, figure), changes_between(apart, new, figure)
    assert [row.effect for row in found.rows] == [row.effect for row in truth.rows]
    assert found.before == 75_000
    assert found.rest == found.total - truth.total != 0
    assert found.rest_from == ("program",)
    assert found.simulated == 1


@pytest.mark.parametrize("commit", ["d" * 40, f"{COMMIT}-dirty", None])
def test_what_may_be_of_another_program_is_worked_out_again(
    make: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, commit: str | None
) -> None:
    as_made_from(monkeypatch, commit)
    found = changes_between(make(), make(IN_ORDER[3]), EFFECT)
    assert ([row.effect for row in found.rows], found.rest, found.simulated) == ([found.total], 0, 1)


def test_seed_and_replications_are_rest_and_mixtures_have_those_of_the_old_run(make: Callable[..., Path]) -> None:
    old, new = make(), make(IN_ORDER[3], "run.seed=7", replications=3)
    found = changes_between(old, new, EFFECT)
    assert [row.key for row in found.rows] == ["effects.params.relative_effect"]
    levels = [figures(*sets)["saldo_mio_kr"]["employment_effect"]["mean"] for sets in ((), IN_ORDER[3:4])]
    assert found.rows[0].effect == EFFECT.whole(levels[1]) - EFFECT.whole(levels[0])
    assert found.rest == found.total - found.rows[0].effect != 0
    assert found.rest_from == ("seed", "replications")


def test_a_run_of_the_control_and_one_of_the_simulation(make: Callable[..., Path]) -> None:
    found = changes_between(make(engine="control"), make(IN_ORDER[3]), EFFECT)
    assert (found.rest_from, found.simulated) == (("engine",), 0)
    assert found.rest != 0
    other = changes_between(make(), make(IN_ORDER[3], engine="control"), EFFECT)
    assert (other.rest_from, other.simulated) == (("engine",), 1)


def test_assumptions_that_need_each_other_are_one_row(make: Callable[..., Path]) -> None:
    old, new = make(engine="control"), make(*LATER, IN_ORDER[4], IN_ORDER[7], engine="control")
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
    old, new = make(engine="control"), make("known_as_of=2022-06-01", IN_ORDER[4], engine="control")
    found = changes_between(old, new, EFFECT)
    assert [row.key for row in found.rows] == ["effects.params.scale", "known_as_of"]
    assert (found.rows[1].before, found.rows[1].after) == (None, "2022-06-01")
    assert len(found.rows[1].keys) > 1
    assert found.rest == 0


def test_figures_laid_over_the_shipped_ones_are_rows(make: Callable[..., Path], tmp_path: Path) -> None:
    file = tmp_path / "own.yaml"
    own = "{value: 0.5, unit: share, kind: fact, source: own books, date: 2021-11-01}"
    file.write_text(f"attendance:\n  exception_share:\n    jobsamtale: {own}\n", encoding="utf-8")
    found = changes_between(make(engine="control"), make(f"facts={file}", IN_ORDER[4], engine="control"), EFFECT)
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
    from simulator.errors import RunError

    with pytest.raises(RunError, match="do not add up: 1 is not 2"):
        Moved(EFFECT, 3, 5, (), 1, (), 0).check()
