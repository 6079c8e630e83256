"""`saldo trace`: prints trees, their data and printed numbers, and refuses what is no figure."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from simulator import cli
from tests.unit.report.made_up_runs import write_run
from tests.unit.report.shapes import SHAPES


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of the made-up published case."""
    return write_run(tmp_path_factory.mktemp("trace") / "run", SHAPES["published"])


def test_a_figure_is_printed_with_its_arithmetic(folder: Path) -> None:
    result = CliRunner().invoke(cli.group, ["trace", str(folder), "saldo_mio_kr.employment_effect"])
    assert result.exit_code == 0, result.stderr
    first, names, numbers = result.output.splitlines()[:3]
    assert first.startswith("saldo_mio_kr.employment_effect = -") and "[headline.json:" in first
    assert names.strip().startswith("= effect, kr. / kr. in a million")
    assert numbers.strip().startswith("= -5,0") and "/ 1,000,000 = -5.0" in numbers
    assert result.output.rstrip().endswith("each gives its figure.")


def test_the_tree_is_given_as_data(folder: Path) -> None:
    result = CliRunner().invoke(cli.group, ["trace", str(folder), "steps:converted", "--json"])
    data = json.loads(result.output)
    assert result.exit_code == 0 and data["place"] == "tables/steps.csv:7.value"
    assert data["parts"][0]["place"] == "headline.json:converted.mean"


def test_printed_words_list_every_place_with_its_sentence(folder: Path) -> None:
    result = CliRunner().invoke(cli.group, ["trace", str(folder), '"5 mio. kr."'])
    assert result.exit_code == 0, result.stderr
    heads = [line for line in result.output.splitlines() if line.startswith("da: “5” in: ")]
    assert len(heads) >= 3 and any("svækket i størrelsesordenen 5 mio. kr." in head for head in heads)
    listed = json.loads(CliRunner().invoke(cli.group, ["trace", str(folder), '"5 mio. kr."', "--json"]).output)
    assert len(listed) == len(heads) and all({"language", "text", "sentence", "tree"} == set(one) for one in listed)


@pytest.mark.parametrize(
    ("figure", "said"),
    [
        ("nothing", "no figure 'nothing'; headline.json has"),
        ("", "no figure ''"),
        ("calibrated", "no figure 'calibrated'"),
        ("calibrated.9.value", "no figure 'calibrated.9.value'"),
        ("calibrated.first", "no figure 'calibrated.first'"),
        ("converted.foo", "below converted are mean, std_error, low, high, control"),
        ("conversations.baseline", "below conversations are baseline, proposal"),
        ("steps:99.value", "steps has rows 0 to"),
        ("steps:converted.foo", "no column 'foo' in steps; allowed: order, step"),
        ("steps:foo", "no row 'foo' in steps"),
        ("nope:1", "no table 'nope' with rows; allowed:"),
        ("../headline:1", "no table '../headline' with rows"),
        ("saldo:0.concept", "holds 'note', no number"),
        ('"zzz"', "no bound number of the brief stands within 'zzz'"),
        ('""', "no words within the quotation marks"),
        ("period.from", "below period are from, to"),
    ],
)
def test_what_is_no_figure_is_refused_with_what_is_allowed(folder: Path, figure: str, said: str) -> None:
    result = CliRunner().invoke(cli.group, ["trace", str(folder), figure])
    assert result.exit_code == 2 and said in result.stderr and "Traceback" not in result.output


def test_a_folder_that_is_no_run_is_refused(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "none"):
        result = CliRunner().invoke(cli.group, ["trace", str(folder), "converted"])
        assert result.exit_code == 2 and "finished run" in result.stderr
