"""A progress bar on stderr for someone who is watching, and nothing for a file or a pipe."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager


def _stand_still() -> None:
    """Take a step that nobody sees."""


@contextmanager
def progress(total: int, label: str) -> Iterator[Callable[[], None]]:
    """Show how far a piece of work has come, while the block runs.

    Args:
        total: Number of steps.
        label: What is being done, such as "replications".

    Yields:
        A function to call after each step.
    """
    if total < 1 or not sys.stderr.isatty():
        yield _stand_still
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(label, total=total)
        yield lambda: bar.advance(task)
