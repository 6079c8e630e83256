"""Reads the structure of a scenario: the schema's field decides what a text means."""

from __future__ import annotations

import re
import types
from datetime import date
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from simulator.facts.spelling import allowed, day, decimal, did_you_mean, tidy, truth, whole
from simulator.facts.tree import Faults, Listing, Node, Scalar, Table, join
from simulator.scenario.names import Names
from simulator.scenario.plausible import check_section
from simulator.scenario.section import Word


class UnfitError(ValueError):
    """A text is not what the field wants, or its parts were faulted already (empty message)."""


def fields_of(model: type[BaseModel]) -> dict[str, FieldInfo]:
    """Return the fields of a section under the names that a scenario uses (`from`, not `from_`)."""
    return {info.alias or name: info for name, info in model.model_fields.items()}


def section_of(info: FieldInfo) -> type[BaseModel] | None:
    """Return the model of a field that is a section, else None."""
    wanted = info.annotation
    return wanted if isinstance(wanted, type) and issubclass(wanted, BaseModel) else None


class Reader:
    """Turns nodes into plain typed data, noting every fault."""

    def __init__(self, names: Names, faults: Faults) -> None:
        self.names = names
        self.faults = faults

    def section(self, model: type[BaseModel], node: Node, path: str) -> dict[str, Any]:
        """Return the keys that a table gives for a model, typed and normalised.

        Unknown keys, wrong values, missing keys and fields that contradict each other are noted.
        """
        if isinstance(node, Scalar) and node.empty:
            node = Table({}, {}, node.place)
        if not isinstance(node, Table):
            self.faults.add(node.place, path, f"must be a table; {allowed(fields_of(model), 20)}")
            return {}
        before = self.faults.count
        fields = fields_of(model)
        data = self._known_keys(fields, node, path)
        for key, info in fields.items():
            if info.is_required() and key not in node.entries:
                self.faults.add(node.place, join(path, key), "is missing; it has no default")
        if self.faults.count == before:
            check_section(model, data, node, path, self.faults)
        return data

    def _known_keys(self, fields: dict[str, FieldInfo], node: Table, path: str) -> dict[str, Any]:
        data: dict[str, Any] = {}
        for key, child in node.entries.items():
            below = join(path, key)
            if key not in fields:
                message = f"unknown key; {allowed(fields, 20)}{did_you_mean(key, fields)}"
                self.faults.add(node.places[key], below, message)
                continue
            try:
                data[key] = self._field(fields[key], child, below)
            except UnfitError as wrong:
                self._note(child, below, wrong)
        return data

    def _note(self, node: Node, path: str, wrong: UnfitError) -> None:
        if str(wrong):
            self.faults.add(node.place, path, str(wrong))

    def _field(self, info: FieldInfo, node: Node, path: str) -> Any:
        # A field's own Annotated is unpacked by pydantic: its marks stand in the metadata.
        value = self._typed(info.annotation, tuple(info.metadata), node, path)
        for mark in info.metadata:
            _check_bounds(mark, value)
        return value

    def _typed(self, wanted: Any, marks: tuple[Any, ...], node: Node, path: str) -> Any:
        origin, arguments = get_origin(wanted), get_args(wanted)
        if origin is Annotated:
            return self._typed(arguments[0], arguments[1:], node, path)
        if origin in {Union, types.UnionType}:
            if isinstance(node, Scalar) and node.empty:
                return None
            return self._typed(next(one for one in arguments if one is not type(None)), marks, node, path)
        if origin is tuple:
            return self._list(arguments[0], node, path)
        if origin is dict:
            return self._dict(arguments, node, path)
        if isinstance(wanted, type) and issubclass(wanted, BaseModel):
            return self.section(wanted, node, path)
        return self._scalar(wanted, marks, node)

    def _list(self, wanted: Any, node: Node, path: str) -> list[Any]:
        word = next((mark for mark in get_args(wanted) if isinstance(mark, Word)), None)
        found: list[Any] = []
        for number, item in enumerate(_items(node, word), start=1):
            below = f"{path}[{number}]" if isinstance(node, Listing) else path
            if word and word.kind == "places" and isinstance(item, Scalar) and self.names.region(item.text):
                found += [code for code in self.names.region(item.text) if code not in found]
                continue
            try:
                value = self._typed(wanted, (), item, below)
            except UnfitError as wrong:
                self._note(item, below, wrong)
                continue
            if not word or value not in found:
                found.append(value)
        return found

    def _dict(self, arguments: tuple[Any, ...], node: Node, path: str) -> dict[str, Any]:
        if isinstance(node, Scalar) and node.empty:
            return {}
        if not isinstance(node, Table):
            raise UnfitError("must be a table; allowed: {key: value}")
        found: dict[str, Any] = {}
        for key, child in node.entries.items():
            below = join(path, key)
            try:
                named = self._typed(arguments[0], (), Scalar(key, node.places[key]), below)
            except UnfitError as wrong:
                self.faults.add(node.places[key], below, str(wrong))
                continue
            try:
                found[named] = self._typed(arguments[1], (), child, below)
            except UnfitError as wrong:
                self._note(child, below, wrong)
        return found

    def _scalar(self, wanted: Any, marks: tuple[Any, ...], node: Node) -> Any:
        if not isinstance(node, Scalar):
            raise UnfitError(f"must be {_called(wanted)}, not a {'list' if isinstance(node, Listing) else 'table'}")
        if wanted is str:
            return self._text(marks, node)
        if node.empty:
            raise UnfitError(f"has no value; allowed: {_called(wanted)}")
        if get_origin(wanted) is Literal:
            return _choice(tidy(node.text), get_args(wanted))
        try:
            return _READERS[wanted](node.text)
        except ValueError as wrong:
            raise UnfitError(str(wrong)) from wrong

    def _text(self, marks: tuple[Any, ...], node: Scalar) -> str:
        word = next((mark for mark in marks if isinstance(mark, Word)), None)
        if not word:
            return "" if node.empty else node.text.strip()
        if node.empty:
            raise UnfitError("has no value; allowed: one word")
        try:
            return self.names.resolve(word.kind, node.text)
        except ValueError as wrong:
            raise UnfitError(str(wrong)) from wrong


