"""The certificate: a run is the same from its folder alone, and whatever was changed in it is found and named."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml

from simulator.certificate import again
from simulator.certificate.again import TAKEN_OVER
from simulator.certificate.written import content_of, text_of
from simulator.results.folder import MANIFEST
from tests.unit.certificate.kept_runs import SCENARIOS, certificate_of, edited, few_documents, forged, kept, set_cell

FACTS = """
delivery:
  utilisation: {value: 0.9, unit: utilisation, source: "Own count", date: 2021-12-01, owner: an office}
"""
REGISTER = """
attendance.take_up_scale: {owner: an office, signed_off_by: A. B., signed_off_on: 2022-01-14, value: 0.873, note: seen}
"""
DAYS = (date(2021, 10, 1) + timedelta(days=day) for day in range(182))
SERIES = "date,municipality_code,cases\n" + "".join(f"{day},741,{day.day % 3}\n" for day in DAYS)
FILES = ("facts=facts.yaml", "register=register.yaml", "infection={series: cases.csv, links: [take_up]}")
CHRISTMAS = SCENARIOS / "christmas-2021.yaml"
UNCERTAIN = "saldo.value_per_person_year_kr={value: 300000, low: 250000, high: 330000, distribution: uniform}"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make few documents again, as few were made."""
    monkeypatch.setattr(again, "write_documents", few_documents)


