"""The table of the law comments: every krone sorted once, the sign turned, and the rows that must be there though 0."""

from __future__ import annotations

import math
from itertools import product
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

from simulator.results.law_comments import KINDS, law_comments_table, sorting
from simulator.results.money import PUBLIC, STEPS
from simulator.saldo import ACCOUNTS
from simulator.saldo.beside import BESIDE
from tests.unit.results.permanent_run import run

Row = tuple[str, str, str, str, str, int, float, int]
COLUMNS = ["line", "step", "authority", "account", "group", "year", "kr", "in_headline"]
ROWS: list[Row] = [
    ("form", "behaviour", "state", "transfer", "dagpenge", 2022, -3e6, 1),
    ("form", "behaviour", "municipality", "transfer", "dagpenge", 2022, -7e6, 1),
    ("form", "behaviour", "municipality", "transfer", "jobparat", 2022, -2e6, 1),
    ("form", "behaviour", "municipality", "transfer", "jobparat", 2023, -1e6, 1),
    ("form", "behaviour", "municipality", "transfer_to_employer", "sygedagpenge", 2022, -4e6, 1),
    ("form", "behaviour", "municipality", "wage_tax", "dagpenge", 2022, 5e6, 1),
    ("form", "behaviour", "municipality", "running_costs", "dagpenge", 2022, -0.5e6, 1),
    ("form", "behaviour", "society", "production", "dagpenge", 2022, -9e6, 1),
    ("form", "behaviour", "region", "transfer", "", 2022, 0.0, 1),
    ("volume", "behaviour", "state", "wage_tax", "dagpenge", 2022, 8e6, 0),
    ("caseworker_time", "direct", "state", "caseworker_time", "", 2022, 0.2e6, 0),
    ("no_shows", "direct", "municipality", "no_shows", "", 2022, 0.1e6, 0),
    ("travel", "direct", "municipality", "travel", "", 2022, 0.05e6, 0),
    ("travel", "tax_and_return_flow", "state", "indirect_taxes", "", 2022, -0.011e6, 0),
]


@pytest.fixture(scope="module")
def table() -> pd.DataFrame:
    return made("dut")


def made(realised: str) -> pd.DataFrame:
    week = SimpleNamespace(rates=SimpleNamespace(level=2021))
    section = SimpleNamespace(caseworker_time_realised=realised, no_shows_realised=realised)
    scenario = SimpleNamespace(sections=SimpleNamespace(saldo=section))
    setting: Any = SimpleNamespace(valuation=SimpleNamespace(week=week), scenario=scenario)
    return law_comments_table(setting, pd.DataFrame(ROWS, columns=COLUMNS))


def test_what_a_municipality_keeps_for_itself_is_not_compensated() -> None:
    """Of the 0.15 under dut the time of caseworkers and of no-shows is kept under full; travel alone is left."""
    kept = made("full")
    assert mio(kept, account="caseworker_time", compensation="dut") == 0
    assert kept["mio_kr"].sum() == pytest.approx(made("dut")["mio_kr"].sum())
    assert set(kept[kept["compensation"] == "dut"]["account"]) <= {"travel"}


def mio(table: pd.DataFrame, **of: object) -> float:
    """Return the sum of the rows that have these."""
    for column, value in of.items():
        table = table[table[column] == value]
    return float(table["mio_kr"].sum())


def test_the_rows_add_up_to_what_counts_and_leave_society_and_other_lines_out(table: pd.DataFrame) -> None:
    """- 3 - 7 - 2 - 1 - 4 + 5 - 0.5 of the headline, + 0.2 + 0.1 + 0.05 - 0.011 beside it: - 12.161 mio. kr."""
    assert table["mio_kr"].sum() == pytest.approx(-12.161)
    assert mio(table, authority="state") == pytest.approx(-3 + 0.2 - 0.011)
    assert mio(table, authority="municipality") == pytest.approx(-7 - 2 - 1 - 4 + 5 - 0.5 + 0.1 + 0.05)
    assert set(table["authority"]) == set(PUBLIC)


def test_accounts_are_sorted_by_kind_of_expenditure(table: pd.DataFrame) -> None:
    assert mio(table, kind="overfoersler") == pytest.approx(-17)
    assert mio(table, kind="skatter_og_afgifter") == pytest.approx(5 - 0.011)
    assert mio(table, kind="drift") == pytest.approx(-0.5 + 0.2 + 0.1 + 0.05)
    assert mio(table, kind="anlaeg") == 0


