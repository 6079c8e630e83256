"""Parts add up to the whole: checked on every run before anyone sees it, and again by `saldo verify`."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pandas as pd

WITHIN = 1e-9
"""Sums in another order may differ by so much of their size."""
HALF = 0.5
CANCELLED = ("cancelled_rule", "cancelled_replaced", "cancelled_tries", "cancelled_illness")


def broken_sums(headline: Mapping[str, Any], tables: Mapping[str, pd.DataFrame]) -> list[str]:
    """Return where parts do not add up to their whole, in words; none where all do."""
    pairs = [*_kroner(headline, tables["saldo"]), *_authorities(headline, tables)]
    if not headline.get("small_cells"):  # else its counts were added up before some were left out
        pairs += [*_converted(headline), *_steps(headline, tables["steps"])]
    if not headline.get("small_cells") and len(tables["conversations"]):
        pairs += [*_counts(headline, tables["conversations"]), *_conservation(headline, tables["conversations"])]
    return [f"{what}: {one!r} is not {two!r}" for what, one, two in pairs if not _equal(one, two)]


def _equal(one: float, two: float) -> bool:
    return math.isclose(one, two, rel_tol=WITHIN, abs_tol=WITHIN)


Pair = tuple[str, float, float]


def _converted(headline: Mapping[str, Any]) -> Iterator[Pair]:
    whole = headline["converted"]["mean"]
    for by in ("type", "group"):
        parts = headline[f"converted_by_{by}"].values()
        yield f"converted by {by}", math.fsum(part["mean"] for part in parts), whole


ORE = 0.01
LINES = ("form", "volume", "caseworker_time", "no_shows", "travel")


def _kroner(headline: Mapping[str, Any], saldo: pd.DataFrame) -> Iterator[Pair]:
    mio = headline["saldo_mio_kr"]
    for line in LINES:
        yield f"saldo.csv, {line}", float(saldo.loc[saldo["line"] == line, "kr"].sum()) / 1e6, mio[line]["mean"]
    counted = float(saldo.loc[saldo["in_headline"] == 1, "kr"].sum()) / 1e6
    yield "saldo.csv, rows of the headline", counted, mio["employment_effect"]["mean"]
    apart = [headline["counterfactual"][name]["mio_kr"]["mean"] for name in ("saved", "lost")]
    if None not in apart:
        yield "saved from cancellation and lost", math.fsum(apart), mio["volume"]["mean"]
    net = mio["employment_effect"]["mean"] + math.fsum(mio[line]["mean"] for line in LINES[2:])
    yield "employment effect and what stands beside it", net, mio["net"]["mean"]
    by_step = headline["saldo_mio_kr_by_step"]
    yield "the last of the three steps", by_step["after_tax_return_flow_and_behaviour"], mio["net"]["mean"]
    of_year = headline["measure"]["financial_years"].values()
    yield "financial years", math.fsum(of_year), mio["employment_effect"]["mean"]
    chosen = headline["saldo_mio_kr_by_concept"].get(headline["concept"])
    if chosen is not None:
        time = mio["caseworker_time"]["mean"] if _counts_time(headline) else 0.0
        yield "the concept of the headline", chosen["mean"], mio["employment_effect"]["mean"] + time


def _counts_time(headline: Mapping[str, Any]) -> bool:
    return headline["concept"] == "with_caseworker_time" or "caseworker_time" in headline["also"]


def _authorities(headline: Mapping[str, Any], tables: Mapping[str, pd.DataFrame]) -> Iterator[Pair]:
    """Yield what must add up to the øre: authorities to the whole, and the table of the law comments to the net."""
    mio, saldo, law = headline["saldo_mio_kr"], tables["saldo"], tables["law_comments"]
    by_authority = headline["saldo_mio_kr_by_authority"]
    yield "state, municipalities and regions, in øre", *_in_ore(by_authority.values(), mio["employment_effect"]["mean"])
    yield "regions", by_authority["region"], 0.0
    outside = float(saldo.loc[(saldo["authority"] == "society") & (saldo["in_headline"] == 1), "kr"].sum()) / 1e6
    yield "law_comments.csv, in øre", *_in_ore([*law["mio_kr"], outside], mio["net"]["mean"])


def _in_ore(parts: Iterable[float], whole: float) -> tuple[float, float]:
    """Return a sum and its whole [øre], the sum as the whole where they are the same to the øre."""
    gap = (math.fsum(parts) - whole) * 1e6 / ORE
    return (whole if abs(gap) < HALF else whole + gap, whole)


def _steps(headline: Mapping[str, Any], steps: pd.DataFrame) -> Iterator[Pair]:
    found = dict(zip(steps["step"], steps["value"].astype(float), strict=True))
    yield "steps.csv, converted", found["converted"], headline["converted"]["mean"]
    effect = headline["saldo_mio_kr"]["employment_effect"]["mean"]
    yield "steps.csv, employment_effect_kr", found["employment_effect_kr"] / 1e6, effect
    if not math.isnan(found["value_per_person_year_kr"]):
        product = found["person_years"] * found["value_per_person_year_kr"]
        yield "steps.csv, person-years x value", product, found["employment_effect_kr"]
    accounts = math.fsum(kr for name, kr in found.items() if name.startswith("account_"))
    yield "steps.csv, accounts", accounts, found["employment_effect_kr"]
    if found["converted"]:
        product = found["converted"] * found["kr_per_converted"] / 1e6
        yield "steps.csv, converted x kr_per_converted", product, headline["saldo_mio_kr"]["form"]["mean"]
    digital = ("digital_by_exception", "digital_by_own_choice", "digital_by_order")
    if not math.isnan(found["physical_baseline"]):
        held = found["physical_baseline"] + sum(found[name] for name in digital)
        yield "steps.csv, physical and digital", held, found["held_baseline"]


def _counts(headline: Mapping[str, Any], conversations: pd.DataFrame) -> Iterator[Pair]:
    sums = conversations.groupby(["arm", "state"])["count"].sum().to_dict()
    held = conversations[conversations["state"] == "held"]
    forms = held.groupby(["arm", "form"])["count"].sum().to_dict()
    for arm, counts in headline["conversations"].items():
        for name, whole in counts.items():
            if name in ("physical", "phone", "video"):
                found = forms.get((arm, name), 0.0)
            else:
                found = math.fsum(sums.get((arm, state), 0.0) for state in _states(name))
            yield f"conversations.csv, {arm}, {name}", found, whole


def _states(name: str) -> tuple[str, ...]:
    return CANCELLED if name == "cancelled" else (name,)


def _conservation(headline: Mapping[str, Any], conversations: pd.DataFrame) -> Iterator[Pair]:
    """Yield the law of conservation for each arm, kind of office and type."""
    signs = dict.fromkeys(("waiting_start", "due"), 1) | dict.fromkeys(
        ("held", "lapsed", *CANCELLED, "waiting_end"), -1
    )
    signed = conversations["count"] * conversations["state"].map(signs).fillna(0)
    keys = ["arm", "office_kind", "type"]
    sums = conversations.assign(signed=signed).groupby(keys, as_index=False)[["count", "signed"]].sum()
    for row in sums.to_dict("records"):
        place = ", ".join(str(row[key]) for key in keys)
        yield f"conservation, {place}", row["count"] + row["signed"], row["count"]
