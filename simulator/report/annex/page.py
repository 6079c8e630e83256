"""The annex of a run: a document of its own of one page, made on request, outside the run folder."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from simulator.errors import InputError
from simulator.report.annex.cost import cost
from simulator.report.annex.found import Found
from simulator.report.annex.trial import trial
from simulator.report.annex.unknown import unknown
from simulator.report.beside import file_beside, formats_of, write_files
from simulator.report.blocks import Block, Document, Heading, Masthead
from simulator.report.bound import Ledger
from simulator.report.informed import has_any
from simulator.report.language import Words, read_words
from simulator.report.pictures import Pictures
from simulator.report.plugs import plug
from simulator.report.reading import Run, read_run
from simulator.report.sections.opening import run_id, title_of
from simulator.report.sections.telling import Telling
from simulator.report.story import words_for

USUAL = "pdf"
"""Format of an annex that is asked for without one."""
APART = "the annex is written on request and is kept apart from the run"
"""Why it does not stand in a run folder."""
NO_TABLES = (
    "holds no value of information and no trial; run a scenario with a section 'decision' (what it is worth to know "
    "more) or 'trial' (what a trial would take)"
)


def compose(run: Run, words: Words) -> Document:
    """Return the document of an annex.

    Raises:
        InputError: The run holds none of its tables, or one of them cannot be read.
    """
    if not has_any(run):
        raise InputError.one(NO_TABLES, where=str(run.folder), path="--annex")
    ledger = Ledger()
    found = Found(Telling(run, words.noting(ledger), short=True))
    title = found.say("title")
    version = run.manifest.get("version") or found.telling.say("no_value")
    return Document(
        title=title,
        language=words.language,
        blocks=tuple(_blocks(found, title)),
        footer=found.say("footer", run=f"`{run_id(found.telling)}`", version=f"`{version}`"),
        page=found.telling.say("page"),
        numbers=tuple(ledger.entries),
        dense=True,
    )


def _blocks(found: Found, title: str) -> Iterator[Block]:
    telling = found.telling
    yield Masthead(found.say("kind_draft" if telling.story.draft_reasons else "kind"), (title_of(telling),))
    yield Heading(1, title)
    yield from unknown(found)
    yield from cost(found)
    yield from trial(found)


def make_annex(folder: Path, formats: Sequence[str] = (), language: str = "da", out: Path | None = None) -> list[Path]:
    """Write the annex of a finished run and return the files written.

    Args:
        folder: Run folder.
        formats: Names of files in `formats/`; PDF, or what the ending of `out` says, where left out.
        language: Name of a file in `languages/`.
        out: File to write; beside the run folder, by the id of the run, where left out.

    Raises:
        InputError: The folder holds no finished run or one without the tables, there is no such format or language,
            the file would lie inside a run folder, or it cannot be written.
    """
    words, run = read_words(language), read_run(folder)
    run.refuse_if_kept_back("this annex")
    words = words_for(run, words)
    names = formats_of(formats, out, USUAL, "the annex")
    writers = {name: plug("formats", name, "format") for name in names}
    stem = words.text("information.file")
    files = {name: file_beside(folder, stem, name, out, APART) for name in names}
    document, pictures = compose(run, words), Pictures(run, words)
    return write_files({files[name]: writer.write(document, pictures) for name, writer in writers.items()})
