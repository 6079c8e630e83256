"""Small kept runs that certificates are made of: one island, by the control or one replication."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from simulator.certificate import Certificate, certified
from simulator.cli.progress import progress
from simulator.plan import plan_of, with_draws
from simulator.report import make_brief, save_figure
from simulator.results.folder import MANIFEST
from simulator.results.read import kept_run
from simulator.results.record import Occasion, hashes
from simulator.results.save import Place, now, save
from simulator.scenario import read_scenario
from simulator.uncertainty.knowledge import Ready, draw_of

SCENARIOS = Path(__file__).parents[3] / "scenarios"
SAMSOE = "places=[Samsø]"


def kept(scenario: Path, out: Path, *sets: str, documents: bool = False, **plan: Any) -> Path:
    """Run a scenario on one island, keep it in a folder, and return that.

    Args:
        scenario: The scenario file.
        out: The folder.
        sets: More settings.
        documents: Whether figures and brief are written.
        plan: Engine (`control` where left out), replications, draws, replay, and whether a log is kept.
    """
    read = read_scenario(scenario, (SAMSOE, *sets))
    draws, replay = plan.pop("draws", None), plan.pop("replay", None)
    made = with_draws(plan_of(read, 1, **{"engine": "control"} | plan), read, draws)
    if replay is not None:
        read = draw_of(read, made, replay)
        made = with_draws(made, read, 0)
    started = now()
    run = Ready(read, made).run()
    return _folder_of(
        save(run, Place(out), Occasion("saldo run", sets, started, now()), few_documents if documents else None)
    )


def few_documents(folder: Path) -> None:
    """Write a brief and a figure, in the place of all that belong to a run: those take their time."""
    save_figure(folder, "bridge")
    make_brief(folder, ("html",))


def _folder_of(run: Any) -> Path:
    assert isinstance(run.folder, Path)
    return run.folder


def certificate_of(folder: Path, *, rerun: bool = True) -> Certificate:
    """Return the certificate of a run."""
    return certified(kept_run(folder), "", lambda _scenario, _engine: 1, progress, rerun=rerun)


def forged(folder: Path, out: Path, change: Callable[[Path], object]) -> Path:
    """Return a copy of a run in which something was changed and all checksums were rewritten to fit."""
    shutil.copytree(folder, out)
    change(out)
    path = out / MANIFEST
    record = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**record, "files": hashes(out)}, indent=1), encoding="utf-8")
    return out


def edited(path: str, old: str, new: str) -> Callable[[Path], None]:
    """Return what puts one text in the place of another in a file of a run."""

    def edit(folder: Path) -> None:
        text = (folder / path).read_text(encoding="utf-8")
        assert old in text, f"{path} does not say {old}"
        (folder / path).write_text(text.replace(old, new), encoding="utf-8")

    return edit


def set_cell(path: Path, row: int, column: int, text: str) -> tuple[str, str]:
    """Change a cell of a table; return what it said before, and the name of its column."""
    with path.open(encoding="utf-8", newline="") as file:
        lines = list(csv.reader(file))
    before, lines[row][column] = lines[row][column], text
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(lines)
    return before, lines[0][column]
