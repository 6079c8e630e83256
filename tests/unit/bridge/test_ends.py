"""What a kept run brings to a bridge, what two of them say differently, and what a mixture says."""

from __future__ import annotations

import json
import shutil
from itertools import permutations
from pathlib import Path

import pytest

from simulator.bridge.blocks import BLOCKS, pieces
from simulator.bridge.ends import changes_of, end_of, exchanged
from simulator.bridge.mixtures import scenario_of, shipped_numbers
from simulator.errors import InputError
from simulator.results.record import seal
from tests.unit.bridge.made_up_ends import BOTTOM_UP, PUBLISHED, end, kept

ASKED = ("decision.", "trial.")
"""What a scenario asks beside its estimate: no step of a bridge."""
PROPOSAL = "proposal.attendance.rules=[{rule: office_chooses, from: 2021-12-19, to: 2022-01-16}]"
ALL_DIFFER = (
    "period.to=2022-01-23",
    "proposal.calendar.closure_weeks=[]",
    "demand.scale=1.1",
    "proposal.delivery.utilisation=0.8",
    "attendance.take_up_scale=0.9",
    "effects.params.scale=0.5",
    "saldo.value_per_person_year_kr=310000",
    "saldo.price_year=2022",
    PROPOSAL,
    "run.seed=7",
)


def test_all_that_differs_is_named_under_its_block(by_control: tuple[Path, Path], tmp_path: Path) -> None:
    old, new = end_of(by_control[0]), end_of(kept(tmp_path / "new", BOTTOM_UP, *ALL_DIFFER))
    found = {block: {one.key: (one.old, one.new) for one in those} for block, those in changes_of(old, new).items()}
    assert tuple(found) == BLOCKS
    assert found["calendar"] == {
        "period.to": ("2022-01-16", "2022-01-23"),
        "proposal.calendar.closure_weeks": (None, []),
    }
    assert found["volume"] == {"demand.scale": (1.0, 1.1), "proposal.delivery.utilisation": (None, 0.8)}
    assert found["form"] == {"attendance.take_up_scale": (1.0, 0.9)}
    assert found["effect"] == {"effects.params.scale": (1.0, 0.5)}
    assert found["value"] == {"saldo.value_per_person_year_kr": (300000.0, 310000.0)}
    assert found["prices"] == {"saldo.price_year": (2021.0, 2022.0)}
    assert set(found["rules"]) == {"proposal.attendance.rules"}
    assert found["method"] == {"run.seed": (1, 7)}


def test_names_ranges_and_defaults_that_are_written_out_are_no_difference(
    by_control: tuple[Path, Path], tmp_path: Path
) -> None:
    sets = (
        "title=Another title",
        "attendance.take_up_scale={value: 1, low: 0.5, high: 1.5, reason: another range}",
        "saldo.concept=note",
        "attendance.orders=[]",
        "known_as_of=",
    )
    old, new = end_of(by_control[0]), end_of(kept(tmp_path / "new", BOTTOM_UP, *sets))
    assert not any(changes_of(old, new).values())


def test_seed_and_replications_are_those_of_the_run_and_not_of_its_scenario(simulated: tuple[Path, Path]) -> None:
    end = end_of(simulated[0])
    assert (end.pieces["run.seed"], end.pieces["run.replications"]) == (1, 2)
    assert end.compared["engine"] == "fast"
    assert end.by_control().compared["engine"] == end.by_control().asked.engine == "control"


def test_a_mixture_has_what_its_blocks_say_from_the_new_run_and_all_else_from_the_old(
    by_control: tuple[Path, Path],
) -> None:
    old, new = (end_of(folder) for folder in by_control)
    mixed = dict(pieces(exchanged(old, new, frozenset({"effect"}))))
    assert mixed["effects.params.scale"]["value"] == 0.2556
    assert mixed["attendance.take_up_scale"]["value"] == 1
    assert "name" not in mixed and "note" not in mixed
    everything = dict(pieces(exchanged(old, new, frozenset(BLOCKS))))
    named = {"name", "title", "title_da", "question", "note"} | {key for key in new.pieces if key.startswith(ASKED)}
    assert everything == {key: content for key, content in new.pieces.items() if key not in named}


@pytest.mark.parametrize("known", [(), ("known_as_of=2022-06-01",)])
def test_a_mixture_that_leaves_out_what_is_shipped_reads_to_the_same_scenario(known: tuple[str, ...]) -> None:
    old, new = end(BOTTOM_UP, *known), end(PUBLISHED, *known, "attendance.exception_share=0.4", "baseline.law=law-2023")
    shipped, some = shipped_numbers(old, new), frozenset({"form", "rules"})
    whole, slim = exchanged(old, new, some), exchanged(old, new, some, shipped)
    assert len(dict(pieces(slim))) < len(dict(pieces(whole))) / 4
    assert scenario_of(slim).resolved(everything=True) == scenario_of(whole).resolved(everything=True)


