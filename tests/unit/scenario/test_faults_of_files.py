"""Files that are no scenario at all: each is refused with a place and a sentence, quickly, and nothing is written."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from simulator.errors import InputError
from tests.unit.scenario.small_facts import PERIOD, Desk

DANGEROUS = [
    ("empty", b"", "holds nothing"),
    ("only a comment", b"# nothing\n", "holds nothing"),
    ("only a marker", b"---\n", "holds nothing"),
    ("a list at the top", b"- a\n- b\n", "holds a list"),
    ("one word", b"hello\n", "holds a single value"),
    ("two documents", (PERIOD + "---\nname: b\n").encode(), "a second document begins"),
    ("a tag", b"name: !!python/object/apply:os.system [echo]\n", "tags"),
    ("an unknown tag", b"name: !mine x\n", "tags"),
    ("an anchor", b"note: &a hello\n", "anchors"),
    ("an alias", b"note: &a hello\ntitle: *a\n", "aliases"),
    ("a merge key", (PERIOD + "<<: {name: a}\n").encode(), "merge keys"),
    ("a key that is a list", (PERIOD + "? [a, b]\n: 1\n").encode(), "a key must be a word"),
    ("a key that is empty", (PERIOD + "~: 1\n").encode(), "a key must be a word"),
    ("a key twice", (PERIOD + "title: a\ntitle: b\n").encode(), "is written twice; the first is in line 2"),
    ("a tab", b"period:\n\tfrom: 2021-12-19\n", "a tab stands in the indentation"),
    ("a control character", b"name: a\x07b\n", "U+0007"),
    ("a control character as an escape", (PERIOD + 'title: "a\\x07b"\n').encode(), "cannot be seen"),
    ("a null character", b"name: a\x00b\n", "U+0000"),
    ("text that changes direction", "title: a\u202eb\n".encode(), "U+202E"),
    ("not UTF-8", "title: Ærø\n".encode("cp1252"), "0xC6 is not UTF-8"),
    ("UTF-16", "title: a\n".encode("utf-16"), "UTF-16"),
    ("an open list", (PERIOD + "places: [Odense\n").encode(), "is not closed"),
    ("an open table", b"period: {from: 2021-12-19\n", "is not closed"),
    ("an open quotation mark", (PERIOD + 'title: "abc\n').encode(), "never closed"),
    ("bad indentation", b"period:\n  from: 2021-12-19\n to: 2021-12-20\n", "indentation"),
    ("a colon in a value", (PERIOD + "title: a: b\n").encode(), "colon"),
    ("a value that begins with %", (PERIOD + "title: %a\n").encode(), "cannot begin with this character"),
    ("random bytes", bytes(range(256)), "not UTF-8"),
]


@pytest.mark.parametrize(("content", "words"), [case[1:] for case in DANGEROUS], ids=[case[0] for case in DANGEROUS])
def test_refused_with_a_place_and_a_sentence(desk: Desk, content: bytes, words: str) -> None:
    before = sorted(path.name for path in desk.folder.iterdir())
    faults = desk.faults(content)
    assert any(words in fault.message for fault in faults), "\n".join(map(str, faults))
    assert all(fault.where.endswith("mine.yaml") for fault in faults)
    assert sorted(path.name for path in desk.folder.iterdir()) == sorted([*before, "mine.yaml"])


@pytest.mark.parametrize(
    "text", ["[" * 100_000, "{a: " * 100_000, "- " * 100_000, "a: " + "[" * 100_000 + "]" * 100_000]
)
def test_deep_nesting_is_refused_at_once(desk: Desk, text: str) -> None:
    began = time.perf_counter()
    assert "deep in each other" in desk.fault(text.encode()).message
    assert time.perf_counter() - began < 2


def test_a_deep_indentation_is_refused(desk: Desk) -> None:
    text = "".join(f"{' ' * depth}a:\n" for depth in range(300))
    assert "deep in each other" in desk.fault(text.encode()).message


def test_a_bomb_of_aliases_is_refused(desk: Desk) -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    assert any("aliases" in fault.message for fault in desk.faults("\n".join(lines).encode()))


def test_a_large_file_is_refused_before_it_is_read(desk: Desk) -> None:
    path = desk.folder / "large.yaml"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    began = time.perf_counter()
    with pytest.raises(InputError, match="larger than 1 MB"):
        desk.open(path)
    assert time.perf_counter() - began < 1


def test_a_file_of_many_keys_is_refused_in_reasonable_time(desk: Desk) -> None:
    began = time.perf_counter()
    faults = desk.faults("".join(f"key{n}: {n}\n" for n in range(50_000)).encode())
    assert (len(faults), faults[-1].message) == (501, "and 49501 more faults")
    assert time.perf_counter() - began < 20


def test_a_folder_and_a_missing_file_are_named(desk: Desk) -> None:
    with pytest.raises(InputError, match="is a folder"):
        desk.open(desk.folder)
    desk.write(PERIOD, "christmas.yaml")
    with pytest.raises(InputError, match=r"there is no such file; did you mean .*christmas\.yaml"):
        desk.open(desk.folder / "chrismas.yaml")
    with pytest.raises(InputError, match="there is no folder"):
        desk.open(desk.folder / "none" / "a.yaml")
    with pytest.raises(InputError, match="there is no such file"):
        desk.open(Path("a\x00b.yaml"))


def test_the_place_of_a_byte_that_is_not_utf8(desk: Desk) -> None:
    fault = desk.fault(b"title: x\nnote: \xc3\xa6\xf8\n")
    assert (fault.line, fault.column) == (2, 8)
