"""Plug folders: what lies in `figures/` and `formats/`, by the names of the files.

A figure has the functions `draw(run, words, size)` and `alt_text(run, words)`, and its words stand in the languages
under `figures.NAME`. One that does not fit every run also has `wanted(run)`, which says whether it fits, and the text
`NEEDS`, which ends the sentence "it needs ..." of the message where it does not.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from types import ModuleType

from simulator.errors import InputError

HERE = Path(__file__).parent


def plug_names(folder: str) -> tuple[str, ...]:
    """Return the names of the files of a plug folder, in order of the alphabet."""
    return tuple(sorted(path.stem for path in (HERE / folder).glob("*.py") if not path.stem.startswith("_")))


def plug(folder: str, name: str, word: str) -> ModuleType:
    """Return the module of a name in a plug folder.

    Args:
        folder: `figures`, `formats` or `tables/formats`.
        name: Name that the user gave.
        word: What the user calls such a thing, for the message.

    Raises:
        InputError: The folder has no such file.
    """
    allowed = plug_names(folder)
    if name not in allowed:
        raise InputError.one(f"no {word} {name!r}; available: {', '.join(allowed)}", path=word)
    return import_module(f"simulator.report.{folder.replace('/', '.')}.{name}")
