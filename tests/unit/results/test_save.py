"""A kept run: its files, their bytes, its record, and what is noticed when one is changed."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import duckdb
import pytest

from simulator.errors import InputError
from simulator.results import Run
from simulator.results.dictionary import empty, table_names
from simulator.results.keep import PARQUET
from simulator.results.read import kept_run
from simulator.results.record import Occasion
from simulator.results.save import Place, save
from simulator.results.verify import faults_of
from simulator.scenario import read_scenario
from tests.unit.results.small_runs import small_run


@pytest.fixture
def kept(published: Run, occasion: Occasion, tmp_path: Path) -> Path:
    return Path(str(save(published, Place(tmp_path / "run"), occasion).folder))


def test_a_run_folder_holds_what_the_contract_names(kept: Path) -> None:
    files = {path.relative_to(kept).as_posix() for path in kept.rglob("*") if path.is_file()}
    expected = {"manifest.json", "scenario.resolved.yaml", "headline.json", "log.txt"}
    expected |= {f"tables/{name}.csv" for name in table_names()}
    expected |= {f"tables/{name}.parquet" for name in (*PARQUET, "events")}
    assert files == expected


def test_tables_of_a_decision_and_a_trial_are_kept_where_the_run_has_them(
    published: Run, occasion: Occasion, tmp_path: Path
) -> None:
    tables = {"voi": empty("voi"), "trial_worth": empty("trial_worth")}
    kept = save(published.with_tables(tables), Place(tmp_path / "run"), occasion).folder
    assert kept is not None
    assert sorted(path.stem for path in (kept / "tables").glob("[tv]*.csv")) == ["trial_worth", "voi"]
    assert kept_run(kept).table("voi").empty


def test_the_same_seed_gives_the_same_bytes(kept: Path, occasion: Occasion, tmp_path: Path) -> None:
    other = save(small_run(log=True), Place(tmp_path / "other"), occasion).folder
    assert other is not None
    files = [path.relative_to(kept) for path in kept.rglob("*") if path.is_file()]
    assert len(files) == 27
    assert [file for file in files if (kept / file).read_bytes() != (other / file).read_bytes()] == []


def test_parquet_holds_what_the_table_holds(kept: Path) -> None:
    run = kept_run(kept)
    for name in PARQUET:
        path = (kept / "tables" / f"{name}.parquet").as_posix()
        found = duckdb.sql(f"SELECT * FROM '{path}'").df()
        expected = run.table(name)
        assert list(found.columns) == list(expected.columns)
        assert found.astype(str).to_numpy().tolist() == expected.astype(str).to_numpy().tolist()


def test_tables_are_read_back_as_they_were(kept: Path, published: Run) -> None:
    run = kept_run(kept)
    assert run.headline == json.loads(json.dumps(published.headline))
    for name in table_names():
        assert run.table(name).to_csv(index=False) == published.tables[name].to_csv(index=False)


def test_the_record_says_what_made_the_run(kept: Path) -> None:
    record = kept_run(kept).record
    assert record["run_id"].startswith("2021-12-17-103000-")
    assert (record["seed"], record["replications"], record["engine"]) == (1, 2, "reference")
    assert record["time"] == {"started": "2021-12-17T10:30:00+00:00", "ended": "2021-12-17T10:30:00+00:00"}
    assert {"numpy", "pandas", "simpy"} <= set(record["packages"])
    assert record["sources"]["beu-558"]["title"]
    headline = hashlib.sha256((kept / "headline.json").read_bytes()).hexdigest()
    assert record["files"]["headline.json"] == headline
    assert "manifest.json" not in record["files"]


def test_the_scenario_can_be_run_again_from_the_folder(kept: Path, published: Run) -> None:
    again = read_scenario(kept / "scenario.resolved.yaml")
    assert again.sections == published.scenario.sections
    assert (
        again.proposal.values["attendance.take_up_scale"] == 0.873
        or again.proposal.values.row("attendance.take_up_scale").value
        == published.scenario.proposal.values["attendance.take_up_scale"]
    )


def test_documents_are_written_before_the_folder_has_its_name(
    published: Run, occasion: Occasion, tmp_path: Path
) -> None:
    def documents(folder: Path) -> None:
        assert (folder / "manifest.json").is_file()
        assert not (tmp_path / "run").exists()
        (folder / "brief.md").write_text("brief", encoding="utf-8")

    run = save(published, Place(tmp_path / "run"), occasion, documents)
    assert run.brief == tmp_path / "run" / "brief.md"
    assert "brief.md" in kept_run(tmp_path / "run").record["files"]
    assert published.brief is None


def test_a_run_without_simulation_is_kept_too(by_hand: Run, occasion: Occasion, tmp_path: Path) -> None:
    save(by_hand, Place(tmp_path / "run"), occasion)
    run = kept_run(tmp_path / "run")
    assert faults_of(run) == []
    assert len(run.table("conversations")) == len(run.table("offices")) == 0


def test_a_kept_run_that_was_not_touched_has_no_fault(kept: Path) -> None:
    assert faults_of(kept_run(kept)) == []


def test_every_change_is_found(kept: Path) -> None:
    (kept / "log.txt").unlink()
    (kept / "new.txt").write_text("new", encoding="utf-8")
    saldo = kept / "tables" / "saldo.csv"
    lines = saldo.read_text(encoding="utf-8").splitlines(keepends=True)
    saldo.write_text("".join(lines[:-1]), encoding="utf-8")
    steps = kept / "tables" / "steps.csv"
    steps.write_text(steps.read_text(encoding="utf-8").replace("converted,", "converted,1", 1), encoding="utf-8")
    faults = faults_of(kept_run(kept))
    for words in ("log.txt: is missing", "new.txt: was not written", "saldo.csv: was changed", "steps.csv, converted:"):
        assert any(words in fault for fault in faults), (words, faults)


def test_a_damaged_folder_is_named_with_its_fault(kept: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such folder"):
        kept_run(tmp_path / "nowhere")
    (kept / "tables" / "saldo.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"saldo\.csv.*other columns"):
        kept_run(kept).table("saldo")
    (kept / "tables" / "saldo.csv").unlink()
    with pytest.raises(InputError, match=r"saldo\.csv.*cannot be read"):
        kept_run(kept).table("saldo")
    for text, words in (("[", "cannot be read"), ("[]", "must hold a mapping"), ("{}", "does not name its scenario")):
        (kept / "headline.json").write_text(text, encoding="utf-8")
        with pytest.raises(InputError, match=words):
            kept_run(kept)
    (kept / "manifest.json").unlink()
    with pytest.raises(InputError, match=r"holds no manifest\.json"):
        kept_run(kept)
