"""Files of incidence, worked by hand, and what is said where one is wrong."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from simulator.errors import InputError
from simulator.infection import check_covers, read_incidence
from simulator.infection.series import inhabitants, sunday_of
from simulator.scenario.names import names
from tests.unit.infection.made_up import FUNEN, ISLANDS, on, said


def test_cases_of_seven_days_per_inhabitant() -> None:
    """Læsø has 1,767 inhabitants and 4 cases on 31 March 2021: 226.37 until 6 April, and 0 on 7 April."""
    islands = said("islands_spring.csv", ISLANDS)
    assert (islands.places, islands.per_100k.shape) == (ISLANDS, (3, 57))
    assert (islands.first, islands.last) == (on("2021-03-21"), on("2021-05-16"))
    laesoe = islands.of(("825",)).per_100k[0]
    assert laesoe[on("2021-03-30") - islands.first] == 0
    for day in ("2021-03-31", "2021-04-06"):
        assert laesoe[on(day) - islands.first] == pytest.approx(226.3724, abs=1e-4)
    assert laesoe[on("2021-04-07") - islands.first] == 0


def test_christiansoe_and_unknown_places_are_left_out() -> None:
    """On 2 April Læsø 4 and Samsø 4 (8 of 26 March fell out): 8 of 1,767 + 3,721 + 6,021 inhabitants."""
    islands = said("islands_spring.csv", ISLANDS)
    assert islands.national[on("2021-04-02") - islands.first] == pytest.approx(8 * 100_000 / 11_509)


def test_danish_spelling_of_an_incidence_begins_on_its_first_day() -> None:
    funen = said("funen_autumn.csv", FUNEN)
    assert funen.places == ("450", "461", "479", "482"), "in the order of the municipalities"
    assert (funen.first, funen.last) == (on("2021-09-06"), on("2021-10-17"))
    assert funen.of(FUNEN).per_100k[:, 0].tolist() == [149.9, 100.0, 20.0, 0.0]
    assert funen.of(("450",)).per_100k[0, -1] == 1300.0
    weighted = (149.9 * 205_695 + 100 * 59_050 + 20 * 32_071) / (205_695 + 59_050 + 32_071 + 12_307)
    assert funen.national[0] == pytest.approx(weighted, abs=1e-8)


def test_a_municipality_has_the_incidence_of_its_region() -> None:
    """330 cases a day are 2,310 of 591,192 inhabitants of Nordjylland, and the country has 7,000 more."""
    winter = said("regions_winter.csv")
    assert len(winter.places) == 98
    assert winter.of(("851", "825", "751")).per_100k[:, 0] == pytest.approx([390.736, 390.736, 0.0], abs=1e-3)
    assert winter.national[0] == pytest.approx(9_310 * 100_000 / 5_861_062)


def test_a_file_without_places_is_of_the_country(tmp_path: Path) -> None:
    (tmp_path / "country.csv").write_text("date,per_100k\n2021-03-01,10\n2021-03-02,12.5\n", encoding="utf-8")
    found = read_incidence("country.csv", tmp_path, names())
    assert found.national.tolist() == [10.0, 12.5]
    assert found.per_100k.shape == (98, 2)
    assert (found.per_100k == found.national).all()


@pytest.mark.parametrize("place", ["all", "", "Danmark", "hele landet"])
def test_the_country_has_many_names(tmp_path: Path, place: str) -> None:
    (tmp_path / "country.csv").write_text(f"date,place,per_100k\n2021-03-01,{place},10\n", encoding="utf-8")
    assert read_incidence("country.csv", tmp_path, names()).national.tolist() == [10.0]


@pytest.mark.parametrize("place", ["Region Sjælland", "sjaelland"])
def test_a_region_is_no_municipality(tmp_path: Path, place: str) -> None:
    (tmp_path / "region.csv").write_text(f"date,place,per_100k\n2021-03-01,{place},10\n", encoding="utf-8")
    found = read_incidence("region.csv", tmp_path, names(), ("253",))
    assert (len(found.places), found.national.tolist()) == (17, [10.0])


def test_the_order_of_rows_does_not_matter(tmp_path: Path) -> None:
    text = (Path(__file__).parent / "islands_spring.csv").read_text(encoding="utf-8")
    header, *rows = text.splitlines()
    (tmp_path / "turned.csv").write_text("\r\n".join([header, *rows[::-1], ""]), encoding="utf-8-sig")
    turned = read_incidence("turned.csv", tmp_path, names(), ISLANDS)
    straight = said("islands_spring.csv", ISLANDS)
    assert turned.places == straight.places
    assert np.array_equal(turned.per_100k, straight.per_100k)
    assert np.array_equal(turned.national, straight.national)


def test_the_shipped_series_is_exact_on_sundays_and_straight_between_them() -> None:
    """Week 49 of 2020 had 12,846 cases and week 50 22,010, of 5,861,062 inhabitants."""
    shipped = said("ssi-weekly")
    assert (shipped.first, shipped.last) == (on("2020-03-08"), on("2022-02-27"))
    start = on("2020-12-06") - shipped.first
    assert sunday_of("2020-W49") == on("2020-12-06")
    assert shipped.national[start] == pytest.approx(12_846 * 100_000 / 5_861_062)
    assert shipped.national[start + 7] == pytest.approx(22_010 * 100_000 / 5_861_062)
    assert np.diff(shipped.national[start : start + 8]) == pytest.approx(9_164 * 100_000 / 5_861_062 / 7)
    assert shipped.places == tuple(inhabitants())
    assert (shipped.per_100k == shipped.national).all()


def test_some_days_of_a_series() -> None:
    funen = said("funen_autumn.csv", FUNEN)
    assert funen.of(("461",)).between(on("2021-09-10"), 2).tolist() == [[149.9, 150.0]]
    assert funen.covers(on("2021-09-06"), on("2021-10-17"))
    assert not funen.covers(on("2021-09-05"), on("2021-10-17"))
    assert not funen.covers(on("2021-09-06"), on("2021-10-18"))


def test_days_that_a_series_lacks() -> None:
    funen = said("funen_autumn.csv", FUNEN)
    check_covers(funen, on("2021-09-06"), on("2021-10-17"), "a.yaml")
    with pytest.raises(InputError) as caught:
        check_covers(funen, on("2021-09-01"), on("2021-10-17"), "a.yaml")
    (fault,) = caught.value.faults
    assert (fault.where, fault.path) == ("a.yaml", "infection.series")
    assert "has the days 2021-09-06 to 2021-10-17, but 2021-09-01 to 2021-10-17 are needed" in fault.message


def wrong(tmp_path: Path, text: str | bytes, wanted: tuple[str, ...] = ("461",)) -> list[tuple[int, int, str, str]]:
    """Return (line, column, name of the column, message) of each fault of a file."""
    content = text.encode() if isinstance(text, str) else text
    (tmp_path / "wrong.csv").write_bytes(content)
    with pytest.raises(InputError) as caught:
        read_incidence("wrong.csv", tmp_path, names(), wanted)
    assert all(fault.where.endswith("wrong.csv") for fault in caught.value.faults if fault.message[:3] != "and")
    return [(fault.line, fault.column, fault.path, fault.message) for fault in caught.value.faults]


ROWS = "date,place,per_100k\n2021-03-01,Odense,10\n2021-03-02,Odense,11\n"
CASES = ROWS.replace("per_100k", "cases")
UNCLOSED = ROWS + '2021-03-03,"Odense,12\n' + "x" * 140_000


@pytest.mark.parametrize(
    ("text", "line", "column", "name", "message"),
    [
        ("", 0, 0, "", "is empty; allowed: a header with date and one of cases, cases_pcr, per_100k, and rows"),
        ("\n \n", 0, 0, "", "is empty"),
        ("date,place,cases\n", 1, 1, "", "no row of a place follows the header"),
        ("date,place,cases\n2021-03-01,Christiansø,4\n", 1, 1, "", "no row of a place follows the header"),
        (ROWS.replace("date,", "dato,"), 1, 1, "date", "the header has dato, place, per_100k; did you mean dato?"),
        (ROWS.replace("per_100k", "per100k"), 1, 1, "", "the header has date, place, per100k; did you mean per100k?"),
        (ROWS.replace("per_100k", "cases,per_100k"), 1, 1, "per_100k", "stands beside cases; allowed: one of"),
        (ROWS.replace("per_100k", "per_100k,date"), 1, 1, "date", "stands twice in the header; keep one"),
        (ROWS.replace("2021-03-02", "2021-02-30"), 3, 1, "date", "`2021-02-30` is a day that does not exist"),
        (ROWS.replace("2021-03-02", "March 2"), 3, 1, "date", "`March 2` is not a date"),
        (ROWS.replace(",10", ",-10"), 2, 19, "per_100k", "`-10` is no number of an incidence; allowed: a number from"),
        (ROWS.replace(",10", ",NaN"), 2, 19, "per_100k", "`NaN` is no number of an incidence"),
        (ROWS.replace(",10", ","), 2, 19, "per_100k", "is empty where there should be a number of an incidence"),
        (CASES.replace(",11", ",1.5"), 3, 19, "cases", "`1.5` is no number of new cases of a day; allowed: a whole"),
        (CASES.replace(",11", ",1.000"), 3, 19, "cases", "`1.000` is no number of new cases of a day"),
        (ROWS.replace("Odense,11", "Odnese,11"), 3, 12, "place", "is not a municipality; allowed: a name or code"),
        (ROWS.replace("Odense,11", "Odnese,11"), 3, 12, "place", "did you mean Odense?"),
        (ROWS.replace("02,", "01,"), 3, 1, "date", "Odense has 2021-03-01 twice; the first is in line 2; keep one"),
        (ROWS.replace("03-02", "03-04"), 2, 1, "date", "Odense has no row for 2021-03-02; the row before it is line 2"),
        (ROWS + "2021-03-03,all,7\n", 4, 1, "", "a row for the country in a file with rows for a municipality (line 2"),
        (ROWS + "2021-03-03\n", 4, 1, "", "has 1 cells, the header 3"),
        (UNCLOSED, 5, 1, "", "cannot be read as CSV: field larger than field limit (131072); perhaps a quotation mark"),
        (ROWS.replace("Odense", "Nyborg"), 0, 0, "", "has no rows for Odense (461); allowed: a row a day for every"),
        (ROWS.replace("Odense", "Hovedstaden"), 0, 0, "", "has no rows for Syddanmark; allowed: a row a day"),
        (CASES, 0, 0, "", "has 2 days; allowed: 7 or more"),
        (ROWS.replace("place", "region"), 2, 12, "region", "`Odense` is not a region; allowed: Hovedstaden, "),
        ("date;place;per_100k\n2021-03-01;461;1.000\n", 2, 16, "per_100k", "`1.000` has two readings"),
        (ROWS.encode() + b"2021-03-03,\xd8r\xf8,1\n", 4, 12, "", "byte 0xD8 is not UTF-8 (perhaps Windows-1252)"),
    ],
)  # fmt: skip
def test_what_is_wrong_and_where(
    tmp_path: Path, text: str | bytes, line: int, column: int, name: str, message: str
) -> None:
    (fault,) = wrong(tmp_path, text)
    assert fault[:3] == (line, column, name)
    assert message in fault[3]


def test_places_that_begin_and_end_on_other_days(tmp_path: Path) -> None:
    rows = [f"2021-03-0{day},{place},5" for place in ("Odense", "Nyborg", "Assens") for day in range(1, 6)]
    text = "\n".join(["date,place,per_100k", *(row for row in rows if row not in (rows[5], rows[14]))])
    found = wrong(tmp_path, text)
    assert [(line, message) for line, _, _, message in found] == [
        (7, "Nyborg has the days 2021-03-02 to 2021-03-05, the other places 2021-03-01 to 2021-03-05; "
            "allowed: the same days for every place"),
        (14, "Assens has the days 2021-03-01 to 2021-03-04, the other places 2021-03-01 to 2021-03-05; "
             "allowed: the same days for every place"),
    ]  # fmt: skip


def test_faults_are_told_together_and_an_unreadable_cell_makes_no_gap(tmp_path: Path) -> None:
    text = "date,place,cases\n2021-03-01,Odense,x\n2021-13-02,Odense,1\n2021-03-03,Odense,-1\n2021-03-04,Odnse,1\n"
    assert [(line, name) for line, _, name, _ in wrong(tmp_path, text)] == [
        (2, "cases"), (3, "date"), (4, "cases"), (5, "place"),
    ]  # fmt: skip


def test_a_place_that_is_misspelt_once_makes_no_gap(tmp_path: Path) -> None:
    text = ROWS.replace("Odense,11", "Odnese,11") + "2021-03-03,Odense,12\n"
    assert [(line, name) for line, _, name, _ in wrong(tmp_path, text)] == [(3, "place")]


def test_what_lies_behind_an_open_quotation_mark_is_not_missed(tmp_path: Path) -> None:
    rest = "".join(f"2021-03-0{day},Nyborg,{'1' * 70_000}\n" for day in range(1, 4))
    assert [line for line, *_ in wrong(tmp_path, ROWS + '"' + rest, ("450", "461"))] == [5]


def test_twenty_faults_are_told_and_the_number_of_the_others(tmp_path: Path) -> None:
    rows = [f"{date.fromordinal(on('2021-03-01') + day)},Odense,none" for day in range(50)]
    found = wrong(tmp_path, "\n".join(["date,place,cases", *rows]))
    assert [line for line, *_ in found] == [*range(2, 22), 0]
    assert found[-1][3] == "and 30 more"


def test_more_new_cases_than_inhabitants_are_cases_so_far(tmp_path: Path) -> None:
    """Læsø has 1,767 inhabitants; 200 to 800 are 3,500 of them in a week."""
    rows = [f"2021-03-0{day},Læsø,{100 + 100 * day}" for day in range(1, 8)]
    ((_, _, name, message),) = wrong(tmp_path, "\n".join(["date,place,cases", *rows]), ("825",))
    assert name == "cases"
    assert "Læsø has more new cases than inhabitants in the seven days to 2021-03-07" in message


@pytest.mark.parametrize(
    ("series", "message"),
    [
        ("ssi-weekley", "there is no such file; allowed: a CSV file, or ssi-weekly; did you mean ssi-weekly?"),
        ("islands-spring.csv", "did you mean islands_spring.csv?"),
        ("nowhere/else.csv", "there is no such file"),
        ("a\0b", "there is no such file"),
        (".", "is a folder"),
    ],
)
def test_files_that_are_not_there(series: str, message: str) -> None:
    with pytest.raises(InputError, match=r"folder|no such file") as caught:
        said(series)
    assert message in caught.value.faults[0].message


def test_a_file_of_more_than_50_mb(tmp_path: Path) -> None:
    with (tmp_path / "large.csv").open("wb") as file:
        file.truncate(50_000_001)
    with pytest.raises(InputError, match="is larger than 50 MB"):
        read_incidence("large.csv", tmp_path, names())
