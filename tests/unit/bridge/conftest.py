"""Kept runs and bridges that many tests look at, made once."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulator.bridge import Bridge
from tests.unit.bridge.made_up_ends import BOTTOM_UP, COMMIT, PUBLISHED, as_made_from, bridged, kept


@pytest.fixture(scope="session")
def by_control(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("by_control")
    return kept(folder / "old", BOTTOM_UP), kept(folder / "new", PUBLISHED)


@pytest.fixture(scope="session")
def simulated(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("simulated")
    old = kept(folder / "old", BOTTOM_UP, engine="fast", replications=2)
    return old, kept(folder / "new", PUBLISHED, engine="fast", replications=2)


@pytest.fixture(scope="session")
def control_bridge(by_control: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> tuple[Bridge, Path]:
    """The bridge of the control, as if made from a commit, and its folder."""
    out = tmp_path_factory.mktemp("bridge") / "control"
    with pytest.MonkeyPatch.context() as patch:
        as_made_from(patch, COMMIT)
        return bridged(*by_control, out), out


@pytest.fixture(scope="session")
def simulated_bridge(simulated: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> tuple[Bridge, Path]:
    out = tmp_path_factory.mktemp("bridge") / "simulated"
    return bridged(*simulated, out), out
