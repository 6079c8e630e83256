"""Each link of infection, switched on alone, moves what it is there to move, in its direction, and nothing else."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from simulator.delivery.counts import STATES
from simulator.delivery.rules import (
    CALLED_OFF,
    CAME,
    CANCELLED_ILLNESS,
    CHOICE,
    EXCEPTION,
    HELD,
    ISOLATED,
    PHYSICAL,
    PUT_OFF,
)
from simulator.saldo.concept import concept_names
from tests.property.scenes import IDENTITY, LAESOE, SAMSOE, Play, conversations, events, figures, play, written

LINKS = ("take_up", "illness", "worth")
RULES = ("physical_only", "citizen_chooses", "digital_only")
FATE = (*IDENTITY, "due", "state", "closed")
NOTHING = "no series"


@cache
def run(rule: str, *links: str) -> Play:
    """Return a replication under one rule for all in the baseline, and digital only in the proposal.

    There is time for everybody, who comes, so that nothing but illness moves anybody's day.
    """
    content: dict[str, Any] = {
        "period": {"from": "2021-12-19", "to": "2022-01-16"},
        "places": [SAMSOE, LAESOE],
        "delivery": {"utilisation": 0.01, "no_show": 0, "run_on_weeks": {"least": 4, "most": 6}},
        "attendance": {"rules": [{"rule": rule}]},
        "proposal": {"attendance": {"rules": [{"rule": "digital_only"}]}},
    }
    if NOTHING not in links:
        content["infection"] = {"series": "ssi-weekly", "links": list(links)}
    with tempfile.TemporaryDirectory() as folder:
        return play(written(Path(folder), content))


def same_events(one: Play, other: Play) -> bool:
    """Return whether every attempt of both arms is the same."""
    return all(len(events(one, arm)) > 100 and events(one, arm) == events(other, arm) for arm in (0, 1))


def states(one: Play, arm: int) -> dict[str, int]:
    """Return conversations and appointments of an arm by state."""
    found = one.replication.counts.arms[arm].sums("state")
    return dict(zip(STATES, found.tolist(), strict=True))


def digital(one: Play) -> int:
    """Return conversations of the baseline held by phone or video."""
    found = conversations(one, 0)
    return int(((found.state == HELD) & (found.form != PHYSICAL)).sum())


def forms_before_and_after(one: Play, other: Play) -> set[tuple[int, int]]:
    """Return how forms of conversations changed in the baseline of which all else stayed as it was."""
    before, after = (conversations(play, 0) for play in (one, other))
    assert before.rows(*FATE) == after.rows(*FATE)
    pairs = zip(before.rows(*FATE, "form"), after.rows(*FATE, "form"), strict=True)
    return {(old[-1], new[-1]) for old, new in pairs if old != new}


@pytest.mark.parametrize("rule", RULES)
def test_a_series_without_a_link_changes_nothing(rule: str) -> None:
    plain, with_series = run(rule, NOTHING), run(rule)
    assert with_series.world.setting.outbreak.incidence is not None
    assert same_events(plain, with_series)
    assert figures(plain.replication) == figures(with_series.replication)


def test_fear_brings_more_to_the_phone_where_somebody_chooses_and_moves_no_day() -> None:
    plain, feared = run("citizen_chooses"), run("citizen_chooses", "take_up")
    assert digital(feared) > digital(plain) * 1.1
    changed = forms_before_and_after(plain, feared)
    assert changed and all(old == PHYSICAL != new for old, new in changed)
    assert states(plain, 0) == states(feared, 0)
    basis = feared.replication.counts.basis.sums("basis") - plain.replication.counts.basis.sums("basis")
    assert basis[CHOICE] == -basis[0] > 0
    assert not basis[EXCEPTION] and not basis[ISOLATED]


@pytest.mark.parametrize("rule", ["physical_only", "digital_only"])
def test_fear_changes_nothing_where_nobody_chooses(rule: str) -> None:
    assert same_events(run(rule), run(rule, "take_up"))
    assert figures(run(rule).replication) == figures(run(rule, "take_up").replication)


def test_illness_puts_off_and_calls_off_where_everybody_has_to_attend() -> None:
    plain, ill = run("physical_only"), run("physical_only", "illness")
    assert states(plain, 0)["put_off"] == states(plain, 0)["cancelled_illness"] == 0
    found = states(ill, 0)
    assert found["put_off"] > 20 and found["cancelled_illness"] > 5
    assert found["due"] == states(plain, 0)["due"]
    assert found["no_show"] == 0
    basis = ill.replication.counts.basis.sums("basis")
    assert not basis[ISOLATED] and not basis[CHOICE], "nobody takes the phone but by a lawful exception"
    gone = ill.replication.counts.arms[0].dense("state", "form")[STATES.index("put_off")]
    assert gone[PHYSICAL] == gone.sum()


def test_illness_changes_nothing_of_what_is_held_by_phone() -> None:
    assert same_events(run("digital_only"), run("digital_only", "illness"))
    ill = run("physical_only", "illness")
    assert turnouts_inside(ill, 1) == {CAME}, "the proposal is digital in the period"
    assert turnouts_inside(ill, 0) == {CAME, CALLED_OFF, PUT_OFF}


def turnouts_inside(one: Play, arm: int) -> set[int]:
    """Return what became of the appointments of the period."""
    span = one.world.span
    return {turnout for _, day, *_, turnout in events(one, arm) if span.period_from <= day <= span.period_to}


def test_the_isolated_take_the_phone_where_somebody_chooses_and_no_day_moves() -> None:
    plain, ill = run("citizen_chooses"), run("citizen_chooses", "illness")
    changed = forms_before_and_after(plain, ill)
    assert changed and all(old == PHYSICAL != new for old, new in changed)
    assert not (conversations(ill, 0).state == CANCELLED_ILLNESS).any()
    basis = ill.replication.counts.basis.sums("basis") - plain.replication.counts.basis.sums("basis")
    assert basis[ISOLATED] == -basis[0] > 0
    assert basis[CHOICE] == basis[EXCEPTION] == 0


def test_fear_makes_a_meeting_worth_less_and_changes_no_count() -> None:
    plain, feared = run("physical_only"), run("physical_only", "worth")
    assert same_events(plain, feared)
    cells = [one.replication.counts.joint for one in (plain, feared)]
    assert np.array_equal(cells[0].code, cells[1].code) and np.array_equal(cells[0].total, cells[1].total)
    found = [figures(one.replication) for one in (plain, feared)]
    assert found[0]["converted"] == found[1]["converted"] > 50
    lost = [
        -one.replication.employment.weeks[0].sum() / one.replication.employment.converted.sum()
        for one in (plain, feared)
    ]
    assert 0 < lost[1] < lost[0]
    moved = {name for name in found[0] if found[0][name] != found[1][name]}
    concepts = {f"{name}_kr" for name in concept_names()}
    assert moved <= {"weeks_of_employment", "form_kr", "volume_kr", "employment_effect_kr", *concepts}
    assert not (feared.replication.employment.weeks[0] < plain.replication.employment.weeks[0]).any()


def test_links_add_to_each_other() -> None:
    """All together: the states of illness under physical rules, and the worth of fear on what is left."""
    one, ill = run("physical_only", *LINKS), run("physical_only", "illness")
    assert same_events(one, ill)
    assert one.replication.employment.weeks[0].sum() > ill.replication.employment.weeks[0].sum()
