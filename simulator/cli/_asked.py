"""What several verbs are given: a scenario, how to run it, numbers and files. All is refused before any work."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulator.errors import InputError

if TYPE_CHECKING:
    from simulator.plan import Plan
    from simulator.scenario import Scenario


def scenario_and_plan(path: Path, sets: tuple[str, ...], options: Mapping[str, Any]) -> tuple[Scenario, Plan]:
    """Return a scenario and how to run it, from the options seed, replications, engine and jobs.

    Raises:
        InputError: The scenario, a setting or an option is wrong.
    """
    from simulator.cli._versions import tell_changes
    from simulator.plan import CONTROL, jobs_of, plan_of
    from simulator.scenario import read_scenario
    from simulator.scenario.sources import scenario_file

    read = read_scenario(scenario_file(path), sets)
    tell_changes(read.files)
    engine = options["engine"]
    jobs = options.get("jobs")
    if jobs is None:
        jobs = 1 if engine == CONTROL else jobs_of(read, engine)
    return read, plan_of(read, options["seed"], options["replications"], engine, jobs=jobs)


def allowing(scenario: Scenario) -> Callable[[Mapping[str, float]], bool]:
    """Return what says whether a scenario can be run at other values, each by its key or by that of a table."""
    from simulator.pipeline import prepare

    def allows(numbers: Mapping[str, float]) -> bool:
        try:
            prepare(scenario.with_values(leaves_of(scenario, numbers)))
        except InputError:
            return False
        return True

    return allows


def leaves_of(scenario: Scenario, numbers: Mapping[str, float]) -> dict[str, float]:
    """Return numbers of values and tables by the keys of the values; a value wins over a table that holds it."""
    keys = scenario.baseline.values
    return {
        one: numbers[key]
        for key in sorted(numbers, key=len)
        for one in ([key] if key in keys else keys.keys_under(key).values())
    }


def number(text: str | None, option: str) -> float | None:
    """Return a number as it is written in Danish or English; None where nothing is written.

    Raises:
        InputError: It is no number.
    """
    if text is None:
        return None
    from simulator.facts.spelling import decimal

    try:
        return decimal(text, per_cent=False)
    except ValueError as wrong:
        raise InputError.one(str(wrong), path=option) from None


def refuse_file(file: Path | None, option: str) -> None:
    """Refuse a file that cannot be written, before the work for it is done.

    Raises:
        InputError: There is no folder for it, or it is a folder.
    """
    if file is None:
        return
    if not file.absolute().parent.is_dir():
        raise InputError.one(f"there is no folder {file.absolute().parent} to write to", str(file), option)
    if file.is_dir():
        raise InputError.one("is a folder; give the name of a file", str(file), option)


def write_text(file: Path, text: str, option: str) -> None:
    """Write a text to a file.

    Raises:
        InputError: The file cannot be written.
    """
    try:
        file.write_text(text, encoding="utf-8", newline="\n")
    except OSError as wrong:
        raise InputError.one(f"cannot be written: {wrong.strerror}", str(file), option) from wrong
