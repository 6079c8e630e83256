"""The tables of rules, municipalities and months, and the figures of backlog, contacts and warnings."""

from __future__ import annotations

from functools import cache

import pytest

from simulator.results import Run
from simulator.results.checks import broken_sums
from tests.unit.results.small_runs import small_run

OPTION = "proposal.attendance.rules=[{name: by incidence, rule: office_chooses, trigger: {%s, area: country}}]"
SERIES = "infection.series=ssi-weekly"


@cache
def published() -> Run:
    return small_run("christmas-2021")


@cache
def infected(*sets: str) -> Run:
    return small_run("christmas-2021", SERIES, *sets)


def test_rules_stand_by_arm_in_their_order_with_source_and_reason() -> None:
    rules = published().tables["rules"]
    assert rules["arm"].value_counts().to_dict() == {"baseline": 2, "proposal": 3}
    option = rules[(rules["arm"] == "proposal") & (rules["kind"] == "office_chooses")].iloc[0]
    assert (option["order"], option["from"], option["to"]) == (3, "2021-12-19", "2022-01-16")
    assert option["why"].startswith("Epidemikommissionens indstilling")
    choice = rules[rules["rule"] == "own choice after six months"].iloc[0]
    assert (choice["types"], choice["spell_from_days"], choice["draft"]) == ("jobsamtale,opfoelgning", 182, 0)


def test_a_triggered_rule_stands_with_the_numbers_that_decided() -> None:
    run = infected(OPTION % "at_least_per_100k: 1500")
    (decision,) = run.headline["decisions"]
    row = run.tables["rules"].set_index("rule").loc[f"by incidence (Danmark, from {decision['from']})"]
    assert (row["from"], row["to"]) == (decision["from"], decision["to"])
    assert row["why"] == f"Danmark: {decision['why']}"
    assert "at least 1500" in row["why"]


def test_a_trigger_that_never_fires_is_a_named_warning_and_changes_nothing() -> None:
    run = infected(OPTION % "at_least_per_100k: 90000")
    assert [one["name"] for one in run.headline["warnings"]] == ["trigger_never_fires"]
    assert run.headline["decisions"] == []
    assert run.headline["converted"]["mean"] == 0


def test_a_draft_rule_in_the_period_is_a_named_warning() -> None:
    run = small_run("christmas-2021", "attendance.orders=[reopening-april-2021]")
    assert run.headline["warnings"] == [], "it lies outside the period"
    rule = "attendance.rules=[{name: not sure, rule: physical_only, draft: true}]"
    assert [one["name"] for one in small_run("christmas-2021", rule).headline["warnings"]] == ["draft_rule"]


def test_municipalities_add_up_to_the_headline() -> None:
    run = published()
    places = run.tables["places"]
    for arm, counts in run.headline["conversations"].items():
        sums = places[places["arm"] == arm].groupby("quantity")["value"].sum()
        for quantity in ("due", "held", "physical", "phone", "video"):
            assert sums[quantity] == pytest.approx(counts[quantity]), (arm, quantity)
    assert places[places["quantity"] == "population"]["arm"].unique().tolist() == ["both"]


def test_months_add_up_to_the_headline_and_the_queue_to_that_at_the_end() -> None:
    run = published()
    months = run.tables["months"]
    assert set(zip(months["year"], months["month"], strict=True)) == {(2021, 12), (2022, 1)}
    for arm, counts in run.headline["conversations"].items():
        of_arm = months[months["arm"] == arm]
        for name in ("due", "held", "physical", "phone", "video"):
            assert of_arm[name].sum() == pytest.approx(counts[name])
        assert of_arm[of_arm["month"] == 1]["waiting"].sum() == pytest.approx(counts["waiting_end"])


