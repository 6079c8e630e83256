"""The page: how long a reader waits for it, and what it keeps in memory, against bare imports on the same machine.

    python -m benchmarks.page               the bottom-up case, the whole country; some minutes
    python -m benchmarks.page --quick       one municipality, a tenth of the moves; a minute

Writes `benchmarks/page.md` and prints it. Needs Chromium (`SALDO_CHROMIUM` names one). Never part of a test: times
depend on the machine and on who else uses it; ratios of one run much less.

The unit is `python -c "import numpy, pandas"`: the best of five and the median, warm, by the clock. Measured with it:

- **A move**: from the key press of a slider that touches effects or money (sent from within the page) to the
  moment after the frame that shows another figure with its range was painted, inside the page; 95th percentile. Five
  sliders take turns, of which the scenario draws three. What is set is a point: so before another of the three moves,
  the one that was moved is put back, and two stay drawn. Each move is one stop to a position not seen before; putting
  back and going to the stop before it are not timed.
- **Ready**: from the start of the navigation to the moment after the frame was painted that shows the first figure and
  sliders that can be moved, of a cold server that says it answers.
- **Memory**: of the server, without its worker, when all it was asked is done, and after a thousand moves; growth is
  that from the end of the moves that are timed to the last.
"""

from __future__ import annotations

import argparse
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles

from playwright.sync_api import Page, sync_playwright

from benchmarks.tables import machine, table, versions
from tests.browser.served import FLAGS, ROOT, Served, chromium
from tests.browser.viewed import View, settings_in
from tests.engines.sweep_kills import children

RESULTS = Path(__file__).with_name("page.md")
SCENARIO = "scenarios/christmas-2021-bottom-up.yaml"
IMPORT = "import numpy, pandas"
RESIDENT = "print(next(line.split()[1] for line in open('/proc/self/status') if line.startswith('VmRSS:')))"
ROUNDS, DRAWS, REPLICATIONS = 5, 1024, 100
DRAWN = ("effects.params.scale", "effects.params.relative_effect", "saldo.value_per_person_year_kr")
POINTS = ("effects.params.weeks_per_conversation.jobsamtale.dagpenge.week_0", "effects.full_time_share.dagpenge")
SLIDERS = (DRAWN[0], POINTS[0], DRAWN[1], POINTS[1], DRAWN[2])
STEPPED_ON = (DRAWN[0], *POINTS)
"""Sliders of the moves that are not timed; what else is drawn stays so."""
MOVES, ALL_MOVES = 100, 1000
GOALS = {"move": 1 / 5, "ready": 1.0, "memory": 2.0}
MIB = 1024.0
MOVED = """async ([key, rest]) => {
  const slider = document.querySelector(`[data-key="${key}"] [role=slider]`);
  const text = () => [...document.querySelectorAll('.card strong, .card .range')].map(one => one.textContent).join();
  slider.focus({ preventScroll: true });
  await new Promise(rested => setTimeout(rested, rest));
  const before = text();
  return new Promise(moved => {
    const painted = new MessageChannel();
    const pressed = performance.now();
    painted.port1.onmessage = () => moved(performance.now() - pressed);
    const watch = new MutationObserver(() => {
      const range = document.querySelector('.card .range').textContent;
      if (text() === before || !/\\d/.test(range)) return;
      watch.disconnect();
      requestAnimationFrame(() => painted.port2.postMessage(0));
    });
    watch.observe(document.querySelector('.cards'), { childList: true, characterData: true, subtree: true });
    slider.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight', bubbles: true, cancelable: true }));
  });
}"""
"""Presses a key, and waits for another figure with its range on the screen; the frame after it, at worst.

The key is pressed within the page, after a rest: the program that drives the browser would take a processor meanwhile.
"""
STEPPED = """async ([keys, count]) => {
  const ways = new Map(keys.map(key => [key, 'ArrowRight']));
  for (let step = 0; step < count; step += 1) {
    const key = keys[step % keys.length];
    const slider = document.querySelector(`[data-key="${key}"] [role=slider]`);
    const is = name => slider.getAttribute('aria-valuenow') === slider.getAttribute(name);
    if (is('aria-valuemax') || is('aria-valuemin')) ways.set(key, is('aria-valuemax') ? 'ArrowLeft' : 'ArrowRight');
    await new Promise(done => {
      const watch = new MutationObserver(() => (watch.disconnect(), requestAnimationFrame(done)));
      watch.observe(document.querySelector('.cards'), { childList: true, characterData: true, subtree: true });
      slider.dispatchEvent(new KeyboardEvent('keydown', { key: ways.get(key), bubbles: true, cancelable: true }));
      setTimeout(() => (watch.disconnect(), done()), 1000);
    });
  }
}"""
"""Presses keys on some sliders in turn, to and fro, each when the figures of the one before are there."""
REST_MS = 100
SHOWN = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))))"
FETCHED = """() => ({
  page: performance.getEntriesByType('navigation')[0].responseEnd,
  files: Math.max(...performance.getEntriesByType('resource').filter(one => /\\.(js|css)$/.test(one.name))
    .map(one => one.responseEnd)),
})"""
OPENED = """key => {
  for (const group of document.querySelectorAll('details.group')) {
    const was = group.open;
    group.open = true;
    group.dispatchEvent(new Event('toggle'));
    if (!was && !group.querySelector(`[data-key="${key}"]`)) group.open = false;
  }
}"""
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
    """What was measured: seconds to the first figure, to what it is made of, and of each move; and memory [MiB]."""

    ready: float
    fetched: dict[str, float]
    moves: tuple[float, ...]
    simulated_mib: float
    timed_mib: float
    last_mib: float
    worker_mib: float


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
        fetched = {name: taken / 1000 for name, taken in page.evaluate(FETCHED).items()}
        View(page).wait_until_simulated()
        page.wait_for_timeout(1500)  # then the run is told as well
        rest(served)
        simulated, peak = resident(served.process.pid), workers(served)
        for key in POINTS:
            page.evaluate(OPENED, key)
        hand = Hand(page, served)
        timed = [hand.move(number) for number in range(moves)]
        after_timed = resident(served.process.pid)
        page.set_default_timeout(0)
        page.evaluate(STEPPED, [list(STEPPED_ON), all_moves - moves])
        rest(served)
        last, worker = resident(served.process.pid), max(peak, workers(served))
        browser.close()
    return Found(ready, fetched, tuple(timed), simulated, after_timed, last, worker)


