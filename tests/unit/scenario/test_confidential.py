"""Confidential values: how they are marked, that they stick, and that nothing that is said quotes them."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from simulator.errors import InputError
from simulator.scenario import Scenario, read_scenario
from simulator.scenario.confidential import confidential_keys, setting_kept
from simulator.scenario.resolved import identity, kept_text

SHIPPED = Path(__file__).parents[3] / "scenarios" / "christmas-2021.yaml"
VALUE = "saldo.value_per_person_year_kr"
SECRET = "348213.77"
OWN = "saldo:\n  value_per_person_year_kr:\n    value: {value}\n    unit: kr per person-year\n    source: memo\n{more}"


def written(folder: Path, *, value: str = SECRET, more: str = "", head: str = "", facts: str = "own.yaml") -> Path:
    (folder / "own.yaml").write_text(head + OWN.format(value=value, more=more), encoding="utf-8")
    (folder / "own-scenario.yaml").write_text(f"extends: {SHIPPED}\nname: own\nfacts: {facts}\n", encoding="utf-8")
    return folder / "own-scenario.yaml"


def read(path: Path, *sets: str) -> Scenario:
    return read_scenario(path, sets, discreet=True)


@pytest.mark.parametrize(
    "marks",
    [
        {"more": "    confidential: true\n"},
        {"head": "confidential: ja\n"},
        {"facts": "{file: own.yaml, confidential: true}"},
    ],
)
def test_a_value_a_file_or_a_scenario_marks_it(tmp_path: Path, marks: dict[str, str]) -> None:
    scenario = read(written(tmp_path, **marks))
    assert confidential_keys(scenario) == (VALUE,)
    assert scenario.baseline.values[VALUE] == float(SECRET), "it is used"


def test_an_entry_may_be_open_in_a_confidential_file(tmp_path: Path) -> None:
    assert (
        confidential_keys(read(written(tmp_path, head="confidential: true\n", more="    confidential: false\n"))) == ()
    )


def test_a_number_laid_over_a_confidential_one_is_so_too(tmp_path: Path) -> None:
    path = written(tmp_path, more="    confidential: true\n")
    assert confidential_keys(read(path, f"{VALUE}=301234.5")) == (VALUE,)
    assert confidential_keys(read(path, f"{VALUE}={{value: 300000, confidential: false}}")) == ()
    assert confidential_keys(read(SHIPPED, "demand.scale={value: 1.05, confidential: true}")) == ("demand.scale",)


def test_who_is_not_discreet_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"is confidential .*value_per_person_year_kr") as caught:
        read_scenario(written(tmp_path, more="    confidential: true\n"))
    assert SECRET not in str(caught.value)


@pytest.mark.parametrize(
    ("change", "sets"),
    [
        ({"value": "-348213.77"}, ()),
        ({"value": "348213.77x"}, ()),
        ({"more": "    confidential: true\n    low: 348999\n"}, ()),
        ({"value": "348.213.77"}, ()),
        ({}, (f"{VALUE}=-348213.77",)),
        ({}, (f"{VALUE}=348213.77 kroner",)),
        ({}, (f"{VALUE}={{value: 348213.77, low: 348999}}",)),
        ({}, (f"{VALUE}={{value: 348213.77, distribution: {{name: uniform, low: 1, high: 2}}}}",)),
    ],
)
def test_no_error_quotes_it(tmp_path: Path, change: dict[str, str], sets: tuple[str, ...]) -> None:
    path = written(tmp_path, **{"more": "    confidential: true\n", **change})
    with pytest.raises(InputError) as caught:
        read(path, *sets)
    told = "".join(fault.message for fault in caught.value.faults)
    assert caught.value.faults[0].path.startswith(VALUE)
    assert not any(part in told for part in ("348213", "348.213", "348999", "3.48", "348,213")), told


def test_a_word_that_is_neither_yes_nor_no_is_named(tmp_path: Path) -> None:
    with pytest.raises(
        InputError, match=r"own.yaml:6:19  saldo.value_per_person_year_kr.confidential: must be true or"
    ):
        read(written(tmp_path, more="    confidential: perhaps\n"))


def test_a_kept_scenario_holds_no_number_and_reads_only_with_its_facts_file(tmp_path: Path) -> None:
    scenario = read(written(tmp_path, more="    confidential: true\n    reason: it is 348.213,77\n"))
    text = kept_text(scenario)
    assert "348" not in "".join(text.partition("value_per_person_year_kr")[2].splitlines()[1:7])
    assert SECRET not in text and SECRET not in identity(scenario)
    kept = tmp_path / "kept.yaml"
    kept.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=r"was left out when the run was kept.*--facts FILE"):
        read(kept)
    again = read_scenario(kept, facts=tmp_path / "own.yaml", discreet=True)
    assert again.baseline.values[VALUE] == float(SECRET)
    assert yaml.safe_load(kept_text(again)) == yaml.safe_load(text)


def test_the_identity_of_a_run_does_not_tell_one_number_from_another(tmp_path: Path) -> None:
    one = identity(read(written(tmp_path, more="    confidential: true\n")))
    other = identity(read(written(tmp_path, value="311111.11", more="    confidential: true\n")))
    assert one == other, "else a number of four digits could be guessed from the id"


def test_a_setting_is_kept_without_its_number() -> None:
    assert setting_kept(f"{VALUE}=5", (VALUE,), (5.0,)) == f"{VALUE}=***"
    assert setting_kept("saldo=5", (VALUE,), ()) == "saldo=***"
    assert setting_kept("places=[Odense]", (VALUE,), (5.0,)) == "places=[Odense]"
