"""`saldo calendar`: what is printed and what is written, on scenarios made by hand."""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest
from click.testing import CliRunner, Result

from simulator.cli.calendar import command
from simulator.errors import InputError
from simulator.scenario.schema import ArmSections, CalendarSection, Closure, ClosuresSection, Period

CLOSED = CalendarSection(closure_weeks=("2021-W51", "2021-W52"))
WEEK_2 = Closure.model_validate({"from": "2022-01-10", "to": "2022-01-14", "name": "week 2", "planned": False})
Print = Callable[..., Result]


def arm_of(calendar: CalendarSection, *periods: Closure) -> SimpleNamespace:
    return SimpleNamespace(sections=ArmSections(calendar=calendar, closures=ClosuresSection(periods=periods)))


@pytest.fixture
def show(monkeypatch: pytest.MonkeyPatch) -> Print:
    """Run the verb on two arms, with the reader of scenarios put aside."""

    def run(baseline: SimpleNamespace, proposal: SimpleNamespace, *arguments: str) -> Result:
        period = Period.model_validate({"from": "2021-12-19", "to": "2022-01-16"})
        sections = SimpleNamespace(name="by-hand", period=period, places=())
        scenario = SimpleNamespace(sections=sections, baseline=baseline, proposal=proposal)
        reader = ModuleType("simulator.scenario")
        reader.__path__ = []
        reader.read_scenario = lambda path, sets=(): scenario  # type: ignore[attr-defined]
        monkeypatch.setitem(sys.modules, "simulator.scenario", reader)
        return CliRunner().invoke(command, ["by-hand.yaml", *arguments], catch_exceptions=False)

    return run


def counts_of(result: Result) -> dict[str, str]:
    block = result.output.split("\n\n")[2]
    return {line[:34].strip(): line[34:].strip() for line in block.splitlines() if not line.startswith("  ")}


def test_the_published_weeks_are_counted(show: Print) -> None:
    assert counts_of(show(arm_of(CLOSED), arm_of(CLOSED))) == {
        "days": "29",
        "weekdays": "20",
        "legal holidays on weekdays": "0",
        "weekdays after legal holidays": "20",
        "weekdays after customary closures": "18",
        "days on which the clock ticks": "10",
        "meeting days": "10",
    }


def test_every_day_has_a_row_with_its_class_reasons_and_sources(show: Print) -> None:
    output = show(arm_of(CLOSED), arm_of(CLOSED)).output
    rows = [line for line in output.splitlines() if line[:4] in ("2021", "2022")]
    assert len({row[:10] for row in rows}) == 29
    assert any("2021-12-25  Sat  legal_holiday" in row and "Juledag; weekend" in row for row in rows)
    assert any("2022-01-03  Mon  weekday" in row and row.count("yes") == 3 for row in rows)
    assert any("in 101,147: closure week 2021-W51 [scenario]" in row for row in rows)


def test_places_that_differ_are_named(show: Print) -> None:
    result = show(arm_of(CalendarSection()), arm_of(CalendarSection()))
    assert counts_of(result)["meeting days"] == "18"
    told = [line for line in result.output.splitlines() if line.startswith("  but")]
    assert told == ["  but 20 for the jobcentre in 101, 147", "  but 20 for the team in 101, 147"]


def test_kinds_of_office_that_differ_are_counted_apart(show: Print) -> None:
    arm = arm_of(CalendarSection(customary={"december_24_a_kasse": False}))
    assert counts_of(show(arm, arm))["meeting days"] == "jobcentre 18, a-kasse 19, team 18"


def test_differences_between_the_arms_are_told(show: Print) -> None:
    assert "have the same calendar" in show(arm_of(CLOSED), arm_of(CLOSED)).output
    result = show(arm_of(CLOSED), arm_of(CLOSED, WEEK_2))
    assert "differ on 5 days: 2022-01-10 to 2022-01-14." in result.output
    assert counts_of(result)["meeting days"] == "10"


def test_the_calendar_of_the_proposal_can_be_asked_for(show: Print) -> None:
    counts = counts_of(show(arm_of(CLOSED), arm_of(CLOSED, WEEK_2), "--arm", "proposal"))
    assert (counts["meeting days"], counts["days on which the clock ticks"]) == ("5", "10")


def test_the_ledger_is_written_as_a_table(show: Print, tmp_path: Path) -> None:
    target = tmp_path / "calendar.csv"
    show(arm_of(CLOSED), arm_of(CLOSED), "--csv", str(target))
    with target.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == ["date", "office_kind", "place", "class", "rule", "meeting_day", "reason", "source"]
    assert len({(row["date"], row["office_kind"]) for row in rows}) == 29 * 3
    assert sum(int(row["meeting_day"]) for row in rows if row["office_kind"] == "jobcentre") == 10


def test_a_wrong_calendar_is_refused(show: Print) -> None:
    with pytest.raises(InputError, match="did you mean december_24"):
        show(arm_of(CalendarSection(customary={"december24": True})), arm_of(CLOSED))
