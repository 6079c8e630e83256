"""Same bytes wherever it runs: compiled or not, with or without the processor's wide instructions, cached or not.

All that is counted are whole numbers, and each decision is one of whole numbers, so nothing else can come out.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from tests.engines.commands import ROOT, figures_in, saldo_run

PROBE = """
import simulator
from simulator.delivery import rules
from simulator.delivery.fast.jit import compiled, kept

minutes_of = compiled(rules.minutes_of)

@kept
def minutes(form):
    return minutes_of(form, rules.CAME, 80, 65)

print(simulator.__file__)
print(minutes(rules.PHYSICAL), sum(minutes.stats.cache_hits.values()))
"""
"""A small part of the kernel: a kept function that calls a rule of another file. Prints its minutes and cache hits."""


@pytest.fixture(scope="module")
def compiled_run(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    out = tmp_path_factory.mktemp("compiled") / "run"
    assert saldo_run(out).returncode == 0
    found = figures_in(out)
    assert {"headline.json", "conversations.csv", "offices.csv", "saldo.csv"} <= found.keys()
    return found


def test_not_compiled(tmp_path: Path, compiled_run: dict[str, bytes]) -> None:
    """The kernel as plain Python: the same code without machine code."""
    done = saldo_run(tmp_path / "run", NUMBA_DISABLE_JIT="1")
    assert (done.returncode, done.stderr) == (0, "")
    assert figures_in(tmp_path / "run") == compiled_run


def test_without_the_wide_instructions_of_numpy(tmp_path: Path, compiled_run: dict[str, bytes]) -> None:
    usable = np.show_config(mode="dicts")["SIMD Extensions"].get("found", [])
    if not usable:
        pytest.skip("this processor has none that could be left out")
    done = saldo_run(tmp_path / "run", NPY_DISABLE_CPU_FEATURES=" ".join(usable))
    assert (done.returncode, done.stderr) == (0, "")
    assert figures_in(tmp_path / "run") == compiled_run


@pytest.mark.verify  # compiles the whole engine anew
def test_on_a_plain_processor_where_nothing_can_be_cached(tmp_path: Path, compiled_run: dict[str, bytes]) -> None:
    """Compiled anew for a processor without anything special, where neither home nor cache can be written."""
    file = tmp_path / "file"
    file.touch()
    nowhere = {name: str(file / name) for name in ("HOME", "USERPROFILE", "XDG_CACHE_HOME", "SALDO_CACHE_DIR")}
    done = saldo_run(tmp_path / "run", NUMBA_CPU_NAME="generic", **nowhere)
    assert (done.returncode, done.stderr) == (0, "")
    assert figures_in(tmp_path / "run") == compiled_run


def started(copy: Path) -> subprocess.Popen[str]:
    """Start the small part of the kernel of a copy in a process of its own."""
    surroundings = {**os.environ, "PYTHONPATH": str(copy), "SALDO_CACHE_DIR": str(copy / "cache")}
    words = [sys.executable, "-W", "error", "probe.py"]
    return subprocess.Popen(words, cwd=copy, env=surroundings, stdout=subprocess.PIPE, text=True)


def told(copy: Path, process: subprocess.Popen[str]) -> tuple[int, int]:
    """Return the minutes of a physical conversation by the kernel of a copy, and how often the cache had it."""
    where, answer = process.communicate()[0].splitlines()
    assert process.returncode == 0
    assert Path(where).is_relative_to(copy)
    minutes, hits = answer.split()
    return int(minutes), int(hits)


def probe(copy: Path) -> tuple[int, int]:
    return told(copy, started(copy))


def test_a_changed_rule_is_compiled_anew(tmp_path: Path) -> None:
    """The compiler itself sees a change only in the file of a function, not in the files of the rules it calls."""
    shutil.copytree(ROOT / "simulator", tmp_path / "simulator", ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "probe.py").write_text(PROBE, encoding="utf-8")
    together = [started(tmp_path), started(tmp_path)]
    assert sorted(told(tmp_path, one) for one in together) == [(80, 0), (80, 1)], "the second waits for the first"
    assert probe(tmp_path) == (80, 1)
    path = tmp_path / "simulator" / "delivery" / "rules.py"
    sound = path.read_text(encoding="utf-8")
    changed = sound.replace("return physical_minutes if", "return physical_minutes + 1 if")
    assert changed != sound
    path.write_text(changed, encoding="utf-8")
    assert probe(tmp_path) == (81, 0)
    path.write_text(sound, encoding="utf-8")
    assert probe(tmp_path) == (80, 1)
    assert len(list((tmp_path / "cache").glob("kernel-*"))) == 2
