"""Questions: each answer is the run with that setting, to the last digit, and what needs no simulation has none."""

from __future__ import annotations

from pathlib import Path

import pytest

import simulator
from simulator import pipeline
from simulator.errors import InputError
from simulator.plan import plan_of
from simulator.scenario import read_scenario
from simulator.uncertainty.question import FIGURES, Answered, answered, choices_of, combined, scenarios_of
from simulator.uncertainty.question_page import content_of, plain
from simulator.uncertainty.wording import languages, read_wording

SCENARIO = Path(__file__).parents[3] / "scenarios" / "christmas-2021.yaml"
SMALL = ("places=[Samsoe, Laesoe]",)


def ask(*questions: str, together: bool = False, engine: str = "fast", sets: tuple[str, ...] = SMALL) -> Answered:
    today = read_scenario(SCENARIO, sets)
    choices = choices_of(questions)
    rows = combined(choices, together=together)
    plan = plan_of(today, replications=2, engine=engine)
    return answered(today, (choices, rows, scenarios_of(SCENARIO, sets, rows)), plan)


@pytest.mark.parametrize(
    "questions",
    [
        ("effects.params.relative_effect=0.5,1",),
        ("demand.scale=0.9,1.25", "saldo.value_per_person_year_kr=280000"),
        ("effects.model=dose_response,hazard", "saldo.concept=employment"),
        ("period.to=2022-01-09", "calendar.closure_weeks=[2021-W52],[]"),
    ],
)
def test_each_answer_is_the_run_with_that_setting(questions: tuple[str, ...]) -> None:
    found = ask(*questions)
    for answer in found.answers:
        sets = [*SMALL, *(f"{key}={text}" for key, text in answer.at.items())]
        run = simulator.run(SCENARIO, replications=2, sets=sets)
        assert {name: answer.headline[name] for name in FIGURES} == {name: run.headline[name] for name in FIGURES}


def test_values_of_effects_and_money_share_one_simulation(monkeypatch: pytest.MonkeyPatch) -> None:
    made = []
    own = pipeline.engine_of

    def counted(*given: object) -> object:
        made.append(given)
        return own(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(pipeline, "engine_of", counted)
    found = ask("effects.params.scale=0.2,1", "saldo.concept=note,employment")
    assert (len(found.answers), len(made), found.simulations) == (4, 1, 1)
    made.clear()
    found = ask("demand.scale=0.9,1")
    assert (len(made), found.simulations) == (2, 2)
    assert found.answers[1].headline == found.today.headline


def test_the_control_answers_without_simulation() -> None:
    found = ask("demand.scale=0.5,1", engine="control")
    assert found.simulations == 0
    half = found.answers[0].saldo_mio_kr / found.today.saldo_mio_kr
    assert half == pytest.approx(0.5, rel=1e-9)


def test_every_combination_or_together() -> None:
    choices = choices_of(["a=1,2", "b=x,y"])
    assert len(combined(choices, together=False)) == 4
    assert combined(choices, together=True) == [{"a": "1", "b": "x"}, {"a": "2", "b": "y"}]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("demand.scale=0.9,1,1.25", ("0.9", "1", "1.25")),
        ("demand.scale=0,9;1;1,25", ("0,9", "1", "1,25")),
        ("calendar.closure_weeks=[2021-W51],[2021-W51, 2021-W52]", ("[2021-W51]", "[2021-W51, 2021-W52]")),
        ("effects.model = hazard", ("hazard",)),
    ],
)
def test_values_are_parted_by_commas_outside_brackets_or_by_semicolons(text: str, parts: tuple[str, ...]) -> None:
    assert choices_of([text])[0].texts == parts


@pytest.mark.parametrize("text", ["demand.scale", "=1", "demand.scale=", "demand.scale=1,,2", "demand.scale=1,", ""])
def test_what_is_no_question_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="is not a question"):
        choices_of([text])


def test_all_wrong_settings_are_told_at_once() -> None:
    rows = combined(choices_of(["demand.scale=-1,1", "effects.modl=hazard"]), together=False)
    with pytest.raises(InputError) as refused:
        scenarios_of(SCENARIO, SMALL, rows)
    assert len(refused.value.faults) == 2


def test_uneven_keys_do_not_go_together_and_too_many_answers_are_refused() -> None:
    with pytest.raises(InputError, match="a has 2, b has 1"):
        combined(choices_of(["a=1,2", "b=1"]), together=True)
    many = ",".join(map(str, range(15)))
    with pytest.raises(InputError, match="225 answers"):
        combined(choices_of([f"a={many}", f"b={many}"]), together=False)
    with pytest.raises(InputError, match="asked for twice"):
        choices_of(["a=1", "a=2"])


@pytest.mark.parametrize("language", languages())
def test_the_table_and_the_paragraph(language: str) -> None:
    words = read_wording(language)
    found = ask("demand.scale=0.5,1,2", engine="control", sets=())
    text = plain(found, read_scenario(SCENARIO), words)
    assert "{" not in text
    assert words.lever_name("demand.scale") in text
    assert words.number(found.answers[2].saldo_mio_kr, 2) in text
    assert words.text("question.proportional", name="X").replace("X", "")[:12] in text
    content = content_of(found)
    assert [answer["at"] for answer in content["answers"]] == [{"demand.scale": one} for one in ("0.5", "1", "2")]
