"""What a worker makes is what the command line makes, byte for byte, and its record says by which command."""

from __future__ import annotations

import errno
import json
import os
import pickle
import shlex
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import pytest
from click.testing import CliRunner

import simulator
from simulator.cli import group
from simulator.errors import InputError, RunError
from simulator.uncertainty import driving
from simulator.web.desk.delivered import Delivered
from simulator.web.opened import Options, base_of
from simulator.web.position import Position
from simulator.web.work import shelf, tasks
from simulator.web.work.job import Task
from simulator.web.work.shelf import AS_FILES, AT_HAND, Shelf
from simulator.web.work.tasks import Bench, command_of

CHRISTMAS, BOTTOM_UP, SUSPENSION = "christmas-2021", "christmas-2021-bottom-up", "suspension-2020"
SAMSOE = ("places", "[Samsø]")
VALUE = ("saldo.value_per_person_year_kr", "270000")
RULE = "[{name: valg, from: 2021-12-20, to: 2022-01-07, rule: office_chooses, source: law_2021_2630}]"
PROPOSAL = ("proposal.attendance.rules", RULE)
Set = tuple[str, str]


class Watched:
    """Notes what a bench tells: its phases with their steps, and deliveries."""

    def __init__(self) -> None:
        self.phases: list[tuple[str, int]] = []
        self.handed: list[str] = []

    @contextmanager
    def __call__(self, total: int, phase: str) -> Iterator[Callable[[], None]]:
        self.phases.append((phase, total))
        yield lambda: None

    def simulated(self) -> int:
        """Return how many replications were simulated."""
        return sum(total for phase, total in self.phases if phase == "replications")


def bench_in(folder: Path) -> tuple[Bench, Watched]:
    watched = Watched()
    return Bench(folder / "runs", Shelf(folder / "shelf"), watched, watched.handed.append), watched


def at(name: str, *sets: Set, asked: Options | None = None) -> Position:
    path = Path("scenarios") / f"{name}.yaml"
    return Position(base_of(path, path.as_posix(), asked), (SAMSOE, *sets))


def made(bench: Bench, position: Position, kind: str = "tell", delivery: str = "D") -> Path:
    name = str(bench.do(Task(kind, position, delivery))["run"])
    return bench.runs / name / name


def typed(position: Position, out: Path, kind: str = "tell") -> Path:
    """Run the command of a position as it would be typed, and return its folder."""
    told = CliRunner().invoke(group, [*shlex.split(command_of(position, kind))[1:], "--out", str(out)])
    assert told.exit_code == 0, told.output
    return out


def content(folder: Path) -> dict[str, bytes]:
    """Return the files of a run but for its record and log, which tell when it was made."""
    paths = (path for path in folder.rglob("*") if path.is_file() and path.name not in ("manifest.json", "log.txt"))
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


@pytest.mark.parametrize(
    ("name", "sets", "asked"),
    [
        (BOTTOM_UP, (VALUE, ("calendar.closure_weeks", "[2021-W51]")), Options(replications=1, draws=64)),
        (BOTTOM_UP, (PROPOSAL, ("run.std_error_kr", "200000")), Options(seed=7, replications=12, draws=0)),
        (BOTTOM_UP, (VALUE,), Options(engine="control")),
    ],
    ids=["closure and draws", "rule and stop rule", "control"],
)
def test_a_told_run_is_that_of_the_command_line(
    tmp_path: Path, name: str, sets: tuple[Set, ...], asked: Options
) -> None:
    bench, _ = bench_in(tmp_path)
    position = at(name, *sets, asked=asked)
    folder = made(bench, position)
    assert content(folder) == content(typed(position, tmp_path / "typed"))
    record = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert record["command"] == command_of(position, "tell")
    assert record["settings"] == list(position.settings)


