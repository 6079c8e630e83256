"""Runs a verb of a case in a child that is killed at its N-th touch of the case, with nothing run on the way out.

`python -m tests.property.case_kills WORK COMMAND DRAWN` copies WORK/before to WORK/now for each point, forks, and lets
the child kill itself by SIGKILL as its write of that number below WORK/now begins. It prints a JSON line for each: the
point, how the child ended, and what the case is afterwards (`told`). The first line is that of a child that nobody
kills; the points are those around the write that makes the verb true and DRAWN others, or with `all` every one.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import shutil
import signal
import sys
from pathlib import Path
from typing import Any

WRITES = frozenset(
    {
        "os.rename",
        "os.link",
        "os.mkdir",
        "os.remove",
        "os.rmdir",
        "os.chmod",
        "os.truncate",
        "os.utime",
        "shutil.rmtree",
    }
)
NAME = "spm-412"


def told(cases: Path) -> dict[str, Any]:
    """Return what a case is by its journal, and whether it can be read as it lies there."""
    from simulator.case.desk import read_case
    from simulator.case.folder import CaseFolder
    from simulator.errors import InputError

    case = CaseFolder(cases / NAME)
    if not case.path.exists():
        return {"kinds": None, "faults": ""}
    try:
        _, state = read_case(case)
    except InputError as wrong:
        return {"kinds": [], "faults": str(wrong)}
    kinds = [f"{entry.kind} v{entry.version}" for entry in state.entries]
    return {"kinds": kinds, "statuses": [one.status for one in state.versions], "faults": ""}


def looks(cases: Path) -> dict[str, str]:
    """Return all files of the case as they lie there, with the hash of each whose bytes do not tell the time."""
    found = {}
    for path in sorted((cases / NAME).rglob("*")):
        if path.is_file():
            name = path.relative_to(cases).as_posix()
            timed = "/journal/" in name or "/run/" in name or name.endswith("issued.csv") or "/documents/" in name
            found[name] = "" if timed else hashlib.sha256(path.read_bytes()).hexdigest()
    return found


def _count(below: str, at: int) -> list[int]:
    """Watch the writes below a folder, and kill this process as the one of a number begins.

    Returns a list that holds their number, and which of them made it true: the last name given to an entry or the case.
    """
    seen = [0, 0]

    def watch(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open":
            path, mode, flags = arguments[0], arguments[1], arguments[2]
            by_mode = isinstance(mode, str) and any(letter in mode for letter in "wxa+")
            if not by_mode and not flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
                return
        elif event in WRITES:
            path = arguments[0]
        else:
            return
        if os.path.abspath(path).startswith(below):  # noqa: PTH100
            seen[0] += 1
            opens = event == "os.rename" and Path(str(arguments[1])).name == NAME
            if opens or (event == "os.link" and "journal" in str(path)):
                seen[1] = seen[0]
            if seen[0] == at:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(watch)
    return seen


def _child(words: list[str], work: Path, at: int, counted: int) -> None:
    from simulator.cli import group

    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 1)
    os.dup2(quiet, 2)
    seen = _count(str(work / "now"), at)
    try:
        code = group.main(words, prog_name="saldo", standalone_mode=False)
    finally:
        os.write(counted, json.dumps(seen).encode())
        os.close(counted)
    os._exit(code if isinstance(code, int) else 0)


def run(words: list[str], work: Path, at: int) -> dict[str, Any]:
    """Run a verb once, killed at a point, and return what is to be known of it."""
    now = work / "now"
    shutil.rmtree(now, ignore_errors=True)
    shutil.copytree(work / "before", now)
    reading, writing = os.pipe()
    pid = os.fork()
    if not pid:
        try:
            os.close(reading)
            _child(words, work, at, writing)
        finally:
            os._exit(1)
    os.close(writing)
    _, status = os.waitpid(pid, 0)
    seen = json.loads(os.read(reading, 100).decode() or "[0, 0]")
    os.close(reading)
    killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
    ended = "killed" if killed else f"exit {os.waitstatus_to_exitcode(status)}"
    found = {"at": at, "ended": ended, "touches": seen[0], "commit": seen[1], **told(now / "cases")}
    if killed:
        found["again"] = _again(words, work)
    found["looks"] = looks(now / "cases")
    return found


def _again(words: list[str], work: Path) -> dict[str, Any]:
    """Run the verb once more on what the killed one left, and return what the case is then."""
    reading, writing = os.pipe()
    pid = os.fork()
    if not pid:
        try:
            os.close(reading)
            _child(words, work, 0, writing)
        finally:
            os._exit(1)
    os.close(writing)
    _, status = os.waitpid(pid, 0)
    os.close(reading)
    return {"exit": os.waitstatus_to_exitcode(status), **told(work / "now" / "cases")}


def main() -> None:
    """Run the verb at each point."""
    work, words, drawn = Path(sys.argv[1]), json.loads(sys.argv[2]), sys.argv[3]
    os.chdir(work)
    # What a child would import first is imported once.
    import docx  # noqa: F401
    import duckdb  # noqa: F401
    import matplotlib.textpath  # noqa: F401
    import typst  # noqa: F401

    import simulator.case.answering
    import simulator.case.signing
    import simulator.report.answers.documents  # noqa: F401

    whole = run(words, work, 0)
    print(json.dumps(whole))
    number, commit = whole["touches"], whole["commit"]
    points = set(range(1, number + 1))
    if drawn != "all":
        points &= {commit, commit + 1, *random.Random(9).sample(range(1, number + 1), int(drawn))}
    for at in sorted(points):
        print(json.dumps(run(words, work, at)), flush=True)


if __name__ == "__main__":
    main()
