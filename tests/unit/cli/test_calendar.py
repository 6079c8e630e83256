"""`saldo calendar`: what is printed and what is written, on scenarios made by hand."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from simulator.cli.calendar import command
from simulator.errors import InputError

CLOSED = "calendar: {closure_weeks: [2021-W51, 2021-W52]}\n"
WEEK_2 = "proposal: {closures: {periods: [{from: 2022-01-10, to: 2022-01-14, name: week 2, planned: false}]}}\n"
Print = Callable[..., Result]


@pytest.fixture
def show(tmp_path: Path) -> Print:
    """Run the verb on a scenario of the published weeks with some lines of its own."""

    def run(lines: str, *arguments: str) -> Result:
        path = tmp_path / "by-hand.yaml"
        path.write_text("period: {from: 2021-12-19, to: 2022-01-16}\n" + lines, encoding="utf-8")
        return CliRunner().invoke(command, [str(path), *arguments], catch_exceptions=False)

    return run


def counts_of(result: Result) -> dict[str, str]:
    block = result.output.split("\n\n")[2]
    return {line[:34].strip(): line[34:].strip() for line in block.splitlines() if not line.startswith("  ")}


def test_the_published_weeks_are_counted(show: Print) -> None:
    assert counts_of(show(CLOSED)) == {
        "days": "29",
        "weekdays": "20",
        "legal holidays on weekdays": "0",
        "weekdays after legal holidays": "20",
        "weekdays after customary closures": "18",
        "days on which the clock ticks": "10",
        "meeting days": "10",
    }


def test_every_day_has_a_row_with_its_class_reasons_and_sources(show: Print) -> None:
    output = show(CLOSED).output
    rows = [line for line in output.splitlines() if line[:4] in ("2021", "2022")]
    assert len({row[:10] for row in rows}) == 29
    assert any("2021-12-25  Sat  legal_holiday" in row and "Juledag; weekend" in row for row in rows)
    assert any("2022-01-03  Mon  weekday" in row and row.count("yes") == 3 for row in rows)
    assert any("in 101,147: closure week 2021-W51 [scenario]" in row for row in rows)


def test_places_that_differ_are_named(show: Print) -> None:
    result = show("")
    assert counts_of(result)["meeting days"] == "18"
    told = [line for line in result.output.splitlines() if line.startswith("  but")]
    assert told == ["  but 20 for the jobcentre in 101, 147", "  but 20 for the team in 101, 147"]


def test_kinds_of_office_that_differ_are_counted_apart(show: Print) -> None:
    found = counts_of(show("calendar: {customary: {december_24_a_kasse: false}}\n"))
    assert found["meeting days"] == "jobcentre 18, a-kasse 19, team 18"


def test_differences_between_the_arms_are_told(show: Print) -> None:
    assert "have the same calendar" in show(CLOSED).output
    result = show(CLOSED + WEEK_2)
    assert "differ on 5 days: 2022-01-10 to 2022-01-14." in result.output
    assert counts_of(result)["meeting days"] == "10"


def test_the_calendar_of_the_proposal_can_be_asked_for(show: Print) -> None:
    counts = counts_of(show(CLOSED + WEEK_2, "--arm", "proposal"))
    assert (counts["meeting days"], counts["days on which the clock ticks"]) == ("5", "10")


def test_the_ledger_is_written_as_a_table(show: Print, tmp_path: Path) -> None:
    target = tmp_path / "calendar.csv"
    show(CLOSED, "--csv", str(target))
    with target.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == ["date", "office_kind", "place", "class", "rule", "meeting_day", "reason", "source"]
    assert len({(row["date"], row["office_kind"]) for row in rows}) == 29 * 3
    assert sum(int(row["meeting_day"]) for row in rows if row["office_kind"] == "jobcentre") == 10


def test_a_wrong_calendar_is_refused(show: Print) -> None:
    with pytest.raises(InputError, match="did you mean december_24"):
        show("calendar: {customary: {december24: true}}\n")


def rules_in(result: Result) -> str:
    return result.output.split("Rules in force:\n")[1].split("\n\nBaseline")[0]


def test_the_rules_in_force_are_told_by_office_with_their_reason(show: Print) -> None:
    told = rules_in(show(CLOSED))
    assert "jobcentre           2021-12-19 to 2021-12-31  physical attendance\n" in told
    assert "jobcentre           2022-01-01 to 2022-01-16  physical attendance / own choice after six months" in told
    assert "a_kasse             2021-12-19 to 2022-01-16  physical attendance\n" in told
    assert "own choice after six months: citizen chooses (jobsamtale, opfoelgning; day 182 on of the spell)" in told
    assert "[lov-2590-2021]" in told


def test_rules_of_some_places_are_told_with_their_places(show: Print) -> None:
    rule = "{name: lockdown, rule: digital_only, from: 2022-01-03, to: 2022-01-07, places: [Odense, Ærø]}"
    lines = CLOSED + f"places: [Odense, Ærø, Læsø]\nproposal: {{attendance: {{rules: [{rule}]}}}}\n"
    told = rules_in(show(lines, "--arm", "proposal"))
    assert "a_kasse             2022-01-03 to 2022-01-07  lockdown  in Odense, Ærø" in told
    assert "a_kasse             2021-12-19 to 2022-01-16  physical attendance  in Læsø" in told
    assert "lockdown" not in rules_in(show(lines))


def test_a_rule_that_hangs_on_the_incidence_is_told_with_the_numbers_that_decided(show: Print) -> None:
    rule = "{name: by incidence, rule: digital_only, trigger: {at_least_per_100k: 1500, area: country}}"
    lines = CLOSED + f"infection: {{series: ssi-weekly}}\nproposal: {{attendance: {{rules: [{rule}]}}}}\n"
    with pytest.raises(InputError, match="series has the days 2020-03-08 to 2022-02-27"):
        show(lines.replace("rule: digital_only", "rule: digital_only, from: 2020-01-01"), "--arm", "proposal")
    told = rules_in(show(lines, "--arm", "proposal"))
    assert "by incidence (Danmark, from 20" in told
    assert "Danmark: incidence 1" in told and "at least 1500" in told


def test_the_rule_stands_in_the_table_too(show: Print, tmp_path: Path) -> None:
    target = tmp_path / "calendar.csv"
    show(CLOSED, "--csv", str(target))
    with target.open(encoding="utf-8", newline="") as file:
        found = {row["date"]: row["rule"] for row in csv.DictReader(file) if row["office_kind"] == "jobcentre"}
    assert found["2021-12-31"] == "physical attendance"
    assert found["2022-01-01"] == "physical attendance / own choice after six months"
