"""Figures of the control: factors multiply to each, parts add up, and the comparison leaves nothing out."""

from __future__ import annotations

import math
from itertools import groupby

import pytest

from simulator.control import Control, Simulated, Sums, compare, control_of
from simulator.control.figures import Factor, whole
from simulator.pipeline import setting_of
from tests.unit.demand.made_up import scenario_of

OPTION = "attendance: {rules: [{rule: office_chooses, from: 2021-12-19, to: 2022-01-16}]}"
CLOSED = "calendar: {closure_weeks: [2021-W51, 2021-W52]}\n"
FIGURES = ("due", "converted", "converted_weeks", "converted_kr")


def control(text: str, *sets: str) -> Control:
    setting = setting_of(scenario_of(text, *sets))
    return control_of(setting.scenario, setting.calendars, setting.span, setting.places)


@pytest.fixture(scope="module")
def christmas() -> Control:
    return control(f"{CLOSED}places: [Odense, Fano]\nproposal: {{{OPTION}}}\n")


def products(found: Control) -> dict[tuple[str, str, str], float]:
    """Return the product of the factors of each figure; 0 where a factor is 0."""

    def key(factor: Factor) -> tuple[str, str, str]:
        return factor.quantity, factor.type, factor.group

    result = {}
    for at, factors in groupby(sorted(found.factors, key=lambda one: (*key(one), one.order)), key):
        values = [factor.value for factor in factors]
        result[at] = 0.0 if 0.0 in values else math.prod(values)
    return result


def test_the_factors_multiply_to_each_figure_of_the_whole(christmas: Control) -> None:
    found = products(christmas)
    for quantity in FIGURES:
        assert found[quantity, "", ""] == pytest.approx(christmas.total(quantity), rel=1e-12)
    assert christmas.total("converted") > 100
    assert christmas.total("form_kr") < 0


def test_the_factors_multiply_to_each_figure_of_every_type_and_group(christmas: Control) -> None:
    found = products(christmas)
    for (type_name, group), sums in christmas.found.items():
        figures = (sums.due, sums.converted, sums.form_weeks, sums.form_weeks * christmas.week_kr[group])
        for quantity, figure in zip(FIGURES, figures, strict=True):
            assert found[quantity, type_name, group] == pytest.approx(figure, rel=1e-12, abs=1e-12)


def test_types_and_groups_add_up_to_the_whole(christmas: Control) -> None:
    for quantity, name in [("due", "due"), ("held", "held"), ("converted", "converted"), ("form_kr", "form_weeks")]:
        worth = christmas.week_kr if quantity == "form_kr" else dict.fromkeys(christmas.week_kr, 1.0)
        total = sum(getattr(sums, name) * worth[group] for (_, group), sums in christmas.found.items())
        assert christmas.total(quantity) == pytest.approx(total)


def test_factors_stand_in_order_with_unit_and_key(christmas: Control) -> None:
    chain = [
        f for f in christmas.factors if (f.quantity, f.type, f.group) == ("converted_kr", "jobsamtale", "dagpenge")
    ]
    assert [factor.order for factor in chain] == list(range(1, 13))
    assert [(factor.factor, factor.unit) for factor in chain if factor.order in (1, 4, 7, 12)] == [
        ("persons", "persons"),
        ("carried_through_closures", "factor"),
        ("share_choosing_digital", "share"),
        ("kr_per_week_of_employment", "kr per week"),
    ]
    assert chain[-1].value == pytest.approx(-300_000 / 52), "the loss carries its minus in the last factor"
    keys = {factor.factor: factor.key for factor in chain}
    assert keys["share_choosing_digital"] == "attendance.take_up.jobsamtale.dagpenge"
    assert keys["share_not_excepted"] == "attendance.exception_share.jobsamtale"
    assert keys["persons"] == "demand.stock.dagpenge"


def test_shares_of_the_published_case_can_be_read_off_the_chain(christmas: Control) -> None:
    """CV-samtaler: no exception, no own choice, 0.45 choose, scale 1, two working weeks of ten meeting days."""
    chain = {f.factor: f.value for f in christmas.factors if (f.quantity, f.type) == ("converted", "cv_samtale")}
    assert chain["meeting_weeks"] == pytest.approx(2.0)
    assert chain["share_not_excepted"] == chain["share_without_own_choice"] == chain["take_up_scale"] == 1.0
    assert chain["share_choosing_digital"] == pytest.approx(0.45)
    job = {f.factor: f.value for f in christmas.factors if (f.quantity, f.group) == ("converted", "jobparat")}
    assert job["share_not_excepted"] == pytest.approx(0.67)
    assert job["share_choosing_digital"] == pytest.approx(0.35)


def test_the_line_says_the_chain_and_its_result(christmas: Control) -> None:
    assert christmas.line.count(" x ") == 11
    assert christmas.line.endswith(f"= {christmas.total('form_kr') / 1e6:,.2f} mio. kr.")


