"""Accounts: what one week of employment of one person of a group gives the public, account by account.

Every account is worked out from facts and assumptions of its own; none is what is left over. Plus is a gain to the
public balance. The personal allowance is used up on benefit as on wages, so taxes are those on the last krone. Church
tax, holiday pay and pensions are left out.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from simulator.effects import moved
from simulator.saldo.ladder import state_shares
from simulator.saldo.rates import MONTHS_A_YEAR, Rates

FloatArray = npt.NDArray[np.float64]

TRANSFERS = ("transfer", "transfer_to_employer", "wage_subsidy")
TAXES = (
    "transfer_tax",
    "transfer_labour_market_contribution",
    "labour_market_contribution",
    "wage_tax",
    "employment_allowance",
    "job_allowance",
)
RETURN_FLOW = ("unemployment_insurance", "indirect_taxes")
RUNNING_COSTS = ("running_costs",)
ACCOUNTS = (*TRANSFERS, *TAXES, *RETURN_FLOW, *RUNNING_COSTS, "employment", "production", "tax_distortion")
"""`employment` is a value of a person-year that cannot be divided; the last two are outside the public balance."""
AUTHORITIES = ("state", "municipality", "region", "society")
"""Society is outside the public balance: it stands in the social view alone."""
STATE, MUNICIPALITY, LADDER = "state", "municipality", "ladder"

Amounts = dict[tuple[str, str], float]
"""Kroner by account and authority; the authority of transfers is the ladder."""


def week_by_account(rates: Rates, group: str, year: int) -> Amounts:
    """Return what one week of employment of one person gives, in the scenario's price level [kr per week].

    Of the sick-listed a share is on full pay, with the benefit refunded to the employer: their households notice
    nothing. The wage of all others replaces their benefit. Those on ledighedsydelse leave it for a fleksjob, in which
    the public pays a subsidy to the citizen beside the wage.

    Args:
        rates: The rates.
        group: Target group.
        year: Financial year, whose rules hold.

    Source:
        facts/benefits.yaml, facts/taxes.yaml.
    """
    values, person = rates.values, moved(rates.values, group)
    on_full_pay = values["saldo.sick.on_full_pay_share"] if group == "sygedagpenge" else 0.0
    moving = 1.0 - on_full_pay
    benefit = rates.benefit_week(group, year) * person.weeks_off_benefit
    transfer = benefit * moving
    wage = rates.wage_year(group, rates.level) / rates.weeks_a_year * person.full_time_share * moving
    subsidy = rates.subsidy_week(group, year) * person.full_time_share
    households: Amounts = {("transfer", LADDER): transfer, ("wage_subsidy", LADDER): -subsidy}
    households |= _taxes(rates, year, transfer - subsidy, wage)
    households |= _allowances(rates, group, year, moving * person.full_time_share)
    joining = values[f"saldo.unemployment_insurance.joining_share.{group}"] * moving
    contribution = rates.in_prices("saldo.unemployment_insurance.state_contribution", year, "satsregulering")
    households["unemployment_insurance", STATE] = joining * contribution * MONTHS_A_YEAR / rates.weeks_a_year
    disposable_income = wage - sum(households.values())
    costs = rates.running_costs_week * person.weeks_off_benefit
    state_share = rates.of_year("saldo.running_costs.state_share", year)
    return households | {
        ("transfer_to_employer", LADDER): benefit * on_full_pay,
        ("indirect_taxes", STATE): return_flow(rates, disposable_income),
        ("running_costs", STATE): costs * state_share,
        ("running_costs", MUNICIPALITY): costs * (1 - state_share),
    }


def return_flow(rates: Rates, disposable_income: float) -> float:
    """Return the indirect taxes that come back of a change in households' disposable income [kr].

    A move into work adds, a cut in benefit subtracts.

    Source:
        facts/taxes.yaml, indirect_taxes.
    """
    return rates.values["saldo.indirect_taxes.return_flow_share"] * disposable_income


def _taxes(rates: Rates, year: int, transfer: float, wage: float) -> Amounts:
    """Return income tax and labour-market contribution, lost on the transfer and gained on the wage."""
    bottom, municipal = (rates.of_year(f"saldo.tax.{name}", year) for name in ("bottom_tax", "municipal_tax"))
    on_wages = rates.of_year("saldo.tax.labour_market_contribution", year)
    on_transfers = rates.values["saldo.tax.labour_market_contribution_on_transfers"]
    taxed_transfer, taxed_wage = transfer * (1 - on_transfers), wage * (1 - on_wages)
    return {
        ("transfer_tax", STATE): -taxed_transfer * bottom,
        ("transfer_tax", MUNICIPALITY): -taxed_transfer * municipal,
        ("transfer_labour_market_contribution", STATE): -transfer * on_transfers,
        ("labour_market_contribution", STATE): wage * on_wages,
        ("wage_tax", STATE): taxed_wage * bottom,
        ("wage_tax", MUNICIPALITY): taxed_wage * municipal,
    }


def _allowances(rates: Rates, group: str, year: int, share: float) -> Amounts:
    """Return the tax that the employment allowance and the job allowance of a full-time year cost, a week of it.

    Both are worth the municipal tax. The job allowance is a share of the wage above a threshold; each has a maximum.
    """
    rule_year = rates.nearest("saldo.tax.employment_allowance_rate", year)
    wage = rates.wage_year(group, rule_year)

    def of(name: str) -> float:
        return rates.of_year(f"saldo.tax.{name}", rule_year)

    employment = min(wage * of("employment_allowance_rate"), of("employment_allowance_most"))
    above = max(wage - of("job_allowance_from"), 0.0)
    job = min(above * of("job_allowance_rate"), of("job_allowance_most"))
    worth = of("municipal_tax") * rates.index("wages", rule_year, rates.level) / rates.weeks_a_year
    return {
        ("employment_allowance", MUNICIPALITY): -employment * worth * share,
        ("job_allowance", MUNICIPALITY): -job * worth * share,
    }


def sheet(rates: Rates, groups: tuple[str, ...], years: tuple[int, ...]) -> FloatArray:
    """Return what a week of employment gives [kr per week].

    Args:
        rates: The rates.
        groups: Target groups.
        years: Financial years.

    Returns:
        Kroner, shape (account, authority, group, year, step of the ladder).
    """
    shares = {group: state_shares(rates.values, group) for group in groups}
    kr = np.zeros((len(ACCOUNTS), len(AUTHORITIES), len(groups), len(years), len(shares[groups[0]])))
    state, municipality = AUTHORITIES.index(STATE), AUTHORITIES.index(MUNICIPALITY)
    for of, group in enumerate(groups):
        for at, year in enumerate(years):
            for (account, authority), amount in week_by_account(rates, group, year).items():
                row = ACCOUNTS.index(account)
                if authority == LADDER:
                    kr[row, state, of, at] = amount * shares[group]
                    kr[row, municipality, of, at] = amount - kr[row, state, of, at]
                else:
                    kr[row, AUTHORITIES.index(authority), of, at] = amount
    return kr
