"""The figures of a run as pictures: drawn once for a document, or saved into the run folder."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from simulator.errors import InputError
from simulator.report.drawing import saved_png, saved_svg
from simulator.report.drawn_files import Drawn, as_csv, write_drawn
from simulator.report.language import Words, read_words
from simulator.report.plugs import fits, plug, plug_names
from simulator.report.reading import Run, read_run
from simulator.report.story import words_for
from simulator.report.style import figure_size

if TYPE_CHECKING:
    from matplotlib.figure import Figure

FIGURES = "figures"
USUAL_LANGUAGE = "da"
"""Documents of a run are in this language; those in another stand beside them, under names of their own."""


@dataclass(frozen=True)
class Pictures:
    """The figures of a run, each drawn when it is first asked for.

    Attributes:
        run: The run.
        words: The language.
    """

    run: Run
    words: Words
    _drawn: dict[tuple[str, str], Figure] = field(default_factory=dict)
    _svgs: dict[tuple[str, str], str] = field(default_factory=dict)
    _pngs: dict[tuple[str, str], bytes] = field(default_factory=dict)

    @cached_property
    def told(self) -> Words:
        """The words for this run."""
        return words_for(self.run, self.words)

    def figure(self, name: str, size: str) -> Figure:
        """Return a figure by name and size.

        Raises:
            InputError: There is no such figure or size, or the figure does not fit the run.
        """
        if (name, size) not in self._drawn:
            module = plug("figures", name, "figure")
            if not self.wanted(name):
                needs = getattr(module, "NEEDS", "figures that this run keeps back as confidential")
                message = f"figure {name!r} does not fit this run; it needs {needs}"
                raise InputError.one(message, where=str(self.run.folder))
            self._drawn[name, size] = module.draw(self.run, self.told, figure_size(size))
        return self._drawn[name, size]

    def wanted(self, name: str) -> bool:
        """Return whether a figure fits the run; one that does not say so fits every run.

        Raises:
            InputError: There is no such figure.
        """
        return fits(name, self.run)

    def wanted_names(self) -> list[str]:
        """Return the names of the figures that fit the run."""
        return [name for name in plug_names("figures") if self.wanted(name)]

    def alt(self, name: str) -> str:
        """Return what a figure shows, in words."""
        return str(plug("figures", name, "figure").alt_text(self.run, self.told))

    def svg(self, name: str, size: str = "page") -> str:
        """Return a figure as SVG with title and description."""
        if (name, size) not in self._svgs:
            figure = self.figure(name, size)
            caption = self.told.text(f"figures.{name}.caption")
            self._svgs[name, size] = saved_svg(figure, f"{name}-{size}", caption, self.alt(name))
        return self._svgs[name, size]

    def png(self, name: str, size: str = "page") -> bytes:
        """Return a figure as PNG."""
        if (name, size) not in self._pngs:
            self._pngs[name, size] = saved_png(self.figure(name, size))
        return self._pngs[name, size]

    def data(self, name: str) -> str:
        """Return what a figure draws, as CSV."""
        return as_csv(plug("figures", name, "figure").drawn_rows(self.run, self.told))

    def drawn(self, name: str, size: str = "page") -> Drawn:
        """Return a figure with what it draws."""
        return Drawn(self.svg(name, size), self.png(name, size), self.data(name))


def figures_folder(language: str) -> str:
    """Return the folder of the figures of a language, within that of a run: Danish ones lie in `figures` itself."""
    return FIGURES if language == USUAL_LANGUAGE else f"{FIGURES}/{language}"


def save_figure(folder: Path, name: str, size: str = "page", language: str = "da") -> list[Path]:
    """Save a figure of a finished run into its folder `figures`, as SVG, PNG and CSV, and return the files.

    Raises:
        InputError: The folder holds no finished run, there is no such figure, size or language, or the figure does
            not fit the run.
    """
    pictures = Pictures(read_run(folder), read_words(language))
    return write_drawn(folder / figures_folder(language), name, size, pictures.drawn(name, size))


def draw_all(folder: Path, size: str = "page", language: str = "da") -> list[Path]:
    """Save all figures that fit a finished run into its folder of figures and return the files.

    Raises:
        InputError: The folder holds no finished run, or there is no such size or language.
    """
    return write_all(folder, Pictures(read_run(folder), read_words(language)), size)


def write_all(folder: Path, pictures: Pictures, size: str = "page") -> list[Path]:
    """Save all figures that fit a run into its folder of figures and return the files."""
    into = folder / figures_folder(pictures.words.language)
    return [
        path for name in pictures.wanted_names() for path in write_drawn(into, name, size, pictures.drawn(name, size))
    ]


def save_missing(folder: Path, pictures: Pictures) -> None:
    """Save those figures that fit the run, at the size of a page, and that its folder does not hold yet."""
    into = folder / figures_folder(pictures.words.language)
    for name in pictures.wanted_names():
        if not (into / f"{name}.svg").is_file():
            write_drawn(into, name, "page", pictures.drawn(name))
