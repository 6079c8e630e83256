"""Traces: every line of every figure gives that figure, in made-up and small real runs; a changed cell is found."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from simulator import cli
from simulator.errors import InputError
from simulator.report.brief import compose
from simulator.report.language import read_words
from simulator.report.reading import Run, read_run
from simulator.report.sections.telling import Telling
from simulator.report.story import words_for
from simulator.report.trace.figures import figure, of_printed
from simulator.report.trace.kept import Kept
from simulator.report.trace.node import Node, agrees, faults, from_leaves, nodes
from simulator.report.trace.printed import printed
from simulator.report.trace.telling import as_data, lines, told, values
from simulator.report.trace.tracer import Tracer
from tests.unit.report.conftest import FolderOf, RunOf

SCENARIOS = Path(__file__).parents[4] / "scenarios"
SMALL = ["-S", "places=[Samsø]", "--replications", "2", "--jobs", "1", "--no-brief", "--seed", "3"]
REAL = {
    "note": ["christmas-2021.yaml", *SMALL],
    "accounts": ["christmas-2021.yaml", *SMALL, "-S", "saldo.concept=with_running_costs"],
    "volume": ["fewer-talks.yaml", *SMALL],
    "control": ["christmas-2021.yaml", *SMALL[:2], "--engine", "control", "--no-brief"],
    "draws": ["christmas-2021-bottom-up.yaml", *SMALL, "--draws", "64"],
}
MADE_UP = ("published", "gain", "null", "partial_loss", "social", "fewer_talks", "reverse", "one_municipality")


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Folder of a small real run by name, each made once."""

    @cache
    def folder(name: str) -> Path:
        out = tmp_path_factory.mktemp(name) / "run"
        scenario, *rest = REAL[name]
        result = CliRunner().invoke(cli.group, ["run", str(SCENARIOS / scenario), *rest, "--out", str(out)])
        assert result.exit_code == 0, result.output + result.stderr
        return out

    return folder


def tracer_of(folder: Path) -> Tracer:
    """Return a tracer of the run in a folder."""
    return Tracer(Kept(read_run(folder)))


