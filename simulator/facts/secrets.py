"""Confidential numbers: how one is marked, and how a text is kept from quoting it.

A number is confidential where `confidential: true` stands beside it, at the head of its facts file, or in the scenario
beside the name of that file. It is used like any other and written nowhere.

>>> blackened("above the value (48213.8), not 12", (48213.77,))
'above the value (***), not 12'
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from simulator.errors import Fault, InputError
from simulator.facts.spelling import decimal, truth
from simulator.facts.tree import Faults, Node, Scalar, Table, join, walk

CONFIDENTIAL = "confidential"
BLACK = "***"
"""What stands where a confidential number stood."""
_NUMBER = re.compile(r"(?<![\w.,])[-+\u2212]?\d[\d.,\u00a0 ]*\d|(?<![\w.,])[-+\u2212]?\d")
_FEWEST_DIGITS = 2
"""A confidential number that is rounded to so many digits is still quoted."""
_SCALES = (1.0, 100.0, 1e-3, 1e-6)
"""A share in per cent, and kroner in thousands or millions, quote it as well."""


def marked(node: Table, path: str, faults: Faults, otherwise: bool = False) -> bool:
    """Return whether a table says that it is confidential.

    Args:
        node: The table.
        path: Its path.
        faults: Receives what is wrong.
        otherwise: What holds where it does not say.
    """
    found = node.entries.get(CONFIDENTIAL)
    if found is None:
        return otherwise
    try:
        return truth(found.text if isinstance(found, Scalar) else "")
    except ValueError:
        faults.add(found.place, join(path, CONFIDENTIAL), "must be true or false; allowed: true, false, yes, no")
        return True


def blackened(text: str, secrets: Iterable[float]) -> str:
    """Return a text in which no number is a confidential one, in whatever spelling, rounding or scale.

    Args:
        text: The text.
        secrets: The confidential numbers; 0 and 1 are nobody's secret and stay.
    """
    told = {abs(one) * scale for one in secrets if one not in (0.0, 1.0) for scale in _SCALES}
    if not told:
        return text

    def replaced(found: re.Match[str]) -> str:
        return BLACK if any(_quotes(one, told) for one in _readings(found[0])) else found[0]

    return _NUMBER.sub(replaced, text)


def all_blackened(content: Any, secrets: tuple[float, ...]) -> Any:
    """Return nested data with all its texts blackened; its keys and numbers stay."""
    if not secrets:
        return content
    if isinstance(content, str):
        return blackened(content, secrets)
    if isinstance(content, Mapping):
        return {key: all_blackened(below, secrets) for key, below in content.items()}
    if isinstance(content, list | tuple):
        return [all_blackened(one, secrets) for one in content]
    return content


def without_secrets(error: InputError, secrets: tuple[float, ...], texts: tuple[str, ...] = ()) -> InputError:
    """Return an error whose messages quote no confidential number, nor what was written in its place."""

    def said(message: str) -> str:
        for text in texts:
            message = message.replace(text, BLACK)
        return blackened(message, secrets)

    told = [Fault(one.where, one.line, one.column, one.path, said(one.message)) for one in error.faults]
    return InputError(told)


def numbers_in(node: Node) -> tuple[tuple[float, ...], tuple[str, ...]]:
    """Return the numbers that are written in a node, and all its texts that hold a digit."""
    texts = tuple(one.text for _, one in walk(node) if isinstance(one, Scalar) and any(map(str.isdigit, one.text)))
    return tuple(number for text in texts for number in _readings(text)), texts


def _readings(text: str) -> set[float]:
    """Return the numbers that a text can be read as, in Danish or English."""
    bare = text.replace("\u00a0", "").replace(" ", "").replace("\u2212", "-").strip(".,")
    found = set()
    for one in (bare, bare.replace(".", "").replace(",", "."), bare.replace(",", "")):
        try:
            found.add(abs(float(one)))
        except ValueError:
            try:
                found.add(abs(decimal(one)))
            except ValueError:
                continue
    return found


def _quotes(number: float, secrets: Iterable[float]) -> bool:
    digits = max(len(f"{number:.12e}".partition("e")[0].replace(".", "").rstrip("0")), _FEWEST_DIGITS)
    return any(float(f"{one:.{digits - 1}e}") == number for one in secrets)
