"""Footings: a position with what is at hand of it, found anew only where it is not known."""

from __future__ import annotations

from dataclasses import dataclass, field

from simulator.plan import CONTROL
from simulator.scenario import Scenario
from simulator.uncertainty.worked import Reading, reading_of
from simulator.web.desk.delivered import Kept
from simulator.web.desk.readings import Again, signature, structure_of
from simulator.web.desk.remembered import Remembered
from simulator.web.desk.same_delivery import delivery_key
from simulator.web.desk.valued import Footing, Rooms
from simulator.web.position import Position, Reader
from simulator.web.shelf import Shelf

AT_HAND = 6
"""Deliveries that are kept."""
MOST_BYTES = 64_000_000
"""Together their replications take no more, but for those of the latest: many replications are few deliveries."""


@dataclass
class Footings:
    """Gives each position what is at hand of it.

    Attributes:
        reader: Reads positions.
        kept: The latest deliveries.
        rooms: What was worked out of them.
    """

    reader: Reader
    kept: Shelf[Kept] = field(default_factory=lambda: Shelf(AT_HAND))
    rooms: Rooms = field(default_factory=Rooms)
    _keys: Shelf[str] = field(default_factory=lambda: Shelf(256))
    _signatures: Shelf[tuple[object, ...]] = field(default_factory=lambda: Shelf(AT_HAND))
    _known: Remembered[frozenset[str]] = field(default_factory=lambda: Remembered(12))
    _readings: Shelf[Reading] = field(default_factory=lambda: Shelf(6))

    def keep(self, delivery: str, kept: Kept) -> None:
        """Keep a delivery; the oldest go where there are many, or where they are large.

        What its scenario reads is gone through now, so that the first number that is set to nothing needs less.
        """
        self.kept.put(delivery, kept)
        self._read_again(kept.ground.scenario, delivery, kept)
        sizes = [sum(map(len, one.luck)) for one in self.kept]
        for at in range(len(sizes) - 1):
            if sum(sizes[at:]) > MOST_BYTES:
                self.kept.drop()

    def delivery_of(self, position: Position) -> str:
        """Return the key of what a position delivers.

        Raises:
            InputError: The position cannot be read or run.
        """
        return self._keys.get(position.key, lambda: self._delivery_of(position))

    def _delivery_of(self, position: Position) -> str:
        scenario = self.reader(position)
        return delivery_key(scenario, position.plan(scenario))

    def at(self, position: Position) -> Footing:
        """Return a position with what is at hand of it.

        Raises:
            InputError: The position cannot be read or run.
        """
        scenario = self.reader(position)
        plan, delivery = position.plan(scenario), self.delivery_of(position)
        kept = self.kept.find(delivery)
        reading = self._reading(scenario, delivery, kept, by_hand=plan.engine == CONTROL and plan.draws > 0)
        return Footing(scenario, plan, delivery, kept, reading, self.rooms).decided()

    def _reading(self, scenario: Scenario, delivery: str, kept: Kept | None, *, by_hand: bool) -> Reading | None:
        """Return what a scenario reads, where its delivery is at hand or nothing is simulated."""
        if kept is None and not by_hand:
            return None
        key = (delivery, signature(scenario))
        if kept is not None and self._signatures.get(delivery, lambda: signature(kept.ground.scenario)) == key[1]:
            return kept.reading
        return self._readings.get(key, lambda: self._read_again(scenario, delivery, kept))

    def _read_again(self, scenario: Scenario, delivery: str, kept: Kept | None) -> Reading:
        if kept is None:
            return reading_of(scenario)
        return Again(kept, (delivery, *structure_of(scenario)), self._known).reading(scenario)