def paths(tree: Mapping[str, Any], way: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Yield the path of every number of a headline, but for those in lists."""
    for key, below in tree.items():
        if isinstance(below, Mapping):
            yield from paths(below, (*way, key))
        elif isinstance(below, int | float) and not isinstance(below, bool):
            yield (*way, key)


def assert_all_hold(run: Run) -> int:
    """State that every number of the headline is what its lines and its leaves give, and return how many are worked."""
    tracer, worked = Tracer(Kept(run)), 0
    for path in paths(run.headline):
        node = tracer.headline(path)
        assert node.value == run.number(*path)
        assert not faults(node), [(fault.name, fault.place, fault.value) for fault in faults(node)]
        assert from_leaves(node) == pytest.approx(node.value, rel=1e-9, abs=1e-12)
        worked += bool(node.sign)
    return worked


@pytest.mark.parametrize("shape", MADE_UP)
def test_every_number_of_a_made_up_headline_is_what_its_arithmetic_gives(run_of: RunOf, shape: str) -> None:
    assert assert_all_hold(run_of(shape)) > 10


@pytest.mark.parametrize("name", REAL)
def test_every_number_of_a_real_headline_is_what_its_arithmetic_gives(real: Any, name: str) -> None:
    assert assert_all_hold(read_run(real(name))) > 60


@pytest.mark.parametrize("name", ["note", "control"])
def test_every_step_of_the_chain_and_every_factor_is_traced(real: Any, name: str) -> None:
    tracer = tracer_of(real(name))
    for table in ("steps", "control", "concepts"):
        column = "mio_kr" if table == "concepts" else "value"
        for index, row in enumerate(tracer.kept.run.table(table)):
            if row[column]:
                node = figure(tracer, f"{table}:{index}.{column}")
                assert node.value == float(row[column]) and not faults(node)


def test_the_effect_goes_down_to_facts_and_assumptions_with_their_sources(real: Any) -> None:
    node = tracer_of(real("note")).headline(("saldo_mio_kr", "employment_effect"))
    known = {value.key: value for value in values([node])}
    value = known["saldo.value_per_person_year_kr"]
    assert (value.value, value.unit, value.kind) == ("300000.0", "kr per person-year", "fact")
    assert "448" in value.source and (value.low, value.high, value.date) == ("250000.0", "330000.0", "2021-08-31")
    assert {"attendance.take_up_scale", "effects.params.scale", "saldo.weeks_per_person_year"} <= set(known)
    assert {f"demand.contact.observed.jobsamtale.dagpenge.week_{week}" for week in (0, 4, 26)} <= set(known)
    assert not any("statutory" in key for key in known)
    names = [one.name for one in nodes(node)]
    assert "added by the simulation" in names and "full_time_person_years" in names


def test_the_parts_that_the_simulation_adds_have_names(real: Any) -> None:
    node = tracer_of(real("note")).headline(("converted",))
    assert [part.name for part in node.parts] == [
        "converted.control",
        *(f"control_parts.{name}" for name in ("due", "queue", "lapsed", "cancelled")),
        "unexplained",
    ]
    assert [other.name for other in node.also] == ["all of converted_by_type", "all of converted_by_group"]


def test_ends_of_a_range_are_those_of_draws(real: Any) -> None:
    tracer = tracer_of(real("draws"))
    for path in (("saldo_mio_kr", "employment_effect"), ("employment_weeks",), ("saldo_mio_kr", "net")):
        for end in ("low", "high"):
            node = tracer.headline((*path, end))
            assert node.sign == "+" and agrees(node) and "of the draws" in node.note
            assert any(one.place.startswith("tables/draws.csv:") for one in nodes(node))
            assert {value.key for value in values([node])} >= {"effects.params.relative_effect"}


def test_printed_words_are_traced_in_both_languages(run_of: RunOf) -> None:
    run = run_of("published")
    tracer = Tracer(Kept(run))
    for words, language, text in (("5 mio. kr.", "da", "5"), ("DKK 5 million", "en", "5")):
        found = printed(run, words)
        assert {(one.language, one.text) for one in found} == {(language, text)}
        assert any(words in one.sentence for one in found)
        for one in found:
            node = figure(tracer, "saldo_mio_kr.employment_effect")
            assert abs(float(one.quantity)) == pytest.approx(
                abs(node.value), rel=1e-3
            )  # what was published is traced too
    with pytest.raises(InputError, match="no bound number"):
        printed(run, "4 mio. kr.")


@pytest.mark.parametrize("shape", ["published", "gain", "null", "partial_loss"])
def test_every_number_that_a_brief_prints_is_traced(run_of: RunOf, shape: str) -> None:
    run = run_of(shape)
    tracer = Tracer(Kept(run))
    numbers = compose(Telling(run, words_for(run, read_words("en")))).numbers
    assert len(numbers) > 30
    for number in numbers:
        node = of_printed(tracer, number, "it")
        assert not faults(node), [(fault.name, fault.place, fault.value) for fault in faults(node)]
        assert node.value == pytest.approx(float(number), rel=1e-9, abs=1e-9) or "rounded to" in node.note


@pytest.mark.parametrize("cell", ["saldo", "control", "headline"])
def test_a_changed_cell_is_found_and_named(real: Any, tmp_path: Path, cell: str) -> None:
    folder = Path(shutil.copytree(real("note"), tmp_path / "run"))
    if cell == "headline":
        headline = json.loads((folder / "headline.json").read_text(encoding="utf-8"))
        headline["employment_weeks"]["mean"] *= 1 + 1e-8
        (folder / "headline.json").write_text(json.dumps(headline), encoding="utf-8")
    else:
        path = folder / "tables" / f"{cell}.csv"
        rows = path.read_text(encoding="utf-8").splitlines(keepends=True)
        at = next(
            at
            for at, row in enumerate(rows)
            if at and (cell == "saldo" or row.startswith("converted_weeks,jobsamtale,dagpenge,2,"))
        )
        column = {"saldo": 8, "control": 5}[cell]
        cells = rows[at].split(",")
        cells[column] = repr(float(cells[column]) * 1.001)
        path.write_text("".join([*rows[:at], ",".join(cells), *rows[at + 1 :]]), encoding="utf-8")
    result = CliRunner().invoke(cli.group, ["trace", str(folder), "saldo_mio_kr.employment_effect"])
    assert result.exit_code == 1
    assert "the arithmetic does not give the figure" in result.stderr and ", not " in result.stderr


def test_lines_tell_each_figure_once_and_then_refer_to_it(folder_of: FolderOf) -> None:
    node = tracer_of(folder_of("published")).headline(("saldo_mio_kr", "employment_effect"))
    text = "\n".join(lines([("first", node), ("again", node)]))
    assert text.count("(as above)") >= 1 and "= 300,000" not in text.split("again")[1].split("Facts")[0]
    assert all(repr(part.value) in "\n".join(lines([("", node)], exact=True)) for part in node.parts[:1])


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0"),
        (9992.92, "9,992.92"),
        (-5019222.115, "-5,019,222"),
        (0.45, "0.45"),
        (2.0, "2"),
        (1.0098422492286954, "1.00984"),
        (3.2e-7, "3.2e-07"),
    ],
)
def test_numbers_have_six_digits_or_all(value: float, text: str) -> None:
    assert told(value, exact=False) == text and float(told(value, exact=True)) == value


def test_data_hold_the_whole_tree_in_full_precision(real: Any) -> None:
    node = tracer_of(real("note")).headline(("kr_per_converted_conversation",))
    data = json.loads(json.dumps(as_data(node)))
    assert data["value"] == node.value and data["from_leaves"] == pytest.approx(node.value, rel=1e-9)
    assert data["parts"][0]["parts"][1]["place"] == "headline.json:converted.mean"


def test_a_line_that_divides_by_nothing_is_a_fault() -> None:
    assert not agrees(Node("x", 1.0, sign="/", parts=(Node("a", 1.0), Node("b", 0.0))))
