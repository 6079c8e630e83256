"""Laws of all effect models: null is zero, a neutral shape is constant loss, a hazard times 1 is the plain run."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from simulator import pipeline
from simulator.calendars.span import DAYS_A_WEEK
from simulator.delivery.counts import STATES
from simulator.errors import InputError
from simulator.scenario import read_scenario
from simulator.scenario.names import Names
from tests.property.scenes import (
    CHRISTMAS,
    LAESOE,
    ODENSE,
    SAMSOE,
    SCENARIOS,
    Play,
    control,
    events,
    figures,
    only,
    play,
)
from tests.property.test_null import nothing_differs

MODELS = Names().known["effect_models"]
RIVALS = [model for model in MODELS if model != "constant_loss"]
NEUTRAL = {
    "fading_loss": ("effects.fading.kept_per_meeting=1", "effects.fading.lost_per_week=0"),
    "dose_response": ("effects.dose.kept_per_week_late=1",),
}
WORTH = ("effects.params.scale=1", "effects.params.relative_effect=0.5")
BUSY = "delivery.utilisation=1.1"
DUE, HELD = STATES.index("due"), STATES.index("held")


@cache
def played(name: str, model: str, *sets: str) -> Play:
    sets = (only(SAMSOE, LAESOE), *WORTH, *sets, f"effects.model={model}")
    return play(read_scenario(SCENARIOS / f"{name}.yaml", sets))


@pytest.mark.parametrize("model", MODELS)
def test_a_proposal_that_changes_nothing_is_exactly_nothing(model: str) -> None:
    nothing_differs(played("null", model, BUSY))


@pytest.mark.parametrize("model", MODELS)
def test_the_control_of_nothing_is_nothing(model: str) -> None:
    sets = (only(ODENSE), *WORTH, f"effects.model={model}")
    totals = control(pipeline.prepare(read_scenario(SCENARIOS / "null.yaml", sets))).totals
    assert totals["employment_effect_kr"] == totals["form_kr"] == totals["volume_kr"] == 0.0


@pytest.mark.parametrize("name", ["christmas-2021-bottom-up", "suspension-2020", "fewer-talks"])
@pytest.mark.parametrize("model", NEUTRAL)
def test_a_neutral_shape_is_constant_loss_to_the_last_bit(name: str, model: str) -> None:
    plain, neutral = played(name, "constant_loss", BUSY), played(name, model, BUSY, *NEUTRAL[model])
    assert plain.replication.employment.weeks.any()
    assert neutral.replication.employment.weeks.tobytes() == plain.replication.employment.weeks.tobytes()
    assert figures(neutral.replication) == figures(plain.replication)
    assert control(neutral.world).totals == pytest.approx(control(plain.world).totals, rel=1e-12)


@pytest.mark.parametrize("model", NEUTRAL)
def test_a_shape_changes_the_worth_and_nothing_that_was_counted(model: str) -> None:
    plain, shaped = played("suspension-2020", "constant_loss", BUSY), played("suspension-2020", model, BUSY)
    assert events(plain, 0) == events(shaped, 0)
    assert events(plain, 1) == events(shaped, 1)
    counts = [one.replication.counts for one in (plain, shaped)]
    assert counts[0].joint.code.tolist() == counts[1].joint.code.tolist()
    assert not np.array_equal(plain.replication.employment.weeks, shaped.replication.employment.weeks)


@pytest.mark.parametrize("kept", ["0.9", "0.5", "0"])
def test_less_is_lost_the_less_later_meetings_keep(kept: str) -> None:
    """The lower the share kept, the smaller what converting them loses; with nothing kept only first ones count."""
    name = "christmas-2021-bottom-up"
    sets = (f"effects.fading.kept_per_meeting={kept}", "effects.fading.lost_per_week=0")
    shaped = played(name, "fading_loss", *sets).replication.employment.weeks[0].sum()
    plain = played(name, "constant_loss").replication.employment.weeks[0].sum()
    assert plain < shaped < 0


def test_who_waits_long_loses_under_dose_response_and_not_under_constant_loss() -> None:
    """A suspension that makes conversations wait: constant loss sees none in what is held later, in the same form."""
    sets = ("effects.params.relative_effect=1", "effects.dose.kept_per_week_late=0.9")
    plain = played("suspension-2020", "constant_loss", *sets).replication.employment
    late = played("suspension-2020", "dose_response", *sets).replication.employment
    assert late.weeks.sum() < plain.weeks.sum()
    assert late.unforeseen is not None
    assert late.unforeseen.sum() == pytest.approx(late.weeks.sum() - plain.weeks.sum())


@pytest.mark.parametrize("name", ["christmas-2021-bottom-up", "suspension-2020", "fewer-talks"])
def test_a_multiplier_of_1_is_the_plain_run_and_exactly_nothing(name: str) -> None:
    plain, one = played(name, "constant_loss"), played(name, "hazard", "effects.hazard.multiplier=1")
    for arm in (0, 1):
        assert events(one, arm) == events(plain, arm)
    for cells in zip(
        (one.replication.counts.joint, *one.replication.counts.arms),
        (plain.replication.counts.joint, *plain.replication.counts.arms),
        strict=True,
    ):
        assert cells[0].code.tolist() == cells[1].code.tolist()
        assert cells[0].total.tolist() == cells[1].total.tolist()
    effect = one.replication.employment
    assert not effect.weeks.any()
    assert figures(one.replication)["employment_effect_kr"] == 0.0
    assert (effect.converted == plain.replication.employment.converted).all()


def due_by_day(one: Play, arm: int) -> np.ndarray:
    """Return the conversations that fell due, day after day."""
    return one.replication.counts.arms[arm].dense("state", "segment")[DUE]


@pytest.mark.parametrize("multiplier", ["1.3", "3"])
def test_above_1_later_due_conversations_fall_and_none_is_added(multiplier: str) -> None:
    plain = played("christmas-2021-bottom-up", "hazard", "effects.hazard.multiplier=1")
    more = played("christmas-2021-bottom-up", "hazard", f"effects.hazard.multiplier={multiplier}")
    for arm in (0, 1):
        before, after = due_by_day(plain, arm), due_by_day(more, arm)
        assert (after <= before).all(), "inflow stays as it is, and nobody stays longer"
        assert after[0] == before[0], "nobody has had a meeting yet"
        half = len(after) // 2
        assert after[half:].sum() < before[half:].sum()


def test_due_conversations_fall_by_more_the_higher_the_multiplier() -> None:
    due = [
        due_by_day(played("christmas-2021-bottom-up", "hazard", f"effects.hazard.multiplier={number}"), 1).sum()
        for number in ("1", "1.3", "2", "6")
    ]
    assert due == sorted(due, reverse=True)
    assert len(set(due)) == len(due)


def test_digital_meetings_that_do_nothing_let_spells_last_longer() -> None:
    """With a share of 0, each converted meeting leads nobody out, so more conversations fall due in the proposal."""
    one = played(
        "christmas-2021-bottom-up", "hazard", "effects.hazard.multiplier=4", "effects.params.relative_effect=0"
    )
    assert one.replication.employment.weeks.sum() < 0
    assert due_by_day(one, 1).sum() > due_by_day(one, 0).sum()


def test_meetings_that_are_as_good_by_phone_change_nothing_where_none_waits() -> None:
    sets = ("effects.hazard.multiplier=4", "effects.params.relative_effect=1", "delivery.utilisation=0.01")
    one = played("christmas-2021-bottom-up", "hazard", *sets, "delivery.no_show=0")
    assert one.replication.employment.converted.sum() > 0
    assert not one.replication.employment.weeks.any()


@pytest.mark.parametrize("name", ["christmas-2021-bottom-up", "suspension-2020", "fewer-talks"])
def test_the_effect_is_the_days_by_which_spells_end_earlier(name: str) -> None:
    """Told once more from the clocks: every person's exit in both arms."""
    one = played(name, "hazard", "effects.hazard.multiplier=2")
    survivals = one.world.ground.survivals
    leaving = one.world.worth.leaving
    assert leaving is not None
    register, gained = one.delivery.demands[0].register, 0
    exits = []
    for outcomes in one.outcomes():
        left = register.exit.copy()
        for outcome in outcomes:
            for person, clock in outcome.clocks.items():
                ages = survivals[int(register.group[person])].leaving.tolist()
                clock.is_over(10**6, ages, leaving.kept)
                left[person] = clock.day
        exits.append(left)
    assert (exits[0] <= register.exit).all()
    gained = int((exits[0] - exits[1]).sum())
    assert gained != 0
    assert one.replication.employment.weeks.sum() * DAYS_A_WEEK == pytest.approx(gained)
    saved, lost = one.replication.employment.saved[1], one.replication.employment.lost[1]
    assert saved + lost == pytest.approx(one.replication.employment.weeks[1].sum())


@pytest.mark.parametrize(
    "wrong", ["effects.hazard.multiplier=0.9", "effects.hazard.multiplier=200", "effects.hazard.half_life_weeks=0.01"]
)
def test_a_hazard_that_makes_no_sense_is_refused(wrong: str) -> None:
    scenario = read_scenario(CHRISTMAS, (only(LAESOE), *WORTH, wrong, "effects.model=hazard"))
    with pytest.raises(InputError, match="hazard"):
        pipeline.prepare(scenario)
