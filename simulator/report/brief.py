"""A brief from a finished run: sections make a document, a format makes bytes, the same bytes each time."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from simulator.errors import InputError
from simulator.report import usual_formats
from simulator.report.blocks import Document
from simulator.report.bound import Ledger
from simulator.report.language import read_words
from simulator.report.pictures import Pictures, save_missing
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
        numbers=tuple(ledger.entries),
    )


def make_brief(
    folder: Path, formats: Sequence[str] = (), language: str = "da", template: Path | None = None
) -> list[Path]:
    """Write the brief of a finished run into its folder and return the files written.

    Nothing is simulated: the folder is read, and made again the brief has the same bytes. All forms are made before
    the first is written.

    Args:
        folder: Run folder.
        formats: Names of files in `formats/`; those of every run where left out.
        language: Name of a file in `languages/`.
        template: Document of the reader's own that the brief is set in, for the formats that take one.

    Raises:
        InputError: The folder holds no finished run, there is no such format or language, or the template is of no use.
    """
    writers = {name: plug("formats", name, "format") for name in formats or usual_formats()}
    if template is not None and not any(writer.TAKES_TEMPLATE for writer in writers.values()):
        raise InputError.one("is for --format docx; none of the formats asked for takes one", path="--template")
    words = read_words(language)
    run = read_run(folder)
    words = words_for(run, words)
    document = compose(Telling(run, words))
    pictures = Pictures(run, words)
    written = {
        folder / f"brief.{name}": writer.write(document, pictures, template if writer.TAKES_TEMPLATE else None)
        for name, writer in writers.items()
    }
    if any(writer.NEEDS_FIGURE_FILES for writer in writers.values()):
        save_missing(folder, pictures)
    for path, content in written.items():
        path.write_bytes(content)
    return list(written)
