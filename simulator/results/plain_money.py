"""What the employment effect is made of, in plain words: authorities, financial years, and the other concepts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

Headline = Mapping[str, Any]
AUTHORITIES = {"state": "state", "municipality": "municipalities", "region": "regions", "society": "society"}
LEAST = 0.005
"""A year with less [mio. kr.] is not told of."""


def money_lines(headline: Headline) -> Iterator[str]:
    """Yield lines on who gains or loses, when, and what another concept would say."""
    parts = headline["saldo_mio_kr_by_authority"].items()
    yield "of this " + ", ".join(f"{AUTHORITIES[name]} {signed(mio_kr)}" for name, mio_kr in parts)
    yield from _when(headline["measure"])
    yield ""
    yield f"the same run under other concepts, mio. kr. ({headline['price_year']} prices)"
    yield from _concepts(headline)
    yield ""


def _when(measure: Mapping[str, Any]) -> Iterator[str]:
    last = (measure["complete_to"] or 0) if measure["permanent"] else None
    years = {
        year: mio_kr
        for year, mio_kr in measure["financial_years"].items()
        if abs(mio_kr) >= LEAST and (last is None or int(year) <= last)
    }
    told = ", ".join(f"{year} {signed(mio_kr)}" for year, mio_kr in years.items()) or "none"
    if not measure["permanent"]:
        yield f"a temporary measure: it moves the actual balance of {told}; no structural effect is assumed"
        return
    yield f"a permanent measure, by financial year: {told}"
    if measure["full_year"] is None:
        yield f"not fully phased in within the run; set period.to to {measure['needs_to']} or later"
        return
    full, lasting = signed(measure["full_year_effect"]), signed(measure["lasting_effect"])
    yield f"fully phased in from {measure['full_year']}: {full} in that year; {lasting} a year lasting"


def _concepts(headline: Headline) -> Iterator[str]:
    for name, estimate in headline["saldo_mio_kr_by_concept"].items():
        mark = "*" if name == headline["concept"] else " "
        found = "no figure; tables/concepts.csv says why" if estimate is None else f"{signed(estimate['mean']):>10}"
        yield f"  {mark} {name:<30}{found}"


def signed(mio_kr: float) -> str:
    """Return an amount with its sign; one that rounds to nothing has none."""
    text = f"{mio_kr:+,.2f}"
    return text.lstrip("+-") if not any(digit in text for digit in "123456789") else text
