"""Customary closing days, read from `facts/customary.yaml`, and the switches that turn them on or off."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from typing import Literal

from pydantic import BaseModel, ConfigDict, model_validator

from simulator.calendars.closing import OFFICE_KINDS
from simulator.calendars.legal import easter_sunday
from simulator.facts.read import listing, plain_of
from simulator.facts.spelling import allowed, did_you_mean


class CustomaryClosure(BaseModel):
    """One line of the fact file: a day, the offices that it concerns, and what happens by default.

    Attributes:
        switch: Name of the switch in a scenario.
        name: Danish name of the day.
        office_kinds: Kinds of office that it concerns.
        places: Municipality codes that it concerns; empty means all.
        all_but: Municipality codes that it does not concern.
        part: Closed the whole day, or free from 12:00.
        default: Closed when the scenario says nothing.
        kind: Published, or our assumption.
        source: Id of `facts/sources.yaml`, or `none-found`.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    switch: str
    name: str
    month: int | None = None
    day: int | None = None
    easter_plus_days: int | None = None
    office_kinds: tuple[str, ...]
    places: tuple[str, ...] = ()
    all_but: tuple[str, ...] = ()
    part: Literal["whole", "half"]
    default: bool
    kind: Literal["fact", "assumption"]
    source: str
    reason: str

    @model_validator(mode="after")
    def _one_rule(self) -> CustomaryClosure:
        fixed = self.month is not None and self.day is not None
        if fixed == (self.easter_plus_days is not None):
            raise ValueError(f"{self.switch}: give either month and day, or easter_plus_days")
        return self

    def on(self, year: int) -> date:
        """Return the day of a year."""
        if self.easter_plus_days is not None:
            return easter_sunday(year) + timedelta(days=self.easter_plus_days)
        assert self.month is not None and self.day is not None
        return date(year, self.month, self.day)

    def concerns(self, place: str) -> bool:
        """Return whether the day concerns a municipality, by code."""
        return place not in self.all_but and (not self.places or place in self.places)


@cache
def customary_closures() -> tuple[CustomaryClosure, ...]:
    """Return the lines of the fact file, in its order."""
    return tuple(CustomaryClosure.model_validate(line) for line in plain_of(listing("customary"))["closures"])


def switch_names() -> tuple[str, ...]:
    """Return every switch that a scenario may set: plain, and by kind of office."""
    plain = dict.fromkeys(line.switch for line in customary_closures())
    by_kind = dict.fromkeys(f"{line.switch}_{kind}" for line in customary_closures() for kind in line.office_kinds)
    return (*plain, *by_kind)


def switch_faults(switches: Mapping[str, bool]) -> list[tuple[str, str]]:
    """Return (dotted key, message) for each switch that does not exist."""
    names = switch_names()
    plain = dict.fromkeys(line.switch for line in customary_closures())
    kinds = ", ".join(f"_{kind}" for kind in OFFICE_KINDS)
    said = f"no such customary closing day; {allowed(plain)}, each also with {kinds} behind it"
    return [
        (f"calendar.customary.{given}", said + did_you_mean(given, names)) for given in switches if given not in names
    ]


def chosen(line: CustomaryClosure, office_kind: str, switches: Mapping[str, bool]) -> bool | None:
    """Return what the scenario says of a day for a kind of office, or None where it says nothing."""
    plain = switches.get(line.switch)
    return switches.get(f"{line.switch}_{office_kind}", plain)
