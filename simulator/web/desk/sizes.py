"""Sizes: settings by which a figure becomes too large to be written are wrong input, and no fault of the program."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import InvalidOperation

import numpy as np

from simulator.errors import InputError


@contextmanager
def of_a_size() -> Iterator[None]:
    """Work out and write figures.

    Raises:
        InputError: One of them is too large.
    """
    try:
        with np.errstate(over="raise", invalid="raise"):
            yield
    except (OverflowError, FloatingPointError, InvalidOperation) as wrong:
        message = "make a figure so large that it cannot be written; allowed: smaller numbers"
        raise InputError.one(message, path="sets") from wrong
