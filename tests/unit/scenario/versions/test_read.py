"""The version of a file: read at the door, never part of the scenario, and refused where it is none or a later one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from simulator.errors import InputError
from simulator.facts.tree import Faults, Table, read_text
from simulator.scenario import read_scenario
from simulator.scenario.resolved import identity
from simulator.scenario.versions import PRESENT, Change, in_present_version, stated, without_version
from simulator.sweeps.plan_file import read_plan

PERIOD = "period: {from: 2021-12-19, to: 2022-01-16}\n"
SECTION = "saldo:\n  version: 1\n  concept: employment\n"


def write(folder: Path, text: str, name: str = "mine.yaml") -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name


def faults(folder: Path, text: str, *sets: str) -> list[str]:
    with pytest.raises(InputError) as caught:
        read_scenario(write(folder, text), sets)
    return [str(fault).removeprefix(f"{folder / 'mine.yaml'}") for fault in caught.value.faults]


@pytest.mark.parametrize(
    ("said", "version"),
    [("saldo: 1\n", 1), ('saldo: "1"\n', 1), (SECTION, 1), ("saldo: {version: 1}\n", 1), ("", 0), ("saldo:\n", 0),
     ("saldo: {concept: employment}\n", 0)],
)  # fmt: skip
def test_a_file_says_its_version_alone_or_in_the_section(tmp_path: Path, said: str, version: int) -> None:
    scenario = read_scenario(write(tmp_path, PERIOD + said))
    assert [(file.version, file.changes) for file in scenario.files] == [(version, ())]
    assert scenario.sections.saldo.concept == ("employment" if "employment" in said else "note")


def test_a_version_changes_no_id_and_is_no_part_of_the_scenario(tmp_path: Path) -> None:
    with_it, without = (read_scenario(write(tmp_path, PERIOD + said)) for said in ("saldo: 1\n", ""))
    assert identity(with_it) == identity(without) and with_it == without
    assert "version" not in with_it.resolved(everything=True).get("saldo", {})


@pytest.mark.parametrize("everything", [True, False])
@pytest.mark.parametrize("said", ["saldo: 1\n", SECTION, ""])
def test_what_is_written_out_says_the_present_version(tmp_path: Path, said: str, everything: bool) -> None:
    scenario = read_scenario(write(tmp_path, PERIOD + said))
    again = read_scenario(write(tmp_path, scenario.resolved_text(everything=everything)))
    assert [file.version for file in again.files] == [PRESENT]
    assert again.sections == scenario.sections


@pytest.mark.parametrize("said", ["one", "1.5", "0", "-1", "01", "1,0", "true", "[1]", "1e0", "v1"])
@pytest.mark.parametrize("form", ["saldo: {}\n", "saldo: {{version: {}, concept: note}}\n"])
def test_what_is_no_version_is_told_with_its_place(tmp_path: Path, said: str, form: str) -> None:
    written = f'"{said}"' if "," in said else said
    (fault,) = faults(tmp_path, PERIOD + form.format(written))
    path = "saldo.version" if "version" in form else "saldo"
    place = form.index("{") + 1 if path == "saldo" else form.index("{}") - 1 + 1
    told = "this" if said == "[1]" else f"`{said}`"
    assert fault.startswith(f":2:{place}  {path}: {told} is no version of the file format; allowed: 1, as `saldo: 1`")


def test_an_empty_version_is_none(tmp_path: Path) -> None:
    (fault,) = faults(tmp_path, PERIOD + "saldo:\n  version:\n  concept: note\n")
    assert fault.startswith(":3:11  saldo.version: `` is no version")


@pytest.mark.parametrize("form", ["saldo: 7\nnew_key: 1\n", "saldo: {version: 7}\nnew_key: 1\n"])
def test_a_later_version_is_refused_alone(tmp_path: Path, form: str) -> None:
    """What else stands in such a file is not known here, so nothing else of it is called a fault."""
    (fault,) = faults(tmp_path, form + PERIOD)
    assert "version 7 was made by a later saldo; this one reads up to 1; install the newer one" in fault
    assert fault.startswith(":1:")


def test_each_file_of_a_chain_has_its_own(tmp_path: Path) -> None:
    write(tmp_path, PERIOD, "below.yaml")
    scenario = read_scenario(write(tmp_path, "saldo: 1\nextends: below\n"))
    assert [(Path(file.where).name, file.version) for file in scenario.files] == [("mine.yaml", 1), ("below.yaml", 0)]
    write(tmp_path, f"saldo: 9\n{PERIOD}", "below.yaml")
    with pytest.raises(InputError, match=r"below\.yaml:1:8  saldo: version 9 was made by a later saldo"):
        read_scenario(tmp_path / "mine.yaml")


@pytest.mark.parametrize(
    "setting", ["saldo=1", "saldo.version=1", "saldo={version: 1, concept: note}", "saldo.version=", "saldo=x"]
)
def test_a_setting_cannot_say_it(tmp_path: Path, setting: str) -> None:
    (fault,) = faults(tmp_path, PERIOD + "saldo: 1\n", setting)
    assert "can be written in a file only" in fault and fault.startswith("command line  saldo")


def test_a_setting_of_the_section_goes_with_a_file_that_says_its_version(tmp_path: Path) -> None:
    scenario = read_scenario(write(tmp_path, PERIOD + "saldo: 1\n"), ["saldo.concept=employment"])
    assert scenario.sections.saldo.concept == "employment"


def test_an_arm_cannot_say_it(tmp_path: Path) -> None:
    (fault,) = faults(tmp_path, PERIOD + "proposal: {saldo: {version: 1}}\n")
    assert "stands for both arms" in fault


def test_facts_and_registers_say_theirs(tmp_path: Path) -> None:
    value = "{value: 290000, unit: kr per person-year, source: own}"
    write(tmp_path, f"saldo: {{version: 1, value_per_person_year_kr: {value}}}\n", "own.yaml")
    write(tmp_path, "saldo: 1\ndemand.scale: {owner: an office}\n", "register.yaml")
    scenario = read_scenario(write(tmp_path, PERIOD + "facts: own.yaml\nregister: register.yaml\n"))
    assert [file.version for file in scenario.files] == [0, 1, 1]
    assert scenario.baseline.values["saldo.value_per_person_year_kr"] == 290000
    assert scenario.baseline.values.row("demand.scale").standing.owner == "an office"
    write(tmp_path, "saldo: 2\n", "own.yaml")
    write(tmp_path, "saldo: 3\n", "register.yaml")
    with pytest.raises(InputError) as caught:
        read_scenario(tmp_path / "mine.yaml")
    assert [fault.message[:9] for fault in caught.value.faults] == ["version 2", "version 3"]


def test_a_plan_says_its_own(tmp_path: Path) -> None:
    write(tmp_path, PERIOD)
    plan = "scenario: mine.yaml\nvary:\n  - grid: {demand.scale: [1, 1.1]}\n"
    found = {said: read_plan(write(tmp_path, said + plan, "plan.yaml")).reading for said in ("saldo: 1\n", "")}
    assert [reading.version for reading in found.values() if reading] == [1, 0]
    with pytest.raises(InputError, match=r"plan\.yaml:1:8  saldo: version 2 was made by a later saldo"):
        read_plan(write(tmp_path, "saldo: 2\n" + plan, "plan.yaml"))


def test_nested_data_says_it_and_leaves_it_again() -> None:
    for tree in ({"name": "x"}, {"name": "x", "saldo": {"concept": "note"}}):
        said = stated(tree)
        assert said != tree and without_version(said) == tree


def _renaming(old: str, new: str) -> object:
    def convert(tree: Table) -> Iterator[Change]:
        if old in tree.entries:
            yield Change((old,), tree.places[old], ((new, tree.entries[old]),), f"is called {new}")

    return convert


def test_conversions_follow_each_other_from_the_version_that_is_said() -> None:
    """A file of version n goes through those from n on, in order; texts keep the places of the user's file."""
    chain = [_renaming("one", "two"), _renaming("two", "three")]
    for said, key in (("", "three"), ("saldo: 1\n", "one"), ("saldo: 2\n", "one")):
        tree = read_text(f"{said}one: 5\n", "f.yaml")
        assert isinstance(tree, Table)
        read = in_present_version(tree, "f.yaml", Faults(), chain)  # type: ignore[arg-type]
        assert list(read.tree.entries) == [key]
        line = said.count("\n") + 1
        assert (read.tree.places[key].line, read.tree.entries[key].place.column) == (line, 6)
    tree = read_text("saldo: 1\ntwo: 5\n", "f.yaml")
    assert isinstance(tree, Table)
    read = in_present_version(tree, "f.yaml", Faults(), chain)  # type: ignore[arg-type]
    assert [str(change) for change in read.changes] == ["f.yaml:2:1  two: is called three"]
