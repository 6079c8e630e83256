"""The documents of every run: it is read once, each figure is drawn once, and all that belongs to it is written."""

from __future__ import annotations

from pathlib import Path

from simulator.report.brief import FORMS, write_brief
from simulator.report.edition import Edition
from simulator.report.language import read_words
from simulator.report.pictures import USUAL_LANGUAGE, Pictures, write_all
from simulator.report.reading import read_run
from simulator.report.tables.workbook import save_tables


def write_documents(folder: Path) -> None:
    """Write the figures, both forms of the brief and its tables into the folder of a finished run.

    Raises:
        InputError: The folder holds no finished run.
    """
    pictures = Pictures(read_run(folder), read_words(USUAL_LANGUAGE))
    write_all(folder, pictures)
    for form in FORMS:
        write_brief(folder, pictures, edition=Edition(form=form))
    save_tables(folder, USUAL_LANGUAGE, pictures.run)
