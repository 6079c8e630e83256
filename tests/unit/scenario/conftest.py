"""The desk of the entrance's tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.scenario.small_facts import Desk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)
