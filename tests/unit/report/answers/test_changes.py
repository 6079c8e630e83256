"""Changed since an earlier version: told in words and units, and adding up as it is printed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulator.report.answers.changes import Changes, changes_sentence, changes_table
from simulator.report.answers.issue import ChangedAssumption, Issue
from simulator.report.blocks import Table, plain
from simulator.report.language import NO_BREAK
from tests.unit.report.answers.made_up_issues import CHANGES, DRAFT, FULL, answer, document, table, text

FolderOf = Callable[[str], Path]
NUMBER = 3
"""Column of the effect."""


def rows(found: Table | None) -> list[tuple[str, ...]]:
    assert found is not None
    return [tuple(plain(cell).replace(NO_BREAK, " ") for cell in line.cells) for line in found.lines]


def amount(cell: str) -> Decimal:
    return Decimal(cell.replace("−", "-").replace(",", ".").replace("–", "0"))


def test_each_change_is_told_with_units_effect_reason_and_name(folder_of: FolderOf) -> None:
    told = rows(table(document(folder_of("published"), FULL, "half_page"), "changed"))
    assert told == [
        ("Andel af effekten, som en digital samtale bevarer", "0 pct.", "5 pct.", "+0,5", "Nyt forsøg (MLN)"),
        (
            "Værdi for de offentlige finanser pr. fuldtidsperson i beskæftigelse",
            "310.000 kr. pr. fuldtidsår",
            "300.000 kr. pr. fuldtidsår",
            "+0,4",
            "Ny pris (KFR)",
        ),
        ("Lukkeuger", "51, 52", "52", "−0,1", "Kommunernes svar (KFR)"),
        ("Prisniveau, som alle beløb står i", "2020", "ikke brugt", "0,0", "MLN"),
        ("Skala på andelen, der bliver digital", "0,853", "0,855", "–", "Opdateret opgørelse (MLN)"),
        ("Ikke delt op på forudsætninger", "", "", "+0,2", ""),
        ("Skønnet", "−6,0", "−5,0", "+1,0", ""),
    ]


EFFECTS = st.lists(st.floats(-3e6, 3e6) | st.none(), max_size=9)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(effects=EFFECTS, before=st.floats(-2e7, 2e7), rest=st.floats(-1e6, 1e6), most=st.integers(0, 6))
def test_the_rows_add_up_to_the_difference_of_the_figures_as_they_are_printed(
    folder_of: FolderOf, effects: list[float | None], before: float, rest: float, most: int
) -> None:
    changes = tuple(
        ChangedAssumption(f"demand.scale.{at}", "", "a", "b", effect, "", "") for at, effect in enumerate(effects)
    )
    issue = replace(DRAFT, changed_since=1, changes=changes, before_kr=before, rest_kr=rest)
    found = list(changes_table(answer(folder_of("published"), issue), most, 20))
    if not found:
        assert not changes
        return
    assert isinstance(found[0], Table)
    *parts, total = rows(found[0])
    assert sum((amount(row[NUMBER]) for row in parts), Decimal(0)) == amount(total[NUMBER])
    assert amount(total[2]) - amount(total[1]) == amount(total[NUMBER])
    assert len(parts) <= most + 3


def test_more_than_fit_stand_in_one_row(folder_of: FolderOf) -> None:
    many = tuple(replace(CHANGES[0], effect_kr=1e5 * at) for at in range(9))
    told = rows(next(iter(changes_table(answer(folder_of("published"), replace(FULL, changes=many)), 3, 20))))  # type: ignore[arg-type]
    assert [row[0] for row in told[3:]] == [
        "6 øvrige ændringer under ét",
        "Program, frø, samspil og afrunding",
        "Skønnet",
    ]
    assert [row[NUMBER] for row in told[:4]] == ["+0,8", "+0,7", "+0,6", "+1,5"]


def test_the_rest_says_what_it_is(folder_of: FolderOf) -> None:
    def rest(**other: object) -> str:
        issue = replace(FULL, **{"changes": CHANGES[:2], **other})  # type: ignore[arg-type]
        return Changes(answer(folder_of("published"), issue)).kind_of_rest

    now = answer(folder_of("published"), FULL).now_kr
    assert rest(before_kr=now - 0.9e6, rest_kr=0.0) == "rounding"
    assert rest(before_kr=now - 0.9e6 - 0.3e6, rest_kr=0.3e6) == "rest"
    # A difference that the case does not explain is not called rounding.
    assert rest(before_kr=now - 3e6, rest_kr=0.0) == "rest"
    assert rest(changes=CHANGES) == "undivided"


def test_the_figure_before_follows_where_the_case_does_not_say_it(folder_of: FolderOf) -> None:
    known = replace(FULL, before_kr=None, changes=CHANGES[:3], rest_kr=0.1e6)
    told = Changes(answer(folder_of("published"), known))
    assert told.before_kr == pytest.approx(told.answer.now_kr - 0.9e6)
    open_ended = Changes(answer(folder_of("published"), replace(known, changes=CHANGES)))
    assert open_ended.before_kr is None
    [found] = changes_table(open_ended.answer, 9, 20)
    assert isinstance(found, Table) and rows(found)[-1][0] == "Ikke delt op på forudsætninger"


@pytest.mark.parametrize("form", ["note", "half_page", "committee"])
@pytest.mark.parametrize("issue", [DRAFT, replace(FULL, changed_since=None)])
def test_nothing_is_said_where_nothing_changed(issue: Issue, form: str, folder_of: FolderOf) -> None:
    found = document(folder_of("published"), issue, form)
    assert table(found, "changed") is None and "I forhold til v2" not in text(found)


def test_same_figure_and_no_changes_are_nothing_and_a_new_program_alone_is_something(folder_of: FolderOf) -> None:
    now = answer(folder_of("published"), FULL).now_kr
    same = replace(FULL, changes=(), rest_kr=0.0, before_kr=float(now))
    assert changes_sentence(answer(folder_of("published"), same)) == ""
    told = changes_sentence(answer(folder_of("published"), replace(same, rest_kr=0.3e6, before_kr=now - 0.3e6)))
    assert told.replace(NO_BREAK, " ") == (
        "I forhold til v2 er ingen forudsætning ændret. Skønnet er dermed gået fra −5,30 mio. kr. til −5,00 mio. kr."
    )


def test_the_committee_hears_of_the_changes_in_a_sentence(folder_of: FolderOf) -> None:
    told = text(document(folder_of("published"), FULL, "committee"))
    assert (
        "I forhold til v2 er 5 forudsætninger ændret: »Andel af effekten, som en digital samtale bevarer«, »Værdi for "
        "de offentlige finanser pr. fuldtidsperson i beskæftigelse« og »Lukkeuger« m.fl. Skønnet er dermed gået fra "
        "−6,0 mio. kr. til −5,0 mio. kr."
    ) in told
    one = text(document(folder_of("published"), replace(FULL, changes=CHANGES[:1]), "committee"))
    assert "I forhold til v2 er én forudsætning ændret: »Andel af effekten" in one


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (
            ("period", "", "2021-12-19/2022-01-16", "2021-12-19/2022-01-16 +"),
            (
                "Periode",
                "19. december 2021 til 16. januar 2022",
                "19. december 2021 til 16. januar 2022, varig regel",
            ),
        ),
        (("period", "", "2021-12-19/2021-99-99", ""), ("Periode", "2021-12-19/2021-99-99", "")),
        (
            ("effects.params.weeks_per_conversation", "weeks", "0.1–0.25", 0.5),
            ("Ugers beskæftigelse pr. fysisk samtale", "0,1 til 0,25 uger", "0,5 uger"),
        ),
        (
            ("attendance.take_up", "share", "0.1–0.25", "0.2–0.2"),
            ("Andel, der bliver digital, hvor formen kan vælges", "10 til 25 pct.", "20 pct."),
        ),
        (("places", "", None, "Odense"), ("Steder", "hele landet", "Odense")),
        (("infection.illness.days_away", "days", 7.0, 5.0), ("Smitte og fravær", "7 dage", "5 dage")),
        (("proposal.delivery.capacity", "", "a", "b"), ("Sagsbehandlertid til rådighed, med forslaget", "a", "b")),
        (("period.from", "", "2021-12-19", "x"), ("Periodens første dag", "19. december 2021", "x")),
        (
            ("demand.contact_rule", "", "observed", "statutory"),
            ("Regel for hvor ofte der holdes samtaler", "observeret omfang", "lovens krav"),
        ),
        (("proposal.attendance.rules", "", None, "[x]"), ("Regler for fremmøde, med forslaget", "ikke brugt", "[x]")),
        (("seed, replications", "", "1, 5", "2, 9"), ("Frø; Gentagelser", "1, 5", "2, 9")),
        (("no.such_key", "minutes", 1.5, 1.25), ("no.such_key", "1,50 minutter", "1,25 minutter")),
        (("saldo.price_level", "year", 2020, 2021), ("Prisniveau, som alle beløb står i", "2020", "2021")),
        (("effects.params.scale", "factor", 1e-9, 2e-9), ("Skala på beskæftigelseseffekten", "0,000000", "0,000000")),
        (("period.to", "", "2021-99-99", "x" * 200), ("Periodens sidste dag", "2021-99-99", "x" * 59 + "…")),
    ],
)
def test_an_assumption_is_told_in_words(
    change: tuple[str, str, float | str | None, float | str | None], told: tuple[str, ...], folder_of: FolderOf
) -> None:
    key, unit, before, after = change
    issue = replace(FULL, changes=(ChangedAssumption(key, unit, before, after, 1e6, "", ""),))
    [found] = changes_table(answer(folder_of("published"), issue), 5, 20)
    assert isinstance(found, Table)
    assert rows(found)[0][:3] == told
