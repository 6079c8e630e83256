from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from simulator.case import lock as lock_module
from simulator.case.folder import CaseFolder
from simulator.case.lock import LONGEST_HOLD, STALE_SECONDS, Holder, hold, holder_of, locked, release, who_holds
from simulator.errors import InputError, RunError
from tests.unit.case.made_up_cases import made_case


@pytest.fixture
def case(tmp_path: Path) -> CaseFolder:
    return made_case(tmp_path)


def left_behind(case: CaseFolder, holder: Holder, seconds_ago: float = 0) -> None:
    case.lock.write_text(json.dumps(asdict(holder)), encoding="utf-8")
    moment = time.time() - seconds_ago
    os.utime(case.lock, (moment, moment))


def ended_process() -> int:
    done = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True)
    return int(done.stdout)


def test_the_second_is_told_who_the_first_is_and_since_when(case: CaseFolder) -> None:
    with locked(case, "A. B.", "answers it"), pytest.raises(InputError) as caught, locked(case, "C. D.", "clears it"):
        pass
    held = str(caught.value)
    assert "A. B." in held
    assert "answers it" in held
    assert "since 20" in held


def test_a_lock_goes_with_the_work_also_when_it_fails(case: CaseFolder) -> None:
    with pytest.raises(ZeroDivisionError), locked(case, "A. B.", "x"):
        _ = 1 / 0
    assert not case.lock.exists()
    assert [path.name for path in case.path.iterdir() if path.name.startswith(".")] == []


def test_the_lock_of_a_process_that_ended_is_taken_over(case: CaseFolder) -> None:
    left_behind(case, holder_of("A. B.", "answers it", pid=ended_process()))
    assert who_holds(case) is None
    with locked(case, "C. D.", "clears it") as found:
        assert found.taken_from is not None
        assert found.taken_from.by == "A. B."


@pytest.mark.parametrize(("seconds", "stale"), [(STALE_SECONDS - 30, False), (STALE_SECONDS + 30, True)])
def test_the_lock_of_another_machine_is_stale_when_nobody_touches_it(
    case: CaseFolder, seconds: float, stale: bool
) -> None:
    left_behind(case, replace(holder_of("A. B.", "x"), machine="elsewhere", place="there", pid=1), seconds)
    assert (who_holds(case) is None) == stale


@pytest.mark.parametrize(("seconds", "stale"), [(3600, False), (LONGEST_HOLD.total_seconds() + 60, True)])
def test_a_case_held_by_hand_is_held_for_eight_hours(case: CaseFolder, seconds: float, stale: bool) -> None:
    left_behind(case, holder_of("A. B.", "edits", pid=0), seconds)
    assert (who_holds(case) is None) == stale


def test_who_holds_a_case_goes_on_working_in_it(case: CaseFolder) -> None:
    hold(case, "A. B.", "edits its files")
    with locked(case, "a. b.", "answers it"):
        pass
    assert case.lock.exists()
    with pytest.raises(InputError, match="release spm-412"), locked(case, "C. D.", "x"):
        pass
    with pytest.raises(InputError, match="only they let it go"):
        release(case, "C. D.")
    assert release(case, "A. B.")
    assert not release(case, "A. B.")


def test_two_commands_of_who_holds_a_case_are_two_all_the_same(case: CaseFolder) -> None:
    """One of them would remove what the other has half written, and leave a version without its run."""
    hold(case, "A. B.", "edits its files")
    with locked(case, "A. B.", "answers it"):
        with pytest.raises(InputError, match=r"is worked in by A\. B\..*answers it"), locked(case, "A. B.", "predicts"):
            pass
        with pytest.raises(InputError, match="is at work"):
            release(case, "A. B.")
    with locked(case, "A. B.", "predicts"):
        pass
    assert release(case, "A. B.")
    assert [path.name for path in case.path.iterdir() if "lock" in path.name] == []


