"""The sheet of inputs: what the reader may change, in marked cells with names, ranges and validation."""

from __future__ import annotations

from collections.abc import Mapping

from simulator.report.language import Words
from simulator.report.reading import Row
from simulator.report.workbook.grid import Formula, Sheet, cell
from simulator.report.workbook.terms import RELATIVE, Input, Terms

NUMBERS = {"persons": "#,##0", "weeks": "0.0###", "share": "0.0###", "factor": "0.0###", "kr": "#,##0", "index": "0.00"}
"""How the numbers of a unit are written; separators are those of the reader's own setting."""
SHARES = ("closures.carry_share", "saldo.first_year_share")
FROM = {"persons": "from_run", "meeting_weeks": "from_calendar", "kr_per_week": "from_control"}


def write_inputs(sheet: Sheet, terms: Terms, words: Words) -> None:
    """Write the inputs and give their cells names."""
    text = words.text
    sheet.line(text("workbook.inputs.heading"), "heading")
    sheet.heads(words.find("workbook.inputs.heads"), (False, True, False, True, True, True, False, False), repeat=True)
    for one in terms.inputs.values():
        _write(sheet, terms, words, one)


def _write(sheet: Sheet, terms: Terms, words: Words, one: Input) -> None:
    row, number = sheet.row, NUMBERS[one.unit]
    source = _row_of(terms.values, one)
    low, high = (float(source[end]) if source and source.get(end) else None for end in ("low", "high"))
    shown, lowest, highest = (cell(row, column) for column in (1, 4, 5))
    outside = words.text("workbook.inputs.outside")
    warned = None
    if low is not None and high is not None:
        beyond = "" if low <= one.value <= high else outside
        warned = Formula(f'=IF(OR({shown}<{lowest},{shown}>{highest}),"{outside}","")', beyond)
    unit = words.text(f"workbook.units.{one.unit}")
    told = _source(terms, words, one, source)
    sheet.cells(
        (label(words, one), one.value, unit, one.value, low, high, warned, told),
        ("", number, "", *[number] * 3, "", ""),
    )
    sheet.put(row, 1, one.value, "input", number)
    sheet.book.book.define_name(one.name, f"='{sheet.made.get_name()}'!{cell_fixed(row, 1)}")
    sheet.made.data_validation(row, 1, row, 1, _allowed(words, one))


def label(words: Words, one: Input) -> str:
    """Return what an input is called."""
    if one.kind in ("persons", "kr_per_week"):
        return words.text(f"workbook.inputs.{one.kind}", group=words.name("groups", one.about))
    if one.about:
        return words.text(f"workbook.inputs.{one.kind}", type=words.name("types", one.about))
    return words.key_name(one.key) or one.key


def cell_fixed(row: int, column: int) -> str:
    """Return the name of a cell that stays when a formula is copied, such as $B$3."""
    return f"${cell(0, column)[:-1]}${row + 1}"


def _row_of(values: Mapping[str, Row], one: Input) -> Row | None:
    """Return the row of the assumptions that an input comes from; that of the phone for a relative effect."""
    if one.kind in ("relative_effect", "loss_index"):
        return values.get(f"{RELATIVE}.{one.about}.phone") if one.kind == "relative_effect" else None
    return values.get(one.key)


def _source(terms: Terms, words: Words, one: Input, row: Row | None) -> str:
    if one.kind == "loss_index":
        return words.text("workbook.inputs.calibrated")
    if row is None:
        return words.text(f"workbook.inputs.{FROM[one.kind]}")
    told = terms.run.source_title(row["source"]) or row["source"]
    return ", ".join(part for part in (told, words.name("value_kinds", row["kind"])) if part)


def _allowed(words: Words, one: Input) -> dict[str, object]:
    """Return what may be written into the cell of an input."""
    share = one.key in SHARES
    kind = "share" if share else "positive"
    limits: dict[str, object] = {"criteria": ">=", "value": 0}
    if share:
        limits = {"criteria": "between", "minimum": 0, "maximum": 1}
    title, message = (words.text(f"workbook.inputs.{kind}_{part}") for part in ("title", "message"))
    told = {"input_title": title, "input_message": message, "error_title": title, "error_message": message}
    return {"validate": "decimal", **limits, **told}
