"""Documents on request: which forms they are written in, and where, so that the folder of a run stays as it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from simulator.errors import InputError
from simulator.report.plugs import plug_names

NO_TEXT = ("xlsx",)
"""Formats that carry no text of a document."""


def formats_of(asked: Sequence[str], out: Path | None, usual: str, what: str) -> tuple[str, ...]:
    """Return the formats to write: those asked for, that of the file, or the usual one.

    Args:
        asked: Names that the user gave.
        out: File that the user gave; None where there is none.
        usual: Format of a document that is asked for without one.
        what: What the document is called, for messages.

    Raises:
        InputError: The file does not go with the formats, or one of them carries no text.
    """
    return _with_text(_asked(tuple(dict.fromkeys(asked)), out, usual), what)


def _asked(asked: tuple[str, ...], out: Path | None, usual: str) -> tuple[str, ...]:
    if out is None:
        return asked or (usual,)
    ending = out.suffix.removeprefix(".").lower()
    if len(asked) > 1:
        raise InputError.one("is one file; give one --format with it, or none", str(out), "--out")
    if ending not in plug_names("formats"):
        allowed = ", ".join(f".{name}" for name in plug_names("formats"))
        raise InputError.one(f"must end with the name of a format; allowed: {allowed}", str(out), "--out")
    if asked and asked[0] != ending:
        raise InputError.one(f"ends with .{ending}, but --format is {asked[0]}; give the same", str(out), "--out")
    return (ending,)


def _with_text(names: tuple[str, ...], what: str) -> tuple[str, ...]:
    if set(names) & set(NO_TEXT):
        allowed = ", ".join(name for name in plug_names("formats") if name not in NO_TEXT)
        raise InputError.one(f"a workbook holds no text of {what}; allowed: {allowed}", path="--format")
    return names


def file_beside(run: Path, stem: str, ending: str, out: Path | None, why: str) -> Path:
    """Return the file to write; one inside a run folder is refused.

    Args:
        run: Run folder.
        stem: What is added to its name for the usual file, which stands beside it.
        ending: Name of the format.
        out: File that the user gave; None for the usual one.
        why: Why it must not lie inside a run folder, for the message.

    Raises:
        InputError: The file lies inside a run folder, is a folder, or has no folder to stand in.
    """
    folder = run.resolve()
    file = folder.parent / f"{folder.name}-{stem}.{ending}" if out is None else out
    above = file.resolve().parents
    inside = [parent for parent in above if parent == folder or (parent / "manifest.json").is_file()]
    if inside:
        message = f"lies inside the run folder {inside[0]}; {why}"
        raise InputError.one(f"{message}; give another place", str(file), "--out")
    if file.is_dir():
        raise InputError.one("is a folder; give the name of a file", str(file), "--out")
    if not file.resolve().parent.is_dir():
        raise InputError.one(f"there is no folder {file.resolve().parent} to write to", str(file), "--out")
    return file


def write_files(made: Mapping[Path, bytes]) -> list[Path]:
    """Write documents that were all made before the first is written, and return their files.

    Raises:
        InputError: One cannot be written.
    """
    for file, content in made.items():
        try:
            file.write_bytes(content)
        except OSError as wrong:
            raise InputError.one(f"cannot be written: {wrong.strerror or wrong}", str(file), "--out") from wrong
    return list(made)
