"""The rival effect models by hand: shares by history, weeks of a few conversations, a hazard worked out day by day."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from simulator.delivery.cells import Cells
from simulator.delivery.engines import Replicated
from simulator.delivery.histories import HISTORY_AXES, SHARE_SHAPE, history_shape
from simulator.delivery.leaving import EXIT_AXES, FORM, LOST, SAVED, exit_shape, exits_of
from simulator.delivery.rules import BY_ITSELF, history_of
from simulator.demand.spells import survival_of
from simulator.effects import Employment, assumption_of, employment_of, unforeseen_of, worth, worth_of
from simulator.effects.hazard import kept_a_day
from simulator.errors import InputError
from simulator.scenario.names import Names
from simulator.streams import WORD_RANGE
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
    "effects.params.relative_effect=0.6",
)
FADING = ("effects.model=fading_loss", "effects.fading.kept_per_meeting=0.5", "effects.fading.lost_per_week=0.1")
LATE = ("effects.model=dose_response", "effects.dose.kept_per_week_late=0.8")
JOB, DAGPENGE = TYPES.index("jobsamtale"), GROUPS.index("dagpenge")
History = tuple[int, int, int]
"""Conversations held before, week of the spell, weeks late."""


def share(*sets: str, at: History) -> float:
    found = worth_of(scenario_of("", *HAND, *sets), SPAN, None).share
    assert found is not None
    assert found.shape == SHARE_SHAPE
    return float(found[at])


def packed(history: History) -> int:
    return history_of(history[0], 7 * history[1], history[2])


def effect_of(*told: tuple[Line, History, History], sets: tuple[str, ...]) -> Employment:
    """Return the effect of conversations with their histories in the baseline and in the proposal."""
    joint = joint_of(*(line for line, _, _ in told))
    columns: list[tuple[int, ...]] = []
    for line, before, after in told:
        one = joint_of(Line(1, line.baseline, line.proposal, line.day, line.type, line.group, line.spell))
        cell = tuple(int(one.column(axis)[0]) for axis in one.axes)
        columns += [(*cell, packed(before), packed(after))] * line.count
    index = tuple(np.array(column) for column in zip(*columns, strict=True))
    histories = Cells.of(HISTORY_AXES, history_shape(SPAN), index)
    value = worth_of(scenario_of("", *HAND, *sets), SPAN, None)
    return employment_of(Replicated(joint, np.zeros((2, 3)), histories=histories), value, SPAN)


def test_each_meeting_before_halves_the_worth_and_each_week_takes_a_tenth() -> None:
    assert share(*FADING, at=(0, 0, 0)) == 1.0
    assert share(*FADING, at=(2, 0, 0)) == pytest.approx(0.25)
    assert share(*FADING, at=(0, 2, 0)) == pytest.approx(0.81)
    assert share(*FADING, at=(1, 2, 9)) == pytest.approx(0.405), "weeks late do not matter"


def test_each_week_late_keeps_four_fifths() -> None:
    assert share(*LATE, at=(0, 0, 0)) == 1.0
    assert share(*LATE, at=(5, 30, 2)) == pytest.approx(0.64), "number and week do not matter"


def test_one_person_whose_third_meeting_is_held_by_phone_loses_a_quarter_of_the_loss() -> None:
    """0.75 weeks x 0.5 ** 2 x 0.9 ** 10 x (0.6 - 1)."""
    found = effect_of((Line(1), (2, 10, 0), (2, 10, 0)), sets=FADING)
    assert found.weeks[0].sum() == pytest.approx(-0.75 * 0.25 * 0.9**10 * 0.4)
    assert found.weeks[1].sum() == 0
    assert found.unforeseen is None


def test_a_meeting_that_is_held_three_weeks_late_in_the_proposal_costs_in_the_line_of_form() -> None:
    """In person in both arms: 0.75 x (0.8 ** 3 - 1)."""
    found = effect_of((Line(1, PHYSICAL, PHYSICAL), (0, 10, 0), (0, 13, 3)), sets=LATE)
    assert found.weeks[0].sum() == pytest.approx(0.75 * (0.8**3 - 1))
    assert found.weeks[1].sum() == 0
    assert found.unforeseen is not None
    assert found.unforeseen.sum() == pytest.approx(found.weeks.sum()), "no closed form knows of the delay"


def test_a_late_phone_meeting_against_one_on_its_day_in_person() -> None:
    """0.75 x (0.6 x 0.8 - 1); without the delay -0.3 would be lost."""
    found = effect_of((Line(1), (0, 10, 0), (0, 11, 1)), sets=LATE)
    assert found.weeks[0].sum() == pytest.approx(0.75 * (0.6 * 0.8 - 1))
    assert found.unforeseen is not None
    assert found.unforeseen.sum() == pytest.approx(0.75 * 0.6 * (0.8 - 1))


def test_what_is_held_in_one_arm_alone_is_worth_what_its_history_leaves() -> None:
    lost = effect_of((Line(3, PHYSICAL, NOT_HELD), (1, 0, 0), (0, 0, 0)), sets=FADING)
    assert lost.weeks[1].sum() == pytest.approx(-3 * 0.75 * 0.5)
    assert lost.lost == (3.0, pytest.approx(-3 * 0.75 * 0.5))
    saved = effect_of((Line(2, NOT_HELD, VIDEO), (0, 0, 0), (0, 1, 0)), sets=FADING)
    assert saved.weeks[1].sum() == pytest.approx(2 * 0.75 * 0.6 * 0.9)
    assert saved.saved == (2.0, pytest.approx(saved.weeks[1].sum()))
    assert (saved.weeks[0].any(), lost.weeks[0].any()) == (False, False)


def test_form_counts_inside_the_period_alone_and_volume_on_all_days() -> None:
    before = date(2021, 12, 18)
    assert not effect_of((Line(4, day=before), (1, 5, 0), (1, 5, 0)), sets=FADING).weeks.any()
    volume = effect_of((Line(4, PHYSICAL, NOT_HELD, day=before), (1, 0, 0), (0, 0, 0)), sets=FADING)
    assert volume.weeks[1].sum() == pytest.approx(-4 * 0.75 * 0.5)


@pytest.mark.parametrize(
    "sets",
    [
        ("effects.model=fading_loss", "effects.fading.kept_per_meeting=1", "effects.fading.lost_per_week=0"),
        ("effects.model=dose_response", "effects.dose.kept_per_week_late=1"),
    ],
)
def test_a_neutral_shape_is_constant_loss_to_the_last_bit(sets: tuple[str, ...]) -> None:
    told = (
        (Line(7), (3, 20, 1), (2, 21, 5)),
        (Line(3, PHONE, PHYSICAL, spell="27-51"), (7, 30, 0), (7, 30, 0)),
        (Line(5, PHYSICAL, NOT_HELD, type="cv_samtale", spell="0-3"), (0, 2, 0), (0, 0, 0)),
        (Line(2, NOT_HELD, VIDEO), (0, 0, 0), (1, 6, 2)),
    )
    value = worth_of(scenario_of("", *HAND), SPAN, None)
    plain = employment_of(Replicated(joint_of(*(line for line, _, _ in told)), np.zeros((2, 3))), value, SPAN)
    found = effect_of(*told, sets=sets)
    assert found.weeks.tobytes() == plain.weeks.tobytes()
    assert (found.saved, found.lost) == (plain.saved, plain.lost)


def test_weeks_stand_by_spell_class() -> None:
    found = effect_of((Line(1), (0, 10, 0), (0, 10, 0)), (Line(1, spell="53-103"), (0, 60, 0), (0, 60, 0)), sets=FADING)
    by_class = found.weeks[0, :, JOB, DAGPENGE].sum(axis=0)
    filled = {CLASSES[at] for at in np.flatnonzero(by_class)}
    assert filled == {"5-25", "53-103"}


HAZARD = ("effects.model=hazard", "effects.params.scale=1", "effects.params.relative_effect=0.6")


def test_a_meeting_raises_the_hazard_by_its_part_and_by_phone_by_a_share_of_that() -> None:
    """Multiplier 1.5, share 0.6: 0.5 and 0.3 of 2**24; with a scale of a half 0.25."""
    sets = (*HAZARD, "effects.hazard.multiplier.jobsamtale.dagpenge=1.5")
    found = worth_of(scenario_of("", *sets), SPAN, None).leaving
    assert found is not None
    push = found.push[0, :, JOB, DAGPENGE]
    assert push[PHYSICAL].tolist() == [BY_ITSELF // 2] * 8
    assert push[PHONE].tolist() == push[VIDEO].tolist() == [round(0.3 * BY_ITSELF)] * 8
    halved = worth_of(scenario_of("", *sets, "effects.params.scale=0.5"), SPAN, None).leaving
    assert halved is not None
    assert halved.push[0, PHYSICAL, JOB, DAGPENGE].tolist() == [BY_ITSELF // 4] * 8


@pytest.mark.parametrize("weeks", [0.2, 1, 4, 30])
def test_half_of_a_raise_is_left_after_the_half_life(weeks: float) -> None:
    days = round(weeks * 7)
    kept = kept_a_day(scenario_of("", f"effects.hazard.half_life_weeks={weeks}"))
    assert 2 * kept**days <= WORD_RANGE**days < 2 * (kept + 1) ** days
    assert kept / WORD_RANGE == pytest.approx(0.5 ** (1 / days), abs=1e-9)


def test_a_half_life_of_no_day_is_refused() -> None:
    with pytest.raises(InputError, match="half_life_weeks"):
        kept_a_day(scenario_of("", "effects.hazard.half_life_weeks=0.05"))


def test_what_a_meeting_alone_is_worth_is_the_time_by_which_spells_end_earlier() -> None:
    """Two tables of survivors worked out here, one with a raise of a thousandth: 1000 x the difference."""
    scenario = scenario_of("", *HAZARD, "effects.hazard.multiplier.jobsamtale.dagpenge=2")
    survival = survival_of(scenario.baseline.values, "dagpenge")
    leaving = survival.leaving.astype(float) / WORD_RANGE
    small, kept = 0.001, 0.5 ** (1 / 28)

    def days_left(age: int, raised: float) -> float:
        alive, days = 1.0, 0.0
        for daily in leaving[age:]:
            alive *= 1 - min(daily * (1 + raised), 1.0)
            raised *= kept
            days += alive
        return days

    at = [(days_left(age, 0) - days_left(age, small)) / small / 7 for age in range(35, 182)]
    alive = survival.alive[35:182].astype(float)
    expected = float((np.array(at) * alive).sum() / alive.sum())
    found = worth(scenario)[PHYSICAL, JOB, DAGPENGE, CLASSES.index("5-25")]
    assert found == pytest.approx(expected, rel=2e-3)


def test_days_by_line_become_weeks_and_the_part_that_no_closed_form_foresees() -> None:
    value = worth_of(scenario_of("", *HAZARD), SPAN, None)
    days = np.zeros(exit_shape(SPAN), dtype=np.int64)
    segment = int(SPAN.segment_of_day[date(2022, 1, 5).toordinal() - SPAN.first])
    days[FORM, segment, JOB, DAGPENGE, 2], days[LOST, segment, JOB, DAGPENGE, 3] = -70, -14
    days[SAVED, 0, JOB, DAGPENGE, 3] = 7
    exits = exits_of(days, SPAN)
    assert exits.axes == EXIT_AXES
    found = employment_of(Replicated(joint_of(Line(5)), np.zeros((2, 3)), exits=exits), value, SPAN)
    assert found.weeks[0].sum() == -10
    assert found.weeks[1].sum() == -1
    assert (found.saved[1], found.lost[1]) == (1.0, -2.0)
    assert found.converted[JOB, DAGPENGE] == 5
    alone = 5 * (value.kept[PHONE] - value.kept[PHYSICAL])[JOB, DAGPENGE, 2]
    assert found.unforeseen is not None
    assert found.unforeseen.sum() == pytest.approx(-11 - alone)


def test_every_model_says_what_it_assumes_and_what_no_closed_form_foresees() -> None:
    models = {name: scenario_of("", f"effects.model={name}") for name in Names().known["effect_models"]}
    assert set(models) == {"constant_loss", "fading_loss", "dose_response", "hazard"}
    assert len({assumption_of(scenario) for scenario in models.values()}) == len(models)
    unforeseen = {name: unforeseen_of(scenario) for name, scenario in models.items()}
    assert unforeseen == {"constant_loss": "", "fading_loss": "", "dose_response": "delay", "hazard": "feedback"}
