"""The workbook, recomputed by another program after its inputs were changed, gives what the control gives."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import formulas
import openpyxl
import pytest

from simulator.pipeline import control_at
from simulator.scenario import read_scenario
from simulator.scenario.sources import scenario_file
from tests.unit.report.workbook.conftest import BookOf

NOTE = ("christmas-2021",)
ACCOUNTS = ("suspension-2020", "saldo.concept=with_running_costs")
CASES = {"note": NOTE, "accounts": ACCOUNTS}
FIGURES = {
    "Samtaler der skifter form": ("converted", 1.0),
    "Uger i beskæftigelse": ("employment_weeks", 1.0),
    "Fuldtidsbeskæftigede i ét år": ("full_time_weeks", 1 / 52),
    "Virkning på den offentlige saldo": ("employment_effect_kr", 1e-6),
}
"""Rows of the last table of the chain: the control's figure, and what it is multiplied by."""
KEYS = {
    "attendance_take_up_scale": "attendance.take_up_scale",
    "closures_carry_share": "closures.carry_share",
    "effects_params_scale": "effects.params.scale",
    "saldo_first_year_share": "saldo.first_year_share",
    "saldo_value_per_person_year_kr": "saldo.value_per_person_year_kr",
}
CHANGED = {
    "attendance_take_up_scale": 0.5,
    "closures_carry_share": 0.4,
    "effects_params_scale": 0.6,
    "saldo_first_year_share": 0.35,
    "saldo_value_per_person_year_kr": 251_000.0,
    "relative_effect": 0.3,
}
Recomputed = Callable[[dict[str, float]], dict[str, float]]


class Book:
    """A workbook that can be recomputed."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.written = openpyxl.load_workbook(path)
        self.known = openpyxl.load_workbook(path, data_only=True)
        self.program = formulas.ExcelModel().loads(str(path)).finish()

    def place(self, sheet: str, cell: str) -> str:
        return f"'[{self.path.name}]{sheet.upper()}'!{cell}"

    @property
    def inputs(self) -> dict[str, str]:
        """Return the cell of each input by its name."""
        named = self.written.defined_names
        return {name: named[name].attr_text.rpartition("!")[2].replace("$", "") for name in named}

    def formulas(self) -> Iterator[tuple[str, str]]:
        for sheet in self.written:
            for cell in (cell for row in sheet.iter_rows() for cell in row):
                if cell.data_type == "f":
                    yield sheet.title, cell.coordinate

    @cached_property
    def unchanged(self) -> Any:
        return self.program.calculate()

    def at(self, changed: dict[str, float]) -> Any:
        """Return the solution with inputs changed; `relative_effect` stands for those of all types."""
        if not changed:
            return self.unchanged
        cells = {}
        for name, cell in self.inputs.items():
            key = "relative_effect" if name.startswith("relative_effect") else name
            if key in changed:
                cells[self.place("Inddata", cell)] = changed[key]
        return self.program.calculate(inputs=cells)

    def figures(self, changed: dict[str, float]) -> dict[str, float]:
        """Return the figures of the last table of the chain, and the sum of the years."""
        solution, sheet = self.at(changed), self.written["Kæden"]
        labels = {row[0].value: row[0].row for row in sheet.iter_rows(max_col=1)}
        found = {name: f"C{labels[name]}" for name in FIGURES}
        years = self.written["År"]
        total = next(row[0].row for row in years.iter_rows(max_col=1) if row[0].value == "I alt")
        numbers = {name: float(solution[self.place("Kæden", cell)].value[0, 0]) for name, cell in found.items()}
        return {**numbers, "years": float(solution[self.place("År", f"B{total}")].value[0, 0])}


@pytest.fixture(scope="module")
def opened(book_of: BookOf) -> Callable[[str], Book]:
    """Workbook of a case, loaded once."""
    return cache(lambda case: Book(book_of(*CASES[case])))


def control(case: str, changed: dict[str, float]) -> dict[str, float]:
    """Return what the control gives for a scenario that is changed alike."""
    scenario, *sets = CASES[case]
    laid = [f"{KEYS.get(name, 'effects.params.' + name)}={value}" for name, value in changed.items()]
    path = scenario_file(Path(f"scenarios/{scenario}.yaml"))
    found = control_at(read_scenario(path, ("places=[Fano]", *sets, *laid)))
    figures = {label: found[name] * times for label, (name, times) in FIGURES.items()}
    return {**figures, "years": found["employment_effect_kr"] * 1e-6}


@pytest.mark.parametrize("case", CASES)
def test_every_stored_value_is_what_its_formula_gives(opened: Callable[[str], Book], case: str) -> None:
    book = opened(case)
    solution, counted = book.at({}), 0
    for sheet, cell in book.formulas():
        stored, found = book.known[sheet][cell].value, solution[book.place(sheet, cell)].value[0, 0]
        if isinstance(stored, (int, float)):
            assert float(found) == pytest.approx(stored, rel=1e-9, abs=1e-9), (sheet, cell)
            counted += 1
        else:
            assert (stored or "") == found, (sheet, cell)
    assert counted > 100


@pytest.mark.parametrize("case", CASES)
def test_all_inputs_changed_move_the_workbook_as_they_move_the_control(
    opened: Callable[[str], Book], case: str
) -> None:
    book = opened(case)
    changed = {name: value for name, value in CHANGED.items() if name in {*book.inputs, "relative_effect"}}
    before, after = book.figures({}), book.figures(changed)
    assert before == pytest.approx(control(case, {}), rel=1e-9)
    assert after == pytest.approx(control(case, changed), rel=1e-9)
    assert all(abs(after[name] - before[name]) > abs(before[name]) / 100 for name in FIGURES)


def test_each_input_moves_the_workbook_by_itself(opened: Callable[[str], Book]) -> None:
    book = opened("note")
    assert {*CHANGED} - {"relative_effect"} <= {*book.inputs}
    for name in ("attendance_take_up_scale", "relative_effect"):
        assert book.figures({name: CHANGED[name]}) == pytest.approx(control("note", {name: CHANGED[name]}), rel=1e-9)


def test_persons_and_weeks_are_multiplied_on(opened: Callable[[str], Book]) -> None:
    book = opened("note")
    cells = {name: book.known["Inddata"][cell].value for name, cell in book.inputs.items()}
    persons = {name: value * 2 for name, value in cells.items() if name.startswith("persons_")}
    weeks = {name: value * 0.25 for name, value in cells.items() if name.startswith("meeting_weeks_")}
    before = book.figures({})
    after = book.figures({**persons, **weeks})
    assert after == pytest.approx({name: value * 0.5 for name, value in before.items()}, rel=1e-12)


def test_kroner_a_week_are_an_input_where_no_one_value_is_taken(opened: Callable[[str], Book]) -> None:
    book = opened("accounts")
    cells = {name: book.known["Inddata"][cell].value for name, cell in book.inputs.items()}
    kroner = {name: value * 3 for name, value in cells.items() if name.startswith("kr_per_week_")}
    before, after = book.figures({}), book.figures(kroner)
    assert kroner and "saldo_value_per_person_year_kr" not in cells
    name = "Virkning på den offentlige saldo"
    assert after[name] == pytest.approx(3 * before[name], rel=1e-12)
    assert after["years"] == pytest.approx(after[name], rel=1e-12)
