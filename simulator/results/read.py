"""Reads a kept run: its record, its headline and its tables."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from simulator.errors import InputError
from simulator.results.dictionary import columns_of, kind_of
from simulator.results.folder import MANIFEST

LATER = {
    "assumptions": frozenset(
        (
            *("set_as", "distribution", "distribution_source"),
            *("owner", "grade", "grade_given", "expiry", "signed_off_by", "signed_off_on", "signed_value", "note"),
        )
    )
}
"""Columns that a run of an older version lacks; they are read as empty."""


@dataclass(frozen=True)
class KeptRun:
    """A run in its folder, read when asked.

    Attributes:
        folder: The folder.
    """

    folder: Path

    @cached_property
    def record(self) -> dict[str, Any]:
        """The content of `manifest.json`."""
        return self._json(MANIFEST)

    @cached_property
    def headline(self) -> dict[str, Any]:
        """The content of `headline.json`."""
        return self._json("headline.json")

    @property
    def name(self) -> str:
        """Scenario and run id."""
        return f"{self.record.get('scenario', '?')} {self.record.get('run_id', '?')}"

    def table(self, name: str) -> pd.DataFrame:
        """Return a table.

        Raises:
            InputError: It is not there, or its columns are not those of the dictionary.
        """
        path = self.folder / "tables" / f"{name}.csv"
        try:
            texts = pd.read_csv(path, dtype=str, keep_default_na=False)
            texts = texts.assign(**dict.fromkeys(LATER.get(name, frozenset()) - set(texts.columns), ""))
            if set(texts.columns) != set(columns_of(name)):
                raise InputError.one(f"has other columns than {', '.join(columns_of(name))}", str(path))
            texts = texts[columns_of(name)]
            return pd.DataFrame({column: _read(texts[column], kind_of(name, column)) for column in texts.columns})
        except (OSError, ValueError) as wrong:
            raise InputError.one(f"cannot be read: {wrong}", str(path)) from wrong

    def _json(self, name: str) -> dict[str, Any]:
        path = self.folder / name
        try:
            content = json.loads(path.read_text(encoding="utf-8"))
        except FileNotFoundError as wrong:
            raise InputError.one(f"holds no {name}; give the folder of a finished run", str(self.folder)) from wrong
        except (OSError, ValueError) as wrong:
            raise InputError.one(f"cannot be read: {wrong}", str(path)) from wrong
        if not isinstance(content, dict):
            raise InputError.one("must hold a mapping; run the scenario again", str(path))
        return content


def _read(texts: pd.Series, kind: str) -> pd.Series:
    """Return a column in its kind; Python's own reading of decimals gives back the number that was written."""
    if kind == "integer":
        return pd.Series([int(text or 0) for text in texts], dtype="int64")
    if kind == "number":
        return pd.Series([float(text) if text else math.nan for text in texts], dtype="float64")
    return texts


def kept_run(folder: Path) -> KeptRun:
    """Return the run in a folder.

    Raises:
        InputError: There is no such folder, or it holds no finished run.
    """
    if not folder.is_dir():
        what = "is a file" if folder.exists() else "there is no such folder"
        raise InputError.one(f"{what}; give the folder of a finished run, such as outputs/NAME/ID", str(folder))
    run = KeptRun(folder)
    for name, content in ((MANIFEST, run.record), ("headline.json", run.headline)):
        if "scenario" not in content:
            raise InputError.one("does not name its scenario; run the scenario again", str(folder / name))
    return run
