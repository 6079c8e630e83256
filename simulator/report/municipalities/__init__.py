"""Municipalities: the figures of a run in their places, and the attendance rule in force there.

**In** come a run's `tables/places.csv` (`numbers.py`) and `tables/rules.csv` (`rules.py`), and a choice of what
the map shows (`choice.py`). **Out** comes one value a municipality, drawn by `figures/municipalities.py` on the
shapes of `outlines.py` and saved or printed by `saving.py`.

The shapes are our own layout of one square a municipality (`tiles.csv`), or the polygons of a GeoJSON file
(`geometry.py`). Kroner by place are never shown: they are a computational split.

**Assumptions.** A value per 1,000 inhabitants is that of the municipality in which the citizens live, also where
the a-kasse holds the conversation. The map of rules is for one conversation, named in `rules.py`.

>>> from simulator.report.municipalities import read_tiles
>>> tiles = read_tiles()
>>> len(tiles), tiles["101"].name, tiles["101"].column > tiles["461"].column > tiles["561"].column
(98, 'København', True)
"""

from __future__ import annotations

from simulator.report.municipalities.choice import QUANTITIES, Choice
from simulator.report.municipalities.tiles import Tile, read_tiles

__all__ = ["QUANTITIES", "Choice", "Tile", "read_tiles"]
