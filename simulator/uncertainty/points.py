"""Points that were worked out and kept: the draws of a run, or the rows of a sweep."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from simulator.errors import InputError
from simulator.facts.spelling import allowed, did_you_mean
from simulator.results.read import kept_run

FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Points:
    """Kept points.

    Attributes:
        values: What was varied, by key: numbers, or words where it is no number; each of shape (point,).
        figure: Name of the figure.
        figures: The figure [kr], shape (point,); minus is a loss.
    """

    values: Mapping[str, FloatArray | npt.NDArray[np.str_]]
    figure: str
    figures: FloatArray

    @property
    def count(self) -> int:
        """Number of points."""
        return len(self.figures)

    @property
    def rarer(self) -> str:
        """The rarer sign of the figure, in words."""
        return "a loss" if (self.figures < 0).sum() * 2 <= self.count else "a gain, or nothing lost"

    def beyond(self, kr: float | None) -> BoolArray:
        """Return which points are of interest: below an amount [kr], or of the rarer sign where none is given."""
        if kr is not None:
            return self.figures < kr
        loss = self.figures < 0
        return loss if loss.sum() * 2 <= self.count else ~loss


def points_in(folder: Path, figure: str) -> Points:
    """Return the points of a run with draws.

    Args:
        folder: Folder of the run.
        figure: Name of the figure [kr].

    Raises:
        InputError: The folder holds no points, or not this figure.
    """
    table = kept_run(folder).table("draws")
    if table.empty:
        message = "holds no draws: nothing in its scenario is uncertain; give a run with draws, or a sweep"
        raise InputError.one(message, str(folder))
    wide = {
        role: part.pivot_table(index="draw", columns="key", values="number") for role, part in table.groupby("role")
    }
    return points_of(wide["value"], wide["figure"], figure, folder)


def points_of(varied: pd.DataFrame, figures: pd.DataFrame, figure: str, folder: Path) -> Points:
    """Return points from their columns.

    Args:
        varied: What was varied, a column each.
        figures: Figures, a column each.
        figure: Name of the figure.
        folder: Where they were kept, for the message.

    Raises:
        InputError: There is no such figure, or nothing varies.
    """
    if figure not in figures.columns:
        names = [str(name) for name in figures.columns]
        message = f"holds no figure `{figure}`; {allowed(names)}{did_you_mean(figure, names)}"
        raise InputError.one(message, str(folder), "--figure")
    values = {str(key): _column(varied[key]) for key in varied.columns if (varied[key] != varied[key].iloc[0]).any()}
    if not values:
        raise InputError.one("holds points of one kind alone: nothing varies in them", str(folder))
    return Points(values, figure, figures[figure].to_numpy(dtype=np.float64))


def _column(column: pd.Series) -> FloatArray | npt.NDArray[np.str_]:
    numbers = pd.to_numeric(column, errors="coerce")
    if numbers.isna().any():
        return column.astype(str).to_numpy(dtype=np.str_)
    return numbers.to_numpy(dtype=np.float64)
