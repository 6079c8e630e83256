"""Who gains a week of work, state or municipality: three persons, three lengths of spell, two years, by hand.

One conversation is held in person instead of by phone and brings one week of work, evenly over the 52 weeks after it.
The pages of the accounts stand in `test_accounts_by_hand.py`; here their transfers are divided by the ladder.

Nobody has weeks on the ladder from before, so the weeks received are the weeks of the spell. A conversation is counted
by a class of weeks of the spell: week 2 lies in 0 to 3, week 20 in 5 to 25, week 60 in 53 to 103, and each week of a
class is as likely as the next. A week of benefit is on the step of the weeks received before it: 0.8 below 4, 0.4 below
26, 0.3 below 52, 0.2 from there on.
"""

from __future__ import annotations

from datetime import date
from functools import cache

import numpy as np
import pytest

from simulator.calendars.span import Span
from simulator.delivery.cells import Cells
from simulator.delivery.counts import JOINT_AXES, joint_shape
from simulator.effects import apart_of, employment, worth
from simulator.saldo import ACCOUNTS, AUTHORITIES, Saldo, Valuation, saldo, valuation_of
from tests.unit.demand.made_up import scenario_of
from tests.unit.effects.made_up_joint import CLASSES, GROUPS, PHONE, PHYSICAL, TYPES

STEPS = (0.8, 0.4, 0.3, 0.2)
NEW = tuple(
    f"saldo.ladder.starting_weeks.{group}.weeks_{weeks}={int(weeks == 0)}"
    for group in ("dagpenge", "jobparat", "sygedagpenge")
    for weeks in (0, 13, 39, 78)
)
A_WEEK_OF_WORK = (
    "effects.params.scale=1",
    "effects.params.weeks_per_conversation=1",
    "effects.params.relative_effect=0",
)
FIRST_DAY = {2021: date(2021, 1, 1), 2023: date(2023, 1, 1)}
"""364 days from the middle of its segment, 2 January 2021 or 1 January 2023, lie in one year."""


def span_of(year: int) -> Span:
    return Span.around((date(year, 1, 1), date(year, 1, 31)), 4, (4, 6))


def one_conversation(span: Span, day: date, group: str, spell: str) -> Cells:
    """Return the joint table of a conversation that the proposal holds in person, and the baseline by phone."""
    at = int(span.segment_of_day[day.toordinal() - span.first])
    kind = "opfoelgning" if group == "sygedagpenge" else "jobsamtale"
    row = (PHONE, PHYSICAL, at, TYPES.index(kind), GROUPS.index(group), CLASSES.index(spell))
    return Cells.of(JOINT_AXES, joint_shape(span), tuple(np.array([[number] for number in row])))


@cache
def valuation(year: int, concept: str, *sets: str) -> Valuation:
    text = f"period: {{from: {year}-01-01, to: {year}-01-31}}\nsaldo: {{concept: {concept}, time_profile: even}}\n"
    level = f"saldo.price_level={year}"
    scenario = scenario_of(text, level, "saldo.profile.even.weeks=52", *A_WEEK_OF_WORK, *NEW, *sets)
    return valuation_of(scenario, span_of(year))


def saldo_of(group: str, year: int, spell: str, *sets: str, concept: str = "with_running_costs") -> Saldo:
    """Return what the week of work is worth, at the rates and prices of its year."""
    valued, span = valuation(year, concept, *sets), span_of(year)
    joint = one_conversation(span, FIRST_DAY[year], group, spell)
    return saldo(valued, employment(apart_of(joint, span), worth(valued.scenario)), joint, np.zeros((2, 3)))


def by_authority(found: Saldo, *accounts: str) -> tuple[float, float]:
    """Return kroner of the state and of municipalities, of some accounts or of all."""
    rows = [ACCOUNTS.index(name) for name in accounts or ACCOUNTS]
    kr = found.kr[:, rows].sum(axis=(0, 1, 3, 4, 5))
    return float(kr[AUTHORITIES.index("state")]), float(kr[AUTHORITIES.index("municipality")])