class Hand:
    """Moves the sliders of a page, stop by stop."""

    def __init__(self, page: Page, served: Served) -> None:
        sheet = served.told("api/sheet", {"position": {"base": SCENARIO, "sets": []}, "language": "da"})
        self.page, self.served, self.view = page, served, View(page)
        self.rows = {row["key"]: row for row in sheet["sliders"] if row["key"] in SLIDERS}
        assert {key for key, row in self.rows.items() if row["drawn"]} == set(DRAWN)
        self.checked: set[str] = set()

    def move(self, number: int) -> float:
        """Press a key on one slider, and return the seconds to another figure with the range of all draws."""
        key, turn = SLIDERS[number % len(SLIDERS)], number // len(SLIDERS)
        others = {one for one in DRAWN if key in DRAWN and one != key}
        for other in others & self.set_keys():
            self.waited(self.view.row(other).locator(".back").first.click)
        self.go_to(key, turn)
        taken = float(self.page.evaluate(MOVED, [key, REST_MS])) / 1000
        if key not in self.checked:
            self.checked.add(key)
            self.check_draws()
        return taken

    def set_keys(self) -> set[str]:
        """Return what is set on the page."""
        return {one.partition("=")[0] for one in settings_in(self.page.url)}

    def go_to(self, key: str, turn: int) -> None:
        """Go to the stop of a turn, where the slider is not there already."""
        row = self.rows[key]
        stops = round((row["high"] - row["low"]) / row["step"])
        text = f"{row['low'] + turn % stops * row['step']:.{row['decimals']}f}"
        if float(text) != float(self.view.slider(key).get_attribute("aria-valuenow") or "nan"):
            field = self.view.row(key).get_by_role("textbox")
            field.fill(text.replace(".", ","))
            self.waited(lambda: field.press("Enter"))

    def waited(self, does: Callable[[], object]) -> None:
        """Do something that asks for figures, and wait until they are shown."""
        with self.page.expect_response(lambda answer: answer.url.endswith("api/value")):
            does()
        self.page.evaluate(SHOWN)

    def check_draws(self) -> None:
        """State that the range which stands there is that of all draws."""
        sets = [one.split("=", 1) for one in settings_in(self.page.url)]
        told = self.served.told("api/value", {"positions": [{"base": SCENARIO, "sets": sets}], "language": "da"})
        assert told["values"][0]["interval"]["draws"] == DRAWS, sets


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
    late = quantiles(found.moves, n=20, method="inclusive")[-1]
    rows = [
        ("a move, 95th percentile", late, GOALS["move"]),
        ("a move, median", median(found.moves), None),
        ("a move, the longest", max(found.moves), None),
        ("ready after the server answers", found.ready, GOALS["ready"]),
        ("of it until the page has come", found.fetched["page"], None),
        ("of it until its program and style have come", found.fetched["files"], None),
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
        ("its worker, while there is one", *_sizes(found.worker_mib, bare), ""),
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
