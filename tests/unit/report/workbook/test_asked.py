"""How widely a factor is asked for: as widely as it is one number, and never so that a figure of ours is lost."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.report.workbook.asked import FORM, Asked, Chain, Product, Scope, Totals, alike, wide

CV, JOB = "cv_samtale", "jobsamtale"
PAIRS = st.tuples(st.sampled_from([CV, JOB, "opfoelgning"]), st.sampled_from(["dagpenge", "jobparat", "sygedagpenge"]))
VALUES = st.dictionaries(PAIRS, st.sampled_from([None, 0.0, 0.25, 0.45]), min_size=1)
LEVELS = st.sampled_from([("whole", "type"), ("type",), ("group",), ("whole", "group"), ()])


@given(VALUES, LEVELS)
def test_what_is_asked_once_is_one_number(values: dict[Scope, float | None], levels: tuple[str, ...]) -> None:
    found = wide(values, levels)
    assert list(found) != [] and set(found) == set(values)
    for scope in set(found.values()):
        below = {pair: values[pair] for pair in values if found[pair] == scope}
        assert alike(below.values())
        assert all(not part or part in pair for pair in below for part in scope)


def test_a_factor_is_narrowed_only_where_it_must_be() -> None:
    values = {(CV, "dagpenge"): 0.45, (JOB, "dagpenge"): 0.45, (JOB, "jobparat"): 0.35}
    narrowed = {(CV, "dagpenge"): (CV, ""), (JOB, "dagpenge"): (JOB, "dagpenge"), (JOB, "jobparat"): (JOB, "jobparat")}
    assert wide(values, ("whole", "type")) == narrowed
    assert set(wide(dict.fromkeys(values, 0.45), ("whole", "type")).values()) == {("", "")}
    assert set(wide(values, ("group",)).values()) == {("", "dagpenge"), ("", "jobparat")}


def test_what_the_control_does_not_reach_agrees_with_all() -> None:
    assert alike([None, 0.3, None]) and alike([]) and alike([0.3, 0.3 + 1e-9])
    assert not alike([0.3, 0.31])


def test_the_print_tells_runs_and_lists_apart_and_knows_no_value() -> None:
    one = Asked("K01", "persons", "", "dagpenge", "persons", "demand.stock", 82_770.0)
    made = Chain("run", (one,), (Product(FORM, "", "", (0,), (), ()),), Totals(0, 0, 0), None, 0.02)
    assert made.fingerprint == replace(made, asked=(replace(one, ours=1.0),), control=Totals(1, 1, 1)).fingerprint
    others = (replace(made, run_id="other"), replace(made, asked=(replace(one, group=""),)))
    assert len({made.fingerprint, *(other.fingerprint for other in others)}) == 3


@pytest.mark.parametrize(("line", "sign"), [(FORM, -1), ("reverse", 1), ("volume", 1)])
def test_only_what_becomes_digital_is_a_loss(line: str, sign: int) -> None:
    assert Product(line, "", "", (), (), ()).sign == sign
