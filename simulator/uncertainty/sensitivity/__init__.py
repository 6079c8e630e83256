r"""Sensitivity: which assumptions a figure hangs on.

**In** comes a figure as a function of its assumptions, (point, key) -> (point,), and the assumptions with their ranges
or distributions. **Out** comes a row for each assumption or group of them (`Indices`), or a figure over two of them
(`Grid`). Methods are files of `methods/`:

- `tornado` moves one assumption at a time from end to end of its range; the others stay at today's values,
- `map` moves two together,
- `morris` screens many with few points,
- `sobol` shares out the variance, first and total order, with intervals,
- `pawn` compares distributions, and is right for values that are correlated.

The indices are SALib's, under SALib's names; tests hold them to exact answers and to scipy's.

    >>> import numpy as np
    >>> factors = [Factor("meetings", 8.0, 12.0, today=10.0), Factor("kr", 400.0, 600.0, today=500.0)]
    >>> found = found_by("tornado", lambda points: -points[:, 0] * points[:, 1], factors)
    >>> found.row("meetings")
    {'low_figure': -4000.0, 'high_figure': -6000.0, 'swing': 2000.0}
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from importlib import import_module
from pathlib import Path
from types import ModuleType

from simulator.errors import InputError
from simulator.facts.spelling import allowed, did_you_mean
from simulator.uncertainty.sensitivity.factors import Factor, Function, factor_of, groups_of
from simulator.uncertainty.sensitivity.indices import Choice, Found, Grid, Indices

__all__ = [
    "Choice",
    "Factor",
    "Found",
    "Function",
    "Grid",
    "Indices",
    "check_choice",
    "factor_of",
    "found_by",
    "groups_of",
    "method_names",
    "method_of",
]

MOST = 1 << 20
"""Largest count that can be asked for."""
LEAST = 2


def method_names() -> tuple[str, ...]:
    """Return the names of the methods, in order of the alphabet."""
    folder = Path(__file__).parent / "methods"
    return tuple(sorted(path.stem for path in folder.glob("*.py") if not path.stem.startswith("_")))


def method_of(name: str) -> ModuleType:
    """Return the file of a method.

    Raises:
        InputError: There is no such method.
    """
    names = method_names()
    if name not in names:
        raise InputError.one(f"no method {name!r}; {allowed(names)}{did_you_mean(name, names)}", path="--method")
    return import_module(f"{__name__}.methods.{name}")


def check_choice(name: str, choice: Choice, *, groups: bool, correlated: Collection[str] = ()) -> None:
    """See to it that a method can do what is chosen, before anything is worked out.

    Args:
        name: Name of the method.
        choice: What is chosen.
        groups: Whether factors are moved in groups.
        correlated: Keys of values that are correlated with others.

    Raises:
        InputError: It cannot.
    """
    method = method_of(name)
    if groups and not method.GROUPS:
        able = [other for other in method_names() if method_of(other).GROUPS]
        raise InputError.one(f"{name} moves no groups; methods that do: {', '.join(able)}", path="--group")
    if correlated and not method.CORRELATED:
        message = (
            f"{name} is right only for values that vary independently, and {', '.join(sorted(correlated))} are "
            "correlated; use --method pawn, which takes correlated values as they are"
        )
        raise InputError.one(message, path="--method")
    if choice.second_order and name != "sobol":
        raise InputError.one(f"{name} has no indices of pairs; --method sobol has", path="--second-order")
    if choice.count is not None and method.COUNT is None:
        raise InputError.one(f"{name} has nothing to count", path="--count")
    if choice.count is not None and not LEAST <= choice.count <= MOST:
        message = f"{choice.count} is out of range; allowed: {LEAST} to {MOST} ({method.COUNT[1]})"
        raise InputError.one(message, path="--count")


def found_by(
    name: str,
    function: Function,
    factors: Sequence[Factor],
    choice: Choice | None = None,
    correlated: Collection[str] = (),
) -> Found:
    """Return what a method finds.

    Args:
        name: Name of the method.
        function: The figure: (point, key) -> (point,), keys in the order of the factors.
        factors: What is moved, each with a key of its own.
        choice: Count, seed and the like; the method's own where it is left out.
        correlated: Keys of values that are correlated with others.

    Raises:
        InputError: There is no such method, it cannot do what is chosen, or the figure does not move.
    """
    choice = choice or Choice()
    check_choice(name, choice, groups=any(factor.group for factor in factors), correlated=correlated)
    if not factors:
        raise InputError.one("there is nothing to move: no value that is read has a range or a distribution")
    found: Found = method_of(name).indices(function, factors, choice)
    return found
