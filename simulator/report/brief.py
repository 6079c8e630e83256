"""A brief from a finished run: sections make a document, a format makes bytes, the same bytes each time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from simulator.report.blocks import Document
from simulator.report.bound import Ledger
from simulator.report.language import read_words
from simulator.report.pictures import Pictures, save_missing
from simulator.report.plugs import plug
from simulator.report.reading import Run, read_run
from simulator.report.sections.annex import annex
from simulator.report.sections.changes import changes_section
from simulator.report.sections.closing import closing
from simulator.report.sections.opening import opening, run_id, title_of
from simulator.report.sections.reckoning import reckoning
from simulator.report.sections.telling import Telling
from simulator.report.story import words_for


def compose(telling: Telling, earlier: Run | None = None) -> Document:
    """Return the document of a run; with what changed since an earlier run where one is given."""
    ledger = Ledger()
    telling = Telling(telling.run, telling.words.noting(ledger))
    version = telling.run.manifest.get("version") or telling.say("no_value")
    seed = telling.words.number(telling.run.number("seed"))
    since = () if earlier is None else changes_section(telling, earlier)
    blocks = (*opening(telling), *reckoning(telling), *closing(telling), *since, *annex(telling))
    return Document(
        title=title_of(telling),
        language=telling.words.language,
        blocks=blocks,
        footer=telling.say("footer", version=f"`{version}`", run=f"`{run_id(telling)}`", seed=seed),
        page=telling.say("page"),
        numbers=tuple(ledger.entries),
    )


@dataclass(frozen=True)
class Since:
    """What a brief is compared with, and where it is written: a run folder holds what that run alone gives.

    Attributes:
        earlier: Folder of the earlier run.
        out: Folder that the brief is written to.
    """

    earlier: Path
    out: Path


def make_brief(
    folder: Path, formats: Sequence[str] = ("md", "html"), language: str = "da", since: Since | None = None
) -> list[Path]:
    """Write the brief of a finished run into its folder and return the files written.

    Nothing is simulated: the folder is read, and made again the brief has the same bytes.

    Args:
        folder: Run folder.
        formats: Names of files in `formats/`.
        language: Name of a file in `languages/`.
        since: The earlier run whose assumptions are compared with this one's; None for the run alone.

    Raises:
        InputError: The folder holds no finished run, or there is no such format or language.
    """
    writers = {name: plug("formats", name, "format") for name in formats}
    words = read_words(language)
    run = read_run(folder)
    words = words_for(run, words)
    earlier = None if since is None else read_run(since.earlier)
    document = compose(Telling(run, words), earlier)
    pictures = Pictures(run, words)
    into, stem = (folder, "brief") if earlier is None or since is None else (since.out, f"brief-since-{_id(earlier)}")
    written = []
    for name, writer in writers.items():
        if writer.NEEDS_FIGURE_FILES:
            save_missing(into, pictures)
        path = into / f"{stem}.{name}"
        path.write_bytes(writer.write(document, pictures))
        written.append(path)
    return written


def _id(run: Run) -> str:
    """Return the id of a run as part of a file name."""
    return re.sub(r"[^A-Za-z0-9-]+", "-", str(run.manifest.get("run_id") or run.folder.resolve().name))[:80]
