"""Run the worked day of docs/case.md and write what it prints: `python docs/day.py`.

A line that begins with `$ ` in a block of the kind `console` is a command; what follows it up to the next one is what
it printed. Times, days and ids of runs differ each time and are written as <time>, <day> and <run>.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parent
PAGE = HERE / "case.md"
PART = re.compile(
    r"```console\n(?P<block>.*?)```|<!-- a second person fills (?P<workbook>\S+) in -->|<!-- (?P<data>outcomes\.csv): .*? -->",
    flags=re.DOTALL,
)
BY = "C. D."
MASKS = (
    (re.compile(r"\d{4}-\d\d-\d\d-\d{6}-[0-9a-f]{6}"), "<run>"),
    (re.compile(r"\b20(?!21|22)\d\d-\d\d-\d\d \d\d:\d\d(:\d\d)?"), "<day> <time>"),
    (re.compile(r"\b20(?!21|22)\d\d-\d\d-\d\d\b"), "<day>"),
    (re.compile(r"\d+ (days|hours)( left\)|\))"), r"... \1\2"),
)


def day(text: str, folder: Path) -> str:
    """Return the page with all its commands run in a folder, and what they printed.

    Args:
        text: The page.
        folder: Folder to run it in; it gets a copy of the scenarios.
    """
    shutil.copytree(ROOT / "scenarios", folder / "scenarios")
    return PART.sub(lambda found: _part(found, folder), text)


def _part(found: re.Match[str], folder: Path) -> str:
    if found["block"] is not None:
        return "```console\n" + "".join(_printed(command, folder) for command in commands(found["block"])) + "```"
    if found["workbook"] is not None:
        fill(folder / found["workbook"], folder)
    else:
        (folder / "outcomes.csv").write_text(outcomes(), encoding="utf-8")
    return found[0]


def commands(block: str) -> Iterator[str]:
    """Yield the commands of a block."""
    yield from (line.removeprefix("$ ") for line in block.splitlines() if line.startswith("$ "))


def _printed(command: str, folder: Path) -> str:
    words = shlex.split(command)
    assert words[0] == "saldo", command
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])}
    done = subprocess.run(
        [sys.executable, "-m", "simulator", *words[1:]],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
    )
    if done.returncode:
        raise RuntimeError(f"{command}\nended with {done.returncode}\n{done.stdout}{done.stderr}")
    return f"$ {command}\n{masked(done.stdout)}"


def masked(text: str) -> str:
    """Return what was printed without what differs each time."""
    for pattern, instead in MASKS:
        text = pattern.sub(instead, text)
    return text


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        PAGE.write_text(day(PAGE.read_text(encoding="utf-8"), Path(made)), encoding="utf-8", newline="\n")
    print(f"written: {PAGE.relative_to(ROOT)}")
