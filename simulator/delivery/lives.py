"""Lives: the spells of single persons in both arms of a replication, where they are asked for.

What a trial follows is a person, not a count: the day of the first conversation, the day she leaves, and how her
conversations were held. Both arms are told for the same person with the same luck, so each has the life that she leads
under the one set of rules and the life that she leads under the other; a trial shows one of the two.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt

IntArray = npt.NDArray[np.int64]
NEVER = 1 << 30
"""The day of what does not happen."""


@dataclass(frozen=True)
class Lives:
    """The persons of a replication in the order of place, group and number; days count from the first simulated day.

    Whoever comes in after the last simulated day of her municipality is not among them.

    Attributes:
        place: Index of the municipality in the population's `persons.codes`, shape (person,).
        group: Index of the group, shape (person,).
        number: Number of the person in the stock of her place and group, shape (person,).
        begun: Day on which the spell began; below 0 for who was there before, shape (person,).
        called: Day on which her first conversation falls due in the simulated days, the same in both arms as long as
            the contact rules are; NEVER where none does, shape (person,).
        left: Day from which she has left, shape (arm, person); later than the last simulated day where she has no
            further meeting after it.
        physical: Conversations that she held in person from `called` on, shape (arm, person).
        digital: Conversations that she held by phone or video, shape (arm, person).
    """

    place: IntArray
    group: IntArray
    number: IntArray
    begun: IntArray
    called: IntArray
    left: IntArray
    physical: IntArray
    digital: IntArray

    def __len__(self) -> int:
        """Number of persons."""
        return len(self.place)

    def of(self, chosen: npt.NDArray[np.bool_]) -> Lives:
        """Return some of the persons, in the same order."""
        return Lives(*(getattr(self, field.name)[..., chosen] for field in fields(self)))
