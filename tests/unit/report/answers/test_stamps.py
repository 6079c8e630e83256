"""The status of a version stands at the head and the foot, and a version that was replaced has a stamp."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from simulator.report.answers import form_names
from simulator.report.blocks import Masthead, Paragraph, plain
from simulator.report.language import NO_BREAK
from tests.unit.report.answers.made_up_issues import CLEARED, DRAFT, FULL, ISSUES, document, text

FolderOf = Callable[[str], Path]
STAMPS = {
    "bare": "UDKAST v3",
    "udkast": "UDKAST v3",
    "kontrolregnet": "KONTROLREGNET v3, af KFR",
    "clearet": "CLEARET v3, 23. november 2026, MLN",
    "oversendt": "OVERSENDT v3, 23. november 2026 til Folketingets Beskæftigelsesudvalg",
    "erstattet": "UDGÅET v3",
    "trukket": "UDGÅET v3",
}


@pytest.mark.parametrize("form", form_names())
@pytest.mark.parametrize("name", ISSUES)
def test_every_form_says_where_the_version_stands(name: str, form: str, folder_of: FolderOf) -> None:
    found = document(folder_of("published"), ISSUES[name], form)
    head = found.blocks[0]
    assert isinstance(head, Masthead)
    assert [plain(mark).replace(NO_BREAK, " ") for mark in head.marks] == [STAMPS[name]]
    assert plain(found.footer).startswith(STAMPS[name].split(",")[0].split(" v")[0])


@pytest.mark.parametrize("form", form_names())
@pytest.mark.parametrize(
    ("name", "stamped"),
    [
        ("erstattet", "UDGÅET, erstattet af v4. Udgået den 24. november 2026. Tallene her må ikke bruges."),
        (
            "trukket",
            "UDGÅET, trukket tilbage: Kalenderen var forkert. Udgået den 23. november 2026. "
            "Tallene her må ikke bruges.",
        ),
    ],
)
def test_a_version_that_was_replaced_or_withdrawn_has_a_stamp_above_its_title_and_at_each_foot(
    name: str, stamped: str, form: str, folder_of: FolderOf
) -> None:
    found = document(folder_of("published"), ISSUES[name], form)
    stamps = [block for block in found.blocks if isinstance(block, Paragraph) and block.tone == "stamp"]
    assert [plain(block.text).replace(NO_BREAK, " ") for block in stamps] == [stamped]
    assert found.blocks.index(stamps[0]) == 2
    assert found.footer.startswith(f"**{stamped.split('.')[0]}**")


def test_a_version_that_was_sent_and_then_replaced_is_stamped_whatever_its_status(folder_of: FolderOf) -> None:
    issue = replace(ISSUES["oversendt"], replaced_by=5, withdrawn_why="Fejl")
    told = text(document(folder_of("published"), issue, "committee"))
    assert "UDGÅET, erstattet af v5. Begrundelse: Fejl. Tallene her må ikke bruges." in told


def test_no_other_version_has_a_stamp(folder_of: FolderOf) -> None:
    for name in ("bare", "kontrolregnet", "oversendt"):
        found = document(folder_of("published"), ISSUES[name], "note")
        assert not [block for block in found.blocks if isinstance(block, Paragraph) and block.tone == "stamp"]


def test_the_marks_of_the_file_are_those_that_there_are(folder_of: FolderOf) -> None:
    def marks(**other: object) -> str:
        found = document(folder_of("published"), replace(FULL, **other), "note").blocks[1]  # type: ignore[arg-type]
        assert isinstance(found, Paragraph)
        return plain(found.text).replace(NO_BREAK, " ")

    known = "Vidensdato 17. december 2021 · Kørsel 2026-11-21-published-7f3a"
    assert marks() == f"J.nr. 2026-4711 · Frist 23. november 2026 · Erstatter v2 · {known}"
    assert marks(file_number="", deadline=None, replaces=None) == f"Sag jul-2021 · {known}"
    sent = marks(status="oversendt", cleared_by="MLN", replaces=None)
    assert sent == f"J.nr. 2026-4711 · Clearet af MLN · {known}"


def test_what_makes_a_draft_is_a_reservation_once_the_version_is_cleared(folder_of: FolderOf) -> None:
    def labels(name: str) -> set[str]:
        found = document(folder_of("draft"), ISSUES[name], "half_page").blocks
        return {block.label for block in found if isinstance(block, Paragraph) and block.tone == "draft"}

    assert labels("bare") == labels("kontrolregnet") == {"Udkast"}
    assert labels("clearet") == labels("oversendt") == labels("erstattet") == {"Forbehold"}


def test_a_status_without_a_name_is_told_without(folder_of: FolderOf) -> None:
    for status, told in (
        ("kontrolregnet", "KONTROLREGNET v3"),
        ("clearet", "CLEARET v3, 23. november 2026"),
        ("oversendt", "OVERSENDT v3, 23. november 2026"),
    ):
        issue = replace(CLEARED, status=status, checked=None, cleared_by="", recipient=" ")
        head = document(folder_of("null"), issue, "spoken").blocks[0]
        assert isinstance(head, Masthead) and plain(head.marks[0]).replace(NO_BREAK, " ") == told


def test_the_second_pair_of_eyes_is_named_or_missed(folder_of: FolderOf) -> None:
    folder = folder_of("published")
    assert "Kontrolregnet af KFR den 23. november 2026; afvigelsen er 1,2 pct." in text(document(folder, FULL, "note"))
    assert "Tallene er endnu ikke kontrolregnet af en anden person." in text(document(folder, DRAFT, "note"))
    assert "Checked by KFR on 23 November 2026; the difference is 1.2 per cent." in text(
        document(folder, FULL, "note", "en")
    )
