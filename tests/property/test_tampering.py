"""Any cell of any table and any leaf of the headline that says something else is found, and named by its place."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.certificate.compare import Difference, compared_files, exactly
from tests.unit.certificate.kept_runs import SCENARIOS, kept, set_cell


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Return a run, and the copy of it that is changed."""
    folder = tmp_path_factory.mktemp("runs")
    run = kept(SCENARIOS / "christmas-2021.yaml", folder / "run")
    return run, Path(shutil.copytree(run, folder / "changed"))


def shape_of(path: Path) -> tuple[int, int]:
    with path.open(encoding="utf-8", newline="") as file:
        lines = list(csv.reader(file))
    return len(lines) - 1, len(lines[0])


@given(drawn=st.data())
def test_a_cell_that_was_changed_is_named(runs: tuple[Path, Path], drawn: st.DataObject) -> None:
    run, changed = runs
    tables = [path.name for path in sorted((run / "tables").glob("*.csv")) if shape_of(path)[0]]
    name = f"tables/{drawn.draw(st.sampled_from(tables))}"
    rows, columns = shape_of(run / name)
    row, column = drawn.draw(st.integers(1, rows)), drawn.draw(st.integers(0, columns - 1))
    text = drawn.draw(st.sampled_from(("0.5", "-1", "another", "")))
    before, heading = set_cell(changed / name, row, column, text)
    found = compared_files(changed / name, run / name, exactly)
    shutil.copy(run / name, changed / name)
    assert found == ([] if before == text else [Difference(f"row {row}, {heading}", text, before)])


def leaves(tree: Any, path: str = "") -> list[str]:
    if isinstance(tree, dict):
        return [leaf for key, below in tree.items() for leaf in leaves(below, f"{path}.{key}" if path else key)]
    if isinstance(tree, list):
        return [leaf for at, below in enumerate(tree, start=1) for leaf in leaves(below, f"{path}[{at}]")]
    return [path]


def with_leaf(tree: Any, wanted: str, leaf: Any, path: str = "") -> Any:
    if isinstance(tree, dict):
        return {key: with_leaf(one, wanted, leaf, f"{path}.{key}" if path else key) for key, one in tree.items()}
    if isinstance(tree, list):
        return [with_leaf(one, wanted, leaf, f"{path}[{at}]") for at, one in enumerate(tree, start=1)]
    return leaf if path == wanted else tree


@given(drawn=st.data())
def test_a_leaf_that_was_changed_is_named(runs: tuple[Path, Path], drawn: st.DataObject) -> None:
    run, changed = (folder / "headline.json" for folder in runs)
    tree = json.loads(run.read_text(encoding="utf-8"))
    place = drawn.draw(st.sampled_from(leaves(tree)))
    leaf = drawn.draw(st.sampled_from((-1.25, "another", None, [])))
    changed.write_text(json.dumps(with_leaf(tree, place, leaf), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    found = [one.where for one in compared_files(changed, run, exactly)]
    same = with_leaf(tree, place, leaf) == tree
    assert found == ([] if same else [place])
