"""What can be predicted and counted, which conversations of, and where."""

from __future__ import annotations

from functools import cache

from simulator.facts.read import table, words
from simulator.facts.spelling import allowed, did_you_mean, fold, tidy
from simulator.scenario.names import names

COUNTS = {
    "due": ("due",),
    "held": ("held",),
    "physical": ("physical",),
    "digital": ("phone", "video"),
    "phone": ("phone",),
    "video": ("video",),
}
"""Measures that are numbers of conversations, and the columns of `months_by_place` that they add up."""
DIGITAL_SHARE = "digital_share"
"""Share of the conversations held that were held by phone or video [0-1]."""
MEASURES = (*COUNTS, DIGITAL_SHARE)
CHOSEN = frozenset(("physical", "digital", "phone", "video"))
"""Measures that the take-up of an office as a whole moves."""
COUNTRY = "DK"
LEVELS = ("country", "region", "landsdel", "municipality")
_COUNTRY = {"dk", "danmark", "denmark", "hele_landet", "landet", "whole_country"}


def is_share(measure: str) -> bool:
    """Return whether a measure is a share, between 0 and 1."""
    return measure == DIGITAL_SHARE


def measure_named(text: str) -> str:
    """Return the measure that a word names.

    Raises:
        ValueError: It names none.
    """
    found = fold(text)
    if found not in MEASURES:
        raise ValueError(f"`{tidy(text)[:40]}` is not a measure; {allowed(MEASURES)}{did_you_mean(text, MEASURES)}")
    return found


@cache
def _areas() -> dict[str, tuple[str, str, tuple[str, ...]]]:
    """Return name, level and municipality codes of the country, the regions and the landsdele, by folded name."""
    rows = table("municipalities")
    found = {word: (COUNTRY, LEVELS[0], tuple(str(row["municipality_code"]) for row in rows)) for word in _COUNTRY}
    for level in ("region", "landsdel"):
        for name in dict.fromkeys(str(row[level]) for row in rows):
            codes = tuple(str(row["municipality_code"]) for row in rows if row[level] == name)
            found.setdefault(fold(name), (name, level, codes))
    return found


def place_named(text: str) -> str:
    """Return the place that a word names: a municipality code, a region or landsdel by name, or `DK`.

    Raises:
        ValueError: It names none.
    """
    written = fold(text)
    area = _areas().get(written) or _areas().get(written.removeprefix("region_").removeprefix("landsdel_"))
    code = names().find("places", text)
    if code is not None and (area is None or area[1] != "region"):
        return code
    if area is not None:
        return area[0]
    known = [COUNTRY, *(name for name, _, _ in _areas().values()), *names().municipalities.values()]
    hint = did_you_mean(text, known)
    message = "is not a place; allowed: a municipality (name or code), a region, a landsdel, or DK"
    raise ValueError(f"`{tidy(text)[:40]}` {message}{hint}")


def members_of(place: str) -> tuple[str, ...]:
    """Return the municipality codes of a place, as `place_named` gives it."""
    area = _areas().get(fold(place))
    return area[2] if area is not None and not place.isdecimal() else (place,)


def level_of(place: str) -> str:
    """Return the level of a place, one of `LEVELS`."""
    area = _areas().get(fold(place))
    return area[1] if area is not None and not place.isdecimal() else LEVELS[3]


def called(place: str) -> str:
    """Return the name of a place to people."""
    return names().municipalities.get(place, place)


def types_named(text: str) -> tuple[str, ...]:
    """Return the conversation types that words joined by `+` name; none of them means all.

    A kind of office stands for the types that it holds.

    Raises:
        ValueError: A word names none.
    """
    found: list[str] = []
    for word in (part for part in tidy(text).split("+") if part.strip()):
        kind = names().find("office_kinds", word)
        if kind is not None:
            found += [one for one, said in words()["types"].items() if said["office_kind"] == kind]
        else:
            found.append(names().resolve("types", word))
    every = tuple(words()["types"])
    return () if set(found) == set(every) else tuple(one for one in every if one in found)


def said_of(types: tuple[str, ...]) -> str:
    """Return which conversations these types are, as a file of outcomes says it."""
    return "+".join(types) or "all"