def test_steps_and_years_stand_apart(table: pd.DataFrame) -> None:
    assert mio(table, step="direct") == pytest.approx(0.35)
    assert mio(table, step="tax_and_return_flow") == pytest.approx(-0.011)
    assert mio(table, step="behaviour") == pytest.approx(-12.5)
    assert mio(table, year=2023) == pytest.approx(-1)


def test_municipalities_are_made_good_by_account_and_group_and_nobody_else(table: pd.DataFrame) -> None:
    """Kontanthjælp is under the budget guarantee, dagpenge is compensated otherwise, sick pay too; the state is not."""
    compensated = {name: mio(table, compensation=name) for name in ("budgetgaranti", "anden", "dut")}
    assert compensated == pytest.approx({"budgetgaranti": -3 - 0.5, "anden": -7 - 4, "dut": 0.1 + 0.05})
    for authority in ("state", "region"):
        assert set(table[table["authority"] == authority]["compensation"]) == {"ingen"}


def test_each_account_has_what_it_is_regulated_by(table: pd.DataFrame) -> None:
    by_index = {name: mio(table, indexation=name) for name in ("satsregulering", "wages", "municipal_prices", "none")}
    assert by_index == pytest.approx(
        {"satsregulering": -17, "wages": 5 - 0.011, "municipal_prices": -0.5 + 0.35, "none": 0}
    )


def test_law_comments_turn_the_sign_and_nothing_is_minus_nothing(table: pd.DataFrame) -> None:
    assert (table["as_law_comments_mio_kr"] == -table["mio_kr"]).all()
    zeros = table.loc[table["mio_kr"] == 0, "as_law_comments_mio_kr"]
    assert [math.copysign(1, number) for number in zeros] == [1.0] * len(zeros)
    assert table.loc[table["account"] == "running_costs", "as_law_comments_mio_kr"].tolist() == [pytest.approx(0.5)]
    assert set(table["price_level"]) == {2021}


def test_what_the_form_asks_for_is_there_though_nothing_is_in_it(table: pd.DataFrame) -> None:
    """Regions and anlæg, every step and year: a row of 0 each."""
    shape = set(product(PUBLIC, KINDS, STEPS, (2022, 2023)))
    found = table.groupby(["authority", "kind", "step", "year"])["mio_kr"].sum()
    assert set(found.index) == shape
    assert not any(found.loc[("region",)])
    assert not table.duplicated([column for column in table.columns if not column.endswith("mio_kr")]).any()


def test_rows_stand_by_authority_and_kind(table: pd.DataFrame) -> None:
    assert list(dict.fromkeys(table["authority"])) == list(PUBLIC)
    state = table[table["authority"] == "state"]
    assert list(dict.fromkeys(state["kind"])) == list(KINDS)


def test_every_account_of_the_public_balance_is_sorted_once() -> None:
    sorts = sorting()
    assert set(sorts) == {*(name for name in ACCOUNTS if name not in ("production", "tax_distortion")), *BESIDE}
    assert {one["kind"] for one in sorts.values()} <= set(KINDS)
    assert {one["compensation"] for one in sorts.values()} == {"dut", "budgetgaranti", "anden", "ingen"}
    assert {one["indexation"] for one in sorts.values()} == {"satsregulering", "wages", "municipal_prices"}


def test_a_run_has_the_table_and_it_adds_up_to_the_net_effect() -> None:
    table, headline = run().tables["law_comments"], run().headline
    assert table["mio_kr"].sum() == pytest.approx(headline["saldo_mio_kr"]["net"]["mean"], abs=1e-8)
    for step, reached in zip(STEPS, headline["saldo_mio_kr_by_step"].values(), strict=True):
        before = table[table["step"].isin(STEPS[: STEPS.index(step) + 1])]
        assert before["mio_kr"].sum() == pytest.approx(reached, abs=1e-9)
    time = table[table["account"] == "caseworker_time"]
    assert set(time["authority"]) == {"state"}, "the block grant is cut by what is saved"
    assert set(time["year"]) == {2021, 2022, 2023}, "time is saved in the years of the period alone"
    kontanthjaelp = table[(table["compensation"] == "budgetgaranti") & (table["account"] == "transfer")]
    assert set(kontanthjaelp["authority"]) == {"municipality"}
    assert kontanthjaelp["mio_kr"].sum() < 0
