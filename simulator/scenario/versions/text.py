"""Brings the text of a file to the present version: what is converted is written anew, all else stays to the letter.

Entries are found by the marks of the YAML parser and exchanged in the text, so order, comments and layout stay. At the
end the new text is read, and must say what the old one says after conversion.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from simulator.errors import InputError
from simulator.facts.tree import SPACES, Faults, Listing, Node, Scalar, Table, read_text
from simulator.scenario.versions.change import Change, Step, with_change
from simulator.scenario.versions.conversions import CONVERSIONS, Conversion
from simulator.scenario.versions.read import FIELD, KEY, Reading, in_present_version

_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_COMMENT = re.compile(r"\s#\s?(.*)$")
_NEEDS_QUOTES = re.compile(r"[\[\]{},:#&*!|>'\"%@`]|^[-? ]|^$")


LAYOUT = "is laid out in a way that cannot be converted line by line; write each of its keys on a line of its own"


@dataclass(frozen=True)
class Converted:
    """A file in the present version.

    Attributes:
        text: Its text.
        reading: How the old text was read: its version, and what was converted.
    """

    text: str
    reading: Reading


def converted_text(text: str, where: str, conversions: Sequence[Conversion] = CONVERSIONS) -> Converted:
    r"""Return the text of a file in the present version.

    Args:
        text: The text as it is, with `\\n` between its lines.
        where: Name of the file.
        conversions: What leads from each version to the next.

    Raises:
        InputError: It is no YAML that is read here, says no version that there is, or cannot be converted in its
            layout.
    """
    faults = Faults()
    tree = _table(text, where)
    reading = in_present_version(tree, where, faults, conversions)
    faults.stop_if_any()
    if reading.version == len(conversions):
        return Converted(text, reading)
    try:
        text = _with_version(_with_changes(text, tree, reading.changes), len(conversions))
        again = in_present_version(_table(text, where), where, faults, conversions)
    except (yaml.YAMLError, InputError) as wrong:
        raise InputError.one(LAYOUT, where) from wrong
    if again.version != len(conversions) or again.changes or not _same(again.tree, reading.tree):
        raise InputError.one(LAYOUT, where)
    return Converted(text, reading)


def _with_changes(text: str, tree: Node, changes: Sequence[Change]) -> str:
    for change in changes:
        text = _with_change(text, change, tree)
        tree = with_change(tree, change.path, change.into)
    return text


def _table(text: str, where: str) -> Table:
    node = read_text(text, where)
    if not isinstance(node, Table):
        raise InputError.one("holds no keys at its top; allowed: keys with values, such as `name: my-scenario`", where)
    return node


def _same(one: Node, other: Node) -> bool:
    """Return whether two trees say the same, wherever it stands."""
    match one, other:
        case Scalar(), Scalar():
            return one.text == other.text and one.empty == other.empty
        case Listing(), Listing():
            return len(one.items) == len(other.items) and all(map(_same, one.items, other.items))
        case Table(), Table():
            same_keys = list(one.entries) == list(other.entries)
            return same_keys and all(map(_same, one.entries.values(), other.entries.values()))
    return False


class _Text:
    """A text with the marks of its nodes, as positions in it."""

    def __init__(self, text: str) -> None:
        self.text = text
        starts = [0, *(found.end() for found in re.finditer("\n", text))]
        self.starts = starts
        self.top: Any = yaml.compose(text.translate(SPACES), Loader=_LOADER)

    def at(self, mark: Any) -> int:
        return int(self.starts[mark.line] + mark.column)

    def entry(self, path: Sequence[Step]) -> tuple[Any, int]:
        """Return the table that holds an entry, and the entry's number in it."""
        node = self.top
        for step in path[:-1]:
            node = node.value[step] if isinstance(step, int) else dict(_pairs(node))[step]
        return node, [key for key, _ in _pairs(node)].index(str(path[-1]))

    def end(self, node: Any) -> int:
        """Return where a node ends; a block ends with its last entry, before blanks and comments."""
        if isinstance(node, yaml.ScalarNode) or node.flow_style or not node.value:
            end = self.at(node.end_mark)
            block = isinstance(node, yaml.ScalarNode) and node.style in ("|", ">")
            return len(self.text[:end].rstrip("\n")) if block else end
        last = node.value[-1]
        return self.end(last[1] if isinstance(node, yaml.MappingNode) else last)

    def exchanged(self, start: int, end: int, new: str) -> str:
        return self.text[:start] + new + self.text[end:]


