"""The register in documents: what makes one a draft and is listed, and what changed since an earlier run."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from simulator.report.blocks import Paragraph, Table, plain
from simulator.report.bound import cells
from simulator.report.brief import compose, make_brief
from simulator.report.edition import Edition
from simulator.report.language import read_words
from simulator.report.reading import Run, read_run
from simulator.report.register import changes, draft_items
from simulator.report.sections.changes import changed
from simulator.report.sections.telling import Telling
from simulator.report.story import Story
from tests.unit.report.made_up_runs import write_run
from tests.unit.report.shapes import SHAPES

NEW = ("owner", "grade", "grade_given", "expiry", "signed_off_by", "signed_off_on", "signed_value", "note")
SCALE = "attendance.take_up_scale"


def run_with(folder: Path, edit: Callable[[dict[str, dict[str, str]]], object], *, register: bool = True) -> Run:
    """Return a made-up run whose assumptions were edited by their keys; the columns of a register are there."""
    write_run(folder, SHAPES["published"])
    path = folder / "tables" / "assumptions.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = {row["key"]: {**row, **dict.fromkeys(NEW, ""), "grade": "1"} for row in csv.DictReader(file)}
    edit(rows)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(next(iter(rows.values()))), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows.values())
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    record = {**manifest, "time": {"started": "2022-01-14T10:00:00+00:00"}, "register_in_force": register}
    (folder / "manifest.json").write_text(json.dumps(record), encoding="utf-8")
    return read_run(folder)


def sign(rows: dict[str, dict[str, str]]) -> None:
    for row in rows.values():
        row.update(signed_off_by="A. B.", signed_off_on="2022-01-01", signed_value=row["value"])


def texts(run: Run) -> list[str]:
    document = compose(Telling(run, read_words("da")))
    return [plain(block.text) for block in document.blocks if isinstance(block, Paragraph) and block.tone == "draft"]


def test_without_a_register_nothing_is_signed_and_that_is_no_draft(tmp_path: Path) -> None:
    run = run_with(tmp_path / "run", lambda rows: None, register=False)
    assert draft_items(run) == () and Story(run).draft_reasons == ()


def test_all_signed_is_no_draft(tmp_path: Path) -> None:
    assert draft_items(run_with(tmp_path / "run", sign)) == ()


def test_published_numbers_need_no_signature(tmp_path: Path) -> None:
    run = run_with(tmp_path / "run", lambda rows: None)
    unsigned = dict(draft_items(run))
    kinds = {row["key"]: row["kind"] for row in run.table("assumptions")}
    assert set(unsigned) == {key for key, kind in kinds.items() if kind != "fact"}
    assert set(unsigned.values()) == {"unsigned"}


@pytest.mark.parametrize(
    ("change", "status", "words"),
    [
        (
            {"signed_off_by": "", "signed_off_on": "", "signed_value": ""},
            "unsigned",
            "Én forudsætning er ikke godkendt: ",
        ),
        ({"signed_value": "0.5"}, "changed", "Én forudsætning har en anden værdi end den, der er godkendt: "),
        ({"expiry": "2022-01-13"}, "expired", "Én forudsætning er udløbet: "),
    ],
)
def test_what_makes_a_draft_is_listed(tmp_path: Path, change: dict[str, str], status: str, words: str) -> None:
    def edit(rows: dict[str, dict[str, str]]) -> None:
        sign(rows)
        rows[SCALE].update(change)

    run = run_with(tmp_path / "run", edit)
    assert draft_items(run) == ((SCALE, status),)
    assert Story(run).draft_reasons == ("register",)
    (told,) = texts(run)
    assert told == f"{words}{read_words('da').key_name(SCALE)}."
    html = make_brief(run.folder, ("html",))[0].read_text(encoding="utf-8")
    assert "NOTAT · UDKAST" in html and "Forudsætninger, der gør notatet til et udkast" in html


def test_an_expiry_counts_without_a_register_and_on_the_day_of_the_run(tmp_path: Path) -> None:
    for name, day, found in (("past", "2022-01-13", 1), ("same", "2022-01-14", 0), ("later", "2022-01-15", 0)):
        run = run_with(tmp_path / name, lambda rows, day=day: rows[SCALE].update(expiry=day), register=False)
        assert len(draft_items(run)) == found


def test_what_was_not_used_makes_no_draft(tmp_path: Path) -> None:
    def edit(rows: dict[str, dict[str, str]]) -> None:
        sign(rows)
        rows[SCALE].update(used="0", expiry="2000-01-01", signed_value="9")

    assert draft_items(run_with(tmp_path / "run", edit)) == ()


def test_no_change_is_said_to_be_none(tmp_path: Path) -> None:
    one, other = (run_with(tmp_path / name, sign) for name in ("one", "other"))
    assert changes(one, other) == ()
    told = [block for block in changed(Telling(one, read_words("da"), earlier=other)) if isinstance(block, Paragraph)]
    assert told[-1].text == "Ingen forudsætning er ændret."


def test_what_changed_is_listed_with_before_and_after(tmp_path: Path) -> None:
    def edit(rows: dict[str, dict[str, str]]) -> None:
        rows[SCALE].update(value="0.5", grade="4", source="<b>**x**</b>")
        last = list(rows)[-1]
        rows[last].update(used="0")

    earlier, run = run_with(tmp_path / "earlier", lambda rows: None), run_with(tmp_path / "run", edit)
    found = {change.key: change for change in changes(run, earlier)}
    assert found.pop(SCALE).parts == ("value", "source", "grade")
    ((gone, change),) = found.items()
    assert change.after is None and change.parts == ()
    document = compose(Telling(run, read_words("da"), earlier=earlier))
    caption = "Ændrede forudsætninger"
    (table,) = (block for block in document.blocks if isinstance(block, Table) and caption in block.caption)
    lines = {plain(line.cells[0]): [plain(cell) for cell in line.cells[1:]] for line in table.lines}
    before, after, what = lines[read_words("da").key_name(SCALE)]
    assert after.startswith("0,5; <b>**x**</b>; 4 af 5") and "1 af 5" in before
    assert what == "værdi, kilde og karakter"
    assert lines[read_words("da").key_name(gone) or gone][1] == "ikke brugt"


def test_the_numbers_of_the_earlier_run_are_bound_to_it(tmp_path: Path) -> None:
    earlier = run_with(tmp_path / "earlier", lambda rows: rows[SCALE].update(value="0.75"))
    run = run_with(tmp_path / "run", lambda rows: None)
    document = compose(Telling(run, read_words("da"), earlier=earlier))
    files = {cell.file for number in document.numbers for cell in cells(number.expression)}
    name = earlier.manifest["run_id"]
    assert {f"{name}/headline.json", f"{name}/tables/assumptions.csv", "headline.json"} <= files


def test_a_brief_since_an_earlier_run_is_written_outside_the_run(tmp_path: Path) -> None:
    earlier, run = (run_with(tmp_path / name, sign) for name in ("earlier", "run"))
    (tmp_path / "out").mkdir()
    before = sorted(run.folder.rglob("*"))
    paths = make_brief(run.folder, ("html",), "da", Edition(since=earlier.folder, into=tmp_path / "out"))
    assert [path.parent for path in paths] == [tmp_path / "out"]
    assert paths[0].name == f"brief-since-{earlier.manifest['run_id']}.html"
    assert "Ændret siden sidste skøn" in paths[0].read_text(encoding="utf-8")
    assert sorted(run.folder.rglob("*")) == before
