"""A position is the settings of a command line: what a page may not set, and what it reads."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from simulator.errors import InputError
from simulator.scenario import read_scenario
from simulator.web.opened import Base, Options, base_of
from simulator.web.position import MOST_SETTINGS, Position, Reader, position_of, told_of

SCENARIO = Path("scenarios/christmas-2021.yaml")
VALUE = "saldo.value_per_person_year_kr"


@pytest.fixture(scope="module")
def base() -> Base:
    return base_of(SCENARIO, SCENARIO.as_posix())


def at(base: Base, *sets: tuple[str, str]) -> Position:
    return position_of({"base": base.id, "sets": [list(one) for one in sets]}, {base.id: base})


def test_a_position_reads_as_the_command_line_does(base: Base) -> None:
    position = at(base, (VALUE, "270000,0"), ("calendar.closure_weeks", "[2021-W51]"))
    told = read_scenario(SCENARIO, [f"{VALUE}=270000,0", "calendar.closure_weeks=[2021-W51]"])
    read = Reader()(position)
    assert read.baseline.values[VALUE] == told.baseline.values[VALUE] == 270_000
    assert read.sections.calendar.closure_weeks == told.sections.calendar.closure_weeks == ("2021-W51",)
    assert position.settings == (f"{VALUE}=270000,0", "calendar.closure_weeks=[2021-W51]")


def test_a_position_is_told_as_it_was_asked(base: Base) -> None:
    told = told_of(at(base, (VALUE, "1"), ("demand.scale", "0.9"), (VALUE, "2")))
    assert told == {"base": base.id, "sets": [["demand.scale", "0.9"], [VALUE, "2"]]}
    assert told_of(position_of(told, {base.id: base})) == told


def test_the_key_changes_with_settings_their_order_and_the_plan(base: Base) -> None:
    other = base_of(SCENARIO, SCENARIO.as_posix(), Options(seed=2))
    positions = [at(base), at(base, (VALUE, "1")), at(base, (VALUE, "2")), at(other)]
    positions += [at(base, (VALUE, "1"), ("demand.scale", "1")), at(base, ("demand.scale", "1"), (VALUE, "1"))]
    assert len({one.key for one in positions}) == len(positions)
    assert at(base).key == at(base).key


def test_the_plan_is_that_of_the_scenario_unless_told_otherwise(base: Base) -> None:
    scenario = Reader()(at(base))
    assert at(base).plan(scenario).replications == scenario.sections.run.replications
    told = base_of(SCENARIO, "x", Options(seed=5, replications=3))
    assert (at(told).plan(scenario).seed, at(told).plan(scenario).replications) == (5, 3)


@pytest.mark.parametrize(
    ("told", "message"),
    [
        (None, "a position is"),
        ([], "a position is"),
        ({"base": "x", "sets": 3}, "a position is"),
        ({"base": "elsewhere.yaml"}, "is not open"),
        ({"sets": []}, "is not open"),
        ({"base": "B", "sets": [["a"]]}, r"a setting is \[key, value\]"),
        ({"base": "B", "sets": [["a", 3]]}, r"a setting is \[key, value\]"),
        ({"base": "B", "sets": ["ab"]}, r"a setting is \[key, value\]"),
        ({"base": "B", "sets": [["a=b", "c"]]}, "no key"),
        ({"base": "B", "sets": [[" ", "c"]]}, "no key"),
        ({"base": "B", "sets": [["a", "x" * 20_001]]}, "longer than"),
        ({"base": "B", "sets": [["a", "1"]] * (MOST_SETTINGS + 1)}, "too many"),
        ({"base": "B", "sets": [["facts", "/etc/passwd"]]}, "names a file"),
        ({"base": "B", "sets": [["facts.file", "x"]]}, "names a file"),
        ({"base": "B", "sets": [["register", "x"]]}, "names a file"),
        ({"base": "B", "sets": [["extends", "x"]]}, "in a scenario file only"),
        ({"base": "B", "sets": [["infection.series", "x"]]}, "names a file"),
        ({"base": "B", "sets": [["proposal.infection.series", "x"]]}, "names a file"),
        ({"base": "B", "sets": [["infection", "{series: x}"]]}, "names a file"),
        ({"base": "B", "sets": [["baseline", "{infection: {series: x}}"]]}, "names a file"),
    ],
)
def test_what_is_no_position_is_refused(base: Base, told: Any, message: str) -> None:
    with pytest.raises(InputError, match=message):
        position_of(told, {"B": base})


def test_the_shipped_series_may_be_chosen(base: Base) -> None:
    assert at(base, ("infection.series", "ssi-weekly")).sets == (("infection.series", "ssi-weekly"),)


@pytest.mark.parametrize("path", [Path("scenarios"), Path("scenarios/none.yaml"), Path("README.md/x")])
def test_what_cannot_be_opened_is_refused(path: Path) -> None:
    with pytest.raises(InputError):
        base_of(path, "x")


def test_more_replications_than_can_be_kept_at_hand_are_refused(base: Base) -> None:
    many = at(base, ("run.replications", "10001"))
    with pytest.raises(InputError, match="10001 are too many for a page") as wrong:
        many.plan(Reader()(many))
    assert wrong.value.faults[0].path == "run.replications"
    most = at(base, ("run.replications", "10000"))
    assert most.plan(Reader()(most)).replications == 10_000
