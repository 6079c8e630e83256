"""The rows of a sweep, finished or not: a table to look at, SQL over it, and a CSV file."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulator.errors import InputError, RunError
from simulator.sweeps.parts import CONFIG, not_written, to_disk
from simulator.sweeps.store import Store, opened, part_names

if TYPE_CHECKING:
    import duckdb
    import pandas as pd

VIEW = "sweep"
"""Name of the rows in SQL."""


@dataclass(frozen=True)
class State:
    """How far a sweep has come.

    Attributes:
        manifest: What is swept.
        parts: Number of parts, finished parts, and parts that were cut short or altered.
        rows: Number of rows, and finished rows.
        aside: Why a job was set aside, by what it sets.
        others: Number of part files of an earlier plan, scenario or program, which do not count.
    """

    manifest: dict[str, Any]
    parts: tuple[int, int, int]
    rows: tuple[int, int]
    aside: dict[str, str]
    others: int


def state_of(folder: Path) -> State:
    """Return how far a sweep has come.

    Raises:
        InputError: The folder holds no sweep.
        RunError: What is swept cannot be read.
    """
    store, manifest, whole, damaged = _found(folder)
    names = part_names(manifest)
    finished = sum(_rows_of(job, manifest["rows_per_part"], whole) for job in manifest["jobs"])
    jobs = {job["name"]: job for job in manifest["jobs"]}
    aside = {_said(jobs[name]): why for name, why in store.journal().aside.items() if name in jobs}
    others = len({path.name for path in store.parts.glob("*.parquet")} - set(names))
    return State(manifest, (len(names), len(whole), len(damaged)), (manifest["rows"], finished), aside, others)


def asked(folder: Path, sql: str) -> pd.DataFrame:
    """Return the answer to a question in SQL over the finished rows, which are the table `sweep`.

    Nothing can be written, and no other file be read.

    Raises:
        InputError: The folder holds no sweep, or the SQL is wrong or more than one SELECT.
        RunError: A part was cut short or altered.
    """
    import duckdb

    with _database(folder) as database:
        try:
            statements = duckdb.extract_statements(sql)
            if [one.type.name for one in statements] != ["SELECT"]:
                message = f"must be one SELECT over the table {VIEW}; nothing can be changed here"
                raise InputError.one(message, path="SQL")
            return database.execute(statements[0]).fetch_df()
        except duckdb.Error as wrong:
            hint = '; write names with dots in double quotes, such as "demand.scale"' if "." in sql else ""
            raise InputError.one(f"{' '.join(str(wrong).split())}{hint}", path="SQL") from wrong


def export(folder: Path, target: Path) -> int:
    """Write the finished rows to a CSV file in the order of their numbers, and return how many they are.

    Raises:
        InputError: The folder holds no sweep, or the file cannot be there.
        RunError: A part was cut short or altered, or the file cannot be written.
    """
    import duckdb

    if target.is_dir() or not target.absolute().parent.is_dir():
        raise InputError.one("is a folder, or lies in none that exists", str(target), "--csv")
    aside = target.with_name(f".{target.name}.writing-{os.getpid()}")
    with _database(folder, target.absolute().parent) as database:
        try:
            quoted = str(aside.absolute()).replace("'", "''")
            database.execute(
                f"COPY (SELECT * FROM {VIEW} ORDER BY row) TO '{quoted}' (FORMAT csv, HEADER, DELIMITER ',')"
            )
            to_disk(aside)
            aside.replace(target)
            counted = database.execute(f"SELECT count(*) FROM {VIEW}").fetchone()
        except (duckdb.Error, OSError) as wrong:
            raise not_written(target, wrong) from wrong
        finally:
            aside.unlink(missing_ok=True)
    return int(counted[0]) if counted else 0


@contextmanager
def _database(folder: Path, target: Path | None = None) -> Iterator[duckdb.DuckDBPyConnection]:
    """Give a database whose table `sweep` are the finished rows, shut off from other files but a target."""
    import duckdb

    store, manifest, whole, damaged = _found(folder)
    if damaged:
        raise RunError(
            f"{len(damaged)} parts were cut short or altered, such as {min(damaged)}; "
            "go on with the sweep by --resume, which makes them again"
        )
    files = [str((store.parts / name).absolute()) for name in part_names(manifest) if name in whole]
    with duckdb.connect(":memory:", config=CONFIG) as database:
        listed = ", ".join(_quoted(file) for file in files)
        database.execute(f"SET allowed_paths = [{listed}]")
        if target is not None:
            database.execute(f"SET allowed_directories = [{_quoted(str(target))}]")
            database.execute(f"SET temp_directory = {_quoted(str(target / '.saldo-sorting'))}")
        database.execute("SET enable_external_access = false")
        database.execute(f"CREATE VIEW {VIEW} AS {_source(listed, manifest)}")
        database.execute("SET lock_configuration = true")
        yield database


def _source(listed: str, manifest: dict[str, Any]) -> str:
    if listed:
        return f"SELECT * FROM read_parquet([{listed}])"
    named = ", ".join(f'NULL AS "{column}"' for column in manifest["columns"])
    return f"SELECT {named} WHERE false"


def _found(folder: Path) -> tuple[Store, dict[str, Any], set[str], set[str]]:
    store = opened(folder)
    manifest = store.manifest()
    assert manifest is not None, "it is there, or `opened` would have said so"
    return store, manifest, *store.sound(part_names(manifest))


def _rows_of(job: dict[str, Any], rows_per_part: int, whole: set[str]) -> int:
    from simulator.sweeps.parts import name_of

    found = [part for part in range(job["parts"]) if name_of(job["name"], part) in whole]
    return sum(min(rows_per_part, job["rows"] - part * rows_per_part) for part in found)


def _said(job: dict[str, Any]) -> str:
    settings = ", ".join(f"{key}={text}" for key, text in job["settings"].items())
    return f"{job['scenario']}{': ' if settings else ''}{settings}"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
