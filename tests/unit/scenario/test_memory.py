"""A scenario that is read again with what was found of its file is the one that is read from nothing."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from simulator.errors import InputError
from simulator.scenario import Scenario, read_scenario
from simulator.scenario.memory import MOST, Memory

ROOT = Path(__file__).parents[3]
CASE = ROOT / "scenarios" / "christmas-2021-bottom-up.yaml"
SETTINGS: tuple[tuple[str, ...], ...] = (
    (),
    ("effects.params.scale=0.5",),
    ("effects.params.scale=0.6", "effects.params.relative_effect=0.7"),
    ("effects.params.relative_effect=0.7", "effects.params.scale=0.6"),
    ("effects.params.relative_effect.jobsamtale=0.7", "effects.params.relative_effect=0.2"),
    ("saldo.concept=social",),
    ("saldo.concept=social", "saldo.concept=note", "saldo.concept=social"),
    ("saldo.concept=note", "saldo.concept=social", "saldo.concept=note"),
    ("proposal.attendance.rules=[]", "demand.scale=1.1"),
    ("proposal.demand.contact.half_yearly=3", "demand.scale=1.2"),
    ("attendance.law=false", "closures.carry_share=0.5"),
    ("effects.params.scale={value: 0.4, distribution: {name: uniform, low: 0.1, high: 0.9}}",),
    ("known_as_of=2022-06-01", "effects.params.scale=0.4"),
    ("known_as_of=2022-07-01",),
    ("places=[Odense]", "period.to=2022-02-01"),
    ("infection.worth.lost_share=0.1",),
)


def _all_of(scenario: Scenario) -> tuple[object, ...]:
    """Return all that a scenario holds."""
    arms = [(arm.name, arm.sections, arm.values.rows(), arm.values._unknown) for arm in scenario.arms]
    told = (scenario.sections, scenario.layers, scenario.path, scenario.series_folder, scenario.files)
    return (*told, arms, scenario._structure, scenario._options, scenario._shared, scenario.resolved_text())


def _read(sets: tuple[str, ...], memory: Memory | None = None, path: Path = CASE) -> tuple[object, ...] | InputError:
    try:
        return _all_of(read_scenario(path, sets, memory=memory))
    except InputError as wrong:
        return wrong


@pytest.mark.parametrize("order", [1, -1])
def test_it_is_the_one_that_is_read_from_nothing(order: int) -> None:
    memory = Memory()
    told = [(sets, _read(sets), _read(sets, memory)) for sets in SETTINGS[::order] * 2]
    assert sum(isinstance(known, tuple) for _, known, _ in told) >= 2 * len(SETTINGS) - 4
    for sets, known, found in told:
        assert str(found) == str(known) if isinstance(known, InputError) else found == known, sets
    assert memory.parts and len(memory.built) <= MOST


@pytest.mark.parametrize(
    "wrong",
    [
        ("effects.params.scale=much",),
        ("effects.params.scale=0.5", "saldo.concept=nothing"),
        ("no.such.key=1",),
        ("effects.params.scale=-1", "demand=3"),
        ("=",),
        ("facts=nowhere.yaml",),
    ],
)
def test_faults_are_the_same_and_are_not_remembered(wrong: tuple[str, ...]) -> None:
    memory = Memory()
    for _ in range(2):
        known, found = _read(wrong), _read(wrong, memory)
        assert isinstance(known, InputError) and isinstance(found, InputError) and found.faults == known.faults
        assert _read((), memory) == _read(())


def test_a_fault_of_the_file_is_told_each_time(tmp_path: Path) -> None:
    path, memory = tmp_path / "wrong.yaml", Memory()
    path.write_text("period: {from: 2021-12-19, to: 2022-01-16}\neffects: {params: {scale: 0.5, scael: 1}}\n")
    for _ in range(2):
        found = _read((), memory, path)
        assert isinstance(found, InputError) and "scael" in str(found)


def test_a_file_that_was_written_since_is_read_again(tmp_path: Path) -> None:
    below, path, memory = tmp_path / "below.yaml", tmp_path / "above.yaml", Memory()
    below.write_text("period: {from: 2021-12-19, to: 2022-01-16}\neffects: {params: {scale: 0.5}}\n")
    path.write_text("extends: below\n")
    scale = "effects.params.scale"
    assert read_scenario(path, memory=memory).baseline.values[scale] == 0.5
    below.write_text("period: {from: 2021-12-19, to: 2022-01-16}\neffects: {params: {scale: 0.7}}\n")
    os.utime(below, ns=(1, 1))
    assert read_scenario(path, memory=memory).baseline.values[scale] == 0.7


def test_what_one_facts_file_says_is_not_known_of_another(tmp_path: Path) -> None:
    memory, scale = Memory(), "effects.params.scale"
    for number in (0.5, 0.7):
        facts = tmp_path / f"facts-{number}.yaml"
        facts.write_text(
            f"effects: {{params: {{scale: {{value: {number}, unit: factor, low: 0, high: 2, kind: assumption, "
            "source: none-found, date: 2021-12-01, reason: tried}}}\n"
        )
        assert read_scenario(CASE, facts=facts, memory=memory).baseline.values[scale] == number
        assert read_scenario(CASE, memory=memory).baseline.values[scale] == 1.0
