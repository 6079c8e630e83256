"""Part files: rows as Parquet, written aside, brought to the disk, and only then given their name."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

from simulator.errors import RunError

if TYPE_CHECKING:
    import duckdb
    import pandas as pd

CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "threads": "1",
}
"""No network, and one thread: the same rows give the same bytes."""


def name_of(job: str, part: int) -> str:
    """Return the file name of a part."""
    return f"{job}-{part:05d}.parquet"


class PartWriter:
    """Writes part files into a folder.

    Attributes:
        folder: The folder.
    """

    def __init__(self, folder: Path) -> None:
        import duckdb

        self.folder = folder
        self._database = duckdb.connect(":memory:", config=CONFIG)

    def write(self, name: str, rows: pd.DataFrame) -> str:
        """Write a part and return the hash of its bytes; a part appears whole or not at all.

        Raises:
            RunError: It cannot be written; nothing is left of it.
        """
        aside = self.folder / f".{name}.writing"
        try:
            _copy(self._database, rows, aside)
            digest = digest_of(aside)
            to_disk(aside)
            aside.replace(self.folder / name)
            folder_to_disk(self.folder)
        except Exception as wrong:
            aside.unlink(missing_ok=True)
            raise not_written(self.folder / name, wrong) from wrong
        return digest

    def close(self) -> None:
        """Close the database that writes."""
        self._database.close()


def _copy(database: duckdb.DuckDBPyConnection, rows: pd.DataFrame, target: Path) -> None:
    database.register("written", rows)
    quoted = str(target).replace("'", "''")
    database.execute(f"COPY written TO '{quoted}' (FORMAT parquet, COMPRESSION zstd)")
    database.unregister("written")


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def to_disk(path: Path) -> None:
    """Wait until a file has reached the disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def folder_to_disk(folder: Path) -> None:
    """Wait until the names of a folder have reached the disk, where the system can say so."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def not_written(path: Path, wrong: Exception) -> RunError:
    """Return what to say where a file could not be written."""
    why = wrong.strerror if isinstance(wrong, OSError) and wrong.strerror else " ".join(str(wrong).split())
    return RunError(f"{path} could not be written: {why}; what is finished is kept: go on with --resume")
