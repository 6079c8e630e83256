"""What a run prints of kroner: by authority and step, under every concept, and the sheet of a week."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from simulator.pipeline import plan_of, simulate
from simulator.results import Run
from simulator.results.checks import broken_sums
from simulator.results.money import by_authority, by_step
from simulator.saldo.concept import concept_names
from tests.unit.effects.made_up_joint import GROUPS
from tests.unit.results.permanent_run import FARE_KR, KEPT, permanent, run

SCALE = dict.fromkeys(GROUPS, 260_000)


def rows(*of: tuple[str, str, str, float, int]) -> pd.DataFrame:
    return pd.DataFrame(list(of), columns=["line", "step", "authority", "kr", "in_headline"])


def test_authorities_of_the_headline_with_the_regions_though_they_have_nothing() -> None:
    found = by_authority(
        rows(
            ("form", "behaviour", "state", -2e6, 1),
            ("form", "behaviour", "municipality", -3e6, 1),
            ("volume", "behaviour", "state", -5e6, 0),
            ("caseworker_time", "direct", "state", 7e6, 0),
        )
    )
    assert found == {"state": pytest.approx(-2), "municipality": pytest.approx(-3), "region": 0}
    society = by_authority(rows(("form", "behaviour", "society", -4e6, 1)))
    assert society == {"state": 0, "municipality": 0, "region": 0, "society": pytest.approx(-4)}


def test_each_step_is_reached_from_the_one_before() -> None:
    """0.4 of time and 0.05 of travel at once; 0.011 less in duties; then the 5 of work. Volume is not counted here."""
    found = by_step(
        rows(
            ("caseworker_time", "direct", "state", 0.4e6, 0),
            ("travel", "direct", "municipality", 0.05e6, 0),
            ("travel", "tax_and_return_flow", "state", -0.011e6, 0),
            ("form", "behaviour", "state", -5e6, 1),
            ("volume", "behaviour", "state", -9e6, 0),
        )
    )
    assert list(found.values()) == pytest.approx([0.45, 0.439, -4.561])


def test_an_effect_of_work_is_behaviour_and_comes_in_the_third_step_alone() -> None:
    steps = by_step(rows(("form", "behaviour", "state", -5e6, 1)))
    assert list(steps.values()) == [0, 0, pytest.approx(-5)]
    employment = run().tables["saldo"].query("line in ['form', 'volume']")
    assert set(employment["step"]) == {"behaviour"}


def test_travel_is_told_gross_with_its_return_flow_apart() -> None:
    """50 kr. a journey: the municipalities save all of it, the state loses 0.22 of it, and 0.78 is the line."""
    saldo = run().tables["saldo"].query("line == 'travel'")
    by_account = saldo.groupby(["authority", "account", "step"])["kr"].sum()
    gross = by_account["municipality", "travel", "direct"]
    assert gross / FARE_KR == pytest.approx(round(gross / FARE_KR)), "a whole number of journeys"
    assert by_account["state", "indirect_taxes", "tax_and_return_flow"] == pytest.approx(-gross * (1 - KEPT))
    assert gross * KEPT / 1e6 == pytest.approx(run().headline["saldo_mio_kr"]["travel"]["mean"])


def test_the_regions_have_a_row_of_nothing_in_every_year() -> None:
    saldo = run().tables["saldo"]
    regions = saldo[saldo["authority"] == "region"]
    assert set(regions["year"]) == set(saldo.query("line == 'form'")["year"])
    assert not regions["kr"].any()
    assert run().headline["saldo_mio_kr_by_authority"]["region"] == 0


def test_the_figure_stands_under_every_concept_side_by_side() -> None:
    table = run().tables["concepts"].set_index("concept")
    assert tuple(table.index) == concept_names()
    assert table.index[table["chosen"] == 1].tolist() == ["with_running_costs"]
    effect = run().headline["saldo_mio_kr"]["employment_effect"]["mean"]
    assert table.loc["with_running_costs", "mio_kr"] == pytest.approx(effect)
    time = run().headline["saldo_mio_kr"]["caseworker_time"]["mean"]
    assert table.loc["with_caseworker_time", "mio_kr"] == pytest.approx(effect + time)
    assert table.loc["with_displacement", "mio_kr"] == pytest.approx(effect / 2)
    assert table.loc["note", "lines"] == "form"
    assert table.loc["social", "includes"] == "production"
    assert table.loc["note", "kr_per_week_of_employment"] == pytest.approx(300_000 / 52)
    counted = ["transfers", "transfers_and_taxes", "with_return_flow", "with_running_costs"]
    losses = [-float(table.loc[name, "mio_kr"]) for name in counted]
    assert losses == sorted(losses)


def test_a_concept_without_a_figure_says_why() -> None:
    missing = run().tables["concepts"].set_index("concept").loc["regneprincipper"]
    assert missing["missing"].startswith("empty slots: saldo.regneprincipper.kr_per_full_time_person.{dagpenge")
    assert missing[["mio_kr", "control_mio_kr"]].isna().all()
    assert run().headline["saldo_mio_kr_by_concept"]["regneprincipper"] is None


def filled(most: float) -> Run:
    """Return a month by the control alone, with the ministries' scale filled up to so many full-time persons."""
    slots = f"regneprincipper: {{kr_per_full_time_person: {SCALE}, marginal_up_to: {most}, source: letter}}"
    scenario = permanent("2022-01-01, to: 2022-01-31", f", {slots}")
    return simulate(scenario, plan_of(scenario, 1, 1, "control"))


