"""What a week of employment is worth under each concept, once more and by hand: one person, one week, one sheet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cache

from simulator.calendars.span import DAYS_A_WEEK, DAYS_A_YEAR, Span
from simulator.facts.read import words
from simulator.scenario import Scenario, Values

MONTHS_A_YEAR = 12
LINES = {"note": ("form",)}
"""Lines that a concept counts as its employment effect, where not both."""
BOTH = ("form", "volume")
TRANSFERS_ONLY = ("transfer",)
DIRECT = ("transfer", "tax")
RETURNED = ("transfer", "tax", "return_flow")
ALL = ("transfer", "tax", "return_flow", "running_costs")
SHEET = {
    "transfers": TRANSFERS_ONLY,
    "transfers_and_taxes": DIRECT,
    "with_return_flow": RETURNED,
    "with_running_costs": ALL,
    "with_caseworker_time": ALL,
    "with_displacement": ALL,
}
"""Lines of the sheet that each concept counts, written once more on purpose."""


def lines_of(concept: str) -> tuple[str, ...]:
    """Return the lines of employment that a concept counts."""
    return LINES.get(concept, BOTH)


def week_kr_by_concept(
    scenario: Scenario, span: Span, weights: Mapping[int, float] | None = None
) -> dict[str, dict[str, float]]:
    """Return kroner of a week of employment by concept and group, as the effect falls over years.

    Concepts without a figure here are left out.

    Args:
        scenario: The scenario.
        span: The simulated days.
        weights: Share of the effect by year [0-1]; that of the scenario where left out.
    """
    weights = year_weights(scenario, span) if weights is None else weights
    groups = tuple(words()["groups"])
    found = {name: dict.fromkeys(groups, 0.0) for name in (*LINES, "employment", *SHEET, "social")}
    values = scenario.baseline.values
    for group in groups:
        for year, weight in weights.items():
            sheet = sheet_of(values, group, year)
            for name in found:
                found[name][group] += weight * _kr(scenario, name, sheet, (group, year))
    slots = scenario.sections.saldo.regneprincipper
    if scenario.sections.period.permanent and slots.source and set(slots.kr_per_full_time_person) == set(groups):
        share = "full_time_share" if slots.counts == "structural_employment" else "weeks_off_benefit"
        weeks = values["saldo.weeks_per_person_year"]
        found["regneprincipper"] = {
            group: slots.kr_per_full_time_person[group] * values[f"effects.{share}.{group}"] / weeks for group in groups
        }
    _add(scenario, found, weights)
    return found


def counts_time_in_full(scenario: Scenario, concept: str) -> bool:
    """Return whether a concept counts saved municipal time as money."""
    section = scenario.sections.saldo
    return concept == "with_caseworker_time" or (concept == section.concept and "caseworker_time" in section.also)


def beside_kr(scenario: Scenario, hours: tuple[float, float], attended: Mapping[str, float]) -> dict[str, float]:
    """Return the kroner of what is saved beside the employment effect, as far as the scenario counts it.

    Args:
        scenario: The scenario.
        hours: Saved municipal hours, and of these those of missed appointments.
        attended: Conversations in person that are saved, by type.
    """
    section, values = scenario.sections.saldo, scenario.baseline.values
    index = _index(values, "wages", int(values["saldo.beside_price_year"]), int(values["saldo.price_level"]))
    per_hour = values["saldo.caseworker_kr_per_hour"] * index
    in_full = (hours[0] - hours[1]) * per_hour
    time = counts_time_in_full(scenario, section.concept)
    fares = values.under("saldo.travel.kr_per_conversation")
    kinds = {name: word["office_kind"] for name, word in words()["types"].items()}
    fare = sum(fares[kinds[name]] * number for name, number in attended.items() if kinds[name] != "a_kasse")
    kept = 1 - values["saldo.indirect_taxes.return_flow_share"]
    return {
        "caseworker_time_in_full_kr": in_full,
        "caseworker_time_kr": in_full if time or section.caseworker_time_realised != "none" else 0.0,
        "no_shows_kr": hours[1] * per_hour if section.no_shows_realised != "none" else 0.0,
        "travel_kr": fare * index * kept if section.travel_counted else 0.0,
    }


def _add(scenario: Scenario, found: dict[str, dict[str, float]], weights: Mapping[int, float]) -> None:
    """Add to the scenario's own concept what the scenario adds to it."""
    section, values = scenario.sections.saldo, scenario.baseline.values
    for group, kr in found.get(section.concept, {}).items():
        if "running_costs" in section.also:
            kr += sum(weight * sheet_of(values, group, year)["running_costs"] for year, weight in weights.items())
        if "displacement" in section.also:
            kr *= 1 - values["saldo.displacement.sensitivity_share"]
        found[section.concept][group] = kr


