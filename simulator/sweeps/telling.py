"""What a sweep takes, how far it has come, and answers, in plain words and as JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

    from simulator.sweeps.estimate import Estimate
    from simulator.sweeps.reading import State

MOST_LINES = 200
"""Rows of an answer that are printed."""
MOST_ASIDE = 10


def plain_estimate(found: Estimate, processes: int) -> str:
    """Return what a sweep will take as lines of text."""
    at_work = max(min(processes, found.jobs), 1)
    lines = [
        f"sweep        {found.name}",
        f"jobs         {found.jobs:,}",
        f"simulations  {found.simulations:,} of one replication of both arms",
        f"rows         {found.rows:,} in {found.parts:,} part files",
        f"size         about {_size(found.size_bytes)}",
        f"time         about {_time(found.work_seconds / at_work)} on {at_work} process{'es' if at_work > 1 else ''}",
        f"simulated    {', '.join(found.simulated) or 'nothing is simulated again'}",
        f"valued only  {', '.join(found.valued) or 'nothing'}",
        "",
        f"Time and size are scaled from {found.probes[0]} small probes of jobs, which took {_time(found.probes[1])}; "
        "nothing was kept.",
    ]
    return "\n".join(lines)


def plain_state(state: State) -> str:
    """Return how far a sweep has come as lines of text."""
    told, (parts, whole, damaged), (rows, finished) = state.manifest, state.parts, state.rows
    lines = [
        f"sweep     {told['name']}, engine {told['engine']}, version {told['version']}",
        f"rows      {finished:,} of {rows:,} are finished ({finished / max(rows, 1):.1%})",
        f"jobs      {len(told['jobs']):,} in {parts:,} parts, {whole:,} of them finished",
        f"columns   {', '.join(_named(column) for column in told['columns'])}",
    ]
    if damaged:
        lines.append(f"damaged   {damaged:,} parts were cut short or altered; --resume makes them again")
    if state.others:
        lines.append(f"others    {state.others:,} parts of another plan, scenario or program, which do not count")
    if state.aside:
        lines.append(f"aside     {len(state.aside):,} jobs were set aside; --resume tries them again")
        lines += [f"          {job}: {why}" for job, why in list(state.aside.items())[:MOST_ASIDE]]
    return "\n".join(lines)


def content_of_state(state: State) -> dict[str, Any]:
    """Return how far a sweep has come as plain data; the jobs are left out."""
    parts, whole, damaged = state.parts
    return {
        **{name: content for name, content in state.manifest.items() if name != "jobs"},
        "rows_finished": state.rows[1],
        "jobs": len(state.manifest["jobs"]),
        "parts": parts,
        "parts_finished": whole,
        "parts_damaged": damaged,
        "parts_of_others": state.others,
        "aside": state.aside,
    }


def plain_rows(answer: pd.DataFrame) -> str:
    """Return an answer as a table of text."""
    if answer.empty:
        return f"no rows ({', '.join(map(str, answer.columns))})"
    told = answer.head(MOST_LINES).to_string(index=False, float_format=lambda number: f"{number:,.6g}")
    left = len(answer) - MOST_LINES
    return f"{told}\n... and {left:,} rows more" if left > 0 else told


def json_rows(answer: pd.DataFrame) -> str:
    """Return an answer as JSON: a list of rows, null where there is no value."""
    rows = json.loads(answer.to_json(orient="records", date_format="iso", double_precision=15))
    return json.dumps(rows, indent=1, ensure_ascii=False)


def _named(column: str) -> str:
    return f'"{column}"' if "." in column else column


def _size(size_bytes: float) -> str:
    for unit in ("B", "kB", "MB", "GB"):
        if size_bytes < 1000:
            return f"{size_bytes:.3g} {unit}"
        size_bytes /= 1000
    return f"{size_bytes:.3g} TB"


def _time(seconds: float) -> str:
    if seconds < 120:
        return f"{seconds:.2g} s" if seconds < 10 else f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 7200 else f"{seconds / 3600:.1f} h"
