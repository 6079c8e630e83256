"""No word of a document stands in code: sentences, abbreviations and marks of a language are data of its file."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

from tests.house.reading import PACKAGE, by_room, named, tree_of

REPORT = PACKAGE / "report"
CODE = [path for path in sorted(REPORT.rglob("*.py")) if path.parent.name != "trace"]
"""A trace speaks to the command line, in its English and with its units."""
LETTERS = re.compile(r"[æøåÆØÅ»«]")
ABBREVIATIONS = re.compile(r"\b(?:pct|mio|kr|ca|pl|nr|anm|jf|dvs|bl\.a|pr)\.(?!\w)", re.IGNORECASE)
WORDS = re.compile(
    r"\b(?:og|ikke|til|af|der|det|den|et|er|som|med|uden|efter|samtaler|samtale|uger|fra|ved|eller|kørsel|udkast)\b",
    re.IGNORECASE,
)
ALLOWED = {
    ("municipalities/geometry.py", "å"): "names of municipalities are compared in one spelling",
    ("waterfall.py", "kr."): "the unit of a record, which other rooms write",
    ("sensitivity/telling.py", "mio. kr."): "the unit of a record, which other rooms write",
}
"""File and string, with the reason why it stands there."""


def strings_of(tree: ast.Module) -> Iterator[str]:
    """Yield the strings of a file but for its docstrings and what describes an attribute."""
    described = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in described:
            yield node.value


def danish(text: str) -> bool:
    """Return whether a string holds a letter, an abbreviation or, between others, a word of Danish."""
    return bool(LETTERS.search(text) or ABBREVIATIONS.search(text) or (" " in text and WORDS.search(text)))


@pytest.mark.parametrize("room", by_room(CODE))
def test_no_danish_stands_in_the_code_of_documents(room: str) -> None:
    found = [
        f"{named(path)}: {text!r}; words stand in simulator/report/languages"
        for path in by_room(CODE)[room]
        for text in strings_of(tree_of(path))
        if danish(text) and (path.relative_to(REPORT).as_posix(), text) not in ALLOWED
    ]
    assert not found, "\n".join(found)


def test_what_is_allowed_is_there() -> None:
    for (short, text), reason in ALLOWED.items():
        assert reason and text in set(strings_of(tree_of(REPORT / short)))


def test_the_check_sees_danish() -> None:
    seen = ast.parse(
        '"""Dansk og godt."""\nprice = f"{one} mio. kr."\nname = "»{one}«"\nlist = "a og b"\nkey = "drift"'
    )
    assert sorted(text for text in strings_of(seen) if danish(text)) == [" mio. kr.", "a og b", "»{one}«"]
