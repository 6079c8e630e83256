"""A figure as files: SVG and PNG, and the numbers that are drawn as CSV beside them."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from simulator.errors import InputError

Rows = Sequence[Mapping[str, object]]
"""What a figure draws, a row a mark: column to number or text, units in the names of the columns or in one of them."""


class Drawn(NamedTuple):
    """A drawn figure.

    Attributes:
        svg: The figure as SVG.
        png: The same as PNG.
        data: What it draws, as CSV.
    """

    svg: str
    png: bytes
    data: str


def as_csv(rows: Rows) -> str:
    """Return rows as CSV, with a decimal point and numbers in full."""
    stream = io.StringIO(newline="")
    if rows:
        writer = csv.DictWriter(stream, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows({name: _cell(value) for name, value in row.items()} for row in rows)
    return stream.getvalue()


def _cell(value: object) -> object:
    # A number of a run knows more than its value; a file holds its value.
    return repr(float(value)) if isinstance(value, float) else "" if value is None else value


def write_drawn(folder: Path, name: str, size: str, drawn: Drawn) -> list[Path]:
    """Write a figure into a folder and return the files: `NAME.svg`, `NAME.png` and `NAME.csv`.

    A size other than that of a page stands in the names of the pictures; what is drawn is the same in every size.

    Args:
        folder: The folder; made where there is none.
        name: Name of the figure.
        size: Name of its size.
        drawn: The figure.

    Raises:
        InputError: A file stands where the folder should be, or a folder where a file should be.
    """
    if any(path.is_file() for path in (folder, *folder.parents)):
        raise InputError.one("is a file, or lies within one; give a folder", where=str(folder))
    stem = name if size == "page" else f"{name}-{size}"
    paths = [folder / f"{stem}.svg", folder / f"{stem}.png", folder / f"{name}.csv"]
    blocked = next((path for path in paths if path.is_dir()), None)
    if blocked:
        raise InputError.one("is a folder, and a file should stand there; move it", where=str(blocked))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        paths[0].write_text(drawn.svg, encoding="utf-8", newline="\n")
        paths[1].write_bytes(drawn.png)
        paths[2].write_text(drawn.data, encoding="utf-8", newline="\n")
    except OSError as fault:
        raise InputError.one(f"cannot be written: {fault.strerror}", where=str(folder)) from fault
    return paths
