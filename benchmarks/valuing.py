"""Valuing: what many draws cost on what was simulated once, and what shared luck saves.

    python -m benchmarks.valuing            some minutes
    python -m benchmarks.valuing --quick    a tenth of the points; a minute or two

Writes `benchmarks/valuing.md` and prints it. Never part of a test: times depend on the machine, ratios of one run much
less. Contestants take turns, and each ratio stands with its least and greatest value over the rounds.

- **Valuations**: the published case at many points of its effects and prices, against one bare matrix product of the
  same size in numpy: points by terms, times terms by figures.
- **Sobol analysis**: first and total order of twenty uncertain assumptions of effects and money, and of a few with one
  of delivery among them, imports aside, against (distinct deliveries x one run) + all valuations on one delivery.
- **Rows of a sweep**: a million rows over one simulation, valued and written to part files.
- **Shared luck**: the variance of the effect on the public balance between two arms that share every draw, against two
  arms of independent luck.
"""

from __future__ import annotations

import argparse
import importlib
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import numpy as np
import numpy.typing as npt

from benchmarks.sweep import million_rows
from benchmarks.tables import machine, table, versions
from simulator import pipeline
from simulator.delivery import Way, engine_of
from simulator.delivery.counts import NOT_HELD
from simulator.scenario import read_scenario
from simulator.uncertainty.sensitivity import found_by
from simulator.uncertainty.sensitivity.factors import factor_of
from simulator.uncertainty.sensitivity.indices import Choice
from simulator.uncertainty.worked import HEADLINE, Worked, work_up

FloatArray = npt.NDArray[np.float64]
RESULTS = Path(__file__).with_name("valuing.md")
PUBLISHED = "scenarios/christmas-2021.yaml"
POINTS = 1_000_000
ROUNDS = 5
REPLICATIONS = 5
UNCERTAIN = 20
WITH_DELIVERY = ("attendance.take_up_scale", "effects.params.scale", "effects.params.relative_effect")
VALUED = ("effects.params.scale", "effects.params.relative_effect", "saldo.value_per_person_year_kr")
LUCK = 200
Lines = list[str]


