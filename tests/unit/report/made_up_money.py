"""The kroner of a made-up run: tables by account, authority and step, concepts, law comments, and when they fall."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from tests.unit.report.shapes import Shape

Row = dict[str, Any]

SPLIT = {
    ("transfer", "state"): 0.25,
    ("transfer", "municipality"): 0.45,
    ("transfer_tax", "state"): -0.10,
    ("transfer_tax", "municipality"): -0.16,
    ("wage_tax", "state"): 0.14,
    ("wage_tax", "municipality"): 0.22,
    ("labour_market_contribution", "state"): 0.085,
    ("employment_allowance", "municipality"): -0.03,
    ("indirect_taxes", "state"): 0.045,
    ("running_costs", "municipality"): 0.10,
}
"""How a krone lies over accounts and authorities; adds up to 1."""
BEFORE_SPLIT = {"transfers": ("municipality", 0.5), "income_tax": ("state", 0.42), "tilbageloeb": ("state", 0.08)}
ONE_OFF, PHASING_IN = (0.04, 0.76, 0.2), (0.13, 0.29, 0.33, 0.21, 0.04)
"""Share of the effect by financial year, of a stretch of days and of a rule of three years."""
SORTS = {
    "transfer": ("overfoersler", "satsregulering"),
    "running_costs": ("drift", "municipal_prices"),
    "caseworker_time": ("drift", "municipal_prices"),
    "travel": ("drift", "municipal_prices"),
    "transfer_tax": ("skatter_og_afgifter", "satsregulering"),
}
COMPENSATION = {"transfer": "anden", "running_costs": "budgetgaranti", "caseworker_time": "dut", "travel": "dut"}
KINDS = ("drift", "overfoersler", "anlaeg", "skatter_og_afgifter")
PUBLIC = ("state", "municipality", "region")
STEPS = ("direct", "tax_and_return_flow", "behaviour")
EVERY = "transfers, taxes, return_flow, running_costs"
CONCEPTS = (
    ("transfers", "transfers", 0.7, "form + volume"),
    ("employment", EVERY, 1.0, "form + volume"),
    ("note", EVERY, 1.0, "form"),
    ("regneprincipper", EVERY, None, "form + volume"),
    ("with_running_costs", EVERY, 1.01, "form + volume"),
    ("with_displacement", f"{EVERY}, displacement", 0.505, "form + volume"),
    ("social", "production", 1.3, "form + volume"),
)
"""Name, what it includes, its figure as a share of the value of a person-year, and the lines it counts."""
TEMPORARY = "a temporary measure has no structural effect; set period.permanent: true where the rule is to last"


def shares_of(shape: Shape) -> dict[int, float]:
    """Return the share of the effect by financial year."""
    first = shape.period[0].year
    return {first + number: share for number, share in enumerate(PHASING_IN if shape.permanent else ONE_OFF)}


def saldo(shape: Shape) -> list[Row]:
    """Return the effect by line, step, account, authority and year."""
    if shape.before:
        return list(_saldo_before(shape))
    split = {("production", "society"): 1.0} if shape.concept == "social" else SPLIT
    rows = [
        _row(shape, line, "behaviour", bearer, year, kr * part * share)
        for line, kr in {"form": shape.form_kr, "volume": shape.volume_kr}.items()
        for bearer, part in split.items()
        for year, share in shares_of(shape).items()
        if kr
    ]
    rows += [_row(shape, "form", "behaviour", ("transfer", "region"), year, 0.0) for year in shares_of(shape)]
    year = shape.period[0].year
    if shape.time_kr:
        rows.append(_row(shape, "caseworker_time", "direct", ("caseworker_time", "municipality"), year, shape.time_kr))
    if shape.travel_kr:
        rows.append(_row(shape, "travel", "direct", ("travel", "municipality"), year, shape.travel_kr))
        lost = -0.22 * shape.travel_kr
        rows.append(_row(shape, "travel", "tax_and_return_flow", ("indirect_taxes", "state"), year, lost))
    return rows


def _row(shape: Shape, line: str, step: str, bearer: tuple[str, str], year: int, kr: float) -> Row:
    account, authority = bearer
    employment = line in ("form", "volume")
    return {
        "concept": shape.concept,
        "line": line,
        "step": step,
        "authority": authority,
        "account": account,
        "group": "dagpenge" if employment else "",
        "type": "jobsamtale" if employment else "",
        "year": year,
        "kr": kr,
        "in_headline": int(line == "form" or (line == "volume" and shape.concept != "note")),
    }


def _saldo_before(shape: Shape) -> list[Row]:
    """Return the table as runs had it that knew neither steps nor accounts, or other accounts."""
    accounts = {"employment": ("public", 1.0)} if shape.concept == "note" else BEFORE_SPLIT
    return [
        _row(shape, line, "", (account, authority), year, kr * part * share)
        for line, kr in {"form": shape.form_kr, "volume": shape.volume_kr}.items()
        for account, (authority, part) in accounts.items()
        for year, share in shares_of(shape).items()
    ]


def counted(shape: Shape) -> list[Row]:
    """Return the rows of the net effect."""
    return [row for row in saldo(shape) if row["in_headline"] or row["line"] not in ("form", "volume")]


def by_step(shape: Shape) -> dict[str, float]:
    """Return the three figures [mio. kr.]."""
    sums: defaultdict[str, float] = defaultdict(float)
    for row in counted(shape):
        sums[row["step"]] += row["kr"] / 1e6
    direct, returned = sums["direct"], sums["direct"] + sums["tax_and_return_flow"]
    return {
        "direct": direct,
        "after_tax_and_return_flow": returned,
        "after_tax_return_flow_and_behaviour": returned + sums["behaviour"],
    }


def measure(shape: Shape) -> dict[str, Any]:
    """Return when the effect falls: of a rule that lasts the third year is the first of full effect."""
    by_year = {str(year): shape.effect_kr / 1e6 * share for year, share in shares_of(shape).items()}
    found: dict[str, Any] = {
        "permanent": bool(shape.permanent),
        "financial_years": by_year if shape.effect_kr else {str(shape.period[0].year): 0.0},
        "complete_to": None,
        "full_year": None,
        "full_year_effect": None,
        "lasting_effect": 0.0,
        "needs_to": None,
    }
    first = shape.period[0].year
    if shape.permanent == "whole":
        effect = by_year[str(first + 2)]
        found |= {"complete_to": first + 2, "full_year": first + 2, "full_year_effect": effect}
        found |= {"lasting_effect": effect}
    elif shape.permanent == "short":
        whole = first if shape.period[1].month == 12 else None
        found |= {"complete_to": whole, "lasting_effect": None, "needs_to": f"{first + 2}-12-31"}
    return found


def by_concept(shape: Shape) -> dict[str, float | None]:
    """Return the figure under every concept [mio. kr.]."""
    both = (shape.form_kr + shape.volume_kr) / 1e6
    return {
        name: None if part is None else part * (shape.form_kr / 1e6 if lines == "form" else both)
        for name, _, part, lines in CONCEPTS
    }


def concepts(shape: Shape) -> list[Row]:
    """Return the figure under every concept, with what each includes."""
    figures = by_concept(shape)
    return [
        {
            "concept": name,
            "chosen": int(name == shape.concept),
            "mio_kr": "" if figures[name] is None else figures[name],
            "control_mio_kr": "",
            "kr_per_week_of_employment": "",
            "lines": lines,
            "includes": includes,
            "price_level": 2021,
            "missing": ("empty slots: a.{b}" if shape.permanent else TEMPORARY) if figures[name] is None else "",
        }
        for name, includes, _, lines in CONCEPTS
    ]


def law_comments(shape: Shape) -> list[Row]:
    """Return the rows of the law comments, with a row of 0 for each authority, kind, step and year."""
    years = sorted({row["year"] for row in saldo(shape)})
    found = [
        _law_row(a, (kind, ""), step, year, 0.0) for a in PUBLIC for kind in KINDS for step in STEPS for year in years
    ]
    for row in counted(shape):
        kind, _ = SORTS.get(row["account"], ("skatter_og_afgifter", "wages"))
        if row["kr"] and row["authority"] in PUBLIC:
            found.append(_law_row(row["authority"], (kind, row["account"]), row["step"], row["year"], row["kr"]))
    return found


def _law_row(authority: str, sort: tuple[str, str], step: str, year: int, kr: float) -> Row:
    kind, account = sort
    compensated = authority == "municipality" and account
    return {
        "authority": authority,
        "kind": kind,
        "account": account,
        "compensation": COMPENSATION.get(account, "ingen") if compensated else "ingen",
        "indexation": SORTS.get(account, ("", "wages"))[1] if account else "none",
        "step": step,
        "year": year,
        "mio_kr": kr / 1e6,
        "as_law_comments_mio_kr": 0.0 - kr / 1e6,
        "price_level": 2021,
    }
