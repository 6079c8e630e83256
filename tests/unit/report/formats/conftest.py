"""The figures of the published case, not drawn, for documents of any kind."""

from __future__ import annotations

import pytest

from simulator.report.language import read_words
from simulator.report.pictures import Pictures
from tests.unit.report.conftest import RunOf, Undrawn


@pytest.fixture(autouse=True)
def no_typeface(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the typefaces out of pages: to cut them takes seconds, and they are looked at elsewhere."""
    monkeypatch.setattr("simulator.report.formats.html.embedded", lambda face, text: b"")


@pytest.fixture(scope="session")
def pictures(run_of: RunOf) -> Pictures:
    """Figures that say what they show and are not drawn."""
    return Undrawn(run_of("published"), read_words("da"))
