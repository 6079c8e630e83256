"""The law of conservation is checked in earnest: a census that is off by one stops the run."""

from __future__ import annotations

import pytest

from simulator.delivery import count
from simulator.delivery.outcome import CENSUS_END, CENSUS_PERIOD_END, CENSUS_START
from simulator.errors import RunError
from tests.unit.delivery.made_up_outcomes import END, HELD, JOB, LAPSED, SPAN, START, WAIT, Fate, delivery_of

FATES = [
    Fate(0, START - 2, HELD, START + 1),
    Fate(1, END - 1, HELD, END + 2),
    Fate(2, END, LAPSED, END),
    Fate(3, END + 3, WAIT),
]


def test_outcomes_that_add_up_pass() -> None:
    counts = count(delivery_of(FATES, FATES, [0] * 4), SPAN, ("461",))
    assert counts.joint.count.sum() == 4


@pytest.mark.parametrize("moment", [CENSUS_START, CENSUS_PERIOD_END, CENSUS_END])
@pytest.mark.parametrize("error", [-1, 1])
def test_a_conversation_lost_or_made_from_nothing_stops_the_run(moment: int, error: int) -> None:
    delivery = delivery_of(FATES, FATES, [0] * 4)
    delivery.outcomes[1][0].census[moment][JOB] += error
    with pytest.raises(
        RunError, match=rf"proposal, moment {moment}, place 0, jobsamtale: 1 should wait, {1 + error} do"
    ):
        count(delivery, SPAN, ("461",))
