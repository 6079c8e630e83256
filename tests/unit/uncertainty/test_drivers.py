"""Drivers, turns and the two-way grid of a small run: worked out of what was counted, and by the closed form."""

from __future__ import annotations

import pandas as pd
import pytest

from simulator import pipeline
from simulator.errors import InputError
from simulator.results.dictionary import DRIVEN, columns_of
from simulator.scenario import Scenario, read_scenario
from simulator.uncertainty import drivers
from simulator.uncertainty.closed_form import ClosedForm
from simulator.uncertainty.drivers import NEAR_ENOUGH
from simulator.uncertainty.knowledge import Ready, simulate

CHRISTMAS = "scenarios/christmas-2021.yaml"
SMALL = ("places=[Odense]", "period.from=2022-01-03", "period.to=2022-01-05")
"""Three days: the closed form goes through every day."""
SCALE, KEPT, VALUE = "effects.params.scale", "effects.params.relative_effect", "saldo.value_per_person_year_kr"


def small(*sets: str, path: str = CHRISTMAS) -> Scenario:
    return read_scenario(path, (*SMALL, *sets))


def tables_of(scenario: Scenario, engine: str = "fast") -> tuple[Ready, dict[str, pd.DataFrame]]:
    ready = Ready(scenario, pipeline.plan_of(scenario, 1, 2, engine), drives=True)
    ready.run()
    return ready, ready.driving().tables()


@pytest.fixture(scope="module")
def published() -> tuple[Ready, dict[str, pd.DataFrame]]:
    return tables_of(small())


def row_of(frame: pd.DataFrame, key: str) -> pd.Series:
    (row,) = (row for _, row in frame[frame["key"] == key].iterrows())
    return row


def test_the_tables_have_the_columns_of_the_dictionary(published: tuple[Ready, dict[str, pd.DataFrame]]) -> None:
    _, tables = published
    assert {name: list(frame.columns) for name, frame in tables.items()} == {name: columns_of(name) for name in DRIVEN}
    assert all(len(frame) for frame in tables.values())


def test_a_value_of_the_money_is_valued_exactly(published: tuple[Ready, dict[str, pd.DataFrame]]) -> None:
    ready, tables = published
    now = ready.driving().ground.now
    row = row_of(tables["drivers"], VALUE)
    assert (row["how"], row["values"], row["value"]) == ("valued", 1, 300_000.0)
    assert row["low_figure_mio_kr"] == pytest.approx(now * 250 / 300, rel=1e-9)
    assert row["high_figure_mio_kr"] == pytest.approx(now * 330 / 300, rel=1e-9)
    assert row["swing_mio_kr"] == pytest.approx(abs(now) * 80 / 300, rel=1e-9)


def test_a_family_moves_each_value_to_its_own_end(published: tuple[Ready, dict[str, pd.DataFrame]]) -> None:
    ready, tables = published
    row = row_of(tables["drivers"], "attendance.take_up")
    family = next(one for one in ready.driving().ground.families if one.key == "attendance.take_up")
    assert (row["how"], row["values"], row["unit"]) == ("closed form", len(family.members), "share")
    assert pd.isna(row["value"]) and pd.isna(row["low"])
    assert family.at(0.0)["attendance.take_up.jobsamtale.dagpenge"] == 0.25
    assert family.at(0.0)["attendance.take_up.jobsamtale.jobparat"] == 0.20
    control = {
        share: pipeline.control_at(ready.scenario.with_values(family.at(share)))["employment_effect_kr"] / 1e6
        for share in (0.0, 1.0)
    }
    ratio = ready.driving().ground.ratio
    assert row["low_figure_mio_kr"] == pytest.approx(control[0.0] * ratio, rel=1e-9)
    assert row["high_figure_mio_kr"] == pytest.approx(control[1.0] * ratio, rel=1e-9)
    assert NEAR_ENOUGH[0] < ratio < NEAR_ENOUGH[1]


def test_the_largest_swing_stands_first_and_what_moves_nothing_is_left_out(
    published: tuple[Ready, dict[str, pd.DataFrame]],
) -> None:
    _, tables = published
    swings = tables["drivers"]["swing_mio_kr"].dropna().tolist()
    assert swings == sorted(swings, reverse=True)
    assert swings[-1] > 0
    keys = set(tables["drivers"]["key"])
    assert {SCALE, KEPT, VALUE, "attendance.exception_share"} <= keys
    assert not {"saldo.wage", "saldo.price_level", "attendance.office_spread"} & keys


