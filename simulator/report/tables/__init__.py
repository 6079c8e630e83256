"""The tables of a run to paste: `tabeller.xlsx`, one table of the brief by name, and the run's own tables in Danish.

**In** come the brief's tables, as they stand in its blocks with the exact numbers behind them, and `tables/*.csv` of
the run. **Out** come a workbook with a sheet for each, a Word document or a stretch of HTML or text with one of them,
and CSV that a Danish Excel opens as columns and numbers.

**Assumptions.** A cell is a number where it writes one figure of the run and nothing but its unit; every other cell is
text. Text that a spreadsheet would take for a formula is kept from being one.
"""

from __future__ import annotations

from pathlib import Path

from simulator.report.plugs import plug_names

__all__ = ["data_table", "save_tables", "table_formats", "written_table"]


def table_formats() -> tuple[str, ...]:
    """Return the formats that a table of the brief can be written in."""
    return plug_names("tables/formats")


def save_tables(folder: Path, language: str = "da") -> Path:
    """Write the tables of the brief of a finished run into its folder as a workbook, and return the file."""
    from simulator.report.tables.workbook import save_tables as saved

    return saved(folder, language)


def written_table(folder: Path, name: str, form: str, language: str = "da") -> bytes:
    """Return one table of the brief of a finished run in a format; see `simulator.report.tables.single`."""
    from simulator.report.tables.single import written_table as written

    return written(folder, name, form, language)


def data_table(folder: Path, name: str, locale: str) -> bytes:
    """Return one of the run's own tables as CSV; see `simulator.report.tables.rows`."""
    from simulator.report.tables.rows import data_table as read

    return read(folder, name, locale)
