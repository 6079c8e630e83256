"""A sweep, opened: the scenario that it was made of, and its rows as positions that the page can go to."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from simulator.errors import InputError, RunError
from simulator.facts.files import is_file
from simulator.sweeps.store import opened
from simulator.web.opened import Base, Options

MOST_ROWS: Final = 500
OF_A_ROW: Final = ("row", "scenario")
"""Columns that are neither set nor figure."""


def sweep_base(folder: Path, name: str, options: Options, sets: tuple[str, ...], root: Path) -> Base:
    """Return a sweep, opened: its first scenario, run as the sweep ran it unless told otherwise.

    Args:
        folder: Folder of the sweep.
        name: Its name on the page.
        options: How to run it.
        sets: Settings laid over it.
        root: Folder below which the scenario is looked for.

    Raises:
        InputError: The scenario is not there any more as it was swept, or the sweep cannot be read.
    """
    manifest = _manifest(folder)
    wanted, digest = next(iter(manifest["scenarios"].items()))
    file = _scenario_of(wanted, digest, folder, root)
    asked = Options(
        manifest["seed"] if options.seed is None else options.seed,
        manifest["replications"] if options.replications is None else options.replications,
        options.draws,
        manifest["engine"] if options.engine == Options().engine else options.engine,
    )
    return Base(name, "sweep", file, hashlib.sha256(file.read_bytes()).hexdigest(), sets, asked, folder)


def rows_of(base: Base) -> dict[str, Any]:
    """Return the first finished rows of a sweep: what each sets, and its figures.

    Raises:
        InputError: The sweep cannot be read.
        RunError: A part of it was cut short or altered.
    """
    from simulator.sweeps.figures import figure_names
    from simulator.sweeps.reading import asked

    assert base.folder is not None, "a sweep is a folder"
    manifest = _manifest(base.folder)
    known = set(figure_names())
    columns = [column for column in manifest["columns"] if column not in OF_A_ROW]
    keys = [column for column in columns if column not in known]
    figures = [column for column in columns if column in known]
    scenario = next(iter(manifest["scenarios"])).replace("'", "''")
    of_scenario = f"FROM sweep WHERE scenario = '{scenario}'"
    table = asked(base.folder, f"SELECT * {of_scenario} ORDER BY row LIMIT {MOST_ROWS}")
    total = int(asked(base.folder, f"SELECT count(*) AS n {of_scenario}")["n"].iloc[0])
    rows = [_row(row, keys, figures) for row in table.to_dict("records")]
    return {"keys": keys, "figures": figures, "rows": rows, "total": total}


def _manifest(folder: Path) -> dict[str, Any]:
    try:
        found = opened(folder).manifest()
    except RunError as wrong:
        raise InputError.one(str(wrong), str(folder)) from wrong
    if not found or not {"scenarios", "columns", "seed", "replications", "engine"} <= found.keys():
        raise InputError.one("is not a sweep that can be read", str(folder))
    return found


def _scenario_of(name: str, digest: str, folder: Path, root: Path) -> Path:
    """Return the scenario file of a sweep, with its files as they were swept."""
    from simulator.sweeps.files import files_of

    changed = False
    for path in _called(name, root):
        try:
            if files_of(path).digest == digest:
                return path
        except InputError:
            continue
        changed = True
    said = "has been changed since, or a file that it names has" if changed else f"does not lie below {root}"
    message = f"the scenario {name}, of which it was made, {said}; open the scenario itself, or make the sweep again"
    raise InputError.one(message, str(folder))


def _called(name: str, root: Path) -> Iterator[Path]:
    """Yield the scenario files of a name, as the command line would be given them."""
    from simulator.web.door.browse import places

    for one in places(root):
        if one.kind == "scenario" and Path(one.id).stem == name:
            path = root / one.id
            short = Path(one.id)
            yield short if is_file(short) and short.resolve() == path.resolve() else path


def _row(row: dict[Any, Any], keys: list[str], figures: list[str]) -> dict[str, Any]:
    sets = [[key, _text(row[key])] for key in keys if not _nothing(row[key])]
    return {"sets": sets, "figures": {name: None if _nothing(row[name]) else float(row[name]) for name in figures}}


def _nothing(value: object) -> bool:
    return value is None or value != value or str(value) == "<NA>"


def _text(value: object) -> str:
    """Return a value as `-S` reads it back to the last bit."""
    if isinstance(value, str):
        return value
    number = float(value)  # type: ignore[arg-type]  # a column of numbers
    return str(int(number)) if number.is_integer() and abs(number) < 1e15 else repr(number)
