"""Two kept runs that many tests look at, made once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.bridge.made_up_ends import BOTTOM_UP, PUBLISHED, kept


@pytest.fixture(scope="session")
def by_control(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("by_control")
    return kept(folder / "old", BOTTOM_UP), kept(folder / "new", PUBLISHED)


@pytest.fixture(scope="session")
def simulated(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("simulated")
    old = kept(folder / "old", BOTTOM_UP, engine="fast", replications=2)
    return old, kept(folder / "new", PUBLISHED, engine="fast", replications=2)
