"""Who works in a case: a file with name and time that keeps others out, also from other machines.

While somebody works, the lock is touched every few seconds. One whose process has ended, or which nobody has touched
for long, is stale: the next one takes it over and writes that into the journal. Ages are measured by the clock of the
drive (a file touched now, beside the lock), so the clocks of two machines need not agree.
"""

from __future__ import annotations

import contextlib
import getpass
import json
import os
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from simulator.case.folder import CaseFolder
from simulator.errors import InputError, RunError
from simulator.results.save import now

BEAT_SECONDS = 10
TAKING_SECONDS = 10
STALE_SECONDS = 120
"""A lock that nobody touched for so long has no one behind it."""
_HELD_HERE: set[str] = set()
"""Locks that this process holds; another one of its number was left behind when a drive vanished."""
LONGEST_HOLD = timedelta(hours=8)
"""How long somebody may hold a case without working in it."""
PIDS = 2**31
BOOT = Path("/proc/sys/kernel/random/boot_id")
SPACE = Path("/proc/self/ns/pid")
"""On Linux: what tells apart machines of one name, and numbers of processes that mean something else."""


@dataclass(frozen=True)
class Holder:
    """Who works in a case.

    Attributes:
        by: Name of the person.
        login: Name of the login.
        machine: Name of the machine.
        place: What tells machines of one name apart, and containers on one machine.
        pid: Number of the process; 0 where somebody holds the case without one.
        since: From when, ISO, UTC.
        doing: What is done.
        token: What tells this lock from any other.
    """

    by: str
    login: str
    machine: str
    place: str
    pid: int
    since: str
    doing: str
    token: str

    def told(self) -> str:
        """Return who it is and since when, in words."""
        since = datetime.fromisoformat(self.since).astimezone()
        return f"{self.by} ({self.login} on {self.machine}) since {since:%Y-%m-%d %H:%M:%S}: {self.doing}"


def holder_of(by: str, doing: str, *, pid: int | None = None) -> Holder:
    """Return who works here now."""
    since = now().isoformat(timespec="seconds")
    return Holder(
        by,
        _login(),
        socket.gethostname(),
        _place(),
        os.getpid() if pid is None else pid,
        since,
        doing,
        f"{os.getpid()}-{threading.get_ident()}-{time.time_ns()}",
    )


class Lock:
    """A lock that is held.

    Attributes:
        holder: Who holds it.
        taken_from: Whose stale lock was taken over; None where there was none.
    """

    def __init__(self, path: Path, holder: Holder, taken_from: Holder | None) -> None:
        self._path, self.holder, self.taken_from = path, holder, taken_from

    def refuse_unless_held(self) -> None:
        """Check before anything is written that nobody has taken the lock over.

        Raises:
            RunError: Somebody has, or the lock is gone with its drive.
        """
        found = _read(self._path)
        if found is None:
            raise RunError(
                f"{self._path} is gone: the drive is, or somebody deleted it; nothing was changed, run it again"
            )
        if found.token != self.holder.token:
            raise RunError(f"the case was taken over by {found.told()}; nothing was changed, run it again afterwards")

    def touch(self) -> None:
        """Say that somebody is still here."""
        with contextlib.suppress(OSError):
            os.utime(self._path)


@contextmanager
def locked(case: CaseFolder, by: str, doing: str) -> Iterator[Lock]:
    """Hold the lock of a case; one that the same person holds by hand is used and stays.

    Args:
        case: The case.
        by: Name of the person.
        doing: What is done, for those who are kept out.

    Raises:
        InputError: Somebody else works in the case; says who and since when.
        RunError: The lock cannot be written.
    """
    mine = holder_of(by, doing)
    held = _read(case.lock)
    if held is not None and not held.pid and held.by.casefold() == by.casefold():
        lock = Lock(case.lock, held, None)
        with _taken(case.lock_at_work, mine), _beating(lock):  # two commands of one person are two all the same
            lock.refuse_unless_held()
            yield lock
        return
    with _taken(case.lock, mine) as lock:
        yield lock


@contextmanager
def _taken(path: Path, mine: Holder) -> Iterator[Lock]:
    """Take a lock, keep it alive, and let it go."""
    _HELD_HERE.add(mine.token)
    try:
        lock = _take(path, mine)
        try:
            with _beating(lock):
                yield lock
        finally:
            _let_go(path, mine)
    finally:
        _HELD_HERE.discard(mine.token)


def hold(case: CaseFolder, by: str, doing: str) -> Lock:
    """Hold a case while its files are edited by hand, until `release`, and return the lock.

    Raises:
        InputError: Somebody else holds it.
    """
    held = _read(case.lock)
    if held is not None and not held.pid and held.by.casefold() == by.casefold():
        return Lock(case.lock, held, None)
    return _take(case.lock, holder_of(by, doing, pid=0))


def release(case: CaseFolder, by: str) -> bool:
    """Let a case go that was held by hand, and return whether it was.

    Raises:
        InputError: Somebody else holds it.
    """
    held = _read(case.lock)
    if held is None:
        return False
    if held.by.casefold() != by.casefold():
        raise InputError.one(f"is held by {held.told()}; only they let it go", str(case.path))
    for path in (case.lock, case.lock_at_work):
        worker = _read(path)
        if worker is not None and worker.pid and not _stale(path, worker):
            raise InputError.one(f"is at work: {worker.told()}; wait for its end", str(case.path))
    _let_go(case.lock, held)
    return True


def who_holds(case: CaseFolder) -> Holder | None:
    """Return who works in a case or holds it; None where nobody does, or the lock is stale."""
    held = _read(case.lock)
    return None if held is None or _stale(case.lock, held) else held


