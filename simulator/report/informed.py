"""What is not known and what a trial would tell: the tables of a run that documents and figures read, checked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from math import isfinite
from textwrap import shorten
from typing import Any

from simulator.errors import InputError
from simulator.report.blocks import foreign, plain
from simulator.report.language import Words
from simulator.report.reading import Row, Run, quantity
from simulator.results.dictionary import INFORMATION, columns_of, kind_of

NEEDED = {
    "voi": ("prior", "measure", "a_year_mio_kr"),
    "trial_sizes": ("prior", "persons_per_arm", "net_gain_mio_kr"),
    "trial_worth": ("prior", "best_persons_per_arm", "net_gain_mio_kr"),
    "trial_design": ("quantity",),
    "trial_power": ("outcome", "persons_per_arm"),
    "trial_checks": ("check", "share"),
}
"""Cells that are filled in every row but for those of `VOI_SHARES`."""
VOI_SHARES = "best_share"
DAYS = ("day", "answer_day")
AIM = ("trial.power", 0.8)
"""Power that a trial is to have: the assumption, and what is usual where the run has none."""
BASELINE = "baseline"
"""Name of the option that is the rules as they are."""
SEPARATED = re.compile(r"[;,\s]+")
LONGEST = 36
"""Characters of a name in a figure."""


def has_any(run: Run) -> bool:
    """Return whether a run says what is not known, or what a trial would tell."""
    return any(run.table(name) for name in INFORMATION)


def checked(run: Run, name: str) -> tuple[Row, ...]:
    """Return the rows of a table, having checked that they can be read.

    Raises:
        InputError: A column is not there, a cell that is needed is empty, or one holds no number or no day where it
            should.
    """
    rows, file = run.table(name), str(run.folder / "tables" / f"{name}.csv")
    columns = columns_of(name)
    for line, row in enumerate(rows, 2):
        missing = [column for column in columns if row.get(column) is None]
        if missing:
            message = f"no column {', '.join(missing)}; run the scenario again"
            raise InputError.one(message, where=f"{file}:{line}")
        for column in columns:
            wrong = _wrong(name, row, column)
            if wrong:
                raise InputError.one(f"{wrong}; run the scenario again", where=f"{file}:{line}", path=column)
    return rows


def _wrong(name: str, row: Row, column: str) -> str:
    """Return what is wrong with a cell; empty where nothing is."""
    text = row[column]
    if not text:
        asked = "share" if row.get("measure") == VOI_SHARES and column == "a_year_mio_kr" else column
        return "is empty" if column in NEEDED[name] and not row[asked] else ""
    if column in DAYS:
        return "" if _is_day(text) else f"{text!r} is no day, such as 2021-12-19"
    return f"{text!r} is not a number" if kind_of(name, column) != "text" and not _is_number(text) else ""


def _is_number(text: str) -> bool:
    try:
        return isfinite(float(text))
    except ValueError:
        return False


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def number_in(row: Row | None, column: str) -> float | None:
    """Return the number of a cell; None where there is no row, or the cell is empty."""
    return quantity(row, column) if row is not None and row.get(column) else None


def day_in(row: Row | None, column: str) -> date | None:
    """Return the day of a cell; None where there is no row, or the cell is empty."""
    return date.fromisoformat(row[column]) if row is not None and row.get(column) else None


def priors_of(run: Run, *tables: str) -> list[str]:
    """Return the priors that stand in some tables, in the order in which they come."""
    return list(dict.fromkeys(row["prior"] for name in tables for row in checked(run, name)))


def aim_of(run: Run) -> float:
    """Return the power that a trial is to have: the run's own, or what is usual."""
    key, usual = AIM
    row = next((row for row in run.table("assumptions") if row["key"] == key and row["value"]), None)
    return usual if row is None else quantity(row, "value")


def named(words: Words, kind: str, key: str) -> str:
    """Return what a prior, an option, an outcome or such is called, as marked text; an unknown one as it was given."""
    known = words.find(f"names.{kind}")
    told = known.get(key.replace("_", "-").lower()) if isinstance(known, dict) else None
    return str(told) if told is not None else foreign(key.replace("_", " ").replace("-", " "))


def fails_in(row: Row) -> bool:
    """Return whether something that the formula of the power assumes does not hold in a row."""
    return row["holds"].strip().lower() in ("false", "0")


def stated(run: Run, section: str) -> Mapping[str, Any]:
    """Return what the scenario of a run says of its decision or its trial; nothing where it says nothing."""
    found = run.scenario.get(section)
    return found if isinstance(found, Mapping) else {}


def titled(words: Words, run: Run, kind: str, key: str) -> str:
    """Return the title that the scenario gives an option, as marked text; else what an option or a prior is called.

    Args:
        words: The language.
        run: The run.
        kind: `options` or `priors`.
        key: The name.
    """
    titles = _titles(stated(run, "decision"), kind, key)
    title = next((str(titles[name]) for name in words.tree["titles"] if titles.get(name)), "")
    known = (words.find(f"names.{kind}") or {}).get(key)
    return foreign(title) if title and (kind == "options" or not known) else named(words, kind, key)


def _titles(decision: Mapping[str, Any], kind: str, key: str) -> Mapping[str, Any]:
    if (kind, key) == ("options", BASELINE):
        return {name: decision.get(f"{BASELINE}_{name}") for name in ("title", "title_da", "title_en")}
    listed = decision.get(kind)
    ones = [one for one in listed if isinstance(one, Mapping)] if isinstance(listed, list) else []
    return next((one for one in ones if one.get("name") == key), {})


def reasons_of(words: Words, rows: Iterable[Row]) -> str:
    """Return why the formula of the power does not hold in some rows, as a list; empty where they do not say."""
    known = words.find("names.why_not")
    told: dict[str, None] = {}
    for row in rows:
        parts = [part for part in SEPARATED.split(row["why_not"]) if part]
        if not all(part.replace("_", "-").lower() in known for part in parts):
            parts = [part.strip() for part in row["why_not"].split(";") if part.strip()]
        told |= dict.fromkeys(named(words, "why_not", part) for part in parts)
    return "; ".join(told)


def drawn_name(words: Words, run: Run, kind: str, key: str) -> str:
    """Return the same for a figure: without marks, and not longer than there is room for."""
    text = plain(titled(words, run, kind, key))
    short = shorten(text, LONGEST, placeholder="…")
    return short if len(short) > 1 else f"{text[: LONGEST - 1]}…" if text else "–"
