"""One week of work of one person, account by account, as a clerk works it out on a page: the rates as they are printed.

Every amount is kroner a week, plus is a gain to the public balance. An amount on a page is rounded to the øre; the sum
of a page may be an øre off the sum of its lines.
"""

from __future__ import annotations

import pytest

from simulator.saldo.accounts import return_flow, week_by_account
from simulator.saldo.rates import Rates
from tests.unit.demand.made_up import scenario_of

ORE = 0.0051
"""Half an øre, which an amount on a page is rounded by at most."""
Page = dict[tuple[str, str], float]


def rates_of(*sets: str) -> Rates:
    return Rates(scenario_of("", *sets).baseline.values)


def week(group: str, year: int, *sets: str) -> Page:
    """Return the accounts of a week by account and authority, without those that are 0."""
    found = week_by_account(rates_of(*sets), group, year)
    return {name: kr for name, kr in found.items() if kr}


def in_all(page: Page) -> float:
    return sum(page.values())


def test_a_dagpenge_recipient_at_the_rates_and_prices_of_2021() -> None:
    """A week of work of someone on dagpenge.

    benefit      19,322 x 12 / 52 = 4,458.92, of which 0.92 is paid on average: 4,102.21
    tax on it    bottom tax 0.1209 x 4,102.21 = 495.96, municipal tax 0.2497 x 4,102.21 = 1,024.32; no contribution
    wage         320,000 / 52 = 6,153.85; labour-market contribution 0.08 of it = 492.31; 5,661.54 are left
    tax on it    bottom tax 0.1209 x 5,661.54 = 684.48, municipal tax 0.2497 x 5,661.54 = 1,413.69
    allowances   0.106 x 320,000 = 33,920, below 40,600; worth 33,920 x 0.2497 / 52 = 162.88
                 0.045 x (320,000 - 200,300) = 5,386.50, but at most 2,600; worth 2,600 x 0.2497 / 52 = 12.485
    all taxes    - 495.96 - 1,024.32 + 492.31 + 684.48 + 1,413.69 - 162.88 - 12.485 = 894.83
    household    6,153.85 - 4,102.21 - 894.83 = 1,156.81 more
    return flow  0.22 x 1,156.81 = 254.50
    running      31,991 in prices of 2022 is 31,991 / 1.043 = 30,672.10 in those of 2021; / 52 = 589.85
                 the state pays 0.02 of it, 11.80, the municipality 578.05
    in all       4,102.21 + 894.83 + 254.50 + 589.85 = 5,841.38 a week, 303,752 a person-year
    """
    found = week("dagpenge", 2021)
    assert found == pytest.approx(
        {
            ("transfer", "ladder"): 4_102.21,
            ("transfer_tax", "state"): -495.96,
            ("transfer_tax", "municipality"): -1_024.32,
            ("labour_market_contribution", "state"): 492.31,
            ("wage_tax", "state"): 684.48,
            ("wage_tax", "municipality"): 1_413.69,
            ("employment_allowance", "municipality"): -162.88,
            ("job_allowance", "municipality"): -12.485,
            ("indirect_taxes", "state"): 254.50,
            ("running_costs", "state"): 11.80,
            ("running_costs", "municipality"): 578.05,
        },
        abs=ORE,
    )
    assert in_all(found) == pytest.approx(5_841.38, abs=ORE)
    assert in_all(found) * 52 == pytest.approx(303_751.97, abs=0.01)


def test_a_dagpenge_recipient_at_the_rates_and_prices_of_2023() -> None:
    """The wage grows by 3.6 per cent in 2022 and 4.1 in 2023: x 1.036 x 1.041 = 1.078476.

    benefit      19,728 x 12 / 52 = 4,552.62; 0.92 of it 4,188.41
    tax on it    0.1206 x 4,188.41 = 505.12; 0.25018 x 4,188.41 = 1,047.86
    wage         320,000 x 1.078476 = 345,112.32; / 52 = 6,636.78; 0.08 of it 530.94; 6,105.83 are left
    tax on it    0.1206 x 6,105.83 = 736.36; 0.25018 x 6,105.83 = 1,527.56
    allowances   0.1065 x 345,112.32 = 36,754.46, below 45,600; x 0.25018 / 52 = 176.83
                 0.045 x (345,112.32 - 208,700) = 6,138.55, but at most 2,700; x 0.25018 / 52 = 12.99
    all taxes    - 505.12 - 1,047.86 + 530.94 + 736.36 + 1,527.56 - 176.83 - 12.99 = 1,052.06
    household    6,636.78 - 4,188.41 - 1,052.06 = 1,396.31 more
    return flow  0.22 x 1,396.31 = 307.19
    running      31,991 x 1.025 = 32,790.77; / 52 = 630.59, all of it the municipality's since 2022
    in all       4,188.41 + 1,052.06 + 307.19 + 630.59 = 6,178.25
    """
    found = week("dagpenge", 2023, "saldo.price_level=2023")
    assert found == pytest.approx(
        {
            ("transfer", "ladder"): 4_188.41,
            ("transfer_tax", "state"): -505.12,
            ("transfer_tax", "municipality"): -1_047.86,
            ("labour_market_contribution", "state"): 530.94,
            ("wage_tax", "state"): 736.36,
            ("wage_tax", "municipality"): 1_527.56,
            ("employment_allowance", "municipality"): -176.83,
            ("job_allowance", "municipality"): -12.99,
            ("indirect_taxes", "state"): 307.19,
            ("running_costs", "municipality"): 630.59,
        },
        abs=ORE,
    )
    assert in_all(found) == pytest.approx(6_178.25, abs=ORE)


