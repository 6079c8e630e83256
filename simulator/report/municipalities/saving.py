"""A map as files, and its numbers as lines of text."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from simulator.report.drawing import saved_png, saved_svg
from simulator.report.drawn_files import Drawn, as_csv, write_drawn
from simulator.report.language import Words
from simulator.report.municipalities.choice import QUANTITIES, Choice
from simulator.report.municipalities.content import FIGURE, content_of
from simulator.report.municipalities.tiles import read_tiles
from simulator.report.reading import Run
from simulator.report.style import figure_size

NAME = "municipalities"


def save_map(run: Run, words: Words, choice: Choice, size: str, folder: Path) -> list[Path]:
    """Save a map into a folder as SVG, PNG and CSV and return the files.

    Args:
        run: The run.
        words: The language.
        choice: What the map shows.
        size: Name of a size.
        folder: Folder of the files; made where there is none.

    Raises:
        InputError: No such size, a table or the file of shapes that cannot be read, or a file for a folder.
    """
    from simulator.report.figures.municipalities import alt_text, draw, drawn_rows

    figure = draw(run, words, figure_size(size), choice)
    stem = "-".join(part for part in (NAME, choice.stem) if part)
    svg = saved_svg(figure, f"{stem}-{size}", _caption(words, choice), alt_text(run, words, choice))
    drawn = Drawn(svg, saved_png(figure), as_csv(drawn_rows(run, words, choice)))
    return write_drawn(folder, stem, size, drawn)


def _caption(words: Words, choice: Choice) -> str:
    if choice.day is not None:
        return words.text(f"{FIGURE}.caption_rules")
    own = choice.quantity != QUANTITIES[0]
    return words.text(f"{FIGURE}.results.{choice.quantity}.caption" if own else f"{FIGURE}.caption")


def table_lines(run: Run, words: Words, choice: Choice) -> Iterator[str]:
    """Yield the numbers of a map as lines of text: its statement, a heading, and a line for each municipality.

    Raises:
        InputError: A table of the run cannot be read.
    """
    content = content_of(run, words, choice)
    yield content.title
    yield content.below
    if not content.printed:
        return
    heading = (words.text(f"{FIGURE}.table.place"), content.unit or words.text(f"{FIGURE}.table.rule"))
    rows = [(read_tiles()[code].name, content.printed[code]) for code in sorted(content.printed, key=int)]
    rows += [(words.text(f"{FIGURE}.table.whole"), content.whole)] if content.whole else []
    across = max(len(name) for name, _ in (heading, *rows)) + 2
    numbers = max(len(value) for _, value in rows) if content.whole else 0
    yield ""
    yield f"{heading[0]:<{across}}{heading[1]}"
    yield from (f"{name:<{across}}{value:>{numbers}}" for name, value in rows)