def test_turns_say_what_one_must_believe(published: tuple[Ready, dict[str, pd.DataFrame]]) -> None:
    _, tables = published
    turns = tables["turns"].set_index(["key", "goal"])
    assert {SCALE, KEPT, VALUE} <= set(tables["turns"]["key"])
    assert tables["turns"]["key"].nunique() <= 11
    assert turns.loc[(KEPT, "zero"), "at"] == pytest.approx(1.0)
    assert turns.loc[(KEPT, "half"), "at"] == pytest.approx(0.5)
    assert turns.loc[(KEPT, "double"), "kind"] == "not possible"
    assert turns.loc[(SCALE, "double"), "at"] == pytest.approx(0.5112)
    assert turns.loc[(SCALE, "double"), "inside"] == 1
    assert turns.loc[(VALUE, "double"), "inside"] == 0


def test_the_grid_spans_the_two_largest_and_is_exact(published: tuple[Ready, dict[str, pd.DataFrame]]) -> None:
    ready, tables = published
    grid = tables["two_way"]
    assert (len(grid), set(grid["key_across"]), set(grid["key_up"])) == (49, {SCALE}, {KEPT})
    now = ready.driving().ground.now
    corner = grid[(grid["value_across"] == 1.0) & (grid["value_up"] == 0.0)]["mio_kr"].item()
    assert corner == pytest.approx(now / 0.2556, rel=1e-6)
    assert grid[grid["value_up"] == 1.0]["mio_kr"].abs().max() < 1e-6


def test_by_the_control_everything_is_told_by_the_closed_form(
    published: tuple[Ready, dict[str, pd.DataFrame]],
) -> None:
    ready, tables = tables_of(small(), "control")
    assert set(tables["drivers"]["how"]) == {"closed form"}
    assert ready.driving().ground.ratio == 1.0
    assert row_of(tables["drivers"], VALUE)["value"] == 300_000.0
    assert set(tables["drivers"]["key"][:4]) == set(published[1]["drivers"]["key"][:4])


def test_where_nothing_changes_nothing_drives() -> None:
    _, tables = tables_of(small(path="scenarios/null.yaml"))
    assert [len(tables[name]) for name in ("drivers", "turns", "two_way")] == [0, 0, 0]
    assert set(tables) == set(DRIVEN) and not tables["rivals"]["saldo_mio_kr"].any()
    assert list(tables["drivers"].columns) == columns_of("drivers")


def test_what_no_closed_form_foresees_is_not_told_by_it() -> None:
    suspension = small("period.from=2020-03-12", "period.to=2020-03-25", path="scenarios/suspension-2020.yaml")
    ready, tables = tables_of(suspension)
    assert not ready.driving().ground.is_told
    told = tables["drivers"][tables["drivers"]["how"] == "closed form"]
    assert len(told) and told[["low_figure_mio_kr", "swing_mio_kr"]].isna().all(axis=None)
    assert told["refused"].str.contains("closed form").all()
    assert tables["drivers"]["how"][0] == "valued"
    assert set(tables["turns"]["how"]) <= {"exact", "sought", "idle"}


def test_the_closed_form_of_many_years_is_not_asked(
    published: tuple[Ready, dict[str, pd.DataFrame]], monkeypatch: pytest.MonkeyPatch
) -> None:
    ground = published[0].driving().ground
    assert ground.is_told
    monkeypatch.setattr(drivers, "LONGEST_DAYS", 2)
    assert not ground.is_told
    with pytest.raises(InputError, match="takes too long"):
        ground.told({"demand.scale": 0.9})


def test_the_closed_form_with_its_chains_at_hand_is_the_closed_form() -> None:
    scenario = small()
    asked = ClosedForm(scenario, pipeline.stages_of(scenario))
    for numbers in ({}, {VALUE: 250_000.0}, {SCALE: 0.5}, {SCALE: 0.5, VALUE: 330_000.0}, {"demand.scale": 0.9}):
        assert asked(numbers) == pipeline.control_at(scenario.with_values(numbers))


def test_drivers_are_worked_out_only_where_they_are_asked_for() -> None:
    scenario = small(path="scenarios/null.yaml")
    plan = pipeline.plan_of(scenario, 1, 1, "control")
    assert not set(DRIVEN) & set(simulate(scenario, plan).tables)
    assert set(DRIVEN) <= set(simulate(scenario, plan, drives=True).tables)


def test_rival_models_stand_beside_the_run_with_its_luck() -> None:
    ready, tables = tables_of(small())
    rows = tables["rivals"].set_index("model")
    assert list(rows.index) == ["constant_loss", "dose_response", "fading_loss", "hazard"]
    assert rows["saldo_mio_kr"]["constant_loss"] == pytest.approx(ready.driving().ground.now, rel=1e-9)
    assert (
        rows["saldo_mio_kr"]["hazard"] < rows["saldo_mio_kr"]["constant_loss"] < rows["saldo_mio_kr"]["fading_loss"] < 0
    )
