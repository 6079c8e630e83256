"""What a terminal and the warnings say of money: authorities, years, lasting effect, concepts, rates out of reach."""

from __future__ import annotations

from typing import Any

import pytest

from simulator.errors import InputError
from simulator.pipeline import plan_of, setting_of, simulate
from simulator.results.concepts import rate_warnings
from simulator.results.plain_money import money_lines, signed
from tests.unit.demand.made_up import scenario_of

TEMPORARY: dict[str, Any] = {"permanent": False, "financial_years": {"2021": -0.004, "2022": -3.7, "2023": -1.3}}
PERMANENT: dict[str, Any] = {"permanent": True, "financial_years": {"2022": -20.0, "2023": -44.0, "2024": -52.0}}
NOT_YET = {"complete_to": None, "full_year": None, "full_year_effect": None, "lasting_effect": None}


def told(measure: dict[str, Any]) -> list[str]:
    by_concept = {"transfers": {"mean": -3.5}, "note": {"mean": -5.0}, "regneprincipper": None}
    return list(
        money_lines(
            {
                "saldo_mio_kr_by_authority": {"state": -1.7, "municipality": -3.3, "region": 0.0},
                "saldo_mio_kr_by_concept": by_concept,
                "measure": {"complete_to": None, **measure},
                "price_year": 2021,
                "concept": "note",
            }
        )
    )


def test_a_temporary_measure_moves_named_years_and_nothing_structural() -> None:
    lines = told(TEMPORARY)
    assert lines[0] == "of this state -1.70, municipalities -3.30, regions 0.00"
    assert lines[1].endswith("actual balance of 2022 -3.70, 2023 -1.30; no structural effect is assumed")


def test_of_a_permanent_measure_years_beyond_the_run_are_not_told() -> None:
    whole = {"complete_to": 2024, "full_year": 2024, "full_year_effect": -52.0, "lasting_effect": -51.0}
    lines = told(PERMANENT | whole)
    assert lines[1] == "a permanent measure, by financial year: 2022 -20.00, 2023 -44.00, 2024 -52.00"
    assert lines[2] == "fully phased in from 2024: -52.00 in that year; -51.00 a year lasting"
    short = told(PERMANENT | NOT_YET | {"complete_to": 2022, "needs_to": "2024-12-31"})
    assert short[1].endswith("2022 -20.00")
    assert "2024-12-31 or later" in short[2]
    assert told(PERMANENT | NOT_YET | {"needs_to": "2024-12-31"})[1].endswith("none")


def test_every_concept_has_a_line_and_the_chosen_one_a_mark() -> None:
    lines = [line.split() for line in told(TEMPORARY) if line.startswith("  ")]
    assert ["*", "note", "-5.00"] in lines
    assert ["transfers", "-3.50"] in lines
    assert any(line[:3] == ["regneprincipper", "no", "figure;"] for line in lines)


@pytest.mark.parametrize(
    ("mio_kr", "text"), [(-0.004, "0.00"), (0.004, "0.00"), (1234.5, "+1,234.50"), (-0.006, "-0.01")]
)
def test_an_amount_that_rounds_to_nothing_has_no_sign(mio_kr: float, text: str) -> None:
    assert signed(mio_kr) == text


def warned(text: str, *sets: str) -> dict[str, str]:
    return {one["name"]: one["text"] for one in rate_warnings(setting_of(scenario_of(text, *sets)))}


def test_years_without_rates_and_wages_at_the_top_tax_are_warned_of() -> None:
    """A wage of 700,000 kr. is 644,000 after the contribution, above 544,800 in 2021."""
    fine = "places: [Fano]\nsaldo: {concept: with_running_costs}\n"
    assert warned(fine) == {}
    assert set(warned(fine, "saldo.wage.dagpenge=700000")) == {"top_tax"}
    assert "dagpenge" in warned(fine, "saldo.wage.dagpenge=700000")["top_tax"]
    late = "period: {from: 2025-06-01, to: 2025-06-30}\nfacts: {extrapolate: true}\n" + fine
    assert "2027" in warned(late)["rates_carried_on"]
    assert warned(late.replace("with_running_costs", "note")) == {}, "one value a person-year has no rates"


def test_a_run_beyond_the_scale_of_its_own_concept_is_refused() -> None:
    groups = [
        "dagpenge",
        "jobparat",
        "aktivitetsparat",
        "sygedagpenge",
        "ressourceforloeb",
        "jobafklaring",
        "ledighedsydelse",
    ]
    scale = ", ".join(f"{group}: 200000" for group in groups)
    slots = f"{{kr_per_full_time_person: {{{scale}}}, marginal_up_to: 0.001, source: letter}}"
    scenario = scenario_of(
        "places: [Odense]\nperiod: {from: 2021-12-01, to: 2021-12-31, permanent: true}\n"
        f"saldo: {{concept: regneprincipper, regneprincipper: {slots}}}\n"
        "proposal: {attendance: {rules: [{rule: digital_only}]}}\n"
    )
    with pytest.raises(InputError, match=r"beyond the marginal scale.*choose another concept"):
        simulate(scenario, plan_of(scenario, 1, 1, "control"))
