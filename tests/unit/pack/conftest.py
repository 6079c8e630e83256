"""The run with planted secrets, made once."""

from __future__ import annotations

from pathlib import Path

import pytest

from .planted import planted, saldo


@pytest.fixture(scope="package")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a run with planted secrets and all its documents."""
    folder = tmp_path_factory.mktemp("planted")
    scenario = planted(folder)
    made = saldo("run", scenario, "-S", "places=[Samsø]", "--replications", "1", "--out", folder / "run")
    assert made.exit_code == 0, made.output
    (folder / "said.txt").write_text(made.output, encoding="utf-8")
    return folder / "run"


@pytest.fixture(scope="package")
def pack(kept: Path) -> Path:
    """Return its pack."""
    out = kept.parent / "pack.zip"
    made = saldo("pack", kept, "--external", "--out", out)
    assert made.exit_code == 0, made.output
    return out
