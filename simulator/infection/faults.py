"""The faults of one file of rows: the first are told, of the others only their number."""

from __future__ import annotations

from simulator.errors import Fault, InputError

MOST_TOLD = 20


class Faults:
    """Collects the faults of a file; a file of many rows can have many, so few are kept.

    Attributes:
        unread: Whether a row, its place or the rest of the file could not be read: what is missing may be in it.
    """

    def __init__(self, where: str) -> None:
        self.where = where
        self.kept: list[Fault] = []
        self.count = 0
        self.unread = False

    def add(self, line: int, column: int, path: str, message: str) -> None:
        """Note one fault.

        Args:
            line: Line, counted from 1; 0 where there is none.
            column: Character in the line, counted from 1; 0 where there is none.
            path: Name of the column of the file; empty where there is none.
            message: What is wrong; what is allowed; "did you mean".
        """
        self.count += 1
        if len(self.kept) < MOST_TOLD:
            self.kept.append(Fault(self.where, line, column, path, message))

    def stop_if_any(self) -> None:
        """Raise the faults in order of place.

        Raises:
            InputError: If there is a fault.
        """
        if not self.count:
            return
        told = sorted(self.kept, key=lambda one: (one.line, one.column, one.path))
        if self.count > len(told):
            told.append(Fault(self.where, 0, 0, "", f"and {self.count - len(told)} more"))
        raise InputError(told)