@pytest.mark.parametrize("most", [1_000.0, 0.001])
def test_the_scale_of_the_ministries_holds_only_at_the_margin(most: float) -> None:
    """260,000 / 52 = 5,000 a week of work; above the margin there is no figure, and the row says so."""
    found = filled(most)
    row = found.tables["concepts"].set_index("concept").loc["regneprincipper"]
    figure: Any = found.headline["saldo_mio_kr_by_concept"]["regneprincipper"]
    if most > 1:
        assert row["kr_per_week_of_employment"] == pytest.approx(5_000)
        assert figure["mean"] == pytest.approx(found.headline["employment_weeks"]["mean"] * 5_000 / 1e6)
    else:
        assert figure is None
        assert "full-time persons a year lie beyond the marginal scale" in row["missing"]


def test_the_sheet_of_a_week_says_what_each_account_gives_on_each_step() -> None:
    """Dagpenge in 2021: 4,102.21, of which the state has 0.8, 0.4, 0.3 and 0.2; wage tax has one row an authority."""
    sheet = run().tables["accounts"]
    sheet = sheet[(sheet["group"] == "dagpenge") & (sheet["year"] == 2021)].set_index(["account", "authority"])
    state = sheet.loc[("transfer", "state")]
    assert state["weeks_on_benefit_from"].tolist() == [0, 4, 26, 52]
    assert state["kr_per_week"].tolist() == pytest.approx([3_281.77, 1_640.88, 1_230.66, 820.44], abs=0.0051)
    assert sheet.loc[("transfer", "municipality"), "kr_per_week"].tolist()[0] == pytest.approx(820.44, abs=0.0051)
    tax = sheet.loc[[("wage_tax", "state")]]
    assert tax["kr_per_week"].tolist() == [pytest.approx(684.48, abs=0.0051)]
    assert tax["kr_per_person_year"].tolist() == [pytest.approx(684.48 * 52, abs=0.51)]
    assert tax["weeks_on_benefit_from"].isna().all()
    assert ("wage_subsidy", "state") not in sheet.index


def test_a_krone_that_changes_hands_unseen_is_noticed() -> None:
    """The checks of every run: authorities to the øre, the law comments, the last step, the financial years."""
    found = run()
    assert broken_sums(found.headline, found.tables) == []

    def noticed(**changed: Any) -> str:
        return "; ".join(broken_sums({**found.headline, **changed}, found.tables))

    authorities = found.headline["saldo_mio_kr_by_authority"]
    assert "in øre" in noticed(saldo_mio_kr_by_authority={**authorities, "state": authorities["state"] + 1e-8})
    assert "regions" in noticed(saldo_mio_kr_by_authority={**authorities, "region": 1e-7})
    steps = found.headline["saldo_mio_kr_by_step"]
    last = {**steps, "after_tax_return_flow_and_behaviour": steps["after_tax_return_flow_and_behaviour"] * 1.001}
    assert "the last of the three steps" in noticed(saldo_mio_kr_by_step=last)
    years = {**found.headline["measure"]["financial_years"], "2021": 0.0}
    assert "financial years" in noticed(measure={**found.headline["measure"], "financial_years": years})
    law = found.tables["law_comments"].copy()
    law["mio_kr"] = law["mio_kr"] * 1.001
    assert any("law_comments" in fault for fault in broken_sums(found.headline, {**found.tables, "law_comments": law}))
