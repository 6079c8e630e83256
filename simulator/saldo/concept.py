"""What a concept of the public balance has to say, and what it is given to say it with."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

import numpy as np
import numpy.typing as npt

from simulator.facts.read import words
from simulator.saldo.accounts import ACCOUNTS, AUTHORITIES, sheet
from simulator.saldo.rates import Rates
from simulator.scenario import Scenario

FloatArray = npt.NDArray[np.float64]
BOTH_LINES = ("form", "volume")
MILLION = 1_000_000
ALL_ACCOUNTS = ("transfers", "taxes", "return_flow", "running_costs")
PARTS = (*ALL_ACCOUNTS, "caseworker_time", "displacement", "production")
"""What a concept can include, and a scenario can add to one that does not."""


@dataclass(frozen=True)
class Week:
    """What a week of employment gives, before a concept chooses from it.

    Attributes:
        scenario: The scenario.
        rates: Its rates.
        years: Financial years.
        accounts: Kroner a week, shape (account, authority, group, year, step of the ladder).
    """

    scenario: Scenario
    rates: Rates
    years: tuple[int, ...]
    accounts: FloatArray

    @property
    def groups(self) -> tuple[str, ...]:
        """Target groups, in the order of the axis."""
        return tuple(words()["groups"])

    def only(self, accounts: Iterable[str]) -> FloatArray:
        """Return the kroner of some accounts, and nothing on the others."""
        kr = np.zeros_like(self.accounts)
        for account in accounts:
            kr[ACCOUNTS.index(account)] = self.accounts[ACCOUNTS.index(account)]
        return kr

    def divided(self, kr_a_week: FloatArray) -> FloatArray:
        """Divide one value a week over accounts and authorities as the accounts lie.

        This scales every account to meet the value: a computational split, and no finding of its own. Where the
        accounts add up to nothing, or to less than a millionth of their size or of a krone, which is what rounding
        leaves of nothing, the value stands undivided with the state.

        Args:
            kr_a_week: Kroner a week, shape (group, year).
        """
        whole = self.accounts.sum(axis=(0, 1))
        can = whole * MILLION > np.maximum(np.abs(self.accounts).sum(axis=(0, 1)), 1.0)
        kr = self.accounts * np.where(can, kr_a_week[:, :, None] / np.where(can, whole, 1.0), 0.0)
        undivided = ACCOUNTS.index("employment"), AUTHORITIES.index("state")
        kr[undivided] += np.where(can, 0.0, kr_a_week[:, :, None])
        return kr


def _nothing_missing(week: Week) -> str:
    return ""


@dataclass(frozen=True)
class Concept:
    """A concept of the public balance.

    Attributes:
        lines: Lines of employment that its figure counts.
        includes: What its figure contains, of `PARTS`.
        week_kr: Returns kroner a week of employment, shape (account, authority, group, year, step of the ladder).
        counts_caseworker_time: Whether its figure counts saved municipal caseworker time in full.
        missing: Returns why the concept has no figure here; an empty text where it has one.
    """

    lines: tuple[str, ...]
    includes: tuple[str, ...]
    week_kr: Callable[[Week], FloatArray]
    counts_caseworker_time: bool = False
    missing: Callable[[Week], str] = _nothing_missing


def concept_named(name: str) -> Concept:
    """Return a concept by the name of its file."""
    concept: Concept = import_module(f"simulator.saldo.concepts.{name}").CONCEPT
    return concept


def concept_names() -> tuple[str, ...]:
    """Return the names of all concepts, from the narrowest to the widest; what is not the public balance last."""
    found = {path.stem for path in (Path(__file__).parent / "concepts").glob("[a-z]*.py")}
    return tuple(sorted(found, key=_width))


def _width(name: str) -> tuple[bool, int, str]:
    includes = concept_named(name).includes
    return "production" in includes, len(includes), name


def week_of(scenario: Scenario, years: tuple[int, ...], accounts: FloatArray | None = None) -> Week:
    """Return what a week of employment gives in some financial years.

    Args:
        scenario: The scenario.
        years: Financial years.
        accounts: What it gives by account, where that is known already; worked out where left out.

    Raises:
        InputError: No growth is known between the price level and a year of rates.
    """
    rates = Rates(scenario.baseline.values)
    return Week(scenario, rates, years, sheet(rates, tuple(words()["groups"]), years) if accounts is None else accounts)
