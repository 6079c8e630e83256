"""What somebody typed into a cell, as the number that was meant; what can be read in two ways is refused."""

from __future__ import annotations

import math
import re
from datetime import date, datetime

PER_CENT = re.compile(r"\s*(?:%|pct\.?)$")
SPACES = re.compile(r"[\s\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}]+")
GROUPED = re.compile(r"-?[1-9]\d{0,2}([.,])\d{3}")
WRITTEN = re.compile(r"-?(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:[eE][+-]?\d{1,2})?")
TWICE = re.compile(r"-?\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*(?!\1)[.,]\d+|-?\d{1,3}(?:([.,])\d{3})(?:\2\d{3})+")
DAYS = (re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})"), re.compile(r"(\d{1,2})[-./]\s?(\d{1,2})[-./]\s?(\d{4})"))
MOST = 1e12
"""A number above this is a slip of the hand."""


def number_of(content: object, unit: str, signed: bool = False) -> float:
    """Return the number of a cell.

    Args:
        content: What the cell holds.
        unit: Unit of the number; `share` is from 0 to 1.
        signed: Whether it may lie below 0.

    Raises:
        ValueError: It is no number, or can be read in two ways; the message says what to write.
    """
    value = _read(content, unit)
    if not math.isfinite(value) or abs(value) > MOST:
        raise ValueError(f"{content!r} is out of bounds; write a number of at most {MOST:,.0f}")
    if value < 0 and not signed:
        raise ValueError(f"{content!r} is below 0; write 0 or more, losses have no sign here")
    if unit == "share" and value > 1:
        meant = f"{value / 100:g}".replace(".", ",")
        hint = f"; write {meant} if per cent is meant" if value <= 100 else ""
        raise ValueError(f"{content!r} is above 1; a share is from 0 to 1{hint}")
    return value


def _read(content: object, unit: str) -> float:
    if isinstance(content, bool) or content is None:
        raise ValueError(f"{content!r} is no number; write one" if content is not None else "is empty; write a number")
    if isinstance(content, int | float):
        return float(content)
    if not isinstance(content, str):
        raise ValueError(f"{content!s} is no number; is the cell formatted as a date?")
    text = SPACES.sub(" ", content.strip()).replace("\N{MINUS SIGN}", "-")
    if not text:
        raise ValueError("is empty; write a number")
    if text.startswith("#"):
        raise ValueError(f"holds the error {text}; write a number")
    return _written(text, unit)


def _written(text: str, unit: str) -> float:
    """Return the number of a text, with a decimal comma or point."""
    percent = PER_CENT.search(text)
    bare = PER_CENT.sub("", text).replace(" ", "")
    if percent and unit != "share":
        raise ValueError(f"{text!r} is in per cent, and this is no share; write the number itself")
    if GROUPED.fullmatch(bare):
        whole = re.sub(r"[.,]", "", bare)
        raise ValueError(f"{text!r} can be read in two ways; write {whole}, or {bare}0 if these are decimals")
    if TWICE.fullmatch(bare):
        decimal = bare[max(bare.rfind("."), bare.rfind(","))]
        marks = {mark for mark in bare if mark in ".,"}
        bare = re.sub(r"[.,]", "", bare) if len(marks) == 1 else _without(bare, decimal)
    if not WRITTEN.fullmatch(bare):
        raise ValueError(_no_number(text))
    return float(bare.replace(",", ".")) / (100 if percent else 1)


def _without(text: str, decimal: str) -> str:
    """Return a number without the marks of its thousands."""
    other = "." if decimal == "," else ","
    return text.replace(other, "")


def _no_number(text: str) -> str:
    return f"{text!r} is no number; write digits with one decimal comma or point, such as 0,22"


def day_of(content: object) -> date:
    """Return the day of a cell.

    Raises:
        ValueError: It is no day; the message says what to write.
    """
    if isinstance(content, datetime):
        return content.date()
    if isinstance(content, date):
        return content
    text = str(content).strip() if isinstance(content, str) else ""
    if not text:
        raise ValueError("is no date; write the day, such as 2021-12-14")
    for pattern, order in zip(DAYS, ((1, 2, 3), (3, 2, 1)), strict=True):
        found = pattern.fullmatch(text)
        if found:
            return _day(text, *(int(found.group(at)) for at in order))
    raise ValueError(f"{text!r} is no date; write the day, such as 2021-12-14")


def _day(text: str, year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError as fault:
        raise ValueError(f"{text!r} is no day of the calendar; write it as 2021-12-14") from fault