def _items(node: Node, word: Word | None) -> tuple[Node, ...]:
    """Return the entries of a list; one word alone is a list of one, `places: all` is empty."""
    if isinstance(node, Listing):
        return node.items
    if isinstance(node, Scalar) and node.empty:
        raise UnfitError("has no entry; write [] for an empty list")
    if isinstance(node, Table) or not word:
        raise UnfitError("must be a list; allowed: [a, b], or entries that begin with a dash")
    return () if word.kind == "places" and tidy(node.text).lower() in {"all", "alle"} else (node,)


_READERS: dict[Any, Any] = {bool: truth, int: whole, float: decimal, date: day}
_CALLED = {str: "a text", bool: "true or false", int: "a whole number", float: "a number", date: "a date"}


def _called(wanted: Any) -> str:
    return _CALLED.get(wanted, "one word")


def _choice(text: str, choices: tuple[str, ...]) -> str:
    if text in choices:
        return text
    raise UnfitError(f"`{text[:40]}` is not allowed; {allowed(choices)}{did_you_mean(text, choices)}")


def _check_bounds(mark: Any, value: Any) -> None:
    least, most, pattern = getattr(mark, "ge", None), getattr(mark, "le", None), getattr(mark, "pattern", None)
    if value is None:
        return
    if least is not None and value < least:
        raise UnfitError(f"must be at least {least}, but is {value:g}")
    if most is not None and value > most:
        hint = f"; did you mean {value:g} %?" if most == 1 and value <= 100 else ""
        raise UnfitError(f"must be at most {most}, but is {value:g}{hint}")
    if pattern is not None and not re.fullmatch(pattern, value):
        raise UnfitError(f"`{value[:70]}` is not a name; allowed: small letters a-z, digits and -, at most 64")
