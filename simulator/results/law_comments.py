"""The table of the law comments: economic consequences for state, municipalities and regions.

By drift, overførsler, anlæg, and taxes and duties; by step and financial year, with how municipalities are compensated
and what each account is regulated by. The sign is that of the public balance, minus is a loss; law comments print
expenditure and turn it, so both are given.
"""

from __future__ import annotations

from itertools import product
from typing import Any

import pandas as pd

from simulator.effects import LINES
from simulator.facts.read import listing, plain_of
from simulator.results.dictionary import ordered
from simulator.results.money import PUBLIC, STEPS
from simulator.results.sample import MIO
from simulator.results.setting import Setting

KINDS = ("drift", "overfoersler", "anlaeg", "skatter_og_afgifter")
KEY = ["authority", "kind", "account", "compensation", "indexation", "step", "year"]


def sorting() -> dict[str, dict[str, Any]]:
    """Return how each account is sorted: kind, indexation, compensation.

    Source:
        facts/compensation.yaml.
    """
    found: Any = plain_of(listing("compensation"))
    accounts: dict[str, dict[str, Any]] = found["accounts"]
    return accounts


def law_comments_table(setting: Setting, saldo: pd.DataFrame) -> pd.DataFrame:
    """Return the table of the law comments; its rows add up to the net effect.

    Every authority has a row for every kind, step and year, 0 where there is nothing: without an account where it is
    there for the shape alone. Society, which is no authority, is left out.

    Args:
        setting: The ground of the run.
        saldo: The table of kroner.
    """
    counted = saldo[((saldo["in_headline"] == 1) | ~saldo["line"].isin(LINES)) & saldo["authority"].isin(PUBLIC)]
    sorts, keeps = sorting(), setting.scenario.sections.saldo
    kept = {line for line in ("caseworker_time", "no_shows") if getattr(keeps, f"{line}_realised") != "dut"}
    rows = [_sorted(row, sorts, kept) for row in counted.to_dict("records") if row["kr"]]
    years = sorted({int(year) for year in saldo["year"]})
    blank = {"account": "", "compensation": "ingen", "indexation": "none", "mio_kr": 0.0}
    rows += [
        {"authority": authority, "kind": kind, "step": step, "year": year, **blank}
        for authority, kind, step, year in product(PUBLIC, KINDS, STEPS, years)
    ]
    table: pd.DataFrame = pd.DataFrame(rows).groupby(KEY)["mio_kr"].sum().reset_index()
    table["as_law_comments_mio_kr"] = 0.0 - table["mio_kr"]
    table["price_level"] = setting.valuation.week.rates.level
    for column, order in (("step", STEPS), ("kind", KINDS), ("authority", PUBLIC)):
        table[column] = pd.Categorical(table[column], order)
    table = table.sort_values(["authority", "kind", "account", "step", "year"], kind="stable").reset_index(drop=True)
    return ordered("law_comments", table.astype({"step": "object", "kind": "object", "authority": "object"}))


def _sorted(row: dict[Any, Any], sorts: dict[str, dict[str, Any]], kept: set[str]) -> dict[str, Any]:
    """Return a row sorted; what a municipality keeps for itself is not compensated."""
    account = sorts[row["account"]]
    compensated = account.get("by_group", {}).get(row["group"], account["compensation"])
    compensated = "ingen" if row["account"] in kept else compensated
    return {
        "authority": row["authority"],
        "kind": account["kind"],
        "account": row["account"],
        "compensation": compensated if row["authority"] == "municipality" else "ingen",
        "indexation": account["indexation"],
        "step": row["step"],
        "year": int(row["year"]),
        "mio_kr": row["kr"] * MIO,
    }
