"""A decision of one small municipality in two months: options, priors, tables and words. Money stands still here."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from simulator.demand.spells import survival_of
from simulator.errors import InputError
from simulator.plan import plan_of
from simulator.scenario import Scenario, read_scenario
from simulator.uncertainty.information.answer import Answer, answered
from simulator.uncertainty.information.by_formula import by_formula, sd_of_weeks
from simulator.uncertainty.information.deciding import Deciding
from simulator.uncertainty.information.options import choices_of
from simulator.uncertainty.information.page import plain
from simulator.uncertainty.information.tables import COLUMNS, tables_of
from simulator.uncertainty.wording import read_wording
from tests.unit.uncertainty.information.made_up import MadeUp

DECISION = "scenarios/decision-digital-2022.yaml"
SMALL = (
    "places=[Odense]",
    "period.to=2022-02-28",
    "delivery.run_on_weeks={least: 4, most: 4}",
    "saldo.value_per_person_year_kr=300000",
    "saldo.caseworker_kr_per_hour=400",
)
DRAWS = 256
FIXED = "{name: fixed, value: 0.5}"


def asked(*sets: str, draws: int = DRAWS, engine: str = "fast") -> Deciding:
    scenario = read_scenario(DECISION, [*SMALL, *sets])
    return Deciding(scenario, replace(plan_of(scenario, 1, 1, engine), draws=draws), most=10)


@pytest.fixture(scope="module")
def deciding() -> Deciding:
    return asked()


@pytest.fixture(scope="module")
def answer(deciding: Deciding) -> Answer:
    return answered(deciding, planned=lambda *_: MadeUp(sd=5.0))


def scenario_with(*sets: str) -> Scenario:
    return read_scenario(DECISION, [*SMALL, *sets])


def test_the_options_are_the_rules_as_they_are_and_those_stated(answer: Answer) -> None:
    assert [one.name for one in answer.choices] == ["baseline", "office-chooses", "after-six-months"]
    assert answer.choices[0].told("da") == "Fysisk fremmøde som i 2021"


def test_an_option_is_the_scenario_with_its_rules_as_the_proposal() -> None:
    scenario = scenario_with()
    six = scenario.under_option("after-six-months")
    assert six.proposal.sections.attendance.rules[-1].spell_from_days == 182
    assert six.baseline.sections == scenario.baseline.sections
    assert read_scenario(DECISION, SMALL).under_option("office-chooses").proposal.sections == scenario.proposal.sections


def test_without_a_decision_the_proposal_is_weighed_against_the_baseline() -> None:
    scenario = read_scenario("scenarios/national-year-2022.yaml", SMALL)
    assert [one.name for one in choices_of(scenario)] == ["baseline", "proposal"]


def test_the_rules_as_they_are_are_worth_nothing_by_definition(answer: Answer) -> None:
    for one in answer.priors:
        assert one.values[0].value == 0.0
        assert one.values[0].std_error == 0.0


def test_an_option_is_worth_its_net_figure_for_each_conversation_held(answer: Answer, deciding: Deciding) -> None:
    """At the draws, worked out again one by one from the scenario itself."""
    weighed = answer.priors[1].weighed
    worked = deciding.options[1]
    for row in (0, 17, 200):
        point = {key: column[row : row + 1] for key, column in weighed.table.points.items()}
        figures = worked.figures(point)
        by_hand = float(figures["net_kr"][0] / figures["baseline_held"][0]) * 2.5e6 / 1e6
        assert weighed.drawn.net[row, 2] == pytest.approx(by_hand, rel=1e-9)


def test_three_shipped_priors_move_their_own_value_alone(answer: Answer) -> None:
    assert [one.weighed.believed.name for one in answer.priors] == ["sceptical", "flat", "near-equal"]
    tables = [one.weighed.table for one in answer.priors]
    for key in tables[0].keys:
        same = np.array_equal(tables[0].points[key], tables[1].points[key])
        assert same == (key != "effects.params.relative_effect")
    means = [float(one.points["effects.params.relative_effect"].mean()) for one in tables]
    assert means == pytest.approx([0.25, 0.5, 0.85], abs=0.01)


def test_shares_of_the_draws_add_up_and_bounds_hold(answer: Answer) -> None:
    for one in answer.priors:
        assert sum(share.value for share in one.shares) == pytest.approx(1.0)
        parts = [part.worth.value for part in (*one.alone, *one.together)]
        assert all(0 <= value <= one.perfect.value for value in parts)
        for group in one.together:
            members = [part.worth.value for part in one.alone if part.name in group.members]
            assert group.worth.value >= max(members)


def test_all_assumptions_together_are_worth_exactly_what_everything_is(deciding: Deciding) -> None:
    found = answered(deciding, ["all=effects"], planned=lambda *_: MadeUp())
    for one in found.priors:
        assert [part.worth.value for part in one.together] == [one.perfect.value]


def test_a_sure_world_has_nothing_to_learn() -> None:
    fixed = ", ".join(f"{{name: p{number}, distribution: {FIXED}}}" for number in range(3))
    still = ["effects.params.scale=1"]
    found = answered(asked(f"decision.priors=[{fixed}]", *still), planned=lambda *_: MadeUp())
    assert all(one.perfect.value == 0.0 and one.is_settled and one.alone == () for one in found.priors)
    assert "is best at every draw. To know more is worth nothing" in plain(found, read_wording("en"))


def test_an_option_that_changes_nothing_is_told_as_nothing() -> None:
    found = answered(asked("decision.options=[{name: same, proposal: {law: law-2021}}]"))
    assert all(worth.value == 0.0 for one in found.priors for worth in one.values)
    text = plain(found, read_wording("en"))
    assert "same is worth exactly 0 at every draw: it changes nothing in the period." in text


def test_a_prior_on_a_table_leaves_a_value_that_the_scenario_names() -> None:
    found = asked("effects.params.relative_effect.jobsamtale.phone=0.4")
    drawn_as = found.believed[0].distributions
    assert drawn_as["effects.params.relative_effect.jobsamtale.phone"].mean == 0.4
    assert drawn_as["effects.params.relative_effect"].mean == pytest.approx(0.25)


def test_tables_have_their_columns_and_only_what_applies(answer: Answer) -> None:
    tables = tables_of(answer)
    assert {name: tuple(table.columns) for name, table in tables.items()} == COLUMNS
    voi = tables["voi"]
    assert set(voi["measure"]) == {"option_value", "best_share", "evpi", "evppi", "evppi_group"}
    shares = voi[voi["measure"] == "best_share"]
    assert shares["a_year_mio_kr"].isna().all()
    assert shares.groupby("prior")["share"].sum().tolist() == pytest.approx([1.0] * 3)
    evpi = voi[voi["measure"] == "evpi"].set_index("prior")
    years = answer.horizon.worth_of_one()
    assert (evpi["horizon_mio_kr"] / evpi["a_year_mio_kr"]).tolist() == pytest.approx([years] * 3)
    worth, sizes = tables["trial_worth"], tables["trial_sizes"]
    for prior, best in zip(worth["prior"], worth["best_persons_per_arm"], strict=True):
        marked = sizes[(sizes["prior"] == prior) & sizes["best"]]["persons_per_arm"].tolist()
        assert marked == ([] if best == 0 else [best])


@pytest.mark.parametrize(("language", "said"), [("en", "worth of knowing"), ("da", "værdien af at vide")])
def test_three_priors_stand_side_by_side_in_both_languages(answer: Answer, language: str, said: str) -> None:
    text = plain(answer, read_wording(language))
    assert said in text
    for one in answer.priors:
        assert text.count(one.weighed.believed.told(language)) >= 3
    assert "{" not in text
    assert "nan" not in text


def test_a_trial_that_nobody_can_enter_is_told_and_the_rest_stands(deciding: Deciding) -> None:
    found = answered(deciding, planned=lambda *_: MadeUp(most=0))
    assert found.trials == ()
    assert "No trial: a trial would enrol nobody" in plain(found, read_wording("en"))
    assert tables_of(found)["trial_worth"].empty


def test_the_closed_form_of_a_trial_follows_the_exit_curve(deciding: Deciding) -> None:
    worked = deciding.options[0]
    found = by_formula(worked.scenario, worked.today())
    assert found.group == "dagpenge"
    assert 2 < found.conversations < 6  # 7 to 10 a year while the spell lasts, a third of a year in the mean
    assert found.std_error(200) == pytest.approx(found.sd / 10)
    assert found.weeks_until(100) == pytest.approx(65 + 200 / found.entrants_a_week)
    assert found.most == int(found.entrants_a_week * 26)


def test_the_spread_of_weeks_in_employment_by_hand() -> None:
    """Whole days by their chance: who leaves on day t is in employment from then to day 364."""
    survival = survival_of(scenario_with().baseline.values, "dagpenge")
    alive = survival.alive.astype(float) / 2**32
    weeks = np.array([(364 - day) / 7 for day in range(1, 365)] + [0.0])
    chance = np.array([alive[day - 1] - alive[day] for day in range(1, 365)] + [alive[364]])
    mean = float(chance @ weeks)
    assert sd_of_weeks(survival) == pytest.approx(float(chance @ (weeks - mean) ** 2) ** 0.5)


def test_draws_that_take_too_long_are_refused() -> None:
    free = "attendance.take_up_scale={value: 1, distribution: {name: uniform, low: 0.5, high: 1.5}}"
    with pytest.raises(InputError, match=r"needs 1,540 answers of the control.*may make 100"):
        asked(free, engine="control")
    with pytest.raises(InputError, match=r"needs 512 simulations.*may make 10"):
        asked(free)


def test_too_few_draws_are_refused() -> None:
    with pytest.raises(InputError, match="64 draws are too few"):
        asked(draws=64)