def main() -> int:
    """Measure, print, and write the results."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.valuing", description="Time valuations and analyses.")
    parser.add_argument("--quick", action="store_true", help="a tenth of the points")
    share = 10 if parser.parse_args().quick else 1
    scenario = read_scenario(PUBLISHED)
    plan = pipeline.plan_of(scenario, replications=REPLICATIONS)
    worked = work_up(scenario, plan)
    worked.today()
    lines = [
        "# Benchmarks: valuing",
        "",
        f"{machine()}. {versions()}. By `{' '.join(['python -m benchmarks.valuing', *sys.argv[1:]])}`.",
        *valuations(worked, POINTS // share),
        *(analyses(128, 16) if share > 1 else analyses(1024, 64)),
        *sweep_rows(),
        *shared_luck(LUCK // share),
    ]
    RESULTS.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(lines))
    return 0


def clocked(what: Callable[[], object]) -> float:
    """Return the processor time of a call [s], of all threads."""
    before = time.process_time()
    what()
    return time.process_time() - before


def told(ratios: list[float]) -> str:
    """Return the median of ratios with the least and the greatest."""
    return f"{median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})"


def valuations(worked: Worked, points: int) -> Lines:
    """Time valuations against a bare matrix product of the same size."""
    rows = []
    for keys in (VALUED, (*VALUED, *weekly(worked))):
        drawn = spread(worked, keys, points)
        found = worked.figures(drawn, (HEADLINE,))
        products = worked.products(keys, np.array([[column.min(), column.max()] for column in drawn.values()]).T, 4096)
        assert products is not None and len(found[HEADLINE]) == points
        left, right = np.ones((points, len(products.terms))), np.ones((len(products.terms), 1))
        ratios = []
        for _ in range(ROUNDS):
            mine = clocked(lambda drawn=drawn: worked.figures(drawn, (HEADLINE,)))
            ratios.append(mine / clocked(lambda left=left, right=right: left @ right))
        del left
        rows.append((f"{points:,}", str(len(keys)), str(len(products.terms)), f"{mine:.2f}", told(ratios)))
    columns = ("points", "assumptions", "terms", "seconds", "times the bare product")
    return ["", "## Valuations of the published case", *table(columns, rows)]


def weekly(worked: Worked) -> list[str]:
    """Return the levers of weeks of employment a conversation."""
    return [key for key in worked.levers if key.startswith("effects.params.weeks_per_conversation.")]


def spread(worked: Worked, keys: tuple[str, ...], count: int) -> dict[str, FloatArray]:
    """Return points spread evenly over the ranges of levers."""
    found = {}
    for at, key in enumerate(keys):
        lever = worked.lever(key)
        assert lever.low is not None and lever.high is not None
        share = np.mod(np.arange(count) * np.sqrt(2 + 1.5 * at), 1.0)
        found[key] = lever.low + share * (lever.high - lever.low)
    return found


def sweep_rows() -> Lines:
    """Time a million rows of a sweep: valuing and writing, against a bare product of the same size."""
    found = million_rows()
    times = found.valuing_seconds, found.writing_seconds
    row = (
        f"{found.rows:,}",
        *(f"{seconds:.2f}" for seconds in times),
        *(f"{one / found.product_seconds:.1f}" for one in times),
    )
    columns = (
        "rows",
        "valuing, seconds",
        "writing, seconds",
        "valuing, times the product",
        "writing, times the product",
    )
    return ["", "## Rows of a sweep of the published case", *table(columns, [row])]


def analyses(count: int, few: int) -> Lines:
    """Time whole Sobol analyses against their deliveries and valuations."""
    rows = [analysis(None, count), analysis(WITH_DELIVERY, few)]
    columns = ("assumptions", "N", "points", "simulations", "seconds", "seconds of one run", "ratio")
    return ["", "## Sobol analyses of the published case", *table(columns, rows)]


def analysis(keys: tuple[str, ...] | None, count: int) -> tuple[str, ...]:
    """Time one Sobol analysis from nothing but imports; then its deliveries and its valuations by themselves."""
    importlib.import_module("SALib.analyze.sobol")
    scenario = read_scenario(PUBLISHED)
    plan = pipeline.plan_of(scenario, replications=REPLICATIONS)
    asked: list[FloatArray] = []

    def whole() -> Worked:
        worked = work_up(scenario, plan)
        chosen = keys or twenty(worked)
        ask = worked.figure(chosen, HEADLINE)

        def noted(points: FloatArray) -> FloatArray:
            asked.append(points)
            return ask(points)

        found_by("sobol", noted, [factor_of(worked.lever(key)) for key in chosen], Choice(count=count, seed=1))
        return worked

    before = time.process_time()
    worked = whole()
    seconds = time.process_time() - before
    points = np.concatenate(asked)
    run = median(clocked(lambda: pipeline.deliver(pipeline.prepare(scenario), plan)) for _ in range(ROUNDS))
    fresh = work_up(scenario, plan)
    fresh.today()
    valuing = clocked(lambda: valued(fresh, keys, points))
    bare = worked.runs * run + valuing
    names = keys or twenty(worked)
    return (
        str(len(names)),
        str(count),
        f"{len(points):,}",
        f"{worked.runs:,}",
        f"{seconds:.1f}",
        f"{run:.2f}",
        f"{seconds / bare:.2f}",
    )


def valued(worked: Worked, keys: tuple[str, ...] | None, points: FloatArray) -> None:
    """Value all points on today's delivery, from nothing that was found before."""
    names = keys or twenty(worked)
    columns = {key: points[:, at] for at, key in enumerate(names) if not worked.simulates(key)}
    worked.figures(columns, (HEADLINE,))


def twenty(worked: Worked) -> tuple[str, ...]:
    """Return twenty levers of effects and money; those of effects first."""
    levers = sorted(worked.levers.values(), key=lambda lever: lever.stage != "effects")
    return tuple(lever.key for lever in levers if lever.stage != "delivery")[:UNCERTAIN]


def shared_luck(count: int) -> Lines:
    """Compare the variance of the difference between arms of shared and of independent luck."""
    rows = []
    for name in (PUBLISHED, "scenarios/national-year-2022.yaml"):
        scenario = read_scenario(name)
        world = pipeline.prepare(scenario)
        week_kr = world.setting.valuation.week_kr.sum(axis=(0, 1))
        value = np.einsum("sgcyk,gyk->sgc", world.setting.valuation.falling, week_kr)
        engine = engine_of("fast", world.ground, Way(1, 2))
        arms = []
        for found in engine.replications(range(count)):
            counts = found.joint.dense("baseline", "proposal", "segment", "type", "group", "spell_class")
            of_arms = counts.sum(axis=1)[:NOT_HELD], counts.sum(axis=0)[:NOT_HELD]
            arms.append(
                [float(np.einsum("fstgc,ftgc,sgc->", arm, world.worth.kept[:NOT_HELD], value)) for arm in of_arms]
            )
        baseline, proposal = np.array(arms).T
        shared, independent = np.var(proposal - baseline, ddof=1), np.var(baseline, ddof=1) + np.var(proposal, ddof=1)
        ratio = independent / shared if shared > 0 else float("inf")
        rows.append(
            (scenario.name, f"{count}", f"{np.sqrt(independent):,.0f}", f"{np.sqrt(shared):,.0f}", f"{ratio:,.1f}")
        )
    columns = (
        "scenario",
        "replications",
        "sd, independent luck, kr.",
        "sd, shared luck, kr.",
        "variance, times smaller",
    )
    return ["", "## Shared luck of the two arms", *table(columns, rows)]


if __name__ == "__main__":
    sys.exit(main())
