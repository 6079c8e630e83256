"""A run with draws: the range that assumptions leave, kept apart from the luck of events."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import simulator
from simulator import pipeline
from simulator.errors import InputError
from simulator.results import Run
from simulator.scenario import read_scenario
from simulator.uncertainty.knowledge import Ready, draw_of, simulate

BOTTOM_UP = Path("scenarios/christmas-2021-bottom-up.yaml").resolve()
KEEPS = "{distribution: {name: uniform, low: 0, high: 1}}"
VALUE = "{distribution: {name: uniform, low: 250000, high: 330000, source: beu-448}}"


POINTS = """effects: {params: {scale: {value: 1, low: 0.3, high: 1.3}, relative_effect: {value: 0.65, low: 0, high: 1}}}
saldo: {value_per_person_year_kr: {value: 300000, low: 250000, high: 330000}}
"""


def written(folder: Path, text: str) -> Path:
    """Write a scenario in which nothing is uncertain but what the text says."""
    (folder / "points.yaml").write_text(f"extends: {BOTTOM_UP}\n{POINTS}", encoding="utf-8")
    file = folder / "drawn.yaml"
    file.write_text(f"extends: points\nname: drawn\nplaces: [Odense]\n{text}\n", encoding="utf-8")
    return file


def run_of(file: Path, draws: int | None = None, replications: int = 2) -> Run:
    scenario = read_scenario(file)
    return simulate(scenario, pipeline.with_draws(pipeline.plan_of(scenario, 1, replications), scenario, draws))


@pytest.fixture(scope="module")
def value_alone(tmp_path_factory: pytest.TempPathFactory) -> Run:
    return run_of(written(tmp_path_factory.mktemp("value"), f"saldo: {{value_per_person_year_kr: {VALUE}}}"))


@pytest.fixture(scope="module")
def keeps_too(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Run]:
    text = f"effects: {{params: {{relative_effect: {KEEPS}}}}}\nsaldo: {{value_per_person_year_kr: {VALUE}}}"
    file = written(tmp_path_factory.mktemp("keeps"), text)
    return file, run_of(file)


def test_one_uniform_value_gives_its_exact_quantiles(value_alone: Run) -> None:
    effect = value_alone.headline["saldo_mio_kr"]["employment_effect"]
    known = value_alone.headline["knowledge"]["employment_effect_mio_kr"]
    for end, of_value in (("low", 328_000.0), ("high", 252_000.0)):
        exact = effect["mean"] * of_value / 300_000.0
        assert effect[end] == pytest.approx(exact, abs=4 * known[end]["std_error"] + 1e-12), end
        assert known[end]["std_error"] < 0.002 * abs(exact)


def test_the_point_and_its_error_are_those_of_the_run_without_draws(value_alone: Run) -> None:
    scenario = read_scenario(BOTTOM_UP, ("places=[Odense]", "effects.params.relative_effect=0.65"))
    assert not pipeline.with_draws(pipeline.plan_of(scenario), scenario, 0).draws
    bare = pipeline.simulate(value_alone.scenario, pipeline.plan_of(value_alone.scenario, 1, 2))
    drawn, without = (run.headline["saldo_mio_kr"]["employment_effect"] for run in (value_alone, bare))
    assert (drawn["mean"], drawn["std_error"], drawn["control"]) == (
        without["mean"],
        without["std_error"],
        without["control"],
    )
    assert without["low"] is None and without["high"] is None
    assert bare.headline["knowledge"] is None and bare.tables["draws"].empty


def test_what_does_not_hang_on_the_value_has_no_range(value_alone: Run) -> None:
    converted = value_alone.headline["converted"]
    assert converted["low"] == converted["mean"] == converted["high"]


def test_a_range_with_sources_is_an_interval_and_one_without_is_a_span(
    value_alone: Run, keeps_too: tuple[Path, Run]
) -> None:
    assert value_alone.headline["knowledge"]["called"] == "interval"
    assert keeps_too[1].headline["knowledge"]["called"] == "span"


def test_a_sign_that_no_draw_could_turn_is_assumed(keeps_too: tuple[Path, Run]) -> None:
    assert keeps_too[1].headline["knowledge"]["sign"] == "assumed"


def test_the_exact_moments_are_those_of_the_product_by_hand(keeps_too: tuple[Path, Run]) -> None:
    known = keeps_too[1].headline["knowledge"]
    exact, draws = known["exact"], known["employment_effect_mio_kr"]
    # loss = a x (1 - kept) x value; kept uniform on 0 to 1, value uniform on 250 to 330 thousand
    scenario = keeps_too[1].scenario.with_values({"saldo.value_per_person_year_kr": 290_000.0})
    keys = [key for key in scenario.baseline.values if key.startswith("effects.params.relative_effect.")]
    half = simulate(scenario.with_values(dict.fromkeys(keys, 0.5)), pipeline.plan_of(scenario, 1, 2))
    mean = half.headline["saldo_mio_kr"]["employment_effect"]["mean"]
    assert exact["mean_mio_kr"] == pytest.approx(mean, rel=1e-9)
    of_kept, of_value = (1 / 12) / 0.5**2, (80_000**2 / 12) / 290_000**2
    relative = np.sqrt((1 + of_kept) * (1 + of_value) - 1)
    assert exact["sd_mio_kr"] == pytest.approx(relative * abs(mean), rel=1e-9)
    assert exact["share_of_variance"]["effects.params.relative_effect"][0] == pytest.approx(of_kept / relative**2)
    assert abs(exact["draws_less_exact_mio_kr"]) <= 4 * exact["std_error_mio_kr"]
    assert draws["sd"] == pytest.approx(exact["sd_mio_kr"], rel=0.01)


def test_a_draw_is_replayed_to_the_krone(keeps_too: tuple[Path, Run]) -> None:
    file, run = keeps_too
    table = run.tables["draws"]
    told = table[(table["draw"] == 37) & (table["key"] == "employment_effect_kr")]["number"].item()
    scenario = read_scenario(file)
    plan = pipeline.plan_of(scenario, 1, 2)
    replayed = pipeline.simulate(draw_of(scenario, pipeline.with_draws(plan, scenario, None), 37), plan)
    assert replayed.headline["saldo_mio_kr"]["employment_effect"]["mean"] * 1e6 == pytest.approx(told, rel=1e-9)
    values = table[(table["draw"] == 37) & (table["role"] == "value")].set_index("key")["number"]
    sets = tuple(f"{key}={number!r}" for key, number in values.items())
    by_hand = pipeline.simulate(read_scenario(file, sets), plan)
    assert by_hand.headline["saldo_mio_kr"] == replayed.headline["saldo_mio_kr"]


def test_all_fixed_leaves_no_variance_at_all(tmp_path: Path) -> None:
    fixed = "{distribution: {name: fixed, value: 300000}}"
    run = run_of(written(tmp_path, f"saldo: {{value_per_person_year_kr: {fixed}}}"), 16, 1)
    known, effect = run.headline["knowledge"], run.headline["saldo_mio_kr"]["employment_effect"]
    assert known["employment_effect_mio_kr"]["sd"] == 0.0
    assert effect["low"] == effect["high"] == pytest.approx(effect["mean"], rel=1e-12)


def test_an_uncertain_delivery_is_simulated_for_each_draw(tmp_path: Path) -> None:
    text = "attendance: {take_up_scale: {distribution: {name: uniform, low: 0.5, high: 1.3}}}"
    run = run_of(written(tmp_path, text.replace("[Odense]", "[Samsø]")), 16, 1)
    known = run.headline["knowledge"]
    assert (known["simulations"], known["replications_of_each"]) == (16, 1)
    assert "another simulation" in known["exact"]["why_none"]
    assert run.headline["converted"]["low"] < run.headline["converted"]["mean"] < run.headline["converted"]["high"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (
            "effects: {params: {relative_effect: {distribution: {name: normal, mean: 0.5, sd: 0.1}}}}",
            "nothing is cut off",
        ),
        ("effects: {params: {relative_effect: {distribution: {name: uniform, low: 0.9, high: 1}}}}", "lies outside"),
        ("effects: {params: {scale: {distribution: trangular}}}", "did you mean triangular"),
        ("effects: {params: {scale: {distribution: [1, 2]}}}", "not a list"),
        ("effects: {params: {scale: {distribution: {low: 0, high: 1}}}}", "needs a `name`"),
        ("effects: {params: {scale: {distribution: {name: uniform, low: 0, high: x}}}}", "distribution.high"),
        ("effects: {params: {scale: {distribution: {name: lognormal, low: 0.5, high: 2}}}}", "meaning of the interval"),
        ("proposal: {attendance: {video_share: {distribution: uniform}}}", "stands for both arms"),
        ("saldo: {weeks_per_person_year: {distribution: uniform}}", "which has none"),
        ("run: {draws: 70000}", "must be at most 65536"),
        ("run: {design: halton}", "sobol"),
        ("uncertainty: {correlations: [{one: effects.params.scale, correlation: 0.5}]}", "other"),
    ],
)
def test_what_cannot_be_drawn_is_refused_with_its_place(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(InputError, match=says) as refused:
        read_scenario(written(tmp_path, text))
    assert "drawn.yaml:4:" in str(refused.value)


@pytest.mark.parametrize(
    ("text", "draws", "says"),
    [
        ("saldo: {value_per_person_year_kr: {distribution: uniform}}", 1000, "power of two"),
        ("", 16, "no value of the scenario carries a distribution"),
        (
            "infection: {illness: {days_away: {distribution: {name: uniform, low: 1, high: 20}}}}",
            16,
            "reads",
        ),
        (
            "saldo: {value_per_person_year_kr: {distribution: uniform}}\n"
            "uncertainty: {correlations: [{one: effects.params.scale, other: saldo.value_per_person_year_kr, "
            "correlation: 0.5}]}",
            16,
            "no distribution in which it varies",
        ),
    ],
)
def test_draws_that_cannot_be_made_are_refused(tmp_path: Path, text: str, draws: int, says: str) -> None:
    with pytest.raises(InputError, match=says):
        run_of(written(tmp_path, text), draws, 1)


PHONE = "effects.params.relative_effect.jobsamtale.phone"
TAKE_UP = "attendance.take_up_scale"


def values_of(run: Run, key: str) -> np.ndarray:
    table = run.tables["draws"]
    return table[(table["key"] == key) & (table["role"] == "value")]["number"].to_numpy()


def test_a_value_with_a_number_of_its_own_stays_when_its_table_is_drawn(tmp_path: Path) -> None:
    file = written(tmp_path, f"effects: {{params: {{relative_effect: {KEEPS}}}}}")
    scenario = read_scenario(file, (f"{PHONE}=0.5",))
    plan = pipeline.with_draws(pipeline.plan_of(scenario, 1, 1), scenario, 64)
    run = simulate(scenario, plan)
    assert set(values_of(run, PHONE)) == {0.5}
    assert len(set(values_of(run, "effects.params.relative_effect"))) == 64
    values = draw_of(scenario, plan, 5).baseline.values
    drawn = values_of(run, "effects.params.relative_effect")[5]
    assert values[PHONE] == 0.5
    assert values["effects.params.relative_effect.cv_samtale.phone"] == values[PHONE.replace("phone", "video")] == drawn
    known = run.headline["knowledge"]
    assert abs(known["exact"]["draws_less_exact_mio_kr"]) <= 4 * known["exact"]["std_error_mio_kr"]
    replayed = pipeline.simulate(draw_of(scenario, plan, 5), plan).headline["saldo_mio_kr"]["employment_effect"]["mean"]
    table = run.tables["draws"]
    told = table[(table["draw"] == 5) & (table["key"] == "employment_effect_kr")]["number"].item()
    assert replayed * 1e6 == pytest.approx(told, rel=1e-9)


def test_a_value_drawn_for_itself_is_not_drawn_with_its_table(tmp_path: Path) -> None:
    own = "{distribution: {name: uniform, low: 0.6, high: 0.7}}"
    text = f"effects: {{params: {{relative_effect: {KEEPS}}}}}\nextends: table"
    (tmp_path / "table.yaml").write_text(written(tmp_path, text.split("\n", 1)[0]).read_text(), encoding="utf-8")
    (tmp_path / "both.yaml").write_text(
        f"extends: table\neffects: {{params: {{relative_effect: {{jobsamtale: {{phone: {own}}}}}}}}}", encoding="utf-8"
    )
    run = run_of(tmp_path / "both.yaml", 64, 1)
    assert 0.6 <= values_of(run, PHONE).min() < values_of(run, PHONE).max() <= 0.7
    assert np.ptp(values_of(run, "effects.params.relative_effect")) > 0.9


@pytest.mark.parametrize("arm", ["baseline", "proposal"])
def test_an_arm_has_no_number_of_its_own_of_what_is_drawn(tmp_path: Path, arm: str) -> None:
    drawn = "{value: 0.8, distribution: {name: uniform, low: 0.5, high: 1}}"
    text = f"attendance: {{take_up_scale: {drawn}}}\n{arm}: {{attendance: {{take_up_scale: 0.9}}}}"
    with pytest.raises(InputError, match="drawn for both arms at once") as refused:
        read_scenario(written(tmp_path, text))
    assert "drawn.yaml:5:" in str(refused.value)
    (tmp_path / "point.yaml").write_text("extends: drawn\nattendance: {take_up_scale: 0.8}\n", encoding="utf-8")
    assert read_scenario(tmp_path / "point.yaml").uncertain == ()


def test_a_draw_at_todays_delivery_has_the_luck_of_the_others(tmp_path: Path) -> None:
    values = "{name: empirical, values: [0.5, 1, 1.5]}"
    file = written(tmp_path, f"attendance: {{take_up_scale: {{value: 1, distribution: {values}}}}}")
    run = run_of(file, 8, 6)
    alone = run_of(file, 0, 1).headline["converted"]["mean"]
    assert alone != run.headline["converted"]["mean"]
    table = run.tables["draws"]
    now = values_of(run, TAKE_UP) == 1
    assert now.any() and not now.all()
    assert set(table[table["key"] == "converted"]["number"].to_numpy()[now]) == {alone}


@pytest.mark.parametrize(
    ("text", "draws", "least", "more"),
    [
        (f"saldo: {{value_per_person_year_kr: {VALUE}}}", 16, 2, 0),
        ("attendance: {take_up_scale: {value: 1, distribution: {name: uniform, low: 0.5, high: 1.5}}}", 16, 2, 16),
        ("attendance: {take_up_scale: {value: 1, distribution: {name: empirical, values: [0.5, 1]}}}", 16, 2, 2),
        (f"saldo: {{value_per_person_year_kr: {VALUE}}}\nrun: {{std_error_kr: 1e-3}}", 16, 10, 0),
    ],
)
def test_how_much_is_simulated_is_known_before(tmp_path: Path, text: str, draws: int, least: int, more: int) -> None:
    scenario = read_scenario(written(tmp_path, text))
    ready = Ready(scenario, pipeline.with_draws(pipeline.plan_of(scenario, 1, 2), scenario, draws))
    assert ready.steps == least + more
    steps: list[int] = []
    run = ready.run(lambda: steps.append(1))
    assert len(steps) == ready.steps
    assert run.headline["knowledge"]["simulations"] == more


def test_the_control_is_valued_at_the_draws_too(tmp_path: Path) -> None:
    scenario = read_scenario(written(tmp_path, f"saldo: {{value_per_person_year_kr: {VALUE}}}"))
    plan = pipeline.with_draws(pipeline.plan_of(scenario, 1, 2, "control"), scenario, 64)
    ready = Ready(scenario, plan)
    run = ready.run()
    effect = run.headline["saldo_mio_kr"]["employment_effect"]
    assert ready.steps == 0 and run.headline["draws"] == 64
    assert effect["low"] == pytest.approx(effect["mean"] * 328 / 300, rel=0.01)
    assert effect["high"] == pytest.approx(effect["mean"] * 252 / 300, rel=0.01)
    assert pipeline.with_draws(plan, scenario, None).draws == 0, "it answers at once unless draws are asked for"
    assert draw_of(scenario, pipeline.with_draws(plan, scenario, None), 1000).layers[-1] == "draw 1000"


def test_in_python_the_draws_are_those_of_the_command(keeps_too: tuple[Path, Run]) -> None:
    file, run = keeps_too
    same = simulator.run(file, seed=1, replications=2)
    assert same.headline == run.headline
    assert simulator.run(file, seed=1, replications=2, draws=0).headline["knowledge"] is None


def test_the_error_of_the_spread_is_told(keeps_too: tuple[Path, Run]) -> None:
    known = keeps_too[1].headline["knowledge"]
    draws, exact = known["employment_effect_mio_kr"], known["exact"]["sd_mio_kr"]
    drawn = keeps_too[1].asked.drawn
    assert drawn is not None
    effect = drawn.figures["employment_effect_kr"] / 1e6
    spread = np.array([np.std(part, ddof=1) for part in np.split(effect, np.cumsum(drawn.table.parts)[:-1])])
    luck, bias = spread.std(ddof=1) / np.sqrt(len(spread)), np.std(effect, ddof=1) - spread.mean()
    assert len(spread) == 8
    assert draws["sd_std_error"] == pytest.approx(np.hypot(luck, bias), rel=0.1)
    assert abs(draws["sd"] - exact) <= 4 * draws["sd_std_error"]


def test_a_run_with_other_draws_is_another_run_and_its_record_says_how_many(keeps_too: tuple[Path, Run]) -> None:
    from simulator.results.record import Occasion, digest_of, record_of
    from simulator.results.save import now

    file, run = keeps_too
    without = run_of(file, 0)
    assert digest_of(run) != digest_of(without)
    for one, draws in ((run, run.headline["draws"]), (without, 0)):
        assert record_of(one, "id", Occasion("", (), now(), now()))["draws"] == draws


@pytest.mark.parametrize("of", ["ranks", "normal_scores"])
def test_values_go_together_as_is_written(tmp_path: Path, of: str) -> None:
    """In 1,024 points of a Sobol design ranks are correlated to some thousandths; 0.9 of scores is 0.891 of ranks."""
    scale = "effects.params.scale"
    file = written(
        tmp_path,
        "effects: {params: {scale: {distribution: triangular}}}\n"
        "saldo: {value_per_person_year_kr: {distribution: uniform}}"
        f"\nuncertainty: {{correlations: [{{one: {scale}, other: saldo.value_per_person_year_kr, correlation: 0.9, "
        f"of: {of}}}]}}",
    )
    run = run_of(file, 1024, 1)
    scores = {"ranks": 2 * np.sin(np.pi * 0.9 / 6), "normal_scores": 0.9}[of]
    ranks = [values_of(run, key).argsort().argsort() for key in (scale, "saldo.value_per_person_year_kr")]
    assert np.corrcoef(ranks)[0, 1] == pytest.approx(6 / np.pi * np.arcsin(scores / 2), abs=0.004)
    assert run.headline["knowledge"]["correlations"][0]["of_normal_scores"] == pytest.approx(scores)
    assert "correlated" in run.headline["knowledge"]["exact"]["why_none"]
