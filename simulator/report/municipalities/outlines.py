"""The municipalities as shapes on a sheet: the tiles, or the polygons of a file fitted into a room."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import cos, radians
from pathlib import Path

import numpy as np

from simulator.report.municipalities.geometry import Polygon, Ring, read_geometry
from simulator.report.municipalities.tiles import Tile, read_tiles

MIDDLE_LATITUDE = 56.0
"""Latitude of the middle of Denmark [degrees]: there a degree of longitude is shorter by its cosine."""

FILLED = 0.94
"""Side of a square as a share of the way from square to square."""

FINEST_INCHES = 0.004
"""Corners of a polygon nearer than this to the one before are left out."""


CAPITAL_BELOW = 190
"""Codes below this are those of Copenhagen and its suburbs, too small to be seen on a map of the country."""

INSET_SHARE = (0.24, 0.36)
"""Width and height of the inset as shares of the map."""


@dataclass(frozen=True)
class Inset:
    """The capital once more, larger, in a corner of a map that is empty.

    Attributes:
        polygons: Polygons by code of the municipality [inches].
        corners: Lower left and upper right corner of its frame [inches].
    """

    polygons: Mapping[str, tuple[Polygon, ...]]
    corners: tuple[tuple[float, float], tuple[float, float]]


@dataclass(frozen=True)
class Outlines:
    """Shapes of municipalities on a sheet.

    Attributes:
        polygons: Polygons by code of the municipality [inches].
        step: Way from square to square [inches]; 0 for polygons of a file, which carry no words.
        width: Width that they take [inches].
        height: Height that they take [inches].
        inset: The capital once more; None where there is no room or no need.
    """

    polygons: Mapping[str, tuple[Polygon, ...]]
    step: float
    width: float
    height: float
    inset: Inset | None = None

    def middle(self, code: str) -> tuple[float, float]:
        """Return the middle of a square [inches]."""
        corners = self.polygons[code][0][0]
        return float(corners[:, 0].mean()), float(corners[:, 1].mean())


def outlines_of(geometry: Path | None, at: tuple[float, float], room: tuple[float, float]) -> Outlines:
    """Return the shapes of the municipalities in a room of a sheet.

    Args:
        geometry: GeoJSON file; None for the tiles.
        at: Upper left corner of the room [inches].
        room: Width and height of the room [inches].

    Raises:
        InputError: The file cannot be used.
    """
    return _squares(at, room) if geometry is None else _fitted(read_geometry(geometry), at, room)


def _squares(at: tuple[float, float], room: tuple[float, float]) -> Outlines:
    tiles = read_tiles()
    columns, rows = max(tile.column for tile in tiles.values()), max(tile.row for tile in tiles.values())
    step = min(room[0] / columns, room[1] / rows)

    def square(tile: Tile) -> Ring:
        left, low = at[0] + (tile.column - 1) * step, at[1] - tile.row * step
        side = FILLED * step
        return np.array([(left, low), (left + side, low), (left + side, low + side), (left, low + side)])

    return Outlines({code: ((square(tile),),) for code, tile in tiles.items()}, step, columns * step, rows * step)


def _fitted(found: Mapping[str, tuple[Polygon, ...]], at: tuple[float, float], room: tuple[float, float]) -> Outlines:
    polygons, (wide, tall) = _scaled(found, at, room)
    return Outlines(polygons, 0.0, wide, tall, _inset(found, polygons, at, (wide, tall)))


def _scaled(
    found: Mapping[str, tuple[Polygon, ...]], at: tuple[float, float], room: tuple[float, float]
) -> tuple[dict[str, tuple[Polygon, ...]], tuple[float, float]]:
    """Return polygons in degrees as polygons on the sheet, north up, and the width and height that they take."""
    squeeze = np.array([cos(radians(MIDDLE_LATITUDE)), 1.0])
    corners = _corners(found)
    low, high = corners.min(axis=0) * squeeze, corners.max(axis=0) * squeeze
    wide, tall = np.maximum(high - low, 1e-9).tolist()
    scale = min(room[0] / wide, room[1] / tall)

    def placed(ring: Ring) -> Ring:
        moved: Ring = np.array([at[0], at[1] - tall * scale]) + (ring * squeeze - low) * scale
        return moved

    polygons = {
        code: tuple(tuple(_thinned(placed(ring)) for ring in polygon) for polygon in parts)
        for code, parts in found.items()
    }
    return polygons, (wide * scale, tall * scale)


def _corners(polygons: Mapping[str, tuple[Polygon, ...]]) -> Ring:
    return np.concatenate([ring for parts in polygons.values() for polygon in parts for ring in polygon])


def _inset(
    found: Mapping[str, tuple[Polygon, ...]],
    placed: Mapping[str, tuple[Polygon, ...]],
    at: tuple[float, float],
    size: tuple[float, float],
) -> Inset | None:
    """Return the capital in the upper right corner of a map, where the corner is empty and the map is of more."""
    capital = {code: polygons for code, polygons in found.items() if int(code) < CAPITAL_BELOW}
    wide, tall = size[0] * INSET_SHARE[0], size[1] * INSET_SHARE[1]
    left, right, high = at[0] + size[0] - wide, at[0] + size[0], at[1]
    corners = _corners(placed)
    empty = not ((corners[:, 0] > left - 0.1 * wide) & (corners[:, 1] > high - 1.2 * tall)).any()
    if not capital or len(capital) == len(found) or not empty:
        return None
    edge = 0.05 * wide
    polygons, (own_wide, own_tall) = _scaled(capital, (left + edge, high - edge), (wide - 2 * edge, tall - 2 * edge))
    shift = np.array([wide - 2 * edge - own_wide, 0.0])
    moved = {
        code: tuple(tuple(ring + shift for ring in polygon) for polygon in parts) for code, parts in polygons.items()
    }
    return Inset(moved, ((right - own_wide - 2 * edge, high - own_tall - 2 * edge), (right, high)))


def _thinned(ring: Ring) -> Ring:
    """Return a ring without the corners that nobody could see."""
    kept = [ring[0]]
    for corner in ring[1:]:
        if np.abs(corner - kept[-1]).max() >= FINEST_INCHES:
            kept.append(corner)
    return np.array(kept)
