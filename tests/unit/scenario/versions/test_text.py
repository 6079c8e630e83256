"""Conversion of a text: only what is converted changes, and the text then says what the tree says."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.errors import InputError
from simulator.facts.tree import Table
from simulator.scenario.versions import Change
from simulator.scenario.versions.text import converted_text


def convert(tree: Table) -> Iterator[Change]:
    """A made-up conversion: `old` is called `new`, `gone` is taken out, `pair` becomes two; also in a list."""
    tables = [((), tree)]
    for key, node in tree.entries.items():
        if isinstance(node, Table):
            tables.append(((key,), node))
        tables += [((key, at), one) for at, one in enumerate(getattr(node, "items", ())) if isinstance(one, Table)]
    for path, table in tables:
        for key, node in table.entries.items():
            if key == "old":
                yield Change((*path, key), table.places[key], (("new", node),), "is called new")
            if key == "gone":
                yield Change((*path, key), table.places[key], (), "is left out")
            if key == "pair":
                into = (("a", node.items[0]), ("b", node.items[1]))  # type: ignore[union-attr]
                yield Change((*path, key), table.places[key], into, "is two")


def converted(text: str) -> str:
    return converted_text(text, "f.yaml", (convert,)).text


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("# head\nname: x\n", "# head\nsaldo: 1\nname: x\n"),
        ("---\n# head\n\nname: x", "---\n# head\n\nsaldo: 1\nname: x"),
        ("  name: x\n  b: 1\n", "  saldo: 1\n  name: x\n  b: 1\n"),
        ("{name: x}\n", "{saldo: 1, name: x}\n"),
        ("saldo:\n  # c\n  x: 1\n", "saldo:\n  # c\n  version: 1\n  x: 1\n"),
        ("saldo: {x: 1} # c\n", "saldo: {version: 1, x: 1} # c\n"),
        ("saldo: {}\n", "saldo: {version: 1}\n"),
        ("saldo:\nname: x\n", "saldo: 1\nname: x\n"),
        ("saldo: # c\nname: x\n", "saldo: 1 # c\nname: x\n"),
        ("saldo: null\n", "saldo: 1\n"),
        ("a: 1\nold: {x: 1} # c\n", "saldo: 1\na: 1\nnew: {x: 1} # c\n"),
        ("old:\n  # in\n  x: |\n    text\n", "saldo: 1\nnew:\n  # in\n  x: |\n    text\n"),
        ("a: {gone: 1, b: 2}\n", "saldo: 1\na: {b: 2}\n"),
        ("a: {b: 2, gone: [1, 2]}\n", "saldo: 1\na: {b: 2}\n"),
        ("a: {gone: 1}\n", "saldo: 1\na: {}\n"),
        ("a:\n  gone: 1  # why\n  # of b\n  b: 2\n", "saldo: 1\na:\n  # of b\n  b: 2\n"),
        ("a:\n  b: 2  # b\n  gone:\n    x: 1\n    y: 2\n# of c\nc: 1", "saldo: 1\na:\n  b: 2  # b\n# of c\nc: 1"),
        ("a:\n  gone: 1\nc: 1\n", "saldo: 1\na:\n  {}\nc: 1\n"),
        ("a:\n- gone: 1\n  b: 2\n- b: 3\n", "saldo: 1\na:\n- b: 2\n- b: 3\n"),
        ("b: 1\ngone: 2", "saldo: 1\nb: 1\n"),
        ("a: {pair: [x, 'y: z']}\n", 'saldo: 1\na: {a: x, b: "y: z"}\n'),
        ("l:\n  - pair: [x, y]  # c\n    z: 1\n", "saldo: 1\nl:\n  - a: x\n    b: y  # c\n    z: 1\n"),
        ("l:\n  - pair:\n      - x # one\n      - y # two\n", "saldo: 1\nl:\n  - a: x  # one\n    b: y # two\n"),
        ("old: Æ\u00a0ø # å\ngone: 1\nb: æ\n", "saldo: 1\nnew: Æ\u00a0ø # å\nb: æ\n"),
    ],
)
def test_only_what_is_converted_changes(old: str, new: str) -> None:
    assert converted(old) == new
    assert converted(new) == new, "what is of the present version stays as it is"


VALUES = st.sampled_from(
    ["1", "x", "[1, 2]", "{x: 1}", "'a: b'", "# c\n{i}  x: 1\n{i}  y: [a]", "\n{i}  - 1\n{i}  - 2"]
)
KEYS = st.lists(st.sampled_from(["old", "gone", "pair", "a1", "b1", "c1"]), min_size=1, max_size=5, unique=True)


@given(st.lists(st.tuples(KEYS, st.lists(VALUES, min_size=5, max_size=5), st.booleans()), min_size=1, max_size=4))
def test_any_layout_says_after_conversion_what_the_tree_says(blocks: list[tuple[list[str], list[str], bool]]) -> None:
    """The conversion itself compares the two and refuses where they differ; here it never has to."""
    text = "# head\n"
    for number, (keys, values, listed) in enumerate(blocks):
        text += f"block{number}:  # of block {number}\n"
        for at, (key, value) in enumerate(zip(keys, values, strict=False)):
            indent = "    " if listed else "  "
            start = "  - " if listed and at == 0 else indent
            written = "[p, 'q']" if key == "pair" else value.replace("{i}", indent)
            text += f"{start}{key}: {written}\n{indent}# after {key}\n"
    new = converted(text)
    assert new.count("# head") == 1 and "old:" not in new and "gone:" not in new and "pair:" not in new
    assert converted(new) == new
    assert all(f"# of block {number}" in new for number in range(len(blocks)))


def test_a_layout_that_does_not_bear_it_is_refused_and_not_broken() -> None:
    def clashing(tree: Table) -> Iterator[Change]:
        if "old" in tree.entries:
            yield Change(("old",), tree.places["old"], (("a: [", tree.entries["old"]),), "cannot be")

    with pytest.raises(InputError):
        converted_text("old: 1\n", "f.yaml", (clashing,))
