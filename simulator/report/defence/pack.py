"""The defence pack of a run: a document of its own, made on request, outside the run folder."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from simulator.errors import InputError
from simulator.report.beside import file_beside, formats_of, write_files
from simulator.report.blocks import Block, Document, Heading, Masthead, Paragraph
from simulator.report.bound import Ledger
from simulator.report.defence.attacks import attacks
from simulator.report.defence.figures import Figures
from simulator.report.defence.questions import questions
from simulator.report.defence.since import since
from simulator.report.defence.turning import turning
from simulator.report.language import Words, read_words
from simulator.report.pictures import Pictures
from simulator.report.plugs import plug
from simulator.report.reading import Run, read_run
from simulator.report.sections.opening import run_id, title_of
from simulator.report.sections.telling import Telling
from simulator.report.story import words_for

USUAL = "html"
"""Format of a pack that is asked for without one."""
APART = "the pack is internal and is kept apart from the run"
"""Why it does not stand in a run folder."""


def compose(run: Run, words: Words, earlier: Run | None = None) -> Document:
    """Return the document of a pack.

    Args:
        run: The run.
        words: The language.
        earlier: The run of the last estimate; None where there is none.
    """
    ledger = Ledger()
    figures = Figures(Telling(run, words.noting(ledger)))
    title = figures.say("title", title=title_of(figures.telling))
    version = run.manifest.get("version") or figures.telling.say("no_value")
    return Document(
        title=title,
        language=words.language,
        blocks=(*_opening(figures, title), *_body(figures, earlier)),
        footer=figures.say("footer", run=f"`{run_id(figures.telling)}`", version=f"`{version}`"),
        page=figures.say("page"),
        numbers=tuple(ledger.entries),
    )


def _opening(figures: Figures, title: str) -> Iterator[Block]:
    telling = figures.telling
    yield Masthead(figures.say("kind"), (figures.say("internal"), telling.say("run", run=run_id(telling))))
    yield Heading(1, title)
    key = "lead_none" if telling.story.direction == "none" else "lead"
    yield Paragraph(figures.say(key, now=figures.now), "lead")


def _body(figures: Figures, earlier: Run | None) -> Iterator[Block]:
    yield from attacks(figures)
    yield from questions(figures)
    yield from turning(figures)
    if earlier is not None:
        yield from since(figures, earlier)


def make_defence(
    folder: Path,
    formats: Sequence[str] = (),
    language: str = "da",
    out: Path | None = None,
    earlier: Path | None = None,
) -> list[Path]:
    """Write the defence pack of a finished run and return the files written.

    Args:
        folder: Run folder.
        formats: Names of files in `formats/`; HTML, or what the ending of `out` says, where left out.
        language: Name of a file in `languages/`.
        out: File to write; beside the run folder, by the id of the run, where left out.
        earlier: Folder of the run of the last estimate.

    Raises:
        InputError: The folder holds no finished run, there is no such format or language, the file would lie inside a
            run folder, or it cannot be written.
    """
    words, run = read_words(language), read_run(folder)
    run.refuse_if_kept_back("a defence pack")
    words = words_for(run, words)
    before = None if earlier is None else _earlier(run, earlier)
    names = formats_of(formats, out, USUAL, "the pack")
    writers = {name: plug("formats", name, "format") for name in names}
    stem = words.text("defence.file")
    files = {name: file_beside(folder, stem, name, out, APART) for name in names}
    document = compose(run, words, before)
    pictures = Pictures(run, words)
    return write_files({files[name]: writer.write(document, pictures) for name, writer in writers.items()})


def _earlier(run: Run, folder: Path) -> Run:
    """Return the run of the last estimate."""
    if folder.resolve() == run.folder.resolve():
        raise InputError.one("is the run itself; give the folder of an earlier one", str(folder), "--since")
    try:
        return read_run(folder)
    except InputError as wrong:
        raise InputError([replace(fault, path="--since") for fault in wrong.faults]) from wrong
