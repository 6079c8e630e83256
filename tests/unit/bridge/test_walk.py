"""Bridges between kept runs: real runs of mixtures, kept and used again, that end where the new run was kept."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from simulator.bridge import Bridge, course_of, end_of
from simulator.bridge.blocks import BLOCKS
from simulator.bridge.mixtures import Workshop
from simulator.bridge.record import content_of, csv_of
from simulator.bridge.table import table_of
from simulator.errors import InputError
from simulator.results import Asked
from simulator.results.read import kept_run
from simulator.results.verify import faults_of
from simulator.scenario import read_scenario
from tests.unit.bridge.made_up_ends import BOTTOM_UP, COMMIT, altered, as_made_from, bridged, kept


def oere(run: Path, part: str = "mean") -> int:
    return round(kept_run(run).headline["saldo_mio_kr"]["employment_effect"][part] * 1e8)


@pytest.mark.parametrize("which", ["control_bridge", "simulated_bridge"])
def test_bottom_up_and_published_case_add_up_exactly(which: str, request: pytest.FixtureRequest) -> None:
    """The two differ in take-up and in effect and in nothing else."""
    bridge = request.getfixturevalue(which)[0]
    steps = {line.block: line.in_order for line in bridge.lines}
    assert [block for block, step in steps.items() if step] == ["form", "effect"]
    assert sum(steps.values()) == bridge.total == oere(Path(bridge.new.folder)) - oere(Path(bridge.old.folder))
    assert sum(line.in_reverse or 0 for line in bridge.lines) == bridge.total
    assert sum(line.alone or 0 for line in bridge.lines) + (bridge.interaction or 0) == bridge.total
    assert bridge.program_and_facts == (0, 0)
    assert 0 < steps["form"] < steps["effect"]
    assert (bridge.interaction or 0) < 0


def test_form_and_effect_of_the_control_are_the_product_of_two_factors(control_bridge: tuple[Bridge, Path]) -> None:
    """Worked by hand: take-up moves the kroner by one factor, the effect by another, so the interaction is theirs."""
    bridge = control_bridge[0]
    old, new = (oere(Path(end.folder)) for end in (bridge.old, bridge.new))
    told = {line.block: line for line in bridge.lines}
    form = 1 + told["form"].in_order / old
    effect = 1 + (told["effect"].alone or 0) / old
    assert form == pytest.approx(0.873, abs=0.002)
    assert form * effect * old == pytest.approx(new, rel=0.01)
    assert bridge.interaction == pytest.approx(old * (form - 1) * (effect - 1), rel=0.02)


def test_every_step_is_a_run_that_was_kept_whole(simulated_bridge: tuple[Bridge, Path]) -> None:
    bridge, out = simulated_bridge
    assert {path.name for path in out.iterdir()} == {
        "bridge-old",
        "bridge-form",
        "bridge-effect",
        "bridge-new",
        "bridge-scenarios",
    }
    for mixture, point in bridge.points.items():
        run = kept_run(out / point.name)
        assert faults_of(run) == []
        assert run.record["run_id"] == point.run_id
        assert (run.record["seed"], run.record["replications"], run.record["engine"]) == (1, 2, "fast")
        assert oere(out / point.name) == bridge.level(mixture)
    assert len({point.run_id for point in bridge.points.values()}) == len(bridge.points) == 4


def test_the_last_run_gives_every_figure_of_the_new_run(
    simulated: tuple[Path, Path], simulated_bridge: tuple[Bridge, Path]
) -> None:
    for name, folder in zip(("bridge-old", "bridge-new"), simulated, strict=True):
        again, kept_as = (kept_run(one).headline for one in (simulated_bridge[1] / name, folder))
        words = ("scenario", "title", "title_da", "question", "published", "calibrated")
        assert {key: again[key] for key in again if key not in words} == {
            key: kept_as[key] for key in kept_as if key not in words
        }


def test_the_reverse_order_gives_the_columns_the_other_way_round(
    by_control: tuple[Path, Path], control_bridge: tuple[Bridge, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The mixtures are the same, and so are their runs, which are used again."""
    as_made_from(monkeypatch, COMMIT)
    shutil.copytree(control_bridge[1], tmp_path / "other")
    one, other = control_bridge[0], bridged(*by_control, tmp_path / "other", BLOCKS[::-1])
    assert all(point.reused for point in other.points.values())
    assert other.total == one.total
    assert [line.block for line in other.lines] == list(BLOCKS[::-1])
    mine = {line.block: (line.in_order, line.alone, line.in_reverse) for line in one.lines}
    theirs = {line.block: (line.in_reverse, line.alone, line.in_order) for line in other.lines}
    assert mine == theirs
    assert one.interaction == other.interaction


