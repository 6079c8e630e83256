"""A brief from a finished run: sections make a document, a format makes bytes, the same bytes each time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeAlias

from simulator.errors import InputError
from simulator.report.blocks import Block, Document
from simulator.report.bound import Ledger
from simulator.report.language import read_words
from simulator.report.pictures import Pictures, save_missing
from simulator.report.plugs import plug
from simulator.report.reading import read_run
from simulator.report.sections.again import again, sources
from simulator.report.sections.assumptions import assumptions
from simulator.report.sections.belief import belief
from simulator.report.sections.calendar import calendar
from simulator.report.sections.closing import basis, check, earlier, left_out
from simulator.report.sections.concepts import concepts
from simulator.report.sections.drivers import drivers
from simulator.report.sections.law_comments import law_comments
from simulator.report.sections.opening import estimate, head, proposal, run_id, title_of
from simulator.report.sections.reckoning import reckoning
from simulator.report.sections.rivals import rivals
from simulator.report.sections.split import split
from simulator.report.sections.telling import Telling
from simulator.report.sections.years import consequences
from simulator.report.story import words_for

Section: TypeAlias = Callable[[Telling], Iterator[Block]]
FULL: tuple[Section, ...] = (
    *(head, estimate, proposal, consequences, law_comments, reckoning, calendar, belief, drivers),
    *(concepts, rivals, left_out, earlier, assumptions, check, split, again, sources),
)
SHORT: tuple[Section, ...] = (head, estimate, proposal, reckoning, consequences, belief, left_out, earlier, basis)
"""The one-page note: three tables, and what a reader of ten minutes asks."""
FORMS = {"full": FULL, "short": SHORT}
STEMS = {"full": "brief", "short": "brief-short"}
"""Names of the files, without their ends."""


def compose(telling: Telling, form: str = "full") -> Document:
    """Return the document of a run in a form, `full` or `short`, with the quantities that it prints.

    Raises:
        InputError: There is no such form.
    """
    if form not in FORMS:
        raise InputError.one(f"no form {form!r}; allowed: {', '.join(FORMS)}", path="form")
    ledger = Ledger()
    telling = replace(telling, words=telling.words.noting(ledger), short=form == "short")
    version = telling.run.manifest.get("version") or telling.say("no_value")
    seed = telling.words.number(telling.run.number("seed"))
    blocks = tuple(block for section in FORMS[form] for block in section(telling))
    return Document(
        title=title_of(telling),
        language=telling.words.language,
        blocks=blocks,
        footer=telling.say("footer", version=f"`{version}`", run=f"`{run_id(telling)}`", seed=seed),
        page=telling.say("page"),
        numbers=tuple(ledger.entries),
        dense=form == "short",
    )


def make_brief(
    folder: Path,
    formats: Sequence[str] = ("md", "html"),
    language: str = "da",
    form: str = "full",
    internal: bool = False,
) -> list[Path]:
    """Write the brief of a finished run into its folder and return the files written.

    Nothing is simulated: the folder is read, and made again the brief has the same bytes.

    Args:
        folder: Run folder.
        formats: Names of files in `formats/`.
        language: Name of a file in `languages/`.
        form: `full`, or `short` for the note of one page.
        internal: Whether kroner by type and place, a computational split, are told as well.

    Raises:
        InputError: The folder holds no finished run, or there is no such format, language or form.
    """
    writers = {name: plug("formats", name, "format") for name in formats}
    words = read_words(language)
    run = read_run(folder)
    words = words_for(run, words)
    document = compose(Telling(run, words, internal=internal), form)
    pictures = Pictures(run, words)
    written = []
    for name, writer in writers.items():
        if writer.NEEDS_FIGURE_FILES:
            save_missing(folder, pictures)
        path = folder / f"{STEMS[form]}.{name}"
        path.write_bytes(writer.write(document, pictures))
        written.append(path)
    return written
