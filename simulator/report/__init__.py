"""Report: from a finished run folder to a brief and its figures, in Danish or English.

**In** comes a run folder: `headline.json`, `manifest.json` and `tables/*.csv`, read by `reading.py` and by
nothing else. **Out** come `brief.pdf`, `brief.docx`, `brief.html`, `brief.md`, and `figures/*.svg` and `*.png`.
Nothing is simulated here and no figure is computed that the run does not hold, but for sums, shares and what one must
believe of one link of the chain for another answer (`chain.py`).

Which sentence is used is decided by rule from the run (`story.py`: what changes, loss or gain, draft or not), so
that a run without effect says "ingen virkning" and a gain is not called a loss. All words stand in
`languages/`, a file each, as do the marks of numbers and the places of units; `language.py` rounds and writes. A
concept that stops before tax, or is not the public balance, has words of its own there (`seen_as`). Runs of an older
kind, without accounts and steps, still make a brief, with the tables that they have. Danish documents are
`brief.*`; one in another language stands beside them. `trace/` tells where a figure comes from.

Three plug folders, in which the name of the file is the name on the command line: `figures/`, `formats/`,
`languages/`. A document is made of blocks (`blocks.py`), put together by `sections/` and written by a format.

**Assumptions.** A day's conversations are not in a run's tables: the calendar picture spreads those of a week
evenly over its meeting days, and says so. The spread of events is never printed in a brief; a range is printed
only where it rests on assumptions, and is called a "spænd".

>>> from simulator.report import figure_names, format_names
>>> len(figure_names()), figure_names()[:3]
(12, ('breakeven', 'bridge', 'calendar'))
>>> format_names()
('docx', 'html', 'md', 'pdf', 'xlsx')
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from simulator.report.edition import USUAL, Edition
from simulator.report.plugs import plug_names

__all__ = [
    "draw_all",
    "figure_names",
    "format_names",
    "make_brief",
    "save_figure",
    "usual_formats",
    "write_documents",
]

ON_REQUEST = ("xlsx",)
"""Formats that are written only where they are asked for."""


def figure_names() -> tuple[str, ...]:
    """Return the names of the figures that there are."""
    return plug_names("figures")


def format_names() -> tuple[str, ...]:
    """Return the names of the formats that a brief can be written in."""
    return plug_names("formats")


def usual_formats() -> tuple[str, ...]:
    """Return the names of the formats that the brief of every run is written in: all but those made on request."""
    return tuple(name for name in format_names() if name not in ON_REQUEST)


def make_brief(folder: Path, formats: Sequence[str] = (), language: str = "da", edition: Edition = USUAL) -> list[Path]:
    """Write the brief of a finished run into its folder; see `simulator.report.brief`."""
    from simulator.report.brief import make_brief as written

    return written(folder, formats, language, edition)


def write_documents(folder: Path) -> None:
    """Write the figures, the brief and its tables that belong to every run into its folder."""
    from simulator.report.documents import write_documents as written

    written(folder)


def draw_all(folder: Path, size: str = "page", language: str = "da") -> list[Path]:
    """Save all figures of a finished run into its folder; see `simulator.report.pictures`."""
    from simulator.report.pictures import draw_all as drawn

    return drawn(folder, size, language)


def save_figure(folder: Path, name: str, size: str = "page", language: str = "da") -> list[Path]:
    """Save one figure of a finished run into its folder; see `simulator.report.pictures`."""
    from simulator.report.pictures import save_figure as saved

    return saved(folder, name, size, language)
