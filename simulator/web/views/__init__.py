"""Views: what stands below the figure on the page, one file a panel; the name of the file is the name of the panel.

**In** comes a run folder, kept or made for the page, and a language. **Out** comes what a panel shows as plain data:
a statement, the numbers that are drawn, tables with their words, and the same in words for those who cannot see it.
Nothing is computed here a second time: what is drawn and said is what the figures and sections of `report/` give, so
the page, the brief and the figure files say the same. The page draws it (`page/panels/NAME.js`).

A panel that needs what the run does not hold yet says which job makes it, in `waits`. The calendar needs no run at all
(`calendar.calendar_of`), and says what may be edited (`_editing.py`).

**Assumptions.** Matplotlib is never loaded here: pictures are drawn by the page, files of figures by `downloads.py` in
another process.

>>> from simulator.web.views import panel_names
>>> "years" in panel_names(), "_told" in panel_names()
(True, False)
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from simulator.errors import InputError

HERE = Path(__file__).parent


@cache
def panel_names() -> tuple[str, ...]:
    """Return the names of the panels, in order of the alphabet."""
    return tuple(sorted(path.stem for path in HERE.glob("*.py") if not path.stem.startswith("_")))


def panel_of(folder: Path, name: str, language: str) -> dict[str, Any]:
    """Return what a panel shows of a run, as plain data.

    Args:
        folder: Folder of the run.
        name: Name of the panel.
        language: Language of the words.

    Raises:
        InputError: The folder holds no finished run, there is no such panel or language, or the run keeps back what
            the panel would say.
    """
    if name not in panel_names():
        raise InputError.one(f"no panel {name!r}; allowed: {', '.join(panel_names())}", path="panel")
    from simulator.report.language import read_words
    from simulator.report.reading import read_run
    from simulator.report.story import words_for
    from simulator.web.views._told import as_plain

    run = read_run(folder)
    words = words_for(run, read_words(language))
    shown = import_module(f"{__name__}.{name}").view(run, words, language)
    return {"panel": name, "language": language, **as_plain(shown)}
