"""One table of the brief by its name, ready to paste."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from simulator.errors import InputError
from simulator.report.annex.page import compose as compose_annex
from simulator.report.brief import compose
from simulator.report.informed import has_any
from simulator.report.language import read_words
from simulator.report.plugs import plug
from simulator.report.reading import Run, read_run
from simulator.report.sections.telling import Telling
from simulator.report.story import words_for
from simulator.report.tables.numbers import Reading
from simulator.results.dictionary import INFORMATION, table_names


def reading_of(run: Run, language: str) -> Reading:
    """Return the brief of a run, whose tables can be asked for.

    Raises:
        InputError: There is no such language.
    """
    words = words_for(run, read_words(language))
    return Reading(compose(Telling(run, words)), words)


def annex_of(run: Run, language: str) -> Reading | None:
    """Return the annex of a run, whose tables can be asked for; None where the run has none."""
    if not has_any(run):
        return None
    words = words_for(run, read_words(language))
    return Reading(compose_annex(run, words), words)


def written_table(folder: Path, name: str, form: str, language: str = "da") -> bytes:
    """Return a table of the brief, or of the annex, of a finished run in a format.

    Args:
        folder: Run folder.
        name: Name of the table, such as `chain`.
        form: Name of a file in `tables/formats/`.
        language: Name of a file in `languages/`.

    Raises:
        InputError: The folder holds no finished run, or there is no such table, format or language.
    """
    writer = plug("tables/formats", form, "format")
    run = read_run(folder)
    brief, annex = reading_of(run, language), annex_of(run, language)
    readings = [brief] if annex is None else [brief, annex]
    reading = next((one for one in readings if name in one.tables), None)
    if reading is None:
        raise InputError.one(_missing(name, readings), where=str(folder), path="table")
    written: bytes = writer.write(reading.tables[name], reading)
    return written


def _missing(name: str, readings: Sequence[Reading]) -> str:
    there = ", ".join(table for one in readings for table in one.tables) or "none"
    own = name in (*table_names(), *INFORMATION)
    hint = f"; {name} is one of the run's own tables: give --format csv" if own else ""
    return f"no table {name!r} in the {DOCUMENTS[len(readings)]} of this run; it has: {there}{hint}"


DOCUMENTS = {1: "brief", 2: "brief and the annex"}
