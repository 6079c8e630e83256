"""In what the figures of two runs are of different kinds, said before any assumption."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from simulator.bridge import unlike
from simulator.errors import InputError
from simulator.results.read import kept_run
from simulator.results.record import seal
from tests.unit.bridge.made_up_ends import PUBLISHED, kept

OTHERWISE = (
    "saldo.concept=transfers_and_taxes",
    "saldo.also=[caseworker_time]",
    "saldo.price_level=2024",
    "period.to=2022-01-09",
    "places=[Fanø]",
    "known_as_of=2022-06-01",
)


def told(old: Path, new: Path) -> dict[str, tuple[object, object]]:
    return {one.what: (one.before, one.after) for one in unlike(kept_run(old), kept_run(new))}


def test_all_that_makes_figures_unlike_is_told_in_one_order(by_control: tuple[Path, Path], tmp_path: Path) -> None:
    new = kept(tmp_path / "new", PUBLISHED, *OTHERWISE)
    found = told(by_control[1], new)
    assert list(found.items()) == [
        ("concept", ("note", "transfers_and_taxes")),
        ("includes", ("transfers, taxes, return_flow, running_costs", "transfers, taxes, caseworker_time")),
        ("lines", ("form", "form + volume")),
        ("price_year", (2021.0, 2024.0)),
        ("period", ("2021-12-19/2022-01-16", "2021-12-19/2022-01-09")),
        ("places", ("Ærø, Samsø", "Fanø")),
        ("known_as_of", (None, "2022-06-01")),
    ]


def test_other_assumptions_leave_figures_comparable(
    by_control: tuple[Path, Path], simulated: tuple[Path, Path]
) -> None:
    assert told(*by_control) == {}
    assert told(*simulated) == {}


def test_control_and_simulation_are_not_of_one_kind(
    by_control: tuple[Path, Path], simulated: tuple[Path, Path]
) -> None:
    assert told(by_control[0], simulated[0]) == {"engine": ("control", "simulation")}


def test_engines_that_simulate_are_of_one_kind(simulated: tuple[Path, Path], tmp_path: Path) -> None:
    shutil.copytree(simulated[0], tmp_path / "other")
    record = json.loads((tmp_path / "other" / "manifest.json").read_text(encoding="utf-8"))
    seal(tmp_path / "other", {**record, "engine": "reference"})
    assert told(simulated[0], tmp_path / "other") == {}


def test_an_older_run_that_does_not_say_what_it_includes_is_told_of(
    by_control: tuple[Path, Path], tmp_path: Path
) -> None:
    shutil.copytree(by_control[0], tmp_path / "older")
    (tmp_path / "older" / "tables" / "concepts.csv").unlink()
    found = told(tmp_path / "older", by_control[0])
    assert found == {
        "includes": (None, "transfers, taxes, return_flow, running_costs"),
        "lines": (None, "form"),
    }


@pytest.mark.parametrize("name", ["headline.json", "scenario.resolved.yaml"])
def test_a_run_without_a_file_is_refused(name: str, by_control: tuple[Path, Path], tmp_path: Path) -> None:
    old = kept_run(by_control[0])
    shutil.copytree(by_control[1], tmp_path / "new")
    new = kept_run(tmp_path / "new")
    new.__dict__.pop("headline")
    (tmp_path / "new" / name).unlink()
    with pytest.raises(InputError, match=name):
        unlike(old, new)


def test_a_run_of_the_whole_country_names_no_places(by_control: tuple[Path, Path], tmp_path: Path) -> None:
    shutil.copytree(by_control[0], tmp_path / "whole")
    file = tmp_path / "whole" / "scenario.resolved.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(re.sub(r"(?m)^places:\n(- .*\n)+", "", text), encoding="utf-8")
    assert told(tmp_path / "whole", by_control[0]) == {"places": (None, "Ærø, Samsø")}
