"""Inside: what runs in the worker process. It does one task after another until the server, or its line to it, ends."""

from __future__ import annotations

import os
import shutil
import traceback
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING

from simulator.errors import InputError, RunError
from simulator.web.work.messages import Done, Failed, Handed, Left, Message, StopAskedError, Telling
from simulator.workers import bound_to_parent

if TYPE_CHECKING:
    from simulator.web.work.tasks import Bench

DELIVERIES = "deliveries"
TRACEBACK = "SALDO_TRACEBACK"


def work_on(line: Connection, runs: str) -> None:
    """Do what is asked for until nobody asks any more.

    Args:
        line: To the server.
        runs: Folder in which runs are kept; it goes with the server, also where that was killed.
    """
    bound_to_parent(lambda: shutil.rmtree(runs, ignore_errors=True))
    from simulator.web.work.shelf import Shelf
    from simulator.web.work.tasks import Bench

    folder = Path(runs)
    bench = Bench(folder, Shelf(folder / DELIVERIES), Telling(line), lambda name: line.send(Handed(name)))
    with suppress(EOFError, OSError):  # the server is gone
        while True:
            _answer(bench, line)


def _answer(bench: Bench, line: Connection) -> None:
    from simulator.web.work.job import Task

    task = line.recv()
    if isinstance(task, Task):  # else it is asked to stop what is done already
        line.send(_outcome(bench, task))


def _outcome(bench: Bench, task: object) -> Message:
    """Return what comes of a task; no error of it ends the worker."""
    from simulator.web.work.job import Task

    assert isinstance(task, Task)
    try:
        return Done(bench.do(task))
    except StopAskedError:
        return Left()
    except InputError as wrong:
        faults = (f"{one.path}: {one.message}" if one.path else one.message for one in wrong.faults)
        return Failed("\n".join(faults), foreseen=True)
    except RunError as wrong:
        return Failed(str(wrong).replace(f"{bench.runs}{os.sep}", ""), foreseen=True)
    except Exception as error:
        if os.environ.get(TRACEBACK):
            traceback.print_exc()
        return Failed(type(error).__name__, foreseen=False)
