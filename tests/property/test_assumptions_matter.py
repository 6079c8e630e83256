"""Every number with a range that a run reads matters: moved to an end of its range it changes a table.

Each is tried in small places first, then in a city, where the rarest conversations occur too; where both ends of the
range are open the first that changes something is enough.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

from simulator import pipeline
from simulator.delivery import Replicated, Way, engine_of
from simulator.effects import employment_of, worth_of
from simulator.results.run import Run
from simulator.saldo import saldo
from simulator.scenario import Value, read_scenario
from tests.property.scenes import AEROE, CHRISTMAS, ODENSE, SAMSOE, SCENARIOS, only

SMALL, CITY = only(SAMSOE, AEROE), only(ODENSE)
VALUED = "saldo={caseworker_time_realised: full, no_shows_realised: full, travel_counted: true}"
SECTIONS = ("attendance", "closures", "control", "delivery", "demand", "effects", "saldo")
KINDS = ("assumption", "derived", "fact")

# key -> why it is read and changes no table
EXCEPTIONS: dict[str, str] = {}


@cache
def run(path: Path, engine: str, *sets: str) -> Run:
    """Return a run of one replication."""
    scenario = read_scenario(path, sets)
    return pipeline.simulate(scenario, pipeline.plan_of(scenario, 1, 1, engine))


def tables(path: Path, engine: str, *sets: str) -> dict[str, str]:
    """Return every table but that of the assumptions, as text."""
    found = run(path, engine, *sets).tables
    return {name: table.to_csv(index=False) for name, table in found.items() if name != "assumptions"}


@cache
def delivered(path: Path, *sets: str) -> tuple[object, ...]:
    """Return what is counted and valued in one replication, without the tables made of it: the quick look."""
    one = pipeline.run_once(pipeline.prepare(read_scenario(path, sets)), 1, 0)
    counts, kroner = one.counts, one.saldo
    cells = [(cell.code.tobytes(), cell.count.tobytes()) for cell in (counts.joint, *counts.arms)]
    told = kroner.kr.tobytes(), *kroner.beside_kr.values(), *kroner.concepts.values(), kroner.years
    return ((*cells, counts.office_minutes.tobytes()), *told)


@cache
def counted(path: Path) -> Replicated:
    """Return what is counted in one replication: numbers that only value it need no other."""
    ground = pipeline.prepare(read_scenario(path, (SMALL, VALUED))).ground
    return next(iter(engine_of("fast", ground, Way(1)).replications(range(1))))


@cache
def valued(path: Path, *sets: str) -> tuple[object, ...]:
    """Return what the counts of one replication are worth, and the sheets of a week and of the ladder."""
    setting = pipeline.setting_of(read_scenario(path, sets))
    effect = employment_of(counted(path), worth_of(setting.scenario, setting.span, None), setting.span)
    found = saldo(setting.valuation, effect, counted(path).joint, counted(path).worked_minutes)
    sheets = setting.valuation.week.accounts.tobytes(), setting.valuation.falling.tobytes()
    return (*sheets, found.kr.tobytes(), *found.beside_kr.values(), *found.concepts.values(), found.years)


def looks(path: Path, section: str) -> Iterator[Callable[..., object]]:
    """Yield ways to look at a run, the quick ones first."""
    if section in ("effects", "saldo"):
        yield lambda *sets: valued(path, SMALL, VALUED, *sets)
    yield lambda *sets: delivered(path, SMALL, VALUED, *sets)
    yield lambda *sets: tables(path, "control", SMALL, VALUED, *sets)
    yield lambda *sets: delivered(path, CITY, VALUED, *sets)


def ends(value: Value) -> list[float]:
    """Return the ends of a range that are not the number itself."""
    return [end for end in (value.low, value.high) if end is not None and end != value.value]


def ranged(path: Path, *sets: str) -> dict[str, Value]:
    """Return the values with a range that a run reads."""
    scenario = run(path, "reference", SMALL, VALUED, *sets).scenario
    rows = {row.key: row for arm in scenario.arms for row in arm.values.rows()}
    return {
        key: rows[key] for key in sorted(scenario.baseline.values.used) if ends(rows[key]) and rows[key].kind in KINDS
    }


def matters(path: Path, value: Value) -> bool:
    """Return whether some look sees a difference when the number moves."""
    ways = looks(path, value.key.split(".")[0])
    return any(look(f"{value.key}={end:.10g}") != look() for look in ways for end in ends(value))


def test_the_run_reads_numbers_of_every_section() -> None:
    found = ranged(CHRISTMAS)
    assert len(found) > 100
    assert {key.split(".")[0] for key in found} >= set(SECTIONS) - {"control"}


@pytest.mark.parametrize("section", SECTIONS)
def test_every_number_with_a_range_changes_a_table(section: str) -> None:
    found = [value for key, value in ranged(CHRISTMAS).items() if key.split(".")[0] == section]
    idle = [value.key for value in found if value.key not in EXCEPTIONS and not matters(CHRISTMAS, value)]
    assert not idle, f"read, and nothing hangs on them: {', '.join(idle)}"


def test_the_exceptions_are_needed() -> None:
    found = ranged(CHRISTMAS)
    assert not [key for key in EXCEPTIONS if matters(CHRISTMAS, found[key])]


SUSPENSION = SCENARIOS / "suspension-2020.yaml"
STATUTORY = "demand.contact_rule=statutory"


@pytest.mark.parametrize(
    ("path", "sets"),
    [(SUSPENSION, ("delivery.run_on_weeks.most=8",)), (CHRISTMAS, (STATUTORY,))],
    ids=["suspension", "statutory contact rule"],
)
def test_a_number_that_only_some_scenarios_read_changes_a_table_there(path: Path, sets: tuple[str, ...]) -> None:
    before = ranged(CHRISTMAS)
    found = [value for key, value in ranged(path, *sets).items() if key not in before]
    assert found
    for value in found:
        seen = [delivered(path, CITY, VALUED, *sets, f"{value.key}={end:.10g}") for end in ends(value)]
        assert any(outcome != delivered(path, CITY, VALUED, *sets) for outcome in seen), value.key


@pytest.mark.parametrize("section", ["effects", "saldo"])
def test_what_only_values_changes_no_count(section: str) -> None:
    keys = [value for key, value in ranged(CHRISTMAS).items() if key.split(".")[0] == section]
    for value in keys:
        moved = delivered(CHRISTMAS, SMALL, VALUED, f"{value.key}={ends(value)[0]:.10g}")
        assert moved[0] == delivered(CHRISTMAS, SMALL, VALUED)[0], value.key
