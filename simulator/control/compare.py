"""Control against simulation: how far apart they are, and why.

No part is fitted; what is left is called unexplained.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from simulator.control.chain import Sums
from simulator.control.figures import Pair


@dataclass(frozen=True)
class Simulated:
    """Mean counts of one type in the proposal inside the period, and its converted conversations."""

    due: float
    waiting_start: float
    waiting_end: float
    lapsed: float
    cancelled: float
    converted: float


@dataclass(frozen=True)
class Comparison:
    """The difference simulation less control in converted conversations.

    Attributes:
        parts: Named parts: `due` (who fell due), `queue` (waiting before and after), `lapsed` (left while waiting),
            `cancelled` (beyond the control's own tries).
        unexplained: What is left.
        unexplained_share: Its size as a share of the control; None where the control is 0.
        tolerated_share: Unexplained share above which a document is a draft.
        kr_parts: What of the simulation's kroner the control cannot foresee under the effect model, by name [kr]:
            `delay` (held after the day planned), `feedback` (raised hazards that overlap, and what follows from exits).
    """

    parts: dict[str, float]
    unexplained: float
    unexplained_share: float | None
    tolerated_share: float
    kr_parts: Mapping[str, float] = field(default_factory=dict)

    @property
    def draft(self) -> bool:
        """Whether documents must call themselves a draft."""
        return self.unexplained_share is not None and self.unexplained_share > self.tolerated_share


def compare(
    found: Mapping[Pair, Sums],
    simulated: Mapping[str, Simulated],
    tolerated_share: float,
    kr_parts: Mapping[str, float] | None = None,
) -> Comparison:
    """Take the difference apart, type by type: each part is a count times the control's share that changes form.

    The share is of what the control holds in the period: what a suspension makes wait is no part of it.

    Args:
        found: The control's sums by type and group.
        simulated: Mean counts by type.
        tolerated_share: Unexplained share above which a document is a draft [0-1].
        kr_parts: What of the simulation's kroner the control cannot foresee, by name [kr].
    """
    parts = dict.fromkeys(("due", "queue", "lapsed", "cancelled"), 0.0)
    control = difference = 0.0
    for type_name, mean in simulated.items():
        own = [sums for (name, _), sums in found.items() if name == type_name]
        due, converted = sum(sums.due for sums in own), sum(sums.converted for sums in own)
        delayed = sum(sums.delayed for sums in own)
        share = converted / (due - delayed) if due > delayed else 0.0
        given_up = sum(sums.due - sums.held for sums in own)
        parts["due"] += share * (mean.due - due)
        parts["queue"] += share * (mean.waiting_start - mean.waiting_end + delayed)
        parts["lapsed"] -= share * mean.lapsed
        parts["cancelled"] -= share * (mean.cancelled - given_up)
        control += converted
        difference += mean.converted - converted
    unexplained = difference - sum(parts.values())
    unexplained_share = abs(unexplained) / control if control else None
    return Comparison(parts, unexplained, unexplained_share, tolerated_share, kr_parts or {})
