"""The control under rival effect models: by hand where the numbers are round, and beside the simulation.

The simulation is that of Odense with all of its minutes, so that nobody waits; 24 fixed seeds. The control lies within
four standard errors of the mean, and a hundredth: a correct program would be called wrong in less than 6 of 10,000
tries (Student's t, 23 degrees of freedom).
"""

from __future__ import annotations

import math
import statistics

import pytest

from simulator import pipeline
from simulator.calendars.span import Span
from simulator.control.forms import Case
from simulator.control.rivals import Rival
from simulator.control.spells import Spells, spells_of
from tests.property.scenes import AMPLE, ODENSE, STEADY, christmas, control, only
from tests.unit.demand.made_up import SPAN, scenario_of

EVEN = Spells((0, 700), (1.0,))
"""Nobody leaves before day 700: all ages are as many."""
SETS = ("effects.params.scale=1", "effects.params.relative_effect=0.5")
SEEDS = range(1, 25)


def rival(text: str, *sets: str, type_name: str = "cv_samtale", spells: Spells = EVEN, span: Span = SPAN) -> Rival:
    return Rival(scenario_of(text, *SETS, *sets), span, type_name, "dagpenge", spells)


def at(age: int, until: int = 0, day: int = 10) -> Case:
    return Case(day, "cv_samtale", "dagpenge", ODENSE, age, until=until)


def before(found: Rival, age: int) -> list[float]:
    """Return how likely each number of conversations before an age is, where no day is closed."""
    return found._held_before(age, (0.0,) * len(found._due_by_age))


FADING = ("effects.model=fading_loss", "effects.fading.kept_per_meeting=0.5", "effects.fading.lost_per_week=0")


def test_constant_loss_and_dose_response_are_worth_what_constant_loss_says() -> None:
    for model in ("constant_loss", "dose_response"):
        assert rival("", f"effects.model={model}").worth(lambda: 0.75, at(0, 100)) == 0.75


def test_of_its_own_type_as_many_were_held_as_the_rate_has_passed() -> None:
    """10 a year are due every 36.4 days: one of day 20 is the first of its type, one of day 40 the second."""
    rate = "{jobsamtale: {dagpenge: {week_0: 10, week_4: 10, week_26: 10}}}"
    text = f"demand: {{contact: {{observed: {rate}}}}}\n"
    found = rival(text, *FADING, "demand.due_spell_day.cv_samtale.dagpenge.first=600", type_name="jobsamtale")
    likely = before(found, 20)
    own = {number: share for number, share in enumerate(before(found, 40)) if share}
    assert sum(likely) == pytest.approx(1)
    assert min(own) == min(number for number, share in enumerate(likely) if share) + 1


def test_the_distribution_adds_to_one_at_every_age_and_grows_with_it() -> None:
    found = rival("", *FADING, type_name="jobsamtale")
    means = []
    for age in (0, 30, 100, 200, 500):
        likely = before(found, age)
        assert sum(likely) == pytest.approx(1)
        means.append(sum(number * share for number, share in enumerate(likely)))
    assert means == sorted(means)
    assert means[0] == 0


def test_closed_weekdays_since_the_first_day_keep_conversations_from_falling_due() -> None:
    """Ten closed weekdays of two weeks take what two weeks of the rate bring."""
    closed = tuple(day for day in range(14) if day % 7 < 5)
    open_all = rival("", *FADING, type_name="jobsamtale")
    shut = Rival(open_all.scenario, SPAN, "jobsamtale", "dagpenge", EVEN, lambda _type, _place: closed)
    case = Case(20, "jobsamtale", "dagpenge", ODENSE, 200)
    names = list(shut._due_by_age)
    missed = dict(zip(names, shut._missed(200, case), strict=True))
    cumulated = shut._due_by_age["jobsamtale"][1]
    assert missed["jobsamtale"] == pytest.approx(cumulated[200] - cumulated[186])
    assert missed["cv_samtale"] == 0, "day 14 of the spell lay before the first simulated day"
    soon = Case(20, "jobsamtale", "dagpenge", ODENSE, 28, until=182)
    assert shut.worth(lambda: 1.0, soon) > open_all.worth(lambda: 1.0, soon), "fewer before it, so it is worth more"
    young = dict(zip(names, shut._missed(18, Case(20, "jobsamtale", "dagpenge", ODENSE, 18)), strict=True))
    assert young["cv_samtale"] == 0, "day 14 of the spell is day 16, which is open"
    older = dict(zip(names, shut._missed(25, Case(20, "jobsamtale", "dagpenge", ODENSE, 25)), strict=True))
    assert older["cv_samtale"] == 1, "day 14 of the spell is day 9, which is closed"


