"""The life of a version: draft, checked by a second person, cleared, sent, and no longer in force."""

from __future__ import annotations

from typing import Literal, TypeAlias

Status: TypeAlias = Literal["udkast", "kontrolregnet", "clearet", "oversendt", "udgaaet"]
UDKAST: Status = "udkast"
KONTROLREGNET: Status = "kontrolregnet"
CLEARET: Status = "clearet"
OVERSENDT: Status = "oversendt"
UDGAAET: Status = "udgaaet"
STATUSES: tuple[Status, ...] = (UDKAST, KONTROLREGNET, CLEARET, OVERSENDT, UDGAAET)
"""In the order of a version's life."""
SHOWN = {UDGAAET: "udgået"}
"""A status as people write it, where that is not its name."""
BEFORE: dict[Status, tuple[Status, ...]] = {
    KONTROLREGNET: (UDKAST, KONTROLREGNET),
    CLEARET: (KONTROLREGNET,),
    OVERSENDT: (CLEARET,),
    UDGAAET: (UDKAST, KONTROLREGNET, CLEARET, OVERSENDT),
}
"""From which statuses a version reaches another."""
STEP_BEFORE: dict[Status, str] = {
    KONTROLREGNET: "saldo case answer",
    CLEARET: "saldo case check",
    OVERSENDT: "saldo case clear",
}
"""The verb that comes before."""


def shown(status: Status) -> str:
    """Return a status as people write it."""
    return SHOWN.get(status, status)
