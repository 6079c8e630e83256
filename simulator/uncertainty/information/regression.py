"""Regression: what information is worth, estimated from the values of options at draws of what is uncertain.

Whoever decides takes the option of the best mean. Knowing everything, one takes the best option of each draw; what that
gains on the mean is the expected value of perfect information (EVPI). Knowing some assumptions, one takes the option
that is best for their values: the mean of each option given these is found by regression (EVPPI). Knowing what a sample
shows, one takes the option that is best given that: a result of the sample is drawn beside every draw, and the values
are regressed on it (EVSI), over several results of each, whose worth is averaged.

**Bounds.** All of it holds by construction: nothing is worth less than 0, no part more than everything (EVPPI <= EVPI),
no sample more than what it is a sample of (EVSI <= EVPPI), no larger sample less than a smaller one, and all
assumptions together exactly as much as everything. Chance of the draws would break each now and then; an estimate
that does is put on its bound.

**Errors.** Standard errors are those of the jackknife: each estimate is made again without one block of draws, the
regression included. Blocks are the independent parts of a table, and 32 stretches of it where every draw is alone; of
draws in one part nothing tells the error, and there is none.

    >>> import numpy as np
    >>> net = np.array([[0.0, -3.0], [0.0, 1.0], [0.0, -1.0], [0.0, 5.0]])  # what two options are worth in four draws
    >>> everything(Sampled(net, blocks=2)).value  # the second has the better mean, by 0.5; it is wrong in two draws
    1.0
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property, reduce
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from simulator.uncertainty.information.splines import columns_of

FloatArray = npt.NDArray[np.float64]
BLOCKS = 32
"""Blocks into which independent draws are cut."""
SMALLEST = 1e-12
"""Part of the largest size of a regression below which a direction of its columns says nothing."""


@dataclass(frozen=True)
class Worth:
    """What information is worth, in the unit of the values.

    Attributes:
        value: The estimate, within its bounds.
        std_error: Its standard error; None where nothing tells it.
        parts: The estimate without each block, for errors of what is made of several; empty where there is none.
    """

    value: float
    std_error: float | None
    parts: FloatArray = field(default_factory=lambda: np.empty(0), repr=False, compare=False)

    def within(self, most: float) -> Worth:
        """Return it held between nothing and a bound."""
        return Worth(min(max(self.value, 0.0), max(most, 0.0)), self.std_error, self.parts)


@dataclass(frozen=True, eq=False)
class Sampled:
    """Values of options at draws.

    Attributes:
        net: What each option is worth at each draw, shape (draw, option).
        blocks: How many blocks of equal or nearly equal length the draws are cut into; 1 where nothing tells an error.
    """

    net: FloatArray
    blocks: int = BLOCKS

    @cached_property
    def apart(self) -> FloatArray:
        """Values less those of the first option, which is how the options compare; shape (draw, option)."""
        return self.net - self.net[:, :1]

    @cached_property
    def edges(self) -> list[tuple[int, int]]:
        """First draw and end of each block."""
        ends = np.linspace(0, len(self.net), self.blocks + 1).astype(int).tolist()
        return list(pairwise(ends))


def sampled(net: FloatArray, parts: Sequence[int]) -> Sampled:
    """Return values of options at draws, with the blocks that the parts of the table make.

    Args:
        net: Shape (draw, option).
        parts: How many draws each independent part has, as `DrawTable` says.

    Raises:
        ValueError: The parts are not those of the values.
    """
    if net.ndim != 2 or sum(parts) != len(net) or not len(net):
        raise ValueError(f"{net.shape} values have not {sum(parts)} draws by option")
    alone = max(parts) == 1
    return Sampled(net, min(BLOCKS, len(net)) if alone else len(parts))


def everything(drawn: Sampled) -> Worth:
    """Return what it is worth to know everything (EVPI)."""
    return _gain(drawn, drawn.apart).within(np.inf)


def some(drawn: Sampled, known: FloatArray, most: float) -> Worth:
    """Return what it is worth to know some assumptions (EVPPI).

    Args:
        drawn: Values of the options at draws.
        known: Values of the assumptions at the draws, shape (draw, key).
        most: What it is worth to know everything.

    Raises:
        InputError: The draws are too few.
    """
    return _regressed(drawn, columns_of(known)).within(most)


def sample(drawn: Sampled, shown: FloatArray, most: float) -> Worth:
    """Return what it is worth to see a sample before the choice (EVSI).

    Args:
        drawn: Values of the options at draws.
        shown: Results of the sample, some for each draw, shape (draw, result).
        most: What it is worth to know what the sample is one of.

    Raises:
        InputError: The draws are too few.
    """
    each = [_regressed(drawn, columns_of(shown[:, at : at + 1])) for at in range(shown.shape[1])]
    value = math.fsum(one.value for one in each) / len(each)
    parts: FloatArray = np.stack([one.parts for one in each]).sum(axis=0) / len(each)
    return Worth(value, _error(parts), parts).within(most)


def rising(values: Sequence[float]) -> list[float]:
    """Return the numbers nearest to some that never fall: what a larger sample shows, it shows at least as well.

    >>> rising([1.0, 3.0, 2.0, 4.0])
    [1.0, 2.5, 2.5, 4.0]
    """
    pools: list[tuple[float, int]] = []
    for value in values:
        pools.append((value, 1))
        while len(pools) > 1 and pools[-2][0] > pools[-1][0]:
            (one, many), (other, more) = pools.pop(), pools.pop()
            pools.append(((one * many + other * more) / (many + more), many + more))
    return [value for value, count in pools for _ in range(count)]


def expected(drawn: Sampled) -> list[Worth]:
    """Return what each option is worth in the mean."""
    return [_mean(drawn, drawn.net[:, at]) for at in range(drawn.net.shape[1])]


def best(drawn: Sampled) -> int:
    """Return the option of the best mean; the first of several that are equal."""
    return int(np.argmax(drawn.apart.mean(axis=0)))


def best_shares(drawn: Sampled) -> list[Worth]:
    """Return how often each option is the best [0-1]; where several are equal the first of them is."""
    first = np.argmax(drawn.apart, axis=1)
    return [_mean(drawn, (first == at).astype(np.float64)) for at in range(drawn.net.shape[1])]


def _mean(drawn: Sampled, values: FloatArray) -> Worth:
    whole, count = float(values.sum()), len(values)
    parts = [(whole - float(values[start:end].sum())) / (count - end + start) for start, end in _left_out(drawn)]
    return Worth(whole / count, _error(np.array(parts)), np.array(parts))


def _gain(drawn: Sampled, told: FloatArray) -> Worth:
    """Return what is gained by the best option of each draw, by what is told of it, over that of the best mean."""
    highest, count = _highest(told.T), len(told)
    parts = []
    for start, end in _left_out(drawn):
        left = count - end + start
        means = (told.sum(axis=0) - told[start:end].sum(axis=0)) / left
        parts.append(float((highest.sum() - highest[start:end].sum()) / left - means.max()))
    return Worth(_over_best(told, highest), _error(np.array(parts)), np.array(parts))


def _over_best(told: FloatArray, highest: FloatArray) -> float:
    """Return what the highest of each draw is above the option of the best mean: exactly 0 where they are the same."""
    return float((highest - told[:, int(np.argmax(told.mean(axis=0)))]).mean())


def _regressed(drawn: Sampled, columns: FloatArray) -> Worth:
    """Return the gain of what a regression tells of the options, with its error from regressions without each block."""
    apart = drawn.apart
    gram, moments = columns.T @ columns, columns.T @ apart
    told = columns @ _solved(gram, moments)
    value = _over_best(told, _highest(told.T))
    edges = _left_out(drawn)
    if not edges:
        return Worth(value, None)
    # Each of shape (option, column, block): one product for each option gives its fits without every block.
    without = np.stack([_without(gram, moments, columns[start:end], apart[start:end]).T for start, end in edges], 2)
    fits = [columns @ each for each in without]
    highest = _highest(fits)
    sums, top = np.stack([fit.sum(axis=0) for fit in fits]), highest.sum(axis=0)
    parts = []
    for at, (start, end) in enumerate(edges):
        left = len(apart) - end + start
        means = [total - fit[start:end, at].sum() for total, fit in zip(sums[:, at], fits, strict=True)]
        parts.append(float(top[at] - highest[start:end, at].sum() - max(means)) / left)
    return Worth(value, _error(np.array(parts)), np.array(parts))


def _highest(options: Iterable[FloatArray]) -> FloatArray:
    """Return the highest of some arrays, place by place."""
    return reduce(np.maximum, options)


def _without(gram: FloatArray, moments: FloatArray, columns: FloatArray, apart: FloatArray) -> FloatArray:
    """Return the coefficients of a regression without some of its draws."""
    return _solved(gram - columns.T @ columns, moments - columns.T @ apart)


def _solved(gram: FloatArray, moments: FloatArray) -> FloatArray:
    """Return the coefficients of a regression; columns that say the same share what they say."""
    found: FloatArray = np.asarray(np.linalg.lstsq(gram, moments, rcond=SMALLEST)[0], dtype=np.float64)
    return found


def _left_out(drawn: Sampled) -> list[tuple[int, int]]:
    return drawn.edges if drawn.blocks > 1 else []


def _error(parts: FloatArray) -> float | None:
    """Return the standard error of the jackknife from the estimates without each block."""
    count = len(parts)
    if count < 2:
        return None
    return math.sqrt((count - 1) / count * float(((parts - parts.mean()) ** 2).sum()))
