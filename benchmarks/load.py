"""The load of one arm in plain Python, for the peers: persons, contact rules, attendance rules and offices.

The peers are written as their users write, so they take lists and shares, not arrays, whole numbers and keyed draws.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import inf

from simulator.calendars.span import WEEKDAYS_A_YEAR
from simulator.delivery.capacity import conversation_minutes
from simulator.demand import office_kind_of
from simulator.demand.contact import Rhythm, rhythms
from simulator.demand.spells import Survival
from simulator.errors import InputError
from simulator.facts.read import words
from simulator.pipeline import World
from simulator.scenario import Arm
from simulator.streams import WORD_RANGE

Steps = list[tuple[float, float, float]]
"""(age from [days], age before [days], conversations per meeting day)."""


@dataclass(frozen=True)
class Contact:
    """How conversations of one type fall due for one group: on fixed days of the spell, or at a rate."""

    type_index: int
    office_kind: int
    spell_days: tuple[int, ...]
    steps: Steps


@dataclass(frozen=True)
class Group:
    """Persons of one target group.

    Attributes:
        index: Index of the group.
        alive: Share of spells still running at each age [days]; the last is 0.
        alive_reversed: The same, ascending.
        age_edges: Upper edges of the stationary ages on 0-1.
        stock: Persons on day 0, by place.
        entering: Persons who come in, by day and place.
        contacts: Their conversations.
    """

    index: int
    alive: list[float]
    alive_reversed: list[float]
    age_edges: list[float]
    stock: list[int]
    entering: list[list[int]]
    contacts: list[Contact]


@dataclass(frozen=True)
class Load:
    """Everything a peer is given.

    Attributes:
        groups: Target groups.
        meeting_days: Days on which conversations may fall due, by office kind and place, ascending.
        minutes: Caseworker minutes, by office kind, place and day.
        office_of_type: Office kind of each type.
        table: Rule in force, by place, type, group, spell band and day.
        bounds: Spell lengths [days] that part the bands.
        allows: What each rule lets happen.
        exception: Share of exceptions, by rule and type.
        take_up: Digital share where somebody chooses, by rule, type and group.
        spread: How far an office lies above or below the take-up of the country.
        video: Share of video among digital.
        no_show: Share of no-show at a physical and at a digital conversation, by type and group.
        form_minutes: Minutes of a physical and of a digital conversation.
        rebook_days: Days from a no-show to the next appointment.
        tries: Appointments before a conversation is given up.
    """

    groups: list[Group]
    meeting_days: list[list[list[int]]]
    minutes: list[list[list[int]]]
    office_of_type: list[int]
    table: list[list[list[list[list[int]]]]]
    bounds: tuple[int, ...]
    allows: tuple[int, ...]
    exception: list[list[float]]
    take_up: list[list[list[float]]]
    spread: float
    video: float
    no_show: list[list[tuple[float, float]]]
    form_minutes: tuple[int, int]
    rebook_days: int
    tries: int


def load_of(world: World, arm: int, days: int) -> Load:
    """Return the load of an arm of a prepared world.

    Args:
        world: From `pipeline.prepare`.
        arm: 0 is the baseline, 1 the proposal.
        days: Number of days that are simulated.

    Raises:
        InputError: The scenario uses what the peers do not know.
    """
    offices, calendar = world.offices[arm], world.calendars[arm]
    rules_of_arm, book = world.scenario.arms[arm], offices.rulebook
    _refuse_the_unknown(world, arm)
    values = rules_of_arm.values
    tables = [table.tolist() for table in book.tables]
    return Load(
        groups=_groups(world, rules_of_arm, days),
        meeting_days=[[row[:days].nonzero()[0].tolist() for row in kind] for kind in calendar.clock],
        minutes=offices.minutes[:, :, :days].tolist(),
        office_of_type=[office_kind_of(index) for index in range(len(words()["types"]))],
        table=[tables[at] for at in book.table_of_place],
        bounds=book.bounds,
        allows=book.allows,
        exception=[[share / WORD_RANGE for share in row] for row in book.exception],
        take_up=(book.take_up / WORD_RANGE).tolist(),
        spread=values["attendance.office_spread"],
        video=values["attendance.video_share"],
        no_show=_no_shows(rules_of_arm),
        form_minutes=conversation_minutes(rules_of_arm),
        rebook_days=round(values["delivery.rebook_days"]),
        tries=round(values["delivery.tries"]),
    )


def _refuse_the_unknown(world: World, arm: int) -> None:
    sections, values = world.scenario.arms[arm].sections, world.scenario.arms[arm].values
    unknown = {
        "a suspension": world.offices[arm].rulebook.any_suspended,
        "a carry share": values["closures.carry_share"] > 0,
        "a dated change of the contact rule": bool(sections.demand.contact_changes),
        "priorities": any(sections.delivery.priority.values()),
    }
    named = [name for name, present in unknown.items() if present]
    if named:
        raise InputError.one(f"the peers know no {' and no '.join(named)}", world.scenario.path)


def _groups(world: World, arm: Arm, days: int) -> list[Group]:
    contacts = [(rhythm.group, _contact(rhythm)) for rhythm in rhythms(arm)]
    found = []
    for index, survival, inflow in world.population.groups:
        rows = [inflow.codes.index(code) for code in world.places]
        found.append(
            Group(
                index,
                *_shares(survival),
                stock=[inflow.stock[row] for row in rows],
                entering=inflow.entering[rows, :days].T.tolist(),
                contacts=[contact for group, contact in contacts if group == index],
            )
        )
    return found


def _shares(survival: Survival) -> tuple[list[float], list[float], list[float]]:
    alive = (survival.alive / WORD_RANGE).tolist()
    return alive, alive[::-1], (survival.stock_edges / WORD_RANGE).tolist()


def _contact(rhythm: Rhythm) -> Contact:
    ages = [*(float(first) for first, _ in rhythm.rate), inf]
    steps = [
        (low, high, rate / WEEKDAYS_A_YEAR) for (low, high), (_, rate) in zip(pairwise(ages), rhythm.rate, strict=True)
    ]
    return Contact(rhythm.type_index, office_kind_of(rhythm.type_index), rhythm.spell_days, steps)


def _no_shows(arm: Arm) -> list[list[tuple[float, float]]]:
    share, ratio = arm.values.under("delivery.no_show"), arm.values["delivery.no_show_digital_ratio"]
    physical = [
        [share.get(f"{type_name}.{group}", 0.0) for group in words()["groups"]] for type_name in words()["types"]
    ]
    return [[(number, number * ratio) for number in row] for row in physical]
