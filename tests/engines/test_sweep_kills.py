"""Kill -9 of a sweep, of a worker, of all, at random moments: every row comes once, as if nothing had happened."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

import pytest

from simulator.sweeps.parts import digest_of
from simulator.sweeps.reading import export, state_of
from tests.engines.sweep_kills import children, finished, kill, luck, sweep, wait_until_gone

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks for workers in /proc")
ROOT = Path(__file__).parents[2]
PLAN = f"""
name: to-be-killed
scenario: {ROOT.name}/scenarios/christmas-2021.yaml
replications: 200
rows_per_part: 1
vary:
  - grid: {{places: [[Laesoe], [Samsoe], [Aeroe]]}}
  - grid: {{effects.params.scale: [0.1, 0.2]}}
"""
"""Three jobs of two rows each, in two parts."""
PARTS = 6


def kept(folder: Path) -> tuple[dict[str, str], bytes]:
    """Return the hash of each part file, and the rows as CSV."""
    export(folder, folder / "rows.csv")
    return {path.name: digest_of(path) for path in (folder / "parts").iterdir()}, (folder / "rows.csv").read_bytes()


def survives(kills: int, seed: int, home: Path, engine: str) -> None:
    """Kill sweeps with two workers so many times, and hold what they leave to an undisturbed one with one worker."""
    plan = home / "plan.yaml"
    (home / ROOT.name).symlink_to(ROOT)
    plan.write_text(f"{PLAN}engine: {engine}\n", encoding="utf-8")
    if engine != "control":
        finished(plan, home / "warm", "--jobs", "2")  # compiles the engine
    begun = time.monotonic()
    finished(plan, home / "undisturbed", "--jobs", "1")
    seconds, expected = time.monotonic() - begun, kept(home / "undisturbed")
    sweeps, done, number = 0, 0, 0
    moments = luck(seed, 20 * kills)
    while done < kills:
        kind, share = moments[number]
        folder = home / f"sweep-{sweeps}"
        running = sweep(plan, folder, "--jobs", "2")
        until = time.monotonic() + share * seconds
        while time.monotonic() < until and running.poll() is None:
            time.sleep(0.01)
        workers = children(running.pid)
        done += kill(running, kind)
        running.communicate(timeout=300)
        wait_until_gone(workers)
        number += 1
        if running.returncode == 0:
            assert kept(folder) == expected
            assert state_of(folder).parts == (PARTS, PARTS, 0)
            sweeps += 1
    last = home / f"sweep-{sweeps}"
    finished(plan, last, "--jobs", "2")
    assert kept(last) == expected


def test_three_kills(tmp_path: Path) -> None:
    """Under the control, which is quick to start; what is killed is the same."""
    survives(3, 1, tmp_path, "control")


def test_ctrl_c_says_one_word_and_leaves_what_can_go_on(tmp_path: Path) -> None:
    (tmp_path / ROOT.name).symlink_to(ROOT)
    plan, folder = tmp_path / "plan.yaml", tmp_path / "sweep"
    scales = [round(0.1 + 0.004 * step, 3) for step in range(200)]
    plan.write_text(f"{PLAN.replace('[0.1, 0.2]', str(scales))}engine: control\n", encoding="utf-8")
    running = sweep(plan, folder, "--jobs", "2")
    while running.poll() is None and not list(folder.glob("parts/*.parquet")):
        time.sleep(0.01)
    workers = children(running.pid)
    os.killpg(running.pid, signal.SIGINT)
    said, _ = running.communicate(timeout=60)
    assert (running.returncode, said) == (130, "interrupted\n")
    wait_until_gone(workers)
    whole, damaged = state_of(folder).parts[1:]
    assert 1 <= whole < PARTS // 2 * len(scales), "it was interrupted long before its end"
    assert damaged == 0


@pytest.mark.verify
def test_thirty_kills(tmp_path: Path) -> None:
    survives(30, 2, tmp_path, "fast")
