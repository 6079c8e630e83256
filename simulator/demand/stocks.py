"""Stocks: how many persons of a group each municipality has, and how many come in on each day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import numpy as np
import numpy.typing as npt

from simulator.calendars.span import MID_MONTH, Span
from simulator.errors import InputError
from simulator.facts.read import number, table, words
from simulator.scenario import Arm, Scenario

MILLION = 1_000_000


@dataclass(frozen=True)
class Path:
    """National level of a group over the days of a span.

    Attributes:
        level: Persons or full-time persons on each day, shape (day,).
        held_from: Date from which the level is carried on unchanged for want of figures; None if never.
        fact: Name of the fact it comes from.
    """

    level: npt.NDArray[np.float64]
    held_from: date | None
    fact: str


def national_path(scenario: Scenario, arm: Arm, group: str, span: Span) -> Path:
    """Return the national level of a group for each day of the span.

    Raises:
        InputError: The facts do not cover the period, and `facts.extrapolate` is off.
    """
    stock = words()["groups"][group]["stock"]
    scale = arm.values["demand.scale"]
    if "value" in stock:
        covered = (date.fromisoformat(str(stock["from"])), date.fromisoformat(str(stock["to"])))
        _require_cover(scenario, span, stock["value"], covered)
        level = np.full(span.days, arm.values[stock["value"]] * scale)
        return Path(level, None, stock["value"])
    series = arm.sections.demand.stock_series
    column = _column(stock["series"], series)
    points, covered = _months(column, scenario.sections.known_as_of)
    fact = f"stocks_monthly.csv, {column}"
    if scenario.sections.known_as_of is None:
        _require_cover(scenario, span, fact, covered)
    days = [ordinal - span.first for ordinal, _ in points]
    level = np.interp(np.arange(span.days), days, [number for _, number in points])
    if series == "constant":
        level = np.full(span.days, level[span.period_from])
    last = date.fromordinal(points[-1][0])
    held = last if span.date_of(span.period_to) > covered[1] else None
    return Path(level * scale * arm.values[f"demand.stock_scale.{group}"], held, fact)


def _column(stem: str, series: str) -> str:
    """Return the column of stocks_monthly.csv of a series; `constant` is one day of the adjusted one."""
    return f"{stem}_{'unadjusted' if series == 'unadjusted' else 'adjusted'}"


@cache
def _months(column: str, known_as_of: date | None) -> tuple[tuple[tuple[int, float], ...], tuple[date, date]]:
    """Return (ordinal of mid-month, level) and the days covered, of the months known on a day."""
    rows = [
        row
        for row in table("stocks_monthly")
        if row[column] and (known_as_of is None or date.fromisoformat(str(row["published"])) <= known_as_of)
    ]
    if not rows:
        raise InputError.one(f"no month of stocks_monthly.csv, {column}, was known on {known_as_of}", "facts")
    mid = [date.fromisoformat(f"{row['month']}-{MID_MONTH}") for row in rows]
    after_last = (mid[-1].replace(day=1) + timedelta(days=32)).replace(day=1)
    covered = (mid[0].replace(day=1), after_last - timedelta(days=1))
    return tuple((day.toordinal(), number(row[column])) for day, row in zip(mid, rows, strict=True)), covered


def _require_cover(scenario: Scenario, span: Span, fact: str, covered: tuple[date, date]) -> None:
    start, end = span.date_of(span.period_from), span.date_of(span.period_to)
    if scenario.sections.facts.extrapolate or (covered[0] <= start and end <= covered[1]):
        return
    raise InputError.one(
        f"{fact} covers {covered[0]} to {covered[1]}, the period is {start} to {end}; choose another period, "
        "lay your own figures over the facts, or set facts.extrapolate: true",
        scenario.path,
        "period",
    )


def extrapolated(scenario: Scenario, span: Span) -> list[str]:
    """Return the facts that are used outside the days they cover."""
    start, end = span.date_of(span.period_from), span.date_of(span.period_to)
    found = []
    for group in words()["groups"]:
        stock = words()["groups"][group]["stock"]
        if "value" in stock:
            covered = (date.fromisoformat(str(stock["from"])), date.fromisoformat(str(stock["to"])))
        else:
            column = _column(stock["series"], scenario.baseline.sections.demand.stock_series)
            covered = _months(column, scenario.sections.known_as_of)[1]
        if start < covered[0] or end > covered[1]:
            found.append(stock.get("value") or f"stocks_monthly.csv, {stock['series']}")
    return found


@cache
def weights(group: str, ordinal: int) -> tuple[tuple[str, float], ...]:
    """Return (municipality code, weight) of a group; a suppressed cell takes the share of its population.

    Source:
        facts/municipalities.csv; which column when, facts/words.yaml.
    """
    rows = table("municipalities")
    use = words()["groups"][group]["weights"]
    day = date.fromordinal(ordinal)
    dated = [weight for weight in use if date.fromisoformat(str(weight["from"])) <= day]
    column = (dated or use)[-1 if dated else 0]
    share = column["column"]
    filled = [row for row in rows if row[share] is not None]
    per_head = sum(number(row[share]) for row in filled) / sum(number(row["population_2021_12"]) for row in filled)
    found = []
    for row in rows:
        own = per_head * number(row["population_2021_12"]) if row[share] is None else number(row[share])
        less = number(row[column["less"]]) if "less" in column else 0.0
        found.append((str(row["municipality_code"]), max(own - less, 0.0)))
    return tuple(found)


def spread(total: int, shares: list[float]) -> list[int]:
    """Return whole numbers that sum to `total` and follow `shares`, by largest remainder (ties: first)."""
    whole = sum(shares)
    exact = [total * share / whole for share in shares]
    floors = [int(number) for number in exact]
    order = sorted(range(len(shares)), key=lambda index: (floors[index] - exact[index], index))
    for index in order[: total - sum(floors)]:
        floors[index] += 1
    return floors


@dataclass(frozen=True)
class Inflow:
    """Persons of one group in all municipalities.

    Attributes:
        codes: Municipality codes, all of the country.
        stock: Persons on day 0, by municipality.
        entering: Persons who come in, shape (municipality, day); 0 on day 0.
    """

    codes: tuple[str, ...]
    stock: list[int]
    entering: npt.NDArray[np.int64]


def closed_from(arm: Arm, group: str, span: Span) -> int:
    """Return the day from which nobody new enters a group; the number of days where it stays open."""
    days = [
        closed.from_.toordinal() - span.first if closed.from_ else 0
        for closed in arm.sections.demand.closed_groups
        if group in closed.groups
    ]
    return min((max(day, 0) for day in days), default=span.days)


def place_stocks(path: Path, group: str, mean_spell_days: float, span: Span, closed: int | None = None) -> Inflow:
    """Return the stock on day 0 and the inflow of each day and municipality, in whole persons; none from `closed` on.

    Inflow = level / mean spell + change of the level, the same in both arms, never from simulated exits. Each
    municipality adds up its share and takes the whole persons as they fill, from a start of its own.
    """
    by_place = weights(group, span.first + span.period_from)
    shares = [weight for _, weight in by_place]
    stock = spread(round(float(path.level[0])), shares)
    daily = path.level / mean_spell_days
    daily[1:] += np.diff(path.level)
    daily[0] = 0.0
    if closed is not None:
        daily[closed:] = 0.0
    running = np.cumsum(np.rint(np.maximum(daily, 0.0) * MILLION).astype(np.int64))
    parts = np.array([round(share / sum(shares) * MILLION * MILLION) for share in shares], dtype=np.int64)
    start = np.array([int(code) * 618_034 % MILLION for code, _ in by_place], dtype=np.int64)
    whole = (_share_of(running[None, :], parts[:, None]) + start[:, None]) // MILLION
    entering = np.diff(whole, axis=1, prepend=whole[:, :1])
    return Inflow(tuple(code for code, _ in by_place), stock, entering)


def _share_of(numbers: npt.NDArray[np.int64], parts: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Return numbers x parts // (million x million), exactly: the products themselves have no room in 64 bits."""
    (high, low), (million, one) = np.divmod(numbers, MILLION), np.divmod(parts, MILLION)
    shared: npt.NDArray[np.int64] = high * million + (low * million + high * one + low * one // MILLION) // MILLION
    return shared
