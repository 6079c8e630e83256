"""A file that starts the page by a double click, on Linux, macOS or Windows."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from simulator.errors import InputError, RunError
from simulator.facts.spelling import allowed
from simulator.web.words import page_words

TITLE: Final = "saldo"
SPOKEN: Final = (("", "en"), ("[da]", "da"))
"""Languages of the starter; the first where no other fits."""
PROGRAM: Final = ("-m", "simulator", "explore", "--from-icon")


@dataclass(frozen=True)
class Starter:
    """What a double click starts.

    Attributes:
        interpreter: The Python that has the program.
        folder: Folder in which the page is started.
        arguments: What `saldo explore` is given.
    """

    interpreter: str
    folder: Path
    arguments: tuple[str, ...] = ()

    @property
    def words(self) -> list[str]:
        """The command, word by word."""
        return [self.interpreter, *PROGRAM, *self.arguments]


def write_starter(starter: Starter, folder: Path, system: str | None = None, *, force: bool = False) -> Path:
    """Write a file that starts the page by a double click.

    Args:
        starter: What it starts.
        folder: Folder of the file, such as that of the desktop.
        system: linux, macos or windows; this one by default.
        force: Whether a file of the name may be replaced.

    Raises:
        InputError: The folder is not there, a file of the name is, or the system is unknown.
        RunError: The file cannot be written.
    """
    kind = system or this_system()
    if kind not in TEXTS:
        raise InputError.one(f"{kind!r} is no system; {allowed(tuple(TEXTS))}", path="--system")
    if not folder.is_dir():
        raise InputError.one("is not a folder", str(folder), "--shortcut")
    if any(not word.isprintable() for word in (*starter.words, str(starter.folder))):
        raise InputError.one("a name with a line feed cannot be started by a double click", path="--shortcut")
    ending, text_of = TEXTS[kind]
    path = folder / f"{TITLE}{ending}"
    if path.exists() and not force:
        raise InputError.one("is there already; --force replaces it", str(path), "--shortcut")
    aside = path.with_name(f".{path.name}.writing-{os.getpid()}")
    try:
        aside.write_bytes(text_of(starter).encode())
        aside.chmod(0o755)
        aside.replace(path)
    except OSError as wrong:
        aside.unlink(missing_ok=True)
        raise RunError(f"{path} cannot be written: {wrong.strerror}") from wrong
    return path


def this_system() -> str:
    """Return the name of the system that this is."""
    return {"darwin": "macos", "win32": "windows"}.get(sys.platform, "linux")


def windowless(interpreter: str) -> str:
    """Return the interpreter that opens no window of its own, where there is one beside the other."""
    other = Path(interpreter).with_name("pythonw.exe")
    return str(other) if interpreter.lower().endswith("python.exe") and other.is_file() else interpreter


def desktop_text(starter: Starter) -> str:
    """Return the starter of a Linux desktop, by the Desktop Entry Specification.

    Source:
        freedesktop.org, Desktop Entry Specification 1.5, "The Exec key" and "Possible value types".
    """
    command = " ".join(_of_exec(word) for word in starter.words)
    lines = [
        "[Desktop Entry]",
        "Type=Application",
        f"Name={TITLE}",
        *(f"Comment{at}={_value(page_words(language)['names']['title'])}" for at, language in SPOKEN),
        f"Exec={_value(command)}",
        f"Path={_value(str(starter.folder))}",
        "Terminal=false",
        "Categories=Office;",
    ]
    return "\n".join([*lines, ""])


def command_text(starter: Starter) -> str:
    """Return the starter of macOS: a script that its Terminal runs."""
    return f"#!/bin/sh\ncd {shlex.quote(str(starter.folder))} || exit 1\nexec {shlex.join(starter.words)}\n"


def cmd_text(starter: Starter) -> str:
    """Return the starter of Windows: a script in UTF-8 that starts the program and closes its window."""
    words: Sequence[str] = [windowless(starter.interpreter), *starter.words[1:]]
    command = " ".join(f'"{_of_cmd(word)}"' for word in words)
    lines = ["@echo off", "chcp 65001 >nul", f'cd /d "{_of_cmd(str(starter.folder))}"', f'start "" {command}', ""]
    return "\r\n".join(lines)


def _of_exec(word: str) -> str:
    """Return a word of the Exec key: in quotes, with what a shell would take for its own and the per cent escaped."""
    for sign in ("\\", '"', "`", "$"):
        word = word.replace(sign, f"\\{sign}")
    return '"' + word.replace("%", "%%") + '"'


def _value(text: str) -> str:
    """Return a text as the value of a key."""
    return text.replace("\\", "\\\\")


def _of_cmd(word: str) -> str:
    return word.replace("%", "%%").replace('"', '""')


TEXTS: Final[dict[str, tuple[str, Callable[[Starter], str]]]] = {
    "linux": (".desktop", desktop_text),
    "macos": (".command", command_text),
    "windows": (".cmd", cmd_text),
}
