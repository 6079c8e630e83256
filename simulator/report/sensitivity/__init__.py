"""What a figure depends on, drawn and told: from the record that `saldo sensitivity` makes, and from nothing else.

One file per method, with `draw(told, size)`, `title(told)` and `alt_text(told)`; its name is the name of the method.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

from simulator.report.drawing import saved_png, saved_svg
from simulator.report.language import read_words
from simulator.report.sensitivity.telling import Told
from simulator.report.style import figure_size

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["Picture", "Told", "picture_of", "sentence"]


@dataclass(frozen=True)
class Picture:
    """A drawn analysis.

    Attributes:
        name: Name of its method.
        figure: The drawing.
        caption: Its short name.
        alt: What it shows, in words.
    """

    name: str
    figure: Figure
    caption: str
    alt: str

    def png(self) -> bytes:
        """Return it as PNG."""
        return saved_png(self.figure)

    def svg(self) -> str:
        """Return it as SVG with title and description."""
        return saved_svg(self.figure, f"sensitivity-{self.name}", self.caption, self.alt)


def picture_of(record: Mapping[str, Any], size: str = "page", language: str = "da") -> Picture:
    """Return the drawing of an analysis.

    Args:
        record: The record of the analysis.
        size: `column`, `page` or `slide`.
        language: Language of the words.

    Raises:
        InputError: There is no such size or language.
    """
    told = Told(record, read_words(language))
    module = _module_of(record["method"])
    caption = told.words.text(f"sensitivity.captions.{record['method']}")
    return Picture(record["method"], module.draw(told, figure_size(size)), caption, module.alt_text(told))


def sentence(record: Mapping[str, Any], language: str = "da") -> str:
    """Return what an analysis found as a sentence for a document.

    Raises:
        InputError: There is no such language.
    """
    told = Told(record, read_words(language))
    text: str = _module_of(record["method"]).title(told)
    if record["method"] == "tornado" and told.rows:
        first = told.rows[0]
        figures = {name: told.amount(first[name]) for name in ("low_figure", "high_figure")}
        text = told.text("sentence", title=text, **told.ends(first["name"]), **figures)
    return f"{text}." if not text.endswith(".") else text


def _module_of(method: str) -> ModuleType:
    return import_module(f"{__name__}.{method}")
