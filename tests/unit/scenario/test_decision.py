"""The `decision:` of a scenario: options, priors, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulator.distributions import distribution_of
from simulator.errors import InputError
from simulator.facts.read import sources
from simulator.scenario import read_scenario
from simulator.scenario.prior import LEAST_PRIORS
from simulator.scenario.statutes import shipped_priors

PERIOD = "period: {from: 2021-12-19, to: 2022-01-16}\n"
UNIFORM = "distribution: {name: uniform, low: 0, high: 1}"
THREE = ", ".join(f"{{name: p{number}, {UNIFORM}}}" for number in range(3))


def written(folder: Path, decision: str) -> Path:
    path = folder / "choice.yaml"
    path.write_text(f"{PERIOD}{decision}\n", encoding="utf-8")
    return path


def refused(folder: Path, decision: str) -> str:
    with pytest.raises(InputError) as wrong:
        read_scenario(written(folder, decision))
    return str(wrong.value)


@pytest.mark.parametrize(
    ("decision", "said"),
    [
        ("decision: {optoins: []}", "decision.optoins: unknown key"),
        ("decision: {options: [{title: a}]}", "decision.options[1].name: is missing"),
        ("decision: {options: [{name: A b}]}", "`A b` is not a name"),
        ("decision: {options: [{name: baseline, proposal: {}}]}", "`baseline` is the name of the rules as they are"),
        ("decision: {options: [{name: a, proposal: {}}, {name: a}]}", "options[2].name: `a` is the name of another"),
        ("decision: {options: [{name: a}, {name: b}]}", "a and b would all be the scenario's own proposal"),
        ("decision: {options: [{name: a, proposal: {law: law-1999}}]}", "`law-1999` is not a known law"),
        (
            "decision: {options: [{name: a, proposal: {demand: {stock_series: constant}}, sourc: x}]}",
            "did you mean source?",
        ),
        (f"decision: {{priors: [{{name: a, {UNIFORM}}}]}}", "decision.priors: 1 of them; allowed: 3 or more"),
        (f"decision: {{priors: [{{{UNIFORM}}}, {{name: b, {UNIFORM}}}]}}", "priors[1].name: is missing"),
        ("decision: {priors: [{name: a}]}", "decision.priors[1].distribution: is missing"),
        (
            "decision: {priors: [{name: a, distribution: {name: unifrm}}]}",
            "is not a known distribution; allowed: beta, empirical",
        ),
        ("decision: {priors: [{name: a, distribution: {name: uniform, lo: 0}}]}", "did you mean low?"),
        ("decision: {horizon_years: ten}", "decision.horizon_years: `ten` is not a number"),
        ("decision: {horizon_yeers: 10}", "did you mean horizon_years?"),
        ("proposal: {decision: {horizon_years: 5}}", "stands for both arms and cannot differ"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(tmp_path: Path, decision: str, said: str) -> None:
    assert said in refused(tmp_path, decision)


def test_rules_of_an_option_that_contradict_are_refused(tmp_path: Path) -> None:
    rules = "[{rule: digital_only}, {rule: physical_only}]"
    told = refused(tmp_path, f"decision: {{options: [{{name: a, proposal: {{attendance: {{rules: {rules}}}}}}}]}}")
    assert "decision.options[1].proposal.attendance.rules[2]: says something else than [1]" in told


def test_an_option_that_waits_for_an_incidence_needs_a_series(tmp_path: Path) -> None:
    rules = "[{rule: digital_only, trigger: {at_least_per_100k: 100}}]"
    told = refused(tmp_path, f"decision: {{options: [{{name: a, proposal: {{attendance: {{rules: {rules}}}}}}}]}}")
    assert "decision.options[1].proposal.attendance.rules[1].trigger: waits for an incidence" in told


def test_an_option_is_laid_over_the_baseline_and_not_over_the_proposal(tmp_path: Path) -> None:
    text = (
        "attendance: {rules: [{rule: physical_only}]}\n"
        "proposal: {attendance: {take_up_scale: 0.5, rules: [{rule: digital_only}]}}\n"
        "decision: {options: [{name: own}, {name: six, proposal: {attendance: {rules: "
        "[{rule: citizen_chooses, spell_from_days: 182}]}}}]}"
    )
    scenario = read_scenario(written(tmp_path, text))
    six, own = scenario.under_option("six"), scenario.under_option("own")
    own_rules = [rule.rule for rule in own.proposal.sections.attendance.rules if rule.name.endswith(("1", "2"))]
    assert six.proposal.values["attendance.take_up_scale"] == 1.0
    assert own.proposal.values["attendance.take_up_scale"] == 0.5
    assert six.proposal.sections.attendance.rules[-1].rule == "citizen_chooses"
    assert own_rules[-1] == own.proposal.sections.attendance.rules[-1].rule == "digital_only"
    assert six.with_values({"attendance.take_up_scale": 0.7}).proposal.values["attendance.take_up_scale"] == 0.7


def test_a_decision_that_is_written_out_reads_back(tmp_path: Path) -> None:
    options = "[{name: a, title_da: Én, proposal: {law: law-2022}}]"
    text = f"decision: {{horizon_years: 7, priors: [{THREE}], options: {options}}}"
    scenario = read_scenario(written(tmp_path, text))
    again = tmp_path / "again.yaml"
    again.write_text(scenario.resolved_text(everything=True), encoding="utf-8")
    back = read_scenario(again)
    assert back.sections.decision == scenario.sections.decision
    assert back.under_option("a").proposal.sections == scenario.under_option("a").proposal.sections
    assert back.baseline.values["decision.horizon_years"] == 7


def test_shipped_priors_are_three_with_known_sources_and_reasons() -> None:
    found = shipped_priors()
    assert [one.name for one in found] == ["sceptical", "flat", "near-equal"]
    assert len(found) >= LEAST_PRIORS
    for one in found:
        assert one.source in sources()
        assert one.reason
        assert one.title
        assert one.title_da
        assert distribution_of(one.distribution.given(), (0, 1)).sd > 0
