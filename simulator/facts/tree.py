"""YAML read as text with places: every scalar keeps file, line and column, and no type is guessed.

YAML's own typing reads `1.000` as one, `12:30` as 750 and `no` as false. Here a scalar stays
text, and the field that it is for decides. Anchors, aliases, tags, several documents, deep
nesting and large files are refused before they can do harm.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from simulator.errors import Fault, InputError
from simulator.facts.files import text_of_file

DEEPEST_NESTING = 40
MOST_FAULTS = 500
COMMAND_LINE = "command line"
SHORT = 4_000
"""Letters of a text whose tree is kept; those of the facts are large and read once."""

_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
SPACES = str.maketrans(dict.fromkeys("\u00a0\u2007\u2009\u202f\t", " "))
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff\ufffe\uffff]"
)
_NUMBER_BEFORE_COMMA = re.compile(r"[-+\u2212]?[0-9][0-9.]*")
_CODES = re.compile(r"[1-9]\d\d,[1-9]\d\d")  # two municipality codes
_NUMBER_AFTER_COMMA = re.compile(r"[0-9]+\s*(%|pct\.?)?")

_PROBLEMS = (
    ("mapping values are not allowed", "a colon and a space stand inside a value, or the indentation does not fit; "
     "put the value in quotes, or line the key up with its neighbours"),
    ("cannot start any token", "a value cannot begin with this character; put the value in quotes"),
    ("could not find expected ':'", "a key without a colon; write `key: value`"),
    ("did not find expected key", "the indentation does not fit the lines above; line the keys up"),
    ("expected <block end>", "the indentation does not fit the lines above; line the keys up"),
    ("did not find expected '-' indicator", "the indentation of the list does not fit; line the dashes up"),
    ("',' or ']'", "the list that begins with [ is not closed; allowed: [a, b, c]"),
    ("',' or '}'", "the table that begins with { is not closed; allowed: {key: value, key: value}"),
    ("expected node content", "a value is missing, or a comma, bracket or line break stands where none belongs"),
    ("expected <document start>", "this line does not belong to what stands above it; line the keys up"),
    ("found unexpected ':'", "a colon stands inside a value; put the value in quotes"),
    ("expected comment or line break", "after | or > nothing more may stand on the line"),
    ("while scanning an alias", "a value cannot begin with *; put it in quotes"),
    ("while scanning an anchor", "a value cannot begin with &; put it in quotes"),
    ("while scanning a directive", "a line cannot begin with %; put the value in quotes"),
    ("quoted scalar", "a quotation mark is opened and never closed; close it on the same line"),
    ("sequence entries are not allowed", "a list may not begin here; put the dash on a line of its own below the key"),
    ("found undefined tag handle", "tags (`!...`) are not allowed; write the plain value"),
    ("tag", "tags (`!...`) are not allowed; write the plain value"),
)  # fmt: skip


@dataclass(frozen=True)
class Place:
    """Where something is written: file or "command line", line and column from 1 (0 for none)."""

    where: str
    line: int = 0
    column: int = 0


@dataclass(frozen=True)
class Scalar:
    """One piece of text; `quoted` where it stood in quotes."""

    text: str
    place: Place
    quoted: bool = False

    @property
    def empty(self) -> bool:
        """Whether nothing is written, or `null`."""
        return not self.quoted and self.text in {"", "~", "null"}


@dataclass(frozen=True)
class Listing:
    """A list of nodes."""

    items: tuple[Node, ...]
    place: Place


@dataclass(frozen=True)
class Table:
    """Keys with their nodes and the places of the keys, in the order of the file."""

    entries: dict[str, Node]
    places: dict[str, Place]
    place: Place


Node = Scalar | Listing | Table


@dataclass
class Faults:
    """Collects faults, so that all of a file are told at once; beyond `MOST_FAULTS` only their number is."""

    found: dict[Fault, None] = field(default_factory=dict)
    count: int = 0
    settled: set[Place] = field(default_factory=set)

    def add(self, place: Place, path: str, message: str) -> None:
        """Note one fault; the same fault twice is told once, and none where the place is settled."""
        if place in self.settled:
            return
        self.count += 1
        self.found[Fault(place.where, place.line, place.column, path, message)] = None

    def take(self, other: InputError) -> None:
        """Note the faults of an error that was caught."""
        for fault in other.faults:
            self.add(Place(fault.where, fault.line, fault.column), fault.path, fault.message)

    def take_over(self, other: Faults) -> None:
        """Note all faults of a text that could still be read to its end, and what they settle."""
        self.take(InputError(tuple(other.found)))
        self.settled |= other.settled

    @property
    def many(self) -> bool:
        """Whether there are so many that looking for near words is a waste of time."""
        return self.count > 100

    def stop_if_any(self) -> None:
        """Raise all faults, in order of place; files in the order in which they were met.

        Raises:
            InputError: If there is a fault.
        """
        if not self.found:
            return
        order: dict[str, int] = {}
        for fault in self.found:
            order.setdefault(fault.where, len(order))
        told = sorted(self.found, key=lambda one: (order[one.where], one.line, one.column, one.path))
        if len(told) > MOST_FAULTS:
            told[MOST_FAULTS:] = [Fault(told[-1].where, 0, 0, "", f"and {len(told) - MOST_FAULTS} more faults")]
        raise InputError(told)


def read_file(path: Path, where: str | None = None, later: Faults | None = None) -> Table:
    """Return the tree of a YAML file whose top is a table.

    Args:
        path: The file.
        where: How faults name the file; its path by default.
        later: See `read_text`.

    Raises:
        InputError: If the file cannot be read or is not acceptable YAML.
    """
    name = where or str(path)
    node = read_text(text_of_file(path, name), name, later)
    if isinstance(node, Table):
        return node
    place = node.place if node else Place(name)
    said = "a list" if isinstance(node, Listing) else "a single value" if node else "nothing"
    message = f"holds {said} at its top; allowed: keys with values, such as `name: my-scenario`"
    raise InputError([Fault(name, place.line, place.column, "", message)])


def read_text(text: str, where: str, later: Faults | None = None) -> Node | None:
    """Return the tree of a YAML text, or None where nothing is written.

    Args:
        text: The text.
        where: Name of the file, or "command line".
        later: Takes the faults of a text that can still be read to its end, so that they are told with those of its
            fields; without it they are raised.

    Raises:
        InputError: If the text is not acceptable YAML; with all faults found.
    """
    top, whole, faults = (_known if len(text) <= SHORT else _read)(text, where)
    if later is not None and whole:
        later.take_over(faults)
    else:
        faults.stop_if_any()
    return top


def _read(text: str, where: str) -> tuple[Node | None, bool, Faults]:
    """Return the tree, whether it was read to its end, and its faults."""
    faults = Faults()
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    _refuse_unseen(text, where, faults)
    if faults.found:
        return None, False, faults
    text = text.translate(SPACES)
    builder = _Builder(where, faults)
    whole = False
    try:
        whole = all(builder.take(event) for event in yaml.parse(text, Loader=_LOADER))
    except yaml.MarkedYAMLError as wrong:
        mark = wrong.problem_mark or wrong.context_mark
        problem = f"{wrong.problem or ''} ({wrong.context or ''})"
        faults.add(builder.at(mark), builder.path().rstrip("[]0123456789"), _in_plain_words(problem))
    except yaml.YAMLError as wrong:
        faults.add(Place(where), "", f"cannot be read as YAML: {wrong}")
    if where == COMMAND_LINE:
        faults.found = {Fault(where, 0, 0, one.path, one.message): None for one in faults.found}
    return builder.top, whole, faults


_known = lru_cache(maxsize=16)(_read)
"""Reads short texts once, which nobody changes: a scenario is asked again and again, by a bridge or a test."""


def walk(node: Node, path: str = "") -> Iterator[tuple[str, Node]]:
    """Yield every node with its dotted path, the top first; list items count from 1."""
    yield path, node
    if isinstance(node, Table):
        for key, child in node.entries.items():
            yield from walk(child, join(path, key))
    elif isinstance(node, Listing):
        for number, child in enumerate(node.items, start=1):
            yield from walk(child, f"{path}[{number}]")


def join(path: str, key: str) -> str:
    """Return the dotted path of a key under a path."""
    return f"{path}.{key}" if path else key


def _refuse_unseen(text: str, where: str, faults: Faults) -> None:
    command_line = where == COMMAND_LINE
    for number, line in enumerate(text.split("\n"), start=1):
        found = _UNSEEN.search(line)
        if found:
            place = Place(where) if command_line else Place(where, number, found.start() + 1)
            faults.add(place, "", f"holds a character that cannot be seen (U+{ord(found[0]):04X}); delete it")
        indent = line[: len(line) - len(line.lstrip(" \t"))]
        if "\t" in indent and not line.isspace():
            place = Place(where) if command_line else Place(where, number, indent.index("\t") + 1)
            faults.add(place, "", "a tab stands in the indentation; allowed: spaces")
        if len(faults.found) >= 20:
            return


def _in_plain_words(problem: str) -> str:
    for sign, words in _PROBLEMS:
        if sign in problem:
            return words
    return f"cannot be read as YAML: {problem}"


@dataclass
class _Open:
    """A table or list that is being read."""

    place: Place
    table: bool
    flow: bool
    entries: dict[str, Node] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    items: list[Node] = field(default_factory=list)
    key: str | None = None

    def close(self) -> Node:
        if self.table:
            return Table(self.entries, self.places, self.place)
        return Listing(tuple(self.items), self.place)


class _Builder:
    """Builds the tree from the parser's events, without recursion."""

    def __init__(self, where: str, faults: Faults) -> None:
        self.where = where
        self.faults = faults
        self.top: Node | None = None
        self.documents = 0
        self.stack: list[_Open] = []
        self.last_plain: tuple[str, Place, str] | None = None
        self.unnamed = 0

    def at(self, mark: Any) -> Place:
        if mark is None or self.where == COMMAND_LINE:
            return Place(self.where)
        return Place(self.where, mark.line + 1, mark.column + 1)

    def path(self) -> str:
        path = ""
        for level in self.stack:
            if not level.table:
                path += f"[{len(level.items) + 1}]"
            elif level.key is not None:
                path = join(path, level.key)
        return path

    def take(self, event: Any) -> bool:
        """Take one event; False where reading must stop."""
        if isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                self.faults.add(self.at(event.start_mark), "", "a second document begins (`---`); allowed: one a file")
                return False
        elif isinstance(event, yaml.NodeEvent):
            return self._take_node(event)
        elif isinstance(event, yaml.CollectionEndEvent):
            self._put(self.stack.pop().close())
            self.last_plain = None
        return True

    def _take_node(self, event: Any) -> bool:
        place = self.at(event.start_mark)
        self._refuse_labels(event, place)
        if isinstance(event, yaml.CollectionStartEvent):
            if len(self.stack) >= DEEPEST_NESTING:
                message = f"tables and lists lie more than {DEEPEST_NESTING} deep in each other"
                self.faults.add(place, "", message)
                return False
            self.last_plain = None
            self.stack.append(_Open(place, isinstance(event, yaml.MappingStartEvent), bool(event.flow_style)))
            return True
        text = event.value if isinstance(event, yaml.ScalarEvent) else ""
        plain = isinstance(event, yaml.ScalarEvent) and event.style in {None, ""}
        if not plain and _UNSEEN.search(text):
            self.faults.add(place, self.path(), "a character that cannot be seen is not allowed; delete it")
        self._look_for_decimal_comma(text, plain, event)
        self._put(Scalar(text.strip() if plain else text, place, not plain))
        return True

    def _refuse_labels(self, event: Any, place: Place) -> None:
        if isinstance(event, yaml.AliasEvent):
            self.faults.add(place, self.path(), f"aliases (`*{event.anchor}`) are not allowed; write the value out")
        elif event.anchor is not None:
            self.faults.add(place, self.path(), f"anchors (`&{event.anchor}`) are not allowed; write the value out")
        if getattr(event, "tag", None) is not None:
            self.faults.add(place, self.path(), f"tags (`{event.tag}`) are not allowed; write the plain value")

    def _look_for_decimal_comma(self, text: str, plain: bool, event: Any) -> None:
        in_flow = bool(self.stack) and self.stack[-1].flow
        start, end = event.start_mark, event.end_mark
        before = self.last_plain
        here = Place(self.where, start.line, start.column)
        listed = before is not None and _CODES.fullmatch(f"{before[0]},{text}")
        if plain and in_flow and before and not listed and before[1] == here and _NUMBER_AFTER_COMMA.fullmatch(text):
            message = (
                f"`{before[0]},{text}` has a comma right before a digit inside [ ] or {{ }}; "
                f"write {before[0]}.{text} for a decimal, or `{before[0]}, {text}` for two entries"
            )
            place = Place(self.where) if self.where == COMMAND_LINE else Place(self.where, start.line + 1, start.column)
            self.faults.add(place, before[2], message)
            self.faults.settled.add(Place(self.where, start.line + 1, start.column + 1))
        if plain and in_flow and _NUMBER_BEFORE_COMMA.fullmatch(text):
            self.last_plain = (text, Place(self.where, end.line, end.column + 1), self.path())
        else:
            self.last_plain = None

    def _put(self, node: Node) -> None:
        if not self.stack:
            self.top = None if isinstance(node, Scalar) and node.empty else node
            return
        level = self.stack[-1]
        if not level.table:
            level.items.append(node)
        elif level.key is None:
            level.key = self._key(node, level)
            level.places.setdefault(level.key, node.place)
        else:
            level.entries.setdefault(level.key, node)
            level.key = None

    def _key(self, node: Node, level: _Open) -> str:
        if not isinstance(node, Scalar) or node.empty:
            self.faults.add(node.place, self.path(), "a key must be a word; allowed: `key: value`")
            self.unnamed += 1
            return f"?{self.unnamed}"
        if node.text == "<<":
            self.faults.add(node.place, self.path(), "merge keys (`<<`) are not allowed; use `extends:`")
        if node.text in level.places:
            first = level.places[node.text].line
            said = f"; the first is in line {first}" if first else ""
            self.faults.add(node.place, join(self.path(), node.text), f"is written twice{said}; keep one")
        return node.text