def beside_week_kr(scenario: Scenario, year: int) -> dict[str, float]:
    """Return what the scenario adds to its concept for a week of employment in a year, by group [kr].

    It does not hang on the value of a person-year that the concept may take.
    """
    added = {scenario.sections.saldo.concept: dict.fromkeys(words()["groups"], 0.0)}
    _add(scenario, added, {year: 1.0})
    return added[scenario.sections.saldo.concept]


def _kr(scenario: Scenario, concept: str, sheet: dict[str, float], of: tuple[str, int]) -> float:
    values = scenario.baseline.values
    if concept in ("note", "employment"):
        index = _index(values, "wages", int(values["saldo.price_year"]), int(values["saldo.price_level"]))
        value = values["saldo.value_per_person_year_kr"] / values["saldo.weeks_per_person_year"] * index
        return value * values[f"effects.full_time_share.{of[0]}"]
    if concept == "social":
        distortion = values["saldo.social.tax_distortion_factor"] - 1
        balance = sum(sheet[line] for line in ALL)
        kr = sheet["output"] * values["saldo.social.net_tax_factor"] + balance * distortion
        return kr * _discount(values, of[1] - scenario.sections.period.from_.year)
    kr = sum(sheet[line] for line in SHEET[concept])
    return kr * (1 - values["saldo.displacement.sensitivity_share"]) if concept == "with_displacement" else kr


def sheet_of(values: Values, group: str, year: int) -> dict[str, float]:
    """Return one week of one person: transfer, tax, return flow, running costs, and the output of the work [kr]."""
    level, weeks = int(values["saldo.price_level"]), values["saldo.weeks_per_person_year"]
    full_time, off_benefit = values[f"effects.full_time_share.{group}"], values[f"effects.weeks_off_benefit.{group}"]
    paid_on = values["saldo.sick.on_full_pay_share"] if group == "sygedagpenge" else 0.0
    benefit = _benefit(values, group, year) * off_benefit
    wage = values[f"saldo.wage.{group}"] * _index(values, "wages", int(values["saldo.wage_price_year"]), level) / weeks
    moves = 1 - paid_on
    subsidy = _subsidy(values, year, wage) * full_time if group == "ledighedsydelse" else 0.0
    taxed_less = moves * benefit - subsidy
    tax = moves * _tax_on_wage(values, group, year) * full_time - _tax_on_benefit(values, year) * taxed_less
    joining = values[f"saldo.unemployment_insurance.joining_share.{group}"]
    joined = moves * joining * _then(values, "saldo.unemployment_insurance.state_contribution", year)
    joined *= MONTHS_A_YEAR / weeks
    household = moves * wage * full_time - taxed_less - tax - joined
    own_year = int(values["saldo.running_costs.price_year"])
    costs = values["saldo.running_costs.kr_per_year"] * _index(values, "municipal_prices", own_year, level) / weeks
    return {
        "transfer": benefit - subsidy,
        "tax": tax,
        "return_flow": joined + values["saldo.indirect_taxes.return_flow_share"] * household,
        "running_costs": costs * off_benefit,
        "output": wage * full_time,
    }


def _benefit(values: Values, group: str, year: int) -> float:
    weekly, mix = 0.0, values.under(f"saldo.benefit_mix.{group}")
    for name, weight in mix.items():
        share = weight / sum(mix.values())
        if f"saldo.benefit_week.{name}.year_{_nearest(values, f'saldo.benefit_week.{name}', year)}" in values:
            weekly += share * _then(values, f"saldo.benefit_week.{name}", year)
        else:
            yearly = _then(values, f"saldo.benefit.{name}", year) * MONTHS_A_YEAR
            weekly += share * yearly / values["saldo.weeks_per_person_year"]
    return weekly * values[f"saldo.coverage.{group}"]


def _subsidy(values: Values, year: int, wage_week: float) -> float:
    """Return what is paid beside the wage of a fleksjob: the highest amount less a share of the wage [kr per week]."""
    highest = (
        _then(values, "saldo.fleksjob.subsidy_highest", year) * MONTHS_A_YEAR / values["saldo.weeks_per_person_year"]
    )
    return max(highest - values["saldo.fleksjob.subsidy_taper_share"] * wage_week, 0)


def _tax_on_benefit(values: Values, year: int) -> float:
    """Return tax of a krone of benefit."""
    rate = _of_year(values, "saldo.tax.bottom_tax", year) + _of_year(values, "saldo.tax.municipal_tax", year)
    contribution = values["saldo.tax.labour_market_contribution_on_transfers"]
    return contribution + (1 - contribution) * rate


