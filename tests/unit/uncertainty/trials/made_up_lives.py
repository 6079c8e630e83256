"""Made-up lives: spells with a constant hazard under each arm's rules, so that everything about them is known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np

from simulator.delivery.lives import Lives
from simulator.streams import key_of, named_shares
from simulator.uncertainty.trials.enrolment import Window, next_open
from simulator.uncertainty.trials.terms import Terms

SCENARIO = Path(__file__).parents[4] / "scenarios" / "trial-digital-2021.yaml"
CODES = tuple(range(101, 161))
"""Sixty municipalities."""
DAYS = 900
FIRST = 737_425
"""Monday, 6 January 2020."""

TERMS = Terms(
    design="by_citizen",
    outcome="exit_by_week_26",
    first_day=14,
    last_day=265,
    groups=(0,),
    places=tuple(str(code) for code in CODES),
    stop_above_per_100k=None,
    steps=8,
    step_days=28,
    sizes=(),
    simulations=100,
    significance=0.05,
    power=0.8,
    takes_part_share=1.0,
    job_share=1.0,
    analysis_days=84,
    lost=(0.0, 0.0),
    crossed=(0.0, 0.0),
    jobcentre_spread=0.0,
    feared=False,
)


def terms_with(**changes: object) -> Terms:
    """Return the terms above with some of them changed."""
    return replace(TERMS, **changes)  # type: ignore[arg-type]


def window_for(terms: Terms, codes: tuple[int, ...] = CODES) -> Window:
    """Return a window in which weekdays are open and no day is refused."""
    weekday = (np.arange(DAYS) % 7) < 5
    admits = np.zeros(DAYS, dtype=np.bool_)
    admits[terms.first_day : terms.last_day + 1] = True
    places = np.array([str(code) in terms.places for code in codes])
    return Window(FIRST, codes, next_open(np.tile(weekday, (len(codes), 1))), admits, places, np.array([True]))


def lives_of(
    replications: int,
    persons: int = 2000,
    rates: tuple[float, float] = (0.03, 0.03),
    spread: float = 0.0,
    codes: tuple[int, ...] = CODES,
    seed: int = 1,
) -> Iterator[Lives]:
    """Yield persons who leave at a rate a week under each arm's rules, by the same luck.

    Args:
        replications: Number of replications.
        persons: Persons in each, spread evenly over places and over days 14 to 265.
        rates: Rate of leaving a week, control and treated.
        spread: Coefficient of variation of the rate between places.
        codes: Municipality codes.
        seed: Seed.
    """
    for replication in range(replications):
        key = key_of(seed, replication)
        luck = named_shares("made-up spells", 0, persons, key)
        of_place = named_shares("made-up places", 0, len(codes), key)
        pace = 1 + spread * (of_place - 0.5) * np.sqrt(12)
        place = np.sort(np.arange(persons) % len(codes))
        begun = 14 + (np.arange(persons) * 251) // persons
        begun = begun[np.argsort(named_shares("made-up days", 0, persons, key))]
        called = begun
        weeks = [-np.log(luck) / (rate * pace[place]) for rate in rates]
        left = np.stack([np.ceil(begun + 7 * one + 4).astype(np.int64) for one in weeks])
        number = np.arange(persons, dtype=np.int64)
        nothing = np.zeros(persons, dtype=np.int64)
        forms = np.stack([nothing + 4, nothing]), np.stack([nothing, nothing + 4])
        yield Lives(place, nothing, number, begun, called, left, *forms)
