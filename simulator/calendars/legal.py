"""Legal holidays of Denmark by own dated rules: one line a day, the law above the one day that changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

FIRST_YEAR, LAST_YEAR = 1900, 2100
HOLIDAYS = "helligdagsloven"
STORE_BEDEDAG = "store-bededag-2023"


@dataclass(frozen=True)
class LegalHoliday:
    """A legal holiday of one year.

    Attributes:
        day: The date.
        name: Danish name.
        source: Id of `facts/sources.yaml`.
    """

    day: date
    name: str
    source: str


def easter_sunday(year: int) -> date:
    """Return Easter Sunday of the Gregorian calendar.

    Source:
        The anonymous Gregorian computus (Nature, 20 April 1876; Meeus, Astronomical Algorithms, chapter 8).
    """
    golden = year % 19
    century, in_century = divmod(year, 100)
    century_leaps, century_rest = divmod(century, 4)
    moon_shift = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - century_leaps - moon_shift + 15) % 30
    leaps, rest = divmod(in_century, 4)
    to_sunday = (32 + 2 * century_rest + 2 * leaps - epact - rest) % 7
    correction = (golden + 11 * epact + 22 * to_sunday) // 451
    month, day = divmod(epact + to_sunday - 7 * correction + 114, 31)
    return date(year, month, day + 1)


def legal_holidays(year: int) -> tuple[LegalHoliday, ...]:
    """Return the legal holidays of a year, in the order of the rules below.

    Args:
        year: Calendar year, 1900-2100.

    Raises:
        ValueError: The year lies outside the rules.

    Source:
        facts/sources.yaml, helligdagsloven and store-bededag-2023.
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"legal holidays are known for {FIRST_YEAR}-{LAST_YEAR}, not {year}")
    easter = easter_sunday(year)

    def fixed(month: int, day: int, name: str) -> LegalHoliday:
        return LegalHoliday(date(year, month, day), name, HOLIDAYS)

    def after_easter(days: int, name: str, source: str = HOLIDAYS) -> LegalHoliday:
        return LegalHoliday(easter + timedelta(days=days), name, source)

    holidays = [
        fixed(1, 1, "Nytårsdag"),
        after_easter(-3, "Skærtorsdag"),
        after_easter(-2, "Langfredag"),
        after_easter(0, "Påskedag"),
        after_easter(1, "2. påskedag"),
        after_easter(39, "Kristi himmelfartsdag"),
        after_easter(49, "Pinsedag"),
        after_easter(50, "2. pinsedag"),
        fixed(12, 25, "Juledag"),
        fixed(12, 26, "2. juledag"),
    ]
    # Lov nr. 214 of 6 March 2023: Store Bededag is an ordinary working day from 1 January 2024.
    if year <= 2023:
        holidays.append(after_easter(26, "Store bededag", STORE_BEDEDAG))
    return tuple(holidays)