def test_a_conversation_in_week_2_20_and_60_of_the_spell() -> None:
    """Weeks of benefit by step, over the weeks of a class and the 52 weeks after the conversation.

    class 0-3    4 x 52 = 208 weeks. Below 4: 4 + 3 + 2 + 1 = 10. From 4 to 25: 22 for each of four, 88.
                 From 26 to 51: 26 for each, 104. From 52 on: 0 + 1 + 2 + 3 = 6.
                 state (10 x 0.8 + 88 x 0.4 + 104 x 0.3 + 6 x 0.2) / 208 = 75.6 / 208 = 0.36346
    class 5-25   21 x 52 = 1,092 weeks. From 5 to 25: 21 + 20 + ... + 1 = 231. From 26 to 51: 26 x 21 = 546.
                 From 52 on: 5 + 6 + ... + 25 = 315. state (231 x 0.4 + 546 x 0.3 + 315 x 0.2) / 1,092
                 = 319.2 / 1,092 = 0.29231
    class 53-103 all weeks from 52 on: the state has 0.2

    Of 4,102.21 of dagpenge the state has 1,491.00, 1,199.11 and 820.44: it pays them, and the municipality shares in
    the cost with 0.2, 0.6, 0.7 and 0.8. Kontanthjælp, which the municipality pays and the state refunds, is divided
    alike: of 2,279.09 the state has 828.36, 666.19 and 455.82.
    """
    shares = {"0-3": 75.6 / 208, "5-25": 319.2 / 1_092, "53-103": 0.2}
    wanted = {
        "dagpenge": {"0-3": (1_491.00, 2_611.21), "5-25": (1_199.11, 2_903.10), "53-103": (820.44, 3_281.77)},
        "jobparat": {"0-3": (828.36, 1_450.73), "5-25": (666.19, 1_612.89), "53-103": (455.82, 1_823.27)},
    }
    for group, rows in wanted.items():
        for spell, kr in rows.items():
            state, municipality = by_authority(saldo_of(group, 2021, spell), "transfer")
            assert (state, municipality) == pytest.approx(kr, abs=0.0051)
            assert state / (state + municipality) == pytest.approx(shares[spell])


@pytest.mark.parametrize(
    ("group", "year", "spell", "state", "municipality"),
    [
        ("dagpenge", 2021, "0-3", 2_438.12, 3_403.26),
        ("dagpenge", 2021, "5-25", 2_146.23, 3_695.15),
        ("dagpenge", 2021, "53-103", 1_767.57, 4_073.82),
        ("dagpenge", 2023, "0-3", 2_591.70, 3_586.55),
        ("dagpenge", 2023, "5-25", 2_293.67, 3_884.58),
        ("dagpenge", 2023, "53-103", 1_907.05, 4_271.20),
        ("jobparat", 2021, "0-3", 1_998.77, 2_541.66),
        ("jobparat", 2021, "5-25", 1_836.61, 2_703.82),
        ("jobparat", 2021, "53-103", 1_626.23, 2_914.20),
        ("jobparat", 2023, "0-3", 2_128.38, 2_698.55),
        ("jobparat", 2023, "5-25", 1_962.80, 2_864.13),
        ("jobparat", 2023, "53-103", 1_748.00, 3_078.93),
        ("sygedagpenge", 2021, "0-3", 1_977.01, 3_337.94),
        ("sygedagpenge", 2021, "5-25", 1_685.05, 3_629.89),
        ("sygedagpenge", 2021, "53-103", 1_306.29, 4_008.65),
        ("sygedagpenge", 2023, "0-3", 2_057.02, 3_478.87),
        ("sygedagpenge", 2023, "5-25", 1_759.17, 3_776.72),
        ("sygedagpenge", 2023, "53-103", 1_372.77, 4_163.12),
    ],
)
def test_state_and_municipality_of_a_week_of_work(
    group: str, year: int, spell: str, state: float, municipality: float
) -> None:
    """Beside the state's part of the transfers stand taxes, return flow and running costs, whatever the spell.

    dagpenge, 2021, week 2: transfers 4,102.21 x 0.36346 = 1,491.00, and - 495.96 + 492.31 + 684.48 + 254.50 + 11.80 =
    947.13: the state 2,438.12. The municipality 4,102.21 x 0.63654 = 2,611.21, and - 1,024.32 + 1,413.69 - 162.88
    - 12.485 + 578.05 = 792.05: 3,403.26. Together 5,841.38, as on the page of the accounts.

    The sums beside the transfers, for the state and for the municipality: dagpenge 947.13 and 792.05, in 2023 1,069.37
    and 920.47; job-ready 1,170.41 and 1,090.93, in 2023 1,282.59 and 1,217.31; sick-listed 485.65 and 726.09, in 2023
    535.57 and 814.32. Transfers: 4,102.21 and 4,188.41; 2,279.09 and 2,327.03; 4,103.20 and 4,186.00.
    """
    found = saldo_of(group, year, spell)
    assert by_authority(found) == pytest.approx((state, municipality), abs=0.0051)
    assert found.employment_effect_kr == pytest.approx(state + municipality, abs=0.0102)
    in_year = found.kr[..., found.years.index(year)].sum()
    assert in_year == pytest.approx(found.employment_effect_kr), "the 52 weeks lie in the year of the conversation"
    nobody_else = [AUTHORITIES.index(name) for name in ("region", "society")]
    assert not found.kr[:, :, nobody_else].any()


