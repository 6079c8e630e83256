"""The tables: the columns of the dictionary, sums that meet the headline, and what the run read."""

from __future__ import annotations

import math

import pytest

from simulator.results import Run
from simulator.results.checks import broken_sums
from simulator.results.dictionary import columns_of, dictionary, empty, table_names
from tests.unit.results.small_runs import small_run

CONTRACT = {
    "conversations": "arm year week office_kind municipality_code type group spell_class form state count",
    "saldo": "concept line step authority account group type year kr",
    "steps": "order step value unit source",
    "calendar": "date office_kind place class rule meeting_day reason source",
    "assumptions": "key value unit low high kind source date layer used",
    "control": "quantity type group order factor value unit key",
    "offices": "office_kind municipality_code landsdel capacity_minutes worked_minutes due held",
}


@pytest.mark.parametrize("name", CONTRACT)
def test_a_table_has_the_columns_of_the_contract(name: str) -> None:
    assert set(CONTRACT[name].split()) <= set(columns_of(name))


@pytest.mark.parametrize("run", ["published", "by_hand"])
def test_every_written_column_is_in_the_dictionary_and_no_other(run: str, request: pytest.FixtureRequest) -> None:
    tables = request.getfixturevalue(run).tables
    assert {name: list(frame.columns) for name, frame in tables.items()} == {
        name: columns_of(name) for name in table_names()
    }


def test_the_dictionary_says_what_each_column_means() -> None:
    for table, columns in dictionary().items():
        for column, said in columns.items():
            assert set(said) == {"kind", "unit", "sign", "meaning"}, f"{table}.{column}"
            assert said["meaning"], f"{table}.{column}"
            assert said["kind"] in ("text", "integer", "number"), f"{table}.{column}"


def test_columns_are_of_the_kind_that_the_dictionary_says(published: Run) -> None:
    kinds = {"i": "integer", "f": "number", "O": "text", "U": "text"}
    assert published.events is not None
    for name, frame in {**published.tables, "events": published.events}.items():
        for column, said in dictionary()[name].items():
            kind = frame[column].dtype.kind
            assert kinds.get(kind, "text") == said["kind"], f"{name}.{column}: {frame[column].dtype}"


def test_an_empty_table_has_its_columns() -> None:
    assert list(empty("offices").columns) == columns_of("offices")


def test_parts_add_up(published: Run, nothing: Run, by_hand: Run) -> None:
    for run in (published, nothing, by_hand):
        assert broken_sums(run.headline, run.tables) == []


@pytest.mark.parametrize(
    ("table", "column", "words"),
    [
        ("saldo", "kr", "saldo.csv, form"),
        ("conversations", "count", "conversations.csv"),
        ("steps", "value", "steps.csv"),
    ],
)
def test_a_part_that_is_lost_is_named(published: Run, table: str, column: str, words: str) -> None:
    frame = published.tables[table].copy()
    frame[column] = frame[column] * 1.001
    assert any(words in fault for fault in broken_sums(published.headline, {**published.tables, table: frame}))


def test_conversations_keep_the_law_of_conservation(published: Run) -> None:
    counts = published.tables["conversations"].groupby(["arm", "state"])["count"].sum()
    for arm in ("baseline", "proposal"):
        found = counts[arm]
        ended = sum(number for state, number in found.items() if str(state).startswith(("held", "lapsed", "cancelled")))
        ended -= found.get("held_later", 0.0)
        assert found["waiting_start"] + found["due"] == pytest.approx(ended + found["waiting_end"])


def test_only_what_was_held_or_missed_has_a_form(published: Run) -> None:
    conversations = published.tables["conversations"]
    formed = conversations["state"].isin(["held", "no_show", "held_later"])
    assert (conversations["form"] != "").equals(formed)


def test_offices_agree_with_the_headline(published: Run) -> None:
    offices = published.tables["offices"]
    saved = offices[offices["arm"] == "baseline"]["worked_minutes"].sum()
    saved -= offices[offices["arm"] == "proposal"]["worked_minutes"].sum()
    hours = published.headline["caseworker_hours"]
    assert saved / 60 == pytest.approx(hours["municipal"]["mean"] + hours["a_kasse"]["mean"])
    counts = published.headline["conversations"]["baseline"]
    for state in ("due", "held", "waiting_start", "waiting_end"):
        assert offices[offices["arm"] == "baseline"][state].sum() == pytest.approx(counts[state])
    assert (offices["worked_minutes"] <= offices["capacity_minutes"] * 1.01).all()
    assert set(offices["landsdel"]) == {"Østjylland", "Bornholm"}


