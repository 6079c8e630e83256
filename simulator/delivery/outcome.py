"""What an engine needs of one municipality, and what it gives back. The same for every engine."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from simulator.delivery.attendance import Rulebook
from simulator.delivery.clocks import Clock
from simulator.demand import Demand

IntArray = npt.NDArray[np.int64]

NOT_SIMULATED = -1
"""State of a conversation that falls due after the last simulated day of its municipality."""
OPEN = 1 << 30
"""Closing day of a conversation that is still waiting at the end."""

CENSUS_START, CENSUS_PERIOD_END, CENSUS_END = 0, 1, 2
"""When the waiting are counted: before the first day of the period, after its last, after the last simulated."""


@dataclass(frozen=True)
class Task:
    """Everything that happens to one municipality in one arm. Lists have one item a conversation.

    Conversations are sorted by person, type and number.

    Attributes:
        key: Random key of the replication.
        place: Index of the place.
        person: Row of the person within the run; also the last key of the queue.
        stock_number: Stock number for the random key.
        person_number: Number of the person for the random key.
        type_index: Type of conversation.
        group: Group of the person.
        number: Number of the conversation within its type.
        due_day: Day index on which it falls due.
        exit_day: Day index from which the person has left.
        spell_start: Day index on which the spell began.
        words: First attempt's four words, shape (4, conversation).
        volunteers: Whether contact is wanted during a suspension.
        occasion: Occasion of each, see `rules.occasion_of`.
        table: Rule in force, shape (type, group, band, occasion, day).
        bounds: Spell lengths that part the bands.
        take_up: Threshold of take-up of this place's offices, by rule, type and group.
        minutes: Minutes of each office kind on each day.
        meeting_from: First planned meeting day on or after a day, by office kind.
        lift: Threshold of those who take the phone for fear of infection, of those who would attend, by day.
        ill: Threshold of the appointments that illness or isolation keeps from being held in person, by day.
    """

    key: tuple[int, int]
    place: int
    person: list[int]
    stock_number: list[int]
    person_number: list[int]
    type_index: list[int]
    group: list[int]
    number: list[int]
    due_day: list[int]
    exit_day: list[int]
    spell_start: list[int]
    words: list[list[int]]
    volunteers: list[bool]
    occasion: list[int]
    table: list[list[list[list[list[int]]]]]
    bounds: tuple[int, ...]
    take_up: list[list[list[int]]]
    minutes: list[list[int]]
    meeting_from: list[list[int]]
    lift: list[int]
    ill: list[int]

    def __len__(self) -> int:
        """Number of conversations."""
        return len(self.person)


@dataclass(frozen=True)
class Conditions:
    """What an arm has in common for all municipalities and replications.

    Attributes:
        rulebook: Rules of the arm.
        office_of_type: Office kind of each type.
        priority: Priority of each type; smaller goes first.
        no_show: Thresholds of no-show at a physical and a digital conversation, by type and group.
        video: Threshold of video among digital.
        minutes: Minutes of a physical and of a digital conversation.
        rebook_days: Days from a no-show to the next appointment.
        tries: Appointments before a conversation is given up.
        census_days: First day of the period, and the day after its last.
        volunteers: Threshold of contact wanted during a suspension.
        spread: Threshold of the component that an office shares.
        called_off: Threshold of the appointments called off for good, of those that illness keeps from being held.
    """

    rulebook: Rulebook
    office_of_type: tuple[int, ...]
    priority: tuple[int, ...]
    no_show: tuple[tuple[tuple[int, int], ...], ...]
    video: int
    minutes: tuple[int, int]
    rebook_days: int
    tries: int
    census_days: tuple[int, int]
    volunteers: int = 0
    spread: int = 0
    called_off: int = 0


@dataclass
class Outcome:
    """What happened to the conversations of one municipality in one arm.

    Attributes:
        state: State of each conversation (`rules.WAITING` and on).
        closed: Day index on which it was held, lapsed or cancelled; OPEN while waiting.
        form: Form of the last attempt; -1 before the first.
        basis: Why it had that form; -1 before the first.
        no_shows: (conversation, day, form) of each appointment that was missed.
        put_off: The same of each that illness or isolation put off.
        worked_minutes: Caseworker minutes by office kind.
        census: Waiting by moment and type, counted by the engine as it goes.
        last_day: Last simulated day.
        log: (day, office kind, conversation, attempt, form, turnout), by day and office kind in order of service, if
            asked for.
        clocks: Clocks of those whom meetings have moved, by row; see `leaving.py`.
    """

    state: list[int]
    closed: list[int]
    form: list[int]
    basis: list[int]
    worked_minutes: list[int]
    census: list[list[int]]
    no_shows: list[tuple[int, int, int]] = field(default_factory=list)
    put_off: list[tuple[int, int, int]] = field(default_factory=list)
    last_day: int = 0
    log: list[tuple[int, int, int, int, int, int]] | None = None
    clocks: dict[int, Clock] = field(default_factory=dict)


@dataclass(frozen=True)
class Delivery:
    """What became of every conversation of a replication: one list an arm with one outcome a municipality."""

    demands: list[Demand]
    outcomes: tuple[list[Outcome], ...]
