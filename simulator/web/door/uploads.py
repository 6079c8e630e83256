"""Scenario files that the reader brings: each is kept for itself, and leads to no other file of the machine."""

from __future__ import annotations

import hashlib
import re
import shutil
from collections import OrderedDict
from pathlib import Path
from typing import Final

from simulator.errors import InputError, RunError
from simulator.facts.files import RESERVED
from simulator.facts.tree import Faults, Node, Scalar, Table, read_text, walk
from simulator.scenario.resolved import SHIPPED_SERIES
from simulator.web.opened import Base, Options
from simulator.web.position import FROM_FILES

UPLOADED: Final = "upload-"
"""Begins the name of what was brought."""
MOST_KEPT: Final = 20
LONGEST_NAME: Final = 80
"""Letters of a name that is kept, of at most twice as many bytes: a system of files counts those."""
ENDINGS: Final = (".yaml", ".yml")
_UNFIT: Final = re.compile(r"[^\w .()+-]")


class Uploads:
    """The files that were brought, in a folder that goes away with the server.

    Attributes:
        folder: The folder.
    """

    def __init__(self, folder: Path, options: Options | None = None) -> None:
        self.folder = folder
        self.options = options or Options()
        self.kept: OrderedDict[str, Base] = OrderedDict()

    def take(self, name: str, content: bytes) -> Base:
        """Keep a file, and return it opened; the oldest goes where there are many.

        Args:
            name: Name of the file, as the reader calls it.
            content: What it holds.

        Raises:
            InputError: It is no text, or names another file; with all faults. What else is wrong with it is found
                when it is read as a scenario.
            RunError: It cannot be written.
        """
        shown = shown_name(name)
        refuse_files(_text(content, shown), shown)
        digest = hashlib.sha256(content).hexdigest()
        key = f"{UPLOADED}{hashlib.sha256(shown.encode() + content).hexdigest()[:16]}"
        if key not in self.kept:
            home = self.folder / key
            _write(home / shown, content)
            self.kept[key] = Base(key, "scenario", home / shown, digest, (), self.options)
        self.kept.move_to_end(key)
        while len(self.kept) > MOST_KEPT:
            old, _ = self.kept.popitem(last=False)
            shutil.rmtree(self.folder / old, ignore_errors=True)
        return self.kept[key]

    def drop(self, base: Base) -> None:
        """Forget a file that turned out to be no scenario."""
        self.kept.pop(base.id, None)
        shutil.rmtree(self.folder / base.id, ignore_errors=True)


def shown_name(name: str) -> str:
    """Return the name under which an uploaded file is kept and spoken of: that of the reader, made harmless."""
    last = re.split(r"[/\\]", name)[-1]
    stem = last[: -len(Path(last).suffix)] if Path(last).suffix.lower() in ENDINGS else last
    stem = _UNFIT.sub("-", stem).strip(" .-")[:LONGEST_NAME]
    stem = stem.encode()[: 2 * LONGEST_NAME].decode(errors="ignore").strip(" .-")
    return f"{'scenario' if not stem or stem.lower() in RESERVED else stem}.yaml"


def refuse_files(text: str, name: str) -> None:
    """Refuse a scenario that names files: they would be files of this machine, and not of who sent it.

    Raises:
        InputError: It names some, or cannot be read; with all faults.
    """
    faults = Faults()
    top = read_text(text, name, faults)
    message = "names a file, which an uploaded scenario cannot; put both into the folder of the page and open it there"
    named = [] if top is None else [(path, node) for path, node in walk(top) if _names_file(path, node)]
    for path, node in named:
        faults.add(node.place, path, message)
    if named:
        faults.stop_if_any()


def _names_file(path: str, node: Node) -> bool:
    """Return whether a key is one of those that name files, in whatever block it stands, and does so."""
    if not any(f".{path}".endswith(f".{key}") for key in FROM_FILES):
        return False
    if isinstance(node, Table):
        return path.endswith("extends") or "file" in node.entries
    return not (isinstance(node, Scalar) and (node.empty or (path.endswith("series") and node.text == SHIPPED_SERIES)))


def _write(file: Path, content: bytes) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    except OSError as wrong:
        shutil.rmtree(file.parent, ignore_errors=True)
        raise RunError(f"the temporary folder cannot be written: {wrong.strerror}") from wrong


def _text(content: bytes, name: str) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError.one("is not UTF-8; save the file as UTF-8", name) from None
