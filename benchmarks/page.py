"""The page: how long a reader waits for it, and what it keeps in memory, against bare imports on the same machine.

    python -m benchmarks.page               the bottom-up case, the whole country; some minutes
    python -m benchmarks.page --quick       one municipality, a tenth of the moves; a minute

Writes `benchmarks/page.md` and prints it. Needs Chromium (`SALDO_CHROMIUM` names one). Never part of a test: times
depend on the machine and on who else uses it; ratios of one run much less.

The unit is `python -c "import numpy, pandas"`: the best of five and the median, warm, by the clock. Measured with it:

- **A move**: from the key press of a slider that touches effects or money (time stamp of the browser's event) to the
  moment after the frame that shows another interval was painted, inside the page; 95th percentile.
- **Ready**: from the start of the navigation to the first figure of a cold server that says it answers.
- **Memory**: of the server, without its worker, when all it was asked is done, and after a thousand moves; growth is
  that from the end of the moves that are timed to the last.
"""

from __future__ import annotations

import argparse
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles

from playwright.sync_api import Page, sync_playwright

from benchmarks.tables import machine, table, versions
from tests.browser.served import FLAGS, ROOT, Served, chromium
from tests.browser.viewed import View
from tests.engines.sweep_kills import children

RESULTS = Path(__file__).with_name("page.md")
SCENARIO = "scenarios/christmas-2021-bottom-up.yaml"
IMPORT = "import numpy, pandas"
RESIDENT = "print(next(line.split()[1] for line in open('/proc/self/status') if line.startswith('VmRSS:')))"
ROUNDS, DRAWS, REPLICATIONS = 5, 1024, 100
SLIDERS = ("effects.params.scale", "effects.params.relative_effect", "saldo.value_per_person_year_kr")
MOVES, ALL_MOVES = 100, 1000
BACK, REST_MS = 60, 400
"""Moves after which the sliders go back to their ends, and the rest they are given then."""
GOALS = {"move": 1 / 5, "ready": 1.0, "memory": 2.0}
MIB = 1024.0
WATCH = """() => new Promise(ready => {
  const text = () => [...document.querySelectorAll('.card strong, .card .range')].map(one => one.textContent).join();
  const before = text();
  let pressed = null;
  addEventListener('keydown', event => { pressed = event.timeStamp; }, { capture: true, once: true });
  window.saldoMoved = new Promise(moved => {
    const painted = new MessageChannel();
    painted.port1.onmessage = () => moved(performance.now() - pressed);
    const watch = new MutationObserver(() => {
      if (pressed === null || text() === before) return;
      watch.disconnect();
      requestAnimationFrame(() => painted.port2.postMessage(0));
    });
    watch.observe(document.querySelector('.cards'), { childList: true, characterData: true, subtree: true });
  });
  ready();
})"""
"""Waits for a key press, and then for another interval on the screen; the frame after it, at worst."""
FIRST = """window.saldoReady = new Promise(ready => {
  const painted = new MessageChannel();
  painted.port1.onmessage = () => ready(performance.now());
  const look = () => {
    const figure = document.querySelector('.card strong');
    const isThere = figure && /\\d/.test(figure.textContent) && document.querySelector('[role=slider]');
    if (isThere) painted.port2.postMessage(0);
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})"""
Lines = list[str]


@dataclass(frozen=True)
class Bare:
    """What bare imports take: seconds of each round by the clock, and memory [MiB]."""

    seconds: tuple[float, ...]
    mib: float


@dataclass(frozen=True)
class Found:
    """What was measured: seconds to the first figure and of each move, and memory [MiB]."""

    ready: float
    moves: tuple[float, ...]
    simulated_mib: float
    timed_mib: float
    last_mib: float
    worker_mib: float
    peak_worker_mib: float


