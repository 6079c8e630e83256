"""The two ends of a bridge: a kept run with what its scenario says, piece by piece, and how it was run."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from simulator.bridge.blocks import BLOCKS, ENGINE, NAMES, block_of, is_value, pieces
from simulator.errors import Fault, InputError
from simulator.infection.series import SHIPPED
from simulator.pipeline import CONTROL
from simulator.results import Asked
from simulator.results.folder import MANIFEST
from simulator.results.read import KeptRun, kept_run
from simulator.results.verify import faults_of
from simulator.scenario import Scenario, read_scenario
from simulator.scenario.load import APPENDED
from simulator.scenario.model import ARMS
from simulator.scenario.sources import scenario_file

DOCUMENTS = ("figures/", "brief.")
"""Files of a run that are made from the others; a bridge does not read them, and they may be made again."""
SERIES = "infection.series"
ADDED = "was not written by the run"
LAID_ON_TOP = {"attendance.orders", *(f"{section}.{key}" for section, keys in APPENDED.items() for key in keys)}
"""Lists of an arm that are added to those of the scenario."""


@dataclass(frozen=True)
class Change:
    """A piece that the two runs say differently.

    Attributes:
        key: Its dotted key.
        old: What the old run says, a number where it is one; None where it says nothing.
        new: What the new run says.
    """

    key: str
    old: Any
    new: Any


@dataclass(frozen=True, eq=False)
class End:
    """One end of a bridge.

    Attributes:
        kept: The kept run.
        pieces: What its scenario says, by dotted key, as a scenario file writes it.
        compared: The same as far as it decides figures, with what is left out filled in, to be compared.
        asked: Seed, replications and engine.
    """

    kept: KeptRun
    pieces: Mapping[str, Any]
    compared: Mapping[str, Any]
    asked: Asked

    def by_control(self) -> End:
        """Return the same end, to be run by the control alone."""
        asked = replace(self.asked, engine=CONTROL)
        return replace(self, asked=asked, compared={**self.compared, ENGINE: CONTROL})

    @property
    def run_id(self) -> str:
        """The id of the kept run."""
        return str(self.kept.record["run_id"])

    @property
    def scenario(self) -> str:
        """The name of its scenario."""
        return str(self.kept.record["scenario"])


def end_of(folder: Path) -> End:
    """Return a kept run as an end of a bridge.

    Raises:
        InputError: The folder holds no finished run, the run is not as it was written, or this program cannot read its
            scenario.
    """
    kept = kept_run(folder)
    _refuse_damaged(kept)
    asked = _asked(kept)
    scenario = read_scenario(scenario_file(folder))
    said = dict(pieces(scenario.resolved(everything=True)))
    said |= {"run.seed": asked.seed} | ({"run.replications": asked.replications} if asked.replications else {})
    _find_series(kept, said)
    return End(kept, said, _compared(scenario, said, asked), asked)


def changes_of(old: End, new: End) -> dict[str, list[Change]]:
    """Return what the two ends say differently, by block in the stated order; names are left out."""
    found: dict[str, list[Change]] = {block: [] for block in BLOCKS}
    for key in dict.fromkeys((*old.compared, *new.compared)):
        before, after = old.compared.get(key), new.compared.get(key)
        if before != after and not (key == SERIES and _same_file(before, after)):
            found[block_of(key)].append(Change(key, before, after))
    return found


def _same_file(one: Any, other: Any) -> bool:
    """Return whether two files of incidence hold the same; each run keeps its own copy."""
    if None in (one, other) or SHIPPED in (one, other):
        return False
    return Path(one).read_bytes() == Path(other).read_bytes()


def _compared(scenario: Scenario, said: Mapping[str, Any], asked: Asked) -> dict[str, Any]:
    """Return what decides figures: values by their number, structure with its defaults, and how it was run."""
    full = dict(pieces(scenario.sections.model_dump(mode="json", by_alias=True)))
    found = {key: content["value"] if is_value(content) else content for key, content in said.items()}
    run = {key: said[key] for key in ("run.seed", "run.replications") if key in said}
    file = {SERIES: said.get(SERIES)}
    found |= full | run | file | {ENGINE: asked.engine}
    found.pop("facts.file", None)  # its numbers stand among the values
    return {
        key: content for key, content in found.items() if block_of(key) != NAMES and not _says_nothing(key, content)
    }


def _says_nothing(key: str, content: Any) -> bool:
    """Return whether this is what a key says that is left out.

    An empty list of an arm may stand against a full one that both share, unless it is only laid on top of that.
    """
    arm, _, own = key.partition(".")
    return content is None or (content == [] and (arm not in ARMS or own in LAID_ON_TOP))


def _find_series(kept: KeptRun, said: dict[str, Any]) -> None:
    """Name a file of incidence in full: a scenario names it relative to its own folder, which a run is not kept in.

    Raises:
        InputError: The file is not there.
    """
    series = said.get(SERIES)
    if series is None or series == SHIPPED:
        return
    above = Path(str(kept.record.get("scenario_file", ""))).parent
    found = next((one for one in (kept.folder / series, above / series) if one.is_file()), None)
    if found is None:
        message = f"names the file of incidence {series}, which is neither in the folder of the run nor in {above}"
        raise InputError.one(f"{message}; put it there", str(kept.folder), SERIES)
    said[SERIES] = os.path.realpath(found)


def _refuse_damaged(kept: KeptRun) -> None:
    faults = [one for one in faults_of(kept) if not one.startswith(DOCUMENTS) and not one.endswith(ADDED)]
    if faults:
        told = "; run the scenario again, or take another run (see: saldo verify)"
        raise InputError([Fault(str(kept.folder), 0, 0, "", f"{fault}{told}") for fault in faults])


def _asked(kept: KeptRun) -> Asked:
    """Return how a run was made, from its record.

    Raises:
        InputError: The record does not say it.
    """
    record = kept.record
    seed, replications, engine = (record.get(name) for name in ("seed", "replications", "engine"))
    if type(seed) is not int or type(replications) is not int or not isinstance(engine, str):
        message = "must give seed and replications as whole numbers and the engine by name; run the scenario again"
        raise InputError.one(message, str(kept.folder / MANIFEST))
    if not isinstance(record.get("run_id"), str):
        raise InputError.one("has no run_id; run the scenario again", str(kept.folder / MANIFEST))
    return Asked(seed, replications, engine)


def exchanged(
    old: End, new: End, blocks: frozenset[str], shipped: Mapping[str, Any] = MappingProxyType({})
) -> dict[str, Any]:
    """Return the old run's scenario with these blocks of the new run's in the place of its own, as nested data.

    Its names are left out, but for what is published about the case, which is the new run's; so is what a scenario that
    says nothing would say, where that is given by key.
    """
    tree: dict[str, Any] = {}
    for end, wanted in ((old, frozenset(BLOCKS) - blocks), (new, blocks)):
        for key, content in end.pieces.items():
            taken = block_of(key) in wanted and shipped.get(key) != content
            if taken or (end is new and key.split(".")[0] == "published"):
                _put(tree, key.split("."), content)
    return tree


def _put(tree: dict[str, Any], path: list[str], content: Any) -> None:
    for part in path[:-1]:
        tree = tree.setdefault(part, {})
    tree[path[-1]] = content


def differing(changes: Mapping[str, list[Change]], order: tuple[str, ...]) -> tuple[str, ...]:
    """Return the blocks in which the ends differ, in an order."""
    return tuple(block for block in order if changes[block])
