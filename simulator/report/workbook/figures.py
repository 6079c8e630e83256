"""The sheets of results and assumptions: the run's figures and values as they stand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from simulator.report.language import MIO, Words
from simulator.report.reading import Estimate, Row, Run
from simulator.report.sections.values import used
from simulator.report.story import Story, in_headline
from simulator.report.workbook.grid import Content, Formula, Sheet, cell, span
from simulator.report.workbook.terms import RELATIVE

STATES = ("due", "held", "physical", "phone", "video", "no_show", "lapsed", "cancelled", "waiting_start", "waiting_end")
LINES = ("employment_effect", "form", "volume", "caseworker_time", "no_shows", "travel", "net")
COUNT, WEEKS, MIO_KR, EXACT = "#,##0", "#,##0.0", "#,##0.000", "#,##0.######"


def write_results(sheet: Sheet, run: Run, words: Words) -> None:
    """Write the figures of the run: no event error, and no kroner by type or place."""
    _figures(sheet, run, words)
    _conversations(sheet, run, words)
    _authorities(sheet, run, words)
    _concepts(sheet, run, words)


def _head(sheet: Sheet, words: Words, name: str, heads: list[str], texts: int = 1) -> None:
    sheet.line(words.text(f"workbook.results.{name}"), "heading")
    sheet.heads(heads, [False] * texts + [True] * (len(heads) - texts))


def _figures(sheet: Sheet, run: Run, words: Words) -> None:
    _head(sheet, words, "figures", words.find("workbook.results.heads"), 2)
    for name, unit, found in figures_of(run, words):
        number = {"mio_kr": MIO_KR, "conversations": COUNT}.get(unit, WEEKS)
        ends = [found.low, found.high, found.control]
        values = [None if one is None else float(one) for one in ends]
        contents = (name, words.text(f"workbook.units.{unit}"), float(found.mean), *values)
        sheet.cells(contents, ("", "", *[number] * 4))
    sheet.row += 1


def figures_of(run: Run, words: Words) -> Iterator[tuple[str, str, Estimate]]:
    """Yield the figures of the headline: name, unit and estimate."""
    text = words.text
    yield text("workbook.chain.rows.converted"), "conversations", run.estimate("converted")
    for name in run.headline.get("converted_by_type") or {}:
        found = run.estimate("converted_by_type", name)
        if found.mean:
            told = text("workbook.chain.of_type", type=words.name("types", name))
            yield told, "conversations", found
    yield text("workbook.chain.rows.employment_weeks"), "weeks", run.estimate("employment_weeks")
    yield text("workbook.chain.rows.person_years"), "person_years", run.estimate("full_time_person_years")
    for name in LINES:
        yield text(f"workbook.results.lines.{name}"), "mio_kr", run.estimate("saldo_mio_kr", name)
    for name in ("municipal", "a_kasse"):
        yield text(f"workbook.results.hours.{name}"), "hours", run.estimate("caseworker_hours", name)


def _conversations(sheet: Sheet, run: Run, words: Words) -> None:
    _head(sheet, words, "conversations", words.find("workbook.results.conversation_heads"))
    for state in STATES:
        counts = [run.number("conversations", arm, state) for arm in ("baseline", "proposal")]
        told = [words.text("workbook.results.none") if one is None else float(one) for one in counts]
        less: Content = None
        if counts[0] is not None and counts[1] is not None:
            formula = f"={cell(sheet.row, 2)}-{cell(sheet.row, 1)}"
            less = Formula(formula, float(counts[1]) - float(counts[0]))
        sheet.cells((words.text(f"workbook.results.states.{state}"), *told, less), ("", COUNT, COUNT, COUNT))
    sheet.row += 1


def _authorities(sheet: Sheet, run: Run, words: Words) -> None:
    """Write the headline by authority and financial year."""
    story, found = Story(run), defaultdict[tuple[str, str], float](float)
    rows = [row for row in run.table("saldo") if row["concept"] == story.concept and in_headline(row, story)]
    for row in rows:
        found[row["authority"], row["year"]] += float(row["kr"]) / MIO
    years = sorted({year for _, year in found})
    if not years:
        return
    total = words.text("workbook.results.total")
    _head(sheet, words, "authorities", [words.text("workbook.results.authority"), *years, total])
    first, numbers = sheet.row, ("", *[MIO_KR] * (len(years) + 1))
    for authority in dict.fromkeys(name for name, _ in found):
        amounts = [found[authority, year] for year in years]
        whole = Formula(f"=SUM({cell(sheet.row, 1)}:{cell(sheet.row, len(years))})", sum(amounts))
        sheet.cells((words.name("authorities", authority), *amounts, whole), numbers)
    sums = [sum(amount for (_, its), amount in found.items() if its == year) for year in years]
    wholes = [
        Formula(f"=SUM({span(first, sheet.row - 1, column)})", value)
        for column, value in enumerate((*sums, sum(sums)), start=1)
    ]
    sheet.cells((total, *wholes), numbers, "total")
    sheet.row += 1


def _concepts(sheet: Sheet, run: Run, words: Words) -> None:
    rows = run.table("concepts")
    if not rows:
        return
    _head(sheet, words, "concepts", words.find("workbook.results.concept_heads"))
    for row in rows:
        missing = words.text("workbook.results.none")
        values = [float(row[name]) if row.get(name) else missing for name in ("mio_kr", "control_mio_kr")]
        style = "chosen" if row["chosen"] == "1" else "text"
        sheet.cells((words.name("concepts", row["concept"]), *values), ("", MIO_KR, MIO_KR), style)


def write_assumptions(sheet: Sheet, run: Run, words: Words) -> None:
    """Write the values that the run used; a relative effect that was calibrated is no figure of its own."""
    heads = words.find("workbook.assumptions.heads")
    sheet.line(words.text("workbook.assumptions.heading"), "heading")
    sheet.heads(heads, (False, False, True, False, True, True, False, False, False), repeat=True)
    first = sheet.row
    for row in run.table("assumptions"):
        if used(row.get("used", "")) and row["value"]:
            sheet.cells(_assumption(run, words, row), ("", "", EXACT, "", EXACT, EXACT, "", "", ""))
    if sheet.row > first:
        sheet.made.autofilter(first - 1, 0, sheet.row - 1, len(heads) - 1)


def _assumption(run: Run, words: Words, row: Row) -> list[Content]:
    hidden = row["kind"] == "calibrated" and row["key"].startswith(RELATIVE)
    low, high = (float(row[end]) if row.get(end) and not hidden else None for end in ("low", "high"))
    return [
        words.key_name(row["key"]) or row["key"],
        row["key"],
        None if hidden else float(row["value"]),
        words.name("value_units", row["unit"]),
        low,
        high,
        words.text("workbook.inputs.calibrated") if hidden else words.name("value_kinds", row["kind"]),
        run.source_title(row["source"]) or row["source"],
        row.get("date", ""),
    ]
