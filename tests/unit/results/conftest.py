"""Runs that many tests look at, made once."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from simulator.results import Run
from simulator.results.record import Occasion
from tests.unit.results.small_runs import ISLANDS, small_run


@pytest.fixture(scope="session")
def published() -> Run:
    return small_run(log=True)


@pytest.fixture(scope="session")
def nothing() -> Run:
    return small_run("null")


@pytest.fixture(scope="session")
def by_hand() -> Run:
    return small_run(engine="control")


@pytest.fixture(scope="session")
def occasion() -> Occasion:
    moment = datetime(2021, 12, 17, 10, 30, 0, tzinfo=UTC)
    return Occasion("saldo run", (ISLANDS,), moment, moment)
