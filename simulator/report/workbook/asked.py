"""What a second person is asked for: the control's chain as a list of cells to fill, each at the level it is known at.

A factor is asked for as broadly as it is one number: persons once a group, weeks once a type. Where the control has
several numbers at that level, it is asked for more narrowly, so that a chain filled with the control's own values gives
the control's own figure. Where the effect was calibrated to a published figure, only the product is identified, and one
product is asked for.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import prod

FORM, REVERSE, VOLUME = "form", "reverse", "volume"


@dataclass(frozen=True)
class Asked:
    """A cell that the second person fills.

    Attributes:
        number: Its number on the sheet, such as `K07`.
        factor: Name of the factor.
        type: Conversation type that it holds for; empty for all.
        group: Target group that it holds for; empty for all.
        unit: Unit.
        key: Key of the scenario that the control takes it from.
        ours: Its value in the control [unit]; None where the control does not get so far.
        given: Whether it is a figure of the model, which the analyst may give.
        signed: Whether it may lie below 0.
    """

    number: str
    factor: str
    type: str
    group: str
    unit: str
    key: str
    ours: float | None
    given: bool = False
    signed: bool = False

    @property
    def name(self) -> tuple[str, str, str]:
        """What tells it from the others."""
        return self.factor, self.type, self.group


@dataclass(frozen=True)
class Product:
    """A chain of one type and group, by the places of its factors in the list.

    Attributes:
        line: `form`, `reverse` or `volume`.
        type: Conversation type; empty for all.
        group: Target group; empty for all.
        conversations: Factors that multiply to conversations; none where the chain begins with weeks.
        weeks: Factors that these are multiplied by, to weeks of employment.
        kr: Factors that these are multiplied by, to kroner.
        per: Factor that kroner are divided by; None where there is none.
    """

    line: str
    type: str
    group: str
    conversations: tuple[int, ...]
    weeks: tuple[int, ...]
    kr: tuple[int, ...]
    per: int | None = None

    @property
    def sign(self) -> int:
        """What a conversation that becomes digital loses is a minus; weeks of volume carry their own sign."""
        return -1 if self.line == FORM else 1


@dataclass(frozen=True)
class Totals:
    """What a chain comes to.

    Attributes:
        converted: Conversations that become digital.
        weeks: Weeks of employment, minus is a loss.
        kr: Effect on the public balance [kr], minus is a loss.
    """

    converted: float
    weeks: float
    kr: float


@dataclass(frozen=True)
class Chain:
    """The cells that are asked for, and how they multiply.

    Attributes:
        run_id: The run.
        asked: The cells, in the order of the sheet.
        products: The chains of types and groups, which add up.
        control: Figures of the run's control.
        simulated: Simulated figures of the run; None where nothing was simulated.
        tolerated_share: Share by which two figures may part.
    """

    run_id: str
    asked: tuple[Asked, ...]
    products: tuple[Product, ...]
    control: Totals
    simulated: Totals | None
    tolerated_share: float

    @property
    def fingerprint(self) -> str:
        """Short print of the run and of what is asked; it tells one sheet from another and no value of either."""
        named = [self.run_id, *(" ".join((one.number, *one.name, one.unit)) for one in self.asked)]
        return hashlib.sha256("\n".join(named).encode()).hexdigest()[:12]

    def totals(self, values: Sequence[float]) -> Totals:
        """Return what the chain comes to.

        Args:
            values: A value for each cell that is asked for [its unit].
        """
        converted = weeks = kr = 0.0
        for one in self.products:
            count = prod(values[at] for at in one.conversations)
            of_work = one.sign * count * prod(values[at] for at in one.weeks)
            converted += count if one.line == FORM else 0.0
            weeks += of_work
            kr += of_work * prod(values[at] for at in one.kr) / (1.0 if one.per is None else values[one.per])
        return Totals(converted + 0.0, weeks + 0.0, kr + 0.0)


Scope = tuple[str, str]
"""Type and group; empty for all."""
ALIKE = 1e-6
"""Numbers that differ by less than this share are the same number."""


def wide(values: Mapping[Scope, float | None], levels: Sequence[str]) -> dict[Scope, Scope]:
    """Return how widely each value may be asked for: as widely as the values are one number.

    Args:
        values: The values by type and group; None where there is none, which agrees with any.
        levels: Levels to be tried, the widest first: `whole`, `type` or `group`.

    Returns:
        Type and group that a value is asked for, by type and group of the chain.
    """
    if not levels:
        return {pair: pair for pair in values}
    level, *narrower = levels
    buckets: dict[Scope, dict[Scope, float | None]] = {}
    for pair, value in values.items():
        scope = {"whole": ("", ""), "type": (pair[0], ""), "group": ("", pair[1])}[level]
        buckets.setdefault(scope, {})[pair] = value
    found: dict[Scope, Scope] = {}
    for scope, below in buckets.items():
        found |= dict.fromkeys(below, scope) if alike(below.values()) else wide(below, narrower)
    return found


def alike(values: Iterable[float | None]) -> bool:
    """Return whether values are one number; those that are None agree with any."""
    known = [one for one in values if one is not None]
    return not known or max(known) - min(known) <= ALIKE * max(map(abs, known))
