"""The folder of a server goes with it; that of a server that was killed goes with the next one."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from simulator.web.door.scratch import PREFIX, clear_leftovers, scratch

HOLD = """
import sys
from simulator.web.door.scratch import scratch
with scratch():
    print(flush=True)
    sys.stdin.read()
"""


def test_the_folder_of_a_server_that_was_killed_goes_with_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The folders of servers that live stay, and so does everything else."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    (tmp_path / f"{PREFIX}mine").mkdir()
    around = os.environ | {"TMPDIR": str(tmp_path), "PYTHONPATH": str(Path(__file__).parents[4])}
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen([sys.executable, "-c", HOLD], env=around, **pipes) as other:  # type: ignore[call-overload]
        assert other.stdout.readline()
        with scratch() as own:
            assert len(list(tmp_path.iterdir())) == 3 and own.stat().st_mode & 0o077 == 0
            clear_leftovers()
            assert len(list(tmp_path.iterdir())) == 3
        assert len(list(tmp_path.iterdir())) == 2
        other.kill()
    assert len(list(tmp_path.iterdir())) == 2
    clear_leftovers()
    assert [path.name for path in tmp_path.iterdir()] == [f"{PREFIX}mine"]
