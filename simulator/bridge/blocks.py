"""The blocks of a scenario: every key belongs to one of them, or is a name that changes no figure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeGuard

from simulator.errors import Fault, InputError, RunError
from simulator.facts.spelling import did_you_mean
from simulator.scenario.model import ARMS

BLOCKS = ("calendar", "volume", "form", "effect", "value", "prices", "rules", "method")
"""The blocks in the order in which they are exchanged where no other is asked for."""
NAMES = "names"
"""What tells a reader about a scenario and changes no figure; it is no step."""
ENGINE = "engine"
"""Stands beside the keys of a scenario: the engine that a run was made by."""

ASSIGNED = {
    # which days are in question, and on which of them offices are open
    "calendar": ("period", "calendar.closure_weeks", "calendar.customary", "closures.periods", "closures.carry_share"),
    # how many conversations fall due, and how many of them can be held
    "volume": (
        "places",
        "demand.scale",
        "demand.stock",
        "demand.stock_scale",
        "demand.stock_series",
        "demand.weekly_exit_hazard",
        "demand.longest_spell_weeks",
        "demand.contact",
        "demand.contact_rule",
        "demand.due_spell_day",
        "delivery.utilisation",
        "delivery.capacity",
        "delivery.priority",
        "delivery.physical_minutes",
        "delivery.digital_saves_minutes",
        "delivery.no_show",
        "delivery.no_show_digital_ratio",
        "delivery.rebook_days",
        "delivery.tries",
    ),
    # which form they take where the rules leave a choice
    "form": (
        "attendance.take_up",
        "attendance.take_up_scale",
        "attendance.exception_share",
        "attendance.video_share",
        "attendance.office_spread",
        "attendance.voluntary_contact_share",
        "infection.series",
        "infection.links",
        "infection.take_up",
        "infection.illness",
        "infection.contacts",
    ),
    # what a conversation is worth in weeks of employment
    "effect": ("effects", "infection.worth"),
    # what a week of employment is worth in kroner
    "value": ("saldo", "infection.kr_per_infection"),
    # of which year the kroner are
    "prices": ("saldo.price_year", "saldo.price_level", "saldo.growth"),
    # what the two arms say, and the law below them
    "rules": (
        "law",
        "attendance.law",
        "attendance.orders",
        "attendance.rules",
        "demand.contact_changes",
        "demand.closed_groups",
    ),
    # how it is worked out
    "method": (
        "run",
        "uncertainty",
        ENGINE,
        "facts",
        "known_as_of",
        "control",
        "delivery.warm_up_weeks",
        "delivery.run_on_weeks",
    ),
    NAMES: ("name", "title", "title_da", "question", "note", "published", "register", "decision", "trial"),
}
"""The keys of each block, each with all that stands below it; where two fit, the longer holds."""

_BY_KEY = {key: block for block, keys in ASSIGNED.items() for key in keys}


def block_of(path: str) -> str:
    """Return the block of a key; one that stands for a single arm belongs where it belongs for both.

    Args:
        path: Dotted key of a scenario, such as `proposal.attendance.rules`.

    Raises:
        RunError: The key is in no block.
    """
    parts = path.split(".")
    if parts[0] in ARMS:
        parts = parts[1:]
    for length in range(len(parts), 0, -1):
        found = _BY_KEY.get(".".join(parts[:length]))
        if found is not None:
            return found
    raise RunError(f"{path} is in no block of the bridge; simulator/bridge/blocks.py must say to which it belongs")


def pieces(tree: Mapping[str, Any], path: str = "") -> Iterator[tuple[str, Any]]:
    """Yield what a resolved scenario says, by its dotted key: a value with its range and source is one piece."""
    for key, content in tree.items():
        below = f"{path}.{key}" if path else key
        if isinstance(content, Mapping) and not is_value(content):
            yield from pieces(content, below)
        else:
            yield below, content


def is_value(content: object) -> TypeGuard[Mapping[str, Any]]:
    """Return whether this is a number with its range and source, as a resolved scenario writes it."""
    return isinstance(content, Mapping) and {"value", "layer"} <= set(content)


def order_named(text: str | None) -> tuple[str, ...]:
    """Return the blocks in the order that a user names, such as "effect, form, ..."; the stated one where None.

    Raises:
        InputError: Not every block is named exactly once; names all faults.
    """
    if text is None:
        return BLOCKS
    named = [part.strip().lower() for part in text.split(",")]
    wrong = _order_faults(named)
    if wrong:
        allowed = f"allowed: all of {','.join(BLOCKS)}, each once, in any order"
        raise InputError([Fault("command line", 0, 0, "--order", f"{message}; {allowed}") for message in wrong])
    return tuple(named)


def _order_faults(named: Sequence[str]) -> list[str]:
    strange = [name for name in dict.fromkeys(named) if name not in BLOCKS]
    faults = [f"`{name}` is not a block{did_you_mean(name, BLOCKS)}" for name in strange]
    twice = [name for name in BLOCKS if named.count(name) > 1]
    absent = [name for name in BLOCKS if name not in named]
    faults += [f"{', '.join(twice)} stands more than once"] if twice else []
    return faults + ([f"{', '.join(absent)} is missing"] if absent else [])
