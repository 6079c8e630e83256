"""The rules of a conversation: the only place with behaviour. Engines order events and call these.

Scalar functions of whole numbers, so that every engine and processor decides alike. Shares arrive as thresholds
(`streams.threshold`), chance as 32-bit words.
"""

from __future__ import annotations

from simulator.calendars.span import DAYS_A_WEEK
from simulator.streams import HALF, LOW

PHYSICAL, PHONE, VIDEO, NO_FORM = 0, 1, 2, 3
"""Forms, in the order of facts/words.yaml, and none."""

ATTENDED, EXCEPTION, CHOICE, ORDERED, VOLUNTARY, ISOLATED = 0, 1, 2, 3, 4, 5
"""Why a conversation has its form: attended; exception; somebody chose; digital only; contact in a suspension;
somebody is ill or isolated and may choose."""

PHYSICAL_ONLY, CHOSEN, DIGITAL_ONLY, SUSPENDED = 0, 1, 2, 3
"""What a rule lets happen. Whether the citizen or the office chooses is law, not behaviour: both are CHOSEN."""

WAITING, HELD, LAPSED, CANCELLED_RULE, CANCELLED_REPLACED, CANCELLED_TRIES, CANCELLED_ILLNESS = 0, 1, 2, 3, 4, 5, 6
"""States of a conversation that fell due."""
NEVER_DUE = CANCELLED_ILLNESS + 1
"""State of one that would have fallen due if the meetings before it had not led the person out."""

MISSED, CAME, CALLED_OFF, PUT_OFF = 0, 1, 2, 3
"""What becomes of an appointment: the citizen does not turn up; does; it is called off for illness or isolation for
good; or put off."""

WHOLE = 1 << 32
"""A share of 1 as a threshold."""

BY_ITSELF = 1 << 24
"""A hazard that is raised by itself is raised by so much."""
MOST_EXCESS = (1 << 31) - 1
"""More than this is not counted, so that products have room."""

HELD_ROOM, WEEK_ROOM, LATE_ROOM = 1 << 3, 1 << 7, 1 << 4
"""Room in a history for conversations held before, week of the spell, and weeks late; what has no room counts as the
most that has."""
HISTORIES = HELD_ROOM * WEEK_ROOM * LATE_ROOM
"""Histories that are told apart."""


def may_be_held(rule: int, volunteers: bool) -> bool:
    """Return whether a conversation may be held under the rule of the day; if not it waits."""
    return rule != SUSPENDED or volunteers


def basis_of(rule: int, exception: int, take_up: int, exception_word: int, take_up_word: int) -> int:
    """Return why a conversation takes its form.

    Args:
        rule: What the rule of the day lets happen.
        exception: Threshold of the lawful exceptions.
        take_up: Threshold of the digital share where somebody chooses.
        exception_word: Word of the exception.
        take_up_word: Word of the choice.
    """
    if rule == SUSPENDED:
        return VOLUNTARY
    if rule == DIGITAL_ONLY:
        return ORDERED
    excepted, chosen = exception_word < exception, (rule == CHOSEN) & (take_up_word < take_up)
    return EXCEPTION if excepted else CHOICE if chosen else ATTENDED


def form_of(basis: int, video: int, video_word: int) -> int:
    """Return the form: physical where the citizen attends, else phone or video."""
    if basis == ATTENDED:
        return PHYSICAL
    return VIDEO if video_word < video else PHONE


def share_of_rest(threshold: int, share: int) -> int:
    """Return a threshold raised by a share of what it leaves: nobody counts twice, and none goes above the whole."""
    if share == 0:
        return threshold
    rest = WHOLE - threshold
    return threshold + ((rest >> HALF) * share + ((rest & LOW) * share >> HALF) >> HALF)


