"""All chance comes from streams.py, or two arms would not share their luck and a run could not be repeated."""

from __future__ import annotations

import ast

import pytest

from tests.house.reading import ROOT, by_room, named, python_files, tree_of

SOURCES_OF_CHANCE = {"random", "secrets", "uuid", "numpy.random", "scipy.stats", "scipy.stats.qmc"}
CALLS_OF_CHANCE = {"np.random", "numpy.random", "os.urandom", "os.getrandom", "hash", "id"}
ROOMS = by_room([path for path in python_files("simulator") if path.name != "streams.py"])
LAST_WORDS = {name.rpartition(".")[2] for name in CALLS_OF_CHANCE}
GENERATORS = {"simulator/streams.py", "simulator/delivery/fast/chance.py"}
"""Where Philox is written out: a test of each holds it to the published answers, and the second to the first."""


def chance_in(tree: ast.Module) -> list[str]:
    """Return each use of a source of chance (`hash` and `id` differ from process to process) with its line."""
    found = []
    for node in ast.walk(tree):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            names = [node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)]
        elif isinstance(node, ast.Attribute) and node.attr in LAST_WORDS:
            found += [f"line {node.lineno}: {text}" for text in [ast.unparse(node)] if text in CALLS_OF_CHANCE]
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CALLS_OF_CHANCE:
            found.append(f"line {node.lineno}: {node.func.id}()")
        found += [f"line {node.lineno}: {name}" for name in names if name in SOURCES_OF_CHANCE | CALLS_OF_CHANCE]
    return found


@pytest.mark.parametrize("room", ROOMS)
def test_no_chance_outside_streams(room: str) -> None:
    found = [f"{named(path)}: {use}" for path in ROOMS[room] for use in chance_in(tree_of(path))]
    assert not found, "\n".join(["draw by key from simulator/streams.py instead:", *found])


def test_the_generator_is_written_where_its_answers_are_tested_and_nowhere_else() -> None:
    """Nobody else takes its multipliers: another copy could drift away unseen."""
    takes = {named(path) for path in python_files("simulator") if "MULTIPLIERS" in path.read_text(encoding="utf-8")}
    assert takes == GENERATORS
    assert all(
        (ROOT / test).exists() for test in ("tests/unit/test_streams.py", "tests/unit/delivery/test_fast_chance.py")
    )


@pytest.mark.parametrize(
    "code",
    [
        "import random",
        "from numpy import random",
        "from numpy.random import default_rng",
        "import numpy as np\nnp.random.default_rng(1)",
        "import os\nos.urandom(4)",
        "import uuid",
        "hash('a')",
    ],
)
def test_the_check_sees_chance(code: str) -> None:
    assert chance_in(ast.parse(code))
