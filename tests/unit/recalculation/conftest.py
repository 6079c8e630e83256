"""Runs that blind workbooks are made of, each made once."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from tests.unit.recalculation.filling import ran

RunAt = Callable[..., Path]


@pytest.fixture(scope="session")
def run_at(tmp_path_factory: pytest.TempPathFactory) -> RunAt:
    """Folder of a run of the control by its scenario, with settings laid over it."""

    @cache
    def folder(scenario: str, *sets: str) -> Path:
        return ran(tmp_path_factory.mktemp("blind") / "run", scenario, *sets)

    return folder