def _pairs(node: Any) -> list[tuple[str, Any]]:
    return [(key.value, value) for key, value in node.value]


def _with_change(text: str, change: Change, tree: Node) -> str:
    """Return a text in which an entry has become other entries."""
    marked = _Text(text)
    table, number = marked.entry(change.path)
    key, value = table.value[number]
    start, end = marked.at(key.start_mark), max(marked.end(value), text.index(":", marked.at(key.end_mark)) + 1)
    if not change.into:
        return _without(marked, table, number, (start, end))
    if len(change.into) == 1 and change.into[0][1] is _node_at(tree, change.path):
        return marked.exchanged(start, marked.at(key.end_mark), change.into[0][0])
    entries = [f"{name}: {_spelled(node)}" for name, node in change.into]
    if table.flow_style:
        return marked.exchanged(start, end, ", ".join(entries))
    comments = [found[1] for line in text[start:end].split("\n")[:-1] if (found := _COMMENT.search(line))]
    entries[0] += f"  # {'; '.join(comments)}" if comments else ""
    return marked.exchanged(start, end, f"\n{' ' * key.start_mark.column}".join(entries))


def _without(marked: _Text, table: Any, number: int, span: tuple[int, int]) -> str:
    """Return a text without an entry; with a block go its lines and the comment behind it."""
    start, end = span
    if len(table.value) == 1:
        return marked.exchanged(start, end, "" if table.flow_style else "{}")
    if number + 1 < len(table.value):
        following = marked.at(table.value[number + 1][0].start_mark)
        line = marked.text.find("\n", end) + 1
        # The comments above the next entry are that one's, where this one has lines of its own.
        own_lines = not table.flow_style and not marked.text[marked.text.rfind("\n", 0, start) + 1 : start].strip()
        if own_lines:
            return marked.exchanged(marked.text.rfind("\n", 0, start) + 1, line, "")
        return marked.exchanged(start, following, "")
    before = marked.end(table.value[number - 1][1])
    if table.flow_style:
        return marked.exchanged(before, end, "")
    newline = marked.text.find("\n", end)
    return marked.exchanged(
        marked.text.rfind("\n", 0, start) + 1, newline + 1 if newline >= 0 else len(marked.text), ""
    )


def _node_at(node: Node, path: Sequence[Step]) -> Node:
    for step in path:
        node = node.items[step] if isinstance(node, Listing) else node.entries[step]  # type: ignore[index,union-attr]
    return node


def _spelled(node: Node) -> str:
    """Return a single text as it is written in YAML."""
    assert isinstance(node, Scalar), "an entry becomes single texts, or itself under another key"
    return json.dumps(node.text, ensure_ascii=False) if node.quoted or _NEEDS_QUOTES.search(node.text) else node.text


def _with_version(text: str, version: int) -> str:
    """Return a text that says a version: in its section, or before its first key."""
    marked = _Text(text)
    key, section = next((pair for pair in marked.top.value if pair[0].value == KEY), (None, None))
    if key is None:
        return _before_all(marked, marked.top, f"{KEY}: {version}")
    if isinstance(section, yaml.ScalarNode):
        colon = text.index(":", marked.at(key.end_mark)) + 1
        return marked.exchanged(colon, marked.at(section.end_mark) if section.value else colon, f" {version}")
    said = dict(_pairs(section)).get(FIELD)
    if said is not None:
        return marked.exchanged(marked.at(said.start_mark), marked.at(said.end_mark), str(version))
    return _before_all(marked, section, f"{FIELD}: {version}")


def _before_all(marked: _Text, table: Any, entry: str) -> str:
    """Return a text with an entry before the others of a table."""
    if table.flow_style:
        start = marked.at(table.start_mark) + 1
        return marked.exchanged(start, start, f"{entry}, " if table.value else entry)
    first = table.value[0][0].start_mark
    start = marked.at(first)
    return marked.exchanged(start, start, f"{entry}\n{' ' * first.column}")
