"""Plug folders: what lies in `figures/` and `formats/`, by the names of the files.

A figure has the functions `draw(run, words, size)`, `alt_text(run, words)`, `title(run, words)`, which states the
finding, and `drawn_rows(run, words)`, which gives the numbers that are drawn as rows. Its words stand in the languages
under `figures.NAME`; the first line of its file says what it shows. One that does not fit every run also has
`wanted(run)`, which says whether it fits, and the text `NEEDS`, which ends the sentence "it needs ..." of the message
where it does not.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from types import ModuleType

from simulator.errors import InputError
from simulator.report.reading import Run

TOLD_OF_CONFIDENTIAL = ("calendar", "conversations", "queue", "municipalities")
"""Figures that hold counts and days alone, and so nothing that gives a confidential value back."""
TOLD_OF_FEW = ("calendar",)
"""Figures that count nobody."""
HERE = Path(__file__).parent


def plug_names(folder: str) -> tuple[str, ...]:
    """Return the names of the files of a plug folder, in order of the alphabet."""
    return tuple(sorted(path.stem for path in (HERE / folder).glob("*.py") if not path.stem.startswith("_")))


def plug_summaries(folder: str) -> dict[str, str]:
    """Return the first line of each file of a plug folder by its name, without importing it."""
    found = {}
    for name in plug_names(folder):
        with (HERE / folder / f"{name}.py").open(encoding="utf-8") as lines:
            found[name] = lines.readline().strip().strip('"').strip()
    return found


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


def fits(name: str, run: Run) -> bool:
    """Return whether a figure fits a run; one that does not say so fits every run.

    Raises:
        InputError: There is no such figure.
    """
    if run.keeps_figures_back and name not in TOLD_OF_CONFIDENTIAL:
        return False
    if run.headline.get("small_cells") and name not in TOLD_OF_FEW:
        return False
    asked = getattr(plug("figures", name, "figure"), "wanted", None)
    return asked is None or bool(asked(run))
