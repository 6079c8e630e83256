"""A calibration as a table, as sentences and as data: the implied values, or the ridge where nothing is identified."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from simulator.uncertainty.calibrate import Calibration, Implied, Target
from simulator.uncertainty.ridge import Factor, Ridge
from simulator.uncertainty.wording import Wording, table_text

TIMES = " × "
MOST_LINES = 13


def content_of(found: Calibration, ridge: Ridge | None) -> dict[str, Any]:
    """Return a calibration as plain data; kroner in mio. kr., all else in its unit."""
    return {
        "identified": found.identified,
        "rank": found.rank,
        "targets": [
            _target_content(target, reached) for target, reached in zip(found.task.targets, found.reached, strict=True)
        ],
        "values": [_implied_content(implied) for implied in found.implied],
        "interval": found.interval,
        "ridge": None if ridge is None else _ridge_content(found, ridge),
    }


def _target_content(target: Target, reached: float) -> dict[str, Any]:
    return {
        "figure": target.figure.name,
        "unit": target.figure.unit,
        "aim": target.aim,
        "within": target.within,
        "reached": float(reached),
    }


def _implied_content(implied: Implied) -> dict[str, Any]:
    lever = implied.lever
    return {
        "key": lever.key,
        "unit": lever.unit,
        "before": lever.value,
        "value": implied.value,
        "low": implied.low,
        "high": implied.high,
        "range_low": lever.low,
        "range_high": lever.high,
        "inside_range": implied.inside,
        "identified": implied.identified,
    }


def _ridge_content(found: Calibration, ridge: Ridge) -> dict[str, Any]:
    return {
        "free": found.implied[ridge.free].lever.key,
        "keys": found.task.keys,
        "points": ridge.points.tolist(),
        "formula": formula(ridge.factors, ridge.fixed) if ridge.fixed is not None else None,
        "product": ridge.fixed,
        "factors": [{"key": factor.key, "zero": factor.zero, "rising": factor.rising} for factor in ridge.factors],
    }


def formula(factors: Sequence[Factor], fixed: float, words: Wording | None = None) -> str:
    """Return a product as it is written: scale × (1 − relative_effect) = 0.2556."""

    def told(number: float) -> str:
        return f"{number:.4g}" if words is None else words.digits(number)

    parts = []
    for factor in factors:
        if factor.zero == 0:
            parts.append(factor.key if factor.rising else f"(−{factor.key})")
        elif factor.rising:
            sign, size = ("−", factor.zero) if factor.zero > 0 else ("+", -factor.zero)
            parts.append(f"({factor.key} {sign} {told(size)})")
        else:
            parts.append(f"({told(factor.zero)} − {factor.key})")
    return f"{TIMES.join(parts)} = {told(fixed)}"


def plain(found: Calibration, ridge: Ridge | None, words: Wording) -> str:
    """Return a calibration in words."""
    lines = [words.sentence("calibrate.title", targets=targets_told(found, words)), ""]
    if found.identified:
        lines += [_values(found, words), "", words.text(f"calibrate.{found.interval}")]
        return "\n".join([*lines, *_reached(found, words)])
    loose = [implied for implied in found.implied if not implied.identified]
    rank = found.rank - (len(found.implied) - len(loose))
    lines.append(words.text("calibrate.not_identified", values=len(loose), rank=rank))
    assert ridge is not None
    if ridge.fixed is not None:
        lines.append(words.text("calibrate.formula", formula=formula(ridge.factors, ridge.fixed, words)))
    free = words.lever_name(found.implied[ridge.free].lever.key)
    lines += ["", _ridge_table(found, ridge, words), "", words.text("calibrate.free", lever=free)]
    fixed = [implied for implied in found.implied if implied.identified]
    if fixed:
        lines += ["", _values(found, words, fixed)]
    return "\n".join([*lines, *_reached(found, words)])


def targets_told(found: Calibration, words: Wording) -> str:
    """Return the targets in words."""
    told = []
    for target in found.task.targets:
        given = {"figure": words.figure(target.figure.name), "aim": words.digits(target.aim, 6)}
        given["unit"] = words.figure_unit(target.figure.unit)
        if target.within is None:
            told.append(words.text("calibrate.target", **given))
        else:
            told.append(words.text("calibrate.target_within", within=words.digits(target.within), **given))
    return words.listed(told)


def _values(found: Calibration, words: Wording, chosen: Sequence[Implied] | None = None) -> str:
    shown = found.implied if chosen is None else chosen
    names = ["lever", "today", "implied", "low", "high", "span"]
    ranged = found.interval != "exact" and chosen is None
    if not ranged:
        names = [name for name in names if name not in ("low", "high")]
    lines = [[*(words.text(f"calibrate.heads.{name}") for name in names), ""]]
    for implied in shown:
        lever = implied.lever
        cells = {
            "lever": words.lever_name(lever.key),
            "today": words.told(lever.value, lever.unit),
            "implied": words.told(implied.value, lever.unit),
            "low": "" if implied.low is None else words.told(implied.low, lever.unit),
            "high": "" if implied.high is None else words.told(implied.high, lever.unit),
            "span": words.span(lever.low, lever.high, lever.unit),
        }
        lines.append([*(cells[name] for name in names), _place(implied, words)])
    return table_text(lines, left=(0, len(names)))


def _place(implied: Implied, words: Wording) -> str:
    if implied.lever.low is None:
        return words.text("calibrate.unranged")
    return words.text("calibrate.inside" if implied.inside else "calibrate.outside")


def _ridge_table(found: Calibration, ridge: Ridge, words: Wording) -> str:
    levers = [implied.lever for implied in found.implied]
    loose = [place for place, implied in enumerate(found.implied) if not implied.identified]
    order = [ridge.free, *(place for place in loose if place != ridge.free)]
    lines = [[*(words.lever_name(levers[place].key) for place in order), ""]]
    from simulator.uncertainty.breakeven import in_range

    for point in ridge.points[:MOST_LINES]:
        inside = all(in_range(levers[place], point[place]) for place in order if levers[place].low is not None)
        mark = words.text("calibrate.inside" if inside else "calibrate.outside")
        lines.append([*(words.told(float(point[place]), levers[place].unit) for place in order), mark])
    return table_text(lines, left=(len(order),))


def _reached(found: Calibration, words: Wording) -> Iterator[str]:
    for target, reached in zip(found.task.targets, found.reached.tolist(), strict=True):
        yield words.text(
            "calibrate.reached",
            figure=words.figure(target.figure.name),
            found=words.digits(reached, 6),
            aim=words.digits(target.aim, 6),
            away=words.digits(reached - target.aim, 2, plus=True),
            unit=words.figure_unit(target.figure.unit),
        )
