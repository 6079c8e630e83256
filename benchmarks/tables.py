"""The results as Markdown that a stranger can read."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from itertools import zip_longest
from pathlib import Path
from statistics import median
from typing import Any

PACKAGES = ("saldo", "numpy", "numba", "simpy", "pandas", "salabim")
Figures = dict[str, Any]


def heading(command: str) -> list[str]:
    """Return the title, and on what machine, with what and how it was measured."""
    return [
        "# Benchmarks",
        "",
        f"Measured on {date.today().isoformat()}: {machine()}. {versions()}. By `{command}`.",
        "",
        "Processor seconds are user and system time of all threads of one process; medians over the rounds of one run, "
        "in which all contestants take turns. A ratio stands with its least and greatest value over the rounds. Times "
        "move with the machine and its other users, ratios of one run much less.",
    ]


def machine() -> str:
    """Return the machine in words, without its name."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / (1 << 30)
    busy = f"load {os.getloadavg()[0]:.1f} at the start"
    return f"{os.cpu_count()} cores of {_processor()}, {memory:.0f} GiB, {platform.system()}, {busy}"


def _processor() -> str:
    listing = Path("/proc/cpuinfo")
    lines = listing.read_text(encoding="utf-8").splitlines() if listing.exists() else []
    models = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return models[0] if models else platform.machine()


def versions() -> str:
    """Return the versions of Python and of the packages that are compared."""
    found = [f"Python {platform.python_version()}"]
    for name in PACKAGES:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            continue
    return ", ".join(found)


def table(columns: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> list[str]:
    """Return a table; all columns but the first are numbers."""
    rule = ["---", *("---:" for _ in columns[1:])]
    return ["", *(f"| {' | '.join(row)} |" for row in (columns, tuple(rule), *rows))]


def seconds(value: float) -> str:
    """Return a time in a unit that is easy to read."""
    if value < 1:
        return f"{value * 1000:.3g} ms"
    return f"{value:.2f} s" if value < 100 else f"{value:.0f} s"


def spread(values: list[float]) -> str:
    """Return the median of a ratio, and its least and greatest value where there are several."""
    middle = number(median(values))
    return middle if len(values) == 1 else f"{middle} ({number(min(values))}-{number(max(values))})"


def number(value: float) -> str:
    """Return a number with three digits."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def ratios(above: list[float], below: list[float]) -> list[float]:
    """Return the ratios of two contestants by round; who was timed in fewer rounds stands by its last one."""
    pairs = zip_longest(above, below)
    return [(above[-1] if one is None else one) / (below[-1] if other is None else other) for one, other in pairs]


def speed(figures: Figures) -> list[str]:
    """Return the section on the speed of one case."""
    found = figures["contestants"]
    base = found.get("fast") or found["reference"]
    held = found["reference"]["held"]
    rows = [
        (
            row["title"],
            f"{row['attempts']:,.0f}",
            f"{row['held'] / held - 1:+.2%}" if row["held"] else "-",
            seconds(median(row["cpu_seconds"])),
            seconds(median(row["wall_seconds"])),
            f"{median(row['cpu_seconds']) / row['attempts'] * 1e9:,.0f} ns",
            spread(ratios(row["cpu_seconds"], base["cpu_seconds"])),
            seconds(median(row["once_seconds"])) if any(row["once_seconds"]) else "-",
            str(len(row["cpu_seconds"])),
        )
        for row in found.values()
    ]
    columns = ("contestant", "attempts", "held, against reference", "processor time", "clock", "an attempt")
    lines = ["", f"## Speed: {figures['case']}", ""]
    lines.append(
        f"One arm, one replication, {figures['persons']:,} persons. Preparing the world is not timed; what is done"
    )
    lines.append("once a run (making an engine ready, handing over the counts) stands apart and is in no ratio.")
    lines += table((*columns, f"times the {base['title']}", "once a run", "rounds"), rows)
    lines += [f"\nNot there: {title}." for title in figures["missing"]]
    return lines


def in_short(cases: list[Figures]) -> list[str]:
    """Return the ratios of all cases to the fast engine, where there is one."""
    cases = [figures for figures in cases if "fast" in figures["contestants"]]
    if not cases:
        return []
    names = list(dict.fromkeys(name for figures in cases for name in figures["contestants"] if name != "fast"))
    titles = {name: row["title"] for figures in cases for name, row in figures["contestants"].items()}
    titles["floor"] = "(it, against the floor)"
    lines = ["", "## In short", ""]
    lines.append("How many times as long as the fast engine each takes (processor time), and it as the floor.")
    return lines + table(
        ("case", *(titles[name] for name in names)),
        [(figures["case"], *(_against_fast(figures["contestants"], name) for name in names)) for figures in cases],
    )


def _against_fast(found: Figures, name: str) -> str:
    if name not in found:
        return "-"
    pair = found[name]["cpu_seconds"], found["fast"]["cpu_seconds"]
    return spread(ratios(*(reversed(pair) if name == "floor" else pair)))


def growth(figures: Figures) -> list[str]:
    """Return the section on growth."""
    times = figures["times"]
    rows = [(title, spread(row["persons"]), spread(row["replications"])) for title, row in figures["engines"].items()]
    lines = ["", f"## Growth: {figures['case']}", "", f"How many times as long {times} times as much takes."]
    return lines + table(("engine", f"{times} times the persons", f"{times} times the replications"), rows)


def stages(figures: Figures) -> list[str]:
    """Return the section on where the time of the fast engine goes."""
    whole, found = figures["whole"], figures["stages"]
    rows = [(name, seconds(taken), f"{taken / whole:.0%}") for name, taken in found.items()]
    lines = ["", f"## Where the time goes: {figures['case']}", ""]
    lines.append("The fast engine, one arm, one replication: the same stopped one stage later each time, differences.")
    return lines + table(("stage", "processor time", "share"), [*rows, ("all", seconds(whole), "100%")])


def one_ratio(title: str, what: str, figures: Figures, key: str) -> list[str]:
    """Return a section that is one ratio."""
    return ["", f"## {title}: {figures['case']}", "", f"{what}: {spread(figures[key])}."]


def memory(rows: list[Figures]) -> list[str]:
    """Return the section on memory."""
    lines = ["", "## Peak memory", "", "Of a process of its own, less that of its imports alone."]
    return lines + table(
        ("contestant", "case", "replications", "MiB over imports"),
        [(row["title"], row["case"], str(row["replications"]), f"{row['mib']:.0f}") for row in rows],
    )


def start(rows: list[Figures]) -> list[str]:
    """Return the section on starting."""
    lines = ["", "## Start", "", "Whole processes. Ratios are of time on the clock."]
    walls = [row["wall_seconds"] for row in rows]
    return lines + table(
        ("command", "clock", "processor time", "times the first", "times the imports"),
        [
            (
                f"`{row['title']}`",
                seconds(median(row["wall_seconds"])),
                seconds(row["cpu_seconds"]),
                spread(ratios(row["wall_seconds"], walls[0])),
                spread(ratios(row["wall_seconds"], walls[2])),
            )
            for row in rows
        ],
    )
