"""Shelf: the latest deliveries, a few at hand and some more as files, which outlive the worker that made them.

Of each delivery two files stand there: the whole, which a worker tells runs from, also one that was not there when it
was simulated; and the fiftieth part of it that the desk needs, which is all that the server ever reads.
"""

from __future__ import annotations

import hashlib
import os
import pickle
from collections import OrderedDict
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

from simulator.errors import RunError
from simulator.web.desk.delivered import Delivered, Kept, kept_of

AT_HAND = 3
AS_FILES = 8
MOST_BYTES = 1_000_000_000
"""Together the files of whole deliveries take no more, but for that of the latest."""
WHOLE, KEPT = ".delivered", ".kept"
"""Endings of the two files."""


@dataclass
class Shelf:
    """Deliveries by key.

    Attributes:
        folder: Where their files stand; nobody else may read it.
    """

    folder: Path
    _at_hand: OrderedDict[str, Delivered] = field(default_factory=OrderedDict)

    def get(self, key: str) -> Delivered | None:
        """Return a delivery; None where it is not there, or no longer."""
        if key not in self._at_hand:
            found = cast("Delivered | None", _read(self.folder / f"{name_of(key)}{WHOLE}"))
            if found is None:
                return None
            self._hold(key, found)
        self._at_hand.move_to_end(key)
        return self._at_hand[key]

    def put(self, key: str, delivered: Delivered) -> None:
        """Put a delivery on the shelf.

        Raises:
            RunError: It cannot be written.
        """
        self._hold(key, delivered)
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._write(f"{name_of(key)}{KEPT}", kept_of(delivered))
        self._write(f"{name_of(key)}{WHOLE}", delivered)
        whole = sorted(self.folder.glob(f"*{WHOLE}"), key=lambda path: path.stat().st_mtime)
        sizes = [path.stat().st_size for path in whole]
        large = [path for at, path in enumerate(whole[:-1]) if sum(sizes[at:]) > MOST_BYTES]
        for old in dict.fromkeys([*whole[:-AS_FILES], *large]):
            old.unlink()
            old.with_suffix(KEPT).unlink(missing_ok=True)

    def kept(self, name: str) -> Kept | None:
        """Return what the desk needs of a delivery, by its name; None where it is no longer there."""
        return cast("Kept | None", _read(self.folder / f"{name}{KEPT}"))

    def _hold(self, key: str, delivered: Delivered) -> None:
        while len(self._at_hand) >= AT_HAND:
            self._at_hand.popitem(last=False)
        self._at_hand[key] = delivered

    def _write(self, name: str, thing: object) -> None:
        aside = self.folder / f"{name}.writing-{os.getpid()}"
        try:
            with aside.open("wb") as file:
                pickle.dump(thing, file, protocol=pickle.HIGHEST_PROTOCOL)
            aside.replace(self.folder / name)
        except OSError as wrong:
            raise RunError(f"the temporary folder cannot be written: {wrong.strerror}") from wrong
        finally:
            aside.unlink(missing_ok=True)  # what a full disk left of it


def name_of(key: str) -> str:
    """Return the name of a delivery on the shelf."""
    return hashlib.sha256(key.encode()).hexdigest()[:32]


def _read(path: Path) -> object:
    """Return what a worker of this page wrote; None where there is nothing."""
    try:
        with path.open("rb") as file:
            return pickle.load(file)
    except FileNotFoundError:
        return None
