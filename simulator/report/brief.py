"""A brief from a finished run: sections make a document, a format makes bytes, the same bytes each time."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from simulator.report.blocks import Document
from simulator.report.bound import Ledger
from simulator.report.language import read_words
from simulator.report.pictures import USUAL_LANGUAGE, Pictures, figures_folder, save_missing
from simulator.report.plugs import plug
from simulator.report.reading import read_run
from simulator.report.sections.annex import annex
from simulator.report.sections.closing import closing
from simulator.report.sections.opening import opening, run_id, title_of
from simulator.report.sections.reckoning import reckoning
from simulator.report.sections.telling import Telling
from simulator.report.story import words_for


def compose(telling: Telling) -> Document:
    """Return the document of a run."""
    ledger = Ledger()
    telling = Telling(telling.run, telling.words.noting(ledger))
    version = telling.run.manifest.get("version") or telling.say("no_value")
    seed = telling.run.headline.get("seed", "")
    blocks = (*opening(telling), *reckoning(telling), *closing(telling), *annex(telling))
    return Document(
        title=title_of(telling),
        language=telling.words.language,
        blocks=blocks,
        footer=telling.say("footer", version=f"`{version}`", run=f"`{run_id(telling)}`", seed=seed),
        page=telling.say("page"),
        figures=figures_folder(telling.words.language),
        numbers=tuple(ledger.entries),
    )


def file_name(form: str, language: str) -> str:
    """Return the name of the file of a brief: the usual language has none in it, so that others fit beside."""
    return f"brief.{form}" if language == USUAL_LANGUAGE else f"brief.{language}.{form}"


def make_brief(folder: Path, formats: Sequence[str] = ("md", "html"), language: str = "da") -> list[Path]:
    """Write the brief of a finished run into its folder and return the files written.

    Nothing is simulated: the folder is read, and made again the brief has the same bytes.

    Args:
        folder: Run folder.
        formats: Names of files in `formats/`.
        language: Name of a file in `languages/`.

    Raises:
        InputError: The folder holds no finished run, or there is no such format or language.
    """
    writers = {name: plug("formats", name, "format") for name in formats}
    words = read_words(language)
    run = read_run(folder)
    words = words_for(run, words)
    document = compose(Telling(run, words))
    pictures = Pictures(run, words)
    written = []
    for name, writer in writers.items():
        if writer.NEEDS_FIGURE_FILES:
            save_missing(folder, pictures)
        path = folder / file_name(name, language)
        path.write_bytes(writer.write(document, pictures))
        written.append(path)
    return written
