"""A run with confidential values as it is kept: what is left out by the stage of the value, and what stays."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

import simulator
from simulator.cli import group
from simulator.results import Run
from simulator.results.masks import factors_left_out, masked

SHIPPED = Path(__file__).parents[3] / "scenarios" / "christmas-2021.yaml"
CONTROL = ("places=[Samsø]",)


def kept(key: str, value: str) -> Run:
    return simulator.run(SHIPPED, engine="control", sets=[*CONTROL, f"{key}={{value: {value}, confidential: true}}"])


@pytest.mark.parametrize(
    ("key", "value", "factors"),
    [
        ("attendance.take_up_scale", "0.8731", {"take_up_scale", "conversations_per_person_week"}),
        ("demand.scale", "1.0337", {"persons", "conversations_per_person_week"}),
        ("closures.carry_share", "0.4127", {"carried_through_closures", "conversations_per_person_week"}),
        ("effects.params.scale", "0.2557", {"weeks_of_employment_per_conversation", "kr_per_week_of_employment"}),
        ("saldo.value_per_person_year_kr", "301234.5", {"kr_per_week_of_employment", "share_of_effect_lost"}),
    ],
)
def test_the_factors_of_the_stage_and_one_more_are_left_out(key: str, value: str, factors: set[str]) -> None:
    run = kept(key, value)
    control = run.tables["control"]
    empty = set(control.loc[control["value"].isna(), "factor"])
    assert factors <= empty and set(control["factor"]) - empty, "some of the chain is told"
    assert run.tables["control_terms"].empty
    assert run.headline["confidential"]["values"] == [key]
    row = run.tables["assumptions"].set_index("key").loc[key]
    assert row[["value", "low", "high", "signed_value"]].isna().all() and row["reason"] == "confidential"
    assert value not in json.dumps(run.headline)


def test_who_counts_keeps_person_years_and_who_values_does_not() -> None:
    counting, valuing = kept("demand.scale", "1.0337"), kept("effects.params.scale", "0.2557")
    assert counting.headline["full_time_person_years"]["mean"] is not None
    assert valuing.headline["full_time_person_years"]["mean"] is None
    assert valuing.headline["saldo_mio_kr"]["employment_effect"]["mean"] < 0, "the headline stays"
    assert valuing.tables["accounts"].empty and not counting.tables["accounts"].empty


def test_a_stage_without_a_list_leaves_out_the_whole_chain() -> None:
    assert factors_left_out(("infection.peak",)) is None
    assert factors_left_out(("demand.scale", "infection.peak")) is None


def test_masking_twice_is_masking_once_and_an_open_run_is_left_alone() -> None:
    run = kept("demand.scale", "1.0337")
    assert masked(run) is run
    open_run = simulator.run(SHIPPED, engine="control", sets=CONTROL)
    assert masked(open_run) is open_run and "confidential" not in open_run.headline


def test_neither_record_nor_log_keeps_what_was_typed(tmp_path: Path) -> None:
    typed = ["-S", CONTROL[0], "-S", "demand.scale={value: 1.0337, confidential: true}", "-S", "demand.scale=1.0339"]
    arguments = ["run", str(SHIPPED), *typed, "--engine", "control", "--no-brief", "--out", str(tmp_path / "run")]
    done = CliRunner().invoke(group, arguments, prog_name="saldo")
    assert done.exit_code == 0, done.output
    record = json.loads((tmp_path / "run" / "manifest.json").read_text(encoding="utf-8"))
    assert record["settings"] == [CONTROL[0], "demand.scale=***", "demand.scale=***"]
    assert record["command"] == "(not kept: the run has confidential values)"
    for path in (tmp_path / "run").rglob("*"):
        content = path.read_bytes() if path.is_file() else b""
        assert b"1.0337" not in content and b"1.0339" not in content, path
