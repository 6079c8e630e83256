"""Plant small faults one at a time and count how many the tests notice: `python tests/house/plant_faults.py [WORD]`.

Works in a copy, so nothing of the project is touched. WORD keeps the faults whose file or description has it.
Ends with 1 when fewer than five of six are noticed, with 2 when the list itself is wrong or the tests fail
before a fault is planted.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FAULTS = ROOT / "tests" / "house" / "faults.toml"
NOTICED_OF_SIX = 5
TIMEOUT_SECONDS = 600
NOT_COPIED = shutil.ignore_patterns(".git", ".venv", "outputs", "__pycache__", ".*_cache", ".hypothesis", "*.egg-info")


@dataclass(frozen=True)
class PlantedFault:
    """A fault to plant; the fields are explained at the top of `faults.toml`."""

    what: str
    file: str
    old: str
    new: str
    tests: tuple[str, ...]


def read_faults() -> list[PlantedFault]:
    """Return the faults of the list, in its order."""
    rows = tomllib.loads(FAULTS.read_text(encoding="utf-8"))["fault"]
    return [PlantedFault(**{**row, "tests": tuple(row["tests"])}) for row in rows]


def misfits(fault: PlantedFault, root: Path = ROOT) -> list[str]:
    """Return why a fault cannot be planted; empty where it can."""
    path = root / fault.file
    count = path.read_text(encoding="utf-8").count(fault.old) if path.exists() else 0
    absent = [test for test in fault.tests if not (root / test).exists()]
    return [
        *([f"its old text stands {count} times in {fault.file}, must be once"] if count != 1 else []),
        *(["old and new are the same"] if fault.old == fault.new else []),
        *([f"no such tests: {', '.join(absent)}"] if absent or not fault.tests else []),
    ]


def tests_pass(root: Path, tests: tuple[str, ...]) -> bool:
    """Return whether these tests pass in a copy; a test that never ends does not."""
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *tests]
    environment = {**os.environ, "PYTHONPATH": str(root), "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        done = subprocess.run(
            command, cwd=root, env=environment, capture_output=True, check=False, timeout=TIMEOUT_SECONDS
        )
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0


def is_noticed(fault: PlantedFault, root: Path) -> bool:
    """Plant a fault in a copy, ask its tests, and take it out again."""
    path = root / fault.file
    sound = path.read_text(encoding="utf-8")
    path.write_text(sound.replace(fault.old, fault.new), encoding="utf-8")
    try:
        return not tests_pass(root, fault.tests)
    finally:
        path.write_text(sound, encoding="utf-8")


def plant_all(faults: list[PlantedFault], root: Path) -> int:
    """Plant each fault, print what became of it, and return the exit code."""
    everything = tuple(sorted({test for fault in faults for test in fault.tests}))
    if not tests_pass(root, everything):
        print(f"the tests do not pass as they are: {' '.join(everything)}")
        return 2
    noticed = 0
    for fault in faults:
        seen = is_noticed(fault, root)
        noticed += seen
        print(f"{'noticed ' if seen else 'SURVIVED'}  {fault.file}: {fault.what}", flush=True)
    print(f"{noticed} of {len(faults)} noticed; at least {NOTICED_OF_SIX} of 6 must be")
    return 0 if noticed * 6 >= len(faults) * NOTICED_OF_SIX else 1


def main(word: str = "") -> int:
    """Run the list, or the part of it that has a word, and return the exit code."""
    faults = [fault for fault in read_faults() if word in fault.file or word in fault.what]
    wrong = [f"{fault.what}: {fault_of_it}" for fault in faults for fault_of_it in misfits(fault)]
    if wrong or not faults:
        print("\n".join(wrong) or f'no fault has "{word}"')
        return 2
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "copy"
        shutil.copytree(ROOT, root, ignore=NOT_COPIED)
        return plant_all(faults, root)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2]))
