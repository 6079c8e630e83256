"""The course of a sweep: nothing twice, nothing lost, nothing mixed; a folder that cannot be used is refused."""

from __future__ import annotations

import errno
import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from simulator.errors import InputError, RunError
from simulator.sweeps import parts as part_files
from simulator.sweeps.course import Outcome, Watch, swept
from simulator.sweeps.events import Event, Made, Order, SetAside, Work
from simulator.sweeps.jobs import Compiled, Task
from simulator.sweeps.lock import LOCK, locked
from simulator.sweeps.parts import digest_of
from simulator.sweeps.reading import export, state_of
from simulator.sweeps.store import Store
from tests.unit.sweeps.hand_made import GRID, compiled_of, easy


class AtOnce:
    """An executor without processes, which can be stopped after so many parts."""

    def __init__(self, most: int = 1 << 30, backwards: bool = False) -> None:
        self.most, self.backwards = most, backwards
        self.asked: list[tuple[int, int]] = []

    def run(self, orders: Iterator[Order], work: Work) -> Iterator[Event]:
        """Yield the parts."""
        for order in reversed(list(orders)) if self.backwards else orders:
            for part, figures in work(order.task, order.parts):
                if len(self.asked) >= self.most:
                    raise KeyboardInterrupt
                self.asked.append((order.task.number, part))
                yield Made(order.task.number, part, figures)


class Refusing:
    """An executor that sets every job aside."""

    def run(self, orders: Iterator[Order], work: Work) -> Iterator[Event]:
        """Yield refusals."""
        for order in orders:
            yield SetAside(order.task.number, "no")


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Compiled:
    return compiled_of(GRID, tmp_path_factory.mktemp("plan"))


