"""Made-up runs with tables of places and rules, and made-up polygons of municipalities."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from simulator.report.municipalities import read_tiles
from simulator.report.reading import Run, read_run
from tests.unit.report.made_up_runs import write_run
from tests.unit.report.shapes import SHAPES

DAY = date(2021, 12, 22)
ANY_RULE: dict[str, Any] = {
    "arm": "both",
    "order": 1,
    "rule": "physical attendance",
    "kind": "physical_only",
    "applies_by": "held",
    **dict.fromkeys(("from", "to", "municipality_codes", "types", "groups"), ""),
    "conversations": "all",
    "spell_from_days": 0,
    "spell_to_days": "",
    "source": "lab-33",
    "draft": 0,
    "why": "",
}


def write_table(folder: Path, name: str, rows: list[dict[str, Any]]) -> None:
    with (folder / "tables" / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def places(avoided: Callable[[int], float], codes: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    """Yield the rows of a table of places: 10,000 inhabitants and 100 conversations in each."""
    for number, code in enumerate(codes):
        counts: dict[str, dict[str, float]] = {"both": {"population": 10_000}}
        for arm, physical in {"baseline": 60.0, "proposal": 60.0 - avoided(number)}.items():
            forms = {"physical": physical, "phone": 90.0 - physical, "video": 10.0}
            counts[arm] = {"due": 105.0, "held": 100.0, **forms}
        for arm, quantities in counts.items():
            for quantity, value in quantities.items():
                place = {
                    "municipality_code": code,
                    "municipality": read_tiles()[code].name,
                    "region": "",
                    "landsdel": "",
                }
                yield {"arm": arm, **place, "quantity": quantity, "value": value, "unit": ""}


AVOIDED: dict[str, Callable[[int], float]] = {
    "rising": lambda number: 10.0 + number / 4,
    "nothing": lambda number: 0.0,
    "alike": lambda number: 15.0,
    "both ways": lambda number: number - 30.5,
    "moved": lambda number: (-1.0) ** number * 7,
    "more": lambda number: -5.0 - number / 4,
    "tiny": lambda number: number / 100,
}
RULES = [
    ANY_RULE,
    {**ANY_RULE, "order": 2, "kind": "citizen_chooses", "spell_from_days": 182},
    {**ANY_RULE, "order": 3, "arm": "proposal", "kind": "digital_only", "municipality_codes": "851,860,825"},
    {
        **ANY_RULE,
        "order": 4,
        "kind": "suspended",
        "municipality_codes": "101",
        "from": "2021-12-20",
        "to": "2021-12-31",
    },
    {**ANY_RULE, "order": 5, "kind": "office_chooses", "municipality_codes": "461", "types": "jobsamtale,opfoelgning"},
    {**ANY_RULE, "order": 6, "kind": "office_chooses", "groups": "sygedagpenge"},
    {**ANY_RULE, "order": 7, "kind": "office_chooses", "types": "cv_samtale"},
    {**ANY_RULE, "order": 8, "kind": "office_chooses", "conversations": "first"},
    {**ANY_RULE, "order": 9, "kind": "office_chooses", "to": "2021-12-19"},
    {**ANY_RULE, "order": 10, "kind": "citizen_chooses", "municipality_codes": "751", "spell_to_days": 182, "draft": 1},
]


def placed_run(
    folder: Path, avoided: str = "rising", codes: tuple[str, ...] = (), rules: list[dict[str, Any]] = RULES
) -> Run:
    """Return a made-up run with tables of places and rules, written below a folder that holds none yet."""
    run = write_run(folder / "run", SHAPES["published"])
    write_table(run, "places", list(places(AVOIDED[avoided], codes or tuple(read_tiles()))))
    write_table(run, "rules", rules)
    return read_run(run)


def square(left: float, low: float, side: float = 0.5) -> list[list[float]]:
    return [[left, low], [left + side, low], [left + side, low + side], [left, low + side], [left, low]]


def feature(place: Any, geometry: Any, key: str = "municipality_code") -> dict[str, Any]:
    return {"type": "Feature", "properties": {key: place}, "geometry": geometry}


def collection(*features: Any) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": list(features)}


def polygon(*rings: Any) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": list(rings)}


def written(path: Path, content: Any) -> Path:
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return path


def whole_country() -> dict[str, Any]:
    """Return a square of each municipality where its tile lies, those of the capital small."""
    return collection(
        *(
            feature(
                code,
                polygon(
                    square(
                        8 + tile.column * (0.6 if code == "400" else 0.3),
                        58 - tile.row * 0.2,
                        0.03 if int(code) < 190 else 0.15,
                    )
                ),
            )
            for code, tile in read_tiles().items()
        )
    )
