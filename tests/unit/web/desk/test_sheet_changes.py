"""What the page puts together of a sheet and its changes is the whole sheet, wherever one stands."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from simulator.web.desk.desk import Desk
from simulator.web.position import Position, Reader
from tests.unit.web.small import Sets, base

READING = Path(__file__).parents[4] / "simulator" / "web" / "page" / "reading.js"
BASES = {name: base(name) for name in ("christmas-2021", "christmas-2021-bottom-up")}
MERGED = """
import { readFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
const { merged } = await import(process.argv[1]);
const wrong = JSON.parse(readFileSync(0, "utf8")).filter(({ opened, changes, whole }) =>
  !isDeepStrictEqual(merged(opened, changes), whole));
console.log(JSON.stringify(wrong.map(({ whole }) => whole.position)));
"""
RULES = "[{name: phone, from: 2022-01-03, to: 2022-01-07, rule: digital_only, types: [jobsamtale], source: ''}]"
POSITIONS: list[Sets] = [
    (),
    (("effects.params.scale", "0.3"),),
    (("effects.params.scale", "1.5"), ("saldo.value_per_person_year_kr", "310000")),
    (("effects.params.weeks_per_conversation.jobsamtale.dagpenge.week_0", "0.02"),),
    (("effects.params.weeks_per_conversation.jobsamtale", "0.02"),),
    (("effects.full_time_share", "0.5"), ("demand.scale", "1.1")),
    (("proposal.attendance.take_up_scale", "0.8"),),
    (("baseline.delivery.utilisation", "0.9"), ("closures.carry_share", "0.5")),
    (("saldo.concept", "with_running_costs"),),
    (("effects.model", "exit_hazard_with_decay"),),
    (("period.from", "2021-12-20"), ("calendar.closure_weeks", "[2021-W52]")),
    (("proposal.attendance.rules", RULES), ("title", "Another"), ("title_da", "En anden")),
    (("places", "[Ærø]"), ("saldo.price_level", "2023")),
    (("known_as_of", "2021-12-10"),),
    (("saldo.concept", "none"),),
    (("effects.params.scale", "-1"), ("no.such", "1")),
    (("effects.params.scale", "1e308"),),
    (("period.to", "2035-01-01"),),
]


@pytest.mark.parametrize(("name", "language"), [("christmas-2021", "da"), ("christmas-2021-bottom-up", "en")])
def test_changes_and_what_was_opened_are_the_whole_sheet(name: str, language: str) -> None:
    """Also where the setting is one of structure, or wrong; most rows are never sent twice."""
    desk, opened = Desk(Reader()), BASES[name]
    first = desk.sheet(Position(opened), language)
    told = [
        {
            "opened": first,
            "changes": desk.changes(Position(opened, sets), language),
            "whole": desk.sheet(Position(opened, sets), language),
        }
        for sets in POSITIONS
    ]
    done = subprocess.run(
        [_node(), "--input-type=module", "-e", MERGED, READING.as_uri()],
        input=json.dumps(told),
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(done.stdout) == []
    counts = [len(one["changes"]["rows"]) for one in told]
    assert counts[:3] == [0, 1, 2]
    assert 0 < max(counts) < 30


def test_what_was_opened_has_another_name_when_it_is_another_text() -> None:
    """So the page does not lay changes over a sheet of an older file."""
    desk = Desk(Reader())
    other = base("christmas-2021", "demand.scale=1.1")
    names = [
        desk.sheet(Position(BASES["christmas-2021"]), "da")["opened"],
        desk.changes(Position(BASES["christmas-2021"], POSITIONS[1]), "da")["opened"],
        desk.changes(Position(other, POSITIONS[1]), "da")["opened"],
    ]
    assert names[0] == names[1] != names[2]


def _node() -> str:
    """Return the JavaScript that playwright brings."""
    driver = pytest.importorskip("playwright._impl._driver").compute_driver_executable()
    return str(driver[0] if isinstance(driver, tuple) else driver)
