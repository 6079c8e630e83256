"""The control's shares against plain enumeration: every pair of words on a grid, every course of the tries."""

from __future__ import annotations

from itertools import pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.control.forms import Allowed, Case, Tries, allowed, applies, changes_form
from simulator.pipeline import span_of
from simulator.scenario.schema import AttendanceRule
from tests.unit.demand.made_up import scenario_of

GRID = 20
MIDDLES = [(at + 0.5) / GRID for at in range(GRID)]
"""Words on a grid; shares that are multiples of 1/20 part it exactly."""
SHARE = st.integers(0, GRID).map(lambda at: at / GRID)
KIND = st.sampled_from(["physical_only", "citizen_chooses", "office_chooses", "digital_only"])


def is_physical(rule: Allowed, exception_word: float, take_up_word: float) -> bool:
    """Return the form of one conversation by the words that decide it, written out."""
    if rule.kind in ("digital_only", "suspended"):
        return False
    return exception_word >= rule.exception and take_up_word >= rule.take_up * rule.scale


def rule_of(kind: str, exception: float, take_up: float, scale: float = 1.0) -> Allowed:
    return Allowed(kind, exception, take_up if kind.endswith("chooses") else 0.0, scale)


TENTH = st.integers(0, GRID // 2).map(lambda at: at / (GRID // 2))
rules = st.builds(rule_of, KIND, SHARE, TENTH, st.sampled_from([1.0, 0.5]))
"""Half of a tenth is a twentieth, so take-up x scale parts the grid exactly too."""


@given(baseline=rules, proposal=rules)
def test_the_share_that_changes_form_is_that_of_all_pairs_of_words(baseline: Allowed, proposal: Allowed) -> None:
    changed = [
        is_physical(baseline, *words) and not is_physical(proposal, *words) for words in product(MIDDLES, MIDDLES)
    ]
    assert changes_form(baseline, proposal, 0.0) == pytest.approx(sum(changed) / GRID**2, abs=1e-12)


@given(rule=rules)
def test_the_physical_share_is_that_of_all_pairs_of_words(rule: Allowed) -> None:
    physical = [is_physical(rule, *words) for words in product(MIDDLES, MIDDLES)]
    assert rule.physical == pytest.approx(sum(physical) / GRID**2, abs=1e-12)


def test_a_suspension_changes_the_form_of_volunteers_who_would_have_come() -> None:
    """0.67 x 0.2 of conversations; the rest is delayed, which is no loss."""
    law, suspended = rule_of("physical_only", 0.33, 0), Allowed("suspended", 0.33, 0.0, 1.0)
    assert changes_form(law, suspended, 0.2) == pytest.approx(0.134)
    assert changes_form(suspended, law, 0.2) == 0.0


def test_the_published_case_by_hand() -> None:
    """(1 - 0.33) x 0.45 x 0.85 of those without a choice; nobody of those who may choose anyway."""
    law, choice = Allowed("physical_only", 0.33, 0.0, 0.85), Allowed("citizen_chooses", 0.33, 0.45, 0.85)
    option = Allowed("office_chooses", 0.33, 0.45, 0.85)
    assert changes_form(law, option, 0.0) == pytest.approx(0.67 * 0.3825)
    assert changes_form(choice, option, 0.0) == 0.0


def brute_force(tries: Tries, baseline: Allowed, proposal: Allowed) -> float:
    """Return the share held digitally in the proposal and physically in the baseline, course by course.

    Both arms meet the same words at the same appointment: form by a grid, attendance by the three parts of its word.
    """
    pairs = [(is_physical(baseline, *words), is_physical(proposal, *words)) for words in product(MIDDLES, MIDDLES)]
    shares = {pair: pairs.count(pair) / len(pairs) for pair in set(pairs)}
    parts = sorted({0.0, tries.digital, tries.physical, 1.0})
    attendance = [((low + high) / 2, high - low) for low, high in pairwise(parts)]

    def course(left: int, held: tuple[bool | None, bool | None]) -> float:
        """Return the share converted from here on; `held` is the form in each arm once it is held."""
        if None not in held or not left:
            return float(held == (True, False))
        total = 0.0
        for (forms, share), (word, weight) in product(shares.items(), attendance):
            now = tuple(
                form if before is None and word >= (tries.physical if form else tries.digital) else before
                for form, before in zip(forms, held, strict=True)
            )
            total += share * weight * course(left - 1, now)
        return total

    return course(tries.tries, (None, None))


@pytest.mark.parametrize("tries", [1, 2, 3])
@pytest.mark.parametrize(
    ("baseline", "proposal"),
    [
        (("physical_only", 0.3, 0), ("office_chooses", 0.3, 0.45)),
        (("citizen_chooses", 0.2, 0.25), ("office_chooses", 0.2, 0.6)),
        (("physical_only", 0.35, 0), ("digital_only", 0.35, 0)),
        (("physical_only", 0.1, 0), ("physical_only", 0.4, 0)),
    ],
)
def test_missed_appointments_follow_every_course_of_the_tries(
    baseline: tuple[str, float, float], proposal: tuple[str, float, float], tries: int
) -> None:
    """At most three appointments, forms drawn anew at each, and each arm going its own way once it has held one."""
    rule, other, missed = rule_of(*baseline), rule_of(*proposal), Tries(0.15, 0.09, tries)
    found = missed.changed_in_the_end(changes_form(rule, other, 0.0), rule.physical)
    assert found == pytest.approx(brute_force(missed, rule, other), abs=1e-12)


def test_without_no_show_what_changes_is_what_is_held_so() -> None:
    assert Tries(0.0, 0.0, 3).changed_in_the_end(0.3, 0.67) == pytest.approx(0.3)
    assert Tries(0.0, 0.0, 3).held(0.67) == 1.0


def test_shares_held_and_appointments_by_hand() -> None:
    """Missed 0.5 x 0.2 + 0.5 x 0.1 = 0.15: held 1 - 0.15^2 in two tries, 1.15 appointments."""
    missed = Tries(0.2, 0.1, 2)
    assert missed.held(0.5) == pytest.approx(0.9775)
    assert missed.appointments(0.5) == pytest.approx(1.15)
    assert missed.held_physically(0.5, 2) == pytest.approx(1.15 * 0.5 * 0.8)


def case(**fields: object) -> Case:
    return Case(**{"day": 50, "type": "jobsamtale", "group": "dagpenge", "place": "461", "age": 200, **fields})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("condition", "inside", "outside"),
    [
        ({"from": "2021-12-21"}, {"day": 50}, {"day": 49}),
        ({"to": "2021-12-21"}, {"day": 50}, {"day": 51}),
        ({"types": ["jobsamtale"]}, {}, {"type": "cv_samtale"}),
        ({"groups": ["dagpenge"]}, {}, {"group": "jobparat"}),
        ({"places": ["461"]}, {}, {"place": "101"}),
        ({"spell_from_days": 182}, {"age": 182}, {"age": 181}),
        ({"spell_to_days": 182}, {"age": 181}, {"age": 182}),
    ],
)
def test_each_condition_of_a_rule_is_looked_at(condition: dict, inside: dict, outside: dict) -> None:
    """The span of the published case begins on 1 November 2021, so day 50 is 21 December."""
    rule, span = AttendanceRule.model_validate({"rule": "digital_only", **condition}), span_of(scenario_of(""))
    assert applies(rule, case(**inside), span)
    assert not applies(rule, case(**outside), span)


def test_the_last_rule_that_applies_gives_kind_exception_and_take_up() -> None:
    text = (
        "proposal: {attendance: {rules: [{rule: office_chooses, take_up: 0.6, exception_share: 0.1}, "
        "{rule: digital_only, types: [cv_samtale]}]}}\n"
    )
    scenario = scenario_of(text, "attendance.take_up_scale=0.5")
    span = span_of(scenario)
    assert allowed(scenario.baseline, case(), span) == Allowed("physical_only", 0.33, 0.0, 0.5)
    assert allowed(scenario.baseline, case(day=61), span) == Allowed("citizen_chooses", 0.33, 0.45, 0.5)
    assert allowed(scenario.proposal, case(), span) == Allowed("office_chooses", 0.1, 0.6, 0.5)
    assert allowed(scenario.proposal, case(type="cv_samtale"), span) == Allowed("digital_only", 0.0, 0.0, 0.5)