def test_the_number_of_a_process_that_ended_may_be_another_ones_by_now(case: CaseFolder) -> None:
    left_behind(case, holder_of("A. B.", "x", pid=os.getppid()), STALE_SECONDS + 30)
    assert who_holds(case) is None
    left_behind(case, holder_of("A. B.", "x", pid=os.getppid()), STALE_SECONDS - 30)
    assert who_holds(case) is not None


@pytest.mark.parametrize(
    "wrong", [{"since": "x"}, {"pid": 10**30}, {"pid": -1}, {"pid": True}, {"by": 5}, {"doing": None}]
)
def test_a_lock_with_other_content_is_somebodys(case: CaseFolder, wrong: dict[str, object]) -> None:
    content = {**asdict(holder_of("A. B.", "x", pid=ended_process())), **wrong}
    case.lock.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(InputError, match="the lock is not readable"), locked(case, "C. D.", "x"):
        pass


def test_a_folder_in_the_place_of_the_lock(case: CaseFolder) -> None:
    case.lock.mkdir()
    with pytest.raises(RunError, match="is a folder, where the lock"), locked(case, "C. D.", "x"):
        pass


def test_a_lock_at_work_is_not_released(case: CaseFolder) -> None:
    with locked(case, "A. B.", "x"), pytest.raises(InputError, match="is at work"):
        release(case, "A. B.")


def test_a_lock_that_was_taken_over_meanwhile_stops_the_work(case: CaseFolder) -> None:
    with locked(case, "A. B.", "x") as mine:
        left_behind(case, replace(holder_of("C. D.", "y"), machine="elsewhere"))
        with pytest.raises(RunError, match=r"taken over by C\. D\."):
            mine.refuse_unless_held()
    assert case.lock.exists()
    case.lock.unlink()
    with locked(case, "A. B.", "x") as mine:
        case.lock.unlink()
        with pytest.raises(RunError, match="is gone"):
            mine.refuse_unless_held()


def test_a_lock_that_nobody_can_read_is_somebodys_until_it_is_old(case: CaseFolder) -> None:
    case.lock.write_text("half a lo", encoding="utf-8")
    assert who_holds(case) is not None
    os.utime(case.lock, (0, 0))
    with locked(case, "A. B.", "x") as found:
        assert found.taken_from is not None


@pytest.mark.parametrize("links", [True, False])
def test_of_many_who_take_a_stale_lock_over_one_works_at_a_time(
    case: CaseFolder, links: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not links:
        monkeypatch.setattr(os, "link", _no_links)
    left_behind(case, holder_of("A. B.", "x", pid=ended_process()))
    inside, most, refused = [], [], []
    start = threading.Barrier(6)

    def work(number: int) -> None:
        start.wait()
        try:
            with locked(case, f"P{number}", "x"):
                inside.append(number)
                most.append(len(inside))
                time.sleep(0.01)
                inside.remove(number)
        except (InputError, RunError) as wrong:
            refused.append(wrong)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most
    assert max(most) == 1
    assert len(most) + len(refused) == 6
    assert not case.lock.exists()


def _no_links(*names: object) -> None:
    raise PermissionError(1, "Operation not permitted")


def test_the_lock_is_touched_while_somebody_works(case: CaseFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lock_module, "BEAT_SECONDS", 0.01)
    with locked(case, "A. B.", "x"):
        os.utime(case.lock, (0, 0))
        deadline = time.monotonic() + 10
        while case.lock.stat().st_mtime == 0 and time.monotonic() < deadline:
            time.sleep(0.01)
        assert case.lock.stat().st_mtime > 0


def test_who_was_killed_while_taking_a_lock_over_keeps_nobody_out_for_long(case: CaseFolder) -> None:
    left_behind(case, holder_of("A. B.", "x", pid=ended_process()))
    taking = case.path / ".lock.taking"
    taking.touch()
    with pytest.raises(RunError, match="run it again"), locked(case, "C. D.", "x"):
        pass
    os.utime(taking, (0, 0))
    with locked(case, "C. D.", "x") as found:
        assert found.taken_from is not None
    assert not taking.exists()