@pytest.mark.parametrize(
    ("weeks", "by_step"),
    [
        (1, (4, 0, 0, 0)),
        (4, (10, 6, 0, 0)),
        (26, (10, 88, 6, 0)),
        (52, (10, 88, 104, 6)),
        (104, (10, 88, 104, 214)),
    ],
)
def test_the_weeks_after_the_conversation_climb_the_ladder(weeks: int, by_step: tuple[int, ...]) -> None:
    """A conversation in the first four weeks of a spell; its effect lasts 1, 4, 26, 52 or 104 weeks.

    The first week after it all four classes of age have received fewer than 4 weeks: the state has 0.8. Of four weeks
    10 of 16 are below 4: 0.65. Of 26 weeks 10 of 104 are below 4 and 0 + 1 + 2 + 3 = 6 reach 26. In the second year all
    are on the last step, which has 6 + 4 x 52 = 214 of 416.
    """
    text = "saldo: {concept: transfers, time_profile: even}\nperiod: {from: 2021-01-01, to: 2021-01-31}\n"
    valued = valuation_of(scenario_of(text, f"saldo.profile.even.weeks={weeks}", *NEW), span_of(2021))
    found = valued.falling[0, GROUPS.index("jobparat"), CLASSES.index("0-3")].sum(axis=0)
    assert found == pytest.approx(np.array(by_step) / (4 * weeks))
    state = sum(share * number for share, number in zip(STEPS, by_step, strict=True)) / (4 * weeks)
    assert float(found @ np.array(STEPS)) == pytest.approx(state)


def test_the_count_follows_the_person_across_benefits() -> None:
    """39 weeks of another benefit before the spell: a conversation in the week after four is in the 44th of benefit.

    The weeks after it have received 43, 44, ... : 52 - 43 = 9 weeks at 0.3, the 43 others of the year at 0.2:
    (9 x 0.3 + 43 x 0.2) / 52 = 11.3 / 52 = 0.21731. Without them 22 weeks are at 0.4, 26 at 0.3 and 4 at 0.2:
    (8.8 + 7.8 + 0.8) / 52 = 0.33462. The spell is the same.
    """
    before = tuple(f"saldo.ladder.starting_weeks.jobparat.weeks_{weeks}={int(weeks == 39)}" for weeks in (0, 39))
    shares = []
    for sets in (before, ()):
        state, municipality = by_authority(saldo_of("jobparat", 2021, "4", *sets), "transfer")
        shares.append(state / (state + municipality))
    assert shares == pytest.approx([11.3 / 52, 17.4 / 52])


def test_the_stated_value_of_a_person_year_is_divided_as_the_accounts_lie() -> None:
    """300,000 / 52 = 5,769.23. A week 2 of dagpenge is 5,841.38 in accounts, of which the state has 2,438.12.

    The state has 5,769.231 x 2,438.122 / 5,841.384 = 2,408.00 and the municipality 3,361.23; the transfers are scaled
    by the same 0.98765, from 4,102.21 to 4,051.54.
    """
    found = saldo_of("dagpenge", 2021, "0-3", concept="employment")
    assert by_authority(found) == pytest.approx((2_408.00, 3_361.23), abs=0.0051)
    assert sum(by_authority(found, "transfer")) == pytest.approx(4_051.54, abs=0.0051)


def test_a_stated_value_follows_pay_to_other_prices() -> None:
    """5,769.23 x 1.036 x 1.041 = 6,221.98 in the prices of 2023."""
    found = saldo_of("dagpenge", 2023, "0-3", concept="employment")
    assert found.employment_effect_kr == pytest.approx(6_221.98, abs=0.0051)
