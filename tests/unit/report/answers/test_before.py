"""What was said before: figures, difference, reasons, and what is not alike."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from tests.unit.report.answers.made_up_issues import DRAFT, FULL, NEWEST, OLDER, document, text

FolderOf = Callable[[str], Path]


def test_the_newest_figure_stands_first_with_what_moved_it(folder_of: FolderOf) -> None:
    told = text(document(folder_of("published"), FULL, "note"))
    assert (
        "12. november 2026, Finansministeriet: −6,0 mio. kr. (2021-pl, v2, oversendt)\n"
        "2. oktober 2026, Folketingets Finansudvalg: −7,5 mio. kr. (2021-pl, j.nr. 2026-3900, v1, UDGÅET)\n\n"
        "Skønnet er nu −5,0 mio. kr., en ændring på +1,0 mio. kr. i forhold til det seneste tal. Ændringen skyldes "
        "effekten af en samtale (+1,0 mio. kr.) og antallet af samtaler (−0,2 mio. kr.). +0,2 mio. kr. er ikke delt op."
    ) in told


def test_nothing_said_before_is_said_so(folder_of: FolderOf) -> None:
    assert "7. Tidligere oplyst. Der er ikke tidligere oplyst et tal." in text(
        document(folder_of("gain"), DRAFT, "note")
    ).replace("7. Tidligere oplyst\n", "7. Tidligere oplyst. ")
    assert "Tidligere er oplyst" not in text(document(folder_of("gain"), DRAFT, "committee"))


def test_of_many_figures_the_newest_are_told_and_how_many_more(folder_of: FolderOf) -> None:
    many = tuple(replace(NEWEST, day=NEWEST.day - timedelta(days=at), mio_kr=-5.0 - at) for at in range(9))
    issue = replace(FULL, earlier=many[::-1], moved=())
    note = text(document(folder_of("published"), issue, "note"))
    assert note.count(", Finansministeriet: ") == 3 and "12. november 2026, " in note
    assert "Yderligere 6 ældre tal står i registret over oplyste tal." in note
    assert "; og yderligere 6 ældre tal" in text(document(folder_of("published"), issue, "committee"))


def test_the_same_figure_is_unchanged_and_none_may_explain_it(folder_of: FolderOf) -> None:
    folder = folder_of("null")
    issue = replace(FULL, earlier=(replace(NEWEST, mio_kr=0.0),), moved=())
    assert "Skønnet er nu 0 mio. kr. og er uændret i forhold til det seneste tal." in text(
        document(folder, issue, "note")
    )


def test_figures_of_another_kind_are_said_to_be(folder_of: FolderOf) -> None:
    other = replace(NEWEST, concept="employment", price_year=2019, period=(date(2021, 12, 19), date(2022, 1, 9)))
    told = text(document(folder_of("published"), replace(FULL, earlier=(other,)), "note"))
    assert (
        "De to tal er ikke gjort op på samme måde: begrebet var »Én værdi pr. fuldtidsår« og er nu »Notatets begreb, "
        "én værdi pr. fuldtidsår«, prisniveauet var 2019-pl og er nu 2021-pl og perioden var 19. december 2021 til "
        "9. januar 2022 og er nu 19. december 2021 til 16. januar 2022."
    ) in told
    assert "ikke gjort op på samme måde" not in text(document(folder_of("published"), FULL, "note"))


def test_a_committee_hears_only_of_what_left_the_house(folder_of: FolderOf) -> None:
    folder = folder_of("published")
    sent = text(document(folder, FULL, "committee"))
    assert (
        "Tidligere er oplyst: −6,0 mio. kr. til Finansministeriet den 12. november 2026 (2021-pl); −7,5 mio. kr. til "
        "Folketingets Finansudvalg den 2. oktober 2026 (2021-pl, gælder ikke længere). Skønnet er nu"
    ) in sent
    inside = replace(FULL, earlier=(replace(NEWEST, status="clearet"), OLDER))
    told = text(document(folder, inside, "committee"))
    assert "Finansministeriet" not in told and "Tidligere er oplyst: −7,5 mio. kr." in told
    assert "det seneste tal" not in told
    drafts = replace(FULL, earlier=(replace(NEWEST, status="udkast"),))
    assert "Tidligere er oplyst" not in text(document(folder, drafts, "committee"))


def test_a_figure_without_recipient_price_or_file_number_is_told_without(folder_of: FolderOf) -> None:
    bare = replace(OLDER, recipient="", price_year=None, file_number="", status="kontrolregnet")
    told = text(document(folder_of("published"), replace(FULL, earlier=(bare,)), "note"))
    assert "2. oktober 2026: −7,5 mio. kr. (sag jul-foer, v1, kontrolregnet)" in told