def test_the_calendar_names_the_rules_of_both_arms(published: Run) -> None:
    calendar = published.tables["calendar"].set_index(["date", "office_kind"])
    assert calendar.loc[("2022-01-10", "a_kasse"), "rule"] == "physical attendance | digital option of 19 December 2021"
    jobcentre = str(calendar.loc[("2022-01-10", "jobcentre"), "rule"])
    assert "own choice after six months" in jobcentre.split(" | ")[0]
    assert set(published.tables["calendar"]["arm"]) == {"both"}


def test_days_on_which_the_arms_differ_have_a_row_for_each() -> None:
    run = small_run("christmas-2021", "proposal.calendar.closure_weeks=[2021-W52]", engine="control")
    calendar = run.tables["calendar"]
    monday = calendar[(calendar["date"] == "2021-12-20") & (calendar["office_kind"] == "jobcentre")]
    assert monday[["arm", "meeting_day"]].to_numpy().tolist() == [["baseline", 0], ["proposal", 1]]
    assert run.headline["meeting_days"]["jobcentre"] < run.headline["meeting_days_proposal"]["jobcentre"]


def test_assumptions_say_what_was_used_and_where_the_arms_differ() -> None:
    run = small_run("christmas-2021", "proposal.attendance.take_up_scale=0.5", engine="control")
    rows = run.tables["assumptions"].set_index(["key", "arm"])
    assert rows.loc[("attendance.take_up_scale", "proposal"), "value"] == 0.5
    assert rows.loc[("attendance.take_up_scale", "baseline"), "value"] != 0.5
    assert rows.loc[("effects.params.scale", "both"), "used"] == 1
    assert rows.loc[("delivery.rebook_days", "both"), "used"] == 0, "the control does not simulate"


def test_saved_time_has_kroner_only_as_far_as_it_is_realised(published: Run) -> None:
    assert "caseworker_time" not in set(published.tables["saldo"]["line"])
    for realised, authority in (("dut", "state"), ("full", "municipality")):
        run = small_run("christmas-2021", f"saldo.caseworker_time_realised={realised}")
        rows = run.tables["saldo"][run.tables["saldo"]["line"] == "caseworker_time"]
        assert set(rows["authority"]) == {authority}
        hours = run.headline["caseworker_hours"]["municipal"]["mean"] - run.headline["no_show_hours"]["mean"]
        kr = hours * 400
        assert rows["kr"].sum() == pytest.approx(kr)
        assert run.headline["saldo_mio_kr"]["net"]["mean"] == pytest.approx(
            run.headline["saldo_mio_kr"]["employment_effect"]["mean"] + kr / 1e6
        )


def test_the_chain_multiplies(published: Run) -> None:
    steps = dict(zip(published.tables["steps"]["step"], published.tables["steps"]["value"], strict=True))
    assert steps["physical_baseline"] * steps["share_that_changes_form"] == pytest.approx(steps["converted"])
    years = steps["converted"] * steps["loss_per_conversation_days"] / 7 / 52
    assert -years * steps["value_per_person_year_kr"] == pytest.approx(steps["employment_effect_kr"])
    digital = sum(steps[name] for name in ("digital_by_exception", "digital_by_own_choice", "digital_by_order"))
    assert steps["held_baseline"] - digital == pytest.approx(steps["physical_baseline"])


def test_the_factors_of_the_control_multiply_to_its_figures(by_hand: Run) -> None:
    control = by_hand.tables["control"]
    for (name, group), rows in control[control["quantity"] == "form_kr"].groupby(["type", "group"]):
        if not name:
            found = math.prod(rows["value"])
            assert found == pytest.approx(by_hand.headline["saldo_mio_kr"]["form"]["control"] * 1e6), group


def test_the_log_has_every_attempt(published: Run) -> None:
    events = published.events
    assert events is not None
    assert set(events["replication"]) == {0, 1}
    conversations = published.tables["conversations"]
    inside = events[(events["date"] >= "2021-12-19") & (events["date"] <= "2022-01-16")]
    for came, state in ((1, "held"), (0, "no_show")):
        rows = conversations[(conversations["arm"] == "proposal") & (conversations["state"] == state)]
        logged = inside[(inside["arm"] == "proposal") & (inside["came"] == came)]
        assert len(logged) / 2 == pytest.approx(rows["count"].sum())
