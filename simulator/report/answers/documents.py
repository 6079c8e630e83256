"""The documents of a version: a form makes each, a format makes bytes, and all are made before one is written."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import ModuleType

from simulator.errors import InputError, RunError
from simulator.report.answers import form_names
from simulator.report.answers.answer import Answer
from simulator.report.answers.issue import Issue, check_issue
from simulator.report.answers.stamps import footer, head
from simulator.report.beside import NO_TEXT
from simulator.report.blocks import Document
from simulator.report.bound import Ledger
from simulator.report.brief import file_name
from simulator.report.language import Words, read_words
from simulator.report.pictures import Pictures
from simulator.report.plugs import plug, plug_names
from simulator.report.reading import Run, read_run
from simulator.report.sections.opening import title_of
from simulator.report.sections.telling import Telling
from simulator.report.story import words_for


def write_answers(
    run: Path, issue: Issue, into: Path, formats: Sequence[str] = ("docx", "pdf"), language: str = "da"
) -> list[Path]:
    """Write the documents of a version into a folder and return their files, form by form.

    Nothing is simulated: made again, the documents have the same bytes. A file appears whole or not at all.

    Args:
        run: Folder of the run of the version.
        issue: What the case says of it.
        into: Folder to write to; it is made where there is none.
        formats: Names of files in `formats/`, but for those that carry no text.
        language: Name of a file in `languages/`.

    Raises:
        InputError: The folder holds no finished run, there is no such format or language, what the case says cannot
            be, or `into` is no folder.
        RunError: A document cannot be written.
    """
    check_issue(issue)
    writers = _writers(formats)
    words, read = read_words(language), read_run(run)
    words = words_for(read, words)
    pictures = Pictures(read, words)
    if into.exists() and not into.is_dir():
        raise InputError.one("is a file; give a folder for the documents", str(into))
    made = {}
    for form in form_names():
        document = compose(read, words, issue, form)
        for name, writer in writers.items():
            file = into / file_name(name, language, words.text(f"answers.files.{form}"))
            made[file] = writer.write(document, pictures)
    _write(into, made)
    return list(made)


def compose(run: Run, words: Words, issue: Issue, form: str) -> Document:
    """Return a document of a version.

    Args:
        run: The run of the version.
        words: The language, as its concept words it.
        issue: What the case says of it.
        form: Name of a file in `answers/forms/`.

    Raises:
        InputError: There is no such form.
    """
    module = plug("answers/forms", form, "form")
    ledger = Ledger()
    answer = Answer(Telling(run, words.noting(ledger), short=True), issue)
    above = tuple(head(answer, form))
    return Document(
        title=answer.say("title", kind=answer.say(f"kinds.{form}"), title=title_of(answer.telling)),
        language=words.language,
        blocks=(*above, *module.blocks(answer, above)),
        footer=footer(answer),
        page=answer.telling.say("page"),
        numbers=tuple(ledger.entries),
        dense=module.DENSE,
    )


def _writers(formats: Sequence[str]) -> dict[str, ModuleType]:
    allowed = [name for name in plug_names("formats") if name not in NO_TEXT]
    wrong = [name for name in formats if name not in allowed]
    if wrong or not formats:
        asked = ", ".join(map(repr, wrong)) or "none"
        raise InputError.one(f"no format {asked} for an answer; allowed: {', '.join(allowed)}", path="format")
    return {name: plug("formats", name, "format") for name in formats}


def _write(into: Path, made: Mapping[Path, bytes]) -> None:
    """Write files beside their places, and move all of them there once all are whole."""
    aside = {file: file.with_name(f".{file.name}.writing-{os.getpid()}") for file in made}
    try:
        into.mkdir(parents=True, exist_ok=True)
        for file, content in made.items():
            aside[file].write_bytes(content)
        for file, written in aside.items():
            written.replace(file)
    except OSError as wrong:
        place = wrong.filename or into
        raise RunError(f"{place}: the document cannot be written: {wrong.strerror or wrong}") from wrong
    finally:
        for written in aside.values():
            _forget(written)


def _forget(file: Path) -> None:
    try:
        file.unlink(missing_ok=True)
    except OSError:
        # A drive that is gone took the file with it; the fault that is told is the first one.
        return
