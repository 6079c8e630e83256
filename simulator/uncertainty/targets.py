"""The figures that can be asked for by name, and how they are told at the door: mio. kr. where they are kroner."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from simulator.errors import InputError
from simulator.facts.spelling import did_you_mean

FloatArray = npt.NDArray[np.float64]

MIO_KR = "mio. kr."
MIO = 1e-6
HEADLINE = {
    "saldo": "employment_effect_kr",
    "employment_effect": "employment_effect_kr",
    "form": "form_kr",
    "volume": "volume_kr",
    "caseworker_time": "caseworker_time_kr",
    "net": "net_kr",
}
"""Names of the headline, and the figure of a replication that each is."""
PER_CONVERSATION = "kr_per_converted_conversation"
SALDO = "employment_effect"


@dataclass(frozen=True)
class Aimed:
    """A figure to aim at.

    Attributes:
        name: Its name as it was asked for.
        column: Its name among the figures of a replication; the kroner of form where it is a figure a conversation.
        factor: From the figure to the unit in which it is told.
        unit: That unit.
    """

    name: str
    column: str
    factor: float
    unit: str

    def of(self, figures: Mapping[str, FloatArray]) -> FloatArray:
        """Return the figure in its unit, shape (point,); not a number where nothing changes form."""
        found = figures[self.column] * self.factor
        if self.name != PER_CONVERSATION:
            return found
        converted = figures["converted"]
        return np.divide(found, converted, out=np.full_like(found, np.nan), where=converted != 0)


def aimed(name: str, known: Collection[str], path: str = "--figure") -> Aimed:
    """Return a figure by its name in the headline or among the figures of a replication.

    Args:
        name: The name.
        known: Names of the figures of a replication.
        path: The option that gives it.

    Raises:
        InputError: There is no such figure.
    """
    if name == PER_CONVERSATION:
        return Aimed(name, "form_kr", -1.0, "kr.")
    column = HEADLINE.get(name, name)
    if column not in known:
        names = [*HEADLINE, PER_CONVERSATION, *known]
        offered = ", ".join([*HEADLINE, PER_CONVERSATION, "converted", "employment_weeks"])
        told = f"`{name}` is not a figure; allowed: {offered} and others of the run{did_you_mean(name, names)}"
        raise InputError.one(told, path=path)
    if column.endswith("_kr"):
        return Aimed(name, column, MIO, MIO_KR)
    units = {"weeks": "weeks", "hours": "hours"}
    unit = next((unit for ending, unit in units.items() if column.endswith(ending)), "conversations")
    return Aimed(name, column, 1.0, "weeks" if column == "weeks_off_benefit" else unit)
