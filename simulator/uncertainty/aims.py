"""Reads what calibration is asked for: `converted=10000±500`, `saldo=-5,0`, and the values to be found."""

from __future__ import annotations

import re
from collections.abc import Sequence

from simulator.errors import Fault, InputError
from simulator.facts.spelling import decimal
from simulator.uncertainty.asking import Askable, known_figures
from simulator.uncertainty.calibrate import TARGET_OPTION, VARY_OPTION, WHERE, Target
from simulator.uncertainty.levers import Lever
from simulator.uncertainty.targets import Aimed, aimed

WITHIN = re.compile(r"±|\+/-|\+-")
FORM = "NAME=NUMBER or NAME=NUMBER±ROUNDING, such as converted=10000±500"


def split_targets(texts: Sequence[str]) -> list[tuple[str, float, float | None]]:
    """Return name, number and rounding of each target as it is written.

    Raises:
        InputError: One cannot be read, or a name comes twice; with all faults.
    """
    faults: list[Fault] = []
    found = []
    for text in texts:
        try:
            found.append(_target(text))
        except ValueError as wrong:
            faults.append(Fault(WHERE, 0, 0, TARGET_OPTION, str(wrong)))
    if not texts:
        faults.append(Fault(WHERE, 0, 0, TARGET_OPTION, f"nothing to calibrate to; allowed: {FORM}"))
    faults += _twice([name for name, _, _ in found], TARGET_OPTION)
    if faults:
        raise InputError(faults)
    return found


def _target(text: str) -> tuple[str, float, float | None]:
    name, equals, told = text.partition("=")
    if not equals or not name.strip() or not told.strip():
        raise ValueError(f"`{text}` is not a target; allowed: {FORM}")
    number, *within = WITHIN.split(told)
    if len(within) > 1:
        raise ValueError(f"`{text}` gives two roundings; allowed: {FORM}")
    width = decimal(within[0], per_cent=False) if within else None
    if width is not None and width <= 0:
        raise ValueError(f"the rounding of `{text}` must be above nothing; allowed: {FORM}")
    return name.strip(), decimal(number, per_cent=False), width


def _twice(names: Sequence[str], option: str) -> list[Fault]:
    doubled = sorted({name for name in names if names.count(name) > 1})
    return [Fault(WHERE, 0, 0, option, f"`{name}` is given twice; give it once") for name in doubled]


def targets_of(split: Sequence[tuple[str, float, float | None]], worked: Askable) -> tuple[Target, ...]:
    """Return the targets with their figures.

    Raises:
        InputError: A name is no figure, or two names are one figure; with all faults.
    """
    known = known_figures(worked)
    faults: list[Fault] = []
    found: list[Target] = []
    for name, aim, within in split:
        try:
            found.append(Target(aimed(name, known, TARGET_OPTION), aim, within))
        except InputError as wrong:
            faults += wrong.faults
    names: dict[tuple[str, bool], Aimed] = {}
    for target in found:
        figure = target.figure
        same = names.setdefault((figure.column, figure.factor > 0), figure)
        if same is not figure:
            faults.append(
                Fault(WHERE, 0, 0, TARGET_OPTION, f"`{same.name}` and `{figure.name}` are one figure; give one")
            )
    if faults:
        raise InputError(faults)
    return tuple(found)


def levers_of(keys: Sequence[str], worked: Askable) -> tuple[Lever, ...]:
    """Return the values to be found.

    Raises:
        InputError: None is named, one is unknown, or one is named twice or lies in another; with all faults.
    """
    faults = _twice(list(keys), VARY_OPTION)
    if not keys:
        message = "no value to find; allowed: the key of a value, such as effects.params.scale"
        faults.append(Fault(WHERE, 0, 0, VARY_OPTION, message))
    found: list[Lever] = []
    for key in dict.fromkeys(keys):
        try:
            found.append(worked.lever(key))
        except InputError as wrong:
            faults += wrong.faults
    for lever in found:
        wider = [other.key for other in found if lever.key.startswith(f"{other.key}.")]
        faults += [
            Fault(WHERE, 0, 0, VARY_OPTION, f"`{lever.key}` lies in the table `{table}`; name one of them")
            for table in wider
        ]
    if faults:
        raise InputError(faults)
    return tuple(found)
