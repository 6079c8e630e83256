"""Mixtures of two scenarios as files and as kept runs: made where they are not there already."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from simulator.bridge.blocks import is_value, pieces
from simulator.bridge.ends import End
from simulator.bridge.route import Mixture, Route, sorted_blocks
from simulator.errors import InputError
from simulator.pipeline import CONTROL, plan_of, simulate
from simulator.results import Asked
from simulator.results.folder import MANIFEST, refuse_unless_free
from simulator.results.read import KeptRun, kept_run
from simulator.results.record import Occasion, commit, version_of
from simulator.results.save import Place, now, save
from simulator.results.verify import faults_of
from simulator.scenario import Scenario, read_scenario
from simulator.scenario.resolved import kept_text, text_of_tree
from simulator.scenario.sources import RESOLVED
from simulator.scenario.versions import stated

PREFIX = "bridge"
"""Begins the name of everything that a bridge keeps."""
SCENARIOS = "bridge-scenarios"
RECORD = "bridge.json"
MIXTURE = "mixture"
KNOWN = "known_as_of"


def name_of(mixture: Mixture, route: Route) -> str:
    """Return the name of a mixture, of its scenario and of its folder."""
    if not mixture:
        return f"{PREFIX}-old"
    return f"{PREFIX}-new" if mixture == route.everything else "-".join((PREFIX, *sorted_blocks(mixture)))


def scenario_text(tree: Mapping[str, Any], name: str, ends: tuple[str, str], mixture: Mixture) -> str:
    """Return a mixture as the text of a scenario file, under a name and a title of its own."""
    old, new = ends
    told = f"{', '.join(sorted_blocks(mixture))} of {new}, all else of {old}" if mixture else f"{old} once more"
    named = {"name": name, "title": f"Bridge from {old} to {new}: {told}", **tree}
    return text_of_tree(stated(named), f"Bridge from {old} to {new}: {told}.")


def scenario_of(tree: Mapping[str, Any]) -> Scenario:
    """Return the scenario that nested data say, which is kept nowhere.

    Raises:
        InputError: No scenario can say it.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{MIXTURE}.yaml"
        path.write_text(text_of_tree({"name": MIXTURE, **tree}, MIXTURE), encoding="utf-8", newline="\n")
        return read_scenario(path)


def shipped_numbers(old: End, new: End) -> dict[str, Any]:
    """Return the numbers that a mixture says without writing them, by key: it is read in a quarter of the time.

    There are none where the two runs know the facts of different days.
    """
    known = old.compared.get(KNOWN)
    if known != new.compared.get(KNOWN):
        return {}
    day = date(2021, 1, 1)  # numbers hang on no period
    bare = scenario_of({"period": {"from": day, "to": day}} | ({KNOWN: known} if known else {}))
    return {key: content for key, content in pieces(bare.resolved(everything=True)) if is_value(content)}


@dataclass(frozen=True)
class Workshop:
    """Where runs are made and kept.

    Attributes:
        out: The folder of the bridge.
        command: What was typed, for the record of each run.
        jobs: Gives the number of threads or processes for a scenario and an engine.
    """

    out: Path
    command: str
    jobs: Callable[[Scenario, str], int] = lambda _scenario, _engine: 1

    def refuse_unless_own(self, ends: tuple[str, str]) -> None:
        """Check before any work that the folder is new, or holds the bridge of these two runs.

        Raises:
            InputError: It holds something else, or cannot be written.
        """
        if not self.out.is_dir() or not any(self.out.iterdir()):
            refuse_unless_free(self.out, force=False)
            return
        names = [path.name for path in self.out.iterdir()]
        if MANIFEST in names or not any(name.startswith(PREFIX) for name in names):
            raise InputError.one("is not empty and holds no bridge; choose another folder", str(self.out), "--out")
        kept = _ends_in(self.out / RECORD)
        if kept is not None and kept != ends:
            message = f"holds the bridge of {' and '.join(map(str, kept))}; choose another folder, or delete it"
            raise InputError.one(message, str(self.out), "--out")

    def made(self, name: str, text: str, asked: Asked, step: Callable[[], None]) -> tuple[KeptRun, bool]:
        """Return the kept run of a scenario, and whether it was there already.

        Args:
            name: Name of the scenario and of the folder of the run.
            text: The scenario.
            asked: Seed, replications and engine.
            step: Called after each replication.

        Raises:
            InputError: The folder holds something that is no run.
            RunError: The run failed.
        """
        file, folder = self.out / SCENARIOS / f"{name}.yaml", self.out / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="\n")
        scenario = read_scenario(file)
        found = self._reusable(folder, scenario, asked)
        if found is not None:
            return found, True
        started = now()
        by_hand = asked.engine == CONTROL
        jobs = self.jobs(scenario, asked.engine)
        plan = plan_of(scenario, asked.seed, None if by_hand else asked.replications, asked.engine, jobs=jobs)
        run = simulate(scenario, plan, step)
        if by_hand:
            step()
        save(run, Place(folder, force=_is_run(folder)), Occasion(self.command, (), started, now()))
        return kept_run(folder), False

    def _reusable(self, folder: Path, scenario: Scenario, asked: Asked) -> KeptRun | None:
        """Return the run in a folder if it is whole, and of this scenario, this plan and this program; else None."""
        program = commit()
        if not _is_run(folder) or (program or "").endswith("-dirty"):
            return None
        kept = kept_run(folder)
        wanted = (version_of("saldo"), program, asked.engine, asked.seed)
        found = tuple(kept.record.get(key) for key in ("version", "commit", "engine", "seed"))
        replications = 0 if asked.engine == CONTROL else asked.replications
        if found != wanted or kept.record.get("replications") != replications or faults_of(kept):
            return None
        text = (folder / RESOLVED).read_text(encoding="utf-8")
        return kept if text == kept_text(scenario) else None


def _is_run(folder: Path) -> bool:
    """Return whether a folder holds a run, which may be replaced."""
    return (folder / MANIFEST).is_file() and (folder / RESOLVED).is_file()


def _ends_in(path: Path) -> tuple[object, object] | None:
    """Return the run ids that the record of a bridge names; None where there is none that can be read."""
    import json

    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        return content["old"]["run_id"], content["new"]["run_id"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
