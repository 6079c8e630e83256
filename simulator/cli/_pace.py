"""How a sweep goes, for someone who is watching: rows, rows a second, time left."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def pace(total: int) -> Iterator[Callable[[int], None]]:
    """Show how far a sweep has come, while the block runs; nothing where stderr is a file or a pipe.

    Args:
        total: Number of rows.

    Yields:
        A function to call with the number of rows that were made.
    """
    if total < 1 or not sys.stderr.isatty():
        yield lambda _rows: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TimeRemainingColumn
    from rich.text import Text

    class Rate(ProgressColumn):
        def render(self, task: Task) -> Text:
            return Text(f"{task.speed:,.1f} rows/s" if task.speed else "")

    columns = ("rows", BarColumn(), MofNCompleteColumn(), Rate(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True, speed_estimate_period=300) as bar:
        task = bar.add_task("rows", total=total)
        yield lambda rows: bar.advance(task, rows)
