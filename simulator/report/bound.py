"""Bound numbers: a number that knows where in the run it comes from, so that what is printed can be traced to it.

A `Quantity` is read from the headline or from a row of a table (`reading.py`); whatever is worked out of quantities is
a quantity again, and remembers how. A `Ledger` beside the words of a document notes every quantity that is written:
the text carries an invisible mark around the number, which `blocks.spans` gives back.

>>> from simulator.report.bound import Cell, Quantity, evaluated, told
>>> held = Quantity(40.0, Cell("headline.json", ("held",)))
>>> met = Quantity(30.0, Cell("headline.json", ("met",)))
>>> share = met / held
>>> float(share), told(share.expression)
(0.75, 'headline.json:met / headline.json:held')
>>> evaluated(share.expression, lambda cell: {("held",): 60.0, ("met",): 30.0}[cell.path])
0.5
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import reduce
from typing import TypeAlias

OPEN, WITHIN, CLOSE = "\ue000", "\ue001", "\ue002"
"""Marks around a bound number: open, index, within, text, close. None of them is a character of any text."""
BASE, FIRST = 4096, 0xE100
"""An index is two characters from the private use area, so that no digit is added to a text."""


@dataclass(frozen=True)
class Cell:
    """A place in the run.

    Attributes:
        file: File in the run folder, such as `headline.json` or `tables/saldo.csv`.
        path: Keys that lead to it; in a table the number of the row, counted from 0, and the column.
        where: What tells the row apart, for the reader, as pairs of column and text.
    """

    file: str
    path: tuple[str, ...]
    where: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        """Return how a command line names it."""
        return f"{self.file}:{'.'.join(self.path)}"


@dataclass(frozen=True)
class Constant:
    """A number that the document itself brings, such as a million."""

    value: float


@dataclass(frozen=True)
class Operation:
    """What was done to other numbers: `+` of any number of them, `-`, `*`, `/` of two, `abs`, `neg` of one."""

    sign: str
    parts: tuple[Expression, ...]


Expression: TypeAlias = Cell | Constant | Operation

DONE: dict[str, Callable[..., float]] = {
    "+": lambda *parts: sum(parts),
    "-": operator.sub,
    "*": lambda *parts: reduce(operator.mul, parts),
    "/": operator.truediv,
    "neg": operator.neg,
    "abs": abs,
}


class Quantity(float):
    """A number of a run, with how it came about. It calculates like any other number."""

    __slots__ = ("expression",)
    expression: Expression

    def __new__(cls, value: float, expression: Expression) -> Quantity:
        """Return a number with where it comes from."""
        made = super().__new__(cls, value)
        made.expression = expression
        return made

    def __reduce__(self) -> tuple[object, ...]:
        """Return how it is copied."""
        return Quantity, (float(self), self.expression)

    def __add__(self, other: float) -> Quantity:
        """Return the sum."""
        return _worked("+", float.__add__, self, other)

    def __radd__(self, other: float) -> Quantity:
        """Return the sum; one with a plain nothing, as sums begin, is the number itself."""
        return self if other == 0 and not isinstance(other, Quantity) else _worked("+", float.__add__, other, self)

    def __sub__(self, other: float) -> Quantity:
        """Return the difference."""
        return _worked("-", float.__sub__, self, other)

    def __rsub__(self, other: float) -> Quantity:
        """Return the difference."""
        return _worked("-", float.__sub__, other, self)

    def __mul__(self, other: float) -> Quantity:
        """Return the product."""
        return _worked("*", float.__mul__, self, other)

    def __rmul__(self, other: float) -> Quantity:
        """Return the product."""
        return _worked("*", float.__mul__, other, self)

    def __truediv__(self, other: float) -> Quantity:
        """Return the quotient."""
        return _worked("/", float.__truediv__, self, other)

    def __rtruediv__(self, other: float) -> Quantity:
        """Return the quotient."""
        return _worked("/", float.__truediv__, other, self)

    def __neg__(self) -> Quantity:
        """Return the number with the other sign."""
        return Quantity(-float(self), Operation("neg", (self.expression,)))

    def __abs__(self) -> Quantity:
        """Return the size."""
        return Quantity(abs(float(self)), Operation("abs", (self.expression,))) if self < 0 else self


NOTHING = Quantity(0.0, Operation("+", ()))
"""What no row of a run adds to."""


def constant(value: float) -> Quantity:
    """Return a number that the document itself brings: a rule's limit, or days counted off the calendar."""
    return Quantity(value, Constant(value))


