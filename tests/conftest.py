"""What holds for every test: it has one kind, the folder it stands in, and its examples do not change by themselves."""

from __future__ import annotations

import gc
import os
from itertools import groupby
from pathlib import Path

import pytest
from hypothesis import settings

TESTS = Path(__file__).parent
KINDS = ("unit", "property", "engines", "oracle", "golden", "docs", "browser", "house")
DRAWINGS = TESTS / "unit" / "report"
"""Tests of documents of made-up runs: they need no engine, which the first test that does has to compile."""

settings.register_profile("same every time", derandomize=True, deadline=None, database=None)
settings.load_profile("same every time")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Refuse a test that stands in no folder of a kind, and set the others in their order."""
    homes = [TESTS / kind for kind in KINDS]
    strays = sorted({str(item.path) for item in items if not any(home in item.path.parents for home in homes)})
    if strays:
        raise pytest.UsageError(f"a test has a kind, one of tests/{{{','.join(KINDS)}}}; none: {', '.join(strays)}")
    items[:] = in_order(items, int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1")))


def pytest_collection_finish() -> None:
    """Leave modules and tests out of every search for garbage: they stay until the end, and are many."""
    gc.collect()
    gc.freeze()


def pytest_sessionfinish() -> None:
    """Let them be searched again, or the libraries of the process would tell of objects that nobody freed."""
    gc.unfreeze()


def in_order(items: list[pytest.Item], workers: int) -> list[pytest.Item]:
    """Return tests so that of several workers only the first waits for the engine to be compiled.

    Each begins with an equal share of the list, and takes from the end of another's when it has none left. The first
    begins with browsers, commands and engines, which take longest; the others with drawings.
    """
    drawings = [list(file) for path, file in groupby(items, lambda item: item.path) if DRAWINGS in path.parents]
    others = [item for item in items if DRAWINGS not in item.path.parents]
    found: list[pytest.Item] = []
    for worker in range(workers):
        if worker:
            found += [item for file in drawings[worker - 1 :: workers - 1] for item in file]
        room = max((worker + 1) * len(items) // workers - len(found), 0)
        found, others = found + others[:room], others[room:]
    return found if workers > 1 else items
