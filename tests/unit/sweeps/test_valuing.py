"""What a worker makes of a job: the figures that a run has, the same to the last bit in whatever order."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulator.draws import draw_table
from simulator.errors import InputError, RunError
from simulator.pipeline import plan_of, simulate
from simulator.plan import with_draws
from simulator.scenario import read_scenario
from simulator.sweeps.compiling import compile_plan
from simulator.sweeps.figures import MAIN
from simulator.sweeps.jobs import Compiled
from simulator.sweeps.valuing import Valued, figures_of_run, parts_of
from simulator.uncertainty.knowledge import draw_plan, value_draws
from simulator.uncertainty.valuer import BASELINE_HELD
from simulator.uncertainty.worked import Worked
from tests.unit.sweeps.hand_made import compiled_of, written

PLAN = """
scenario: christmas-2021
replications: 2
rows_per_part: 100
figures: [employment_effect_kr, converted, net_kr, concept.social_kr]
vary:
  - list:
      - {places: [Samsoe]}
      - {places: [Laesoe], saldo.concept: social}
      - {effects.model: hazard}
  - grid: {demand.scale: [1, 1.1]}
  - sobol:
      count: 256
      seed: 2
      keys: {saldo.value_per_person_year_kr: [200000, 300000], effects.params.scale: [0.1, 0.4]}
"""


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Compiled:
    return compiled_of(PLAN.replace("      - {effects.model: hazard}\n", ""), tmp_path_factory.mktemp("plan"))


def test_a_row_is_what_a_run_with_its_settings_says(plan: Compiled) -> None:
    """Two jobs, two rows of each, against the whole pipeline with every setting given as `-S`."""
    for job in (plan[0], plan[3]):
        made = dict(parts_of(job.task(), range(job.parts)))
        for row in (0, 255):
            points = job.task().points(row // 100)
            sets = [f"{key}={float(column[row % 100])!r}" for key, column in points.items()]
            settings = [f"{key}={text}" for key, text in job.settings.items()]
            scenario = read_scenario(plan.plan.paths["christmas-2021"], [*settings, *sets])
            figures = simulate(scenario, plan_of(scenario, replications=2)).headline
            found = made[row // 100]
            assert found["converted"][row % 100] == figures["converted"]["mean"]
            effect = figures["saldo_mio_kr"]["employment_effect"]["mean"]
            assert found["employment_effect_kr"][row % 100] / 1e6 == pytest.approx(effect, rel=1e-9)
            assert found["net_kr"][row % 100] / 1e6 == pytest.approx(figures["saldo_mio_kr"]["net"]["mean"], rel=1e-9)


def test_a_part_is_the_same_alone_last_or_first(plan: Compiled) -> None:
    task = plan[0].task()
    with task.files.laid_out() as path:
        scenario = read_scenario(path, task.sets)
    fresh = [Valued(task, scenario, plan_of(scenario, replications=2)) for _ in range(2)]
    forward = [fresh[0].part(part) for part in range(3)]
    backward = [fresh[1].part(part) for part in (2, 1, 0)][::-1]
    for one, other in zip(forward, backward, strict=True):
        assert {name: column.tobytes() for name, column in one.items()} == {
            name: column.tobytes() for name, column in other.items()
        }


def test_the_control_simulates_nothing_so_one_job_values_all(tmp_path: Path) -> None:
    job = compiled_of("scenario: christmas-2021\nengine: control\nvary: [{grid: {demand.scale: [1, 2]}}]", tmp_path)[0]
    ((_, found),) = parts_of(job.task(), [0])
    assert job.rows == 2
    assert found["converted"][1] == pytest.approx(2 * found["converted"][0], rel=1e-9)
    assert set(found) == set(MAIN)


def test_without_a_valued_key_the_figures_are_those_of_today(plan: Compiled) -> None:
    for settings in ((), ("effects.model=hazard",), ("infection.series=ssi-weekly", "infection.links=[take_up]")):
        scenario = read_scenario(plan.plan.paths["christmas-2021"], settings)
        way = plan_of(scenario, replications=1)
        today = Worked(scenario, way).today()
        assert today.pop(BASELINE_HELD) > 0, "what a decision is counted by; a sweep has no use for it"
        assert figures_of_run(scenario, way) == today


def test_under_hazard_an_effect_is_another_delivery(tmp_path: Path) -> None:
    made = compiled_of(PLAN.replace("count: 256", "count: 8"), tmp_path)
    assert made.valued == {"saldo.value_per_person_year_kr"}
    assert len(made) == 3 * 2 * 8


def test_draws_are_those_of_a_run(tmp_path: Path) -> None:
    text = "scenario: mine.yaml\nreplications: 1\ndraws: 16\nfigures: [employment_effect_kr, form_kr]"
    plan = written(text, tmp_path)
    (tmp_path / "mine.yaml").write_text(
        "extends: christmas-2021\nplaces: [Samsoe]\neffects:\n  params:\n"
        "    scale: {low: 0.1, high: 0.4, distribution: uniform, source: epidemic-note-2021}\n",
        encoding="utf-8",
    )
    made = compile_plan(plan)
    scenario = read_scenario(tmp_path / "mine.yaml")
    way = with_draws(plan_of(scenario, replications=1), scenario, 16)
    worked = Worked(scenario, way)
    drawn = value_draws(worked, draw_plan(worked, way), draw_table(draw_plan(worked, way)))
    assert (made.plan.keys, made.rows, len(made)) == (("effects.params.scale",), 16, 1)
    ((_, found),) = parts_of(made[0].task(), [0])
    assert made[0].task().points(0)["effects.params.scale"].tolist() == drawn.table.values[:, 0].tolist()
    assert found["employment_effect_kr"] == pytest.approx(drawn.figures["employment_effect_kr"], rel=1e-9)


def test_draws_of_nothing_uncertain_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no value of the scenario carries a distribution"):
        compiled_of("scenario: christmas-2021\ndraws: 16", tmp_path)


def test_a_worker_with_another_program_refuses(plan: Compiled, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("simulator.sweeps.valuing.program_digest", lambda: "another")
    with pytest.raises(RunError, match="another version of the program"):
        list(parts_of(plan[0].task(), [0]))
