"""Sections of the benchmark that run in a process of their own: `python -m benchmarks.measure SECTION ARGUMENTS`.

A section takes its arguments as JSON and prints its figures as JSON. Contestants are interleaved: each round times
every contestant once, so that a busy machine disturbs all alike.
"""

from __future__ import annotations

import json
import resource
import sys
from collections.abc import Callable
from importlib import import_module
from math import ceil
from statistics import median
from typing import Any

from benchmarks.contestants import CONTESTANTS, FAST, REFERENCE, Arena, Contestant, Engine, Sample
from benchmarks.stages import stages
from benchmarks.worlds import CASES, persons_by_place, world_of
from simulator.delivery import ENGINES

LEAST_SECONDS = 0.3
MOST_REPLICATIONS = 100
ONE_ROUND_SECONDS = 150.0
"""A contestant whose first sample lasts longer is timed once."""
Figures = dict[str, Any]


def interleaved(named: dict[str, Contestant], arena: Arena, rounds: int) -> dict[str, list[Sample]]:
    """Return the samples of contestants by name; short ones repeat until a sample lasts long enough to be timed."""
    found: dict[str, list[Sample]] = {name: [] for name in named}
    repeats: dict[str, int] = {}
    for name, contestant in named.items():
        if contestant.is_compiled:
            contestant.sample(arena, 1)
        first = contestant.sample(arena, 1)
        repeats[name] = _repeats(first)
        if repeats[name] == 1:
            found[name].append(first)
    for number in range(rounds):
        for name, contestant in named.items():
            samples = found[name]
            if len(samples) > number or (samples and samples[0].cpu_seconds > ONE_ROUND_SECONDS):
                continue
            samples.append(contestant.sample(arena, repeats[name]))
    return found


def _repeats(first: Sample) -> int:
    """Return how many replications last long enough to be timed."""
    return min(max(ceil(LEAST_SECONDS / max(first.cpu_seconds, 1e-6)), 1), MOST_REPLICATIONS)


def speed(case: str, contestants: list[str], rounds: int) -> Figures:
    """Time contestants on a case."""
    arena = Arena(world_of(case))
    there = {name: CONTESTANTS[name] for name in contestants if CONTESTANTS[name].is_there()}
    samples = interleaved(there, arena, rounds)
    return {
        "case": CASES[case].title,
        "persons": int(persons_by_place(arena.world).sum()),
        "contestants": {name: _rows(CONTESTANTS[name], taken) for name, taken in samples.items()},
        "missing": [CONTESTANTS[name].title for name in contestants if name not in there],
    }


def _rows(contestant: Contestant, samples: list[Sample]) -> Figures:
    return {
        "title": contestant.title,
        "held": samples[0].held,
        "attempts": samples[0].attempts,
        "cpu_seconds": [sample.cpu_seconds for sample in samples],
        "wall_seconds": [sample.wall_seconds for sample in samples],
        "once_seconds": [sample.once_seconds for sample in samples],
    }


def floor(case: str, replications: int, rounds: int) -> Figures:
    """Time the fast engine and the floor in turns, many replications at a time, so that what is done once is little."""
    arena = Arena(world_of(case))
    both = (FAST, CONTESTANTS["floor"])
    for contestant in both:
        contestant.sample(arena, 1)
    samples = [[contestant.sample(arena, replications).cpu_seconds for contestant in both] for _ in range(rounds)]
    fast, least = (list(column) for column in zip(*samples, strict=True))
    return {
        "case": CASES[case].title,
        "replications": replications,
        "cpu_seconds": median(fast),
        "ratio": [one / other for one, other in samples],
        "floor_seconds": median(least),
    }


def growth(case: str, times: int, rounds: int) -> Figures:
    """Time the engines on so many times the persons, and on so many times the replications."""
    one, many = Arena(world_of(case)), Arena(world_of(case, f"demand.scale={times}"))
    found: Figures = {"case": CASES[case].title, "times": times, "engines": {}}
    for engine in (FAST, REFERENCE):
        if not engine.is_there():
            continue
        rows: Figures = {"persons": [], "replications": []}
        engine.sample(one, 1)
        replications = _repeats(engine.sample(one, 1))
        for _ in range(rounds):
            base = engine.sample(one, replications).cpu_seconds
            rows["persons"].append(engine.sample(many, replications).cpu_seconds / base)
            rows["replications"].append(engine.sample(one, replications * times).cpu_seconds * times / base)
        found["engines"][engine.title] = rows
    return found


def threads(case: str, replications: int, rounds: int) -> Figures:
    """Time one and two threads of the fast engine on the clock."""
    arena = Arena(world_of(case))
    one, two = (Engine(FAST.engine, FAST.title, jobs=jobs) for jobs in (1, 2))
    one.sample(arena, 1)
    two.sample(arena, 2)
    samples = [(one.sample(arena, replications), two.sample(arena, replications)) for _ in range(rounds)]
    return {
        "case": CASES[case].title,
        "replications": replications,
        "speed_up": [alone.wall_seconds / both.wall_seconds for alone, both in samples],
    }


def log(case: str, rounds: int) -> Figures:
    """Time the fast engine with and without the log of attempts."""
    arena = Arena(world_of(case))
    without, with_log = (Engine(FAST.engine, FAST.title, log=kept) for kept in (False, True))
    without.sample(arena, 1)
    with_log.sample(arena, 1)
    samples = [(without.sample(arena, 1), with_log.sample(arena, 1)) for _ in range(rounds)]
    return {
        "case": CASES[case].title,
        "ratio": [kept.cpu_seconds / plain.cpu_seconds for plain, kept in samples],
    }


def where_the_time_goes(case: str, rounds: int) -> Figures:
    """Time the stages of the fast engine."""
    return {"case": CASES[case].title, **stages(Arena(world_of(case)), rounds)}


def memory(case: str, contestant: str, replications: int) -> Figures:
    """Run one contestant and return the peak memory of this process [MiB]; no replications: the imports alone."""
    if replications:
        CONTESTANTS[contestant].sample(Arena(world_of(case)), replications)
    else:
        for engine in ENGINES.values():
            import_module(engine)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {"peak_mib": peak / (1 << 20 if sys.platform == "darwin" else 1 << 10)}


def there() -> Figures:
    """Return the names of the contestants that this version has."""
    return {"contestants": [name for name, contestant in CONTESTANTS.items() if contestant.is_there()]}


SECTIONS: dict[str, Callable[..., Figures]] = {
    "speed": speed,
    "floor": floor,
    "growth": growth,
    "threads": threads,
    "log": log,
    "stages": where_the_time_goes,
    "memory": memory,
    "there": there,
}

if __name__ == "__main__":
    print(json.dumps(SECTIONS[sys.argv[1]](**json.loads(sys.argv[2]))))