def test_a_proposal_that_changes_nothing_is_exactly_nothing() -> None:
    found = control(f"{CLOSED}places: [Odense]\n")
    assert {found.total(name) for name in ("converted", "form_kr", "volume_kr", "employment_effect_kr")} == {0.0}
    assert found.total("caseworker_hours_municipal") == found.total("caseworker_hours_a_kasse") == 0.0
    assert all(str(found.total(name)) != "-0.0" for name in found.totals)


def test_the_headline_counts_the_lines_of_its_concept() -> None:
    arm = f"proposal: {{calendar: {{closure_weeks: [2022-W01]}}, {OPTION}}}\n"
    text = f"places: [Odense]\nsaldo: {{concept: employment}}\n{arm}"
    found = control(text)
    form, volume = found.total("form_kr"), found.total("volume_kr")
    assert form < 0
    assert volume < 0
    assert found.total("employment_effect_kr") == pytest.approx(form + volume)
    note = control(text.replace("employment}", "note}"))
    assert note.total("employment_effect_kr") == pytest.approx(form)


def test_the_whole_counts_a_group_once_and_weights_weeks_by_what_is_due() -> None:
    """Two types of one group and one of another: 100 + 40 persons; 10 due in 2 weeks and 20 in 4, 10 in 2."""
    found = whole(
        {
            ("a", "x"): Sums(persons=100, meeting_weeks=2, uncarried=10, due=10),
            ("b", "x"): Sums(persons=100, meeting_weeks=4, uncarried=20, due=20),
            ("a", "y"): Sums(persons=40, meeting_weeks=2, uncarried=10, due=10),
        }
    )
    assert found.persons == 140
    assert found.due == 40
    assert found.meeting_weeks == pytest.approx(40 / (5 + 5 + 5))


def test_the_difference_is_parted_by_hand_and_the_rest_is_called_unexplained() -> None:
    """Parts at 0.3 a conversation: due +3, queue -1.5, lapsed -0.6, cancelled -0.3.

    The control: 100 due, 96 held, 30 converted. The simulation: 110 due, 12 waiting before, 17 after, 2 lapsed,
    5 cancelled, 28 converted.
    """
    found = compare(
        {("jobsamtale", "dagpenge"): Sums(due=100, held=96, converted=30)},
        {"jobsamtale": Simulated(110, 12, 17, 2, 5, 28)},
        0.02,
    )
    assert found.parts == pytest.approx({"due": 3.0, "queue": -1.5, "lapsed": -0.6, "cancelled": -0.3})
    assert found.unexplained == pytest.approx(-2 - 0.6)
    assert found.unexplained_share == pytest.approx(2.6 / 30)
    assert found.draft


def test_a_document_is_a_draft_above_the_tolerated_share_and_never_without_a_control() -> None:
    sums = {("jobsamtale", "dagpenge"): Sums(due=100, held=100, converted=100)}

    def draft(converted: float) -> bool:
        return compare(sums, {"jobsamtale": Simulated(100, 0, 0, 0, 0, converted)}, 0.02).draft

    assert [draft(converted) for converted in (97.9, 98.0, 100, 102.0, 102.1)] == [True, False, False, False, True]
    nothing = compare({("jobsamtale", "dagpenge"): Sums()}, {"jobsamtale": Simulated(5, 0, 0, 0, 0, 3)}, 0.02)
    assert nothing.unexplained_share is None
    assert not nothing.draft


def test_what_returns_to_physical_form_is_won_by_the_same_chain() -> None:
    """Physical attendance for all, against the choice after six months: nothing is converted, something comes back."""
    found = control(
        "places: [Odense]\nproposal: {attendance: {rules: [{rule: physical_only}]}}\n",
        "period.from=2022-02-01",
        "period.to=2022-02-28",
    )
    assert found.total("converted") == 0
    chain = [factor.value for factor in found.factors if (factor.quantity, factor.type) == ("reverse_kr", "")]
    assert math.prod(chain) == pytest.approx(found.total("reverse_kr"), rel=1e-12)
    assert found.total("form_kr") == found.total("reverse_kr") > 100_000
    assert found.total("caseworker_hours_municipal") < 0


def test_what_a_suspension_makes_wait_is_no_part_of_the_share_that_changes_form() -> None:
    """100 due, 80 wait; of 20 held 10 change form. 60 still wait, 20 were replaced: nothing is left unexplained."""
    sums = {("jobsamtale", "dagpenge"): Sums(due=100, held=100, delayed=80, converted=10)}
    found = compare(sums, {"jobsamtale": Simulated(100, 0, 60, 0, 20, 10)}, 0.02)
    assert found.parts == {"due": 0, "queue": 0.5 * (80 - 60), "lapsed": 0, "cancelled": -0.5 * 20}
    assert found.unexplained == 0
