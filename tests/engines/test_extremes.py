"""The engines agree at the ends of what a scenario may say, where whole numbers are largest, or nothing is left."""

from __future__ import annotations

import pytest

from tests.engines.same import assert_same
from tests.engines.worlds import LAESOE, SAMSOE, shipped_world

NOBODY_COMES = ("delivery.no_show=1", "delivery.no_show_digital_ratio=1")
ENDS: dict[str, tuple[str, ...]] = {
    "a hundred tries, and nobody ever comes": ("delivery.tries=100", "delivery.rebook_days=1", *NOBODY_COMES),
    "a new appointment after the last day": ("delivery.rebook_days=400", "delivery.no_show=0.5"),
    "a new appointment on the same day": ("delivery.rebook_days=0", "delivery.no_show=0.5", "delivery.tries=9"),
    "a hundred times the minutes": ("delivery.utilisation=0.01",),
    "a fiftieth of the minutes": ("delivery.utilisation=50",),
    "conversations of ten weeks": ("delivery.physical_minutes=100000",),
    "conversations of a minute": ("delivery.physical_minutes=1", "delivery.digital_saves_minutes=30"),
    "a conversation on each weekday": ("demand.contact=260", "delivery.utilisation=1"),
    "nobody": ("demand.scale=0",),
    "a hundredth of the persons": ("demand.scale=0.01",),
    "two years of warm-up": ("delivery.warm_up_weeks=104",),
    "a day as period": ("period.from=2021-12-24", "period.to=2021-12-24"),
    "far priorities": ("delivery.priority={jobsamtale: -1000000000000, opfoelgning: 99999999999999}",),
    "everything by exception and video": ("attendance.video_share=1", "attendance.exception_share=1"),
    "everybody chooses": ("attendance.take_up=1", "attendance.take_up_scale=1", "attendance.office_spread=0"),
    "offices between none and all": (
        "attendance.take_up=0.5",
        "attendance.take_up_scale=1",
        "attendance.office_spread=1",
    ),
    "every clock runs on": ("closures.carry_share=1",),
}


@pytest.mark.parametrize("end", ENDS)
def test_they_agree_at_the_ends(end: str) -> None:
    assert_same(shipped_world("christmas-2021", (SAMSOE, LAESOE), *ENDS[end]), range(9, 11))


@pytest.mark.parametrize("seed", [0, 2**32 - 1])
def test_they_agree_on_the_first_and_the_last_seed(seed: int) -> None:
    assert_same(shipped_world("christmas-2021", (LAESOE,)), range(2), seed)


def test_they_agree_on_the_last_replication() -> None:
    assert_same(shipped_world("christmas-2021", (LAESOE,)), range(2**32 - 1, 2**32))