def turnout_of(no_show: int, ill: int, called_off: int, word: int) -> int:
    """Return what becomes of an appointment; one word decides, so that no two of its parts can come true.

    Args:
        no_show: Threshold of the citizens who do not turn up.
        ill: Threshold of the appointments kept from being held in person by illness or isolation; 0 where none is.
        called_off: Threshold of those that are called off for good, among them.
        word: Word of the appointment.
    """
    if word < no_show:
        return MISSED
    if ill == 0:
        return CAME
    rest = WHOLE - no_show
    away = (rest >> HALF) * ill + ((rest & LOW) * ill >> HALF) >> HALF
    if word >= no_show + away:
        return CAME
    off = (away >> HALF) * called_off + ((away & LOW) * called_off >> HALF) >> HALF
    return CALLED_OFF if word < no_show + off else PUT_OFF


def takes_the_phone(rule: int, turnout: int) -> bool:
    """Return whether an appointment that illness keeps from being held in person is held digitally instead."""
    return rule == CHOSEN and turnout > CAME


def minutes_of(form: int, turnout: int, physical_minutes: int, digital_minutes: int) -> int:
    """Return the caseworker minutes of an attempt; a no-show takes as many, one called or put off in time none."""
    if turnout > CAME:
        return 0
    return physical_minutes if form == PHYSICAL else digital_minutes


def occasion_of(called: int, tells_first: int, is_first: bool) -> int:
    """Return the occasion of a conversation: what rules may ask besides type, group, spell and day.

    Args:
        called: Number of rule bounds on the day of calling that have passed when it fell due.
        tells_first: 1 where some rule tells first conversations from later ones, else 0.
        is_first: Whether it is the first of its type in the spell.
    """
    return (called << tells_first) + tells_first * (0 if is_first else 1)


def has_left(exit_day: int, day: int) -> bool:
    """Return whether the person has left the group by the day of service."""
    return exit_day <= day


def may_try_again(attempt: int, tries: int) -> bool:
    """Return whether another appointment is made after a no-show; attempts are counted from 0."""
    return attempt + 1 < tries


def minutes_left(minutes: int, debt: int) -> int:
    """Return the minutes of an office on a meeting day after the overrun of its former one."""
    return minutes - debt


def office_take_up(take_up: int, spread: int, word: int) -> int:
    """Return the take-up threshold of an office: even between take-up x (1 - spread) and x (1 + spread).

    Args:
        take_up: Threshold of the country.
        spread: Threshold of the spread.
        word: Word of the office.
    """
    reach = take_up * spread >> 32
    return take_up - reach + (2 * reach * word >> 32)


def pushed(excess: int, push: int) -> int:
    """Return how far the hazard of leaving is raised after a meeting [BY_ITSELF]."""
    return min(excess + push, MOST_EXCESS)


def next_day(alive: int, excess: int, leaving: int, kept: int) -> tuple[int, int]:
    """Return the survivors of 2**32 a day later, and how far the hazard is raised then.

    The hazard of the day is raised by its part; a day later a share of the raise is left.

    Args:
        alive: Survivors so far.
        excess: How far the hazard is raised [BY_ITSELF].
        leaving: Threshold of those who leave within the day where nothing raises it.
        kept: Share of the raise that is left a day later [2**32].
    """
    raised = min(leaving + leaving * excess // BY_ITSELF, WHOLE)
    gone = (alive >> HALF) * raised + ((alive & LOW) * raised >> HALF) >> HALF
    return alive - gone, excess * kept >> 32


def weeks_late(day: int, since: int) -> int:
    """Return the whole weeks from the day on which the next meeting was planned to the day on which one is held.

    Args:
        day: Day on which it is held.
        since: Due day of the first conversation of its type since the last one held.
    """
    return (day - since) // DAYS_A_WEEK


def history_of(held_before: int, age: int, late: int) -> int:
    """Return the history of a conversation that is held, in one number.

    Args:
        held_before: Conversations of any type that the person has had in the spell.
        age: Age of the spell [days].
        late: Weeks late.
    """
    held, week = min(held_before, HELD_ROOM - 1), min(max(age, 0) // DAYS_A_WEEK, WEEK_ROOM - 1)
    return (held * WEEK_ROOM + week) * LATE_ROOM + min(late, LATE_ROOM - 1)
