"""A brief from a finished run: sections make a document, a format makes bytes, the same bytes each time."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeAlias

from simulator.errors import InputError
from simulator.report import usual_formats
from simulator.report.blocks import Block, Document
from simulator.report.bound import Ledger
from simulator.report.edition import USUAL, Edition
from simulator.report.language import read_words
from simulator.report.pictures import USUAL_LANGUAGE, Pictures, figures_folder, save_missing
from simulator.report.plugs import plug
from simulator.report.reading import Run, read_run
from simulator.report.sections.again import again, sources
from simulator.report.sections.assumptions import assumptions
from simulator.report.sections.belief import belief
from simulator.report.sections.calendar import calendar
from simulator.report.sections.changes import changed
from simulator.report.sections.closing import basis, check, earlier, left_out
from simulator.report.sections.concepts import concepts
from simulator.report.sections.confidential import compared, days, origins, values, withheld
from simulator.report.sections.confidential import estimate as told_estimate
from simulator.report.sections.confidential import head as told_head
from simulator.report.sections.drivers import drivers
from simulator.report.sections.law_comments import law_comments
from simulator.report.sections.opening import estimate, head, proposal, run_id, title_of
from simulator.report.sections.reckoning import reckoning
from simulator.report.sections.rivals import rivals
from simulator.report.sections.split import split
from simulator.report.sections.telling import Telling
from simulator.report.sections.years import consequences

Section: TypeAlias = Callable[[Telling], Iterator[Block]]
FULL: tuple[Section, ...] = (
    *(head, estimate, proposal, consequences, law_comments, reckoning, calendar, belief, drivers),
    *(concepts, rivals, left_out, earlier, changed, assumptions, check, split, again, sources),
)
SHORT: tuple[Section, ...] = (head, estimate, proposal, reckoning, consequences, belief, left_out, earlier, basis)
"""The one-page note: three tables, and what a reader of ten minutes asks."""
CONFIDENTIAL: tuple[Section, ...] = (told_head, told_estimate, withheld, compared, days, values, origins)
"""What either form says of a run with confidential figures, or with few persons: nothing that gives one back."""
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
    sections = CONFIDENTIAL if telling.run.keeps_figures_back else FORMS[form]
    blocks = tuple(block for section in sections for block in section(telling))
    return Document(
        title=title_of(telling),
        language=telling.words.language,
        blocks=blocks,
        footer=telling.say("footer", version=f"`{version}`", run=f"`{run_id(telling)}`", seed=seed),
        page=telling.say("page"),
        figures=figures_folder(telling.words.language),
        numbers=tuple(ledger.entries),
        dense=form == "short",
    )


def file_name(ending: str, language: str, stem: str = STEMS["full"]) -> str:
    """Return the name of the file of a brief: the usual language has none in it, so that others fit beside."""
    return f"{stem}.{ending}" if language == USUAL_LANGUAGE else f"{stem}.{language}.{ending}"


def make_brief(folder: Path, formats: Sequence[str] = (), language: str = "da", edition: Edition = USUAL) -> list[Path]:
    """Write the brief of a finished run into its folder and return the files written.

    Nothing is simulated: the folder is read, and made again the brief has the same bytes. All forms are made before
    the first is written.

    Args:
        folder: Run folder.
        formats: Names of files in `formats/`; those of every run where left out.
        language: Name of a file in `languages/`.
        edition: Its form, and what it is set in.

    Raises:
        InputError: The folder holds no finished run, there is no such format, language or form, or the template is of
            no use.
    """
    words = read_words(language)
    return write_brief(folder, Pictures(read_run(folder), words), formats, edition)


def write_brief(folder: Path, pictures: Pictures, formats: Sequence[str] = (), edition: Edition = USUAL) -> list[Path]:
    """Write the brief of a run that was read, with its pictures; see `make_brief`."""
    run, words, language = pictures.run, pictures.told, pictures.words.language
    writers = {name: plug("formats", name, "format") for name in formats or usual_formats()}
    if edition.template is not None and not any(writer.TAKES_TEMPLATE for writer in writers.values()):
        raise InputError.one("is for --format docx; none of the formats asked for takes one", path="--template")
    earlier = None if edition.since is None else read_run(edition.since)
    document = compose(Telling(run, words, internal=edition.internal, earlier=earlier), edition.form)
    into = edition.into or folder
    since = "" if earlier is None else f"-since-{_id(earlier)}"
    written = {
        into / file_name(name, language, f"{STEMS[edition.form]}{since}"): writer.write(
            document, pictures, edition.template if writer.TAKES_TEMPLATE else None
        )
        for name, writer in writers.items()
    }
    if any(writer.NEEDS_FIGURE_FILES for writer in writers.values()):
        save_missing(into, pictures)
    for path, content in written.items():
        path.write_bytes(content)
    return list(written)


def _id(run: Run) -> str:
    """Return the id of a run as part of a file name."""
    return re.sub(r"[^A-Za-z0-9-]+", "-", str(run.manifest.get("run_id") or run.folder.resolve().name))[:80]
