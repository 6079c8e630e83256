"""Nothing is lost: every conversation, minute and krone of random scenarios is recounted from the log of attempts."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from simulator.delivery.rules import CAME, PHYSICAL
from simulator.facts.read import words
from tests.property.random_scenarios import scenarios
from tests.property.recount import (
    GROUPS,
    KINDS,
    TYPES,
    Story,
    check_census,
    check_forms,
    check_minutes,
    check_stories,
    desks,
)
from tests.property.scenes import Play, play, written

DAYS_A_WEEK = 7
FORMS = list(words()["forms"])
A_KASSE = KINDS.index("a_kasse")


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


# Nothing is made smaller: that takes minutes, and what fails is printed whole.
@settings(
    max_examples=40,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(content=scenarios())
def test_nothing_is_lost(folder: Path, content: dict[str, Any]) -> None:
    one = play(written(folder, content))
    arms: tuple[list[Story], list[Story]] = ([], [])
    for desk in desks(one):
        check_stories(desk)
        check_forms(desk)
        check_census(desk)
        check_minutes(desk)
        arms[desk.arm].extend(desk.stories)
    check_kroner(one, arms)
    check_hours(one)


def check_kroner(one: Play, arms: tuple[list[Story], list[Story]]) -> None:
    """Value the conversations one by one, and compare with what the run says, line by line, type by type."""
    span, found = one.world.span, one.replication
    baseline, proposal = ({story.key: story for story in stories} for stories in arms)
    weeks: Counter[tuple[str, int, int]] = Counter()
    changed: Counter[str] = Counter()
    alone: Counter[str] = Counter()
    for key in baseline.keys() | proposal.keys():
        before, after = (form_of(arm.get(key)) for arm in (baseline, proposal))
        lead = proposal[key] if after is not None else baseline.get(key, proposal.get(key))
        assert lead is not None
        inside = span.period_from <= lead.closed <= span.period_to
        both = before is not None and after is not None
        if before != after and (inside or not both):
            line = ("form" if both else "volume", lead.type_index, lead.person[0])
            gained = worth(one, lead, after) - worth(one, lead, before)
            weeks[line] += gained
            alone["saved_weeks" if before is None else "lost_weeks"] += 0.0 if both else gained
        alone["saved"] += before is None and after is not None
        alone["lost"] += before is not None and after is None
        if both and inside:
            changed["converted"] += before == PHYSICAL != after
            changed["reverse"] += before != PHYSICAL == after
    assert found.counts.joint.count.sum() == len(baseline.keys() | proposal.keys())
    assert found.employment.converted.sum() == changed["converted"]
    assert found.employment.reverse.sum() == changed["reverse"]
    for told, name in ((found.employment.saved, "saved"), (found.employment.lost, "lost")):
        assert told == pytest.approx((alone[name], alone[f"{name}_weeks"]), rel=1e-9, abs=1e-9)
    kr_a_week = one.world.scenario.baseline.values["saldo.value_per_person_year_kr"] / 52
    for line, name in enumerate(("form", "volume")):
        for type_index in range(len(TYPES)):
            for group in range(len(GROUPS)):
                kr = found.saldo.kr[line, :, :, type_index, group].sum()
                assert kr == pytest.approx(weeks[name, type_index, group] * kr_a_week, rel=1e-9, abs=1e-3)
    volume_kr = (found.employment.saved[1] + found.employment.lost[1]) * kr_a_week
    assert volume_kr == pytest.approx(found.saldo.line_kr("volume"), rel=1e-9, abs=1e-3)
    lines = ("form",) if one.world.scenario.sections.saldo.concept == "note" else ("form", "volume")
    headline = sum(weeks[cell] for cell in weeks if cell[0] in lines) * kr_a_week
    assert found.saldo.employment_effect_kr == pytest.approx(headline, rel=1e-9, abs=1e-3)


def check_hours(one: Play) -> None:
    """Add up the minutes of the log."""
    minutes: Counter[tuple[int, bool]] = Counter()
    missed: Counter[int] = Counter()
    for desk in desks(one):
        assert desk.outcome.log is not None
        for _, kind, _, _, form, turnout in desk.outcome.log:
            minutes[desk.arm, kind == A_KASSE] += desk.minutes(form, turnout)
            missed[desk.arm] += desk.minutes(form, turnout) if turnout != CAME and kind != A_KASSE else 0
    municipal, a_kasse = ((minutes[0, kind] - minutes[1, kind]) / 60 for kind in (False, True))
    found, no_shows = one.replication.saldo.beside, (missed[0] - missed[1]) / 60
    assert found.hours == pytest.approx((municipal, a_kasse), abs=1e-9)
    assert found.no_show_hours == pytest.approx(no_shows, abs=1e-9)
    kr_an_hour = one.world.scenario.baseline.values["saldo.caseworker_kr_per_hour"]
    assert found.caseworker_kr == pytest.approx((municipal - no_shows) * kr_an_hour, abs=1e-6)


def form_of(story: Story | None) -> int | None:
    """Return the form in which a conversation was held in an arm; None where it was not."""
    return None if story is None else story.held_form


def worth(one: Play, story: Story, form: int | None) -> float:
    """Return the weeks of employment of a conversation on its day, by the values alone."""
    if form is None:
        return 0.0
    values = one.world.scenario.baseline.values
    type_name, week = TYPES[story.type_index], max(story.closed - story.start, 0) // DAYS_A_WEEK
    steps = values.under(f"effects.params.weeks_per_conversation.{type_name}.{GROUPS[story.person[0]]}")
    reached = {int(name.removeprefix("week_")): number for name, number in steps.items()}
    physical = reached[max(first for first in reached if first <= week)] * values["effects.params.scale"]
    if form == PHYSICAL:
        return physical * (1 - lost_to_fear(one, min(story.closed, one.world.span.days - 1)))
    return physical * values[f"effects.params.relative_effect.{type_name}.{FORMS[form]}"]


def lost_to_fear(one: Play, day: int) -> float:
    """Return the share of the worth of a meeting in person that is lost in the week of a day [0-1]."""
    if "worth" not in one.world.scenario.sections.infection.links:
        return 0.0
    span, values = one.world.span, one.world.scenario.baseline.values
    incidence = one.world.setting.outbreak.incidence
    assert incidence is not None
    week = next(segment for segment in span.segments if segment.first_day <= day < segment.first_day + segment.days)
    days = range(
        span.first + week.first_day - incidence.first, span.first + week.first_day + week.days - incidence.first
    )
    half, most = values["infection.worth.half_per_100k"], values["infection.worth.lost_share"]
    return sum(most * x / (x + half) for x in incidence.national[days.start : days.stop].tolist()) / week.days
