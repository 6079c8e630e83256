"""One page of made-up rooms for all tests of the door."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from simulator.web.door.guard import Limits
from simulator.web.door.server import Patience
from tests.unit.web.stand_in import Running, running, write_scenario


@pytest.fixture(scope="session")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    root = tmp_path_factory.mktemp("started here")
    write_scenario(root / "scenarios" / "a.yaml", title="A <img src=x onerror=alert(1)> title")
    with running(root, Limits(body_seconds=0.6), Patience(seconds=0.5)) as served:
        yield served
