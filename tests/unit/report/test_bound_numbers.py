"""Every number of a brief is bound to the run, and by what it means: exchange two figures, and the sentences change."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from simulator.report.blocks import Document, plain, spans
from simulator.report.bound import (
    NOTHING,
    Cell,
    Constant,
    Ledger,
    Operation,
    Quantity,
    bare,
    cells,
    constant,
    evaluated,
    told,
)
from simulator.report.brief import compose
from simulator.report.language import read_words
from simulator.report.reading import read_run
from simulator.report.sections.telling import Telling
from simulator.report.story import words_for
from tests.unit.report.printed import loose_numbers, printed, without_digits
from tests.unit.report.shapes import SHAPES

Exchange = Callable[[dict[str, Any]], None]
FolderOf = Callable[[str], Path]


def document_of(folder: Path, digits: bool = True) -> Document:
    run, words = read_run(folder), read_words("da")
    words = words if digits else without_digits(words)
    return compose(Telling(run, words_for(run, words)))


@pytest.mark.parametrize("name", SHAPES)
def test_no_number_is_printed_that_is_not_bound_to_the_run(name: str, folder_of: FolderOf) -> None:
    texts = printed(document_of(folder_of(name), False))
    assert {plain(text): found for text in texts if (found := loose_numbers(text))} == {}


def test_a_number_that_is_written_past_the_ledger_is_found() -> None:
    words = read_words("da").noting(Ledger())
    assert loose_numbers(words.number(Quantity(12.5, Cell("headline.json", ("converted", "mean"))), 1)) == []
    assert loose_numbers(words.number(12.5, 1)) == ["12,5"]


@pytest.mark.parametrize("name", SHAPES)
def test_a_bound_number_is_what_its_expression_gives(name: str, folder_of: FolderOf) -> None:
    document = document_of(folder_of(name))
    run = read_run(folder_of(name))

    def look(cell: Cell) -> float:
        return float(run.value_at(cell))

    assert document.numbers
    for number in document.numbers:
        exact = evaluated(number.expression, look)
        # A figure that a range rounds stands for the unrounded one, as near as its step: a million kr., or a tenth.
        step = next(step for least, step in ((1e3, 1e6), (1.0, 1.0), (0.0, 0.1)) if abs(exact) >= least)
        step = step if SHAPES[name].spread else 0.0
        assert float(number) == pytest.approx(exact, rel=1e-9, abs=step)


def _means_and_lows(headline: dict[str, Any]) -> None:
    effect = headline["saldo_mio_kr"]["employment_effect"]
    effect["mean"], effect["low"] = effect["low"], effect["mean"]


def _arms(headline: dict[str, Any]) -> None:
    arms = headline["conversations"]
    arms["baseline"], arms["proposal"] = arms["proposal"], arms["baseline"]


def _saving_and_net(headline: dict[str, Any]) -> None:
    saldo = headline["saldo_mio_kr"]
    saldo["caseworker_time"], saldo["net"] = saldo["net"], saldo["caseworker_time"]


def _municipal_and_a_kasse(headline: dict[str, Any]) -> None:
    hours = headline["caseworker_hours"]
    hours["municipal"], hours["a_kasse"] = hours["a_kasse"], hours["municipal"]


def _effect_and_control(headline: dict[str, Any]) -> None:
    effect = headline["saldo_mio_kr"]["employment_effect"]
    effect["mean"], effect["control"] = effect["control"] * 3, effect["mean"]


EXCHANGES: dict[str, tuple[Exchange, tuple[str, ...], str]] = {
    "mean and low": (_means_and_lows, ("saldo_mio_kr.employment_effect.",), "partial_loss"),
    "baseline and proposal": (_arms, ("conversations.",), "suspension"),
    "saving and net": (_saving_and_net, ("saldo_mio_kr.caseworker_time", "saldo_mio_kr.net"), "counted_time"),
    "municipalities and a-kasser": (_municipal_and_a_kasse, ("caseworker_hours",), "published"),
    "figure and control": (_effect_and_control, ("saldo_mio_kr.employment_effect",), "published"),
}


@pytest.mark.parametrize("what", EXCHANGES)
def test_every_sentence_follows_the_meaning_of_its_figures(what: str, folder_of: FolderOf, tmp_path: Path) -> None:
    exchange, paths, name = EXCHANGES[what]
    folder = shutil.copytree(folder_of(name), tmp_path / "run")
    before = document_of(folder)
    headline = json.loads((folder / "headline.json").read_text(encoding="utf-8"))
    exchange(headline)
    (folder / "headline.json").write_text(json.dumps(headline), encoding="utf-8")
    after = set(map(plain, printed(document_of(folder))))
    using = [text for text in printed(before) if _rests_on(before, text, paths)]
    assert using, "some sentence uses the figures"
    assert [plain(text) for text in using if plain(text) in after] == []


def _rests_on(document: Document, text: str, paths: tuple[str, ...]) -> bool:
    numbers = (document.numbers[span.number] for span in spans(text) if span.number is not None)
    named = (".".join(cell.path) for number in numbers for cell in cells(number.expression))
    return any(path.startswith(paths) for path in named)


def test_calculating_with_quantities_remembers_how() -> None:
    three, four = (Quantity(value, Cell("headline.json", (name,))) for name, value in (("a", 3.0), ("b", 4.0)))
    worked = abs(-(three - four) * 10 / (2 * four) + 1 - three)
    assert float(worked) == 0.75
    line = "|-(headline.json:a - headline.json:b) * 10 / (2 * headline.json:b) + 1 - headline.json:a|"
    assert told(worked.expression) == line
    assert evaluated(worked.expression, lambda cell: {"a": 3.0, "b": 4.0}[cell.path[0]]) == 0.75
    assert [".".join(cell.path) for cell in cells(worked.expression)] == ["a", "b", "b", "a"]


def test_a_sum_is_flat_and_begins_with_nothing() -> None:
    parts = [Quantity(float(at), Cell("tables/saldo.csv", (str(at), "kr"))) for at in range(4)]
    total = sum(parts)
    assert isinstance(total, Quantity) and float(total) == 6.0
    assert isinstance(total.expression, Operation) and len(total.expression.parts) == 4
    assert sum([]) == 0 and evaluated(NOTHING.expression, lambda _: 1.0) == 0.0
    assert constant(2.0).expression == Constant(2.0)


def test_marks_hold_any_index_and_leave_the_text() -> None:
    ledger = Ledger()
    number = Quantity(1.0, Cell("headline.json", ("a",)))
    text = [ledger.mark(number, f"n{at}") for at in range(5_000)][-1]
    (span,) = spans(text)
    assert (span.text, span.number, bare(f"**{text}**")) == ("n4999", 4_999, "**n4999**")
