"""One table of the brief by its name, ready to paste."""

from __future__ import annotations

from pathlib import Path

from simulator.errors import InputError
from simulator.report.brief import compose
from simulator.report.language import read_words
from simulator.report.plugs import plug
from simulator.report.reading import Run, read_run
from simulator.report.sections.telling import Telling
from simulator.report.story import words_for
from simulator.report.tables.numbers import Reading
from simulator.results.dictionary import table_names


def reading_of(run: Run, language: str) -> Reading:
    """Return the brief of a run, whose tables can be asked for.

    Raises:
        InputError: There is no such language.
    """
    words = words_for(run, read_words(language))
    return Reading(compose(Telling(run, words)), words)


def written_table(folder: Path, name: str, form: str, language: str = "da") -> bytes:
    """Return a table of the brief of a finished run in a format.

    Args:
        folder: Run folder.
        name: Name of the table, such as `chain`.
        form: Name of a file in `tables/formats/`.
        language: Name of a file in `languages/`.

    Raises:
        InputError: The folder holds no finished run, or there is no such table, format or language.
    """
    writer = plug("tables/formats", form, "format")
    reading = reading_of(read_run(folder), language)
    found = reading.tables.get(name)
    if found is None:
        raise InputError.one(_missing(name, reading), where=str(folder), path="table")
    written: bytes = writer.write(found, reading)
    return written


def _missing(name: str, reading: Reading) -> str:
    there = ", ".join(reading.tables) or "none"
    hint = f"; {name} is one of the run's own tables: give --format csv" if name in table_names() else ""
    return f"no table {name!r} in the brief of this run; it has: {there}{hint}"
