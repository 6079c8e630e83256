"""Writes the page that can be mailed: what it will take is known before anything is simulated."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from simulator.errors import InputError, RunError
from simulator.plan import CONTROL, Plan
from simulator.scenario import Scenario
from simulator.uncertainty.worked import Reading, Worked, reading_of
from simulator.web.opened import Base
from simulator.web.position import Position, Reader
from simulator.web.static.axes import WHERE, Axis, axes_of, refuse_deaf, spans_of
from simulator.web.static.bundle import bundled
from simulator.web.static.draws import Draws
from simulator.web.static.grid import Building
from simulator.web.static.ground import Ground, Manner
from simulator.web.static.told import told_of
from simulator.web.words import page_words

MOST_BYTES = 8_000_000
"""A page that is larger is no page to be mailed."""


@dataclass(frozen=True)
class Written:
    """A page that was written.

    Attributes:
        path: The file.
        size: Its size [bytes].
        points: Points of its grid.
        simulations: Simulations that were made.
    """

    path: Path
    size: int
    points: int
    simulations: int

    def __str__(self) -> str:
        """Return where it is, how large, and what it holds."""
        held = f"{self.size / 1e6:.1f} MB, {self.points:,} points from {self.simulations} simulations"
        return f"Page: {self.path} ({held})"


@dataclass(frozen=True)
class Planned:
    """A page that can be written; nothing is simulated yet.

    Attributes:
        base: What was opened.
        scenario: The scenario.
        plan: How it is run.
        reading: What it reads.
        axes: The sliders, those that simulate nothing first.
        spans: Between which numbers each slider moves and each value is drawn.
    """

    base: Base
    scenario: Scenario
    plan: Plan
    reading: Reading
    axes: tuple[Axis, ...]
    spans: dict[str, tuple[float, float]]

    @property
    def simulations(self) -> int:
        """How many simulations it takes."""
        building = self._building(lambda: None)
        return 0 if self.plan.engine == CONTROL else len(building.stops) + len(building.middles)

    @property
    def steps(self) -> int:
        """How many replications it takes."""
        return self.simulations * self.plan.replications

    def __str__(self) -> str:
        """Return what will be done, as a reader of the terminal is told."""
        points = " x ".join(f"{axis.key} ({axis.levels})" for axis in self.axes)
        return f"Grid: {points}. {self.simulations} simulations of {self.plan.replications} replications."

    def write(
        self, out: Path, language: str = "da", step: Callable[[], None] | None = None, force: bool = False
    ) -> Written:
        """Simulate, value, and write the page; it appears whole or not at all.

        Args:
            out: The file.
            language: Language in which it opens.
            step: Called after each replication.
            force: Whether a file that is there is replaced.

        Raises:
            InputError: The file cannot be written, or a level is not one that the scenario can have.
            RunError: A law is broken, or the page would be too large.
        """
        refuse_file(out, force=force)
        words = page_words(language)
        grid = self._building(step or (lambda: None)).build()
        told = told_of(self.base, self.scenario, self.plan, self.reading, grid) | {"language": language}
        text = bundled(told, language, told["title"][language], words["static"]["noscript"]).encode()
        if len(text) > MOST_BYTES:
            message = f"the page would be {len(text):,} bytes; allowed: {MOST_BYTES:,}. Name fewer values with --over"
            raise RunError(message)
        _place(out, text)
        points = 1
        for axis in grid.axes:
            points *= axis.levels
        return Written(out, len(text), points, self.simulations)

    def _building(self, step: Callable[[], None]) -> Building:
        reader = Reader()
        manner = Manner(self.plan, self.reading, self.spans, step)
        draws = Draws(self.base, reader, self.reading, self.axes)
        ground = lambda sets: Ground(reader(Position(self.base, tuple(sets.items()))), manner)  # noqa: E731
        return Building(self.axes, draws, ground)


def plan_static(base: Base, over: Sequence[str] = ()) -> Planned:
    """Return a page that can be written; nothing is simulated.

    Args:
        base: A scenario or a run.
        over: What its sliders move, each `KEY` or `KEY=v1,v2,...`; the main assumptions where empty.

    Raises:
        InputError: It is confidential, or cannot be moved so; names all faults.
    """
    reader = Reader()
    position = Position(base)
    scenario = reader(position)
    if scenario.sections.run.std_error_kr is not None:
        message = "gives each point replications of its own; allowed: -S run.std_error_kr=null"
        raise InputError.one(message, str(base.path), "run.std_error_kr")
    plan = replace(position.plan(scenario), jobs=_threads())
    reading = reading_of(scenario)
    worked = Worked(scenario, plan, reading=reading)
    axes = tuple(sorted(axes_of(worked, over), key=lambda axis: axis.simulates))
    if not axes:
        raise InputError.one("nothing that this scenario reads has a range; name KEY=v1,v2,...", str(base.path), WHERE)
    # Every stop is read as the command line would read it, so that what cannot be set is told before the work.
    moved = [[reader(Position(base, ((axis.key, stop),))) for stop in axis.stops] for axis in axes]
    refuse_deaf(axes, [stops[0] for stops in moved])
    planned = Planned(base, scenario, plan, reading, axes, spans_of(worked, axes))
    planned._building(lambda: None).refuse_too_large()
    return planned


def write_static(
    base: Base,
    out: Path,
    over: Sequence[str] = (),
    language: str = "da",
    step: Callable[[], None] | None = None,
    force: bool = False,
) -> Written:
    """Write a page that needs no server.

    Args:
        base: A scenario or a run.
        out: The file, which ends on `.html`.
        over: What its sliders move, each `KEY` or `KEY=v1,v2,...`; the main assumptions where empty.
        language: Language in which it opens; the other is in it too.
        step: Called after each replication.
        force: Whether a file that is there is replaced.

    Raises:
        InputError: The file cannot be written, or the scenario is confidential or cannot be moved so.
        RunError: A law is broken, or the page would be too large.
    """
    refuse_file(out, force=force)
    page_words(language)
    return plan_static(base, over).write(out, language, step, force)


def refuse_file(out: Path, *, force: bool) -> None:
    """Check before any work that a file can be written.

    Raises:
        InputError: It is no `.html`, it is there and `force` was not given, or its folder is not one to write in.
    """
    where = "--static"
    if out.suffix.lower() not in (".html", ".htm"):
        raise InputError.one("must end on .html, so that a double click opens it", str(out), where)
    if out.is_dir():
        raise InputError.one("is a folder; give a file", str(out), where)
    if out.exists() and not force:
        raise InputError.one("is there already; choose another name, or replace it with --force", str(out), where)
    folder = out.absolute().parent
    if not folder.is_dir():
        raise InputError.one(f"cannot be made: there is no folder {folder}", str(out), where)
    if not os.access(folder, os.W_OK):
        raise InputError.one(f"cannot be made: {folder} cannot be written to", str(out), where)


def _place(out: Path, text: bytes) -> None:
    aside = out.with_name(f".{out.name}.writing-{os.getpid()}")
    try:
        aside.write_bytes(text)
        aside.replace(out)
    except OSError as wrong:
        raise RunError(f"{out} cannot be written: {wrong.strerror}") from wrong
    finally:
        aside.unlink(missing_ok=True)


def _threads() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
