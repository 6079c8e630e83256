"""Distributions: what is known of a value that is not known exactly.

**In** comes what is written under a value (a name and its numbers, already read as numbers) and the bounds of the
value's unit. **Out** comes a frozen `Distribution`, which gives the value below which a share of what is believed lies
(`quantile`), its exact mean and standard deviation, and the smallest and largest possible value.

One file per distribution; its name is the name in the scenario. A file has

- `FORMS`, the sets of numbers from which it can be made,
- `REACH`, the smallest and largest value of every distribution of that name; None where its numbers decide,
- `made(given)`, which returns it, or raises `ValueError` with all that is wrong.

A distribution must fit its value: a normal distribution of a share is refused and never cut off, because what remains
of it has another mean and another spread than those that were written. `low` and `high` of a normal, lognormal or beta
distribution mean nothing until it is said how sure one is that the value lies between them: `interval: 0.95` says that
2.5 per cent lie below and as much above.

    >>> found = distribution_of({"name": "pert", "low": 0.2, "mode": 0.4, "high": 0.9}, bounds=(0.0, 1.0))
    >>> round(found.mean, 3), found.support
    (0.45, (0.2, 0.9))
    >>> distribution_of({"name": "normal", "mean": 0.5, "sd": 0.1}, bounds=(0.0, 1.0))
    Traceback (most recent call last):
    ...
    ValueError: normal has no lowest and no highest value, but this value must lie between 0 and 1 and nothing is cut \
off; allowed: beta, empirical, fixed, pert, triangular, uniform
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from simulator.facts.spelling import allowed, did_you_mean

FloatArray = npt.NDArray[np.float64]
Bounds = tuple[float, float]
Given = Mapping[str, Any]
LISTS = ("values", "weights")
"""Fields that hold several numbers."""

__all__ = [
    "Bounds",
    "Distribution",
    "FloatArray",
    "Form",
    "Given",
    "distribution_names",
    "distribution_of",
    "fitting",
    "listed",
    "refuse",
    "told",
]


class Distribution(Protocol):
    """What is known of one value."""

    @property
    def name(self) -> str:
        """Name of the file that makes it."""
        ...

    @property
    def mean(self) -> float:
        """Exact mean, in the unit of the value."""
        ...

    @property
    def sd(self) -> float:
        """Exact standard deviation, in the unit of the value."""
        ...

    @property
    def support(self) -> Bounds:
        """Smallest and largest possible value; infinite where there is none."""
        ...

    def quantile(self, share: FloatArray) -> FloatArray:
        """Return the value below which a share lies.

        Args:
            share: Shares [0-1], any shape; the value is finite for every share above 0 and below 1.

        Returns:
            Values, same shape.
        """
        ...

    def described(self) -> dict[str, Any]:
        """Return name and numbers from which `distribution_of` makes it again."""
        ...


@dataclass(frozen=True)
class Form:
    """A set of numbers from which a distribution can be made.

    Attributes:
        needs: Fields that must be given.
        may: Fields that may be given beside them.
    """

    needs: tuple[str, ...]
    may: tuple[str, ...] = ()

    @property
    def fields(self) -> tuple[str, ...]:
        """All fields of the form."""
        return *self.needs, *self.may


@cache
def distribution_names() -> tuple[str, ...]:
    """Return the names of all distributions, in order of the alphabet."""
    here = Path(__file__).parent
    return tuple(sorted(path.stem for path in here.glob("*.py") if not path.stem.startswith("_")))


def distribution_of(given: Given, bounds: Bounds = (-math.inf, math.inf)) -> Distribution:
    """Return the distribution that is written.

    Args:
        given: `name` and the numbers of one of its forms.
        bounds: Smallest and largest number that the value can be, from `simulator.facts.units.bounds_of`.

    Raises:
        ValueError: All that is wrong, joined by "; ".
    """
    name, names = given.get("name"), distribution_names()
    if not isinstance(name, str):
        missing = "a distribution needs a `name`" if name is None else f"`name` must be a word, not {_short(name)}"
        raise ValueError(f"{missing}; {allowed(names)}")
    if name not in names:
        raise ValueError(f"no distribution is called {_short(name)}; {allowed(names)}{did_you_mean(name, names)}")
    plug, numbers = _plug(name), {field: value for field, value in given.items() if field != "name"}
    unknown = list(_unknown(plug.FORMS, numbers))
    refuse(name, [*(unknown or _no_form(plug.FORMS, set(numbers))), *_not_numbers(numbers)])
    try:
        found: Distribution = plug.made(numbers)
        workable = math.isfinite(found.mean) and math.isfinite(found.sd)
    except OverflowError:
        workable = False
    if not workable:
        raise ValueError(f"{name}: its mean or its standard deviation is too large to be worked with")
    _check_fits(found, bounds)
    return found


def told(described: Given) -> str:
    """Return what a distribution says of itself in one line, such as `uniform(low=0, high=1)`."""
    numbers = {field: value for field, value in described.items() if field != "name"}
    return f"{described['name']}({', '.join(f'{field}={_plain(value)}' for field, value in numbers.items())})"


def _plain(value: Any) -> str:
    return f"[{', '.join(f'{one:g}' for one in value)}]" if isinstance(value, Sequence) else f"{value:g}"


def fitting(bounds: Bounds) -> tuple[str, ...]:
    """Return the names of the distributions that can fit a value of these bounds."""
    reaches = {name: _plug(name).REACH for name in distribution_names()}
    return tuple(name for name, reach in reaches.items() if reach is None or _inside(reach, bounds))


def refuse(name: str, faults: Sequence[str]) -> None:
    """Raise `ValueError` with all faults of a distribution, where there are any."""
    if faults:
        raise ValueError("; ".join(f"{name}: {fault}" for fault in faults))


def listed(words: Sequence[str]) -> str:
    """Return words as a list in a sentence: a, b and c."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def _plug(name: str) -> ModuleType:
    return import_module(f"simulator.distributions.{name}")


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 40 else f"{text[:37]}..."


