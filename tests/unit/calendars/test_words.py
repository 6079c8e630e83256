"""The kinds of office are those of the words file, and the sources those of the source file."""

from __future__ import annotations

from simulator.calendars import OFFICE_KINDS, customary_closures, legal_holidays
from simulator.facts.read import sources, table, words


def test_office_kinds_are_those_of_the_words() -> None:
    assert tuple(words()["office_kinds"]) == OFFICE_KINDS


def test_every_source_of_a_closing_day_is_known() -> None:
    used = {line.source for line in customary_closures()} | {holiday.source for holiday in legal_holidays(2023)}
    assert used <= set(sources())


def test_customary_days_name_municipalities_that_exist() -> None:
    codes = {row["municipality_code"] for row in table("municipalities")}
    for line in customary_closures():
        assert {*line.places, *line.all_but} <= codes
