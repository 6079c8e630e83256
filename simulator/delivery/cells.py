"""Tables of whole numbers with named axes, of which most cells are empty."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

IntArray = npt.NDArray[np.int64]
BLOCK = 1 << 18
"""Cells that are summed at a time, so that a large table takes little room besides its own."""


@dataclass(frozen=True)
class Cells:
    """A sparse table of counts.

    Attributes:
        axes: Name of each axis.
        shape: Length of each axis.
        code: Flat index of the cells that are not 0, ascending.
        total: Whole number in each, summed over replications.
        replications: How many replications were summed; every number given out is the mean over them.
    """

    axes: tuple[str, ...]
    shape: tuple[int, ...]
    code: IntArray
    total: IntArray
    replications: int = 1

    @property
    def count(self) -> npt.NDArray[np.float64]:
        """Mean of each cell over the replications."""
        return self.total / self.replications

    @classmethod
    def of(cls, axes: tuple[str, ...], shape: tuple[int, ...], index: tuple[IntArray, ...]) -> Cells:
        """Count how often each combination of indices occurs."""
        code, count = np.unique(np.ravel_multi_index(index, shape), return_counts=True)
        return cls(axes, shape, code.astype(np.int64), count.astype(np.int64))

    def plus(self, other: Cells) -> Cells:
        """Return the sum of two tables of the same axes, as of more replications."""
        code, position = np.unique(np.concatenate([self.code, other.code]), return_inverse=True)
        total = np.zeros(len(code), dtype=np.int64)
        np.add.at(total, position, np.concatenate([self.total, other.total]))
        return Cells(self.axes, self.shape, code, total, self.replications + other.replications)

    def only(self, axis: str, wanted: npt.NDArray[np.bool_]) -> Cells:
        """Return the cells whose index on an axis is wanted, shape (length of the axis,)."""
        kept = wanted[self.column(axis)]
        return Cells(self.axes, self.shape, self.code[kept], self.total[kept], self.replications)

    def column(self, axis: str) -> IntArray:
        """Return the index on an axis of each cell, shape (cell,)."""
        return self._index(self.code, axis)

    def _index(self, code: IntArray, axis: str) -> IntArray:
        at = self.axes.index(axis)
        return code // math.prod(self.shape[at + 1 :]) % self.shape[at]

    def sums(self, *axes: str) -> IntArray:
        """Return the whole numbers summed to some axes, in their order."""
        shape = tuple(self.shape[self.axes.index(axis)] for axis in axes)
        total = np.zeros(math.prod(shape), dtype=np.int64)
        for first in range(0, len(self.code), BLOCK):
            code = self.code[first : first + BLOCK]
            flat = np.zeros_like(code)
            for axis, length in zip(axes, shape, strict=True):
                flat *= length
                flat += self._index(code, axis)
            np.add.at(total, flat, self.total[first : first + BLOCK])
        return total.reshape(shape)

    def dense(self, *axes: str) -> npt.NDArray[np.float64]:
        """Return the mean counts summed to some axes, in their order."""
        means: npt.NDArray[np.float64] = self.sums(*axes) / self.replications
        return means
