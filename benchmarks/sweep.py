"""A million rows of a sweep over one simulation, against one bare matrix product of the same size."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import numpy as np

from simulator.plan import plan_of
from simulator.scenario import read_scenario
from simulator.sweeps.compiling import compile_plan
from simulator.sweeps.course import rows_of
from simulator.sweeps.parts import PartWriter
from simulator.sweeps.valuing import Valued
from simulator.uncertainty.multilinear import BLOCK

REPLICATIONS = 2
"""Replications of the simulation that all rows share; they change nothing of what is timed."""
TERMS = 8
"""Products of three values: each is in or not."""
ROOT = Path(__file__).parents[1]
PLAN = f"""
name: million
scenario: {{scenario}}
vary:
  - sobol:
      count: {1 << 20}
      seed: 1
      keys:
        effects.params.relative_effect: [0, 1]
        effects.params.scale: [0.1, 1]
        saldo.value_per_person_year_kr: [150000, 400000]
"""


@dataclass(frozen=True)
class MillionRows:
    """Times of a million rows.

    Attributes:
        rows: Number of rows.
        valuing_seconds: Time to value them part by part, the points included.
        writing_seconds: Time to write them as part files.
        product_seconds: Time of a bare product: points x terms times terms x figures, in numpy.
    """

    rows: int
    valuing_seconds: float
    writing_seconds: float
    product_seconds: float


def million_rows() -> MillionRows:
    """Return how long a million rows of the published case take, after its simulation."""
    with tempfile.TemporaryDirectory() as folder:
        plan = Path(folder) / "million.yaml"
        scenario = Path(folder) / "christmas-2021.yaml"
        scenario.write_text((ROOT / "scenarios" / "christmas-2021.yaml").read_text(encoding="utf-8"), encoding="utf-8")
        plan.write_text(PLAN.format(scenario=scenario.name), encoding="utf-8")
        job = compile_plan(plan)[0]
        read = read_scenario(scenario)
        valued = Valued(job.task(), read, plan_of(read, replications=REPLICATIONS))
        begun = perf_counter()
        figures = [valued.part(part) for part in range(job.parts)]
        valuing = perf_counter() - begun
        writer = PartWriter(Path(folder))
        begun = perf_counter()
        for part, found in enumerate(figures):
            writer.write(f"{part}.parquet", rows_of(job, part, found))
        writing = perf_counter() - begun
        writer.close()
    return MillionRows(job.rows, valuing, writing, _product_seconds(job.rows, TERMS, len(figures[0])))


def _product_seconds(rows: int, terms: int, figures: int) -> float:
    """Return the time of the product, in blocks that stay in the processor's cache."""
    left, right = np.ones((rows, terms)), np.ones((terms, figures))
    found = np.empty((rows, figures))
    begun = perf_counter()
    for first in range(0, rows, BLOCK):
        np.matmul(left[first : first + BLOCK], right, out=found[first : first + BLOCK])
    return perf_counter() - begun


if __name__ == "__main__":
    print(million_rows())
