"""The reference needs no compiler: it runs where numba is absent, and the other engine says what to do there."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.engines.commands import WITHOUT_NUMBA, saldo_run


def headline_in(out: Path) -> dict[str, Any]:
    headline: dict[str, Any] = json.loads((out / "headline.json").read_text(encoding="utf-8"))
    assert headline.pop("engine") in ("fast", "reference")
    return headline


def test_the_reference_runs_without_numba_and_tells_the_same(tmp_path: Path) -> None:
    without = saldo_run(tmp_path / "without", "--engine", "reference", program=WITHOUT_NUMBA)
    assert (without.returncode, without.stderr) == (0, "")
    compiled = saldo_run(tmp_path / "with", "--engine", "fast")
    assert (compiled.returncode, compiled.stderr) == (0, "")
    assert headline_in(tmp_path / "without") == headline_in(tmp_path / "with")


def test_the_compiled_engine_says_in_a_line_what_it_needs(tmp_path: Path) -> None:
    done = saldo_run(tmp_path / "run", "--engine", "fast", program=WITHOUT_NUMBA)
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert line.startswith("error: the engine `fast` cannot start here (")
    assert "pip install numba" in line
    assert "--engine reference" in line
    assert not (tmp_path / "run").exists()
