"""What the documents of a version say agrees: with each other, with the run, and with who may read them."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from simulator.report.blocks import Bullets
from tests.unit.report.answers.made_up_issues import DRAFT, FULL, NEWEST, document, text

FolderOf = Callable[[str], Path]


def test_a_committee_does_not_hear_of_a_draft(folder_of: FolderOf) -> None:
    folder = folder_of("published")
    assert "I forhold til v2" in text(document(folder, FULL, "committee"))
    unsent = (
        (),
        (replace(NEWEST, status="clearet"),),
        (replace(NEWEST, version=1),),
        (replace(NEWEST, case="another"),),
    )
    for earlier in unsent:
        issue = replace(FULL, earlier=earlier, moved=())
        assert "I forhold til v2" not in text(document(folder, issue, "committee"))
        assert "Ændret siden v2" in text(document(folder, issue, "note"))


def test_a_table_of_years_that_holds_more_than_the_estimate_is_explained(folder_of: FolderOf) -> None:
    said = "Det indgår ikke i skønnet, men i tabellen over finansår."
    for form in ("committee", "note"):
        assert said in text(document(folder_of("counted_time"), DRAFT, form))
    assert said not in text(document(folder_of("published"), DRAFT, "committee"))


def test_the_control_alone_is_not_held_up_against_itself(folder_of: FolderOf, tmp_path: Path) -> None:
    folder = tmp_path / "run"
    shutil.copytree(folder_of("published"), folder)
    headline = json.loads((folder / "headline.json").read_text(encoding="utf-8"))
    (folder / "headline.json").write_text(json.dumps(headline | {"engine": "control"}), encoding="utf-8")
    told = text(document(folder, DRAFT, "note"))
    assert "Tallene er regnet med kontrollen alene" in told and "afviger" not in told
    assert "kontrol, 2 ugers samtaler" in told and "\nsimulation" not in told
    assert "simulation, 2 ugers samtaler" in text(document(folder_of("published"), DRAFT, "note"))


def test_a_list_of_figures_does_not_begin_a_line_with_a_minus(folder_of: FolderOf) -> None:
    """The mark of a list is a dash, and two of them are a riddle."""
    lists = [block for block in document(folder_of("published"), FULL, "note").blocks if isinstance(block, Bullets)]
    assert lists and not [item for block in lists for item in block.items if item.startswith(("−", "-"))]


def test_that_nothing_was_said_before_is_told_above_what_changed(folder_of: FolderOf) -> None:
    told = text(document(folder_of("gain"), replace(FULL, earlier=(), moved=()), "note"))
    assert "Der er ikke tidligere oplyst et tal." in told and "Ændret siden v2" in told


def test_half_a_page_points_at_no_table_that_it_lacks(folder_of: FolderOf) -> None:
    told = text(document(folder_of("fewer_talks"), DRAFT, "half_page"))
    assert "Halveres eller fordobles ét af leddene" in told and "tabellen" not in told


def test_only_a_run_that_gives_what_was_published_cannot_confirm_it(folder_of: FolderOf, tmp_path: Path) -> None:
    """A version with another effect is not the calibrated one, though it has as many conversations."""
    said = "er derfor ikke en uafhængig bekræftelse"
    assert said in text(document(folder_of("published"), DRAFT, "note"))
    folder = tmp_path / "run"
    shutil.copytree(folder_of("published"), folder)
    headline = json.loads((folder / "headline.json").read_text(encoding="utf-8"))
    published = {**headline["published"], "employment_effect_mio_kr": -2.5}
    (folder / "headline.json").write_text(json.dumps(headline | {"published": published}), encoding="utf-8")
    told = text(document(folder, DRAFT, "note"))
    assert said not in told and "kalibreret til de tidligere oplyste tal" in told