@pytest.fixture(scope="module")
def undisturbed(plan: Compiled, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("undisturbed") / "sweep"
    swept(plan, folder, AtOnce(), Watch(), work=easy)
    return folder


def go_on(plan: Compiled, folder: Path, said: list[str] | None = None, executor: Any = None) -> Outcome:
    watch = Watch(said=(said if said is not None else []).append)
    return swept(plan, folder, executor or AtOnce(), watch, resume=True, work=easy)


def rows(folder: Path) -> str:
    target = folder.parent / "rows.csv"
    export(folder, target)
    return target.read_text(encoding="utf-8")


def files(folder: Path) -> dict[str, str]:
    return {path.name: digest_of(path) for path in (folder / "parts").iterdir()}


def test_the_rows_are_those_of_the_plan(undisturbed: Path) -> None:
    lines = rows(undisturbed).splitlines()
    assert lines[0] == "row,scenario,demand.scale,effects.params.scale,employment_effect_kr,converted"
    assert lines[1] == "0,christmas-2021,0.9,0.1,9.1,0.0"
    assert lines[-1] == "17,christmas-2021,1.1,0.6,11.6,2.0"
    assert [line.split(",")[0] for line in lines[1:]] == [str(number) for number in range(18)]


@pytest.mark.parametrize("most", range(7))
def test_a_sweep_that_stops_anywhere_goes_on_to_the_same_files(
    plan: Compiled, undisturbed: Path, tmp_path: Path, most: int
) -> None:
    folder, stopped = tmp_path / "sweep", AtOnce(most, backwards=most % 2 == 1)
    if most < 6:
        with pytest.raises(KeyboardInterrupt):
            swept(plan, folder, stopped, Watch(), work=easy)
    rest = AtOnce()
    outcome = go_on(plan, folder, executor=rest)
    assert outcome.finished == outcome.rows == 18
    assert sorted(stopped.asked + rest.asked) == [(number, part) for number in range(3) for part in range(2)]
    assert files(folder) == files(undisturbed)
    assert rows(folder) == rows(undisturbed)


def test_a_sweep_does_not_begin_over_another(plan: Compiled, undisturbed: Path) -> None:
    with pytest.raises(InputError, match="holds a sweep already; go on with it by --resume"):
        swept(plan, undisturbed, AtOnce(), Watch(), work=easy)


@pytest.mark.parametrize("harm", ["cut", "altered", "gone"])
def test_a_damaged_part_is_found_and_made_again(plan: Compiled, undisturbed: Path, tmp_path: Path, harm: str) -> None:
    folder = tmp_path / "sweep"
    swept(plan, folder, AtOnce(), Watch(), work=easy)
    victim = sorted((folder / "parts").iterdir())[2]
    content = bytearray(victim.read_bytes())
    if harm == "gone":
        victim.unlink()
    else:
        content[len(content) // 2] ^= 1
        victim.write_bytes(content[:-20] if harm == "cut" else content)
    assert state_of(folder).parts == (6, 5, 1)
    with pytest.raises(RunError, match="1 parts were cut short or altered, such as"):
        rows(folder)
    said: list[str] = []
    again = AtOnce()
    assert go_on(plan, folder, said, again).made in (2, 4)
    assert said == ["1 finished parts were cut short or altered; they are made again"]
    assert len(again.asked) == 1
    assert files(folder) == files(undisturbed)


def test_a_line_of_the_journal_that_was_cut_short_costs_one_part(
    plan: Compiled, undisturbed: Path, tmp_path: Path
) -> None:
    """Killed between the name of the part and its line, or in the middle of the line."""
    folder = tmp_path / "sweep"
    with pytest.raises(KeyboardInterrupt):
        swept(plan, folder, AtOnce(4), Watch(), work=easy)
    journal = folder / "journal.jsonl"
    journal.write_bytes(journal.read_bytes()[:-30])
    rest = AtOnce()
    go_on(plan, folder, executor=rest)
    assert len(rest.asked) == 3
    assert files(folder) == files(undisturbed)
    assert go_on(plan, folder).made == 0


def test_scraps_of_a_killed_sweep_are_cleared(plan: Compiled, tmp_path: Path) -> None:
    folder = tmp_path / "sweep"
    go_on(plan, folder)
    for scrap in (folder / ".sweep.json.writing", folder / "parts" / ".abc-00000.parquet.writing"):
        scrap.write_bytes(b"half")
    go_on(plan, folder)
    assert not list(folder.rglob(".*"))


def test_a_manifest_that_was_cut_short_is_made_again(plan: Compiled, undisturbed: Path, tmp_path: Path) -> None:
    folder = tmp_path / "sweep"
    go_on(plan, folder)
    (folder / "sweep.json").write_text('{"name": "sma', encoding="utf-8")
    with pytest.raises(RunError, match=r"sweep.json cannot be read"):
        state_of(folder)
    assert go_on(plan, folder).made == 0
    assert rows(folder) == rows(undisturbed)


def test_after_an_edit_of_the_plan_only_what_it_touches_is_made(plan: Compiled, tmp_path: Path) -> None:
    folder = tmp_path / "sweep"
    go_on(plan, folder)
    edited = compiled_of(GRID.replace("0.9, 1, 1.1", "0.9, 1, 1.2"), tmp_path / "edited")
    said: list[str] = []
    again = AtOnce()
    assert go_on(edited, folder, said, again).finished == 18
    assert said == ["changed since this sweep was begun: the plan; 2 of 3 jobs are the same, all others are made anew"]
    assert again.asked == [(2, 0), (2, 1)]
    assert {line.split(",")[2] for line in rows(folder).splitlines()[1:]} == {"0.9", "1.0", "1.2"}
    assert state_of(folder).others == 2, "the old rows stay aside, and count again under the old plan"
    assert go_on(plan, folder).made == 0


def test_after_an_edit_of_facts_or_program_nothing_old_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, home = tmp_path / "sweep", tmp_path / "home"
    go_on(compiled_of(GRID, home), folder)
    with (home / "christmas-2021.yaml").open("a", encoding="utf-8") as file:
        file.write("demand: {scale: 1.05}\n")
    said: list[str] = []
    from simulator.sweeps.compiling import compile_plan

    assert go_on(compile_plan(home / "plan.yaml"), folder, said).made == 18
    monkeypatch.setattr("simulator.sweeps.compiling.program_digest", lambda: "another")
    assert go_on(compile_plan(home / "plan.yaml"), folder, said).made == 18
    assert [one.split(";")[0].split(": ")[1] for one in said] == [
        "the scenario christmas-2021 or a file that it leads to",
        "the program or its facts",
    ]


def test_jobs_that_are_set_aside_are_named_kept_in_mind_and_tried_again(plan: Compiled, tmp_path: Path) -> None:
    folder = tmp_path / "sweep"
    outcome = go_on(plan, folder, executor=Refusing())
    assert outcome.aside["job 2 (christmas-2021: demand.scale=1)"] == "no"
    assert len(outcome.aside) == len(state_of(folder).aside) == 3
    assert go_on(plan, folder).finished == 18
    assert state_of(folder).aside == {}


def test_two_sweeps_in_one_folder_are_refused(plan: Compiled, tmp_path: Path) -> None:
    folder = tmp_path / "sweep"
    go_on(plan, folder)
    with (
        locked(folder),
        pytest.raises(InputError, match=f"another sweep works in this folder .process {os.getpid()} on"),
    ):
        go_on(plan, folder)


def test_the_lock_of_a_process_that_was_killed_is_taken_over(plan: Compiled, tmp_path: Path) -> None:
    code = f"""
import os, signal
from pathlib import Path
from simulator.sweeps.lock import locked
with locked(Path({str(tmp_path)!r})):
    os.kill(os.getpid(), signal.SIGKILL)
"""
    root = str(Path(__file__).parents[3])
    subprocess.run([sys.executable, "-c", code], check=False, env={**os.environ, "PYTHONPATH": root})
    assert json.loads((tmp_path / LOCK).read_text())["host"] == socket.gethostname()
    with locked(tmp_path):
        pass
    assert (tmp_path / LOCK).read_text() == ""


def test_the_lock_of_another_machine_is_left_to_a_person(tmp_path: Path) -> None:
    (tmp_path / LOCK).write_text('{"pid": 1, "host": "elsewhere"}', encoding="utf-8")
    with pytest.raises(InputError, match="another machine may work in this folder"), locked(tmp_path):
        pass


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EROFS])
def test_a_disk_that_takes_no_more_is_said_and_nothing_is_damaged(
    plan: Compiled, undisturbed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    folder, count = tmp_path / "sweep", iter(range(100))

    def full(path: Path) -> None:
        if next(count) == 4:  # plan, manifest and two parts come before
            raise OSError(code, os.strerror(code))

    with monkeypatch.context() as patch:
        patch.setattr(part_files, "to_disk", full)
        patch.setattr("simulator.sweeps.store.to_disk", full)
        with pytest.raises(RunError, match=f"could not be written: {os.strerror(code)}; what is finished is kept"):
            swept(plan, folder, AtOnce(), Watch(), work=easy)
    assert state_of(folder).rows == (18, 6)
    assert not list((folder / "parts").glob(".*"))
    assert go_on(plan, folder).made == 12
    assert files(folder) == files(undisturbed)


def test_a_file_where_the_folder_should_be(plan: Compiled, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(InputError, match="is a file; give a folder"):
        go_on(plan, tmp_path / "file")
    with pytest.raises(InputError, match=r"cannot be (made|written)"):
        go_on(plan, tmp_path / "file" / "below")


def test_a_folder_of_something_else(plan: Compiled, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("x", encoding="utf-8")
    with pytest.raises(InputError, match="is not empty and holds no sweep"):
        go_on(plan, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_a_folder_that_cannot_be_written(plan: Compiled, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path, *_rest: object) -> int:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS), str(self))

    monkeypatch.setattr(Path, "write_bytes", refuse)
    with pytest.raises(InputError, match="cannot be written: Read-only file system"):
        go_on(plan, tmp_path / "sweep")


def test_a_part_is_on_the_disk_before_it_counts(
    plan: Compiled, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In this order: bytes, name, line."""
    steps: list[str] = []
    note, replace, to_disk = Store.note, Path.replace, part_files.to_disk
    monkeypatch.setattr(Store, "note", lambda self, entry: (steps.append("line"), note(self, entry))[1])
    monkeypatch.setattr(Path, "replace", lambda self, other: (steps.append("name"), replace(self, other))[1])
    monkeypatch.setattr(part_files, "to_disk", lambda path: (steps.append("bytes"), to_disk(path))[1])

    def one(task: Task, parts: Sequence[int]) -> Iterator[tuple[int, dict[str, Any]]]:
        steps.clear()
        yield from easy(task, parts)

    swept(plan, tmp_path / "sweep", AtOnce(), Watch(), work=one)
    assert steps == ["bytes", "name", "line"] * 2
