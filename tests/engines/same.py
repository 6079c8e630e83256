"""Asks both engines for the same replications of a world, and says in words where they part.

The logs of attempts must be equal row for row, all counts to the last whole number and the figures to the last bit.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from simulator.calendars import OFFICE_KINDS
from simulator.delivery import ATTEMPT, Counts, Log, Replicated, Way, engine_of
from simulator.delivery.cells import Cells
from simulator.delivery.rules import CALLED_OFF, CAME, MISSED, PUT_OFF
from simulator.effects import employment_of
from simulator.facts.read import words
from simulator.pipeline import World
from simulator.results.tally import figures_of
from simulator.saldo import saldo

ENGINES = ("reference", "fast")
TURNOUTS = {MISSED: "did not come", CAME: "came", CALLED_OFF: "called off", PUT_OFF: "put off"}
MOST_ROWS = 3
"""Rows that are written out where logs differ."""
TABLES = ("office_minutes", "offered_minutes", "office_waits", "census", "last_days", "met")


@dataclass(frozen=True)
class Told:
    """What an engine tells about some replications.

    Attributes:
        each: What it keeps of each of them.
        sums: The sums after each of them.
    """

    each: list[Replicated]
    sums: list[Counts]


def told_by(engine: str, world: World, way: Way, numbers: range) -> Told:
    """Return what an engine tells about some replications of a world."""
    made, each, sums = engine_of(engine, world.ground, way), [], []
    for found in made.replications(numbers):
        each.append(found)
        sums.append(made.counts())
    return Told(each, sums)


def differences(world: World, one: Told, other: Told) -> list[str]:
    """Return in words where two engines part, each with its name before what it says; the reference stands first."""
    found = [] if len(one.each) == len(other.each) else [f"{len(one.each)} and {len(other.each)} replications"]
    for number, pair in enumerate(zip(one.each, other.each, strict=False)):
        found += [f"replication {number}: {line}" for line in _parts_of_one(world, *pair)]
    for number, sums in enumerate(zip(one.sums, other.sums, strict=False)):
        found += [f"sums to replication {number}: {line}" for line in _parts_of_sums(*sums)]
    return found


def assert_same(world: World, numbers: range = range(1), seed: int = 1) -> None:
    """Run both engines, with a log and as in a run without one, and state that they tell the same.

    Args:
        world: A world that was prepared.
        numbers: Replications.
        seed: Seed of the run.
    """
    readable = told_by("reference", world, Way(seed, log=True), numbers)
    found = differences(world, readable, told_by("fast", world, Way(seed, log=True), numbers))
    # Without a log the fast engine takes several replications at a time, and threads share out the municipalities.
    quick = told_by("fast", world, Way(seed, jobs=2), numbers)
    for number, pair in enumerate(zip(readable.each, quick.each, strict=True)):
        found += [f"without a log, replication {number}: {line}" for line in _parts_of_one(world, *pair, log=False)]
    found += [f"without a log, sums: {line}" for line in _parts_of_sums(readable.sums[-1], quick.sums[-1])]
    assert not found, "\n".join(["the engines differ:", *found])


def _parts_of_one(world: World, one: Replicated, other: Replicated, *, log: bool = True) -> Iterator[str]:
    """Yield where two engines part in one replication."""
    if log:
        assert one.log is not None and other.log is not None, "a comparison needs logs"
        yield from _rows_that_differ(world, one.log, other.log)
    yield from _cells_that_differ("joint table", one.joint, other.joint)
    for what in ("histories", "exits"):
        pair = getattr(one, what), getattr(other, what)
        if None not in pair:
            yield from _cells_that_differ(what, *pair)
        elif pair != (None, None):
            yield f"{what}: told by one engine alone"
    yield from _numbers_that_differ("worked_minutes", one.worked_minutes, other.worked_minutes)
    figures = [_figures(world, found) for found in (one, other)]
    yield from (
        f"{name}: {figures[0][name]!r} and {figures[1][name]!r}"
        for name in figures[0]
        if figures[0][name] != figures[1][name]
    )


def _figures(world: World, found: Replicated) -> dict[str, float]:
    """Return the figures of a replication: employment, kroner, hours."""
    effect = employment_of(found, world.worth, world.span)
    return figures_of(effect, saldo(world.setting.valuation, effect, found.joint, found.worked_minutes))


def _parts_of_sums(one: Counts, other: Counts) -> Iterator[str]:
    """Yield where the sums of two engines part."""
    if one.replications != other.replications:
        yield f"{one.replications} and {other.replications} replications"
    yield from _cells_that_differ("joint table", one.joint, other.joint)
    for arm, pair in enumerate(zip(one.arms, other.arms, strict=True)):
        yield from _cells_that_differ(f"table of arm {arm}", *pair)
    yield from _cells_that_differ("table of reasons", one.basis, other.basis)
    for name in TABLES:
        yield from _numbers_that_differ(name, getattr(one, name), getattr(other, name))


def _cells_that_differ(what: str, one: Cells, other: Cells) -> Iterator[str]:
    """Yield the first cell in which two tables part, or in what else they do."""
    if (one.axes, one.shape, one.replications) != (other.axes, other.shape, other.replications):
        yield f"{what}: axes {one.axes} and {other.axes}, shapes {one.shape} and {other.shape}, or replications"
        return
    if np.array_equal(one.code, other.code) and np.array_equal(one.total, other.total):
        return
    counts = [dict(zip(cells.code.tolist(), cells.total.tolist(), strict=True)) for cells in (one, other)]
    apart = [code for code in sorted({*counts[0], *counts[1]}) if counts[0].get(code) != counts[1].get(code)]
    if not apart:
        yield f"{what}: the same cells in another order, or some twice"
        return
    where = dict(zip(one.axes, (int(at) for at in np.unravel_index(apart[0], one.shape)), strict=True))
    yield (
        f"{what}: {len(apart)} cells differ; the first, {where}, is "
        f"{counts[0].get(apart[0], 0)} and {counts[1].get(apart[0], 0)}"
    )


def _numbers_that_differ(what: str, one: npt.NDArray[np.generic], other: npt.NDArray[np.generic]) -> Iterator[str]:
    """Yield the first place in which two arrays part."""
    if one.shape != other.shape:
        yield f"{what}: shapes {one.shape} and {other.shape}"
    elif not np.array_equal(one, other):
        at = tuple(int(index) for index in np.argwhere(one != other)[0])
        yield f"{what}: {int((one != other).sum())} numbers differ; the first, at {at}, is {one[at]} and {other[at]}"


def _rows_that_differ(world: World, one: Log, other: Log) -> Iterator[str]:
    """Yield the first rows in which two logs part."""
    if len(one) != len(other):
        yield f"log: {len(one)} and {len(other)} rows"
    shared = min(len(one), len(other))
    apart = np.nonzero(one[:shared] != other[:shared])[0].tolist()
    if not apart and len(one) != len(other):
        apart = [shared]
    for row in apart[:MOST_ROWS]:
        told = [told_row(world, log[row]) if row < len(log) else "nothing more" for log in (one, other)]
        yield f"log, row {row}: {ENGINES[0]} says {told[0]}; {ENGINES[1]} says {told[1]}"
    if len(apart) > MOST_ROWS:
        yield f"log: {len(apart)} rows differ"


def told_row(world: World, row: np.void) -> str:
    """Return a row of the log in words."""
    at = {name: int(row[name]) for name in ATTEMPT.names or ()}
    types, groups, forms = (list(words()[name]) for name in ("types", "groups", "forms"))
    arm = world.scenario.arms[at["arm"]].name
    office = f"{OFFICE_KINDS[at['office_kind']]} of {world.places[at['place']]}"
    day = f"day {at['day']}, {world.span.date_of(at['day'])}"
    who = f"{groups[at['group']]} {at['person']}"
    came = TURNOUTS[at["came"]]
    return (
        f"[{arm}, {office}, {day}: {who}, {types[at['type']]} {at['number']}, attempt {at['attempt']}, "
        f"{forms[at['form']]}, {came}]"
    )
