"""Jobs: each row once, whatever is simulated again; and a name that tells rows apart."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import numpy as np
import pytest

from simulator.sweeps.compiling import compile_plan
from simulator.sweeps.course import rows_of
from simulator.sweeps.designs import written as text_of
from simulator.sweeps.jobs import Compiled, spread
from tests.unit.sweeps.hand_made import GRID, compiled_of, written

MIXED = """
scenarios: [christmas-2021.yaml, other.yaml]
figures: [converted]
rows_per_part: 5
vary:
  - grid: {effects.params.scale: [0.1, 0.2], demand.scale: [0.9, 1, 1.1]}
  - list: [{period.to: 2022-01-16}, {period.to: 2022-01-09, saldo.concept: social}, {}]
  - random: {count: 7, seed: 3, keys: {saldo.value_per_person_year_kr: [200000, 300000]}}
"""


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Compiled:
    folder = tmp_path_factory.mktemp("mixed")
    plan = written(MIXED, folder)
    (folder / "other.yaml").write_text("extends: christmas-2021\n", encoding="utf-8")
    return compile_plan(plan)


def test_what_delivery_does_not_read_costs_no_simulation(mixed: Compiled) -> None:
    assert mixed.valued == {"effects.params.scale", "saldo.value_per_person_year_kr"}
    assert mixed.numeric == mixed.valued | {"demand.scale"}
    assert len(mixed) == 2 * 3 * 3
    assert {job.rows for job in mixed} == {2 * 7}


def test_every_row_is_in_one_part_of_one_job(mixed: Compiled) -> None:
    jobs = [np.concatenate([job.row_numbers(part) for part in range(job.parts)]) for job in mixed]
    assert all((np.diff(rows) > 0).all() for rows in jobs), "in a job they stand in the order of the plan"
    numbers = np.concatenate(jobs)
    assert sorted(numbers.tolist()) == list(range(mixed.rows)) == list(range(2 * 6 * 3 * 7))


def test_a_row_holds_what_the_plan_says_at_its_number(mixed: Compiled) -> None:
    """The product written out by hand, the scenario slowest and the last block fastest."""
    dates = [("2022-01-16", None), ("2022-01-09", "social"), (None, None)]
    values = mixed.plan.blocks[2].numbers("saldo.value_per_person_year_kr", np.arange(7)).tolist()
    grid = product([0.1, 0.2], [0.9, 1.0, 1.1])
    expected = list(product(["christmas-2021", "other"], grid, dates, values))
    for job in mixed:
        for part in range(job.parts):
            nothing = {"converted": np.zeros(len(job.positions(part)))}
            for row in rows_of(job, part, nothing).itertuples(index=False):
                number, scenario, scale, demand, until, concept, value, _ = row
                texts = tuple(text if isinstance(text, str) else None for text in (until, concept))
                assert (scenario, (scale, demand), texts, value) == expected[number]


def test_a_task_values_what_its_rows_say(mixed: Compiled) -> None:
    job = mixed[4]
    for part in range(job.parts):
        rows = rows_of(job, part, {"converted": np.zeros(len(job.positions(part)))})
        for key, numbers in job.task().points(part).items():
            assert numbers.tolist() == rows[key].tolist()


def test_a_number_is_written_so_that_it_reads_back_to_the_last_bit() -> None:
    from simulator.facts.spelling import decimal

    for number in (0.1 + 0.2, 1.125, 12.375, 1e-7, 250000.0, 1000.125, -3.0, 0.5, 123.456):
        assert decimal(text_of(number)) == number


@pytest.mark.parametrize(
    ("old", "new", "anew"),
    [
        ("figures: [employment_effect_kr, converted]", "figures: [converted]", 3),
        ("rows_per_part: 4", "rows_per_part: 5", 3),
        ("rows_per_part: 4", "rows_per_part: 4\nseed: 7", 3),
        ("rows_per_part: 4", "rows_per_part: 4\nreplications: 7", 3),
        ("rows_per_part: 4", "rows_per_part: 4\nengine: control", 1),
        ("0.9, 1, 1.1", "0.9, 1, 1.2", 1),
        ("0.9, 1, 1.1", "0.9, 1, 1.1, 1.2", 1),
        ("0.5, 0.6", "0.5, 0.61", 3),
        ("name: small", "name: smaller  # and a comment", 0),
    ],
)
def test_a_change_of_the_plan_gives_the_rows_it_touches_another_name(
    old: str, new: str, anew: int, tmp_path: Path
) -> None:
    before = {job.name for job in compiled_of(GRID, tmp_path)}
    after = {job.name for job in compiled_of(GRID.replace(old, new), tmp_path)}
    assert len(after - before) == anew
    assert len(before) == 3


def test_a_change_of_a_file_that_the_scenario_leads_to_gives_other_names(tmp_path: Path) -> None:
    plan = written(GRID.replace("christmas-2021.yaml", "mine.yaml"), tmp_path)
    mine, facts = tmp_path / "mine.yaml", tmp_path / "facts.yaml"
    mine.write_text("extends: christmas-2021\nfacts: facts.yaml\n", encoding="utf-8")
    value = "demand: {{scale: {{value: {}, unit: factor, kind: assumption, source: own}}}}\n"
    facts.write_text(value.format(1.1), encoding="utf-8")
    names = [[job.name for job in compile_plan(plan)]]
    facts.write_text("# a comment\n" + value.format(1.1), encoding="utf-8")
    names.append([job.name for job in compile_plan(plan)])
    facts.write_text(value.format(1.2), encoding="utf-8")
    names.append([job.name for job in compile_plan(plan)])
    assert names[0] == names[1]
    assert not set(names[1]) & set(names[2])


def test_another_program_gives_other_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = {job.name for job in compiled_of(GRID, tmp_path)}
    monkeypatch.setattr("simulator.sweeps.compiling.program_digest", lambda: "another")
    assert not before & {job.name for job in compiled_of(GRID, tmp_path)}


def test_numbers_are_spread_evenly_with_both_ends() -> None:
    assert spread(3, 5) == [0, 1, 2]
    assert spread(101, 5) == [0, 25, 50, 75, 100]
