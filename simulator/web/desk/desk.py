"""The desk: figures at once, of every position whose delivery is at hand, and of the control for all others.

It holds the latest deliveries and what was worked out of them, all of it bounded; it simulates nothing. One asks it
from several threads; it answers one at a time.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from threading import RLock
from typing import Any

from simulator.errors import InputError
from simulator.plan import CONTROL
from simulator.report.sections.telling import Telling
from simulator.results import Drawn
from simulator.results.concepts import refuse_beyond
from simulator.results.headline import figures_in
from simulator.results.sample import MIO, Sample
from simulator.scenario import Scenario
from simulator.web.desk.chain import told_chain
from simulator.web.desk.delivered import Delivered, Kept, kept_of
from simulator.web.desk.differences import difference_of
from simulator.web.desk.draws import Draws, interval_of
from simulator.web.desk.footings import Footings
from simulator.web.desk.marks import counted_marks
from simulator.web.desk.moves import moves_of
from simulator.web.desk.sentence import drafts_of, sentence_of, statement_of, telling_of
from simulator.web.desk.sizes import of_a_size
from simulator.web.desk.sliders import changes_of, sheet_of, told_faults
from simulator.web.desk.told import EFFECT, Reckoned, Told, reckoned, told
from simulator.web.desk.valued import Footing
from simulator.web.given_back import give_back
from simulator.web.position import Position, Reader, told_of
from simulator.web.shelf import Shelf

__all__ = ["Delivered", "Desk", "Found", "Kept", "kept_of"]

MILLISECONDS = 1000.0
FOUND = 3
"""Positions of which what was found is kept; each takes up to a megabyte."""


@dataclass(frozen=True)
class Found:
    """What was found of a position.

    Attributes:
        footing: The position with what is at hand.
        drawn: Its draws; None where there are none at hand.
        waits: Whether draws wait for simulations of their own.
    """

    footing: Footing
    drawn: Drawn | None
    waits: bool

    @cached_property
    def sample(self) -> Sample:
        """Its figures alone; of the control where its delivery is not at hand."""
        if not self.simulated:
            return self.reckoned.sample
        sample = Sample([self.footing.figures], {})
        refuse_beyond(self.footing.setting(), sample)
        return sample

    @cached_property
    def interval(self) -> dict[str, Any] | None:
        """The range over its draws, as it is shown."""
        return None if self.drawn is None else interval_of(self.drawn, self.sample.mean("converted"))

    @cached_property
    def reckoned(self) -> Reckoned:
        """Its figures beside the control."""
        return reckoned(self.footing)

    @cached_property
    def run(self) -> Told:
        """The position as a run that is read."""
        return told(self.footing, self.reckoned, self.interval)

    @property
    def simulated(self) -> bool:
        """Whether its delivery is at hand."""
        return self.footing.kept is not None


class Desk:
    """Values positions."""

    def __init__(self, reader: Reader) -> None:
        """Take what reads positions."""
        self._footings, self._draws, self._lock = Footings(reader), Draws(), RLock()
        self._found: Shelf[Found] = Shelf(FOUND)

    def delivery_of(self, position: Position) -> str:
        """Return the key of what a position delivers: the same for positions that differ in effects and money alone.

        Raises:
            InputError: The position cannot be read or run.
        """
        with self._lock:
            return self._footings.delivery_of(position)

    def has(self, position: Position) -> bool:
        """Return whether the delivery of a position is at hand, or none is needed.

        Raises:
            InputError: The position cannot be read or run.
        """
        with self._lock:
            return position.base.asked.engine == CONTROL or self.delivery_of(position) in self._footings.kept

    def take(self, delivery: str, delivered: Delivered | Kept) -> None:
        """Take what a worker delivered, whole or as little of it as is kept; the oldest goes where there are many."""
        kept = kept_of(delivered) if isinstance(delivered, Delivered) else delivered
        with self._lock:
            self._footings.keep(delivery, kept)
            give_back()

    def found(self, position: Position) -> Found:
        """Return what is found of a position.

        Raises:
            InputError: A number cannot be, a stage refuses it, or its concept has no figure for it.
        """
        with self._lock:
            footing = self._footings.at(position)
            key = (position.key, footing.kept is not None)
            return self._found.get(key, lambda: self._find(footing))

    def _find(self, footing: Footing) -> Found:
        return Found(footing, *self._draws.of(footing))

    def figures(self, position: Position) -> dict[str, Any]:
        """Return the figures of a position alone, without control and words; `value` has all of it a moment later.

        Raises:
            InputError: As `found`.
        """
        with self._lock, of_a_size():
            found = self.found(position)
            return {**_head(position, found), "figures": _named(figures_in(found.footing.setting(), found.sample))}

    def value(self, position: Position, language: str) -> dict[str, Any]:
        """Return the figures of a position, with words that are ready to print.

        Raises:
            InputError: As `found`; or there is no such language.
        """
        started = time.perf_counter()
        with self._lock, of_a_size():
            found = self.found(position)
            answer = _value(position, found, telling_of(found.run, language))
            answer["marks"] = counted_marks(self._footings.reader, position)
        answer["milliseconds"] = (time.perf_counter() - started) * MILLISECONDS
        return answer

    def difference(self, positions: Sequence[Position], language: str) -> list[dict[str, Any]]:
        """Return what each further position has more than the first, draw by draw where the draws are the same.

        Raises:
            InputError: As `found`.
        """
        with self._lock, of_a_size():
            first, *others = [self.found(position) for position in positions]
            return [
                {
                    "position": told_of(position),
                    **difference_of((first.drawn, other.drawn), _means(first, other), language),
                }
                for position, other in zip(positions[1:], others, strict=True)
            ]

    def sheet(self, position: Position, language: str) -> dict[str, Any]:
        """Return the sliders and assumptions of a position; what is wrong with it stands among the faults.

        Raises:
            InputError: The base cannot be read, or there is no such language.
        """
        return self._sheet(sheet_of, position, language)

    def changes(self, position: Position, language: str) -> dict[str, Any]:
        """Return what the sheet of a position has other than that of its base.

        Raises:
            InputError: As `sheet`.
        """
        return self._sheet(changes_of, position, language)

    def _sheet(self, made: Callable[..., dict[str, Any]], position: Position, language: str) -> dict[str, Any]:
        with self._lock:
            try:
                with of_a_size():
                    return made(self._footings, position, language)
            except InputError as wrong:
                told = made(self._footings, Position(position.base), language)
                return {**told, "position": told_of(position), "faults": told_faults(wrong)}

    def moves(self, position: Position, language: str) -> dict[str, Any]:
        """Return the bridge from the base to a position, setting by setting in their order.

        Raises:
            InputError: As `found`.
        """
        with self._lock, of_a_size():
            return moves_of(self, position, language)

    def level_of(self, position: Position) -> tuple[float, float]:
        """Return the employment effect of a position [kr]: as it is known, and that of the control.

        Raises:
            InputError: As `found`.
        """
        with self._lock, of_a_size():
            sample = reckoned(self._footings.at(position)).sample
            return sample.mean(EFFECT), sample.control[EFFECT]

    def scenario_of(self, position: Position) -> Scenario:
        """Return the scenario of a position.

        Raises:
            InputError: It cannot be read.
        """
        with self._lock:
            return self._footings.reader(position)


def _means(first: Found, other: Found) -> tuple[tuple[float, float], bool]:
    """Return the employment effect of two positions [mio. kr.], and whether both were found in the same way."""
    one, two = (each.reckoned.sample.mean(EFFECT) * MIO for each in (first, other))
    return (one, two), first.simulated == other.simulated


def _value(position: Position, found: Found, telling: Telling) -> dict[str, Any]:
    """Return what is told of a position but for its marks."""
    headline = found.run.headline
    counted = headline["conversations"]["baseline"]
    return {
        **_head(position, found),
        "figures": _figures(found),
        "control": _figures(found, of_control=True),
        "published": headline["published"] or None,
        "chain": told_chain(found.reckoned, counted, telling),
        "sentence": sentence_of(telling),
        "statement": statement_of(telling),
        "drafts": drafts_of(telling),
    }


def _figures(found: Found, *, of_control: bool = False) -> dict[str, Any]:
    """Return the figures of the headline by name; of the control where that is asked for."""
    headline, part = found.run.headline, "control" if of_control else "mean"
    baseline = headline["conversations"]["baseline"]["held"]
    held = found.reckoned.sample.control["baseline_held"] if of_control else baseline
    return {**_named(headline, part), "held_baseline": held}


def _head(position: Position, found: Found) -> dict[str, Any]:
    """Return what is told of a position in any case: its names, its state and its range."""
    return {
        "position": told_of(position),
        "key": position.key,
        "delivery": found.footing.delivery,
        "state": "simulated" if found.simulated else "control",
        "interval": found.interval,
        "interval_waits": found.waits,
    }


def _named(headline: Mapping[str, Any], part: str = "mean") -> dict[str, Any]:
    """Return figures of a headline by the names that they have on the page."""
    saldo, concepts = headline["saldo_mio_kr"], headline["saldo_mio_kr_by_concept"]
    return {
        **{f"{name}_mio_kr": saldo[name][part] for name in ("employment_effect", "form", "volume", "net")},
        "caseworker_time_mio_kr": saldo["caseworker_time"][part],
        "converted": headline["converted"][part],
        "employment_weeks": headline["employment_weeks"][part],
        "person_years": headline["full_time_person_years"][part],
        "kr_per_conversation": headline["kr_per_converted_conversation"][part],
        "concepts": {name: None if one is None else one[part] for name, one in concepts.items()},
    }
