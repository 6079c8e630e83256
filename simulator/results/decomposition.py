"""Takes the difference of two products apart: one factor after the other is changed from one run's to the other's."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

Chain = Mapping[str, float]
"""Factors of a product by name, in order; NaN where one before it is 0."""
Chains = Mapping[tuple[str, str], Chain]
"""Chains by type and group; what they make adds up."""


@dataclass(frozen=True)
class Term:
    """A part of the difference.

    Attributes:
        name: Name of the factor, or of what else parts the runs.
        amount: What it changes, in the unit of the figure.
    """

    name: str
    amount: float


def chains_of(control: pd.DataFrame, quantity: str) -> dict[tuple[str, str], dict[str, float]]:
    """Return the chains of a quantity by type and group, from `control.csv`."""
    rows = control[(control["quantity"] == quantity) & (control["type"] != "")].sort_values("order", kind="stable")
    found: dict[tuple[str, str], dict[str, float]] = {}
    for row in rows.itertuples(index=False):
        found.setdefault((str(row.type), str(row.group)), {})[str(row.factor)] = float(row.value)  # type: ignore[arg-type]
    return found


def terms(one: Chains, other: Chains) -> list[Term]:
    """Return what each factor contributes to the difference other less one; they add up to it.

    Factors are changed in their order, each while those before it are the other's and those after it are one's own, so
    a factor that acts together with a later one takes nothing of it. Where a factor has no value on one side, because
    one before it is 0, it is the same on both.
    """
    names = list(dict.fromkeys(name for chains in (one, other) for chain in chains.values() for name in chain))
    amounts = dict.fromkeys(names, 0.0)
    for pair in dict.fromkeys((*one, *other)):
        current, wanted = _completed(one.get(pair, {}), other.get(pair, {}), names)
        before = math.prod(current.values())
        for name in names:
            current[name] = wanted[name]
            after = math.prod(current.values())
            amounts[name] += after - before
            before = after
    return [Term(name, amount + 0.0) for name, amount in amounts.items()]


def _completed(one: Chain, other: Chain, names: list[str]) -> tuple[dict[str, float], dict[str, float]]:
    """Return both chains with every factor: a missing chain is nothing, a missing factor is that of the other side."""
    first = names[0]
    chains = [dict(chain) if chain else {first: 0.0} for chain in (one, other)]
    for chain, twin in (chains, chains[::-1]):
        for name in names:
            if math.isnan(chain.get(name, math.nan)):
                chain[name] = 1.0 if math.isnan(twin.get(name, math.nan)) else twin[name]
    return chains[0], chains[1]
