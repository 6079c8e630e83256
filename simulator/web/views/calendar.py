"""Every day of the period: held or not in each kind of office, why not, and by which rules; and what can be edited."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from simulator.facts.read import sources
from simulator.facts.read import words as vocabulary
from simulator.report.language import Words, read_words
from simulator.report.municipalities import read_tiles
from simulator.report.reading import Run
from simulator.scenario import Scenario
from simulator.web.views._editing import editing
from simulator.web.views._told import as_plain, picture, say
from simulator.web.words import page_words

if TYPE_CHECKING:
    from pandas import DataFrame

MOST_NAMED = 8
"""Places of a line that are named."""
Row = Mapping[str, Any]
"""A row of the table `calendar`, or of the table `rules`."""


def view(run: Run, words: Words, language: str) -> dict[str, Any]:
    """Return the days of a run with the conversations that are held on each; nothing can be edited.

    Args:
        run: The run.
        words: Words of the documents.
        language: Language of the page.
    """
    shown = picture("calendar", run, words)
    held = {str(row["date"]): row["conversations_proposal"] for row in shown.pop("rows")}
    days = _days(run.table("calendar"), words, language)
    return {**shown, **_ground(days, language), "held": held, "rules": _rules(run.table("rules"), language)}


def calendar_of(scenario: Scenario, language: str) -> dict[str, Any]:
    """Return the days and rules of a scenario as it is set, and what can be edited; nothing is simulated.

    Args:
        scenario: The scenario.
        language: Language of the words.

    Raises:
        InputError: A day lies outside what the calendar knows, or there is no such language.
    """
    from simulator.pipeline import setting_of
    from simulator.results.days import calendar_table
    from simulator.results.rules import rules_table

    words, setting = read_words(language), setting_of(scenario)
    rows = _rows(calendar_table(setting))
    rules = _rows(rules_table(setting))
    days = _days(rows, words, language)
    told = {**_ground(days, language), "rules": _rules(rules, language), "edit": editing(scenario, language)}
    found: dict[str, Any] = as_plain({"panel": "calendar", "language": language, **told})
    return found


def _rows(found: DataFrame) -> list[Row]:
    """Return the rows of a table that was made just now as they would be read from its file."""
    texts = found.fillna("").astype(str)
    return [dict(zip(texts.columns, row, strict=True)) for row in texts.itertuples(index=False)]


def _ground(days: list[dict[str, Any]], language: str) -> dict[str, Any]:
    """Return the days, what the calendar is called, and how many of them are meeting days."""
    weekdays = sum(day["weekday"] <= 5 for day in days)
    counts = Counter(kind for day in days for kind in day["open"])
    kinds = [
        {"id": kind, "label": _capital(str(entry[language])), "meeting_days": counts[kind]}
        for kind, entry in vocabulary()["office_kinds"].items()
    ]
    caption = say(language, "calendar.heading")
    text = say(language, "calendar.counted", weekdays=weekdays, days=len(days))
    # Most days say the same as others: what is said is sent once.
    said = list({repr(day["lines"]): day["lines"] for day in days}.values())
    order = {repr(lines): at for at, lines in enumerate(said)}
    told = [{**day, "lines": order[repr(day["lines"])]} for day in days]
    return {"caption": caption, "text": text, "office_kinds": kinds, "days": told, "said": said}


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _days(rows: Iterable[Row], words: Words, language: str) -> list[dict[str, Any]]:
    """Return each day with its ledger lines, kinds of office that say the same in one."""
    by_day: dict[str, list[Row]] = {}
    for row in rows:
        by_day.setdefault(str(row["date"]), []).append(row)
    return [_day(day, lines, words, language) for day, lines in sorted(by_day.items())]


def _day(text: str, rows: list[Row], words: Words, language: str) -> dict[str, Any]:
    day = date.fromisoformat(text)
    usual = [row for row in rows if row["place"] in ("", "other", "nan") and row.get("arm") != "baseline"]
    is_open = [str(row["office_kind"]) for row in usual if _meets(row)]
    classes = Counter(str(row["class"]) for row in usual or rows)
    kind = "weekday" if is_open else classes.most_common(1)[0][0]
    year, week, weekday = day.isocalendar()
    return {
        "date": text,
        "label": words.day(day),
        "weekday": weekday,
        "week": f"{year}-W{week:02d}",
        "class": kind,
        "class_label": "" if kind == "weekday" else words.name("day_classes", kind),
        "open": is_open,
        "lines": _lines(rows, words, language),
    }


def _meets(row: Row) -> bool:
    return str(row["meeting_day"]) in ("1", "1.0", "True", "true")


def _lines(rows: list[Row], words: Words, language: str) -> list[dict[str, Any]]:
    """Return the ledger lines of a day: which kinds of office, where, in which arm, held or not, why, and the rule."""
    kinds: dict[tuple[str, ...], list[str]] = {}
    names = ("place", "class", "rule", "reason", "source", "arm")
    for row in rows:
        same = (*(_text(row.get(name, "")) for name in names), str(int(_meets(row))))
        kinds.setdefault(same, []).append(str(row["office_kind"]))
    return [
        {
            "office_kinds": found,
            "place": _places(place, language),
            "arm": "" if arm in ("", "both") else say(language, f"calendar.arms.{arm}"),
            "held": held == "1",
            "class_label": words.name("day_classes", name) if name != "weekday" else "",
            "rule": rule,
            "reason": _reason(reason, language),
            "source": "; ".join(_title(one, language) for one in source.split("; ") if one),
        }
        for (place, name, rule, reason, source, arm, held), found in kinds.items()
    ]


def _text(cell: object) -> str:
    return "" if str(cell) in ("nan", "None") else str(cell)


def _title(source: str, language: str) -> str:
    """Return the title of a source; of one of the ledger's own words, the page's."""
    own = page_words(language)["views"]["calendar"]["sources"]
    known = sources()
    return known[source].title if source in known else str(own.get(source, source))


def _reason(reason: str, language: str) -> str:
    """Return the reasons of the ledger, in which the words for weeks and weekends are those of the page."""
    own = page_words(language)["views"]["calendar"]["reasons"]
    for word, said in own.items():
        reason = reason.replace(word.replace("_", " "), said)
    return reason


def _places(place: str, language: str) -> str:
    """Return the names of places that differ from the others; `other` is the rest of them."""
    if place == "other":
        return say(language, "calendar.other")
    tiles = read_tiles()
    named = [tiles[code].name for code in place.split(",") if code in tiles]
    more = len(named) - MOST_NAMED
    return ", ".join(named[:MOST_NAMED]) + (say(language, "calendar.more", count=more) if more > 0 else "")


def _rules(rows: Iterable[Row], language: str) -> list[dict[str, Any]]:
    """Return the rules that may hold in the period, in the order in which a later one goes before an earlier."""
    return [
        {
            "arm": str(row["arm"]),
            "name": str(row["rule"]),
            "rule": say(language, f"calendar.rules.{row['kind']}"),
            "from": _text(row["from"]),
            "to": _text(row["to"]),
            "types": [name for name in _text(row["types"]).split(",") if name],
            "groups": [name for name in _text(row["groups"]).split(",") if name],
            "places": [name for name in _text(row["municipality_codes"]).split(",") if name],
            "source": _title(_text(row["source"]), language),
            "why": _text(row["why"]),
            "draft": str(row["draft"]) in ("1", "1.0", "True"),
        }
        for row in rows
    ]