def test_nothing_is_left_out_where_the_runs_know_the_facts_of_different_days() -> None:
    assert shipped_numbers(end(BOTTOM_UP), end(BOTTOM_UP, "known_as_of=2022-06-01")) == {}


def test_what_an_arm_says_leaves_with_its_block(by_control: tuple[Path, Path], tmp_path: Path) -> None:
    """A piece that the new run does not have is no longer there, rather than left over from the old one."""
    old = end_of(kept(tmp_path / "old", BOTTOM_UP, *ALL_DIFFER))
    mixed = dict(pieces(exchanged(old, end_of(by_control[0]), frozenset({"volume", "calendar"}))))
    assert "proposal.delivery.utilisation" not in mixed and "proposal.calendar.closure_weeks" not in mixed
    assert "proposal.attendance.rules" in mixed and mixed["run.seed"] == 7


def test_the_order_of_exchanging_changes_no_mixture(by_control: tuple[Path, Path]) -> None:
    old, new = (end_of(folder) for folder in by_control)
    written = {
        json.dumps(exchanged(old, new, frozenset(some)), default=str) for some in permutations(("form", "effect"))
    }
    assert len(written) == 1


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (lambda folder: (folder / "headline.json").unlink(), "holds no headline.json"),
        (lambda folder: (folder / "manifest.json").write_text("[", encoding="utf-8"), "cannot be read"),
        (lambda folder: (folder / "scenario.resolved.yaml").unlink(), "scenario.resolved.yaml: is missing"),
        (lambda folder: (folder / "tables" / "saldo.csv").unlink(), "saldo.csv: is missing"),
        (
            lambda folder: (folder / "scenario.resolved.yaml").write_text("name: x", encoding="utf-8"),
            "was changed after the run",
        ),
    ],
)
def test_a_run_that_is_not_as_it_was_written_is_refused(
    by_control: tuple[Path, Path], tmp_path: Path, damage: object, words: str
) -> None:
    folder = tmp_path / "run"
    shutil.copytree(by_control[0], folder)
    damage(folder)  # type: ignore[operator]
    with pytest.raises(InputError, match=words):
        end_of(folder)


def test_documents_of_a_run_may_be_made_again(by_control: tuple[Path, Path], tmp_path: Path) -> None:
    folder = tmp_path / "run"
    shutil.copytree(by_control[0], folder)
    (folder / "brief.md").write_text("made later", encoding="utf-8")
    assert end_of(folder).scenario == BOTTOM_UP


@pytest.mark.parametrize(
    ("record", "words"),
    [
        ({"seed": "one"}, "seed and replications as whole numbers"),
        ({"replications": True}, "seed and replications as whole numbers"),
        ({"engine": None}, "the engine by name"),
        ({"run_id": None}, "has no run_id"),
    ],
)
def test_a_record_that_does_not_say_how_the_run_was_made_is_refused(
    by_control: tuple[Path, Path], tmp_path: Path, record: dict[str, object], words: str
) -> None:
    folder = tmp_path / "run"
    shutil.copytree(by_control[0], folder)
    seal(folder, {**json.loads((folder / "manifest.json").read_text(encoding="utf-8")), **record})
    with pytest.raises(InputError, match=words):
        end_of(folder)


def test_a_scenario_that_this_program_cannot_read_is_refused_with_its_place(
    by_control: tuple[Path, Path], tmp_path: Path
) -> None:
    folder = tmp_path / "run"
    shutil.copytree(by_control[0], folder)
    with (folder / "scenario.resolved.yaml").open("a", encoding="utf-8") as file:
        file.write("weather: rain\n")
    seal(folder, json.loads((folder / "manifest.json").read_text(encoding="utf-8")))
    with pytest.raises(InputError, match=r"scenario\.resolved\.yaml:\d+:1  weather: unknown key"):
        end_of(folder)


def test_a_file_of_incidence_is_found_beside_the_scenario_or_in_the_run(tmp_path: Path) -> None:
    """A scenario names it relative to its own folder; a mixture stands in another."""
    folder = kept(tmp_path / "run", PUBLISHED, "infection.series=ssi-weekly")
    assert end_of(folder).pieces["infection.series"] == "ssi-weekly"
    text = (folder / "scenario.resolved.yaml").read_text(encoding="utf-8").replace("ssi-weekly", "own.csv")
    (folder / "scenario.resolved.yaml").write_text(text, encoding="utf-8")
    record = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    seal(folder, {**record, "scenario_file": str(tmp_path / "question.yaml")})
    with pytest.raises(InputError, match=r"infection\.series: names the file of incidence own\.csv"):
        end_of(folder)
    (tmp_path / "own.csv").write_text("date,area,incidence\n", encoding="utf-8")
    assert end_of(folder).pieces["infection.series"] == str((tmp_path / "own.csv").resolve())
