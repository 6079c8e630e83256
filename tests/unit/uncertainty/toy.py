"""A scenario of a few lines, whose figures are known formulas."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from simulator.errors import InputError
from simulator.facts.spelling import did_you_mean
from simulator.uncertainty.levers import Lever

FloatArray = npt.NDArray[np.float64]
Formula = Callable[[Mapping[str, FloatArray]], FloatArray]


def lever(key: str, value: float | None, low: float | None, high: float | None, **others: str) -> Lever:
    """Return a value that can be moved; a share of the effects unless it is told otherwise."""
    said = {"unit": "share", "kind": "assumption", "source": "none-found", "reason": "", "stage": "effects", **others}
    return Lever(key=key, leaves=(key,), value=value, low=low, high=high, distribution=None, **said)  # type: ignore[arg-type]


@dataclass
class Toy:
    """Answers by formulas and counts how often it is asked."""

    levers: dict[str, Lever]
    formulas: Mapping[str, Formula]
    asked: list[int] = field(default_factory=list)

    def lever(self, key: str) -> Lever:
        """Return a value by its key."""
        if key not in self.levers:
            raise InputError.one(f"there is no value {key}{did_you_mean(key, self.levers)}", path=key)
        return self.levers[key]

    def figures(self, points: Mapping[str, FloatArray]) -> dict[str, FloatArray]:
        """Return all figures at points; shares that are none are refused."""
        count = len(next(iter(points.values()))) if points else 1
        self.asked.append(count)
        for key, numbers in points.items():
            if self.lever(key).unit == "share" and (np.min(numbers) < 0 or np.max(numbers) > 1):
                raise InputError.one("must lie between 0 and 1", path=key)
        values = {
            key: np.asarray(points.get(key, np.full(count, one.value)), dtype=float) for key, one in self.levers.items()
        }
        return {name: formula(values) + np.zeros(count) for name, formula in self.formulas.items()}


SCALE, KEPT, VALUE, TAKE_UP = (
    "effects.params.scale",
    "effects.params.relative_effect",
    "saldo.value",
    "attendance.take_up_scale",
)
MEETINGS = 11_450.0
WEEKS = 0.63


def published(*, kept: float = 0.0, scale: float = 0.25) -> Toy:
    """Return the chain of the published case: meetings x take-up x weeks x scale x what is lost x kroner a week."""
    levers = [
        lever(SCALE, scale, 0.1, 1.0, unit="factor", kind="calibrated", source="epidemic-note-2021"),
        lever(KEPT, kept, 0.0, 1.0, source="epidemic-note-2021"),
        lever(VALUE, 300_000.0, 250_000.0, 330_000.0, unit="kr per person-year", stage="money", source="beu-448"),
        lever(
            TAKE_UP, 0.873, 0.7, 1.1, unit="factor", stage="delivery", kind="calibrated", source="epidemic-note-2021"
        ),
        lever("saldo.idle", 0.5, 0.2, 0.7, stage="money"),
    ]

    def converted(at: Mapping[str, FloatArray]) -> FloatArray:
        return MEETINGS * np.minimum(at[TAKE_UP], 2.0)

    def saldo_kr(at: Mapping[str, FloatArray]) -> FloatArray:
        return -converted(at) * WEEKS * at[SCALE] * (1 - at[KEPT]) * at[VALUE] / 52.0

    return Toy(
        {one.key: one for one in levers},
        {"converted": converted, "employment_effect_kr": saldo_kr, "form_kr": saldo_kr, "net_kr": saldo_kr},
    )
