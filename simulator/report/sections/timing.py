"""When the effect falls: which years' balance moves, and what a rule that lasts costs once it is phased in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

from simulator.report.columns import BESIDE, MOST_YEARS, is_nothing
from simulator.report.language import MIO
from simulator.report.reading import WITHIN, quantity
from simulator.report.sections.telling import Telling
from simulator.report.story import in_headline

LISTED_YEARS = 3
"""At most so many years are named one by one in a sentence."""


def main_year(telling: Telling) -> str:
    """Return the financial year with more than half of the effect; empty where none does, or some are not told."""
    by_year: defaultdict[str, float] = defaultdict(float)
    for row in telling.run.table("saldo"):
        if in_headline(row, telling.story):
            if not row["kr"]:
                return ""
            by_year[row["year"]] += quantity(row, "kr")
    total = sum(by_year.values())
    return next((year for year, kr in by_year.items() if abs(total) > WITHIN and kr / total > 0.5), "")


def time_sentences(telling: Telling) -> Iterator[str]:
    """Yield which years' actual balance moves, or finansårs-, helårs- and varig virkning; nothing of an older run."""
    story = telling.story
    if not story.measure or story.direction == "none":
        return
    if not story.permanent:
        yield temporary(telling, moved_years(telling))
        return
    yield telling.say("time.permanent")
    by_year = {
        year: telling.run.mean("measure", "financial_years", year) * MIO for year in story.measure["financial_years"]
    }
    last = int(story.measure["complete_to"] or 0)
    complete = [year for year in sorted(by_year) if int(year) <= last]
    if complete:
        told = [telling.say("time.of_year", amount=telling.amount(by_year[year]), year=year) for year in complete]
        yield telling.say("time.years", years=telling.words.listed(told[:MOST_YEARS]))
    if story.lasting_kr is None:
        day = telling.words.day(date.fromisoformat(str(story.measure["needs_to"])))
        yield telling.say("time.too_short", day=day)
        return
    full = telling.run.mean("measure", "full_year_effect") * MIO
    yield telling.say("time.full", amount=telling.amount(full), year=story.full_years[0])
    yield telling.say("time.lasting", amount=telling.amount(story.lasting_kr))
    yield telling.say("time.not_discounted")


def moved_years(telling: Telling) -> list[str]:
    """Return the financial years whose balance moves, what the scenario counts beside the estimate included."""
    by_year: defaultdict[str, float] = defaultdict(float)
    for row in telling.run.table("saldo"):
        if in_headline(row, telling.story) or row["line"] in BESIDE:
            by_year[row["year"]] += quantity(row, "kr")
    return [year for year, kr in sorted(by_year.items()) if not is_nothing(kr)]


def temporary(telling: Telling, years: Sequence[str]) -> str:
    """Return which years' balance a temporary measure moves, and that no structural effect is assumed."""
    if len(years) == 1:
        return telling.say("time.temporary_one", years=years[0])
    main = main_year(telling)
    told = telling.say("estimate.year", year=main) if main else ""
    return telling.say("time.temporary", years=stretch(telling, years), main=told)


def stretch(telling: Telling, years: Sequence[str]) -> str:
    """Return years as a list, or by their first and last where they are many and follow each other."""
    following = int(years[-1]) - int(years[0]) == len(years) - 1
    if len(years) > LISTED_YEARS and following:
        return telling.say("time.stretch", first=years[0], last=years[-1])
    return telling.words.listed(years)
