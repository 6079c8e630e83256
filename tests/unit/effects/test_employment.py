"""Effects by hand: weeks of employment by form and spell, the two lines, and the rules of the relative effect."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from simulator.effects import Employment, apart_of, changed_form, employment, worth
from tests.unit.demand.made_up import scenario_of
from tests.unit.effects.made_up_joint import (
    CLASSES,
    GROUPS,
    NOT_HELD,
    PHONE,
    PHYSICAL,
    SPAN,
    TYPES,
    VIDEO,
    Line,
    joint_of,
)

HAND = (
    "effects.params.scale=1",
    "effects.params.weeks_per_conversation.jobsamtale.dagpenge.week_0=0.75",
    "effects.params.weeks_per_conversation.jobsamtale.dagpenge.week_26=0.4",
    "effects.params.relative_effect.jobsamtale.phone=0.65",
    "effects.params.relative_effect.jobsamtale.video=0.75",
)
BEFORE, AFTER = date(2021, 12, 18), date(2022, 1, 17)


def kept(*sets: str, text: str = "", form: int = PHONE, type_name: str = "jobsamtale", group: str = "dagpenge") -> list:
    """Return weeks kept by spell class."""
    table = worth(scenario_of(text, *HAND, *sets))
    return table[form, TYPES.index(type_name), GROUPS.index(group)].tolist()


def effect_of(*lines: Line, text: str = "", sets: tuple[str, ...] = ()) -> Employment:
    return employment(apart_of(joint_of(*lines), SPAN), worth(scenario_of(text, *HAND, *sets)))


def form_and_volume(*lines: Line) -> tuple[float, float]:
    weeks = effect_of(*lines).weeks
    return float(weeks[0].sum()), float(weeks[1].sum())


def test_a_physical_conversation_is_worth_its_weeks_by_spell() -> None:
    """0.75 before week 26, 0.40 from week 26 on; what is not held keeps nothing."""
    assert kept(form=PHYSICAL) == [0.75] * 3 + [0.4] * 5
    assert kept(form=NOT_HELD) == [0.0] * 8


def test_a_digital_one_keeps_its_share() -> None:
    assert kept(form=PHONE) == pytest.approx([0.4875] * 3 + [0.26] * 5)
    assert kept(form=VIDEO) == pytest.approx([0.5625] * 3 + [0.3] * 5)


def test_the_scale_is_on_every_line() -> None:
    assert kept("effects.params.scale=0.3", form=PHYSICAL) == pytest.approx([0.225] * 3 + [0.12] * 5)
    other = kept("effects.params.scale=2", form=PHYSICAL, type_name="raadighedssamtale")
    assert other == pytest.approx([0.4] * 8), "0.20 x 2"


def test_one_number_sets_every_relative_effect() -> None:
    table = worth(scenario_of("", "effects.params.relative_effect=0.25"))
    assert table[PHONE] == pytest.approx(0.25 * table[PHYSICAL])
    assert table[VIDEO] == pytest.approx(0.25 * table[PHYSICAL])


def test_types_keep_shares_of_their_own() -> None:
    """Team meetings lose quality: half is kept."""
    sets = ("effects.params.weeks_per_conversation.rehabiliteringsmoede.jobafklaring.week_0=0.2",)
    assert kept(*sets, type_name="rehabiliteringsmoede", group="jobafklaring") == pytest.approx([0.1] * 8)


@pytest.mark.parametrize(
    ("rule", "phone", "video"),
    [
        ("relative_effect: 0.9", [0.9] * 8, [0.9] * 8),
        ("relative_effect: 0.9, forms: [video]", [0.65] * 8, [0.9] * 8),
        ("relative_effect: 0.9, types: [cv_samtale]", [0.65] * 8, [0.75] * 8),
        ("relative_effect: 0.9, groups: [jobparat]", [0.65] * 8, [0.75] * 8),
        ("relative_effect: 0.9, spell_from_weeks: 26", [0.65] * 3 + [0.9] * 5, [0.75] * 3 + [0.9] * 5),
        ("relative_effect: 0.9, spell_to_weeks: 26", [0.9] * 3 + [0.65] * 5, [0.9] * 3 + [0.75] * 5),
        ("relative_effect: 1.2, spell_from_weeks: 52, spell_to_weeks: 104",
         [0.65] * 5 + [1.2] * 2 + [0.65], [0.75] * 5 + [1.2] * 2 + [0.75]),
    ],
)  # fmt: skip
def test_rules_of_the_relative_effect(rule: str, phone: list[float], video: list[float]) -> None:
    text = f"effects: {{relative_effect_rules: [{{{rule}}}]}}\n"
    weeks = np.array([0.75] * 3 + [0.4] * 5)
    assert kept(text=text, form=PHONE) == pytest.approx((weeks * phone).tolist())
    assert kept(text=text, form=VIDEO) == pytest.approx((weeks * video).tolist())
    assert kept(text=text, form=PHYSICAL) == weeks.tolist()


def test_the_last_rule_that_applies_wins() -> None:
    text = "effects: {relative_effect_rules: [{relative_effect: 0.9}, {relative_effect: 0.1, forms: [phone]}]}\n"
    assert kept(text=text, form=PHONE)[0] == pytest.approx(0.075)
    assert kept(text=text, form=VIDEO)[0] == pytest.approx(0.675)


def test_ten_conversations_by_phone_instead_of_face_to_face() -> None:
    """10 x 0.75 weeks x (0.65 - 1) = -2.625 weeks, all of it form."""
    assert form_and_volume(Line(10)) == (pytest.approx(-2.625), 0)


def test_the_other_way_round_is_a_gain() -> None:
    assert form_and_volume(Line(10, PHONE, PHYSICAL)) == (pytest.approx(2.625), 0)


def test_phone_to_video_is_form_and_converts_nobody() -> None:
    """4 x 0.75 x (0.75 - 0.65) = 0.3 weeks."""
    found = effect_of(Line(4, PHONE, VIDEO))
    assert found.weeks.sum() == pytest.approx(0.3)
    assert (found.converted.sum(), found.reverse.sum()) == (0, 0)


def test_the_same_form_in_both_arms_is_nothing() -> None:
    for form in (PHYSICAL, PHONE, VIDEO):
        assert form_and_volume(Line(7, form, form)) == (0, 0)


@pytest.mark.parametrize(
    ("baseline", "proposal", "weeks"),
    [
        (PHYSICAL, NOT_HELD, -0.75),
        (PHONE, NOT_HELD, -0.4875),
        (NOT_HELD, PHYSICAL, 0.75),
        (NOT_HELD, VIDEO, 0.5625),
    ],
)
def test_what_is_held_in_one_arm_alone_is_volume(baseline: int, proposal: int, weeks: float) -> None:
    assert form_and_volume(Line(8, baseline, proposal)) == (0, pytest.approx(8 * weeks))


def test_what_is_held_in_neither_arm_is_nothing() -> None:
    assert form_and_volume(Line(8, NOT_HELD, NOT_HELD)) == (0, 0)


def test_the_two_lines_add_up_to_the_worth_of_all_that_was_held() -> None:
    """Proposal 0.4875 x 10 + 0.4 x 3 + 0.75 x 2; baseline 0.75 x 10 + 0.26 x 3 + 0.75 x 5."""
    lines = (
        Line(10),
        Line(3, PHONE, PHYSICAL, spell="27-51"),
        Line(5, PHYSICAL, NOT_HELD),
        Line(2, NOT_HELD, PHYSICAL),
    )
    form, volume = form_and_volume(*lines)
    assert form + volume == pytest.approx(4.875 + 1.2 + 1.5 - (7.5 + 0.78 + 3.75))


def test_form_counts_inside_the_period_and_volume_over_the_whole_span() -> None:
    """The period is 19 December to 16 January; the days before and after it are simulated too."""
    for day in (BEFORE, AFTER):
        assert form_and_volume(Line(10, day=day)) == (0, 0)
        assert form_and_volume(Line(10, PHYSICAL, NOT_HELD, day=day)) == (0, pytest.approx(-7.5))
    for day in (date(2021, 12, 19), date(2022, 1, 16)):
        assert form_and_volume(Line(10, day=day)) == (pytest.approx(-2.625), 0)


def test_converted_is_physical_in_the_baseline_and_digital_in_the_proposal_inside_the_period() -> None:
    lines = (
        Line(10),
        Line(4, PHYSICAL, VIDEO, group="jobparat"),
        Line(3, PHONE, PHYSICAL),
        Line(9, day=BEFORE),
        Line(5, PHYSICAL, NOT_HELD),
        Line(6, NOT_HELD, PHONE),
    )
    found = effect_of(*lines)
    job, dagpenge, jobparat = TYPES.index("jobsamtale"), GROUPS.index("dagpenge"), GROUPS.index("jobparat")
    assert (found.converted[job, dagpenge], found.converted[job, jobparat]) == (10, 4)
    assert found.converted.sum() == 14
    assert (found.reverse[job, dagpenge], found.reverse.sum()) == (3, 3)
    to_digital, back = changed_form(joint_of(*lines), SPAN)
    segment = SPAN.segment_of_day[date(2022, 1, 5).toordinal() - SPAN.first]
    assert to_digital[segment, job, dagpenge] == 10
    assert back[segment].sum() == 3


def test_weeks_stand_by_segment_type_and_group() -> None:
    found = effect_of(Line(10), Line(10, day=date(2021, 12, 20), type="cv_samtale", spell="0-3")).weeks[0]
    job, cv, dagpenge = TYPES.index("jobsamtale"), TYPES.index("cv_samtale"), GROUPS.index("dagpenge")
    assert found[:, job, dagpenge].sum() == pytest.approx(-2.625)
    assert found[:, cv, dagpenge].sum() == pytest.approx(-10 * 0.4 * 0.35)
    assert np.count_nonzero(found) == 2


def test_a_share_of_1_is_exactly_no_loss_and_a_quarter_exactly_three_times_that_of_three_quarters() -> None:
    lines = (Line(11), Line(7, PHYSICAL, VIDEO, spell="27-51"), Line(3, PHONE, PHYSICAL))
    loss = {
        share: effect_of(*lines, sets=(f"effects.params.relative_effect={share}",)).weeks[0].sum()
        for share in (1, 0.25, 0.75)
    }
    assert loss[1] == 0
    assert loss[0.25] == pytest.approx(3 * loss[0.75], rel=1e-12)


def test_the_spell_classes_of_these_tests_are_eight() -> None:
    assert len(CLASSES) == 8