def test_the_rules_of_2023_in_the_prices_of_2021() -> None:
    """Benefits go back by satsregulering, 1.0015 x 1.0195 = 1.02102925, wages and allowances by pay, 1.078476.

    benefit      4,188.41 / 1.02102925 = 4,102.14: seven øre below 2021, since the rates are rounded to whole kroner
    tax on it    0.1206 x 4,102.14 = 494.72; 0.25018 x 4,102.14 = 1,026.27
    wage         320,000 / 52 = 6,153.85; 492.31; on 5,661.54: 0.1206 = 682.78 and 0.25018 = 1,416.40
    allowances   of the wage of 2023, in the kroner of 2023, and then back: 176.83 / 1.078476 = 163.96;
                 12.99 / 1.078476 = 12.04
    all taxes    - 494.72 - 1,026.27 + 492.31 + 682.78 + 1,416.40 - 163.96 - 12.04 = 894.49 (to the øre)
    return flow  0.22 x (6,153.85 - 4,102.14 - 894.49) = 254.59
    running      589.85 as in 2021, all of it the municipality's
    in all       4,102.14 + 894.49 + 254.59 + 589.85 = 5,841.07
    """
    found = week("dagpenge", 2023)
    assert found == pytest.approx(
        {
            ("transfer", "ladder"): 4_102.14,
            ("transfer_tax", "state"): -494.72,
            ("transfer_tax", "municipality"): -1_026.27,
            ("labour_market_contribution", "state"): 492.31,
            ("wage_tax", "state"): 682.78,
            ("wage_tax", "municipality"): 1_416.40,
            ("employment_allowance", "municipality"): -163.96,
            ("job_allowance", "municipality"): -12.04,
            ("indirect_taxes", "state"): 254.59,
            ("running_costs", "municipality"): 589.85,
        },
        abs=ORE,
    )
    assert in_all(found) == pytest.approx(5_841.07, abs=ORE)


def test_the_rules_of_2021_in_the_prices_of_2023() -> None:
    """The other way: 4,102.21 x 1.02102925 = 4,188.48; 6,153.85 x 1.078476 = 6,636.78; allowances x 1.078476.

    employment allowance 162.88 x 1.078476 = 175.66, job allowance 12.485 x 1.078476 = 13.46; running costs
    32,790.77 / 52 = 630.59, of which the state 0.02 = 12.61.
    """
    found = week("dagpenge", 2021, "saldo.price_level=2023")
    some = ("transfer", "ladder"), ("employment_allowance", "municipality"), ("job_allowance", "municipality")
    assert [found[name] for name in some] == pytest.approx([4_188.48, -175.66, -13.46], abs=ORE)
    assert found["labour_market_contribution", "state"] == pytest.approx(530.94, abs=ORE)
    assert found["running_costs", "state"] == pytest.approx(12.61, abs=ORE)
    assert in_all(found) == pytest.approx(6_178.55, abs=ORE)


