"""What a case is, told by its journal: its versions with their statuses, and the settings in force."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from simulator.case.journal import Entry
from simulator.case.status import CLEARET, KONTROLREGNET, OVERSENDT, UDGAAET, UDKAST, Status
from simulator.errors import InputError


@dataclass(frozen=True)
class Figures:
    """The figure of a version.

    Attributes:
        mio_kr: Effect on the public balance [mio. kr.], minus is a loss.
        low: Lower end of its range [mio. kr.]; None where none was set.
        high: Upper end of the same.
        control_mio_kr: The control's figure [mio. kr.].
        converted: Conversations that change form; None where they are too few to be told.
        concept: Concept of the public balance.
        price_year: Year of the prices; None where it is not told.
        period: First and last day.
        run_id: Id of the run.
        engine: Engine of the run.
    """

    mio_kr: float
    low: float | None
    high: float | None
    control_mio_kr: float | None
    converted: float | None
    concept: str
    price_year: int | None
    period: tuple[date, date]
    run_id: str
    engine: str

    def content(self) -> dict[str, Any]:
        """Return the figure as it stands in the journal."""
        first, last = self.period
        return {**self.__dict__, "period": [first.isoformat(), last.isoformat()]}

    @classmethod
    def of(cls, content: Mapping[str, Any]) -> Figures:
        """Return a figure from the journal."""
        first, last = content["period"]
        return cls(**{**content, "period": (date.fromisoformat(first), date.fromisoformat(last))})


@dataclass(frozen=True)
class Version:
    """A version of the answer.

    Attributes:
        number: Its number, from 1.
        status: Its status.
        status_at: Since when.
        made_at: When it was made.
        by: Who made it.
        figures: Its figure.
        said: What its entry in the journal says beside: settings, changes, earlier figures, drafts.
        replaces: The version before it that was in force; None where there was none.
        replaced_by: The version that took its place; None where none did.
        replaced_at: Since when.
        withdrawn_why: Why it was withdrawn; empty where it was not.
        checked: Who checked it and what came of it; None while nobody did.
        cleared_by: Who cleared it; empty while nobody did.
        recipient: Whom it was sent to; empty while it was not.
        sent_at: When; None while it was not.
        sent_files: Hash of each document as it was sent.
    """

    number: int
    status: Status
    status_at: datetime
    made_at: datetime
    by: str
    figures: Figures
    said: Mapping[str, Any]
    replaces: int | None = None
    replaced_by: int | None = None
    replaced_at: datetime | None = None
    withdrawn_why: str = ""
    checked: Mapping[str, Any] | None = None
    cleared_by: str = ""
    recipient: str = ""
    sent_at: datetime | None = None
    sent_files: Mapping[str, str] = field(default_factory=dict)

    @property
    def was_sent(self) -> bool:
        """Whether it was sent, also where it is no longer in force."""
        return self.sent_at is not None


@dataclass(frozen=True)
class State:
    """What a case is after its journal.

    Attributes:
        entries: The journal.
        versions: The versions in order.
        opened: What was said when it was opened.
    """

    entries: tuple[Entry, ...]
    versions: tuple[Version, ...]
    opened: Mapping[str, Any]

    @property
    def latest(self) -> Version | None:
        """The latest version; None while there is none."""
        return self.versions[-1] if self.versions else None

    @property
    def settings(self) -> tuple[str, ...]:
        """The settings in force, laid over the scenario: those of the latest version."""
        return tuple(self.latest.said.get("settings", ())) if self.latest else ()

    def chosen(self, number: int | None, where: str) -> Version:
        """Return the version that a user names; the latest where none is named.

        Args:
            number: Its number.
            where: The case, for the message.

        Raises:
            InputError: There is none.
        """
        if self.latest is None:
            raise InputError.one("has no answer yet; make one with `saldo case answer`", where)
        try:
            return self.latest if number is None else self.version(number)
        except KeyError:
            known = ", ".join(f"v{one.number}" for one in self.versions)
            message = f"has no version v{number}; allowed: {known}"
            raise InputError.one(message, where, "--version") from None

    def version(self, number: int) -> Version:
        """Return a version.

        Raises:
            KeyError: There is none of this number.
        """
        found = next((one for one in self.versions if one.number == number), None)
        if found is None:
            raise KeyError(number)
        return found


def state_of(entries: tuple[Entry, ...]) -> State:
    """Return what a case is after its journal."""
    versions: dict[int, Version] = {}
    for entry in entries:
        told = TELLS.get(entry.kind)
        if told is not None:
            told(versions, entry)
    opened = next((entry.said for entry in entries if entry.kind == "opened"), {})
    return State(entries, tuple(versions[number] for number in sorted(versions)), opened)


def _answered(versions: dict[int, Version], entry: Entry) -> None:
    """Add a version; those before it that were not sent are no longer in force."""
    before = next((one.number for one in reversed(versions.values()) if one.status != UDGAAET), None)
    for number, version in versions.items():
        if version.status not in (OVERSENDT, UDGAAET):
            versions[number] = _ended(version, entry, entry.version)
    figures = Figures.of(entry.said["figures"])
    versions[entry.version] = Version(
        entry.version, UDKAST, entry.at, entry.at, entry.by, figures, entry.said, replaces=before
    )


def _checked(versions: dict[int, Version], entry: Entry) -> None:
    version = versions[entry.version]
    status = KONTROLREGNET if entry.said["within"] else UDKAST
    checked = {**entry.said, "by": entry.by, "at": entry.at}
    versions[entry.version] = replace(version, status=status, status_at=entry.at, checked=checked)


def _cleared(versions: dict[int, Version], entry: Entry) -> None:
    version = versions[entry.version]
    versions[entry.version] = replace(version, status=CLEARET, status_at=entry.at, cleared_by=entry.by)


def _sent(versions: dict[int, Version], entry: Entry) -> None:
    """Note that a version was sent; a version that was sent before is replaced by it."""
    for number, version in versions.items():
        if number != entry.version and version.status == OVERSENDT:
            versions[number] = _ended(version, entry, entry.version)
    versions[entry.version] = replace(
        versions[entry.version],
        status=OVERSENDT,
        status_at=entry.at,
        recipient=str(entry.said["recipient"]),
        sent_at=entry.at,
        sent_files=dict(entry.said["files"]),
    )


def _withdrawn(versions: dict[int, Version], entry: Entry) -> None:
    version = versions[entry.version]
    versions[entry.version] = replace(version, status=UDGAAET, status_at=entry.at, withdrawn_why=str(entry.said["why"]))


def _ended(version: Version, entry: Entry, by: int) -> Version:
    return replace(version, status=UDGAAET, status_at=entry.at, replaced_by=by, replaced_at=entry.at)


LONGEST_WHY = 1000


def shortened(why: str) -> str:
    """Return a reason that somebody typed as the journal keeps it, on one line."""
    return " ".join(why.split())[:LONGEST_WHY]


TELLS: dict[str, Callable[[dict[int, Version], Entry], None]] = {
    "answered": _answered,
    "checked": _checked,
    "cleared": _cleared,
    "sent": _sent,
    "withdrawn": _withdrawn,
}