def main() -> int:
    """Measure, print, and write the results."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.page", description="Time the page.")
    parser.add_argument("--quick", action="store_true", help="one municipality, a tenth of the moves")
    parser.add_argument("--out", type=Path, default=RESULTS, help="file to write (default: benchmarks/page.md)")
    options = parser.parse_args()
    if chromium() is None:
        print("no Chromium is installed here; install one, or name it in SALDO_CHROMIUM", file=sys.stderr)
        return 1
    sets = ["-S", "places=[Odense]"] if options.quick else []
    share = 10 if options.quick else 1
    before = machine()
    bare = imports()
    with serving(sets) as served:
        found = looked_at(served, MOVES // share, ALL_MOVES // share)
    lines = ["# Benchmarks: the page", "", f"{before}. {versions()}. By `{' '.join(command())}`.", *told(bare, found)]
    options.out.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(lines))
    return 0


def command() -> list[str]:
    """Return the command as it was given."""
    return ["python -m benchmarks.page", *sys.argv[1:]]


def imports() -> Bare:
    """Time bare imports, warm, and take their memory."""
    seconds = []
    for _ in range(ROUNDS + 1):
        begun = time.perf_counter()
        subprocess.run([sys.executable, "-c", IMPORT], check=True)
        seconds.append(time.perf_counter() - begun)
    code = f"{IMPORT}\n{RESIDENT}"
    said = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout
    return Bare(tuple(seconds[1:]), int(said) / MIB)


@contextmanager
def serving(sets: list[str]) -> Iterator[Served]:
    """Serve the bottom-up case, and stop."""
    numbers = ["--replications", str(REPLICATIONS), "--draws", str(DRAWS)]
    words = [sys.executable, "-m", "simulator", "explore", SCENARIO, *sets, *numbers, "--no-open"]
    process = subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert process.stdout is not None
    try:
        yield Served(process.stdout.readline().strip(), process, ROOT)
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(30)


def looked_at(served: Served, moves: int, all_moves: int) -> Found:
    """Open the page, let it simulate, and move its sliders."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(FLAGS))
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.add_init_script(FIRST)
        page.goto(served.address)
        ready = page.evaluate("() => window.saldoReady") / 1000
        View(page).wait_until_simulated()
        page.wait_for_timeout(1500)  # then the run is told as well
        rest(served)
        simulated, peak = resident(served.process.pid), workers(served)
        timed = move(page, moves)
        after_timed = resident(served.process.pid)
        move(page, all_moves - moves)
        rest(served)
        found = Found(ready, tuple(timed), simulated, after_timed, resident(served.process.pid), workers(served), peak)
        browser.close()
    return found


def move(page: Page, count: int) -> list[float]:
    """Press keys on the sliders in turn, and return the seconds from each to another interval."""
    view, seconds = View(page), []
    for number in range(count):
        slider = view.slider(SLIDERS[number % len(SLIDERS)])
        if number % BACK < len(SLIDERS):
            slider.press("Home")
            page.wait_for_timeout(REST_MS)
        page.evaluate(WATCH)
        slider.press("ArrowRight")
        seconds.append(page.evaluate("() => window.saldoMoved") / 1000)
    return seconds


def rest(served: Served) -> None:
    """Wait until the server has nothing to do."""
    until = time.monotonic() + 120
    while any(job["state"] in ("queued", "running") for job in served.told("api/jobs")["jobs"]):
        assert time.monotonic() < until, "it never comes to rest"
        time.sleep(0.2)
    time.sleep(1)


def resident(pid: int) -> float:
    """Return the memory of a process [MiB]."""
    lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS:")) / MIB


def workers(served: Served) -> float:
    """Return the memory of the processes that the server has started [MiB]."""
    return sum(resident(pid) for pid in children(served.process.pid))


def told(bare: Bare, found: Found) -> Lines:
    """Return the figures as Markdown."""
    best, middle = min(bare.seconds), median(bare.seconds)
    late = quantiles(found.moves, n=20)[-1]
    rows = [
        ("a move, 95th percentile", late, GOALS["move"]),
        ("a move, median", median(found.moves), None),
        ("ready after the server answers", found.ready, GOALS["ready"]),
    ]
    timed = [
        [
            what,
            f"{1000 * taken:.0f}",
            f"{taken / best:.2f}",
            f"{taken / middle:.2f}",
            "" if goal is None else f"{goal:.2f}",
        ]
        for what, taken, goal in rows
    ]
    memory = [
        ("bare imports", f"{bare.mib:.0f}", "1.00", ""),
        ("server, when the simulation is done", *_sizes(found.simulated_mib, bare), f"{GOALS['memory']:.2f}"),
        (f"server, after {len(found.moves)} moves", *_sizes(found.timed_mib, bare), ""),
        ("server, after all moves", *_sizes(found.last_mib, bare), f"{GOALS['memory']:.2f}"),
        ("its worker, while there is one", *_sizes(max(found.worker_mib, found.peak_worker_mib), bare), ""),
    ]
    grown = found.last_mib - found.timed_mib
    return [
        "",
        f"`{SCENARIO}`, {REPLICATIONS} replications, {DRAWS} draws. `{IMPORT}` takes {1000 * best:.0f} ms at best and "
        f"{1000 * middle:.0f} ms in the middle of {len(bare.seconds)}.",
        *table(("what the reader waits for", "ms", "/ best import", "/ median import", "goal"), timed),
        *table(("memory", "MiB", "/ bare imports", "goal"), memory),
        "",
        f"From the end of the timed moves to the last the server grew by {grown:.1f} MiB. Goal: none.",
    ]


def _sizes(mib: float, bare: Bare) -> tuple[str, str]:
    return f"{mib:.0f}", f"{mib / bare.mib:.2f}"


if __name__ == "__main__":
    sys.exit(main())
