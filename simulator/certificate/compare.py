"""Compares two files of a run cell by cell: leaves of JSON, cells of tables, lines of text, bytes of the rest."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import yaml

from simulator.scenario.versions import without_version

Alike: TypeAlias = Callable[[str, str], bool]
"""Whether two texts that are not equal are the same number all the same."""
NOTHING = "nothing"
LONGEST_TEXT = 200
SAME_SHARE = 1e-9
"""Numbers of different machines or packages are the same within this share."""
LINES = frozenset((".txt", ".md", ".html", ".svg", ".tsv"))


@dataclass(frozen=True)
class Difference:
    """A place in a file where the run made again says something else.

    Attributes:
        where: Path of a leaf, row and column of a cell, number of a line, or nothing for the whole file.
        kept: What the kept run says.
        again: What the run made again says.
    """

    where: str
    kept: str
    again: str

    def __str__(self) -> str:
        """Return the place with both texts."""
        said = f"kept {_short(self.kept)}, again {_short(self.again)}"
        return f"{self.where}: {said}" if self.where else said


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_TEXT else f"{text[:LONGEST_TEXT]}..."


def exactly(_one: str, _other: str) -> bool:
    """Return that texts which are not equal are not the same."""
    return False


def nearly(one: str, other: str) -> bool:
    """Return whether two texts are the same number but for the last bits of its decimals."""
    try:
        left, right = float(one), float(other)
    except ValueError:
        return False
    return bool(np.isclose(left, right, rtol=SAME_SHARE, atol=0.0))


def compared_files(kept: Path, again: Path, alike: Alike) -> list[Difference]:
    """Return where two files of the same name differ, in the order of the file."""
    one, other = kept.read_bytes(), again.read_bytes()
    if one == other:
        return []
    found: list[Difference] | None = None
    try:
        found = list(_by_kind(kept, again, alike))
    except (ValueError, csv.Error, OSError) as wrong:
        return [Difference("", f"a file that cannot be read: {_short(str(wrong))}", f"{len(other)} bytes")]
    if found or alike is not exactly or kept.suffix == ".yaml":
        return found
    return [Difference("", f"{len(one)} bytes", f"{len(other)} other bytes that say the same")]


def _by_kind(kept: Path, again: Path, alike: Alike) -> Iterator[Difference]:
    if kept.suffix == ".json":
        one, other = (json.loads(path.read_text(encoding="utf-8")) for path in (kept, again))
        yield from compared_json(one, other, alike)
    elif kept.suffix == ".yaml":
        # As texts, and in any order: how a scenario is laid together decides which section it names first.
        yield from compared_json(_tree(kept), _tree(again), alike)
    elif kept.suffix == ".csv":
        yield from compared_rows(_rows_of_csv(kept), _rows_of_csv(again), alike)
    elif kept.suffix == ".parquet":
        yield from compared_rows(_rows_of_parquet(kept), _rows_of_parquet(again), alike)
    elif kept.suffix in LINES:
        yield from compared_lines(*(path.read_text(encoding="utf-8").split("\n") for path in (kept, again)))
    else:
        yield Difference("", f"{kept.stat().st_size} bytes", f"{again.stat().st_size} other bytes")


def _tree(path: Path) -> Any:
    try:
        tree = yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader))
    except yaml.YAMLError as wrong:
        raise ValueError(" ".join(str(wrong).split())) from wrong
    # A run of the time before versions says none, and is read all the same.
    return _without_nothing(without_version(tree) if isinstance(tree, dict) else tree)


def _without_nothing(tree: Any) -> Any:
    """Return a tree without tables of nothing."""
    if not isinstance(tree, dict):
        return tree
    kept = {key: _without_nothing(below) for key, below in tree.items()}
    return {key: below for key, below in kept.items() if below != {}}


def compared_json(kept: Any, again: Any, alike: Alike, path: str = "") -> Iterator[Difference]:
    """Yield the leaves that differ by their paths; entries of lists count from 1."""
    if isinstance(kept, Mapping) and isinstance(again, Mapping):
        for key in dict.fromkeys((*kept, *again)):
            below = f"{path}.{key}" if path else str(key)
            yield from compared_json(kept.get(key, ...), again.get(key, ...), alike, below)
    elif isinstance(kept, list) and isinstance(again, list):
        for number, (one, other) in enumerate(zip_longest(kept, again, fillvalue=...), start=1):
            yield from compared_json(one, other, alike, f"{path}[{number}]")
    elif not _same_leaf(kept, again, alike):
        yield Difference(path, _leaf(kept), _leaf(again))


def _same_leaf(kept: Any, again: Any, alike: Alike) -> bool:
    if type(kept) is type(again) and kept == again:
        return True
    return isinstance(kept, float) and isinstance(again, float) and alike(repr(kept), repr(again))


def _leaf(content: Any) -> str:
    return NOTHING if content is ... else json.dumps(content, ensure_ascii=False)


Rows: TypeAlias = tuple[Sequence[str], Sequence[Sequence[str]]]
"""Names of the columns, and the rows."""


def _rows_of_csv(path: Path) -> Rows:
    with path.open(encoding="utf-8", newline="") as file:
        lines = list(csv.reader(file))
    return (lines[0], lines[1:]) if lines else ((), ())


def _rows_of_parquet(path: Path) -> Rows:
    import duckdb

    with duckdb.connect(":memory:", config={"threads": "1"}) as database:
        try:
            found = database.execute("SELECT * FROM read_parquet(?)", [str(path)])
        except duckdb.Error as wrong:
            raise ValueError(str(wrong).partition("\n")[0]) from wrong
        columns = [str(column[0]) for column in found.description or ()]
        return columns, [[_text(cell) for cell in row] for row in found.fetchall()]


def _text(cell: object) -> str:
    return "" if cell is None else str(cell)


def compared_rows(kept: Rows, again: Rows, alike: Alike) -> Iterator[Difference]:
    """Yield the cells that differ by row, counted from 1 below the heading, and column; and rows that one lacks.

    Columns that one of them lacks are named once, and the others compared. Where rows were put in or taken out, those
    between the first and the last that differ are compared as a whole.
    """
    columns = [column for column in kept[0] if column in again[0]]
    for column in (*kept[0], *again[0]):
        if column not in columns:
            told = [f"column {column}" if column in side[0] else NOTHING for side in (kept, again)]
            yield Difference(f"column {column}", *told)
    if not columns and (kept[1] or again[1]):
        return
    left, right = (_picked(side, columns) for side in (kept, again))
    if len(left) == len(right):
        for number, (one, other) in enumerate(zip(left, right, strict=True), start=1):
            if one != other:
                yield from _cells(number, columns, one, other, alike)
    else:
        yield Difference("number of rows", str(len(left)), str(len(right)))
        yield from _whole_rows(left, right)


def _picked(side: Rows, columns: Sequence[str]) -> list[tuple[str, ...]]:
    """Return the rows with some columns alone; a row that is too short or too long keeps what it has."""
    names, rows = list(side[0]), side[1]
    if names == list(columns):
        return [tuple(row) for row in rows]
    places = [names.index(column) for column in columns]
    return [tuple(row[place] if place < len(row) else "" for place in places) for row in rows]


def _cells(
    number: int, columns: Sequence[str], one: Sequence[str], other: Sequence[str], alike: Alike
) -> Iterator[Difference]:
    for column, left, right in zip_longest((*columns, "beyond the columns"), one, other, fillvalue=""):
        if left != right and not alike(left, right):
            yield Difference(f"row {number}, {column or 'beyond the columns'}", left, right)


def _whole_rows(left: list[tuple[str, ...]], right: list[tuple[str, ...]]) -> Iterator[Difference]:
    extra, lacking = Counter(left) - Counter(right), Counter(right) - Counter(left)
    for number, row in enumerate(left, start=1):
        if extra[row]:
            extra[row] -= 1
            yield Difference(f"row {number}", ",".join(row), NOTHING)
    for number, row in enumerate(right, start=1):
        if lacking[row]:
            lacking[row] -= 1
            yield Difference(f"row {number} of the run made again", NOTHING, ",".join(row))


def compared_lines(kept: Sequence[str], again: Sequence[str]) -> Iterator[Difference]:
    """Yield the lines that differ by their numbers."""
    for number, (one, other) in enumerate(zip_longest(kept, again, fillvalue=None), start=1):
        if one != other:
            yield Difference(f"line {number}", *(NOTHING if text is None else text for text in (one, other)))
