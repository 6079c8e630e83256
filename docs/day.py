"""Run the worked day of docs/case.md and write what it prints: `python docs/day.py`.

A line that begins with `$ ` in a block of the kind `console` is a command; what follows it up to the next one is what
it printed. Times, days and ids of runs differ each time and are written as HH:MM:SS and so on.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parent
PAGE = HERE / "case.md"
PART = re.compile(
    r"```console\n(?P<block>.*?)```|<!-- a second person fills (?P<workbook>\S+) in -->"
    r"|<!-- (?P<data>outcomes\.csv), made up -->",
    flags=re.DOTALL,
)
BY = "C. D."
DIGITS = 4
HELD, SHARE = 8600, 0.45
"""Outcomes of the last step."""
MASKS = (
    (re.compile(r"\d{4}-\d\d-\d\d-\d{6}-[0-9a-f]{6}"), "YYYY-MM-DD-HHMMSS-xxxxxx"),
    (re.compile(r"\b20(?!21|22)\d\d-\d\d-\d\d\b"), "YYYY-MM-DD"),
    (re.compile(r"(?<=YYYY-MM-DD )\d\d:\d\d:\d\d"), "HH:MM:SS"),
    (re.compile(r"\b\d{1,2} [A-Z][a-z]+ 20(?!21|22)\d\d"), "D Month YYYY"),
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
    """Run a command in this process, in the folder, and return it with what it printed."""
    from click.testing import CliRunner

    from simulator.cli import group

    words = shlex.split(command)
    assert words[0] == "saldo", command
    here = Path.cwd()
    os.chdir(folder)
    try:
        done = CliRunner().invoke(group, words[1:], prog_name="saldo")
    finally:
        os.chdir(here)
    if done.exit_code:
        raise RuntimeError(f"{command}\nended with {done.exit_code}\n{done.output}{done.stderr}")
    return f"$ {command}\n{masked(done.stdout).rstrip()}\n"


def fill(workbook: Path, folder: Path) -> None:
    """Fill a blind workbook in as a second person would: each factor to four digits, found in its source.

    Args:
        workbook: The workbook.
        folder: Folder with the cases; the run is that of the latest version of its first sheet's case.
    """
    import openpyxl

    from simulator.report.workbook.asking import chain_of
    from simulator.report.workbook.blind import FILLED_BY, FILLED_ON, VALUE, rows_of

    versions = folder / "cases" / "spm-412" / "versions"
    latest = max(versions.glob("v*"), key=lambda path: int(path.name[1:]))
    chain = chain_of(latest / "run")
    book = openpyxl.load_workbook(workbook)
    front, cells = book.worksheets[0], book.worksheets[1]
    for (row, column), value in ((FILLED_BY, BY), (FILLED_ON, date.today().isoformat())):
        front.cell(row + 1, column + 1).value = value
    for one, row in zip(chain.asked, rows_of(chain), strict=True):
        cells.cell(row + 1, VALUE + 1).value = None if one.ours is None else float(f"{one.ours:.{DIGITS}g}")
    book.save(workbook)


def outcomes() -> str:
    """Return outcomes for the last step of the day; they are made up, and say so."""
    rows = ("held,Odense,2022,3,{held}", "digital_share,Odense,2022,3,{share}")
    told = [
        row.format(held=HELD, share=SHARE) + f",made up for this page,{date.today() + timedelta(days=1)}"
        for row in rows
    ]
    return "\n".join(["measure,place,year,month,value,source,published", *told]) + "\n"


def masked(text: str) -> str:
    """Return what was printed without what differs each time."""
    for pattern, instead in MASKS:
        text = pattern.sub(instead, text)
    return text


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        PAGE.write_text(day(PAGE.read_text(encoding="utf-8"), Path(made)), encoding="utf-8", newline="\n")
    print(f"written: {PAGE.relative_to(ROOT)}")
