"""Errors that a user can act on: where, what is wrong, what is allowed, what to do."""

from __future__ import annotations

from dataclasses import dataclass

EXIT_FAILED = 1
EXIT_WRONG_INPUT = 2
EXIT_INTERRUPTED = 130


@dataclass(frozen=True)
class Fault:
    """One fault of an input: its place, what is wrong, and what is allowed.

    Attributes:
        where: File, or "command line".
        line: Line, counted from 1; 0 where there is none.
        column: Column, counted from 1; 0 where there is none.
        path: Dotted key, such as `attendance.rules[1].type`; empty where there is none.
        message: What is wrong; what is allowed; "did you mean".
    """

    where: str
    line: int
    column: int
    path: str
    message: str

    def __str__(self) -> str:
        place = f"{self.where}:{self.line}:{self.column}" if self.line else self.where
        return f"{place}  {self.path}: {self.message}" if self.path else f"{place}  {self.message}"


class InputError(Exception):
    """The input is wrong: exit code 2. Carries all faults found, not the first only."""

    def __init__(self, faults: list[Fault] | tuple[Fault, ...]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))

    def __reduce__(self) -> tuple[type[InputError], tuple[tuple[Fault, ...]]]:
        """Let it travel between processes with its faults."""
        return type(self), (self.faults,)

    @classmethod
    def one(cls, message: str, where: str = "command line", path: str = "") -> InputError:
        """Return an error of a single fault that has no line."""
        return cls([Fault(where, 0, 0, path, message)])


class RunError(Exception):
    """The run failed: exit code 1. A law was broken or a file could not be written."""
