"""The blind workbook: the chain with names, units and sources of its factors, for a second person to fill.

It is made from the same run as the calculating workbook and holds none of its values: not in a cell, a formula, a
limit or a property. Formulas work out the chain from what is filled in, and show nothing until all of it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from simulator.report.language import Words, read_words
from simulator.report.municipalities.tiles import read_tiles
from simulator.report.reading import Run, read_run
from simulator.report.story import Story, words_for
from simulator.report.workbook.asked import FORM, Asked, Chain, Product
from simulator.report.workbook.asking import chain_of
from simulator.report.workbook.grid import Book, Content, Formula, Sheet, cell, seen, span

FILLED_BY, FILLED_ON, TEMPLATE = (3, 1), (4, 1), (5, 1)
"""Cells of the front sheet, row and column from 0."""
FIRST_ROW = 4
"""Row below the headings of the sheet of factors, from 0."""
NUMBER, VALUE, BASIS, REMARK = 0, 4, 5, 6
"""Columns of that sheet."""
FIGURES = ("converted", "employment_weeks", "employment_effect")
FORMATS = {
    "persons": "#,##0",
    "conversations": "#,##0",
    "per week": "0.0000",
    "weeks": "0.0000",
    "share": "0.0000",
    "factor": "0.0000",
    "kr per person-year": "#,##0",
    "kr per week": "#,##0",
    "converted": "#,##0",
    "employment_weeks": "#,##0.0",
    "employment_effect": "#,##0.000",
}
WIDTHS = {
    "front": (31, 20, 20, 14, 14, 14, 14),
    "cells": (6, 46, 20, 74, 13, 11, 24),
    "chain": (40, 33, 64, 16, 14, 12),
}
DAY = "yyyy-mm-dd"
MOST_SOURCES, MOST_PLACES = 2, 12
KR_A_MIO = "1000000"


@dataclass(frozen=True)
class BlindHeading:
    """What the case says of itself on the first sheet.

    Attributes:
        case: Name of the case.
        file_number: File number of the ministry.
        version: Version of the case's answer.
        question: The question that was asked.
    """

    case: str
    file_number: str
    version: int
    question: str


def blind_workbook(run: Path, heading: BlindHeading, language: str = "da") -> bytes:
    """Return the workbook that a second person fills; the same run and heading give the same bytes.

    Args:
        run: The run folder.
        heading: What stands at its head.
        language: Language of its words.

    Raises:
        InputError: It is no run, it keeps no control, or there is no such language.
    """
    read, words = read_run(run), read_words(language)
    writer = _Writer(read, chain_of(run), words_for(read, words))
    writer.write(heading)
    return writer.book.saved()


def rows_of(chain: Chain) -> tuple[int, ...]:
    """Return the row of each cell on the sheet of factors, from 0; a row over each factor tells what it is."""
    rows: list[int] = []
    before = ""
    for one in chain.asked:
        rows.append((rows[-1] + 1 if rows else FIRST_ROW) + (one.factor != before))
        before = one.factor
    return tuple(rows)


class _Writer:
    """Writes the three sheets."""

    def __init__(self, run: Run, chain: Chain, words: Words) -> None:
        self.run, self.chain, self.words = run, chain, words
        self.book = Book(run, words, words.text("blind.banner"))
        self.rows = rows_of(chain)
        self.names = {name: words.text(f"blind.sheets.{name}") for name in ("front", "cells", "chain")}

    def text(self, key: str, **values: object) -> str:
        return self.words.text(f"blind.{key}", **values)

    def write(self, heading: BlindHeading) -> None:
        front, cells, chain = (self._sheet(name, heading) for name in self.names)
        self._cells(cells)
        results = self._chain(chain)
        self._front(front, heading, results)
        for name, sheet in zip(self.names, (front, cells, chain), strict=True):
            sheet.widths.update(enumerate(WIDTHS[name]))
            sheet.close()
            sheet.made.protect("", {"format_columns": True, "format_rows": True})
        for sheet in (front, chain):
            sheet.on_one_page()

    def _sheet(self, name: str, heading: BlindHeading) -> Sheet:
        title = self.text("title", case=heading.case, version=heading.version)
        sheet = self.book.sheet(self.names[name], title, [])
        sheet.row -= 1
        if name == "front":
            sheet.line(self.text("banner"), "draft")
        else:
            sheet.line(self.text(f"{name}.remark", **self.names), "remark")
        sheet.row += 1
        return sheet

    def _front(self, sheet: Sheet, heading: BlindHeading, results: Sequence[Formula]) -> None:
        self._input(sheet, FILLED_BY, "filled_by", "", {"validate": "any", **self._told("name")})
        first = {"validate": "date", "criteria": ">", "value": "=DATE(2000,1,1)"}
        self._input(sheet, FILLED_ON, "filled_on", DAY, first | self._told("date", "error"))
        assert sheet.row == TEMPLATE[0]
        sheet.cells((self.text("front.template"), self.chain.fingerprint), ("", ""))
        sheet.row += 1
        sheet.line(self.text("front.about"), "heading")
        for name, value in self._about(heading).items():
            sheet.put(sheet.row, 0, self.text(f"front.rows.{name}"), fits=False)
            self._across(sheet, value, 1)
        sheet.row += 1
        sheet.line(self.text("front.how"), "heading")
        named = self.names | {"given": self.text("basis.given")}
        for number, step in enumerate(self.words.find("blind.front.steps"), start=1):
            self._across(sheet, f"{number}. {step.format(**named)}", 0)
        sheet.row += 1
        self._results(sheet, results)

    def _about(self, heading: BlindHeading) -> dict[str, str]:
        """Return what is asked, in words."""
        year, concept = self.run.headline.get("price_year"), Story(self.run).concept
        found = {
            "case": heading.case,
            "file_number": heading.file_number,
            "version": str(heading.version),
            "question": heading.question,
            "run_id": self.chain.run_id,
            "period": self.words.period(*self.run.period),
            "places": self._places(),
            "concept": self.words.name("concepts", concept) if concept else "",
            "price_level": self.text("front.price_level", year=year) if year else "",
        }
        return {name: value for name, value in found.items() if value}

    def _places(self) -> str:
        """Return where the question holds: the municipalities by name, where they are few."""
        codes = [str(code) for code in self.run.scenario.get("places") or ()]
        tiles = read_tiles()
        if not codes or len(codes) >= len(tiles):
            return self.text("front.country")
        names = [tiles[code].name if code in tiles else code for code in codes]
        return self.words.listed(names) if len(names) <= MOST_PLACES else self.text("front.places", count=len(names))

    def _across(self, sheet: Sheet, text: str, first: int) -> None:
        """Write a text over the columns from `first` on, on as many lines as it needs."""
        widths, style = WIDTHS["front"], self.book.style("part")
        sheet.made.merge_range(sheet.row, first, sheet.row, len(widths) - 1, "", style)
        sheet.made.write_string(sheet.row, first, seen(text), style)
        lines = -(-len(text) // (sum(widths[first:]) - 4))
        sheet.made.set_row(sheet.row, 14.0 * max(1, lines))
        sheet.row += 1

    def _input(self, sheet: Sheet, at: tuple[int, int], name: str, number: str, allowed: dict[str, Any]) -> None:
        assert sheet.row == at[0]
        sheet.put(sheet.row, 0, self.text(f"front.{name}"), fits=False)
        sheet.made.write_blank(*at, None, self.book.style("input", number))
        sheet.made.data_validation(*at, *at, allowed)
        sheet.row += 1

    def _told(self, name: str, *also: str) -> dict[str, str]:
        title, message = (self.text(f"front.{name}_{part}") for part in ("title", "message"))
        return {
            f"{one}_{part}": text
            for one in ("input", *also)
            for part, text in zip(("title", "message"), (title, message), strict=True)
        }

    def _results(self, sheet: Sheet, results: Sequence[Formula]) -> None:
        sheet.line(self.text("front.results"), "heading")
        sheet.heads(self.words.find("blind.front.result_heads"), (False, False, True))
        for name, formula in zip(FIGURES, results, strict=True):
            named = self.text(f"figures.{name}"), self.text(f"units.{name}")
            sheet.cells((*named, formula), ("", "", FORMATS[name]))
        count = len(self.chain.asked)
        missing = f"={count}-COUNT('{self.names['cells']}'!{span(FIRST_ROW, self.rows[-1], VALUE)})"
        sheet.cells((self.text("front.missing"), "", Formula(missing, count)), ("", "", "0"))
        sheet.line(self.text("front.sign" if Story(self.run).is_public else "front.sign_social"), "remark")

    def _cells(self, sheet: Sheet) -> None:
        heads = self.words.find("blind.cells.heads")
        sheet.heads(heads, [at == VALUE for at in range(len(heads))], repeat=True)
        assert sheet.row == FIRST_ROW
        sheet.widths.update(enumerate(WIDTHS["cells"]))
        for one, row in zip(self.chain.asked, self.rows, strict=True):
            if row > sheet.row:
                self._factor(sheet, one.factor)
            assert row == sheet.row
            named = self._holds_for(one), self.words.name("value_units", one.unit), self._sources(one)
            sheet.cells((one.number, *named, None, None, None), [""] * len(heads))
            self._inputs(sheet, row, one)

    def _factor(self, sheet: Sheet, factor: str) -> None:
        """Write what a factor is called and what it means, over its cells."""
        told = self.text("cells.factor", name=self.text(f"factors.{factor}"), where=self.text(f"where.{factor}"))
        sheet.made.merge_range(sheet.row, 0, sheet.row, REMARK, "", self.book.style("head_left"))
        sheet.made.write_string(sheet.row, 0, seen(told), self.book.style("head_left"))
        sheet.made.set_row(sheet.row, 14.0 * -(-len(told) // (sum(WIDTHS["cells"]) - 20)))
        sheet.row += 1

    def _inputs(self, sheet: Sheet, row: int, one: Asked) -> None:
        bases = [self.text(f"basis.{name}") for name in ("looked_up", "given")]
        for column in (VALUE, BASIS, REMARK):
            number = FORMATS[one.unit] if column == VALUE else ""
            sheet.made.write_blank(row, column, None, self.book.style("input", number))
        if one.given:
            sheet.made.write_string(row, BASIS, bases[1], self.book.style("input"))
        sheet.made.data_validation(row, VALUE, row, VALUE, self._limits(one))
        sheet.made.data_validation(row, BASIS, row, BASIS, {"validate": "list", "source": bases} | self._basis())

    def _basis(self) -> dict[str, str]:
        bases = {name: self.text(f"basis.{name}") for name in ("looked_up", "given")}
        message = self.text("basis_message", **bases)
        title = self.text("basis_title")
        return {"input_title": title, "input_message": message, "error_title": title, "error_message": message}

    def _limits(self, one: Asked) -> dict[str, Any]:
        """Return what may be written into a cell, by its unit alone."""
        kind = "signed" if one.signed else "share" if one.unit == "share" else "positive"
        limits: dict[str, dict[str, Any]] = {
            "share": {"criteria": "between", "minimum": 0, "maximum": 1},
            "positive": {"criteria": ">=", "value": 0},
            "signed": {"criteria": "between", "minimum": -1e12, "maximum": 1e12},
        }
        title, message = self.text(f"factors.{one.factor}")[:30], self.text(f"limits.{kind}")
        told = {"input_title": title, "input_message": message, "error_title": title, "error_message": message}
        return {"validate": "decimal", **limits[kind], **told}

    def _holds_for(self, one: Asked) -> str:
        named = [self.words.name(*pair) for pair in (("types", one.type), ("groups", one.group)) if pair[1]]
        return ", ".join(named) or self.text("cells.all")

    def _sources(self, one: Asked) -> str:
        """Return the titles of the sources; no value, and no reason, which may hold one."""
        titles = list(self._titles(one)) or [self.text(f"without_source.{one.key.partition('.')[0]}")]
        told = "; ".join(titles[:MOST_SOURCES])
        return self.text("cells.more", titles=told) if len(titles) > MOST_SOURCES else told

    def _titles(self, one: Asked) -> dict[str, None]:
        rows = (row for row in self.run.table("assumptions") if row.get("used") != "0" and _is_of(row["key"], one))
        found = dict.fromkeys(row["source"] for row in rows if row["source"])
        return dict.fromkeys(self.run.source_title(source).rstrip(".") or source for source in found)

    def _chain(self, sheet: Sheet) -> list[Formula]:
        """Write a row for each product, and return where the totals stand."""
        heads = self.words.find("blind.chain.heads")
        sheet.heads(heads, [False] * 3 + [True] * 3, repeat=True)
        sheet.widths.update(enumerate(WIDTHS["chain"]))
        first, numbers = sheet.row, ("", "", "", *(FORMATS[name] for name in FIGURES))
        for product in self.chain.products:
            sheet.cells((*self._named(product), *self._formulas(product, sheet.row)), numbers)
        totals: list[Content] = [self.text("chain.total"), None, None]
        for column in range(3, 6):
            over = span(first, sheet.row - 1, column)
            counted = [one for one in self.chain.products if column > 3 or one.line == FORM]
            # Where nothing becomes digital the column is empty, and its sum waits for the weeks.
            whole = over if counted else span(first, sheet.row - 1, 4)
            full = f'=IF(COUNT({whole})={len(counted or self.chain.products)},SUM({over}),"")'
            totals.append(Formula(full, ""))
        name, row = self.names["chain"], sheet.row
        sheet.cells(totals, numbers, "total")
        return [_linked(f"'{name}'!{cell(row, column)}", totals[column]) for column in range(3, 6)]

    def _named(self, product: Product) -> tuple[str, str, str]:
        told = self.text(f"chain.lines.{product.line}", type=self.words.name("types", product.type))
        group = self.words.name("groups", product.group) if product.group else self.text("cells.all")
        places = [*product.conversations, *product.weeks, *product.kr]
        divided = "" if product.per is None else f" / {self.chain.asked[product.per].number}"
        return told, group, " × ".join(self.chain.asked[at].number for at in places) + divided

    def _formulas(self, product: Product, row: int) -> tuple[Content, Content, Content]:
        """Return conversations, weeks and kroner, each empty until what makes it up is filled in."""
        counted = self._at(product.conversations)
        count = f'=IF(COUNT({counted})={len(product.conversations)},PRODUCT({counted}),"")'
        of_weeks, of_kr = self._at(product.weeks), self._at(product.kr)
        per = "" if product.per is None else self._at((product.per,))
        made = cell(row, 3) if product.line == FORM else f"PRODUCT({counted})"
        known = f"COUNT({counted},{of_weeks})={len(product.conversations) + len(product.weeks)}"
        sign = "-" if product.sign < 0 else ""
        weeks = f'=IF({known},{sign}{made}*PRODUCT({of_weeks}),"")'
        filled = f"COUNT({cell(row, 4)},{of_kr}{',' * bool(per)}{per})={len(product.kr) + 1 + bool(per)}"
        divided = f"/{per}" if per else ""
        money = f'=IF({filled},{cell(row, 4)}*PRODUCT({of_kr}){divided}/{KR_A_MIO},"")'
        return (Formula(count, "") if product.line == FORM else None), Formula(weeks, ""), Formula(money, "")

    def _at(self, places: Sequence[int]) -> str:
        name = self.names["cells"]
        return ",".join(f"'{name}'!{cell(self.rows[at], VALUE)}" for at in places)


def _linked(place: str, content: Content) -> Formula:
    value = content.value if isinstance(content, Formula) else ""
    return Formula(f"={place}", value)


def _is_of(key: str, one: Asked) -> bool:
    """Return whether a value of the scenario is among those that a factor comes of."""
    parts = key.split(".")
    beginnings = [f"{one.key}{mark}" for mark in "._"]
    if one.key == "demand.contact":
        beginnings.append("demand.due_spell_day.")
    of_it = key == one.key or key.startswith(tuple(beginnings))
    return of_it and all(not wanted or wanted in parts for wanted in (one.type, one.group))