def test_a_loss_by_week_is_that_of_the_week() -> None:
    sets = ("effects.model=fading_loss", "effects.fading.kept_per_meeting=1", "effects.fading.lost_per_week=0.1")
    assert rival("", *sets).worth(lambda: 2.0, at(14)) == pytest.approx(2 * 0.81), "day 14 lies in week 2"
    assert rival("", *sets).worth(lambda: 2.0, at(0, 14)) == pytest.approx(2 * (1 + 0.9) / 2)


HAZARD = (
    "effects.model=hazard",
    "effects.hazard.multiplier.cv_samtale.dagpenge=1.5",
    "effects.hazard.half_life_weeks=4",
)


def test_a_raised_hazard_leads_out_its_part_times_what_they_have_left() -> None:
    """A spell of 700 days of which 1 in 100 ends each day: by a table walked here."""
    spells = Spells((0, 700), (0.99,))
    found = rival("", *HAZARD, spells=spells).worth(lambda: 0.0, at(30))

    def days_left(raised: float) -> float:
        alive, days = 1.0, 0.0
        for age in range(30, 700):
            alive *= 1 - (0.01 * (1 + raised) if age < 699 else 1)
            raised *= 0.5 ** (1 / 28)
            days += alive
        return days

    small = 1e-4
    assert found == pytest.approx(0.5 * (days_left(0) - days_left(small)) / small / 7, rel=1e-3)


def test_a_multiplier_of_1_is_worth_nothing() -> None:
    one = rival("", "effects.model=hazard", "effects.hazard.multiplier=1", spells=EVEN)
    assert one.worth(lambda: 1.0, at(0, 100)) == 0.0


@pytest.mark.parametrize("model", ["fading_loss", "dose_response", "hazard"])
def test_it_stands_beside_the_simulation(model: str) -> None:
    """What it cannot foresee is told apart: without it they agree, as far as luck lets one see."""
    sets = (only(ODENSE), *SETS, AMPLE, STEADY, "attendance.office_spread=0", f"effects.model={model}")
    world = pipeline.prepare(christmas(*sets))
    foreseen = []
    for seed in SEEDS:
        effect = pipeline.run_once(world, seed, 0).employment
        apart = 0.0 if effect.unforeseen is None else float(effect.unforeseen[0].sum())
        foreseen.append(float(effect.weeks[0].sum()) - apart)
    mean, error = statistics.mean(foreseen), statistics.stdev(foreseen) / math.sqrt(len(foreseen))
    expected = control(world).total("employment_weeks_form")
    assert abs(mean - expected) < 4 * error + 0.01 * abs(expected)
    assert error < 0.02 * abs(mean)


def test_its_factors_name_the_multiplier_under_hazard() -> None:
    def keys(model: str) -> set[str]:
        scenario = christmas(only(ODENSE), *SETS, f"effects.model={model}")
        return {factor.key for factor in control(pipeline.prepare(scenario)).factors}

    assert "effects.hazard.multiplier.jobsamtale.dagpenge" in keys("hazard")
    assert not any("weeks_per_conversation" in key for key in keys("hazard"))
    assert "effects.params.weeks_per_conversation.jobsamtale.dagpenge" in keys("fading_loss")


def test_spells_of_a_scenario_last_as_long_as_before() -> None:
    assert spells_of(scenario_of("").baseline.values, "dagpenge").mean_days > 100
