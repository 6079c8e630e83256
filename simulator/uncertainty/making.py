"""Making: what a whole run holds beside its figures, worked out where a run is made: at a command or on the page."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

from simulator.results import Run
from simulator.uncertainty.knowledge import Ready
from simulator.uncertainty.unknowns import Unknowns

DRIVERS = "drivers"
UNKNOWNS = "replications for what is not known"
"""What is being done, as it is told to who waits."""
Progress = Callable[[int, str], AbstractContextManager[Callable[[], None]]]
"""Takes the number of steps and what is being done; gives a function to call after each step."""


def driven(run: Run, ready: Ready, unknowns: Unknowns, progress: Progress) -> Run:
    """Return a run with the tables of what drives it, and of what is not known where its scenario asks for that.

    Args:
        run: The run.
        ready: What made it.
        unknowns: What its scenario asks for.
        progress: Tells how far it has come.

    Raises:
        InputError: A number that was drawn is not one that its unit can be.
        RunError: A law is broken.
    """
    driving = ready.driving()
    with progress(driving.steps, DRIVERS) as step:
        run = run.with_tables(driving.tables(step))
    if unknowns.asked:
        with progress(unknowns.steps, UNKNOWNS) as step:
            run = run.with_tables(unknowns.tables(step))
    return run
