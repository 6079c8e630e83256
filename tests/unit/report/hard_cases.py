"""The six hard cases of every figure: runs with all tables that figures are drawn from, each written once."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from tests.unit.report.made_up_drivers import drivers, turns, two_way
from tests.unit.report.made_up_information import PRIORS, USUAL, Trial, write_information
from tests.unit.report.made_up_places import ANY_RULE, places, write_table
from tests.unit.report.made_up_runs import write_run
from tests.unit.report.shapes import SHAPES, Shape

FIVE_YEARS = (date(2019, 1, 1), date(2023, 12, 31))
CASES: dict[str, Shape] = {
    **{name: SHAPES[name] for name in ("null", "one_week", "one_municipality", "gain", "thousandfold")},
    "five_years": replace(
        SHAPES["published"],
        name="five_years",
        period=FIVE_YEARS,
        closure_weeks=(),
        places=("751",),
        scale=60.0,
        spread=True,
        permanent="short",
        published={"digital_share_2019": 0.22, "digital_share_2021": 0.69, "digital_share_2023": 0.44},
    ),
}
"""Nothing changes, a single week, five years, a single municipality, a gain, and values a thousand times larger."""

PLACE = Trial(sizes=(20, 50, 80), worth=False)
TRIALS: dict[str, Trial] = {
    "null": Trial(effect=0.0, same=True),
    "one_week": Trial(sizes=(500,), priors=(("flat", 1.0),), effect=40.0),
    "one_municipality": PLACE,
    "gain": Trial(holds=False, answers=False, effect=7.0),
    "thousandfold": Trial(sizes=tuple(1_000 * size for size in (200, 500, 1_000, 20_000))),
    "five_years": Trial(
        sizes=tuple(round(100 * 1.15**step) for step in range(40)),
        priors=(*PRIORS.items(), ("hvad en meget lang forhåndsantagelse kan hedde", -0.5)),
        effect=4.0,
    ),
}
"""Nothing to find, one size, few persons, assumptions of the formula that fail, many persons, many sizes and priors."""
QUEUED = {"null": 0.0, "gain": -0.04, "five_years": 2.4}
"""How much longer the queue is with the proposal, as a share of it without; a tenth where it is not said."""


def write_case(folder: Path, shape: Shape) -> Path:
    """Write a run with all tables that figures are drawn from."""
    write_run(folder, shape)
    if shape.effect_kr:
        write_table(folder, "drivers", drivers(shape))
        write_table(folder, "turns", turns(shape))
        write_table(folder, "two_way", list(two_way(shape)))
    write_table(
        folder, "places", list(places(lambda number: 10.0 + number / 4 if shape.converted else 0.0, codes(shape)))
    )
    write_table(folder, "rules", [ANY_RULE])
    _queue(folder, shape)
    write_information(folder, shape, TRIALS.get(shape.name, USUAL))
    if shape.period == FIVE_YEARS or (shape.period[1] - shape.period[0]).days > 730:
        write_table(folder, "months", list(_months(shape)))
    return folder


def codes(shape: Shape) -> tuple[str, ...]:
    """Return the municipalities of the map: all of the country, or the few of the run."""
    from simulator.report.municipalities import read_tiles

    return shape.places if len(shape.places) == 1 else tuple(read_tiles())


def _queue(folder: Path, shape: Shape) -> None:
    """Add to the conversations who waits and who falls due, so that the queue rises and is worked off again."""
    path = folder / "tables" / "conversations.csv"
    with path.open(encoding="utf-8", newline="") as file:
        names = csv.DictReader(file).fieldnames or []
    with path.open("a", encoding="utf-8", newline="") as file:
        csv.DictWriter(file, list(names)).writerows(_flows(shape))
    _headline(folder, shape)


def _flows(shape: Shape) -> Iterator[dict[str, Any]]:
    start, weeks = 6_120.0 * shape.scale, shape.weeks
    longer = QUEUED.get(shape.name, 0.1)
    for arm in ("baseline", "proposal"):
        row = {"arm": arm, "year": weeks[0][0], "week": weeks[0][1], "office_kind": "jobcentre"}
        row |= {
            "municipality_code": "751",
            "type": "jobsamtale",
            "group": "dagpenge",
            "spell_class": "5-25",
            "form": "",
        }
        yield {**row, "state": "waiting_start", "count": start}
        before = start
        for number, (year, week) in enumerate(weeks, 1):
            hump = 1 - abs(2 * number / len(weeks) - 1) if len(weeks) > 8 else number / len(weeks)
            after = start * (1 + (longer * hump if arm == "proposal" else 0.0))
            yield {
                **row,
                "year": year,
                "week": week,
                "state": "due",
                "count": after - before + _held(shape, arm, number),
            }
            before = after


def _held(shape: Shape, arm: str, number: int) -> float:
    """Return what the table of conversations has as held in a week."""
    weeks = len(shape.weeks)
    tilt = 1 + 0.1 * (((number - 1) % 3) - 1) if weeks > 2 else 1.0 + 0.08 * (2 * (number - 1) - 1)
    return shape.held * tilt / weeks * (shape.held_factor if arm == "proposal" else 1.0)


def _headline(folder: Path, shape: Shape) -> None:
    path = folder / "headline.json"
    found = json.loads(path.read_text(encoding="utf-8"))
    longer = QUEUED.get(shape.name, 0.1)
    start = 6_120.0 * shape.scale
    for arm, factor in (("baseline", 1.0), ("proposal", 1.0 + longer * (len(shape.weeks) <= 8))):
        found["conversations"][arm] |= {"waiting_start": start, "waiting_end": start * factor}
    found["mean_wait_days"] = {"baseline": 0.7504890265, "proposal": 0.7504890265 * (1 + 8 * longer)}
    found["backlog"] = None
    if shape.period == FIVE_YEARS and longer > 0:
        found["backlog"] = {"most": start * longer, "on": "2021-06-27", "gone_by": "2023-12-24"}
    path.write_text(json.dumps(found, indent=1), encoding="utf-8")


def _months(shape: Shape) -> Iterator[dict[str, Any]]:
    """Yield the months of a run: digital from 2020 on, half of them later."""
    held = 34_200.0 * shape.scale / 60
    for arm in ("baseline", "proposal"):
        for year in range(shape.period[0].year, shape.period[1].year + 1):
            share = {2019: 0.22, 2020: 0.48, 2021: 0.58}.get(year, 0.4)
            for month in range(1, 13):
                counts = {"due": held, "held": held, "physical": held * (1 - share), "phone": held * share * 0.9}
                row = {"arm": arm, "year": year, "month": month, "office_kind": "jobcentre", **counts}
                hump = 1 - abs((year - shape.period[0].year) * 12 + month - 30) / 30
                more = 6_120.0 * shape.scale * QUEUED.get(shape.name, 0.1) * hump * (arm == "proposal")
                yield {**row, "video": held * share * 0.1, "waiting": 400.0 * shape.scale + more}
