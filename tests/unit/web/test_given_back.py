"""Room that nothing takes any more goes back to the machine."""

from __future__ import annotations

import platform
import subprocess
import sys

import pytest

TAKEN = """
from pathlib import Path
from simulator.web.given_back import give_back
def resident():
    return int(next(line.split()[1] for line in Path("/proc/self/status").read_text().splitlines() if "VmRSS" in line))
pieces = [bytes(5_000) for _ in range(20_000)]
kept = pieces[-1]
before = resident()
del pieces
give_back()
print(before - resident())
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="other C libraries give back in their own way")
def test_small_pieces_below_one_that_is_kept_go_back() -> None:
    """Of 100 MB in small pieces the last is kept, so that without asking the C library would hold on to them."""
    done = subprocess.run([sys.executable, "-c", TAKEN], capture_output=True, text=True, check=True)
    assert int(done.stdout) > 80_000