@pytest.fixture(scope="module")
def island(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return kept(CHRISTMAS, tmp_path_factory.mktemp("island") / "run")


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a run with a figure and a brief."""
    return kept(CHRISTMAS, tmp_path_factory.mktemp("told") / "run", documents=True)


def moved(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder in another place, from where nothing else of the run can be seen."""
    away = tmp_path / "elsewhere"
    away.mkdir()
    monkeypatch.chdir(away)
    return Path(shutil.move(folder, away / "renamed"))


def test_a_run_is_the_same_from_its_folder_alone(told: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its documents too; one that was written after the record was closed is no difference."""
    folder = moved(Path(shutil.copytree(told, tmp_path / "run")), tmp_path, monkeypatch)
    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    del manifest["files"]["brief.html"]
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")
    (folder / "figures" / "bridge-slide.png").write_bytes(b"a figure of another size")
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    found = certificate_of(folder)
    assert found.same, text_of(found)
    assert list(found.left) == ["figures/bridge-slide.png"] and "figures/bridge-slide.png" in text_of(found)
    assert {"headline.json", "brief.html", "figures/bridge.svg"} <= set(found.compared)
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before, "it is left as it is"


@pytest.mark.parametrize(
    ("sets", "plan"),
    [
        ((*FILES, "name=other", "proposal.attendance.take_up_scale=0.5"), {}),
        ((UNCERTAIN, "known_as_of=2024-12-31"), {"draws": 4}),
        ((UNCERTAIN,), {"draws": 8, "replay": 3}),
        (("run.std_error_kr=300000",), {"engine": "reference", "replications": 11, "log": True}),
    ],
)
def test_whatever_a_run_was_made_with_stands_in_its_folder(
    sets: tuple[str, ...], plan: dict[str, object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Settings, own facts, a register, a file of incidence, draws, one draw, a stop rule and a log: all files gone."""
    (tmp_path / "at").mkdir()
    mine = Path(shutil.copy(CHRISTMAS, tmp_path / "at"))
    for name, text in (("facts.yaml", FACTS), ("register.yaml", REGISTER), ("cases.csv", SERIES)):
        mine.with_name(name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(mine.parent)
    folder = moved(kept(mine, tmp_path / "run", *sets, **plan), tmp_path, monkeypatch)
    shutil.rmtree(mine.parent)
    if FILES[0] in sets:
        assert (folder / "incidence.csv").read_text(encoding="utf-8") == SERIES
        tree = yaml.safe_load((folder / "scenario.resolved.yaml").read_text(encoding="utf-8"))
        assert tree["infection"]["series"] == "incidence.csv"
    found = certificate_of(folder)
    assert found.same, text_of(found)


def test_what_was_changed_throughout_is_found(told: Path, tmp_path: Path) -> None:
    """The forger changes table, headline, documents and log alike, and rewrites the checksums."""

    def forge(folder: Path) -> None:
        headline = json.loads((folder / "headline.json").read_text(encoding="utf-8"))
        headline["saldo_mio_kr"]["employment_effect"]["mean"] *= 2
        (folder / "headline.json").write_text(json.dumps(headline, indent=1), encoding="utf-8")
        set_cell(folder / "tables" / "saldo.csv", 1, 8, "-12.5")
        edited("brief.html", "Skøn", "Sandhed")(folder)
        edited("figures/bridge.svg", "</svg>", "<g/></svg>")(folder)
        edited("log.txt", "parts add up", "all parts add up")(folder)
        (folder / "figures" / "bridge.png").unlink()
        (folder / "notes.txt").write_text("x", encoding="utf-8")

    found = certificate_of(forged(told, tmp_path / "forged", forge))
    assert not found.same and not any("was changed" in fault for fault in found.checks), "checksums say nothing"
    places = {name: [one.where for one in differences] for name, differences in found.files.items()}
    assert places["headline.json"] == ["saldo_mio_kr.employment_effect.mean"]
    assert len(places["tables/saldo.csv"]) == 1 and places["tables/saldo.csv"][0].startswith("row 1, ")
    assert set(places) == {
        "headline.json", "tables/saldo.csv", "brief.html", "figures/bridge.svg", "figures/bridge.png", "log.txt",
        "notes.txt",
    }  # fmt: skip
    assert "kept -12.5, again " in text_of(found) and "Sandhed" in text_of(found)


@pytest.mark.parametrize(
    ("change", "found_in", "words"),
    [
        (edited("scenario.resolved.yaml", "title: Digital", "title: Physical"), MANIFEST, "run_id"),
        (edited("scenario.resolved.yaml", "value: 0.8730", "value: 0.8"), "headline.json", "mean"),
        (edited(MANIFEST, '"register_in_force": false', '"register_in_force": true'), MANIFEST, "again false"),
        (edited(MANIFEST, '"seed": 1,', '"seed": 2,'), "headline.json", "seed: kept 1, again 2"),
    ],
)
def test_a_record_that_was_changed_is_found(
    island: Path, tmp_path: Path, change: Callable[[Path], object], found_in: str, words: str
) -> None:
    found = certificate_of(forged(island, tmp_path / "forged", change))
    assert not found.same
    assert found_in in found.files and words in text_of(found), text_of(found)
    assert not certificate_of(tmp_path / "forged", rerun=False).checks, "hashes and sums alone are blind to it"


@pytest.mark.parametrize(
    "change",
    [
        edited(MANIFEST, '"engine": "control"', '"engine": "other"'),
        edited(MANIFEST, '"draws": 0', '"draws": 7'),
        edited(MANIFEST, '"draws": 0', '"draws": null'),
        edited("scenario.resolved.yaml", "period:", "perioden:"),
        lambda folder: (folder / "scenario.resolved.yaml").unlink(),
    ],
)
def test_a_record_that_cannot_be_run_is_said_to_be_so(
    island: Path, tmp_path: Path, change: Callable[[Path], object]
) -> None:
    found = certificate_of(forged(island, tmp_path / "forged", change))
    assert not found.same and found.impossible
    assert "cannot be made again" in text_of(found) and content_of(found)["made_again"] is False


def test_a_document_asked_for_later_does_not_call_for_those_that_never_were(tmp_path: Path) -> None:
    folder = kept(CHRISTMAS, tmp_path / "run")
    assert not list(folder.glob("brief*"))
    few_documents(folder)
    shutil.rmtree(folder / "figures")
    certificate = certificate_of(folder)
    assert not [name for name in certificate.files if name.startswith(("brief", "figures/"))], certificate.files


def test_another_program_is_told_of_and_its_documents_are_left_out(told: Path, tmp_path: Path) -> None:
    change = edited(MANIFEST, '"version": "', '"version": "9.')
    found = certificate_of(forged(told, tmp_path / "run", change))
    assert found.same and not found.same_program, text_of(found)
    assert "brief.html" in found.left and "another program" in text_of(found)
    assert "headline.json" in found.compared
    assert set(content_of(found)["taken_from_the_record"]) == set(TAKEN_OVER)
    assert all(f"  {name}: " in text_of(found) for name in TAKEN_OVER)
    record = json.loads((told / MANIFEST).read_text(encoding="utf-8"))
    assert set(TAKEN_OVER) <= set(record), "nothing is listed that the record does not hold"


def test_a_table_that_an_older_version_did_not_write_is_no_difference(island: Path, tmp_path: Path) -> None:
    """The same program wrote it, so there it was taken away."""
    table = "tables/months_by_place.csv"

    def without(folder: Path) -> None:
        (folder / table).unlink()

    assert table in certificate_of(forged(island, tmp_path / "run", without)).files
    older = forged(tmp_path / "run", tmp_path / "older", edited(MANIFEST, '"version": "', '"version": "0.'))
    found = certificate_of(older)
    assert found.same and "did not write" in found.left[table], text_of(found)


def test_the_quick_check_runs_nothing(island: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(island, tmp_path / "run"))
    (folder / "brief.en.md").write_text("written later", encoding="utf-8")
    found = certificate_of(folder, rerun=False)
    assert found.same and not found.compared and list(found.left) == ["brief.en.md"]
    assert "was not made again" in text_of(found)
