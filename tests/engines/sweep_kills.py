"""A sweep as a command of its own, and killing it: all processes that are killed were started here."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np

from simulator.streams import WORD_RANGE, key_of, philox_arrays

ROOT = Path(__file__).parents[2]
LONGEST_SECONDS = 300
KINDS = ("the sweep", "a worker", "all")


def hear_ctrl_c() -> None:
    """Listen to Ctrl-C also where the tests run in the background of a shell, which has its jobs ignore it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def sweep(plan: Path, folder: Path, *options: str) -> subprocess.Popen[str]:
    """Start `saldo sweep` in a group of processes of its own."""
    words = [sys.executable, "-m", "simulator", "sweep", str(plan), "--out", str(folder), "--resume", *options]
    return subprocess.Popen(
        words,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        start_new_session=True,
        preexec_fn=hear_ctrl_c,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def finished(plan: Path, folder: Path, *options: str) -> str:
    """Run a sweep to its end and return what it says."""
    said, _ = (running := sweep(plan, folder, *options)).communicate(timeout=LONGEST_SECONDS)
    assert running.returncode == 0, said
    return said


def children(pid: int) -> list[int]:
    """Return the processes that a process has started."""
    found = []
    for task in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = task.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == pid:
            found.append(int(task.parent.name))
    return sorted(found)


def luck(seed: int, count: int) -> list[tuple[str, float]]:
    """Return whom to kill, and when as a share of the time that a sweep takes; the same every time."""
    words = philox_arrays(np.arange(count), 0, 0, 0, key_of(seed, 0))
    return [(KINDS[who % len(KINDS)], when / WORD_RANGE) for who, when in words[:2].T.tolist()]


def kill(running: subprocess.Popen[str], kind: str) -> bool:
    """Kill -9 the sweep, the youngest of its workers, or its whole group; return whether there was one to kill."""
    if running.poll() is not None:
        return False
    if kind == "a worker":
        youngest = children(running.pid)[-1:]
        for child in youngest:
            os.kill(child, signal.SIGKILL)
        return bool(youngest)
    if kind == "all":
        os.killpg(running.pid, signal.SIGKILL)
    else:
        running.kill()
    return True


def wait_until_gone(pids: list[int]) -> None:
    """Wait for workers whose parent was killed: they end by themselves."""
    until = time.monotonic() + LONGEST_SECONDS
    while any(Path(f"/proc/{pid}").exists() for pid in pids):
        assert time.monotonic() < until, "a worker outlived its parent"
        time.sleep(0.02)
