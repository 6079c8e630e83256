"""Each real conversion, from a file that the program of its day read (the commit stands in the name of the file)."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulator.errors import InputError
from simulator.facts.read import catalogue
from simulator.scenario import Scenario, read_scenario
from simulator.scenario.versions.conversions import CONVERSIONS, TAKEN_OUT, into_first
from simulator.scenario.versions.read import PRESENT
from simulator.scenario.versions.text import converted_text

WRITTEN = Path(__file__).parent / "written"
CORRELATIONS = WRITTEN / "bad657d-correlations.yaml"
FLEXI_JOBS = WRITTEN / "faefd98-flexi-jobs.yaml"


def told(scenario: Scenario) -> list[str]:
    return [f"{change.place.line}:{change.place.column} {change.key}" for change in scenario.files[0].changes]


def test_a_correlation_between_two_is_read_as_one_and_other() -> None:
    scenario = read_scenario(CORRELATIONS)
    (found,) = scenario.sections.uncertainty.correlations
    assert (found.one, found.other, found.correlation) == ("demand.scale", "delivery.utilisation", 0.3)
    assert told(scenario) == ["11:7 uncertainty.correlations[1].between"]


def test_a_value_that_nothing_reads_is_left_out() -> None:
    scenario = read_scenario(FLEXI_JOBS)
    assert told(scenario) == ["9:5 saldo.fleksjob.subsidy_taper_share_above"]
    assert scenario.baseline.values["saldo.fleksjob.subsidy_taper_share"] == 0.3
    assert not any("share_above" in key for key in scenario.baseline.values)


def test_a_fact_that_nothing_reads_is_left_out_of_an_own_file(tmp_path: Path) -> None:
    leaf = "{value: 0.55, unit: share, source: own}"
    own = f"saldo: {{fleksjob: {{subsidy_taper_share_above: {leaf}, subsidy_taper_share: {leaf}}}}}\n"
    (tmp_path / "own.yaml").write_text(own, encoding="utf-8")
    (tmp_path / "mine.yaml").write_text(
        "saldo: 1\nperiod: {from: 2021-12-19, to: 2022-01-16}\nfacts: own.yaml\n", encoding="utf-8"
    )
    scenario = read_scenario(tmp_path / "mine.yaml")
    assert [len(file.changes) for file in scenario.files] == [0, 1]
    assert scenario.baseline.values["saldo.fleksjob.subsidy_taper_share"] == 0.55


@pytest.mark.parametrize("path", [CORRELATIONS, FLEXI_JOBS])
def test_the_converted_file_reads_to_the_same_and_is_of_the_present(path: Path, tmp_path: Path) -> None:
    old = path.read_text(encoding="utf-8")
    new = tmp_path / path.name
    new.write_text(converted_text(old, str(path)).text, encoding="utf-8")
    one, other = read_scenario(path), read_scenario(new)
    assert other.files[0].version == PRESENT and not other.files[0].changes
    assert one.sections == other.sections and one.arms[0].sections == other.arms[0].sections
    assert [arm.values.rows() for arm in one.arms] == [arm.values.rows() for arm in other.arms]
    comments = [line.partition("#")[2] for line in old.splitlines() if "#" in line]
    assert [line.partition("#")[2] for line in new.read_text(encoding="utf-8").splitlines() if "#" in line] == comments


def test_a_file_that_says_its_version_is_not_converted(tmp_path: Path) -> None:
    """A key of the time before is a fault in a file of version 1, with its line."""
    text = CORRELATIONS.read_text(encoding="utf-8")
    (tmp_path / "c.yaml").write_text(f"saldo: 1\n{text}", encoding="utf-8")
    with pytest.raises(InputError, match=r"c\.yaml:12:7  uncertainty\.correlations\[1\]\.between: unknown key"):
        read_scenario(tmp_path / "c.yaml")


def test_what_is_wrong_in_an_old_file_is_told_where_it_stands(tmp_path: Path) -> None:
    faulty = CORRELATIONS.read_text(encoding="utf-8").replace("delivery.utilisation]", "[x]]").replace("0,3", "1,5")
    (tmp_path / "c.yaml").write_text(faulty, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_scenario(tmp_path / "c.yaml")
    places = {(fault.line, fault.column, fault.path) for fault in caught.value.faults}
    assert places == {
        (11, 31, "uncertainty.correlations[1].other"),
        (12, 20, "uncertainty.correlations[1].correlation"),
    }


@pytest.mark.parametrize("between", ["[demand.scale]", "demand.scale", "[a, b, c]"])
def test_what_was_never_right_is_left_to_be_refused(tmp_path: Path, between: str) -> None:
    text = CORRELATIONS.read_text(encoding="utf-8").replace("[demand.scale, delivery.utilisation]", between)
    (tmp_path / "c.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match="between: unknown key"):
        read_scenario(tmp_path / "c.yaml")


def test_the_present_version_is_the_end_of_the_conversions() -> None:
    assert len(CONVERSIONS) == PRESENT and CONVERSIONS[0] is into_first
    assert not {".".join(path) for path in TAKEN_OUT} & set(catalogue()), "a value that is back must be read again"
