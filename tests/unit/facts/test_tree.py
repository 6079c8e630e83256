"""A text that was read is kept in mind, and told as if it were read for the first time."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulator.errors import InputError
from simulator.facts.tree import Faults, Scalar, read_file, read_text

WRONG = "places: [0,65]\n"
"""A decimal comma, in a text that can be read to its end."""


def test_a_text_with_faults_tells_them_each_time() -> None:
    told = []
    for _ in range(2):
        with pytest.raises(InputError) as wrong:
            read_text(WRONG, "a.yaml")
        told.append(str(wrong.value))
    assert told[0] == told[1] and "write 0.65 for a decimal" in told[0]


def test_faults_that_are_told_later_go_to_whoever_asked() -> None:
    first, second = Faults(), Faults()
    assert read_text(WRONG, "a.yaml", first) is not None
    assert read_text(WRONG, "a.yaml", second) is not None
    assert list(first.found) == list(second.found) and first.count == second.count == 1
    assert first.settled == second.settled


def test_places_name_the_file_that_was_asked_for() -> None:
    for where in ("a.yaml", "b.yaml"):
        node = read_text("name: x\n", where)
        assert node is not None and node.place.where == where


def test_a_file_that_was_changed_is_read_anew(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    for text in ("one", "other"):
        path.write_text(f"name: {text}\n", encoding="utf-8")
        found = read_file(path).entries["name"]
        assert isinstance(found, Scalar) and found.text == text
