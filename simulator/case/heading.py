"""The head of a case: question, asker, file number, deadline, and who answers for what."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time
from pathlib import Path

from simulator.errors import Fault, InputError
from simulator.facts.spelling import allowed, day, did_you_mean
from simulator.facts.tree import Faults, Node, Place, Scalar, Table, read_file

SAYS = 1
"""Version of the files of a case that this program writes, and the highest that it reads."""
ROLES = ("commissioner", "analyst", "assurer", "approver")
"""Who orders the answer, who makes it, who checks it, and who clears it: the roles of the AQuA Book."""
TEXTS = ("question", "asker", "file_number", "deadline", "subject", "recipient", "scenario")
NEEDED = ("question", "asker", "file_number", "deadline")
FILE_NUMBER = re.compile(r"[^\W_][\w .:-]{0,63}")
CLOCK = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)")
LONGEST = {"question": 4000, "asker": 200, "recipient": 200, "subject": 64, "scenario": 1000}
END_OF_DAY = time(23, 59)


@dataclass(frozen=True)
class Heading:
    """The head of a case.

    Attributes:
        question: The question, as it was asked.
        asker: Who asks.
        file_number: Number in the journal of the ministry (j.nr.).
        deadline: When the answer is due, local time.
        subject: What cases are about that are held against each other.
        recipient: Whom the answer is sent to; the asker where it does not say.
        scenario: The scenario file, relative to the case.
        roles: Who has which role; nobody is named where it is left out.
    """

    question: str
    asker: str
    file_number: str
    deadline: datetime
    subject: str
    recipient: str = ""
    scenario: str = "scenario.yaml"
    roles: Mapping[str, str] = field(default_factory=dict)

    def content(self) -> dict[str, object]:
        """Return it as it stands in the journal."""
        return {**self.__dict__, "deadline": f"{self.deadline:%Y-%m-%d %H:%M}", "roles": dict(self.roles)}

    def to(self) -> str:
        """Return whom the answer is sent to."""
        return self.recipient or self.asker


def read_heading(path: Path) -> Heading:
    """Return the head of a case from its file.

    Raises:
        InputError: The file cannot be read, or something in it is wrong; with all faults.
    """
    faults = Faults()
    tree = read_file(path, None, faults)
    _refuse_version(tree, faults)
    known = ("saldo", "roles", *TEXTS)
    for key in tree.entries:
        if key not in known:
            faults.add(tree.places[key], key, f"is not known; {allowed(known)}{did_you_mean(key, known)}")
    texts = {key: _text(tree, key, faults) for key in TEXTS}
    for key in NEEDED:
        if not texts[key] and key not in tree.entries:
            faults.add(tree.place, key, "is missing")
    roles = _roles(tree.entries.get("roles"), faults)
    heading = _checked(texts, roles, {key: tree.places.get(key, tree.place) for key in TEXTS}, faults)
    faults.stop_if_any()
    assert heading is not None, "a heading without faults was made"
    return heading


def heading_of(texts: Mapping[str, str], roles: Mapping[str, str]) -> Heading:
    """Return the head of a new case from what was typed.

    Raises:
        InputError: Something is missing or wrong; with all faults, by option.
    """
    faults = Faults()
    places = {key: Place(f"--{key.replace('_', '-')}") for key in TEXTS}
    for key in NEEDED:
        if not texts.get(key, "").strip():
            faults.add(places[key], "", f"is missing; give --{key.replace('_', '-')} TEXT")
    heading = _checked({key: texts.get(key, "").strip() for key in TEXTS}, roles, places, faults)
    faults.stop_if_any()
    assert heading is not None, "a heading without faults was made"
    return heading


def heading_text(heading: Heading) -> str:
    """Return the head of a case as the text of its file."""
    lines = [
        "# The head of the case. Change it here; the next `saldo case answer` writes it into the documents.",
        f"saldo: {SAYS}",
        *(f"{key}: {_quoted(_written(getattr(heading, key)))}" for key in TEXTS if getattr(heading, key)),
        "roles:  # who orders the answer, makes it, checks it and clears it",
        *(f"  {role}: {_quoted(heading.roles.get(role, ''))}" for role in ROLES),
    ]
    return "\n".join(lines) + "\n"


def moment(text: str) -> datetime:
    """Return a deadline written as a day, or a day and a time, such as `2021-12-17 15:00`.

    Raises:
        ValueError: It is none.
    """
    written = " ".join(text.replace("T", " ").split())
    first, _, rest = written.partition(" ")
    rest = rest.removeprefix("kl. ").removeprefix("kl ")
    found = CLOCK.fullmatch(rest)
    if rest and not found:
        raise ValueError(f"`{rest[:20]}` is not a time; allowed: a day, or day and time, such as 2021-12-17 15:00")
    return datetime.combine(day(first), time(int(found[1]), int(found[2])) if found else END_OF_DAY)


def file_number_fault(text: str) -> str:
    """Return why a text cannot be a file number; empty where it can. Names of files are made of it."""
    if "/" in text or "\\" in text:
        return f"`{text[:60]}` holds a slash; files are named by it, so write - instead, such as 2021-4567"
    if ".." in text:
        return f"`{text[:60]}` holds `..`; allowed: letters, digits, space, - . : and _, such as 2021-4567"
    if not FILE_NUMBER.fullmatch(text) or text != text.strip():
        return f"`{text[:60]}` is not a file number; allowed: letters, digits, space, - . : and _, at most 64"
    return ""


def _checked(
    texts: Mapping[str, str], roles: Mapping[str, str], places: Mapping[str, Place], faults: Faults
) -> Heading | None:
    """Return a heading of texts that are what they are to be; None where one is not."""
    before = faults.count
    for key, most in LONGEST.items():
        if len(texts[key]) > most:
            faults.add(places[key], key, f"has {len(texts[key])} characters; allowed: at most {most}")
    fault = file_number_fault(texts["file_number"]) if texts["file_number"] else ""
    if fault:
        faults.add(places["file_number"], "file_number", fault)
    due = END_OF_DAY
    deadline = datetime.combine(datetime.min, due)
    if texts["deadline"]:
        try:
            deadline = moment(texts["deadline"])
        except ValueError as wrong:
            faults.add(places["deadline"], "deadline", str(wrong))
    for fault_of_roles in _clashes(roles):
        faults.add(places["question"], "roles", fault_of_roles)
    if faults.count > before or not all(texts[key] for key in NEEDED):
        return None
    fields = {key: texts[key] for key in ("question", "asker", "file_number", "recipient")}
    scenario = texts["scenario"] or "scenario.yaml"
    return Heading(deadline=deadline, subject=texts["subject"], scenario=scenario, roles={**roles}, **fields)


def _clashes(roles: Mapping[str, str]) -> Iterator[str]:
    """Yield which roles one person may not have together: nobody checks or clears work of their own."""
    analyst = roles.get("analyst", "").casefold()
    for role in ("assurer", "approver"):
        if analyst and roles.get(role, "").casefold() == analyst:
            yield f"{role} is the analyst too ({roles[role]}); a second person is needed"


def _roles(node: Node | None, faults: Faults) -> dict[str, str]:
    if node is None or (isinstance(node, Scalar) and node.empty):
        return {}
    if not isinstance(node, Table):
        faults.add(node.place, "roles", f"must be a table; {allowed(ROLES)}")
        return {}
    for key in node.entries:
        if key not in ROLES:
            faults.add(node.places[key], f"roles.{key}", f"is not a role; {allowed(ROLES)}{did_you_mean(key, ROLES)}")
    named = {role: _text(node, role, faults) for role in ROLES if role in node.entries}
    return {role: who for role, who in named.items() if who}


def _text(tree: Table, key: str, faults: Faults) -> str:
    node = tree.entries.get(key)
    if node is None:
        return ""
    if not isinstance(node, Scalar):
        faults.add(tree.places[key], key, "must be one text")
        return ""
    if node.empty and key in NEEDED:
        faults.add(tree.places[key], key, "is empty")
    return "" if node.empty else " ".join(node.text.split())


def _refuse_version(tree: Table, faults: Faults) -> None:
    """Refuse a file of a later version at once: what it says may mean something else."""
    node = tree.entries.get("saldo")
    place = tree.places.get("saldo", tree.place)
    text = node.text if isinstance(node, Scalar) else ""
    if node is None:
        faults.add(place, "saldo", f"is missing; a case says `saldo: {SAYS}`")
    elif not text.isdecimal() or int(text) < 1:
        faults.add(place, "saldo", f"must be the number of a version, from 1 to {SAYS}")
    elif int(text) > SAYS:
        message = f"the case was made by a later saldo ({text}); this one reads up to {SAYS}: install the newer one"
        raise InputError([Fault(place.where, place.line, place.column, "saldo", message)])


def _written(value: str | datetime) -> str:
    return f"{value:%Y-%m-%d %H:%M}" if isinstance(value, datetime) else value


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{" ".join(escaped.split())}"'
