"""What the closed forms foretell is what the analyses find, where the formulas' assumptions hold.

600 synthetic trials each with a power of 0.8: limits of 3.3 standard errors of 0.0163, so another seed would fail once
in a thousand per check. The trials are drawn outcome by outcome; no formula of power enters them.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pytest

from simulator.uncertainty.trials import sizes
from simulator.uncertainty.trials.compared import Compared, difference
from simulator.uncertainty.trials.encouraged import chosen_effect
from simulator.uncertainty.trials.few import detectable_of_few
from simulator.uncertainty.trials.hazard_ratio import log_hazard_ratio
from simulator.uncertainty.trials.steps import wedge_variance_unequal
from simulator.uncertainty.trials.waves import step_effect

TRIALS = 600
POWER = 0.8
WITHIN = 3.3 * (POWER * (1 - POWER) / TRIALS) ** 0.5


def found_by(trial: Callable[[np.random.Generator], Compared], seed: int) -> float:
    """Return the share of trials that find an effect."""
    chance = np.random.default_rng(seed)
    return float(np.mean([trial(chance).p < 0.05 for _ in range(TRIALS)]))


def arms(persons: float) -> npt.NDArray[np.bool_]:
    """Return two arms, each with so many persons."""
    return np.arange(2 * round(persons)) % 2 == 1


def test_two_shares() -> None:
    treated = arms(sizes.n_two_proportions(0.5, 0.4, POWER))
    share = np.where(treated, 0.4, 0.5)
    power = found_by(lambda chance: difference(chance.random(len(share)) < share, treated), seed=1)
    assert power == pytest.approx(POWER, abs=WITHIN)


def test_two_means() -> None:
    treated = arms(sizes.n_two_means(3.0, 12.0, POWER))
    power = found_by(lambda chance: difference(chance.gamma(1.0, 12.0, len(treated)) + 3 * treated, treated), seed=2)
    assert power == pytest.approx(POWER, abs=WITHIN)


def test_hazards() -> None:
    """Schoenfeld's events, in expectation: all who have not left by day 120 are last seen then."""
    left = (1 - np.exp(-120 / 60) + 1 - np.exp(-120 / 60 * 0.75)) / 2
    treated = arms(sizes.schoenfeld_events(0.75, POWER) / left / 2)

    def trial(chance: np.random.Generator) -> Compared:
        days = np.floor(chance.exponential(60 / np.where(treated, 0.75, 1.0))).astype(np.int64)
        return log_hazard_ratio(np.minimum(days, 120), days < 120, treated)

    assert found_by(trial, seed=3) == pytest.approx(POWER, abs=WITHIN)


@pytest.mark.parametrize("mix", [(20,), (8, 32)], ids=["equal clusters", "unequal clusters"])
def test_whole_clusters(mix: tuple[int, ...]) -> None:
    """100 clusters of 20 on average and a likeness of 0.05, persons as many as the design effect asks for."""
    cluster = np.repeat(np.arange(100), np.resize(mix, 100))
    effect = sizes.design_effect(20, float(np.std(mix) / np.mean(mix)), 0.05)
    apart = sizes.detectable((4 * effect / len(cluster)) ** 0.5, POWER)

    def trial(chance: np.random.Generator) -> Compared:
        treated = (chance.permutation(100) < 50)[cluster]
        own = 0.05**0.5 * chance.normal(size=100)[cluster]
        return difference(own + 0.95**0.5 * chance.normal(size=len(cluster)) + apart * treated, treated, cluster)

    assert found_by(trial, seed=4) == pytest.approx(POWER, abs=WITHIN)


def test_stepped_wedge() -> None:
    """24 unequal clusters in five periods, their own levels taken out whole; 13 degrees of freedom."""
    sizes_of = np.resize([10, 20, 60], 24)
    cluster = np.repeat(np.repeat(np.arange(24), 5), np.repeat(sizes_of, 5))
    period = np.concatenate([np.repeat(np.arange(5), size) for size in sizes_of])
    plan = np.arange(5) >= 1 + np.arange(24)[:, None] % 4
    treated = plan[cluster, period]
    error = wedge_variance_unequal(plan, np.repeat(sizes_of[:, None], 5, axis=1), 4.0) ** 0.5
    freedom = step_effect(np.arange(len(cluster)), treated, cluster, period).freedom
    apart = detectable_of_few(error, freedom, POWER)

    def trial(chance: np.random.Generator) -> Compared:
        own = chance.normal(size=24)[cluster] + 0.5 * period
        return step_effect(own + 2 * chance.normal(size=len(cluster)) + apart * treated, treated, cluster, period)

    assert found_by(trial, seed=5) == pytest.approx(POWER, abs=WITHIN)


def test_encouragement_asks_for_persons_by_the_square_of_who_follows() -> None:
    """Half follow, so the encouraged differ by half of the effect and four times the persons are needed."""
    treated = arms(4 * sizes.n_two_means(1.0, 3.0, POWER))
    follows = np.arange(len(treated)) % 4 < 2

    def trial(chance: np.random.Generator) -> Compared:
        took = treated & follows
        return chosen_effect(3 * chance.normal(size=len(treated)) + took, treated, took).effect

    assert found_by(trial, seed=6) == pytest.approx(POWER, abs=WITHIN)
