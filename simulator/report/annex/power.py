"""The power of the trial by its size: the published formula beside simulated trials, and where the formula fails."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from simulator.report.annex.found import Found
from simulator.report.blocks import Block, Line, Table
from simulator.report.bound import Quantity, constant
from simulator.report.informed import aim_of, day_in, fails_in, named, number_in, reasons_of
from simulator.report.reading import Row

MOST_SIZES = 4
"""So many sizes have a column."""
IN_POINTS = ("share", "points", "percentage points", "percentage point")
CHECKS = ("type_1_error", "coverage")


def power(found: Found) -> Iterator[Block]:
    """Yield the table of power; nothing where the run has none."""
    rows = found.rows("trial_power")
    if not rows:
        return
    sizes = shown_sizes(rows)
    outcomes = list(dict.fromkeys(row["outcome"] for row in rows))
    at = {(row["outcome"], float(row["persons_per_arm"])): row for row in rows}
    lines = [Line(tuple(_cells(found, [at.get((one, size)) for size in sizes], one))) for one in outcomes]
    first = [next(row for row in rows if float(row["persons_per_arm"]) == size) for size in sizes]
    if any(row["answer_day"] for row in first):
        lines.append(Line((found.say("power.answer"), "", *(_day(found, row) for row in first)), "sub"))
    heads = tuple(
        found.say("power.size", persons=found.words.number(number_in(row, "persons_per_arm"))) for row in first
    )
    columns = (*found.words.find("information.power.columns"), *heads)
    caption = found.telling.numbered("table", found.say("power.caption"))
    numeric = (False, *(True for _ in columns[1:]))
    yield Table(caption, columns, tuple(lines), numeric, tuple(_notes(found, rows)), name="trial_power")


def shown_sizes(rows: Sequence[Row]) -> list[float]:
    """Return the sizes that have a column: the smallest, the largest, and others evenly between."""
    sizes = sorted({float(row["persons_per_arm"]) for row in rows})
    if len(sizes) <= MOST_SIZES:
        return sizes
    step = (len(sizes) - 1) / (MOST_SIZES - 1)
    return [sizes[round(at * step)] for at in range(MOST_SIZES)]


def _cells(found: Found, rows: Sequence[Row | None], outcome: str) -> Iterator[str]:
    yield named(found.words, "trial_outcomes", outcome)
    largest = next((row for row in reversed(rows) if row is not None), None)
    yield found.missing if largest is None else _effect(found, largest)
    for row in rows:
        yield found.missing if row is None else _both(found, row)


def _effect(found: Found, row: Row) -> str:
    value, unit = number_in(row, "effect"), row["effect_unit"]
    if value is None:
        return found.missing
    if unit in IN_POINTS:
        return found.say("power.points", number=found.words.number(value * 100 if unit == "share" else value, 1, True))
    if unit == "weeks":
        return found.say("power.weeks", number=found.words.number(value, 2, plus=True))
    return found.words.number(value, 3)


def _both(found: Found, row: Row) -> str:
    """Return the power by the formula and as simulated, with its standard error; a mark where the formula fails."""
    words = found.words
    closed, simulated = (_percent(found, number_in(row, name)) for name in ("closed_form_power", "simulated_power"))
    error = number_in(row, "simulated_std_error")
    if error is not None and row["simulated_power"]:
        simulated = found.say("with_error", number=simulated, error=words.number(error * 100))
    told = found.say("power.both", closed=closed, simulated=simulated)
    return found.say("power.fails", power=told) if fails_in(row) else told


def _percent(found: Found, share: float | None) -> str:
    return found.missing if share is None else found.words.number(share * 100)


def _day(found: Found, row: Row) -> str:
    day = day_in(row, "answer_day")
    return found.missing if day is None else found.words.day(day)


def _notes(found: Found, rows: Sequence[Row]) -> Iterator[str]:
    aim = aim_of(found.telling.run)
    aim = aim if isinstance(aim, Quantity) else constant(aim)
    sentences = [found.say("power.remark", aim=found.words.share(aim))]
    if any(map(fails_in, rows)):
        reasons = reasons_of(found.words, [row for row in rows if fails_in(row)])
        key = "where_not" if reasons else "where_not_plain"
        sentences.append(found.say(f"power.{key}", reasons=reasons))
    sentences += _checks(found, rows[0]["outcome"])
    yield " ".join(sentences)


def _checks(found: Found, outcome: str) -> Iterator[str]:
    """Yield how often the analysis is wrong where there is no effect, and how often its intervals hold the truth."""
    for row in found.rows("trial_checks"):
        if row["outcome"] == outcome and row["check"] in CHECKS:
            told = {name: number_in(row, name) for name in ("share", "std_error", "expected")}
            numbers = {name: _tenths(found, value) for name, value in told.items()}
            yield found.say(f"power.checks.{row['check']}", **numbers)


def _tenths(found: Found, share: float | None) -> str:
    if share is None:
        return found.missing
    return found.words.number(share * 100, 0 if round(share * 100, 6).is_integer() else 1)