@pytest.mark.parametrize(
    ("name", "model", "engine"),
    [
        (CHRISTMAS, "dose_response", "fast"),
        (CHRISTMAS, "fading_loss", "reference"),
        (SUSPENSION, "hazard", "fast"),
    ],
)
def test_a_run_under_another_model_or_engine_is_that_of_a_notebook(
    tmp_path: Path, name: str, model: str, engine: str
) -> None:
    position = at(name, ("effects.model", model), asked=Options(replications=1, engine=engine))
    headline = bench_in(tmp_path)[0].do(Task("tell", position, "D"))["headline"]
    run = simulator.run(position.base.path, replications=1, sets=position.settings, engine=engine)
    assert headline == json.loads(json.dumps(run.headline))


def test_draws_that_change_delivery_are_simulated_and_told(tmp_path: Path) -> None:
    """A drawn number that delivery reads: each draw is a simulation, counted in the steps."""
    file = tmp_path / "drawn.yaml"
    own = "{value: 1.0, source: law_2021_2630, distribution: {name: uniform, low: 0.8, high: 1.2}}"
    shipped = (Path("scenarios") / f"{CHRISTMAS}.yaml").absolute()
    lines = (f"extends: {shipped}", "name: drawn", "run: {replications: 1, draws: 2}", f"demand: {{scale: {own}}}")
    file.write_text("\n".join(lines), encoding="utf-8")
    position = Position(base_of(file, "drawn.yaml"), (SAMSOE,))
    bench, watched = bench_in(tmp_path)
    folder = made(bench, position)
    assert dict(watched.phases)["told"] == 1 + 2
    assert content(folder) == content(typed(position, tmp_path / "typed"))


def test_what_differs_in_money_alone_simulates_nothing(tmp_path: Path) -> None:
    bench, watched = bench_in(tmp_path)
    asked = Options(replications=2, draws=0)
    bench.do(Task("deliver", at(BOTTOM_UP, asked=asked), "D"))
    assert watched.simulated() == 2
    moved = at(BOTTOM_UP, VALUE, asked=asked)
    assert content(made(bench, moved)) == content(typed(moved, tmp_path / "typed"))
    assert watched.simulated() == 2
    assert len(set(watched.handed)) == 1


def test_another_worker_finds_what_the_first_delivered(tmp_path: Path) -> None:
    position = at(BOTTOM_UP, asked=Options(replications=2, draws=0))
    first, _ = bench_in(tmp_path)
    second, watched = bench_in(tmp_path)
    result = first.do(Task("deliver", position, "D"))
    assert second.do(Task("deliver", position, "D")) == result == {"delivery": "D"}
    assert (watched.simulated(), len(watched.handed)) == (0, 1)


