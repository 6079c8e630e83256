"""Every example in a docstring runs and gives what it says."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

import simulator

MODULES = [
    module.name
    for module in pkgutil.walk_packages(simulator.__path__, "simulator.")
    if not module.name.endswith("__main__")
]
WITH_EXAMPLES = [
    name
    for name in ("simulator", *MODULES)
    if ">>>" in (importlib.util.find_spec(name).loader.get_source(name) or "")  # type: ignore[union-attr]
]
CHAPTERS = ("calendars", "control", "delivery", "demand", "effects", "saldo", "scenario")


@pytest.mark.parametrize("name", WITH_EXAMPLES)
def test_examples_run(name: str) -> None:
    """One failing line of an example fails the module."""
    found = doctest.testmod(importlib.import_module(name), verbose=False)
    assert found.attempted > 0
    assert found.failed == 0


def test_every_chapter_has_an_example() -> None:
    """A stage's first page shows one thing that can be tried."""
    assert {f"simulator.{name}" for name in CHAPTERS} <= set(WITH_EXAMPLES)