def test_a_job_ready_kontanthjaelp_recipient_in_2021() -> None:
    """Three rates: 22 per cent with children at home, 53 without, 25 on uddannelseshjælp.

    benefit      0.22 x 15,547 + 0.53 x 11,698 + 0.25 x 6,410 = 3,420.34 + 6,199.94 + 1,602.50 = 11,222.78 a month;
                 x 12 / 52 = 2,589.87, of which 0.88 is paid: 2,279.09
    tax on it    0.1209 x 2,279.09 = 275.54; 0.2497 x 2,279.09 = 569.09
    wage         280,000 / 52 = 5,384.62; 0.08 of it 430.77; on 4,953.85: 0.1209 = 598.92 and 0.2497 = 1,236.98
    allowances   0.106 x 280,000 = 29,680; x 0.2497 / 52 = 142.52; 0.045 x 79,700 = 3,586.50, but 2,600: 12.485
    all taxes    - 275.54 - 569.09 + 430.77 + 598.92 + 1,236.98 - 142.52 - 12.485 = 1,267.03
    household    5,384.62 - 2,279.09 - 1,267.03 = 1,838.50; return flow 0.22 of it = 404.47
    running      589.85: the state 11.80, the municipality 578.05
    in all       2,279.09 + 1,267.03 + 404.47 + 589.85 = 4,540.43 a week, 236,103 a person-year
    """
    found = week("jobparat", 2021)
    assert found == pytest.approx(
        {
            ("transfer", "ladder"): 2_279.09,
            ("transfer_tax", "state"): -275.54,
            ("transfer_tax", "municipality"): -569.09,
            ("labour_market_contribution", "state"): 430.77,
            ("wage_tax", "state"): 598.92,
            ("wage_tax", "municipality"): 1_236.98,
            ("employment_allowance", "municipality"): -142.52,
            ("job_allowance", "municipality"): -12.485,
            ("indirect_taxes", "state"): 404.47,
            ("running_costs", "state"): 11.80,
            ("running_costs", "municipality"): 578.05,
        },
        abs=ORE,
    )
    assert in_all(found) == pytest.approx(4_540.43, abs=ORE)


def test_a_job_ready_kontanthjaelp_recipient_in_2023() -> None:
    """Rates and prices of 2023.

    benefit      0.22 x 15,874 + 0.53 x 11,944 + 0.25 x 6,545 = 11,458.85; x 12 / 52 x 0.88 = 2,327.03
    wage         280,000 x 1.078476 / 52 = 5,807.18; contribution 464.57; on 5,342.60: 644.32 and 1,336.61
    allowances   0.1065 x 301,973.28 x 0.25018 / 52 = 154.73; 2,700 x 0.25018 / 52 = 12.99
    all taxes    - 280.64 - 582.18 + 464.57 + 644.32 + 1,336.61 - 154.73 - 12.99 = 1,414.97 (to the øre)
    return flow  0.22 x (5,807.18 - 2,327.03 - 1,414.97) = 454.34
    in all       2,327.03 + 1,414.97 + 454.34 + 630.59 = 4,826.93
    """
    found = week("jobparat", 2023, "saldo.price_level=2023")
    assert found["transfer", "ladder"] == pytest.approx(2_327.03, abs=ORE)
    assert found["transfer_tax", "state"] == pytest.approx(-280.64, abs=ORE)
    assert found["transfer_tax", "municipality"] == pytest.approx(-582.18, abs=ORE)
    assert found["wage_tax", "municipality"] == pytest.approx(1_336.61, abs=ORE)
    assert found["employment_allowance", "municipality"] == pytest.approx(-154.73, abs=ORE)
    assert found["indirect_taxes", "state"] == pytest.approx(454.34, abs=ORE)
    assert in_all(found) == pytest.approx(4_826.93, abs=ORE)


def test_a_sick_listed_person_of_whom_six_in_ten_are_on_full_pay() -> None:
    """Those on full pay: the benefit goes to the employer and nothing else moves. The other four in ten move.

    benefit      4,460 x 0.92 = 4,103.20; to the employer 0.6 x 4,103.20 = 2,461.92, to the person 1,641.28
    tax on it    0.1209 x 1,641.28 = 198.43; 0.2497 x 1,641.28 = 409.83
    wage         0.4 x 360,000 / 52 = 2,769.23; 0.08 of it 221.54; on 2,547.69: 308.02 and 636.16
    allowances   0.106 x 360,000 = 38,160, below 40,600; x 0.2497 / 52 x 0.4 = 73.30; 2,600 x 0.2497 / 52 x 0.4 = 4.994
    all taxes    - 198.43 - 409.83 + 221.54 + 308.02 + 636.16 - 73.30 - 4.994 = 479.16 (to the øre)
    household    2,769.23 - 1,641.28 - 479.16 = 648.79; return flow 0.22 of it = 142.73
    running      589.85, for all ten
    in all       4,103.20 + 479.16 + 142.73 + 589.85 = 5,314.95
    """
    found = week("sygedagpenge", 2021)
    assert found == pytest.approx(
        {
            ("transfer_to_employer", "ladder"): 2_461.92,
            ("transfer", "ladder"): 1_641.28,
            ("transfer_tax", "state"): -198.43,
            ("transfer_tax", "municipality"): -409.83,
            ("labour_market_contribution", "state"): 221.54,
            ("wage_tax", "state"): 308.02,
            ("wage_tax", "municipality"): 636.16,
            ("employment_allowance", "municipality"): -73.30,
            ("job_allowance", "municipality"): -4.994,
            ("indirect_taxes", "state"): 142.73,
            ("running_costs", "state"): 11.80,
            ("running_costs", "municipality"): 578.05,
        },
        abs=ORE,
    )
    assert in_all(found) == pytest.approx(5_314.95, abs=ORE)


