"""Writes a register, or brings one up to date: what people wrote stays as they wrote it.

The file is continued line by line. New values are added at its end, the number of an entry that nobody has signed
follows the scenario, and what the scenario no longer uses moves to the list `retired` with the day on which it did.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import yaml

from simulator.facts.standing import NOTHING, Standing, grades
from simulator.scenario.register import RETIRED, Entry, Register, without_arm
from simulator.scenario.versions import PRESENT
from simulator.scenario.versions.read import KEY

HEAD = (
    "# Register of assumptions, kept up to date by `saldo sources SCENARIO --log --write FILE`. A scenario names it",
    "# with `register: FILE`. Fill in who answers for a value and until when it holds; who signs writes name and day.",
    "# A signature holds for the number beside it and for no other.",
    f"{KEY}: {PRESENT}",
)
_NUMBER_IN_BLOCK = re.compile(r"^(\s*value:)\s*([^#]*?)(\s*#.*)?$")
_NUMBER_IN_FLOW = re.compile(r"\bvalue:\s*([^,}#]*)")
_ITEM = re.compile(r"^( *)- ")
_HASH = re.compile(r"(?:^|\s)#")


@dataclass(frozen=True)
class Wanted:
    """A value that a register is to have.

    Attributes:
        key: Its key, with the arm before it where the arms differ.
        value: The number [unit].
        remark: Unit, range, kind and source, for who fills the entry in.
        grade: The step of evidence that holds where none is given, in words.
        standing: What facts or scenario say of it.
    """

    key: str
    value: float
    remark: str
    grade: str
    standing: Standing = NOTHING


@dataclass(frozen=True)
class Written:
    """What became of a register: its text, and the keys that were added, retired, and given another number."""

    text: str
    added: tuple[str, ...]
    retired: tuple[str, ...]
    moved: tuple[str, ...]


def updated(text: str, register: Register, wanted: Sequence[Wanted], used: Iterable[str], today: date) -> Written:
    """Return the text of a register with all values that it is to have.

    Args:
        text: Its text as it is; empty for a new one.
        register: The same, as it was read.
        wanted: The values that it is to have, in their order.
        used: Keys of all values that are used, published ones too: their entries stay.
        today: Day on which what is no longer used is retired.
    """
    lines = text.splitlines() if text else list(HEAD)
    in_use = {*used, *(without_arm(key) for key in used)}
    gone = [entry for key, entry in register.entries.items() if key not in in_use]
    numbers = {one.key: one.value for one in wanted}
    moved = [entry for entry in register.entries.values() if _follows(entry, numbers)]
    for entry in moved:
        lines[entry.value_line - 1] = _with_number(lines[entry.value_line - 1], numbers[entry.key])
    new = [one for one in wanted if one.key not in register.entries and without_arm(one.key) not in register.entries]
    kept, retired = _parted(lines, register, gone, today)
    earlier = {entry.key: entry for entry in register.retired}
    fresh = [line for one in new for line in ("", *_fresh(one, earlier.get(one.key)))]
    told = "\n".join([*kept, *fresh, *(["", *retired] if retired else [])])
    keys = (tuple(one.key for one in some) for some in (new, gone, moved))
    return Written(f"{told}\n", *keys)


def _follows(entry: Entry, numbers: Mapping[str, float]) -> bool:
    """Return whether an entry that nobody has signed has another number than the scenario."""
    stands = entry.value_line and not entry.standing.signed_off_by and entry.key in numbers
    return bool(stands and entry.value != numbers[entry.key])


def _with_number(line: str, value: float) -> str:
    if _NUMBER_IN_BLOCK.match(line):
        return _NUMBER_IN_BLOCK.sub(lambda found: f"{found[1]} {plain(value)}{found[3] or ''}", line)
    return _NUMBER_IN_FLOW.sub(f"value: {plain(value)}", line, count=1)


def _parted(
    lines: Sequence[str], register: Register, gone: Sequence[Entry], today: date
) -> tuple[list[str], list[str]]:
    """Return the lines that stay where they are, and those of the list of what is retired."""
    taken: set[int] = set()
    items: list[str] = []
    block = _block(lines, register.retired_lines) if register.retired_lines[0] else range(0)
    told = [lines[number - 1] for number in block[1:]]
    dash = next((found[1] for found in map(_ITEM.match, told) if found), None)
    if dash is None:
        told, dash = [line for entry in register.retired for line in _retired_item(entry, ())], "  "
    taken |= set(block)
    for entry in gone:
        block = _block(lines, entry.lines)
        taken |= set(block)
        items += [f"{dash}{line[2:]}" for line in _retired_item(entry, _comments(lines, block), today.isoformat())]
    kept = [line for number, line in enumerate(lines, start=1) if number not in taken]
    while kept and not kept[-1].strip():
        kept.pop()
    return kept, [f"{RETIRED}:", *told, *items] if told or items else []


def _block(lines: Sequence[str], ends: tuple[int, int]) -> range:
    """Return the lines of an entry; comments above the next one are that one's."""
    last = ends[1] or len(lines)
    while ends[1] and last > ends[0] and (not lines[last - 1].strip() or lines[last - 1].startswith("#")):
        last -= 1
    return range(ends[0], last + 1)


