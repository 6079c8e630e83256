"""The data dictionary: which columns each table has, in which order, and what they mean; and the keys of records."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pandas as pd
import yaml

FILE = Path(__file__).with_name("dictionary.yaml")
ON_REQUEST = ("events",)
"""Tables that a run writes only when asked to."""
DRIVEN = ("drivers", "turns", "two_way", "rivals")
"""Tables of what drives a run: worked out after it, for the documents."""
INFORMATION = ("voi", "trial_sizes", "trial_worth", "trial_design", "trial_power", "trial_checks")
"""Tables of what is not known and of the trial that would tell: of a scenario with a section for them alone."""
NEWER = ("months_by_place",)
"""Tables that every run writes and that runs of older versions lack."""
OPTIONAL = (*ON_REQUEST, *DRIVEN, *INFORMATION)
"""Tables that not every run has."""
OF_A_CASE = ("issued", "journal", "predictions", "scores")
"""Tables of a case; no run has them."""
RECORDS = ("headline.json", "manifest.json")
"""Files of a run that are no tables."""


Said = dict[str, dict[str, str]]
"""What is said of each column or key: meaning, unit, sign, kind."""


@cache
def dictionary() -> dict[str, Said]:
    """Return table -> column -> {meaning, unit, sign, kind}, tables of a case too. Not to be changed by the caller."""
    return {name: said for name, said in _content().items() if name not in RECORDS}


def records() -> dict[str, Said]:
    """Return file -> dotted key -> {meaning, unit, sign, kind}; `*` stands for names that a run itself gives."""
    return {name: _content()[name] for name in RECORDS}


@cache
def _content() -> dict[str, Said]:
    content: dict[str, Said] = yaml.load(
        FILE.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    )
    return content


def table_names() -> tuple[str, ...]:
    """Return the tables that every run writes."""
    return tuple(name for name in dictionary() if name not in (*OPTIONAL, *OF_A_CASE))


def columns_of(name: str) -> list[str]:
    """Return the columns of a table, in order."""
    return list(dictionary()[name])


def kind_of(table: str, column: str) -> str:
    """Return whether a column holds text, integers or numbers."""
    return dictionary()[table][column]["kind"]


def ordered(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Return a table with its columns in the order of the dictionary; they must be the same ones."""
    columns = columns_of(name)
    assert set(frame.columns) == set(columns), f"{name}: {sorted(set(frame.columns) ^ set(columns))}"
    return frame[columns]


def empty(name: str) -> pd.DataFrame:
    """Return a table without rows, each column of its kind."""
    kinds = {"text": "object", "integer": "int64", "number": "float64"}
    columns = dictionary()[name].items()
    return pd.DataFrame({column: pd.Series(dtype=kinds[said["kind"]]) for column, said in columns})
