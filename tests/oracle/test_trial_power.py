"""Sizes and powers of trials beside published figures and figures worked out by hand."""

from __future__ import annotations

from math import log

import pytest
from scipy import stats

from simulator.uncertainty import design_effect, n_two_proportions, schoenfeld_events
from simulator.uncertainty.trials.few import detectable_of_few, power_of_few
from simulator.uncertainty.trials.sizes import (
    detectable,
    detectable_proportion,
    n_two_means,
    power_schoenfeld,
    power_two_means,
    power_two_proportions,
)
from simulator.uncertainty.trials.steps import wedge_variance, wedge_variance_unequal

Z_975, Z_80, Z_90 = 1.959964, 0.841621, 1.281552
"""Quantiles of the normal distribution, as any table prints them."""


def test_the_example_of_power_prop_test() -> None:
    """The two figures of R's own example, with more digits than its help page prints."""
    assert power_two_proportions(50, 0.50, 0.75) == pytest.approx(0.740166, abs=5e-7)
    assert n_two_proportions(0.50, 0.75, power=0.90) == pytest.approx(76.70693, abs=5e-6)


@pytest.mark.parametrize(
    ("p1", "p2", "persons"),
    [
        (0.50, 0.49, 39_239),
        (0.50, 0.48, 9_806),
        (0.50, 0.495, 156_972),
        (0.60, 0.59, 37_826),
        (0.30, 0.29, 32_646),
    ],
)
def test_persons_per_arm_for_a_point_or_two(p1: float, p2: float, persons: int) -> None:
    """To the nearest person: 39,239.3 of them find the first difference, so 39,240 whole ones are enough."""
    assert round(n_two_proportions(p1, p2, power=0.8)) == persons


def test_two_proportions_by_hand() -> None:
    """0.2 against 0.4: mean 0.3, 2 x 0.3 x 0.7 = 0.42 pooled and 0.16 + 0.24 = 0.40 apart."""
    by_hand = (Z_975 * 0.42**0.5 + Z_80 * 0.40**0.5) ** 2 / 0.2**2
    assert by_hand == pytest.approx(81.2, abs=0.05)
    assert n_two_proportions(0.2, 0.4) == pytest.approx(by_hand, rel=1e-5)


def test_events_of_schoenfeld_by_hand() -> None:
    assert schoenfeld_events(0.95) == pytest.approx(11_933, abs=0.5)
    assert schoenfeld_events(0.95) == pytest.approx(4 * (Z_975 + Z_80) ** 2 / log(0.95) ** 2, rel=1e-5)
    # ln 1.5 = 0.405465: 4 x 3.241516^2 / 0.405465^2 = 4 x 10.507426 / 0.164402 = 255.65
    assert schoenfeld_events(1.5, power=0.90) == pytest.approx(255.65, abs=0.01)
    assert schoenfeld_events(1.5, power=0.90) == pytest.approx(4 * (Z_975 + Z_90) ** 2 / 0.405465**2, rel=1e-5)
    # One in four treated: 1 / (0.25 x 0.75) = 16 / 3 in place of 4.
    assert schoenfeld_events(1.5, 0.90, 0.05, 0.25) == pytest.approx(255.652 * 4 / 3, rel=1e-5)
    assert power_schoenfeld(255.652, 1.5) == pytest.approx(0.90, abs=1e-6)


def test_design_effect_by_hand() -> None:
    """49 others x 0.02 = 0.98; sizes that vary by half of their mean count as 1.25 times as large: 61.5 x 0.02."""
    assert design_effect(50, 0, 0.02) == pytest.approx(1.98)
    assert design_effect(50, 0.5, 0.02) == pytest.approx(2.23)


