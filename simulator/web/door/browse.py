"""What lies below the folder in which the page was started, and what may be opened of it.

A name of something that lies there is its path from that folder, written with slashes. Nothing outside is opened,
neither by `..` nor through a link, and nothing hidden; what the command line named is open from the start.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Final

from simulator.errors import InputError
from simulator.facts.files import is_file, is_folder
from simulator.facts.tree import Scalar, read_text
from simulator.scenario.sources import RESOLVED
from simulator.sweeps.store import MANIFEST as SWEEP
from simulator.web.opened import Base, Kind, Options, base_of

DEEPEST: Final = 4
"""Folders below the one of the start that are looked into."""
MOST_FOUND: Final = 500
MOST_SEEN: Final = 20_000
"""Files and folders that are looked at, so that a start in a large folder is no long wait."""
LOOKED_AT_BYTES: Final = 65_536
"""As much of a file is read to know it for a scenario."""
HEADLINE: Final = "headline.json"
_SCENARIO: Final = re.compile(r"^(?:period|extends|baseline|proposal)[ \t]*:", re.MULTILINE)
_PLAN: Final = re.compile(r"^(?:scenario|scenarios|vary)[ \t]*:", re.MULTILINE)
_TITLE: Final = re.compile(r"^title[ \t]*:[ \t]*(.+)$", re.MULTILINE)
_TITLE_DA: Final = re.compile(r"^title_da[ \t]*:[ \t]*(.+)$", re.MULTILINE)


@dataclass(frozen=True)
class Found:
    """Something that can be opened.

    Attributes:
        id: Its path from the folder of the start.
        kind: What it is.
        title: Its title, or its name where it has none.
        modified: When it was changed last.
        title_da: Its Danish title; empty where it has none.
    """

    id: str
    kind: Kind
    title: str
    modified: datetime
    title_da: str = ""

    def told(self) -> dict[str, str]:
        """Return it as the page is told it."""
        modified = self.modified.isoformat(timespec="seconds")
        titles = {"title": self.title, "title_da": self.title_da}
        return {"id": self.id, "kind": self.kind, **titles, "modified": modified}


def places(root: Path) -> list[Found]:
    """Return what can be opened below a folder: scenarios first, then runs and sweeps, the latest first."""
    found = [one for one, _ in zip(_found(root), range(MOST_FOUND), strict=False)]
    scenarios = [one for one in found if one.kind == "scenario"]
    kept = [one for one in found if one.kind != "scenario"]
    return [
        *sorted(scenarios, key=lambda one: one.id),
        *sorted(kept, key=lambda one: one.modified, reverse=True),
    ]


def below(root: Path, name: str) -> Path:
    """Return the file or folder of a name.

    Raises:
        InputError: Nothing lies there, or it is not below the folder of the start.
    """
    parts = PurePosixPath(name).parts
    plain = all(part not in ("", ".", "..") and not part.startswith(".") for part in parts)
    if not parts or not plain or PurePosixPath(name).is_absolute() or set(name) & set("\\:\0"):
        raise _refused(name)
    path = root.joinpath(*parts)
    try:
        real = path.resolve(strict=True)
    except (OSError, ValueError, RuntimeError):
        raise _refused(name) from None
    if not real.is_relative_to(root.resolve()):
        raise _refused(name)
    return path


def kind_of(path: Path) -> Kind:
    """Return what a file or folder is, by what lies in it; a file is taken for a scenario."""
    if is_folder(path) and is_file(path / SWEEP):
        return "sweep"
    return "run" if is_folder(path) else "scenario"


def opened(path: Path, name: str, options: Options, sets: tuple[str, ...] = (), root: Path | None = None) -> Base:
    """Return a scenario file, a run or a sweep, opened.

    Args:
        path: The file or folder.
        name: Its name on the page.
        options: How it is run.
        sets: Settings laid over it.
        root: Folder below which the scenario of a sweep is looked for.

    Raises:
        InputError: It is none of them, or cannot be read.
    """
    if kind_of(path) == "sweep":
        from simulator.web.door.sweep_rows import sweep_base

        return sweep_base(path, name, options, sets, root or Path.cwd())
    return base_of(path, name, options, sets)


def name_of(path: Path, root: Path) -> str:
    """Return the name of what the command line named: its path from the folder of the start, where it lies below."""
    whole = Path(os.path.normpath(path.absolute()))
    return (whole.relative_to(root) if whole.is_relative_to(root) else whole).as_posix()


def _refused(name: str) -> InputError:
    message = "nothing that can be opened lies there; choose from the list, or start the page in another folder"
    return InputError.one(message, path=name[:200])


def _found(root: Path) -> Iterator[Found]:
    """Yield what lies below a folder, a level at a time."""
    real = root.resolve()
    level, seen = [(root, "")], 0
    for _ in range(DEEPEST + 1):
        folders: list[tuple[Path, str]] = []
        for folder, name in level:
            for entry in _entries(folder):
                seen += 1
                if seen > MOST_SEEN:
                    return
                path, inner = folder / entry.name, f"{name}{entry.name}"
                one = _one(path, inner, real)
                if one is not None:
                    yield one
                elif entry.is_dir(follow_symlinks=False):
                    folders.append((path, f"{inner}/"))
        level = folders


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    """Return what lies in a folder, in the order of the names; nothing hidden, and nothing where it cannot be read."""
    try:
        with os.scandir(folder) as entries:
            return sorted((one for one in entries if not one.name.startswith(".")), key=lambda one: one.name)
    except OSError:
        return []


def _one(path: Path, name: str, root: Path) -> Found | None:
    """Return what a path is where it can be opened; None where it is something else, or a link out of the folder."""
    try:
        if path.is_symlink() and not path.resolve().is_relative_to(root):
            return None
        if path.suffix.lower() in (".yaml", ".yml") and path.is_file():
            text = _beginning(path)
            is_scenario = _SCENARIO.search(text) and not _PLAN.search(text)
            return _told(name, "scenario", path, text) if is_scenario else None
        if is_file(path / SWEEP):
            return _told(name, "sweep", path / SWEEP, _beginning(path / "plan.yaml"))
        if is_file(path / RESOLVED) and is_file(path / HEADLINE):
            return _told(name, "run", path / HEADLINE, _beginning(path / RESOLVED))
    except (OSError, RuntimeError):
        return None
    return None


def _told(name: str, kind: Kind, file: Path, text: str) -> Found:
    modified = datetime.fromtimestamp(file.stat().st_mtime, UTC)
    return Found(name, kind, _title(text, _TITLE) or PurePosixPath(name).name, modified, _title(text, _TITLE_DA))


def _beginning(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return file.read(LOOKED_AT_BYTES).decode("utf-8-sig", "replace").replace("\r", "")
    except OSError:
        return ""


def _title(text: str, pattern: re.Pattern[str]) -> str:
    """Return a title of a scenario where it stands on one line."""
    line = pattern.search(text)
    if not line or line[1].startswith((">", "|", "#")):
        return ""
    try:
        node = read_text(f"- {line[1]}", "title")
    except InputError:
        return ""
    first = getattr(node, "items", (None,))[0]
    return first.text if isinstance(first, Scalar) else ""
