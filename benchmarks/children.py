"""Processes of the benchmark: one for each section, and those whose start is timed. No shell, and a time limit."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

START_LIMIT_SECONDS = 600
START_SCENARIO = "scenarios/christmas-2021.yaml"
START_REPLICATIONS = 100
CACHE = "SALDO_CACHE_DIR"
"""The variable that says where the package keeps compiled code."""
PACKAGES = "import numpy, pandas, numba, matplotlib"


class ChildError(Exception):
    """A child ended with an error, or took too long."""


def section(name: str, limit_seconds: float, **arguments: Any) -> dict[str, Any]:
    """Return the figures of a section of `measure.py`, from a process of its own.

    Args:
        name: Name of the section.
        limit_seconds: Time after which the process is ended.
        **arguments: Arguments of the section.

    Raises:
        ChildError: It ended with an error, or took too long.
    """
    command = [sys.executable, "-m", "benchmarks.measure", name, json.dumps(arguments)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=limit_seconds, check=False)
    except subprocess.TimeoutExpired as late:
        raise ChildError(f"{name} took longer than {limit_seconds:.0f} s") from late
    if done.returncode:
        raise ChildError(f"{name}: {(done.stderr.strip().splitlines() or ['no message'])[-1]}")
    figures: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return figures


@dataclass(frozen=True)
class Start:
    """A command whose whole process is timed.

    Attributes:
        title: What it is, for the table.
        arguments: Arguments of the interpreter.
        cache: Folder of the compiled code; None for the usual one.
    """

    title: str
    arguments: tuple[str, ...]
    cache: Path | None = None

    def seconds(self) -> tuple[float, float]:
        """Run it and return processor time and time on the clock [s].

        Raises:
            ChildError: It ended with an error, or took too long.
        """
        environment = dict(os.environ)
        if self.cache is not None:
            environment[CACHE] = str(self.cache)
        before, wall = _child_seconds(), time.perf_counter()
        try:
            done = subprocess.run(
                [sys.executable, *self.arguments],
                capture_output=True,
                text=True,
                env=environment,
                timeout=START_LIMIT_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired as late:
            raise ChildError(f"{self.title} took longer than {START_LIMIT_SECONDS} s") from late
        wall = time.perf_counter() - wall
        if done.returncode:
            raise ChildError(f"{self.title}: {(done.stderr.strip().splitlines() or ['no message'])[-1]}")
        if self.cache is not None and not any(path.is_file() for path in self.cache.rglob("*")):
            raise ChildError(f"{self.title}: no compiled code was kept where {CACHE} says, so no start was cold")
        return _child_seconds() - before, wall


def _child_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def starts(rounds: int, has_fast: bool) -> list[dict[str, Any]]:
    """Time what a user waits for before anything is simulated, interleaved; the run only with a fast engine.

    Args:
        rounds: How often each is timed.
        has_fast: Whether `saldo run` is done by a fast engine.
    """
    found: dict[str, list[tuple[float, float]]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for number in range(rounds):
            for start in _contestants(Path(folder), number, has_fast):
                found.setdefault(start.title, []).append(start.seconds())
    return [
        {"title": title, "cpu_seconds": median(cpu for cpu, _ in taken), "wall_seconds": [wall for _, wall in taken]}
        for title, taken in found.items()
    ]


def _contestants(folder: Path, number: int, has_fast: bool) -> list[Start]:
    plain = [
        Start("python -c pass", ("-c", "pass")),
        Start("saldo --help", ("-m", "simulator", "--help")),
        Start(f"python -c '{PACKAGES}'", ("-c", PACKAGES)),
    ]
    if not has_fast:
        return plain
    words = ("run", START_SCENARIO, "--engine", "fast", "--replications", str(START_REPLICATIONS), "--no-brief")
    run, title = ("-m", "simulator", *words), f"saldo {' '.join(words)}"
    cache = folder / f"cache-{number}"
    return [
        *plain,
        Start(f"{title}, nothing cached", (*run, "--out", str(folder / f"cold-{number}")), cache),
        Start(f"{title}, cached", (*run, "--out", str(folder / f"warm-{number}")), cache),
    ]
