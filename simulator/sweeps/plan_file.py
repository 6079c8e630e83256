"""Reads a plan: which scenarios, what is varied, and how each is run; all faults at once, each with its line."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from simulator.errors import InputError
from simulator.facts.files import is_file
from simulator.facts.read import refuse_unknown
from simulator.facts.spelling import allowed, did_you_mean, whole
from simulator.facts.tree import Faults, Listing, Node, Place, Scalar, Table, read_file
from simulator.plan import FAST, LIMITS, engines
from simulator.scenario.versions import Reading, in_present_version
from simulator.sweeps.designs import Design, design_of, kinds
from simulator.sweeps.figures import MAIN, figure_names
from simulator.sweeps.files import Files, files_of

FIELDS = (
    "name", "title", "note", "scenario", "scenarios", "vary", "draws", "seed", "replications", "engine", "figures",
    "rows_per_part",
)  # fmt: skip
OWN_FILES = ("facts", "extends", "infection.series")
"""Keys that name files; a plan names scenarios that name them."""
ROWS_PER_PART = 65_536
NUMBERS = {
    "seed": LIMITS["seed"],
    "replications": LIMITS["replications"],
    "draws": (0, 1 << 20),
    "rows_per_part": (1, 1 << 20),
}


@dataclass(frozen=True)
class SweepPlan:
    """What a sweep does.

    Attributes:
        name: Name of the sweep.
        paths: The scenario files by the name that rows carry.
        scenarios: The same with all files that they lead to.
        blocks: Designs that are multiplied with each other, the first the slowest.
        places: Where each key is written.
        figures: Figures that are kept of each row.
        engine: Name of the engine, or `control`.
        seed: Seed of all simulations; None as the scenario says.
        replications: Replications of all simulations; None as the scenario says.
        draws: Rows of uncertain values of the scenario that each point is valued at; 0 for none.
        rows_per_part: Most rows of a part file.
        text: The plan as it is written.
        reading: Its version, and what was converted; None where it was not read from a file.
    """

    name: str
    paths: dict[str, Path]
    scenarios: dict[str, Files]
    blocks: tuple[Design, ...]
    places: dict[str, Place] = field(compare=False)
    figures: tuple[str, ...] = MAIN
    engine: str = FAST
    seed: int | None = None
    replications: int | None = None
    draws: int = 0
    rows_per_part: int = ROWS_PER_PART
    text: str = ""
    reading: Reading | None = field(default=None, compare=False)

    @property
    def keys(self) -> tuple[str, ...]:
        """Everything that is varied, in the order of the plan."""
        return tuple(key for block in self.blocks for key in block.keys)


def read_plan(path: Path) -> SweepPlan:
    """Return the plan of a file.

    Raises:
        InputError: Anything in it is wrong; with all faults.
    """
    faults = Faults()
    reading = in_present_version(read_file(path, later=faults), str(path), faults)
    tree = reading.tree
    refuse_unknown(tree, FIELDS, "", faults)
    blocks, places = _blocks(tree, faults)
    numbers = {key: _number(tree, key, faults) for key in NUMBERS}
    name, engine, figures = _word(tree, "name", faults), _engine(tree, faults), _figures(tree, faults)
    scenarios = _scenarios(tree, path, faults)
    faults.stop_if_any()
    return SweepPlan(
        name or path.stem,
        {stem: found for stem, (found, _) in scenarios.items()},
        {stem: files for stem, (_, files) in scenarios.items()},
        blocks,
        places,
        figures,
        engine,
        numbers["seed"],
        numbers["replications"],
        numbers["draws"] or 0,
        numbers["rows_per_part"] or ROWS_PER_PART,
        path.read_text(encoding="utf-8-sig"),
        reading,
    )


def _blocks(tree: Table, faults: Faults) -> tuple[tuple[Design, ...], dict[str, Place]]:
    node = tree.entries.get("vary")
    items = [] if node is None else node.items if isinstance(node, Listing) else [node]
    blocks: list[Design] = []
    places: dict[str, Place] = {}
    for number, item in enumerate(items, start=1):
        path = f"vary[{number}]"
        if not isinstance(item, Table) or len(item.entries) != 1:
            message = f"must be one block under its kind, such as `- grid: ...`; {allowed(kinds())}"
            faults.add(item.place, path, message)
            continue
        ((kind, child),) = item.entries.items()
        if kind not in kinds():
            message = f"`{kind}` is not a kind of block; {allowed(kinds())}{did_you_mean(kind, kinds())}"
            faults.add(item.places[kind], f"{path}.{kind}", message)
            continue
        made = design_of(kind, child, f"{path}.{kind}", faults)
        if made is not None:
            blocks.append(made)
            _note_keys(made, item.places[kind], places, faults)
    return tuple(blocks), places


def _note_keys(block: Design, place: Place, places: dict[str, Place], faults: Faults) -> None:
    """Note where each key is set, and refuse one that names a file or is set twice."""
    for key in block.keys:
        if any(key == own or key.startswith(f"{own}.") for own in OWN_FILES):
            message = "names a file; write scenarios that name their files, and list them under `scenarios`"
            faults.add(place, key, message)
        both = [other for other in places if f"{other}.".startswith(f"{key}.") or f"{key}.".startswith(f"{other}.")]
        if both:
            faults.add(place, key, f"is set twice, also as {both[0]} in line {places[both[0]].line}; keep one")
        places[key] = place


def _number(tree: Table, key: str, faults: Faults) -> int | None:
    node = tree.entries.get(key)
    if node is None or (isinstance(node, Scalar) and node.empty):
        return None
    low, high = NUMBERS[key]
    try:
        number = whole(node.text if isinstance(node, Scalar) else "")
    except ValueError as wrong:
        faults.add(node.place, key, str(wrong))
        return None
    if not low <= number <= high:
        faults.add(node.place, key, f"{number} is out of range; allowed: {low} to {high}")
    return number


def _word(tree: Table, key: str, faults: Faults) -> str:
    node = tree.entries.get(key)
    if node is None:
        return ""
    text = node.text if isinstance(node, Scalar) else ""
    if not text or set(text) & set('/\\:*?"<>|') or text.startswith("."):
        faults.add(node.place, key, "must be a name that can name a folder, such as my-sweep")
    return text


def _engine(tree: Table, faults: Faults) -> str:
    node = tree.entries.get("engine")
    if node is None:
        return FAST
    text = node.text if isinstance(node, Scalar) else ""
    if text not in engines():
        message = f"`{text}` is not among the engines; {allowed(engines())}{did_you_mean(text, engines())}"
        faults.add(node.place, "engine", message)
    return text


def _figures(tree: Table, faults: Faults) -> tuple[str, ...]:
    node = tree.entries.get("figures")
    if node is None:
        return MAIN
    items = node.items if isinstance(node, Listing) else (node,)
    known, found = figure_names(), []
    for item in items:
        name = item.text if isinstance(item, Scalar) else ""
        if name not in known:
            message = f"`{name}` is not a figure; {allowed(known)}{did_you_mean(name, known)}"
            faults.add(item.place, "figures", message)
        elif name in found:
            faults.add(item.place, "figures", f"`{name}` is named twice; keep one")
        found.append(name)
    if not items:
        faults.add(node.place, "figures", f"is empty; {allowed(known)}")
    return tuple(found)


def _scenarios(tree: Table, path: Path, faults: Faults) -> dict[str, tuple[Path, Files]]:
    named = [tree.entries[key] for key in ("scenario", "scenarios") if key in tree.entries]
    if len(named) != 1:
        message = "must be given once, as `scenario: FILE` or `scenarios: [FILE, FILE]`"
        faults.add(tree.place, "scenario", message)
        return {}
    items = named[0].items if isinstance(named[0], Listing) else (named[0],)
    found: dict[str, tuple[Path, Files]] = {}
    for item in items:
        read = _scenario(item, path, faults)
        if read is None:
            continue
        stem = read[0].stem
        if stem in found:
            faults.add(item.place, "scenarios", f"a second scenario is called {stem}; give its file another name")
        found[stem] = read
    if not items:
        faults.add(named[0].place, "scenarios", "is empty; name at least one scenario file")
    return found


def _scenario(node: Node, path: Path, faults: Faults) -> tuple[Path, Files] | None:
    text = node.text if isinstance(node, Scalar) else ""
    wanted = path.parent / text
    near = [one for one in (wanted, Path(f"{wanted}.yaml"), Path(f"{wanted}.yml")) if text and is_file(one)]
    if not near:
        known = sorted(one.stem for one in wanted.parent.glob("*.yaml")) if wanted.parent.is_dir() else []
        message = f"there is no scenario file {wanted}{did_you_mean(wanted.stem, known)}"
        faults.add(
            node.place, "scenario", message if text else "must name a scenario file, such as christmas-2021.yaml"
        )
        return None
    try:
        return near[0], files_of(near[0])
    except InputError as wrong:
        faults.take(wrong)
        return None