def test_means_by_hand() -> None:
    """A week where persons differ by 20: 2 x (2.801585 x 20)^2 = 6,279.1; with two for one, 1.5 in place of 2."""
    assert n_two_means(1.0, 20.0) == pytest.approx(6_279.1, abs=0.05)
    assert n_two_means(1.0, 20.0, ratio=2.0) == pytest.approx(6_279.1 * 0.75, abs=0.05)
    assert power_two_means(6_279.1, 1.0, 20.0) == pytest.approx(0.8, abs=1e-5)
    assert power_two_means(6_279.1 * 0.75, 1.0, 20.0, ratio=2.0) == pytest.approx(0.8, abs=1e-5)
    assert detectable(0.5) == pytest.approx((Z_975 + Z_80) / 2, abs=1e-6)


def test_a_detectable_share_is_the_one_that_the_size_was_for() -> None:
    n = n_two_proportions(0.50, 0.49)
    assert detectable_proportion(n, 0.50, above=False) == pytest.approx(0.49, abs=1e-9)
    assert detectable_proportion(n, 0.50) == pytest.approx(0.51, abs=1e-9)


def test_a_stepped_wedge_by_hand() -> None:
    """Three clusters step over one after another in four periods.

    I = 3, T = 4, U = 3 + 2 + 1 = 6, W = 0 + 1 + 4 + 9 = 14, V = 9 + 4 + 1 = 14. With variances of 1 in a cell and 0.5
    between clusters: 3 x 1 x (1 + 2) = 9 over (18 - 14) x 1 + (36 + 72 - 56 - 42) x 0.5 = 4 + 5 = 9.
    """
    plan = [[0, 1, 1, 1], [0, 0, 1, 1], [0, 0, 0, 1]]
    assert wedge_variance(plan, 1.0, 0.5) == pytest.approx(1.0)
    # Without any variance between clusters 3 x 1 x 1 over 4, and with a very large one 3 x 4 over 10.
    assert wedge_variance(plan, 1.0, 0.0) == pytest.approx(0.75)
    assert wedge_variance(plan, 1.0, 1e9) == pytest.approx(1.2)


def test_cells_as_large_in_the_general_form_give_the_published_one() -> None:
    plan = [[0, 1, 1, 1, 1], [0, 1, 1, 1, 1], [0, 0, 1, 1, 1], [0, 0, 0, 0, 1], [0, 0, 0, 0, 0]]
    persons = [[40] * 5] * 5
    for between in (0.0, 0.01, 0.3, 5.0):
        published = wedge_variance(plan, 9.0 / 40, between)
        assert wedge_variance_unequal(plan, persons, 9.0, between) == pytest.approx(published)
        # What a cluster has in a period alone is the same in all of a cell's persons.
        published = wedge_variance(plan, 9.0 / 40 + 0.2, between)
        assert wedge_variance_unequal(plan, persons, 9.0, between, 0.2) == pytest.approx(published)
    assert wedge_variance_unequal(plan, persons, 9.0) == pytest.approx(wedge_variance(plan, 9.0 / 40, 1e9))


def test_the_example_of_power_t_test() -> None:
    """R's own: 20 a group and a difference of one deviation, and the 22.02110 that it asks for at 90 per cent."""
    assert power_of_few(1.0, (2 / 20) ** 0.5, 38) == pytest.approx(0.8689528, abs=5e-8)
    assert power_of_few(1.0, (2 / 22.02110) ** 0.5, 2 * 22.02110 - 2) == pytest.approx(0.90, abs=5e-7)


@pytest.mark.parametrize("freedom", [0.7, 1, 2, 4.4, 8, 50, 1e5])
def test_power_of_few_as_the_noncentral_t(freedom: float) -> None:
    edge = stats.t.ppf(0.975, freedom)
    for shift in (0.0, 1.0, 2.8, 6.0):
        beyond = stats.nct.sf(edge, freedom, shift) + stats.nct.cdf(-edge, freedom, shift)
        assert power_of_few(3 * shift, 3.0, freedom, both_tails=True) == pytest.approx(beyond, abs=1e-9)
    assert power_of_few(detectable_of_few(2.0, freedom), 2.0, freedom) == pytest.approx(0.8)