def test_a_sick_listed_person_on_full_pay_does_not_notice() -> None:
    """4,103.20 are refunded no more and 589.85 of running costs are saved; no tax moves, nothing is spent: 4,693.05."""
    found = week("sygedagpenge", 2021, "saldo.sick.on_full_pay_share=1")
    assert found == pytest.approx(
        {
            ("transfer_to_employer", "ladder"): 4_103.20,
            ("running_costs", "state"): 11.80,
            ("running_costs", "municipality"): 578.05,
        },
        abs=ORE,
    )
    assert in_all(found) == pytest.approx(4_693.05, abs=ORE)


def test_a_sick_listed_person_without_pay_moves_as_the_others_do() -> None:
    """Nothing to an employer: 4,103.20 of benefit against a wage of 360,000 / 52 = 6,923.08.

    Taxes - 496.08 - 1,024.57 + 553.85 + 770.04 + 1,590.40 - 183.24 - 12.485 = 1,197.91; the household has
    6,923.08 - 4,103.20 - 1,197.91 = 1,621.97 more, of which 356.83 come back; with 589.85 it is 6,247.79 in all.
    """
    found = week("sygedagpenge", 2021, "saldo.sick.on_full_pay_share=0")
    assert ("transfer_to_employer", "ladder") not in found
    assert found["transfer", "ladder"] == pytest.approx(4_103.20, abs=ORE)
    assert found["indirect_taxes", "state"] == pytest.approx(356.83, abs=ORE)
    assert in_all(found) == pytest.approx(6_247.79, abs=ORE)


def test_a_job_of_a_few_hours_replaces_ledighedsydelse() -> None:
    """The fleksjob brings a wage of 90,000 and a subsidy that is larger than the benefit it replaces.

    benefit      17,197 x 12 / 52 x 0.89 = 3,532.00
    subsidy      (18,936 x 12 - 0.3 x 90,000) / 52 = (227,232 - 27,000) / 52 = 3,850.62: the public pays 318.62 more
    tax on it    0.1209 x 318.62 = 38.52 and 0.2497 x 318.62 = 79.56 more
    wage         90,000 / 52 = 1,730.77; 0.08 of it 138.46; on 1,592.31: 0.1209 = 192.51 and 0.2497 = 397.60
    allowances   0.106 x 90,000 = 9,540; x 0.2497 / 52 = 45.81; the wage lies below 200,300: no job allowance
    all taxes    38.52 + 79.56 + 138.46 + 192.51 + 397.60 - 45.81 = 800.84
    household    1,730.77 + 318.62 - 800.84 = 1,248.55; return flow 0.22 of it = 274.68
    in all       - 318.62 + 800.84 + 274.68 + 589.85 = 1,346.75 a week, 70,031 a person-year
    """
    found = week("ledighedsydelse", 2021)
    assert found == pytest.approx(
        {
            ("transfer", "ladder"): 3_532.00,
            ("wage_subsidy", "ladder"): -3_850.62,
            ("transfer_tax", "state"): 38.52,
            ("transfer_tax", "municipality"): 79.56,
            ("labour_market_contribution", "state"): 138.46,
            ("wage_tax", "state"): 192.51,
            ("wage_tax", "municipality"): 397.60,
            ("employment_allowance", "municipality"): -45.81,
            ("indirect_taxes", "state"): 274.68,
            ("running_costs", "state"): 11.80,
            ("running_costs", "municipality"): 578.05,
        },
        abs=ORE,
    )
    assert in_all(found) == pytest.approx(1_346.75, abs=ORE)


def test_a_benefit_that_is_cut_and_not_replaced_sends_less_back() -> None:
    """The same week off dagpenge with no work in it: what the household loses, the shops lose too.

    benefit      4,102.21 is saved; tax on it - 495.96 - 1,024.32 = - 1,520.28
    household    - 4,102.21 + 1,520.28 = - 2,581.93; return flow 0.22 x - 2,581.93 = - 568.02
    in all       4,102.21 - 1,520.28 - 568.02 = 2,013.91, and 589.85 of running costs
    """
    found = week("dagpenge", 2021, "effects.full_time_share.dagpenge=0")
    assert found["indirect_taxes", "state"] == pytest.approx(-568.02, abs=ORE)
    assert in_all(found) == pytest.approx(2_013.91 + 589.85, abs=0.01)
    assert {account for account, _ in found} == {"transfer", "transfer_tax", "indirect_taxes", "running_costs"}
    assert return_flow(rates_of(), -1_000.0) == pytest.approx(-220.0)
    assert return_flow(rates_of(), 1_000.0) == pytest.approx(220.0)