def _comments(lines: Sequence[str], block: range) -> list[str]:
    found = (_comment(lines[number - 1]) for number in block)
    return [one for one in found if one]


def _comment(line: str) -> str:
    """Return the comment of a line; a hash in quotes begins none."""
    for found in _HASH.finditer(line):
        before = line[: found.end() - 1]
        if not any(before.count(quote) % 2 for quote in "\"'"):
            return line[found.end() - 1 :]
    return ""


def _retired_item(entry: Entry, comments: Sequence[str], day: str = "") -> Iterator[str]:
    yield f"  - key: {entry.key}"
    yield f"    retired_on: {entry.retired_on or day}"
    yield from (f"    {line}" for line in _fields(entry.standing, entry.value) if not line.endswith(":"))
    yield from (f"    {comment}" for comment in comments)


def _fresh(one: Wanted, earlier: Entry | None) -> Iterator[str]:
    """Yield a new entry; one that was retired before comes back with what people wrote then."""
    yield f"{one.key}:"
    standing = one.standing if earlier is None else earlier.standing
    signed = earlier is not None and standing.signed_off_by and earlier.value is not None
    value = earlier.value if earlier is not None and signed else one.value
    for line in _fields(standing, value):
        remark = {"grade:": f"  # {one.grade} by rule", "value:": f"  # {one.remark}"}
        yield f"  {line}{remark.get(line.partition(' ')[0] if line.startswith('value') else line, '')}"


def _fields(standing: Standing, value: float | None) -> Iterator[str]:
    """Yield the lines of an entry, those that nobody filled in too."""
    grade = next((step.name for step in grades() if step.number == standing.grade), "")
    texts = {
        "owner": standing.owner,
        "grade": grade,
        "expiry": standing.expiry,
        "signed_off_by": standing.signed_off_by,
        "signed_off_on": standing.signed_off_on,
        "value": "" if value is None else plain(value),
        "note": standing.note,
    }
    for name, written in texts.items():
        told = written if name in ("expiry", "signed_off_on", "value") else _quoted(written)
        yield f"{name}: {told}" if written else f"{name}:"


def _quoted(text: str) -> str:
    """Return a text as YAML reads it back, in quotes where it needs them."""
    dumped: str = yaml.safe_dump(text, allow_unicode=True, width=10_000)
    return dumped.removesuffix("\n").removesuffix("...").strip()


def plain(number: float) -> str:
    """Return a number that the entrance reads in one way only, with all its digits."""
    text = repr(number)
    whole, point, decimals = text.partition(".")
    if decimals == "0":
        return whole
    return f"{text}0" if point and len(decimals) == 3 and len(whole.lstrip("-")) <= 3 else text
