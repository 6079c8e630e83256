"""What holds for every test: it has one kind, the folder it stands in, and its examples do not change by themselves."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

TESTS = Path(__file__).parent
KINDS = ("unit", "property", "engines", "oracle", "golden", "docs", "browser", "house")

settings.register_profile("same every time", derandomize=True, deadline=None, database=None)
settings.load_profile("same every time")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Refuse a test that stands in no folder of a kind."""
    homes = [TESTS / kind for kind in KINDS]
    strays = sorted({str(item.path) for item in items if not any(home in item.path.parents for home in homes)})
    if strays:
        raise pytest.UsageError(f"a test has a kind, one of tests/{{{','.join(KINDS)}}}; none: {', '.join(strays)}")