def test_a_run_and_itself_differ_in_nothing_and_nothing_is_run(by_control: tuple[Path, Path], tmp_path: Path) -> None:
    bridge = bridged(by_control[0], by_control[0], tmp_path / "bridge")
    assert (bridge.total, bridge.interaction, bridge.points) == (0, 0, {})
    assert {(line.in_order, line.alone, line.in_reverse) for line in bridge.lines} == {(0, 0, 0)}
    assert not (tmp_path / "bridge").exists()
    assert "The scenarios are the same, so nothing was run." in table_of(bridge)


def test_runs_that_are_there_are_used_again_unless_they_are_damaged(
    by_control: tuple[Path, Path],
    control_bridge: tuple[Bridge, Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    as_made_from(monkeypatch, COMMIT)
    first, out = control_bridge
    shutil.copytree(out, tmp_path / "bridge")
    (tmp_path / "bridge" / "bridge-form" / "log.txt").write_text("x", encoding="utf-8")
    again = bridged(*by_control, tmp_path / "bridge")
    assert {point.name for point in again.points.values() if not point.reused} == {"bridge-form"}
    assert again.lines == first.lines


@pytest.mark.parametrize("commit", ["d" * 40, f"{COMMIT}-dirty", None])
def test_a_run_of_another_program_or_plan_is_not_used_again(
    control_bridge: tuple[Bridge, Path], monkeypatch: pytest.MonkeyPatch, commit: str | None
) -> None:
    out = control_bridge[1]
    scenario = read_scenario(out / "bridge-scenarios" / "bridge-form.yaml")
    workshop, asked = Workshop(out, "saldo bridge"), Asked(1, 0, "control")
    as_made_from(monkeypatch, COMMIT)
    assert workshop._reusable(out / "bridge-form", scenario, asked) is not None
    assert workshop._reusable(out / "bridge-old", scenario, asked) is None
    assert workshop._reusable(out / "bridge-form", scenario, Asked(2, 0, "control")) is None
    assert workshop._reusable(out / "bridge-form", scenario, Asked(1, 2, "fast")) is None
    as_made_from(monkeypatch, commit)
    assert workshop._reusable(out / "bridge-form", scenario, asked) is None


def test_what_another_program_found_is_a_line_of_its_own(
    by_control: tuple[Path, Path], control_bridge: tuple[Bridge, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Person-years of the kept runs are made to be what this program does not find; the mixtures are there already."""
    as_made_from(monkeypatch, COMMIT)
    shutil.copytree(control_bridge[1], tmp_path / "bridge")
    years = [kept_run(folder).headline["full_time_person_years"]["mean"] for folder in by_control]
    old = altered(
        by_control[0], tmp_path / "old", "full_time_person_years", years[0] - 2.5, version="0.0.9", commit="c0"
    )
    new = altered(by_control[1], tmp_path / "new", "full_time_person_years", years[1] + 1.25)
    bridge = bridged(old, new, tmp_path / "bridge", of="person_years")
    assert bridge.program_and_facts == (25_000, 12_500)
    told = table_of(bridge)
    for words in ("program and facts, old run", "program and facts, new run", "version 0.0.9, commit c0"):
        assert words in told
    assert bridge.total == sum(line.in_order for line in bridge.lines) + 37_500


def test_a_difference_of_seed_engine_and_replications_is_method(simulated: tuple[Path, Path], tmp_path: Path) -> None:
    new = kept(tmp_path / "new", BOTTOM_UP, "run.seed=5", engine="reference", replications=1)
    bridge = bridged(simulated[0], new, tmp_path / "bridge")
    told = {line.block: line for line in bridge.lines}
    assert {change.key for change in told["method"].changes} == {"run.seed", "run.replications", "engine"}
    assert told["method"].in_order == told["method"].alone == bridge.total != 0
    assert bridge.program_and_facts == (0, 0)


def test_a_run_of_the_control_can_be_an_end(simulated: tuple[Path, Path], tmp_path: Path) -> None:
    new = kept(tmp_path / "new", BOTTOM_UP, "attendance.take_up_scale=0.873")
    bridge = bridged(simulated[0], new, tmp_path / "bridge", of="converted")
    assert [line.block for line in bridge.lines if line.changes] == ["form", "method"]
    assert bridge.program_and_facts == (0, 0)


def test_all_by_the_control_bridges_what_the_control_says(simulated: tuple[Path, Path], tmp_path: Path) -> None:
    old, new = simulated
    bridge = bridged(old, new, tmp_path / "bridge", control=True)
    assert bridge.total == oere(new, "control") - oere(old, "control")
    assert bridge.program_and_facts == (0, 0)
    assert {kept_run(tmp_path / "bridge" / one.name).record["engine"] for one in bridge.points.values()} == {"control"}


def test_a_mixture_that_no_scenario_allows_is_refused_with_an_order_that_can_be_run(
    by_control: tuple[Path, Path], tmp_path: Path
) -> None:
    """The facts do not reach November 2026, and that they are carried on is a matter of method."""
    sets = ("period={from: 2026-11-02, to: 2026-11-29}", "facts.extrapolate=true")
    new = kept(tmp_path / "later", BOTTOM_UP, *sets)
    with pytest.raises(InputError, match="calendar of the new run cannot stand beside") as wrong:
        course_of(end_of(by_control[0]), end_of(new), BLOCKS)
    told = str(wrong.value)
    assert "covers 2019-01-01 to" in told
    order = tuple(told.rpartition("--order ")[2].split(","))
    assert sorted(order) == sorted(BLOCKS)
    assert order.index("method") < order.index("calendar")
    bridge = bridged(by_control[0], new, tmp_path / "bridge", order)
    assert sum(line.in_order for line in bridge.lines) == bridge.total
    assert bridge.interaction is None
    assert "Cannot be run: calendar of the new run with all else of the old run" in table_of(bridge)
    assert "cannot be run" in table_of(bridge)


def test_other_places_are_volume(by_control: tuple[Path, Path], tmp_path: Path) -> None:
    new = kept(tmp_path / "new", BOTTOM_UP, "places=[Samsø]")
    bridge = bridged(by_control[0], new, tmp_path / "bridge")
    assert {line.block: line.in_order for line in bridge.lines if line.changes} == {"volume": bridge.total}


def test_the_same_numbers_stand_in_record_and_csv(control_bridge: tuple[Bridge, Path]) -> None:
    bridge = control_bridge[0]
    record = json.loads(json.dumps(content_of(bridge)))
    rows = [line.split(",") for line in csv_of(bridge).splitlines()]
    told = {row[1]: dict(zip(rows[0], row, strict=True)) for row in rows[1:]}
    assert list(told) == [
        "old_run",
        "program_and_facts_old",
        *BLOCKS,
        "interaction",
        "program_and_facts_new",
        "change",
        "new_run",
    ]
    for block, step in record["steps"].items():
        assert [float(told[block][name]) for name in ("in_order", "alone", "in_reverse")] == [
            step[name] for name in ("in_order", "alone", "in_reverse")
        ]
        assert told[block]["run_in_order"] == (step["run_id"] or "")
    assert float(told["change"]["in_order"]) == record["total"]
    last = str(bridge.figure.units(bridge.figure.whole(bridge.new.number)))
    assert told["new_run"]["figure"] == told["program_and_facts_new"]["figure"] == last
    assert {run["run_id"] for run in record["runs"]} == {point.run_id for point in bridge.points.values()}


def test_chance_is_told_in_the_unit_of_the_figure(simulated_bridge: tuple[Bridge, Path]) -> None:
    bridge = simulated_bridge[0]
    estimate = kept_run(Path(bridge.old.folder)).headline["saldo_mio_kr"]["employment_effect"]
    assert content_of(bridge)["old"]["std_error"] == pytest.approx(estimate["std_error"] * 1e6, abs=0.01)
    assert f"{estimate['std_error'] * 1e6:,.0f} kr. for the old run" in table_of(bridge)


def test_the_table_prints_every_run_id_and_no_step_without_a_name(control_bridge: tuple[Bridge, Path]) -> None:
    bridge = control_bridge[0]
    told = table_of(bridge)
    assert all(point.run_id in told for point in bridge.points.values())
    assert all(f"\n  {block} " in told for block in BLOCKS)
    assert "interaction" in told
    assert "Order  calendar, volume, form, effect, value, prices, rules, method" in told
    rows = told[told.index("old run, as kept") : told.index("What differs")].lower()
    assert "other" not in rows and "rest" not in rows
