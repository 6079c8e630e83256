"""One square for each municipality, laid so that neighbours stay near each other and Denmark can be recognised."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("tiles.csv")


@dataclass(frozen=True)
class Tile:
    """The place of a municipality in the layout.

    Attributes:
        code: Official code of the municipality.
        name: Its name.
        short: Its name in three letters, no two alike.
        row: Row of the layout, from 1 in the north.
        column: Column of the layout, from 1 in the west.
    """

    code: str
    name: str
    short: str
    row: int
    column: int


@cache
def read_tiles() -> Mapping[str, Tile]:
    """Return the layout by code of the municipality.

    Source:
        Own layout, made for this program: an abstraction, no map; Copenhagen and its surroundings are spread out.
    """
    with FILE.open(encoding="utf-8", newline="") as lines:
        tiles = [
            Tile(row["municipality_code"], row["name"], row["short"], int(row["row"]), int(row["column"]))
            for row in csv.DictReader(lines)
        ]
    return {tile.code: tile for tile in tiles}
