"""What a user has changed between two runs: one assumption a row, named as a scenario names it, before and after."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

from simulator.bridge.blocks import BLOCKS, ENGINE, block_of, is_value, pieces
from simulator.bridge.ends import LAID_ON_TOP, Change, End, changes_of
from simulator.facts.read import table
from simulator.scenario.model import ARMS
from simulator.scenario.values import FACTS_LAYER

Said: TypeAlias = float | str | None
"""A number where it is one, else a short text; None where nothing is said."""

UNTOLD = ("run", "uncertainty", ENGINE)
"""How often and by which luck a scenario is run, and how values hang together when drawn: no assumption of a mean."""
PERIOD, KNOWN, PLACES = "period", "known_as_of", "places"
RULES = "rules"
LONGEST = 90
"""Letters of a short text."""
FEW = 3
"""Entries of a list of places that are named."""


@dataclass(frozen=True)
class Assumption:
    """An assumption that two runs have in different states.

    Attributes:
        key: Its key as a user names it: a value, a table that one number sets, the period, the rules of an arm.
        unit: Unit of before and after; empty where they are texts.
        before: What the old run says.
        after: What the new run says.
        block: The block of the bridge that it belongs to.
        keys: Keys of the pieces that it is made of.
    """

    key: str
    unit: str
    before: Said
    after: Said
    block: str
    keys: tuple[str, ...]


def assumptions_of(old: End, new: End) -> tuple[Assumption, ...]:
    """Return what was changed, in the order of the blocks of the bridge and then of the keys.

    Seed, replications and engine are no assumptions; nor is what only names something, or draws it.
    """
    changes = [one for those in changes_of(old, new).values() for one in those if _is_told(one)]
    dated = any(change.key == KNOWN for change in changes)
    together: dict[str, list[Change]] = {}
    for change in changes:
        of_facts = dated and all(_layer(end, change.key) in ("", FACTS_LAYER) for end in (old, new))
        name = KNOWN if of_facts and _is_number(change.key, (old, new)) else _name(change.key, (old, new))
        together.setdefault(name, []).append(change)
    found = [_assumption(name, those, (old, new)) for name, those in together.items()]
    return tuple(sorted(found, key=lambda one: (BLOCKS.index(one.block), one.key)))


def _is_told(change: Change) -> bool:
    if change.key == PLACES:
        return set(change.old or ()) != set(change.new or ())
    return change.key.split(".")[0] not in UNTOLD


def exchanged_keys(old: End, new: End, keys: Iterable[str], shipped: Mapping[str, Any]) -> dict[str, Any]:
    """Return the old run's scenario with what the new run says under some keys, as nested data without names.

    Correlations are left out: they say how values are drawn, and decide no mean.

    Args:
        old: The old end.
        new: The new end.
        keys: Keys of the changes that are exchanged.
        shipped: What a scenario that says nothing would say by key; it is left out.
    """
    moved = frozenset(keys)
    tree: dict[str, Any] = {}
    for end, wanted in ((old, False), (new, True)):
        for key, content in end.pieces.items():
            section = key.split(".")[0]
            taken = _covered(key, moved) == wanted and block_of(key) in BLOCKS and section != "uncertainty"
            if (taken and shipped.get(key) != content) or (end is new and section == "published"):
                _put(tree, key.split("."), content)
    return tree


def _covered(key: str, moved: frozenset[str]) -> bool:
    parts = key.split(".")
    return any(".".join(parts[:length]) in moved for length in range(1, len(parts) + 1))


def _put(tree: dict[str, Any], path: Sequence[str], content: Any) -> None:
    for part in path[:-1]:
        tree = tree.setdefault(part, {})
    tree[path[-1]] = content


def _parted(key: str) -> tuple[str, str]:
    """Return the arm of a key, empty where it is of both, and the key without it."""
    arm, _, own = key.partition(".")
    return (arm, own) if arm in ARMS else ("", key)


def _piece(end: End, key: str) -> Any:
    """Return what an end says under a key; of an arm that says nothing of its own, what both arms say."""
    own = _parted(key)[1]
    return end.pieces.get(key, None if own in LAID_ON_TOP else end.pieces.get(own))


def _layer(end: End, key: str) -> str:
    content = end.pieces.get(key)
    return str(content["layer"]) if is_value(content) else ""


def _is_number(key: str, ends: tuple[End, End]) -> bool:
    return any(is_value(_piece(end, key)) for end in ends)


def _name(key: str, ends: tuple[End, End]) -> str:
    """Return the name under which a change is told together with others.

    What an arm says as both do, or as its scenario does, was said once: a setting of the command line is written out
    for the scenario and for either arm.
    """
    arm, own = _parted(key)
    if own.split(".")[0] == PERIOD:
        return PERIOD
    if arm and own not in LAID_ON_TOP and _pair(key, ends) in (_pair(own, ends), _pair(_other(arm, own), ends)):
        arm = ""
    if arm and block_of(key) == RULES:
        return f"{arm}.{RULES}"
    name = _table(key, ends) if _is_number(key, ends) else own
    return f"{arm}.{name}" if arm else name


def _pair(key: str, ends: tuple[End, End]) -> list[Any]:
    """Return what the two ends say under a key, numbers without their texts."""
    return [_said(end, key) for end in ends]


def _other(arm: str, own: str) -> str:
    return f"{ARMS[1 - ARMS.index(arm)]}.{own}"


def _table(key: str, ends: tuple[End, End]) -> str:
    """Return the table that one number set in a run and not, or not so, in the other; else the key of the value.

    A table whose one number stays was not set anew: then what changed is a narrower setting, of the old run or the new.
    """
    arm, own = _parted(key)
    for end in ends[::-1]:
        content = _piece(end, key)
        named = content.get("set_as") if is_value(content) else None
        if named:
            here, numbers = _one_number(end, arm, named), [_one_number(one, arm, named) for one in ends]
            if here is not None and numbers[0] != numbers[1]:
                return str(named)
    return own


def _one_number(end: End, arm: str, named: str) -> float | None:
    """Return the number that a table was set to as one; None where its values differ, or are set more narrowly."""
    numbers = {content["value"] for content in _below(end, f"{arm}.{named}" if arm else named).values()}
    return float(numbers.pop()) if len(numbers) == 1 else None


def _below(end: End, name: str) -> dict[str, Any]:
    """Return the values that were set by naming a table, by key."""
    return {
        key: content
        for key, content in end.pieces.items()
        if key.startswith(f"{name}.") and is_value(content) and content.get("set_as") == _parted(name)[1]
    }


def _set_by(name: str, ends: tuple[End, End]) -> list[str]:
    """Return the keys of all values that a table sets in a run, those that stay the same among them."""
    return [key for end in ends for key in _below(end, name)]


def _assumption(name: str, changes: list[Change], ends: tuple[End, End]) -> Assumption:
    keys = tuple(sorted(change.key for change in changes))
    if name in (KNOWN, PERIOD):
        tell, block = (_known, block_of(KNOWN)) if name == KNOWN else (_period, block_of(f"{PERIOD}.from"))
        return Assumption(name, "", tell(ends[0]), tell(ends[1]), block, keys)
    if all(_is_number(key, ends) for key in keys):
        table_keys = dict.fromkeys((*keys, *_set_by(name, ends)))
        before, after = (_number([_piece(end, key) for key in table_keys]) for end in ends)
        return Assumption(name, _unit(keys[0], ends), before, after, block_of(keys[0]), keys)
    of_arm = name in (f"{arm}.{RULES}" for arm in ARMS)
    return Assumption(", ".join(keys) if of_arm else name, "", *_texts(keys, ends), block_of(keys[0]), keys)


def _unit(key: str, ends: tuple[End, End]) -> str:
    found = [_piece(end, key) for end in ends[::-1]]
    return next(str(content.get("unit", "")) for content in found if is_value(content))


def _number(contents: Sequence[Any]) -> Said:
    """Return the number of all these values, or the lowest and the highest where they differ; none that is secret."""
    if any(is_value(content) and content.get("confidential") for content in contents):
        return None
    numbers = [float(content["value"]) for content in contents if is_value(content)]
    if not numbers:
        return None
    low, high = min(numbers), max(numbers)
    return low if low == high else f"{low:.6g}–{high:.6g}"


def _known(end: End) -> str | None:
    return _text(end.compared.get(KNOWN))


def _period(end: End) -> str:
    """Return the period as ISO 8601 writes an interval, which is read in every language."""
    said = end.compared
    permanent = " +" if said.get(f"{PERIOD}.permanent") else ""
    return f"{said[f'{PERIOD}.from']}/{said[f'{PERIOD}.to']}{permanent}"


def _texts(keys: Sequence[str], ends: tuple[End, End]) -> tuple[Said, Said]:
    """Return what the two ends say as short texts that differ, or as numbers."""
    every = [_pair(key, ends) for key in keys]
    pairs = [pair for at, pair in enumerate(every) if pair not in every[:at]]
    if len(pairs) == 1 and all(_is_plain_number(content) for content in pairs[0]):
        return float(pairs[0][0]), float(pairs[0][1])
    told = [tuple(map(_text, pair)) for pair in pairs]
    told = [_apart(*pair) if one == other else (one, other) for pair, (one, other) in zip(pairs, told, strict=True)]
    before, after = ([text for text in texts if text] for texts in zip(*told, strict=True))
    return _joined(before), _joined(after)


def _joined(texts: Sequence[str]) -> str | None:
    return _cut("; ".join(texts)) if texts else None


def _said(end: End, key: str) -> Any:
    own = _parted(key)[1]
    found = end.compared.get(key, None if own in LAID_ON_TOP else end.compared.get(own))
    return places_told(found) if own == PLACES else found


def places_told(codes: Sequence[str] | None) -> list[str] | None:
    """Return the names of some municipalities, of many the first and how many there are; None for the whole country."""
    if not codes:
        return None
    names = {str(row["municipality_code"]): str(row["name"]) for row in table("municipalities")}
    told = [names.get(str(code), str(code)) for code in codes]
    return told if len(told) <= FEW else [*told[:FEW], f"… ({len(told)})"]


def _is_plain_number(content: Any) -> bool:
    return isinstance(content, (int, float)) and not isinstance(content, bool)


def _text(content: Any) -> str | None:
    """Return what a piece says in short; of a list of rules their names."""
    if content is None or content == []:
        return None
    if isinstance(content, list):
        return _cut(", ".join(_entry(one) for one in content))
    if isinstance(content, bool):
        return str(content).lower()
    return _cut(f"{content:.6g}" if isinstance(content, float) else _plain(content))


def _entry(one: Any) -> str:
    return str(one.get("name") or one.get("rule") or _plain(one)) if isinstance(one, Mapping) else str(one)


def _plain(content: Any) -> str:
    if isinstance(content, date):
        return content.isoformat()
    return content if isinstance(content, str) else json.dumps(content, ensure_ascii=False, default=str)


def _apart(one: Any, other: Any) -> tuple[str | None, str | None]:
    """Return where two pieces with the same names say something else, entry by entry."""
    if not (isinstance(one, list) and isinstance(other, list) and len(one) == len(other)):
        return _cut(_plain(one)), _cut(_plain(other))
    told = [_fields(*pair) for pair in zip(one, other, strict=True) if pair[0] != pair[1]]
    before, after = zip(*told, strict=True)
    return _cut("; ".join(before)), _cut("; ".join(after))


def _fields(one: Any, other: Any) -> tuple[str, str]:
    if not (isinstance(one, Mapping) and isinstance(other, Mapping)):
        return _plain(one), _plain(other)
    left, right = (dict(pieces(entry)) for entry in (one, other))
    differ = [key for key in dict.fromkeys((*left, *right)) if left.get(key) != right.get(key)]
    told = [", ".join(f"{key} {_plain(entry.get(key))}" for key in differ) for entry in (left, right)]
    return f"{_entry(one)}: {told[0]}", f"{_entry(other)}: {told[1]}"


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1].rstrip()}…"
