"""`saldo sensitivity`: what it prints and writes, and what it refuses."""

from __future__ import annotations

import csv
import json
from io import StringIO
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from simulator.cli import group

SCENARIO = str(Path(__file__).parents[3] / "scenarios" / "christmas-2021.yaml")
KEYS = ("effects.params.scale", "saldo.value_per_person_year_kr")
SMALL = (
    "-S",
    "places=[Laesoe]",
    "--replications",
    "2",
    "--jobs",
    "1",
    *(part for key in KEYS for part in ("--only", key)),
)


def saldo(*arguments: str) -> Result:
    return CliRunner().invoke(group, list(arguments), prog_name="saldo")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("sensitivity")


@pytest.fixture(scope="module")
def printed(folder: Path) -> str:
    files = [part for form in ("csv", "png", "svg") for part in (f"--{form}", str(folder / f"tornado.{form}"))]
    result = saldo("sensitivity", SCENARIO, *SMALL, *files)
    assert result.exit_code == 0, result.output
    return result.stdout


def test_the_table_the_file_and_the_record_say_the_same(printed: str, folder: Path) -> None:
    result = saldo("sensitivity", SCENARIO, *SMALL, "--json")
    record = json.loads(result.stdout)
    rows = list(csv.DictReader(StringIO((folder / "tornado.csv").read_text(encoding="utf-8"))))
    assert [row["name"] for row in rows] == [row["name"] for row in record["rows"]]
    for told, row in zip(rows, record["rows"], strict=True):
        assert float(told["swing"]) == row["swing"] > 0
        assert float(told["low_figure"]) == row["low_figure"]
        line = next(line for line in printed.splitlines() if line.startswith(row["name"]))
        assert told["source"][:30] in line
    assert record["sentence"]["en"] in printed


def test_the_sentence_is_danish_as_well() -> None:
    found = json.loads(saldo("sensitivity", SCENARIO, *SMALL, "--json").stdout)["sentence"]["da"]
    assert found.startswith(
        "Virkningen på den offentlige saldo afhænger mest af skala på beskæftigelseseffekten: ved 0,1"
    )
    assert found.endswith("mio.\N{NO-BREAK SPACE}kr.")


def test_drawings_are_written(printed: str, folder: Path) -> None:
    assert printed
    assert (folder / "tornado.png").read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"
    svg = (folder / "tornado.svg").read_text(encoding="utf-8")
    assert "<title" in svg
    assert "skala på beskæftigelseseffekten" in svg


def test_the_same_command_says_the_same(printed: str) -> None:
    assert saldo("sensitivity", SCENARIO, *SMALL).stdout == printed


@pytest.mark.parametrize("method", ["map", "morris", "sobol", "pawn"])
def test_every_method_runs(method: str) -> None:
    count = "3" if method == "map" else "128"
    result = saldo("sensitivity", SCENARIO, *SMALL, "--method", method, "--count", count)
    assert result.exit_code == 0, result.output
    assert "all valued on one simulation" in result.stdout


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--method", "tornadoo"), "did you mean tornado?"),
        (("--figure", "employment_effect"), "did you mean employment_effect_kr?"),
        (("--only", "effects.params.scal"), "did you mean effects.params.scale?"),
        (("--only", "attendance"), "is a table of different units"),
        (("--count", "8"), "nothing to count"),
        (("--method", "sobol", "--count", "1000"), "allowed: 512 or 1024"),
        (("--group", "stage"), "methods that do: morris, sobol"),
        (("--method", "morris", "--group", "x=saldo.wage"), "not among what is moved"),
        (("--second-order",), "--method sobol has"),
        (("--engine", "magic"), "allowed: fast, reference, control"),
        (("--replications", "0"), "allowed: 1 to 100000"),
        (("--simulations", "-1"), "allowed: 0 or more"),
        (("--only", "attendance.take_up_scale", "--simulations", "1"), "needs 2 simulations"),
        (("--seed", "-3"), "seed"),
        (("--size", "A4"), "available: column, page, slide"),
        (("--language", "sv"), "no language 'sv'"),
        (("--csv", "no-such-folder/a.csv"), "there is no folder"),
        (("-S", "effects.params.scale=much"), "is not a number"),
    ],
)
def test_wrong_input_ends_with_two_and_a_line(arguments: tuple[str, ...], told: str) -> None:
    result = saldo("sensitivity", SCENARIO, *SMALL, *arguments)
    assert result.exit_code == 2, result.output
    assert told in result.stderr
    assert "Traceback" not in result.output


def test_all_wrong_options_are_named_at_once() -> None:
    result = saldo("sensitivity", SCENARIO, "--method", "x", "--size", "A4", "--png", "no-such-folder/a.png")
    assert result.exit_code == 2
    assert len(result.stderr.splitlines()) == 3


def test_help_names_the_methods() -> None:
    text = saldo("sensitivity", "--help").stdout
    assert all(method in text for method in ("tornado", "map", "morris", "sobol", "pawn"))