def _worked(sign: str, work: Callable[[float, float], float], left: float, right: float) -> Quantity:
    parts: tuple[Expression, ...] = (expression_of(left), expression_of(right))
    if sign == "+":
        parts = tuple(flat for part in parts for flat in _summands(part))
    return Quantity(work(float(left), float(right)), Operation(sign, parts))


def _summands(part: Expression) -> tuple[Expression, ...]:
    return part.parts if isinstance(part, Operation) and part.sign == "+" else (part,)


def expression_of(value: float) -> Expression:
    """Return how a number came about; a plain one is a constant."""
    return value.expression if isinstance(value, Quantity) else Constant(float(value))


def evaluated(expression: Expression, look: Callable[[Cell], float]) -> float:
    """Return what an expression gives when every cell is looked up again."""
    match expression:
        case Cell():
            return look(expression)
        case Constant(value):
            return value
        case Operation(sign, parts):
            return DONE[sign](*(evaluated(part, look) for part in parts))


def cells(expression: Expression) -> Iterator[Cell]:
    """Yield the cells that an expression rests on, in order."""
    match expression:
        case Cell():
            yield expression
        case Operation(_, parts):
            for part in parts:
                yield from cells(part)
        case _:
            pass


def told(expression: Expression) -> str:
    """Return an expression as a line of arithmetic."""
    match expression:
        case Cell():
            return str(expression)
        case Constant(value):
            return f"{value:,.10g}".replace(",", "")
        case Operation(_, ()):
            return "0"
        case Operation("neg", (part,)):
            return f"-({told(part)})"
        case Operation("abs", (part,)):
            return f"|{told(part)}|"
        case Operation(sign, parts):
            return f" {sign} ".join(_within(part, sign, first=at == 0) for at, part in enumerate(parts))


def _within(part: Expression, sign: str, *, first: bool) -> str:
    if not isinstance(part, Operation) or part.sign in ("neg", "abs"):
        return told(part)
    loose = part.sign in "+-" and sign != "+" and not (first and sign == "-")
    divided = sign == "/" and not first
    return f"({told(part)})" if loose or divided else told(part)


def standing_for(rounded: float, value: float | None) -> float:
    """Return a rounded number that comes from where the number does that it stands for."""
    return Quantity(rounded, value.expression) if isinstance(value, Quantity) else rounded


@dataclass
class Ledger:
    """The quantities that a document writes, in the order in which they are written."""

    entries: list[Quantity] = field(default_factory=list)

    def mark(self, value: Quantity, text: str) -> str:
        """Return a text marked as that of a quantity, and note the quantity."""
        self.entries.append(value)
        index = len(self.entries) - 1
        return f"{OPEN}{chr(FIRST + index // BASE)}{chr(FIRST + index % BASE)}{WITHIN}{text}{CLOSE}"


def bare(text: str) -> str:
    """Return a text without the marks of its numbers."""
    if OPEN not in text:
        return text
    return "".join(part for part, _ in numbers_of(text))


def numbers_of(text: str) -> Iterator[tuple[str, int | None]]:
    """Yield the stretches of a text with the index of the quantity that each writes; None for those that write none."""
    for piece in text.split(OPEN):
        marked, close, after = piece.partition(CLOSE)
        if not close:
            yield piece, None
            continue
        index, _, number = marked.partition(WITHIN)
        yield number, (ord(index[0]) - FIRST) * BASE + ord(index[1]) - FIRST
        yield after, None
