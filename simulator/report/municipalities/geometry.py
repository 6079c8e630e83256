"""Municipalities as polygons from a GeoJSON file that the user gives, in longitude and latitude (WGS84)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from simulator.errors import InputError
from simulator.report.municipalities.tiles import read_tiles

Ring: TypeAlias = npt.NDArray[np.float64]
"""Corners of a ring, shape (corner, 2): longitude and latitude [degrees], or a place on a sheet [inches]."""

Polygon: TypeAlias = tuple[Ring, ...]
"""An outer ring and its holes."""

MOST_BYTES = 50_000_000
FAR = 1e12
"""No coordinate lies as far as this; a number that is not finite does not lie below it."""

KEYS = ("municipality_code", "code", "name")
"""Properties that tell the municipality, the first that a feature has."""

ALLOWED = (
    "give a GeoJSON FeatureCollection of Polygon or MultiPolygon in longitude and latitude, "
    "with a property municipality_code, code or name"
)
NAME_ENDINGS = (" kommune", " regionskommune", "s")


def read_geometry(path: Path) -> Mapping[str, tuple[Polygon, ...]]:
    """Return the polygons of each municipality that the file holds, by code; other features are left out.

    Args:
        path: GeoJSON file, at most 50 MB.

    Raises:
        InputError: No such file, no GeoJSON of known municipalities, or coordinates that are none.
    """
    found: dict[str, tuple[Polygon, ...]] = {}
    codes = {
        **{code: code for code in read_tiles()},
        **{_plain(tile.name): tile.code for tile in read_tiles().values()},
    }
    for number, feature in enumerate(_features(path)):
        code = _code_of(feature, codes)
        if code:
            polygons = _polygons(path, f"features[{number}].geometry", feature.get("geometry"))
            found[code] = (*found.get(code, ()), *polygons)
    if not any(found.values()):
        raise _wrong(path, "no known municipality in it")
    return {code: polygons for code, polygons in found.items() if polygons}


def _wrong(path: Path, what: str, key: str = "") -> InputError:
    return InputError.one(f"{what}; {ALLOWED}", where=str(path), path=key)


def _features(path: Path) -> list[Mapping[str, Any]]:
    if not path.is_file():
        raise _wrong(path, "no such file")
    if path.stat().st_size > MOST_BYTES:
        raise _wrong(path, f"larger than {MOST_BYTES // 1_000_000} MB")
    try:
        content = json.loads(path.read_text(encoding="utf-8-sig"))
    except (ValueError, RecursionError) as fault:
        raise _wrong(path, "not readable as JSON") from fault
    features = content.get("features") if isinstance(content, dict) else None
    if not isinstance(features, list) or content.get("type") != "FeatureCollection":
        raise _wrong(path, "not a FeatureCollection")
    return [feature for feature in features if isinstance(feature, dict)]


def _code_of(feature: Mapping[str, Any], codes: Mapping[str, str]) -> str:
    """Return the code of the municipality of a feature; empty where it is none that we know."""
    properties = feature.get("properties")
    told = properties if isinstance(properties, dict) else {}
    given = next((told[key] for key in KEYS if told.get(key) not in (None, "")), "")
    text = str(int(given)) if isinstance(given, float) and given.is_integer() else str(given).strip()
    return codes.get(str(int(text)) if text.isdecimal() else _plain(text), "")


def _plain(name: str) -> str:
    """Return a name as it is compared: `Københavns Kommune` is `København`, `Århus` is `Aarhus`."""
    text = name.strip().casefold().replace("å", "aa")
    for ending in NAME_ENDINGS:
        text = text.removesuffix(ending)
    return text


def _polygons(path: Path, key: str, geometry: object) -> tuple[Polygon, ...]:
    if geometry is None:
        return ()
    told = geometry if isinstance(geometry, dict) else {}
    kind, coordinates = told.get("type"), told.get("coordinates")
    if kind not in ("Polygon", "MultiPolygon"):
        raise _wrong(path, f"unknown geometry type {kind!r}", f"{key}.type")
    polygons = [coordinates] if kind == "Polygon" else coordinates
    if not isinstance(polygons, list):
        raise _wrong(path, "coordinates that are no list", f"{key}.coordinates")
    return tuple(tuple(_rings(path, f"{key}.coordinates", polygon)) for polygon in polygons)


def _rings(path: Path, key: str, polygon: object) -> Iterator[Ring]:
    """Yield the rings of a polygon, the outer one to the left and holes to the right, so that holes stay empty."""
    for number, ring in enumerate(polygon if isinstance(polygon, list) and polygon else [None]):
        if not isinstance(ring, list) or len(ring) < 3 or not all(_is_place(place) for place in ring):
            raise _wrong(path, "coordinates that are no rings of numbers", key)
        corners = np.array([place[:2] for place in ring], dtype=np.float64)
        if (np.abs(corners) > (180.0, 90.0)).any():
            raise _wrong(path, "coordinates that are no longitude and latitude [degrees]", key)
        yield corners if (_area(corners) > 0) == (number == 0) else corners[::-1]


def _is_place(place: object) -> bool:
    """Return whether this is a longitude and a latitude; a height may follow."""
    if not isinstance(place, Sequence) or len(place) < 2:
        return False
    numbers = [part for part in place[:2] if isinstance(part, (int, float)) and not isinstance(part, bool)]
    return len(numbers) == 2 and all(abs(number) < FAR for number in numbers)


def _area(ring: Ring) -> float:
    """Return the area within a ring, plus where it runs to the left."""
    x, y = ring.T
    return float(np.sum(x * np.roll(y, -1) - np.roll(x, -1) * y) / 2)
