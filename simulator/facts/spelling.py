"""What people write, read as numbers, dates and words: Danish and English spelling alike.

The field says what is wanted; these functions say whether the text can be that, and raise
`ValueError` with a sentence for the user where it cannot.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from functools import lru_cache

_SPACE = re.compile(r"[\s\u00a0\u2007\u2009\u202f]+")
_MINUS = str.maketrans({"\u2212": "-", "\u2013": "-"})
_PER_CENT = re.compile(r"\s*(%|pct\.?|per cent|percent)$", re.IGNORECASE)
_PLAIN = re.compile(r"[-+]?[0-9]+(\.[0-9]+)?([eE][-+]?[0-9]{1,3})?")
_COMMA = re.compile(r"[-+]?[0-9]+,[0-9]+")
_GROUPED = re.compile(r"[-+]?[0-9]{1,3}(\.[0-9]{3})+")
_SPACED = re.compile(r"[-+]?[0-9]{1,3}( [0-9]{3})+(,[0-9]+)?")
_GROUPED_COMMA = re.compile(r"[-+]?[0-9]{1,3}(\.[0-9]{3})+,[0-9]+")
_WHOLE = re.compile(r"[-+]?[0-9]+")
_ISO_DAY = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_DANISH_DAY = re.compile(r"([0-9]{1,2})[.-]\s?([0-9]{1,2})[.-]\s?([0-9]{4})")
_WEEK = re.compile(r"([0-9]{4})-?\s?[WwUu]?([0-9]{1,2})")
_LONGEST_NUMBER = 40
_TRUE = {"ja", "yes", "true", "sand"}
_FALSE = {"nej", "no", "false", "falsk"}


def tidy(text: str) -> str:
    """Return the text with plain spaces and a plain minus, without space at its ends."""
    return _SPACE.sub(" ", text).strip().translate(_MINUS)


def decimal(text: str, *, per_cent: bool = True) -> float:
    """Return a decimal number, such as `0,65`, `0.65`, `65 %`, `-0,2` or `1e6`.

    Args:
        text: What is written.
        per_cent: Whether a percentage is a sensible way to write this number.

    Raises:
        ValueError: If the text is no number, or can be read as two numbers (`1.000`).
    """
    written = tidy(text)
    bare = _PER_CENT.sub("", written)
    if bare != written and not per_cent:
        raise ValueError(f"`{written}` is a percentage, which is not a measure of this; write a plain number")
    # Divided as digits, so that `65 %` is 0.65 to the last bit.
    number = float(_number(bare) / (100 if bare != written else 1))
    if not math.isfinite(number):
        raise ValueError(f"`{written}` is too large; allowed: a finite number")
    return number


def machine_decimal(text: str) -> float:
    """Return a decimal number written by a program: a point, no groups of thousands.

    Raises:
        ValueError: If the text is no such number.
    """
    if len(text) > _LONGEST_NUMBER or not _PLAIN.fullmatch(text) or not math.isfinite(float(text)):
        raise ValueError(f"`{text}` is not a number; allowed: digits with a point, such as 0.65")
    return float(text)


def _number(bare: str) -> Decimal:
    if len(bare) > _LONGEST_NUMBER:
        raise ValueError(f"`{bare[:20]}...` is too long for a number")
    if _GROUPED.fullmatch(bare) and bare.lstrip("+-")[0] != "0":
        if bare.count(".") == 1:
            plain, comma = bare.replace(".", ""), bare.replace(".", ",")
            hint = f"write {plain} without a point, or {comma} with a decimal comma"
            raise ValueError(f"`{bare}` has two readings; {hint}")
        return Decimal(bare.replace(".", ""))
    if _PLAIN.fullmatch(bare):
        return Decimal(bare)
    if _COMMA.fullmatch(bare):
        return Decimal(bare.replace(",", "."))
    if _GROUPED_COMMA.fullmatch(bare):
        return Decimal(bare.replace(".", "").replace(",", "."))
    if _SPACED.fullmatch(bare):
        return Decimal(bare.replace(" ", "").replace(",", "."))
    raise ValueError(f"`{bare}` is not a number; allowed: a number such as 0.65, 0,65 or 65 %")


def whole(text: str) -> int:
    """Return a whole number; `10.000` and `10 000` are ten thousand.

    Raises:
        ValueError: If the text is no whole number.
    """
    written = tidy(text)
    if len(written) <= _LONGEST_NUMBER:
        if _GROUPED.fullmatch(written) or (_SPACED.fullmatch(written) and "," not in written):
            return int(written.replace(".", "").replace(" ", ""))
        if _WHOLE.fullmatch(written):
            return int(written)
    raise ValueError(f"`{written[:40]}` is not a whole number; allowed: a number such as 5 or 10.000")


def truth(text: str) -> bool:
    """Return true or false; `ja` and `nej` too.

    Raises:
        ValueError: If the text is neither.
    """
    word = tidy(text).lower()
    if word in _TRUE:
        return True
    if word in _FALSE:
        return False
    raise ValueError(f"`{tidy(text)[:40]}` is neither yes nor no; allowed: true, false, ja, nej")


def day(text: str) -> date:
    """Return a day written as 2021-12-19 or 19.12.2021.

    Raises:
        ValueError: If the text is no day, or the day does not exist.
    """
    written = tidy(text)
    iso, danish = _ISO_DAY.fullmatch(written), _DANISH_DAY.fullmatch(written)
    if iso:
        year, month, number = (int(part) for part in iso.groups())
    elif danish:
        number, month, year = (int(part) for part in danish.groups())
    else:
        raise ValueError(f"`{written[:40]}` is not a date; allowed: 2021-12-19 or 19.12.2021")
    try:
        return date(year, month, number)
    except ValueError:
        raise ValueError(f"`{written}` is a day that does not exist; allowed: 2021-12-19 or 19.12.2021") from None


def week(text: str) -> str:
    """Return an ISO week as `2021-W51`; `2021-51` and `2021-U51` are read too.

    Raises:
        ValueError: If the text is no week, or the year has no such week.
    """
    written = tidy(text)
    found = _WEEK.fullmatch(written)
    if not found:
        raise ValueError(f"`{written[:40]}` is not a week; allowed: year and ISO week, such as 2021-W51")
    year, number = int(found[1]), int(found[2])
    try:
        date.fromisocalendar(year, number, 1)
    except ValueError:
        raise ValueError(f"`{written}` is a week that does not exist; {_weeks_of(year)}") from None
    return f"{year:04d}-W{number:02d}"


def _weeks_of(year: int) -> str:
    try:
        last = date(year, 12, 28).isocalendar().week
    except ValueError:
        return "allowed: year and ISO week, such as 2021-W51"
    return f"{year} has weeks 1 to {last}"


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """Return a word with ASCII letters only, in small letters, words joined by `_`.

    `Møder` and `moeder` become the same, as do `A-kasse` and `a_kasse`.
    """
    small = tidy(text).lower().replace("æ", "ae").replace("ø", "oe").replace("å", "aa")
    return re.sub(r"[ \-]+", "_", small)


def did_you_mean(given: str, known: Iterable[str], nearness: float = 0.6) -> str:
    """Return "; did you mean ...?" for the nearest known word (nearness 0-1), or nothing."""
    by_fold = {fold(word): word for word in known}
    close = get_close_matches(fold(given)[:80], by_fold, 1, nearness)
    return f"; did you mean {by_fold[close[0]]}?" if close else ""


def allowed(known: Iterable[str], most: int = 12) -> str:
    """Return "allowed: a, b, c", cut short where there are many."""
    words = list(known)
    return "allowed: " + ", ".join(words[:most]) + (f" and {len(words) - most} more" if len(words) > most else "")


def one_reading(text: str) -> str:
    """Return the text of a number so that it reads in one way: three decimals could be thousands, so a zero follows.

    >>> one_reading("1.125"), one_reading("1.25"), one_reading("300000")
    ('1.1250', '1.25', '300000')
    """
    whole, point, decimals = text.partition(".")
    return f"{text}0" if point and len(decimals) == 3 and len(whole.lstrip("-")) <= 3 else text
