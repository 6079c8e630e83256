"""Trials: what a thousand simulated trials cost beside one run of the same population and length.

    python -m benchmarks.trials            about half an hour on two cores
    python -m benchmarks.trials --quick    a hundred trials; some minutes

Writes `benchmarks/trials.md` and prints it. Never part of a test: times depend on the machine, ratios of one run much
less. The trial is that of `trial-digital-2021` in enough municipalities for about 20,000 citizens; each simulated trial
is a replication of its own, with enrolment, three outcomes compared by their means, a Cox regression, and the same once
more without effect. The run is one replication of the whole population of these municipalities by the fast engine
alone: prepared and compiled before, with no control, no tables and no documents.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from benchmarks.tables import machine, table, versions
from simulator import pipeline
from simulator.scenario import read_scenario
from simulator.uncertainty.trials.asking import asked_lives
from simulator.uncertainty.trials.enrolment import window_of
from simulator.uncertainty.trials.simulated import Simulated, simulated
from simulator.uncertainty.trials.terms import terms_of

RESULTS = Path(__file__).with_name("trials.md")
SCENARIO = "scenarios/trial-digital-2021.yaml"
PLACES = "places=[Aarhus, Odense, Randers, Esbjerg, Vejle, Kolding]"
SIZE = "trial.persons_per_arm=[9000]"
TRIALS = 1000
GOAL = 3000
JOBS = 2
ROUNDS = 3


def main() -> int:
    """Measure, print, and write the results."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.trials", description="Time simulated trials.")
    parser.add_argument("--quick", action="store_true", help="a tenth of the trials")
    number = TRIALS // 10 if parser.parse_args().quick else TRIALS
    scenario = read_scenario(SCENARIO, [PLACES, SIZE])
    single = min(_run_seconds() for _ in range(ROUNDS + 1))
    _trials(2)
    started = time.perf_counter()
    found = _trials(number)
    took = time.perf_counter() - started
    ratio = took / single * TRIALS / number
    rows = [
        ("one fast run [s]", f"{single:.2f}"),
        (f"{number:,} trials [s]", f"{took:.1f}"),
        ("citizens in a trial", f"{found.pilot.persons:,.0f}"),
        (f"{TRIALS:,} trials in fast runs; goal at most {GOAL:,}", f"{ratio:,.0f}"),
        ("share of enrolment and analysis", f"{found.analysis_seconds / found.seconds:.0%}"),
    ]
    lines = ["# Simulated trials", "", f"{machine()}. {versions()}.", *table(("what", "measured"), rows)]
    text = "\n".join([*lines, "", f"Scenario `{scenario.name}`, {PLACES}, {JOBS} threads.", ""])
    RESULTS.write_text(text, encoding="utf-8", newline="\n")
    print(text)
    return 0


def _run_seconds() -> float:
    """Return the time of one replication of the whole population by the fast engine [seconds]."""
    scenario = read_scenario(SCENARIO, [PLACES])
    world, plan = pipeline.prepare(scenario), pipeline.plan_of(scenario, 1, 1, jobs=JOBS)
    started = time.perf_counter()
    pipeline.deliver(world, plan)
    return time.perf_counter() - started


def _trials(number: int) -> Simulated:
    scenario = read_scenario(SCENARIO, [PLACES, SIZE])
    terms, world = terms_of(scenario), pipeline.prepare(scenario)
    window, plan = window_of(world, terms), pipeline.plan_of(scenario, 1, number, jobs=JOBS)
    return simulated(asked_lives(world, window, terms, plan), window, terms, plan.seed)


if __name__ == "__main__":
    raise SystemExit(main())
