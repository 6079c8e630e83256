"""The clock by which a person leaves whom meetings have moved."""

from __future__ import annotations

from dataclasses import dataclass

from simulator.delivery import rules


@dataclass
class Clock:
    """The clock of one person.

    Attributes:
        born: Day on which the spell began.
        day: Day that the clock shows; it stops on the day from which the person has left.
        alive: Survivors of 2**32 on that day.
        survivors: The person leaves when no more than so many are left.
        excess: How far the hazard is raised on that day [BY_ITSELF].
    """

    born: int
    day: int
    alive: int
    survivors: int
    excess: int = 0

    def is_over(self, day: int, leaving: list[int], kept: int) -> bool:
        """Go on to a day, and return whether the person has left by then.

        Args:
            day: The day.
            leaving: Threshold of those who leave within a day, by age [days].
            kept: Share of a raise that is left a day later [2**32].
        """
        while self.day < day and self.alive > self.survivors:
            self.alive, self.excess = rules.next_day(self.alive, self.excess, leaving[self.day - self.born], kept)
            self.day += 1
        return self.alive <= self.survivors
