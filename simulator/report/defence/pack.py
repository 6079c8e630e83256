"""The defence pack of a run: a document of its own, made on request, outside the run folder."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from simulator.errors import InputError
from simulator.report.blocks import Block, Document, Heading, Masthead, Paragraph
from simulator.report.bound import Ledger
from simulator.report.defence.attacks import attacks
from simulator.report.defence.figures import Figures
from simulator.report.defence.questions import questions
from simulator.report.defence.since import since
from simulator.report.defence.turning import turning
from simulator.report.language import Words, read_words
from simulator.report.pictures import Pictures
from simulator.report.plugs import plug, plug_names
from simulator.report.reading import Run, read_run
from simulator.report.sections.opening import run_id, title_of
from simulator.report.sections.telling import Telling
from simulator.report.story import words_for

USUAL = "html"
"""Format of a pack that is asked for without one."""
NO_TEXT = ("xlsx",)
"""Formats that carry no text of a document."""


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
    words = words_for(run, words)
    before = None if earlier is None else _earlier(run, earlier)
    names = _with_text(_formats(formats, out))
    writers = {name: plug("formats", name, "format") for name in names}
    files = {name: _file(run, words, name, out) for name in names}
    document = compose(run, words, before)
    pictures = Pictures(run, words)
    made = {files[name]: writer.write(document, pictures) for name, writer in writers.items()}
    for file, content in made.items():
        try:
            file.write_bytes(content)
        except OSError as wrong:
            raise InputError.one(f"cannot be written: {wrong.strerror or wrong}", str(file), "--out") from wrong
    return list(made)


def _earlier(run: Run, folder: Path) -> Run:
    """Return the run of the last estimate."""
    if folder.resolve() == run.folder.resolve():
        raise InputError.one("is the run itself; give the folder of an earlier one", str(folder), "--since")
    try:
        return read_run(folder)
    except InputError as wrong:
        raise InputError([replace(fault, path="--since") for fault in wrong.faults]) from wrong


def _formats(formats: Sequence[str], out: Path | None) -> tuple[str, ...]:
    """Return the formats to write: those asked for, that of the file, or the usual one."""
    asked = tuple(dict.fromkeys(formats))
    if out is None:
        return asked or (USUAL,)
    ending = out.suffix.removeprefix(".").lower()
    if len(asked) > 1:
        raise InputError.one("is one file; give one --format with it, or none", str(out), "--out")
    if ending not in plug_names("formats"):
        allowed = ", ".join(f".{name}" for name in plug_names("formats"))
        raise InputError.one(f"must end with the name of a format; allowed: {allowed}", str(out), "--out")
    if asked and asked[0] != ending:
        raise InputError.one(f"ends with .{ending}, but --format is {asked[0]}; give the same", str(out), "--out")
    return (ending,)


def _with_text(names: tuple[str, ...]) -> tuple[str, ...]:
    """Return formats if each carries the text of a document."""
    if set(names) & set(NO_TEXT):
        allowed = ", ".join(name for name in plug_names("formats") if name not in NO_TEXT)
        raise InputError.one(f"a workbook holds no text of the pack; allowed: {allowed}", path="--format")
    return names


def _file(run: Run, words: Words, name: str, out: Path | None) -> Path:
    """Return the file to write; one inside a run folder is refused."""
    folder = run.folder.resolve()
    file = folder.parent / f"{folder.name}-{words.text('defence.file')}.{name}" if out is None else out
    above = file.resolve().parents
    inside = [parent for parent in above if parent == folder or (parent / "manifest.json").is_file()]
    if inside:
        message = f"lies inside the run folder {inside[0]}; the pack is internal and is kept apart from the run"
        raise InputError.one(f"{message}; give another place", str(file), "--out")
    if file.is_dir():
        raise InputError.one("is a folder; give the name of a file", str(file), "--out")
    if not file.resolve().parent.is_dir():
        raise InputError.one(f"there is no folder {file.resolve().parent} to write to", str(file), "--out")
    return file