def _take(path: Path, mine: Holder) -> Lock:
    """Take the lock, a stale one over from whoever left it."""
    taken_from = None
    for _ in range(3):
        if _made(path, mine):
            return Lock(path, mine, taken_from)
        held = _read(path)
        if held is None:
            continue
        if not _stale(path, held):
            message = f"is worked in by {held.told()}; wait, or ask them"
            if not held.pid:
                message = f"is held by {held.told()}; ask them to `saldo case release {path.parent.name}`"
            raise InputError.one(message, str(path.parent))
        if _taken_away(path, held):
            taken_from = held
    if path.is_dir():
        raise RunError(f"{path} is a folder, where the lock of the case belongs; take it out")
    raise RunError(f"{path}: others take the lock all the time; run it again")


def _made(path: Path, holder: Holder) -> bool:
    """Write a lock, whole or not at all; false where there is one."""
    aside = path.with_name(f".{path.name}.{holder.token}")
    try:
        aside.write_text(json.dumps(asdict(holder), ensure_ascii=False), encoding="utf-8")
        try:
            os.link(aside, path)
        except FileExistsError:
            return False
        except OSError:
            return _made_without_links(path, aside)
        return True
    except OSError as wrong:
        raise RunError(f"{path} could not be written: {wrong.strerror or wrong}; nothing was changed") from wrong
    finally:
        with contextlib.suppress(OSError):
            aside.unlink(missing_ok=True)


def _made_without_links(path: Path, aside: Path) -> bool:
    """Write a lock on a drive that knows no links: the name first, which only one can make."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)
    except FileExistsError:
        return False
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(aside.read_text(encoding="utf-8"))
    return True


def _taken_away(path: Path, stale: Holder) -> bool:
    """Take a stale lock away; false where somebody else is about to, or was quicker, whose lock stays.

    One at a time looks and takes, so that nobody takes away the lock of who has just taken a stale one over.
    """
    taking = path.with_name(f".{path.name}.taking")
    try:
        os.close(os.open(taking, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644))
    except FileExistsError:
        _forget_if_old(taking)
        return False
    try:
        found = _read(path)
        if found is None or found.token != stale.token:
            return False
        path.unlink()
        return True
    finally:
        with contextlib.suppress(OSError):
            taking.unlink(missing_ok=True)


def _forget_if_old(taking: Path) -> None:
    """Remove what somebody left who was killed while taking a lock over, which takes no time."""
    age = _age(taking)
    if age is not None and age > timedelta(seconds=TAKING_SECONDS):
        with contextlib.suppress(OSError):
            taking.unlink(missing_ok=True)


def _let_go(path: Path, mine: Holder) -> None:
    """Delete a lock of one's own; nothing where it is gone or another's."""
    with contextlib.suppress(OSError):
        found = _read(path)
        if found is not None and found.token == mine.token:
            path.unlink()


@contextmanager
def _beating(lock: Lock) -> Iterator[None]:
    """Touch a lock every few seconds while the block runs."""
    ended = threading.Event()

    def beat() -> None:
        while not ended.wait(BEAT_SECONDS):
            lock.touch()

    lock.touch()
    thread = threading.Thread(target=beat, name="lock", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def _stale(path: Path, held: Holder) -> bool:
    """Return whether nobody stands behind a lock any more.

    That a process of its number lives is not enough: the number may be another one's by now.
    """
    here = held.machine == socket.gethostname() and held.place == _place()
    if held.pid and here and os.name != "nt":  # on Windows to ask a process whether it lives ends it
        if held.pid == os.getpid():
            return held.token not in _HELD_HERE
        if not _lives(held.pid):
            return True
    age = _age(path)
    return age is not None and age > (timedelta(seconds=STALE_SECONDS) if held.pid else LONGEST_HOLD)


def _age(path: Path) -> timedelta | None:
    """Return how long nobody has touched the lock, by the clock of its drive; None where it is gone."""
    probe = path.with_name(f".clock.{os.getpid()}-{threading.get_ident()}")
    try:
        probe.touch()
        return timedelta(seconds=probe.stat().st_mtime - path.stat().st_mtime)
    except OSError:
        return None
    finally:
        with contextlib.suppress(OSError):
            probe.unlink(missing_ok=True)


def _lives(pid: int) -> bool:
    """Return whether a process of this machine lives; true where that cannot be told."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _read(path: Path) -> Holder | None:
    """Return who holds a lock; None where there is none. One that cannot be read is nobody's."""
    try:
        return _holder(json.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return None
    except OSError:
        return None
    except (ValueError, TypeError):
        return Holder(
            "somebody", "unknown", "unknown", "", 1, now().isoformat(timespec="seconds"), "the lock is not readable", ""
        )


def _holder(content: Any) -> Holder:
    """Return the holder that a lock names.

    Raises:
        ValueError: It is not what this program writes.
        TypeError: Likewise.
    """
    found = Holder(**content)
    texts = (found.by, found.login, found.machine, found.place, found.since, found.doing, found.token)
    if not all(isinstance(one, str) for one in texts) or type(found.pid) is not int or not 0 <= found.pid < PIDS:
        raise ValueError("a lock of other content")
    datetime.fromisoformat(found.since)
    return found


def _place() -> str:
    parts = []
    with contextlib.suppress(OSError):
        parts.append(BOOT.read_text(encoding="ascii").strip())
    with contextlib.suppress(OSError):
        parts.append(str(SPACE.readlink()))
    return " ".join(parts)


def _login() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"