def _tax_on_wage(values: Values, group: str, year: int) -> float:
    """Return the tax of a full-time week, less what the employment and the job allowance are worth [kr]."""
    level, weeks = int(values["saldo.price_level"]), values["saldo.weeks_per_person_year"]
    rule_year = _nearest(values, "saldo.tax.employment_allowance_rate", year)
    own_year = int(values["saldo.wage_price_year"])
    wage = values[f"saldo.wage.{group}"] * _index(values, "wages", own_year, rule_year)

    def of(name: str) -> float:
        return _of_year(values, f"saldo.tax.{name}", rule_year)

    contribution, municipal = _of_year(values, "saldo.tax.labour_market_contribution", year), of("municipal_tax")
    tax = wage * contribution + wage * (1 - contribution) * (of("bottom_tax") + municipal)
    tax -= municipal * min(of("employment_allowance_rate") * wage, of("employment_allowance_most"))
    job = of("job_allowance_rate") * max(wage - of("job_allowance_from"), 0)
    tax -= municipal * min(job, of("job_allowance_most"))
    return tax * _index(values, "wages", rule_year, level) / weeks


def _nearest(values: Values, key: str, year: int) -> int:
    known = _years_among(tuple(values.keys_under(key)))
    return min(max(year, known[0]), known[-1]) if known else year


@cache
def _years_among(rests: tuple[str, ...]) -> tuple[int, ...]:
    """Return the years for which there is a rate, ascending; the same rates are asked for again and again."""
    return tuple(sorted(int(rest.rpartition("_")[2]) for rest in rests if rest.startswith("year_")))


def _of_year(values: Values, key: str, year: int) -> float:
    return values[f"{key}.year_{_nearest(values, key, year)}"]


def _then(values: Values, key: str, year: int) -> float:
    """Return an amount of a year, carried to the price level by the regulation of benefits [kr]."""
    level = int(values["saldo.price_level"])
    return _of_year(values, key, year) * _index(values, "satsregulering", _nearest(values, key, year), level)


def _index(values: Values, growth: str, year: int, level: int) -> float:
    index = 1.0
    for one in range(min(year, level) + 1, max(year, level) + 1):
        index *= 1 + values[f"saldo.growth.{growth}.year_{one}"]
    return index if level >= year else 1 / index


def _discount(values: Values, years: int) -> float:
    rates = {int(name[len("year_") :]): rate for name, rate in values.under("saldo.social.discount_rate").items()}
    factor = 1.0
    for year in range(1, years + 1):
        factor /= 1 + rates[max(first for first in rates if first <= year)]
    return factor


def year_weights(scenario: Scenario, span: Span) -> dict[int, float]:
    """Return the share of the effect that falls in each year, for conversations spread evenly over the period [0-1]."""
    return weights_of(_profile(scenario), span)


def halves_of(scenario: Scenario, span: Span) -> tuple[dict[int, float], ...]:
    """Return the share by year of what falls in the first year after a conversation, and in the second [0-1].

    A time profile that does not part the two gives all of its shares by year, once.
    """
    if scenario.sections.saldo.time_profile != "two_years":
        return (year_weights(scenario, span),)
    return tuple(weights_of([(year * DAYS_A_YEAR, (year + 1) * DAYS_A_YEAR, 1.0)], span) for year in range(2))


def weights_of(profile: Sequence[tuple[int, int, float]], span: Span) -> dict[int, float]:
    """Return the share by year of a profile (first day, day after the last, share), as `year_weights` does [0-1]."""
    days = [span.date_of(day) for day in range(span.period_from, span.period_to + 1)]
    weights: dict[int, float] = {}
    for first, last, share in profile:
        for day in days:
            for year, part in _years_between(day + timedelta(days=first), last - first):
                weights[year] = weights.get(year, 0.0) + share * part / len(days)
    return weights


def _years_between(start: date, days: int) -> Iterator[tuple[int, float]]:
    left = days
    while left > 0:
        here = min(left, (date(start.year + 1, 1, 1) - start).days)
        yield start.year, here / days
        start, left = start + timedelta(days=here), left - here


def _profile(scenario: Scenario) -> list[tuple[int, int, float]]:
    """Return (first day, day after the last, share) of the time profile, written once more."""
    values, name = scenario.baseline.values, scenario.sections.saldo.time_profile
    if name == "two_years":
        early = values["saldo.first_year_share"]
        return [(0, DAYS_A_YEAR, early), (DAYS_A_YEAR, 2 * DAYS_A_YEAR, 1 - early)]
    weeks = int(values[f"saldo.profile.{name}.weeks"])
    heights = [1.0] * weeks
    if name == "fading":
        heights = [2 ** (-week / values["saldo.profile.fading.half_life_weeks"]) for week in range(weeks)]
    elif name == "late_peak":
        peak = int(values["saldo.profile.late_peak.peak_week"])
        rising = [(week + 1) / (peak + 1) for week in range(min(peak + 1, weeks))]
        heights = rising + [(weeks - week) / (weeks - peak) for week in range(peak + 1, weeks)]
    return [
        (week * DAYS_A_WEEK, (week + 1) * DAYS_A_WEEK, height / sum(heights)) for week, height in enumerate(heights)
    ]
