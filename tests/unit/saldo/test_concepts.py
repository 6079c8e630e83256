"""Each concept counts the accounts that it names, and no others: sums of one sheet by hand."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.errors import InputError
from simulator.saldo import ACCOUNTS, AUTHORITIES, valuation_of
from simulator.saldo.accounts import RETURN_FLOW, RUNNING_COSTS, TAXES, TRANSFERS
from simulator.saldo.concept import FloatArray, Week, concept_named, concept_names, week_of
from simulator.saldo.concepts.social import discount
from tests.unit.demand.made_up import scenario_of
from tests.unit.effects.made_up_joint import GROUPS, SPAN

DAGPENGE = GROUPS.index("dagpenge")
PERMANENT = "period: {from: 2021-01-01, to: 2023-12-31, permanent: true}\n"
SCALE = {name: 200_000 + 1_000 * at for at, name in enumerate(GROUPS)}


def week(*sets: str, text: str = "", years: tuple[int, ...] = (2021,)) -> Week:
    return week_of(scenario_of(text, *sets), years)


def kr_of(name: str, found: Week) -> FloatArray:
    """Return kroner a week, shape (account, authority, group, year, step of the ladder)."""
    return concept_named(name).week_kr(found)


def whole(name: str, *sets: str, group: str = "dagpenge", text: str = "") -> float:
    """Return what a week of a person of a group is worth on the first step of the ladder at the rates of 2021 [kr]."""
    return float(kr_of(name, week(*sets, text=text))[:, :, GROUPS.index(group), 0, 0].sum())


@pytest.mark.parametrize(
    ("name", "kr"),
    [
        ("transfers", 4_102.21),
        ("transfers_and_taxes", 4_997.04),
        ("with_return_flow", 5_251.54),
        ("with_running_costs", 5_841.38),
        ("with_caseworker_time", 5_841.38),
        ("with_displacement", 2_920.69),
        ("note", 5_769.23),
        ("employment", 5_769.23),
        ("social", 7_876.92),
    ],
)
def test_a_week_of_dagpenge_under_each_concept(name: str, kr: float) -> None:
    """The accounts: transfers 4,102.21, taxes 894.83, return flow 254.50, running costs 589.85.

    Half is displaced; the stated value is 300,000 / 52; output is 320,000 / 52 x 1.28, and taxes distort nothing.
    """
    assert whole(name) == pytest.approx(kr, abs=0.0051)


def test_a_fleksjob_gives_more_than_it_saves_in_transfers() -> None:
    """- 318.62 of transfers; with taxes 482.22; with return flow 756.90; with running costs 1,346.75."""
    names = ("transfers", "transfers_and_taxes", "with_return_flow", "with_running_costs")
    found = [whole(name, group="ledighedsydelse") for name in names]
    assert found == pytest.approx([-318.62, 482.22, 756.90, 1_346.75], abs=0.0051)


def test_the_wider_concept_has_the_same_rows_and_more() -> None:
    found = week()
    counted = {
        "transfers": TRANSFERS,
        "transfers_and_taxes": TRANSFERS + TAXES,
        "with_return_flow": TRANSFERS + TAXES + RETURN_FLOW,
        "with_running_costs": TRANSFERS + TAXES + RETURN_FLOW + RUNNING_COSTS,
    }
    for name, accounts in counted.items():
        rows = [ACCOUNTS.index(account) for account in accounts]
        kr = kr_of(name, found)
        assert np.array_equal(kr[rows], found.accounts[rows])
        assert not np.delete(kr, rows, axis=0).any()


def test_concepts_stand_from_the_narrowest_to_the_widest() -> None:
    names = concept_names()
    assert names[:3] == ("transfers", "transfers_and_taxes", "with_return_flow")
    assert names[-1] == "social"
    assert set(names[3:-1]) == {
        *("employment", "note", "regneprincipper"),
        *("with_caseworker_time", "with_displacement", "with_running_costs"),
    }


def test_all_but_the_note_count_both_lines() -> None:
    assert {name: concept_named(name).lines for name in concept_names() if name != "note"} == {
        name: ("form", "volume") for name in concept_names() if name != "note"
    }
    assert concept_named("note").lines == ("form",)
    in_full = [name for name in concept_names() if concept_named(name).counts_caseworker_time]
    assert in_full == ["with_caseworker_time"]


@pytest.mark.parametrize("name", ["note", "employment"])
def test_the_stated_value_is_the_same_for_all_and_whatever_the_rates(name: str) -> None:
    """300,000 / 52 = 5,769.23, whoever it is; a benefit, a tax or a wage moves the split and not the sum."""
    sets = ("saldo.coverage.dagpenge=0.5", "saldo.tax.bottom_tax.year_2021=0.3", "saldo.wage.jobparat=100000")
    for group in GROUPS:
        assert whole(name, group=group) == pytest.approx(300_000 / 52)
        assert whole(name, *sets, group=group) == pytest.approx(300_000 / 52)
    assert whole(name, "effects.full_time_share.dagpenge=0.5") == pytest.approx(150_000 / 52)
    assert whole(name, "effects.weeks_off_benefit.dagpenge=0.8") == pytest.approx(300_000 / 52)


def test_the_stated_value_is_divided_as_the_accounts_lie() -> None:
    """Of 5,841.38 in accounts 894.83 are taxes, so they are 0.15319 of the value too: 883.78 of 5,769.23."""
    kr = kr_of("note", week())
    taxes = [ACCOUNTS.index(name) for name in TAXES]
    assert kr[taxes][:, :, DAGPENGE, 0, 0].sum() == pytest.approx(883.78, abs=0.0051)
    assert not kr[ACCOUNTS.index("employment")].any()


NOTHING = ("saldo.indirect_taxes.return_flow_share=1", "saldo.running_costs.kr_per_year=0")
"""All that the household has more comes back: of dagpenge and a wage the wage alone is left."""


@pytest.mark.parametrize("wage", [0, 1e-7])
def test_a_value_that_cannot_be_divided_stands_whole_with_the_state(wage: float) -> None:
    """Accounts of thousands of kroner that add up to a billionth of a krone are not scaled to a value."""
    kr = kr_of("note", week(*NOTHING, f"saldo.wage.dagpenge={wage:.7f}"))
    assert kr[ACCOUNTS.index("employment"), AUTHORITIES.index("state"), DAGPENGE, 0].tolist() == [300_000 / 52] * 4
    assert kr[:, :, DAGPENGE, 0, 0].sum() == pytest.approx(300_000 / 52, rel=1e-12)
    assert np.count_nonzero(kr[:, :, DAGPENGE, 0, 0]) == 1
    assert kr[ACCOUNTS.index("transfer"), 0, GROUPS.index("jobparat"), 0, 0] > 0, "the others are divided"


def test_the_social_view_counts_output_and_what_taxes_distort() -> None:
    """6,153.85 x 1.28 = 7,876.92; of the balance of 5,841.38 a tenth: 584.14. Both stand with society."""
    kr = kr_of("social", week("saldo.social.tax_distortion_factor=1.1"))[:, :, DAGPENGE, 0, 0]
    society = AUTHORITIES.index("society")
    assert kr[ACCOUNTS.index("production"), society] == pytest.approx(7_876.92, abs=0.0051)
    assert kr[ACCOUNTS.index("tax_distortion"), society] == pytest.approx(584.14, abs=0.0051)
    assert kr.sum() == pytest.approx(7_876.92 + 584.14, abs=0.0102)
    assert np.count_nonzero(kr) == 2


def test_who_is_on_full_pay_produces_when_back_at_work() -> None:
    """The household notices nothing, but 360,000 / 52 x 1.28 = 8,861.54 are produced."""
    kr = whole("social", "saldo.sick.on_full_pay_share=1", group="sygedagpenge")
    assert kr == pytest.approx(8_861.54, abs=0.0051)


@pytest.mark.parametrize(
    ("years", "worth"),
    [
        (-1, 1.0),
        (0, 1.0),
        (1, 1 / 1.035),
        (2, 1 / 1.035**2),
        (35, 1 / 1.035**35),
        (36, 1 / 1.035**35 / 1.025),
        (70, 1 / 1.035**35 / 1.025**35),
        (71, 1 / 1.035**35 / 1.025**35 / 1.015),
    ],
)
def test_the_rate_of_discount_steps_down_twice(years: int, worth: float) -> None:
    """3.5 per cent a year to year 35, 2.5 to year 70, 1.5 from then on."""
    assert discount(week().rates, years) == pytest.approx(worth)


def test_nothing_but_the_social_view_is_discounted() -> None:
    """A period from 2021: the rates of 2021 held for three years would be worth the same in each."""
    flat = [
        f"saldo.{name}.year_{year}=0"
        for name in ("growth.wages", "growth.satsregulering", "growth.municipal_prices")
        for year in (2022, 2023)
    ]
    found = week(*flat, text=PERMANENT, years=(2021, 2022, 2023))
    by_year = {name: kr_of(name, found)[:, :, DAGPENGE, :, 0].sum(axis=(0, 1)).tolist() for name in ("note", "social")}
    assert by_year["note"] == pytest.approx([300_000 / 52] * 3)
    assert by_year["social"] == pytest.approx(
        [by_year["social"][0] * factor for factor in (1, 1 / 1.035, 1 / 1.035**2)]
    )
    higher = week(*flat, "saldo.social.discount_rate.year_0=0.2", text=PERMANENT, years=(2021, 2022, 2023))
    for name in concept_names():
        if name not in ("social", "regneprincipper"):
            assert np.array_equal(kr_of(name, found), kr_of(name, higher)), name


def slots(**given: object) -> str:
    named = ", ".join(f"{key}: {value}" for key, value in given.items())
    return f"saldo: {{concept: regneprincipper, regneprincipper: {{{named}}}}}\n"


def test_the_scale_of_the_ministries_is_empty_until_a_ministry_fills_it() -> None:
    concept = concept_named("regneprincipper")
    temporary = week(text=slots(kr_per_full_time_person=SCALE, source="letter"))
    assert concept.missing(temporary).startswith("a temporary measure has no structural effect; set period.permanent")
    empty = week(text=PERMANENT + slots(kr_per_full_time_person={"dagpenge": 200_000}, source="letter"))
    assert concept.missing(empty) == (
        "empty slots: saldo.regneprincipper.kr_per_full_time_person.{jobparat, aktivitetsparat, sygedagpenge, "
        "ressourceforloeb, jobafklaring, ledighedsydelse}"
    )
    filled = week(text=PERMANENT + slots(kr_per_full_time_person=SCALE, source="letter"))
    assert concept.missing(filled) == ""


def test_a_concept_without_a_figure_is_refused_as_the_headline_and_named_beside_others() -> None:
    with pytest.raises(InputError, match="`regneprincipper` has no figure here: empty slots"):
        valuation_of(scenario_of(PERMANENT + "saldo: {concept: regneprincipper}\n"), SPAN)
    beside = valuation_of(scenario_of(""), SPAN)
    assert set(beside.missing) == {"regneprincipper"}
    assert "regneprincipper" not in beside.by_concept


def test_the_scale_is_per_person_off_benefit_or_per_person_in_work() -> None:
    """200,000 / 52 = 3,846.15 a week; a full-time recipient is 0.9 of it, a person in structural employment 0.7."""
    sets = ("effects.weeks_off_benefit.dagpenge=0.9", "effects.full_time_share.dagpenge=0.7")
    recipients = PERMANENT + slots(kr_per_full_time_person=SCALE, source="letter")
    employed = PERMANENT + slots(kr_per_full_time_person=SCALE, source="letter", counts="structural_employment")
    assert whole("regneprincipper", *sets, text=recipients) == pytest.approx(200_000 / 52 * 0.9)
    assert whole("regneprincipper", *sets, text=employed) == pytest.approx(200_000 / 52 * 0.7)
    assert whole("regneprincipper", group="jobparat", text=recipients) == pytest.approx(201_000 / 52)
