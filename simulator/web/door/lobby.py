"""What is open: scenarios, runs and sweeps by their names on the page, and how the page is told of them."""

from __future__ import annotations

import json
import os
import threading
import time
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from simulator.draws.designs import design
from simulator.errors import Fault, InputError
from simulator.web.door.browse import HEADLINE, below, name_of, opened, places
from simulator.web.door.uploads import UPLOADED, Uploads
from simulator.web.opened import Base, Options
from simulator.web.position import Position, Reader, position_of

MOST_OPEN: Final = 100
"""What was opened from the list and not used for longest is closed; it can be opened again."""

LOOKED_SECONDS: Final = 3.0
"""The list of what can be opened is as old as this at most; a page that opens asks for it at once."""


@dataclass(frozen=True)
class Started:
    """How the page was started.

    Attributes:
        root: Folder below which things may be opened.
        options: How they are run.
        language: The language that the page begins with.
    """

    root: Path
    options: Options
    language: str = "da"


class Lobby:
    """What is open, by its name on the page; safe to use from several threads.

    Attributes:
        started: How the page was started.
        first: What the command line named; None where it named nothing.
    """

    def __init__(self, started: Started, reader: Reader, folder: Path) -> None:
        self.started = started
        self.reader = reader
        self.first: Base | None = None
        self._uploads = Uploads(folder, started.options)
        self._open: OrderedDict[str, Base] = OrderedDict()
        self._places: tuple[list[dict[str, str]] | None, float] = (None, 0.0)
        self._lock = threading.RLock()

    def lay_first(self, path: Path, sets: tuple[str, ...]) -> Base:
        """Open what the command line named, wherever it lies.

        Raises:
            InputError: It cannot be opened, or is confidential.
        """
        base = opened(path, name_of(path, self.started.root), self.started.options, sets, self.started.root)
        self._check(base)
        self.first = base
        return base

    def open(self, name: str) -> Base:
        """Open something that lies below the folder of the start, or that is open.

        Raises:
            InputError: Nothing lies there, it cannot be read, or is confidential.
        """
        with self._lock:
            found = self.bases.get(name)
            if found is not None and found.id.startswith(UPLOADED):
                return found
            if self.first is not None and name == self.first.id:
                return self.first
            path = below(self.started.root, name)
            short = Path(name)
            same = Path.cwd() == self.started.root
            base = opened(short if same else path, name, self.started.options, (), self.started.root)
            self._check(base)
            self._open[name] = base
            self._open.move_to_end(name)
            while len(self._open) > MOST_OPEN:
                self._open.popitem(last=False)
            return base

    def upload(self, name: str, content: bytes) -> Base:
        """Open a scenario file that the reader brings.

        Raises:
            InputError: It is no scenario that can be opened; its faults name the file as the reader does.
        """
        with self._lock:
            base = self._uploads.take(name, content)
            try:
                self._check(base)
            except InputError as wrong:
                self._uploads.drop(base)
                raise InputError([_named(fault, base) for fault in wrong.faults]) from None
            return base

    @property
    def bases(self) -> Mapping[str, Base]:
        """What is open, by name."""
        with self._lock:
            first = {} if self.first is None else {self.first.id: self.first}
            return {**self._open, **self._uploads.kept, **first}

    def position(self, told: Any) -> Position:
        """Return a position from what the page sends.

        Raises:
            InputError: It is none, or names something that is not open.
        """
        return position_of(told, self.bases)

    def places(self) -> list[dict[str, str]]:
        """Return what can be opened, as the page is told it; looked for anew where that is some seconds ago."""
        with self._lock:
            found, looked = self._places
            if found is None or time.monotonic() - looked > LOOKED_SECONDS:
                found = [one.told() for one in places(self.started.root)]
                self._places = found, time.monotonic()
            return found

    def told(self, base: Base) -> dict[str, Any]:
        """Return something that is open as the page is told it.

        Raises:
            InputError: Its scenario or rows cannot be read.
            RunError: A part of a sweep was cut short or altered.
        """
        scenario = self.reader(Position(base))
        sections = scenario.sections
        rows = None
        if base.kind == "sweep":
            from simulator.web.door.sweep_rows import rows_of

            rows = rows_of(base)
        return {
            "id": base.id,
            "kind": base.kind,
            "title": sections.title or scenario.name,
            "title_da": sections.title_da or sections.title or scenario.name,
            "name": scenario.name,
            "question": sections.question,
            "rows": rows,
            "headline": _headline(base),
        }

    def shown(self, fault: Fault) -> dict[str, str]:
        """Return a fault as the page is told it: files of the reader by their name, and no folder of this machine."""
        for base in self.bases.values():
            fault = _named(fault, base)
        here = f"{self.started.root}{os.sep}"
        where, path, message = (text.replace(here, "") for text in (fault.where, fault.path, fault.message))
        return {
            "path": path,
            "message": message,
            "where": f"{where}:{fault.line}:{fault.column}" if fault.line else where,
        }

    def _check(self, base: Base) -> None:
        """Read what was opened once, so that what is wrong with it is told at once.

        Raises:
            InputError: It cannot be read or run; or a run keeps back figures, which the page would give back.
        """
        if "confidential" in (_headline(base) or {}):
            message = "is a run with confidential values, which the page would give back; open one without them"
            raise InputError.one(message, base.id, "confidential")
        position = Position(base)
        scenario = self.reader(position)
        draws = position.plan(scenario).draws
        if draws:
            design(scenario.sections.run.design).sizes(draws)


def _named(fault: Fault, base: Base) -> Fault:
    """Return a fault that speaks of a file of the reader by the name that the reader knows."""
    if not base.id.startswith(UPLOADED):
        return fault
    folder = f"{base.path.parent}{os.sep}"
    where, path, message = (text.replace(folder, "") for text in (fault.where, fault.path, fault.message))
    return Fault(where, fault.line, fault.column, path, message)


def _headline(base: Base) -> dict[str, Any] | None:
    """Return the kept headline of a run; None of anything else."""
    if base.kind != "run" or base.folder is None:
        return None
    try:
        found = json.loads((base.folder / HEADLINE).read_text(encoding="utf-8"))
    except (OSError, ValueError) as wrong:
        raise InputError.one("is not a run that can be read", base.id) from wrong
    return found if isinstance(found, dict) else None
