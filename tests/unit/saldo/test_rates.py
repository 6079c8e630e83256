"""Rates of a year, and money of one year in the prices of another: by hand."""

from __future__ import annotations

import pytest

from simulator.errors import InputError
from simulator.saldo.rates import Rates
from tests.unit.demand.made_up import scenario_of


def rates_of(*sets: str) -> Rates:
    return Rates(scenario_of("", *sets).baseline.values)


GROWTH = (
    "saldo.growth.wages.year_2022=0.10",
    "saldo.growth.wages.year_2023=0.20",
    "saldo.growth.satsregulering.year_2022=0.05",
)


@pytest.mark.parametrize(
    ("year", "level", "index"),
    [(2021, 2021, 1.0), (2021, 2022, 1.1), (2021, 2023, 1.1 * 1.2), (2023, 2021, 1 / 1.32), (2022, 2021, 1 / 1.1)],
)
def test_a_krone_of_one_year_in_the_prices_of_another(year: int, level: int, index: float) -> None:
    """Growth of 10 per cent in 2022 and 20 in 2023: 100 kr. of 2021 are 132 of 2023, and the other way round."""
    assert rates_of(*GROWTH).index("wages", year, level) == pytest.approx(index)


def test_each_amount_follows_its_own_growth() -> None:
    rates = rates_of(*GROWTH)
    assert rates.index("satsregulering", 2021, 2022) == pytest.approx(1.05)
    assert rates.index("municipal_prices", 2021, 2022) == pytest.approx(1.043)


@pytest.mark.parametrize("level", [2018, 2027])
def test_a_level_without_growth_is_refused_with_the_years_that_are_allowed(level: int) -> None:
    """The first growth is that of 2020, on the prices of 2019."""
    with pytest.raises(InputError, match=r"price_level.*no growth of wages for 20.*years from 2019 to 2026"):
        rates_of().index("wages", 2021, level)


def test_the_first_and_the_last_level_are_allowed() -> None:
    assert rates_of().index("wages", 2021, 2019) == pytest.approx(1 / (1.022 * 1.03))
    assert rates_of().index("wages", 2026, 2025) == pytest.approx(1 / 1.032)


@pytest.mark.parametrize(("year", "rate"), [(1999, 18_866), (2019, 18_866), (2021, 19_322), (2026, 22_041)])
def test_a_year_without_a_rate_has_that_of_the_nearest(year: int, rate: float) -> None:
    rates = rates_of()
    assert rates.of_year("saldo.benefit.dagpenge_highest", year) == rate
    assert rates.of_year("saldo.benefit.dagpenge_highest", 2040) == 22_041


def test_years_of_a_table_ascend_and_one_without_years_has_none() -> None:
    rates = rates_of()
    assert rates.years_of("saldo.benefit.dagpenge_highest") == tuple(range(2019, 2027))
    assert rates.years_of("saldo.fleksjob.subsidy_highest") == (2021, 2022)
    assert rates.years_of("saldo.benefit_week.dagpenge_highest") == ()


def test_an_amount_is_carried_from_the_year_that_it_was_taken_from() -> None:
    """No subsidy is known for 2024: 18,964 of 2022, in prices of 2021 that divided by 1.0015, and not by more."""
    found = rates_of().in_prices("saldo.fleksjob.subsidy_highest", 2024, "satsregulering")
    assert found == pytest.approx(18_964 / 1.0015)


def test_the_benefit_is_a_mix_of_rates_as_far_as_they_are_paid() -> None:
    """0.3 x 15,547 + 0.7 x 11,698 = 12,852.70 a month; x 12 / 52 x 0.97 = 2,877.03."""
    assert rates_of().benefit_week("ressourceforloeb", 2021) == pytest.approx(2_877.03, abs=0.0051)
    half = rates_of("saldo.coverage.ressourceforloeb=0.5").benefit_week("ressourceforloeb", 2021)
    assert half == pytest.approx(12_852.70 * 12 / 52 / 2)


def test_a_share_of_a_mix_that_is_moved_alone_leaves_less_to_the_others() -> None:
    """0.3 and 0.7 become 1 and 0.7: 15,547 / 1.7 + 0.7 x 11,698 / 1.7 a month. One rate is all of it."""
    more = rates_of("saldo.benefit_mix.ressourceforloeb.ressourceforloeb_with_children=1")
    monthly = (15_547 + 0.7 * 11_698) / 1.7
    assert more.benefit_week("ressourceforloeb", 2021) == pytest.approx(monthly * 12 / 52 * 0.97)
    half = rates_of("saldo.benefit_mix.dagpenge.dagpenge_highest=0.5")
    assert half.benefit_week("dagpenge", 2021) == pytest.approx(4_102.21, abs=0.0051)


def test_sygedagpenge_is_paid_by_the_week() -> None:
    """4,460 x 0.92 = 4,103.20, however many weeks a person-year is; dagpenge is paid by the month."""
    for weeks in (52, 50):
        rates = rates_of(f"saldo.weeks_per_person_year={weeks}")
        assert rates.benefit_week("sygedagpenge", 2021) == pytest.approx(4_103.20)
        assert rates.benefit_week("dagpenge", 2021) == pytest.approx(19_322 * 12 * 0.92 / weeks)


def test_a_wage_follows_pay_from_its_own_year() -> None:
    assert rates_of(*GROWTH).wage_year("dagpenge", 2023) == pytest.approx(320_000 * 1.32)
    told_in_2022 = rates_of(*GROWTH, "saldo.wage_price_year=2022")
    assert told_in_2022.wage_year("dagpenge", 2021) == pytest.approx(320_000 / 1.1)
    assert told_in_2022.wage_year("dagpenge", 2023) == pytest.approx(320_000 * 1.2)


def test_a_subsidy_stands_beside_the_wage_of_a_fleksjob_alone() -> None:
    """(18,936 x 12 - 0.3 x 90,000) / 52 = 3,850.62; a krone more of wage takes 30 øre of it."""
    assert rates_of().subsidy_week("ledighedsydelse", 2021) == pytest.approx(3_850.62, abs=0.0051)
    more = rates_of("saldo.wage.ledighedsydelse=90052").subsidy_week("ledighedsydelse", 2021)
    assert more == pytest.approx(rates_of().subsidy_week("ledighedsydelse", 2021) - 0.3)
    assert rates_of().subsidy_week("dagpenge", 2021) == 0


def test_running_costs_are_told_in_prices_of_2022() -> None:
    """31,991 / 1.043 / 52 = 589.85 in prices of 2021."""
    assert rates_of().running_costs_week == pytest.approx(589.85, abs=0.0051)
    assert rates_of("saldo.price_level=2022").running_costs_week == pytest.approx(31_991 / 52)
