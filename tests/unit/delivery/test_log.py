"""The log of attempts: from the outcomes of each place to rows that name person and conversation by themselves."""

from __future__ import annotations

from dataclasses import replace

from simulator.delivery import ATTEMPT, rules
from simulator.delivery.log import log_of
from tests.unit.delivery.made_up_outcomes import JOB, LAPSED, TYPES, Fate, demand_of, outcome_of

CV = TYPES.index("cv_samtale")
FATES = [Fate(0, 30, closed=37), Fate(1, 31, closed=31, type=CV, number=2), Fate(2, 32, closed=32), Fate(2, 39, LAPSED)]
LOGS = [
    [(30, 0, 0, 0, rules.PHYSICAL, 0), (31, 1, 1, 0, rules.PHONE, 1), (37, 0, 0, 1, rules.VIDEO, 1)],
    [(32, 0, 0, 0, rules.PHYSICAL, 1)],
]
"""Two conversations of the first place, then one of two of the second, numbered from 0 in each."""


def rows(*logs: list[tuple[int, ...]] | None, arms: int = 2) -> list[dict[str, int]]:
    """Return the log of two places, the same in every arm."""
    demand = demand_of(FATES, [0, 0, 0])
    demand.register.place[:] = [0, 0, 1]
    demand.register.number[:] = [7, 3_000_000_000, 9]
    demand.register.group[:] = [2, 0, 5]
    outcomes = [replace(outcome_of(part), log=log) for part, log in zip((FATES[:2], FATES[2:]), logs, strict=True)]
    found = log_of((outcomes,) * arms, [demand] * arms)
    assert found.dtype == ATTEMPT
    return [dict(zip(ATTEMPT.names or (), row, strict=True)) for row in found.tolist()]


def test_a_row_names_the_person_and_the_conversation_and_never_their_place_in_the_run() -> None:
    missed, by_phone, again, elsewhere = rows(*LOGS, arms=1)
    common = {"arm": 0, "place": 0, "office_kind": 0, "group": 2, "person": 7, "type": JOB, "number": 0}
    assert missed == {**common, "day": 30, "attempt": 0, "form": rules.PHYSICAL, "came": 0}
    assert again == {**common, "day": 37, "attempt": 1, "form": rules.VIDEO, "came": 1}
    assert by_phone == {
        "arm": 0, "place": 0, "day": 31, "office_kind": 1, "group": 0, "person": 3_000_000_000, "type": CV,
        "number": 2, "attempt": 0, "form": rules.PHONE, "came": 1,
    }  # fmt: skip
    assert [elsewhere[name] for name in ("place", "group", "person", "day")] == [1, 5, 9, 32]


def test_rows_stand_by_arm_then_place_and_keep_the_order_of_each() -> None:
    found = [(row["arm"], row["place"], row["day"]) for row in rows(*LOGS)]
    assert found == [(arm, *at) for arm in (0, 1) for at in ((0, 30), (0, 31), (0, 37), (1, 32))]


def test_a_place_where_nobody_was_met_leaves_no_row_and_shifts_nobody() -> None:
    (only,) = rows([], LOGS[1], arms=1)
    assert (only["place"], only["person"]) == (1, 9)
    assert rows(None, None) == []