def _unknown(forms: Sequence[Form], numbers: Given) -> Iterator[str]:
    known = list(dict.fromkeys(field for form in forms for field in form.fields))
    for field in numbers:
        if field not in known:
            yield f"no field {_short(field)}; {allowed(known)}{did_you_mean(str(field), known)}"


def _not_numbers(numbers: Given) -> Iterator[str]:
    for field, value in numbers.items():
        several = field in LISTS
        if several and (not isinstance(value, Sequence) or isinstance(value, str) or not value):
            yield f"`{field}` must be a list of numbers, not {_short(value)}"
            continue
        wrong = [one for one in (value if several else [value]) if not _is_number(one)]
        if wrong:
            yield f"`{field}` must be a finite number, not {_short(wrong[0])}"


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _no_form(forms: Sequence[Form], fields: set[str]) -> list[str]:
    """Return what is wrong with a set of fields that makes no form."""
    if any(set(form.needs) <= fields <= set(form.fields) for form in forms):
        return []
    if fields and fields <= {"low", "high"} and any("interval" in form.needs for form in forms):
        ends = [form.needs for form in forms if "low" in form.may]
        beside = "".join(f"; or {listed(_quoted(needs))}, which make them its ends" for needs in ends)
        return [f"`low` and `high` say nothing without the meaning of the interval; {_MEANING}{beside}"]
    ways = [listed(_quoted(form.needs)) for form in forms]
    got = listed(_quoted(sorted(fields))) if fields else "nothing"
    return [f"needs {'; or '.join(ways)}, but is given {got}"]


def _quoted(fields: Sequence[str]) -> list[str]:
    return [f"`{field}`" for field in fields]


_MEANING = "add `interval`, such as 0.95: the share that lies between them, with equally much below and above"


def _inside(reach: Bounds, bounds: Bounds) -> bool:
    return bounds[0] <= reach[0] and reach[1] <= bounds[1]


def _check_fits(found: Distribution, bounds: Bounds) -> None:
    if _inside(found.support, bounds):
        return
    low, high = found.support
    ends = {
        (False, False): "has no lowest and no highest value",
        (False, True): f"has no lowest value and goes up to {high:g}",
        (True, False): f"goes from {low:g} and has no highest value",
        (True, True): f"goes from {low:g} to {high:g}" if low < high else f"is {low:g}",
    }[math.isfinite(low), math.isfinite(high)]
    text = f"{found.name} {ends}, but this value must {_span(bounds)} and nothing is cut off"
    own = _plug(found.name).REACH is None
    raise ValueError(text if own else f"{text}; {allowed(fitting(bounds))}")


def _span(bounds: Bounds) -> str:
    low, high = bounds
    if math.isinf(high):
        return f"be at least {low:g}"
    return f"lie between {low:g} and {high:g}" if math.isfinite(low) else f"be at most {high:g}"