def test_a_stop_rule_is_asked_again_at_every_position(tmp_path: Path) -> None:
    """How many replications are small enough hangs on kroner, which deliver nothing."""
    bench, watched = bench_in(tmp_path)
    asked, made_of = Options(replications=15, draws=0), {}
    for target in ("1e9", "1"):
        position = at(BOTTOM_UP, ("run.std_error_kr", target), asked=asked)
        headline = bench.do(Task("tell", position, "D"))["headline"]
        made_of[target] = headline["replications"]
    assert made_of == {"1e9": 10, "1": 15}
    assert watched.simulated() == 2 * 15


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Let documents be a file, and few values be turned: how that is done is the same at the command line."""
    monkeypatch.setattr(driving, "MOST_TURNED", 1)
    monkeypatch.setattr(driving, "ALWAYS", ())
    folders: list[Path] = []

    def write(folder: Path) -> None:
        folders.append(folder)
        (folder / "brief.md").write_text("brief", encoding="utf-8")

    monkeypatch.setattr(tasks, "write_documents", write)
    monkeypatch.setattr("simulator.report.write_documents", write)
    return folders


def test_a_kept_run_holds_what_drives_it_and_its_documents(tmp_path: Path, written: list[Path]) -> None:
    bench, watched = bench_in(tmp_path)
    position = at(BOTTOM_UP, VALUE, asked=Options(replications=1, draws=0))
    told, driven, kept = (made(bench, position, kind) for kind in ("tell", "drivers", "keep"))
    assert content(kept) == content(typed(position, tmp_path / "typed", "keep"))
    assert content(driven) == {name: text for name, text in content(kept).items() if name != "brief.md"}
    assert set(content(driven)) - set(content(told)) == {
        f"tables/{name}.csv" for name in ("drivers", "turns", "two_way", "rivals")
    }
    assert [phase for phase, _ in watched.phases].count("drivers") == 1
    assert watched.simulated() == 1
    assert len(written) == 2


def test_runs_of_the_same_second_have_folders_of_their_own(tmp_path: Path) -> None:
    bench, _ = bench_in(tmp_path)
    position = at(CHRISTMAS, asked=Options(engine="control"))
    folders = {made(bench, position) for _ in range(2)}
    assert len(folders) == 2
    assert all((folder / "headline.json").is_file() for folder in folders)


def test_what_cannot_be_run_is_refused(tmp_path: Path) -> None:
    bench, _ = bench_in(tmp_path)
    with pytest.raises(InputError, match=r"demand\.scale"):
        bench.do(Task("tell", at(CHRISTMAS, ("demand.scale", "-1")), "D"))
    assert not list(tmp_path.rglob("headline.json"))


def test_a_command_says_all_that_makes_the_run() -> None:
    asked = Options(seed=3, replications=4, draws=0, engine="reference")
    name = Path("scenarios") / f"{CHRISTMAS}.yaml"
    position = Position(base_of(name, "x", asked, ("demand.scale=0.9",)), (VALUE,))
    assert command_of(position) == (
        "saldo run scenarios/christmas-2021.yaml -S demand.scale=0.9 -S saldo.value_per_person_year_kr=270000 "
        "--seed 3 --replications 4 --draws 0 --engine reference"
    )
    assert command_of(position, "tell").endswith(" --no-brief")


def test_the_shelf_keeps_the_latest_and_no_more(tmp_path: Path) -> None:
    bench, _ = bench_in(tmp_path)
    bench.do(Task("deliver", at(CHRISTMAS, asked=Options(replications=1)), "D"))
    assert bench.shelf.get("nothing") is None
    first = next(iter(bench.shelf._at_hand.values()))
    assert isinstance(first, Delivered)
    for number in range(AS_FILES + 3):
        bench.shelf.put(f"key {number}", first)
    assert len(bench.shelf._at_hand) == AT_HAND
    assert len(list((tmp_path / "shelf").iterdir())) == 2 * AS_FILES
    assert bench.shelf.get("key 0") is None
    assert bench.shelf.get(f"key {AS_FILES + 2}") is first
    assert isinstance(bench.shelf.get(f"key {AS_FILES - 2}"), Delivered)


def test_a_disk_that_is_full_is_not_filled_with_what_could_not_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_thing: object, file: BinaryIO, **_: object) -> None:
        file.write(b"the beginning")
        raise OSError(errno.ENOSPC, "no space left on device")

    monkeypatch.setattr(pickle, "dump", full)
    with pytest.raises(RunError, match="cannot be written: no space"):
        Shelf(tmp_path)._write("one", "thing")
    assert not list(tmp_path.iterdir())


def test_large_deliveries_are_fewer_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf, "kept_of", lambda _: "little")
    monkeypatch.setattr(shelf, "MOST_BYTES", 2500)
    made = Shelf(tmp_path)
    for at, key in enumerate("abc"):
        made.put(key, "x" * 1000)  # type: ignore[arg-type]
        os.utime(tmp_path / f"{shelf.name_of(key)}{shelf.WHOLE}", (at, at))
    assert {path.stem for path in tmp_path.iterdir()} == {shelf.name_of(key) for key in "bc"}
