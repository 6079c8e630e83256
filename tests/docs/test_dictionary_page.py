"""The page of the data dictionary is what the dictionary says, and the dictionary says what runs write."""

from __future__ import annotations

import fnmatch
import importlib.util
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from simulator.cli import group
from simulator.results.dictionary import OF_A_CASE, RECORDS, dictionary, records, table_names

ROOT = Path(__file__).parents[2]
ESTIMATE = {"mean", "std_error", "low", "high", "control"}
KINDS: dict[str, tuple[type, ...]] = {
    "text": (str,),
    "integer": (int,),
    "number": (int, float),
    "truth": (bool,),
    "list": (list,),
    "table": (dict,),
    "estimate": (dict,),
}


def test_the_page_is_what_the_dictionary_says() -> None:
    spec = importlib.util.spec_from_file_location("dictionary_page", ROOT / "docs" / "dictionary.py")
    assert spec is not None and spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    kept = (ROOT / "docs" / "dictionary.md").read_text(encoding="utf-8")
    assert kept == made.page(), "docs/dictionary.md is old; write it again: python docs/dictionary.py"
    for name in (*dictionary(), *RECORDS):
        assert kept.count(f"\n### {name}\n") == 1


def test_tables_of_a_case_are_no_tables_of_a_run() -> None:
    assert set(OF_A_CASE) <= set(dictionary()) and not set(OF_A_CASE) & set(table_names())
    assert not set(RECORDS) & set(dictionary())


def test_the_keys_of_records_are_told_as_columns_are() -> None:
    for name, keys in records().items():
        for key, said in keys.items():
            assert set(said) == {"kind", "unit", "sign", "meaning"} and said["meaning"], f"{name}: {key}"
            assert said["kind"] in KINDS, f"{name}: {key}"


def told_of(key: str, name: str) -> list[str]:
    """Return the keys of the dictionary that tell of a key, `*` standing for names."""
    return [one for one in records()[name] if fnmatch.fnmatchcase(key, one)]


def leaves(content: Mapping[str, Any], name: str, path: str = "") -> Iterator[tuple[str, Any]]:
    """Yield what the record says by its dotted path, down to what the dictionary tells as a whole."""
    for key, below in content.items():
        here = f"{path}.{key}" if path else key
        whole = [one for one in told_of(here, name) if records()[name][one]["kind"] in ("table", "estimate")]
        if isinstance(below, dict) and not (whole or set(below) == ESTIMATE):
            yield from leaves(below, name, here)
        else:
            yield here, below


RUNS = {
    "christmas-2021-bottom-up": ("--engine", "reference", "--replications", "2", "--draws", "16"),
    "permanent-choice": ("--engine", "control"),
    "adaptive-2021-22": ("--engine", "control"),
}
EMPTY_HERE = {"headline.json": {"control_parts_mio_kr.*"}, "manifest.json": set()}
"""Keys that none of these runs has reason to write."""


def test_every_key_of_a_record_is_told_and_every_key_that_is_told_is_written(tmp_path: Path) -> None:
    written: dict[str, set[str]] = {name: set() for name in RECORDS}
    for scenario, options in RUNS.items():
        folder = tmp_path / scenario
        typed = ["run", str(ROOT / "scenarios" / f"{scenario}.yaml"), "--no-brief", "-S", "places=[Samsø]"]
        assert CliRunner().invoke(group, [*typed, "--out", str(folder), *options]).exit_code == 0
        for name in RECORDS:
            content = json.loads((folder / name).read_text(encoding="utf-8"))
            for key, value in leaves(content, name):
                if value is None and any(one.startswith(f"{key}.") for one in records()[name]):
                    continue  # a table that this run has no reason to fill
                assert len(told_of(key, name)) == 1, f"{name}: {key} is told {len(told_of(key, name))} times"
                (said,) = told_of(key, name)
                written[name].add(said)
                kind = records()[name][said]["kind"]
                assert value is None or isinstance(value, KINDS[kind]), f"{name}: {key} is no {kind}"
                assert kind != "estimate" or value is None or set(value) == ESTIMATE, f"{name}: {key}"
    for name in RECORDS:
        assert set(records()[name]) - written[name] == EMPTY_HERE[name], f"{name}: keys that no run writes"
