"""Made-up tables of what drives an estimate: drivers, the values at which it turns, and a grid of two of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.unit.report.shapes import Shape

Row = dict[str, Any]

FAMILIES: tuple[tuple[str, str, int, tuple[float | None, float | None, float | None], float, float], ...] = (
    ("effects.params.relative_effect", "share", 10, (0.0, 0.0, 1.0), 1.0, 0.0),
    ("effects.params.scale", "factor", 1, (0.2556, 0.3, 1.3), 1.17, 5.09),
    ("demand.contact.observed", "per year", 24, (None, None, None), 0.8, 1.25),
    ("attendance.take_up", "share", 9, (None, 0.25, 0.6), 0.7, 1.34),
    ("attendance.take_up_scale", "factor", 1, (0.873, 0.7, 1.1), 0.8, 1.26),
    ("closures.carry_share", "share", 1, (0.0, 0.0, 1.0), 1.0, 1.96),
    ("saldo.value_per_person_year_kr", "kr per person-year", 1, (300_000.0, 250_000.0, 330_000.0), 0.83, 1.1),
    ("demand.weekly_exit_hazard", "per week", 40, (None, None, None), 0.93, 1.06),
    ("attendance.exception_share", "share", 5, (0.22, 0.18, 0.3), 1.05, 0.9),
    ("delivery.no_show", "share", 12, (None, 0.05, 0.16), 1.02, 0.98),
    ("delivery.utilisation", "share", 1, (0.85, 0.7, 0.95), 1.0, 1.0),
)
"""Key, unit, how many values, today's value with its range, and the effect at both ends as a share of today's."""

VALUED = ("effects.", "saldo.")


def drivers(shape: Shape) -> list[Row]:
    """Return what each family of values does to the estimate, the largest first."""
    today = shape.effect_kr / 1e6
    rows = [
        {
            "key": key,
            "values": count,
            "unit": unit,
            "value": _cell(value),
            "low": _cell(low),
            "high": _cell(high),
            "kind": "assumption",
            "how": "valued" if key.startswith(VALUED) else "closed form",
            "low_figure_mio_kr": today * at_low,
            "high_figure_mio_kr": today * at_high,
            "swing_mio_kr": abs(today * (at_high - at_low)),
            "source": "none-found",
        }
        for key, unit, count, (value, low, high), at_low, at_high in FAMILIES
    ]
    ordered = sorted(rows, key=lambda row: -float(str(row["swing_mio_kr"])))
    return [{"order": number, **row} for number, row in enumerate(ordered, 1)]


def _cell(value: float | None) -> float | str:
    return "" if value is None else value


def turns(shape: Shape) -> list[Row]:
    """Return where each value alone gives nothing, half and twice the estimate: all of them are factors or losses."""
    found: list[Row] = []
    for row in drivers(shape):
        if row["value"] == "" or row["key"] in ("delivery.utilisation", "attendance.exception_share"):
            continue
        for goal, part in (("zero", 0.0), ("half", 0.5), ("double", 2.0)):
            at = _turn(row, part)
            inside = at is not None and float(row["low"]) <= at <= float(row["high"])
            found.append(
                {
                    "order": row["order"],
                    **{name: row[name] for name in ("key", "unit", "value", "low", "high", "how")},
                    "goal": goal,
                    "kind": "at" if at is not None else "not possible",
                    "at": _cell(at),
                    "inside": int(inside),
                }
            )
    return found


def _turn(row: Row, part: float) -> float | None:
    if row["key"].endswith("relative_effect"):
        return None if part > 1 else 1.0 - part
    if row["key"].startswith("closures"):
        return 1.04 if part > 1 else None
    return float(row["value"]) * part


def two_way(shape: Shape) -> Iterator[Row]:
    """Yield the estimate over a grid of the share kept and the worth of a person-year."""
    today = shape.effect_kr / 1e6
    for high in (250_000.0 + 80_000.0 * step / 6 for step in range(7)):
        for wide in (step / 6 for step in range(7)):
            yield {
                "key_across": "effects.params.relative_effect",
                "value_across": wide,
                "unit_across": "share",
                "key_up": "saldo.value_per_person_year_kr",
                "value_up": high,
                "unit_up": "kr per person-year",
                "mio_kr": today * (1 - wide) * high / 300_000,
            }