def test_the_digital_share_by_year_is_that_of_the_months() -> None:
    run = published()
    months = run.tables["months"]
    january = months[(months["arm"] == "proposal") & (months["year"] == 2022) & (months["office_kind"] == "jobcentre")]
    share = 1 - january["physical"].sum() / january["held"].sum()
    assert run.headline["digital_share_by_year"]["proposal"]["2022"] == pytest.approx(share)


def held(run: Run, arm: str) -> float:
    return float(run.headline["conversations"][arm]["physical"])


def test_contacts_avoided_are_the_meetings_and_a_range_worked_out_by_hand() -> None:
    """Infections = meetings x cases a day per 100,000 x days / found x 2 x share that a meeting infects."""
    plain, run = published(), infected("infection.kr_per_infection=10000")
    meetings = [held(found, "baseline") - held(found, "proposal") for found in (plain, run)]
    assert plain.headline["contacts_avoided"]["meetings"] == pytest.approx(meetings[0])
    assert plain.headline["contacts_avoided"]["infections"] is None, "no series is named"
    found = run.headline["contacts_avoided"]
    chain, infections = found["chain"], found["infections"]
    by_hand = meetings[1] * chain["cases_a_day_per_100k"] / 100_000 * 5 / 0.6 * 2 * 0.03
    assert infections["mean"] == pytest.approx(by_hand)
    assert infections["low"] == pytest.approx(by_hand * 3 / 5 * 0.6 / 0.9 * 0.005 / 0.03)
    assert infections["high"] == pytest.approx(by_hand * 8 / 5 * 0.6 / 0.3 * 0.1 / 0.03)
    assert found["mio_kr"] == pytest.approx(by_hand * 0.01)
    assert infected().headline["contacts_avoided"]["mio_kr"] is None, "no price, no kroner"


def test_a_series_without_a_link_changes_no_figure() -> None:
    assert infected().headline["saldo_mio_kr"] == published().headline["saldo_mio_kr"]
    assert infected().headline["conversations"] == published().headline["conversations"]


def test_the_incidence_is_carried_on_after_the_period_and_the_reader_is_told() -> None:
    warnings = infected("infection.links=[worth]").headline["warnings"]
    assert [one["name"] for one in warnings] == ["incidence_carried_on"]
    assert "2022-02-27" in warnings[0]["text"]
    assert infected().headline["warnings"] == [], "nothing hangs on it"


def test_saved_and_lost_stand_apart_and_add_up_to_volume() -> None:
    """Illness calls conversations off under the law, and the option holds them by phone."""
    sets = ("infection.links=[illness]", "infection.illness.found_share=0.1", "effects.params.relative_effect=0.65")
    run = infected(*sets)
    apart = run.headline["counterfactual"]
    assert apart["saved"]["conversations"]["mean"] > 5
    assert apart["saved"]["mio_kr"]["mean"] > 0
    volume = run.headline["saldo_mio_kr"]["volume"]["mean"]
    assert apart["saved"]["mio_kr"]["mean"] + apart["lost"]["mio_kr"]["mean"] == pytest.approx(volume)
    assert run.headline["conversations"]["baseline"]["put_off"] > run.headline["conversations"]["proposal"]["put_off"]
    broken = {**run.headline, "counterfactual": {**apart, "lost": {"mio_kr": {"mean": 1.0}}}}
    assert broken_sums(broken, run.tables)


def test_a_backlog_has_a_peak_and_a_day_on_which_it_is_gone() -> None:
    rule = "proposal.attendance.rules=[{rule: suspended, from: 2021-12-20, to: 2022-01-07}]"
    run = small_run("christmas-2021", rule, "delivery.run_on_weeks.most=40", "attendance.voluntary_contact_share=0")
    backlog = run.headline["backlog"]
    assert backlog["on"] == "2022-01-09", "the week in which the suspension ends"
    assert backlog["most"] > 30
    assert "2022-01-09" < backlog["gone_by"] < "2022-10-01"
    assert published().headline["backlog"] is None or published().headline["backlog"]["most"] < 20
