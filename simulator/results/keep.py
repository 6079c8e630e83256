"""Writes a run into a folder: headline, tables, the scenario in full and the log; the record closes it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd

from simulator.results.dictionary import DRIVEN, INFORMATION, ON_REQUEST, table_names
from simulator.results.run import Run
from simulator.scenario.resolved import KEPT_SERIES, kept_text, series_file

PARQUET = ("conversations", "saldo", "calendar", "offices", "draws")
"""Tables that are kept as Parquet too."""


def keep_results(run: Run, folder: Path) -> None:
    """Write everything but the record, the figures and the brief.

    Args:
        run: The run.
        folder: An empty folder.
    """
    (folder / "tables").mkdir()
    write_json(folder / "headline.json", run.headline)
    (folder / "scenario.resolved.yaml").write_text(kept_text(run.scenario), encoding="utf-8", newline="\n")
    series = series_file(run.scenario)
    if series is not None:
        (folder / KEPT_SERIES).write_bytes(series.read_bytes())
    beside = [name for name in (*DRIVEN, *INFORMATION) if name in run.tables]
    for name in (*table_names(), *beside):
        write_csv(folder / "tables" / f"{name}.csv", run.tables[name])
    frames = {name: run.tables[name] for name in PARQUET}
    if run.events is not None:
        frames |= dict.fromkeys(ON_REQUEST, run.events)
    write_parquet(folder / "tables", frames)


def write_json(path: Path, content: dict[str, Any]) -> None:
    """Write JSON that any reader can read: no NaN, UTF-8, a line feed at the end."""
    text = json.dumps(content, indent=1, ensure_ascii=False, allow_nan=False)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")


def write_csv(path: Path, frame: pd.DataFrame) -> None:
    """Write a table with full precision; the same numbers give the same bytes."""
    frame.to_csv(path, index=False, lineterminator="\n", encoding="utf-8")


def write_parquet(folder: Path, frames: dict[str, pd.DataFrame]) -> None:
    """Write tables as Parquet, without network or files beside, on one thread so that the bytes repeat."""
    import duckdb

    config: dict[str, str | bool | int | float | list[str]] = {
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
        "threads": "1",
    }
    with duckdb.connect(":memory:", config=config) as database:
        for name, frame in frames.items():
            texts = {column: "string" for column in frame.columns if frame[column].dtype == object}
            database.register("written", frame.astype(texts))
            target = str(folder / f"{name}.parquet").replace("'", "''")
            database.execute(f"COPY written TO '{target}' (FORMAT parquet, COMPRESSION zstd)")
            database.unregister("written")
