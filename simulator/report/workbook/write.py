"""The workbook as bytes: its sheets in the order of reading, from one run."""

from __future__ import annotations

from simulator.report.language import Words
from simulator.report.reading import Run
from simulator.report.story import Story
from simulator.report.workbook.chain_sheet import ChainSheet
from simulator.report.workbook.figures import write_assumptions, write_results
from simulator.report.workbook.grid import Book, Sheet
from simulator.report.workbook.inputs import write_inputs
from simulator.report.workbook.kroner import Money
from simulator.report.workbook.terms import Terms
from simulator.report.workbook.terms_sheet import write_terms

LIVE = ("inputs", "chain", "years")
"""Sheets with formulas, which need the run's table of terms."""
ALWAYS = ("results", "assumptions")
A3 = 8
"""Paper of the widest sheet, by its number in Excel."""
RECORD = ("scenario", "run_id", "engine", "replications", "seed", "version", "commit", "command")


def workbook_bytes(run: Run, words: Words) -> bytes:
    """Return the workbook of a run.

    Args:
        run: The run.
        words: The language, with the words for the run.
    """
    terms = Terms(run)
    book = Book(run, words, words.text("workbook.title", run=str(run.manifest.get("run_id", ""))))
    names = ["read_me", *(LIVE if terms.there else ()), *ALWAYS, *(["terms"] if terms.there else [])]
    sheets = {name: _sheet(book, name) for name in names}
    _read_me(sheets["read_me"], run, words, terms)
    if terms.there:
        write_inputs(sheets["inputs"], terms, words)
        sums = write_terms(sheets["terms"], terms, words)
        chain = ChainSheet(sheets["chain"], terms, sums, words)
        money = Money(terms, sums, chain.write(), words)
        money.write_check(sheets["chain"], money.write_kroner(sheets["chain"]))
        money.write_years(sheets["years"])
        for name in LIVE:
            sheets[name].on_one_page()
        sheets["chain"].made.set_paper(A3)
    write_results(sheets["results"], run, words)
    sheets["results"].on_one_page()
    write_assumptions(sheets["assumptions"], run, words)
    for sheet in sheets.values():
        sheet.close()
    return book.saved()


def _sheet(book: Book, name: str) -> Sheet:
    """Return a sheet with the lines that every sheet has: run, sign, price level and unit."""
    run, words = book.run, book.words
    unit = {"chain": "unit_chain", "years": "unit_mio_kr"}.get(name, "unit_rows")
    title = run.headline.get("title_da") or run.headline.get("title") or run.headline.get("scenario", "")
    told = words.text("workbook.run", run=str(run.manifest.get("run_id", "")), title=str(title))
    signs = words.text("workbook.signs" if Story(run).is_public else "workbook.signs_social")
    lines = [" ".join((signs, words.text(f"workbook.{unit}"), *_price_level(run, words)))]
    sheet = book.sheet(words.text(f"workbook.sheets.{name}"), told, lines)
    if Story(run).draft_reasons:
        sheet.row -= 1
        sheet.line(words.text("workbook.draft"), "draft")
        sheet.row += 1
    return sheet


def _price_level(run: Run, words: Words) -> list[str]:
    year = run.headline.get("price_year")
    return [words.text("workbook.price_level", year=year)] if year else []


def _read_me(sheet: Sheet, run: Run, words: Words, terms: Terms) -> None:
    named = {name: words.text(f"workbook.sheets.{name}") for name in (*LIVE, *ALWAYS, "terms")}
    keys = ("what", "inputs", "chain", "terms", "linear", "tables") if terms.there else ("what", "no_chain", "tables")
    sheet.line(words.text("workbook.read_me.heading"), "heading")
    for key in keys:
        sheet.line(words.text(f"workbook.read_me.{key}", **named))
    sheet.row += 1
    sheet.heads(words.find("workbook.read_me.heads"), (False, False))
    for name, value in _record(run, words):
        sheet.cells((words.text(f"workbook.read_me.rows.{name}"), value), ("", ""))


def _record(run: Run, words: Words) -> list[tuple[str, str]]:
    """Return what the run is, in words."""
    found = {name: run.manifest.get(name, run.headline.get(name)) for name in RECORD}
    engine = found["engine"] or run.headline.get("engine")
    found["engine"] = words.name("engines", str(engine)) if engine else None
    found["period"] = words.period(*run.period)
    found["concept"] = words.name("concepts", Story(run).concept) if Story(run).concept else None
    found["known_as_of"] = run.manifest.get("known_as_of")
    order = words.find("workbook.read_me.rows")
    return [(name, str(found[name])) for name in order if found.get(name) not in (None, "")]
