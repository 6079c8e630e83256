"""Benchmarks: how fast the engines are, against what, and at what price in memory and start-up.

    python -m benchmarks.bench            all sizes; about half an hour, most of it for the slow peers
    python -m benchmarks.bench --quick    the small sizes; a few minutes

from the top of the project. Writes `benchmarks/results.md` and prints it. Never part of a test: times depend on the
machine. Each section runs in a process of its own (`measure.py`), in which the contestants take turns.

Contestants (`contestants.py`), all on one arm of the same prepared world (`worlds.py`):

- the **fast** engine and the **reference**: demand, delivery and counts of a replication; what each does once a run,
  whatever the number of replications, is timed apart;
- **plain SimPy** (`plain_simpy.py`), as its users write it: one process for each citizen, a `Store` for each office,
  one ordinary random stream; with Python's cyclic garbage collector on, as it comes, and off, as those who know run it;
- **lean SimPy**, the same with deques for lines, which spares half of the events;
- **salabim** (`other_peer.py`), on the smallest cases, where it is installed;
- the **floor** (`floor.py`): a compiled loop that draws as many keyed numbers and adds as many counts, no more.

The SimPy and salabim peers hold the same number of conversations as the reference, but for chance; the column
"held, against reference" shows it. They do less: no keyed draws, no law of conservation, no log, no spell classes.

Then: growth with persons and replications, the stages of the fast engine, two threads against one, the price of the log
of attempts, peak memory, cold and cached start, and all of it against the goals. A contestant that this version lacks
is said not to be there.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks import tables
from benchmarks.children import ChildError, section, starts
from benchmarks.goals import against_goals

RESULTS = Path(__file__).with_name("results.md")
SIZES = ("islands", "small", "middle", "national")
QUICK = ("islands", "small")
LIMIT_SECONDS = 3 * 3600.0
EVERYONE = ("floor", "fast", "reference", "lean_simpy", "plain_simpy", "plain_simpy_as_it_comes", "salabim")
SALABIM_SIZES = QUICK
GROWTH: dict[str, Any] = {"case": "small", "times": 4}
THREAD_REPLICATIONS = 8
QUICK_ROUNDS = 3
"""Sections that last seconds have so many times the rounds."""
MEMORY_REPLICATIONS = 20
Lines = list[str]


def main() -> int:
    """Measure, print, and write the results."""
    options = _options()
    sizes = list(QUICK) if options.quick else options.sizes.split(",")
    if unknown := [size for size in sizes if size not in SIZES]:
        print(f"no size {', '.join(unknown)}; allowed: {', '.join(SIZES)}", file=sys.stderr)
        return 2
    lines = tables.heading(" ".join(["python -m benchmarks.bench", *sys.argv[1:]]))
    print("\n".join(lines), flush=True)
    found: dict[str, Any] = {"speed": []}
    made = [_shown(part) for part in _sections(sizes, options.rounds, found)]
    lines += _shown(against_goals(found) + tables.in_short(found["speed"])) + [line for part in made for line in part]
    options.out.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.bench", description="Time the engines and their peers.")
    parser.add_argument("--quick", action="store_true", help=f"only the sizes {', '.join(QUICK)}")
    parser.add_argument("--sizes", default=",".join(SIZES), help="sizes, joined by commas (default: all)")
    parser.add_argument("--rounds", type=int, default=3, help="how often each contestant is timed (default: 3)")
    parser.add_argument("--out", type=Path, default=RESULTS, help="file to write (default: benchmarks/results.md)")
    return parser.parse_args()


def _shown(lines: Lines) -> Lines:
    print("\n".join(lines), flush=True)
    return lines


def _sections(sizes: list[str], rounds: int, found: dict[str, Any]) -> Iterator[Lines]:
    """Yield the sections one after the other; one that fails says so in its place. Keep their figures."""
    has_fast = "fast" in section("there", LIMIT_SECONDS)["contestants"]
    for size in sizes:
        yield _or_failure(partial(_speed, size, rounds, found))
    yield _or_failure(partial(_growth, rounds, found))
    if has_fast:
        yield _or_failure(partial(_floor, sizes[-1], rounds, found))
        yield _or_failure(partial(_stages, sizes[-1], rounds, found))
        yield _or_failure(partial(_threads, sizes[-1], rounds, found))
        yield _or_failure(partial(_log, sizes[-1], rounds, found))
    else:
        yield ["", "Stages, two threads, the log and `saldo run` are measured once there is a fast engine."]
    yield _or_failure(partial(_memory, sizes[-1], has_fast, found))
    yield _or_failure(partial(_start, rounds, has_fast, found))


def _or_failure(make: Callable[[], Lines]) -> Lines:
    try:
        return make()
    except ChildError as failed:
        return ["", f"**Not measured**: {failed}"]


def _speed(size: str, rounds: int, found: dict[str, Any]) -> Lines:
    wanted = [name for name in EVERYONE if name != "salabim" or size in SALABIM_SIZES]
    figures = section("speed", LIMIT_SECONDS, case=size, contestants=wanted, rounds=rounds)
    found["speed"].append(figures)
    return tables.speed(figures)


def _growth(rounds: int, found: dict[str, Any]) -> Lines:
    found["growth"] = section("growth", LIMIT_SECONDS, rounds=rounds, **GROWTH)
    return tables.growth(found["growth"])


def _floor(size: str, rounds: int, found: dict[str, Any]) -> Lines:
    found["floor"] = section(
        "floor", LIMIT_SECONDS, case=size, replications=THREAD_REPLICATIONS, rounds=QUICK_ROUNDS * rounds
    )
    what = f"{THREAD_REPLICATIONS} replications at a time, processor time of the fast engine against that of the floor"
    return tables.one_ratio("Against the floor", what, found["floor"], "ratio")


def _stages(size: str, rounds: int, found: dict[str, Any]) -> Lines:
    found["stages"] = section("stages", LIMIT_SECONDS, case=size, rounds=QUICK_ROUNDS * rounds)
    return tables.stages(found["stages"])


def _threads(size: str, rounds: int, found: dict[str, Any]) -> Lines:
    found["threads"] = section("threads", LIMIT_SECONDS, case=size, replications=THREAD_REPLICATIONS, rounds=rounds)
    what = f"{THREAD_REPLICATIONS} replications are done so many times as fast on the clock by two threads as by one"
    return tables.one_ratio("Threads", what, found["threads"], "speed_up")


def _log(size: str, rounds: int, found: dict[str, Any]) -> Lines:
    found["log"] = section("log", LIMIT_SECONDS, case=size, rounds=QUICK_ROUNDS * rounds)
    return tables.one_ratio("Log of attempts", "Processor time with the log, against without", found["log"], "ratio")


def _memory(size: str, has_fast: bool, found: dict[str, Any]) -> Lines:
    """Measure one replication of each engine and peer, and many of the fast engine."""
    imports = section("memory", LIMIT_SECONDS, case=size, contestant="reference", replications=0)["peak_mib"]
    jobs = [("reference engine (SimPy)", "reference", 1), ("plain SimPy, collector off", "plain_simpy", 1)]
    if has_fast:
        jobs = [("fast engine", "fast", 1), ("fast engine", "fast", MEMORY_REPLICATIONS), *jobs]
    rows: list[dict[str, Any]] = []
    for title, contestant, replications in jobs:
        peak = section("memory", LIMIT_SECONDS, case=size, contestant=contestant, replications=replications)
        mib = peak["peak_mib"] - imports
        rows.append({"title": title, "case": size, "replications": replications, "mib": mib})
    found["memory"] = rows
    return tables.memory(rows)


def _start(rounds: int, has_fast: bool, found: dict[str, Any]) -> Lines:
    found["start"] = starts(rounds, has_fast)
    return tables.start(found["start"])


if __name__ == "__main__":
    sys.exit(main())
