"""Shelf: the latest deliveries, a few at hand and some more as files, which outlive the worker that made them.

A file goes between the processes: a delivery is ten megabytes, and a worker that was killed, or that ended because it
had nothing to do, has left it there for the next one.
"""

from __future__ import annotations

import hashlib
import os
import pickle
from collections import OrderedDict
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

from simulator.web.desk import Delivered

AT_HAND = 3
AS_FILES = 8
ENDING = ".pickle"


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
            found = loaded(self.folder / name_of(key))
            if found is None:
                return None
            self._hold(key, found)
        self._at_hand.move_to_end(key)
        return self._at_hand[key]

    def put(self, key: str, delivered: Delivered) -> None:
        """Put a delivery on the shelf."""
        self._hold(key, delivered)
        name = name_of(key)
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        aside = self.folder / f"{name}.writing-{os.getpid()}"
        with aside.open("wb") as file:
            pickle.dump(delivered, file, protocol=pickle.HIGHEST_PROTOCOL)
        aside.replace(self.folder / name)
        files = sorted(self.folder.glob(f"*{ENDING}"), key=lambda path: path.stat().st_mtime)
        for old in files[:-AS_FILES]:
            old.unlink(missing_ok=True)

    def _hold(self, key: str, delivered: Delivered) -> None:
        while len(self._at_hand) >= AT_HAND:
            self._at_hand.popitem(last=False)
        self._at_hand[key] = delivered


def name_of(key: str) -> str:
    """Return the name of the file of a delivery."""
    return hashlib.sha256(key.encode()).hexdigest()[:32] + ENDING


def loaded(path: Path) -> Delivered | None:
    """Return the delivery of a file that a worker of this page wrote; None where there is none."""
    try:
        with path.open("rb") as file:
            return cast(Delivered, pickle.load(file))
    except FileNotFoundError:
        return None
