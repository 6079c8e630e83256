"""What a case says of a version beside its run: whose question it answers, where it stands, what was said before."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from simulator.errors import Fault, InputError

DRAFT, CHECKED, CLEARED, SENT, WITHDRAWN = "udkast", "kontrolregnet", "clearet", "oversendt", "udgaaet"
STATUSES = (DRAFT, CHECKED, CLEARED, SENT, WITHDRAWN)
"""Where a version can stand, in order."""
FINAL = (CLEARED, SENT)
"""From here on a version is no draft of the case any more; what its run has against it is a reservation."""


@dataclass(frozen=True)
class Earlier:
    """A figure that was issued before.

    Attributes:
        day: When it was issued.
        recipient: To whom; empty where to nobody yet.
        case: Case that it was issued by.
        file_number: File number of that case.
        version: Its version there.
        status: Where it stands now, one of `STATUSES`.
        mio_kr: The figure, minus is a loss [mio. kr.].
        concept: Name of its concept, such as `note`.
        price_year: Year of its price level; None where the run did not say.
        period: First and last day that it is about.
        run_id: Run that it comes from.
    """

    day: date
    recipient: str
    case: str
    file_number: str
    version: int
    status: str
    mio_kr: float
    concept: str
    price_year: int | None
    period: tuple[date, date]
    run_id: str


@dataclass(frozen=True)
class ChangedAssumption:
    """An assumption that an earlier version says otherwise.

    Attributes:
        key: Its key; several that were changed together, parted by a comma.
        unit: Unit of its numbers; empty where it is a text.
        before: What it was; None where it was not used.
        after: What it is; None where it is not used.
        effect_kr: What the change does to the estimate, plus is a gain [kr]; None where that was not worked out.
        why: Why it was changed.
        by: Who changed it.
    """

    key: str
    unit: str
    before: float | str | None
    after: float | str | None
    effect_kr: float | None
    why: str
    by: str


@dataclass(frozen=True)
class Checked:
    """The second pair of eyes.

    Attributes:
        by: Who worked the chain out again.
        day: When.
        difference_share: How far that is from the run, as a share of it [1].
    """

    by: str
    day: date
    difference_share: float


@dataclass(frozen=True)
class Issue:
    """What the case says of a version.

    Attributes:
        case: Name of the case.
        question: The question, as it was asked.
        asker: Who asks.
        file_number: File number; empty where there is none.
        deadline: When the answer is due; None where it is not said.
        version: Number of the version.
        status: Where it stands, one of `STATUSES`.
        status_day: Since when.
        recipient: To whom it goes, or went.
        cleared_by: Who cleared it.
        replaces: Version that it stands in for.
        replaced_by: Version that stands in for it.
        replaced_day: Since when.
        withdrawn_why: Why it was withdrawn.
        earlier: Figures issued before, on the same subject.
        moved: What moved the latest of them to this one: block of the bridge, and change [kr].
        changed_since: Version that `changes` are counted from; None where there is none.
        changes: Assumptions changed since then.
        rest_kr: What program, seed or interaction make of the difference [kr].
        before_kr: The figure of that version [kr]; None where it is not known.
        checked: The second pair of eyes; None where nobody has looked.
    """

    case: str
    question: str
    asker: str
    file_number: str
    deadline: date | None
    version: int
    status: str
    status_day: date
    recipient: str = ""
    cleared_by: str = ""
    replaces: int | None = None
    replaced_by: int | None = None
    replaced_day: date | None = None
    withdrawn_why: str = ""
    earlier: tuple[Earlier, ...] = ()
    moved: tuple[tuple[str, float], ...] = ()
    changed_since: int | None = None
    changes: tuple[ChangedAssumption, ...] = ()
    rest_kr: float = 0.0
    before_kr: float | None = None
    checked: Checked | None = None

    @property
    def is_withdrawn(self) -> bool:
        """Whether its figures may no longer be used."""
        return self.status == WITHDRAWN or self.replaced_by is not None or bool(self.withdrawn_why.strip())

    @property
    def newest_first(self) -> tuple[Earlier, ...]:
        """The figures issued before, the latest first."""
        return tuple(sorted(self.earlier, key=lambda one: (one.day, one.version, one.case), reverse=True))


def check_issue(issue: Issue) -> None:
    """Check what the case says of a version.

    Raises:
        InputError: With all that cannot be: an unknown status, a version below 1 or one replaced by an earlier one, a
            figure that is no number.
    """
    where = f"version {issue.version} of the case {issue.case!r}"
    faults = [Fault(where, 0, 0, path, message) for path, message in _faults(issue)]
    if faults:
        raise InputError(faults)


def _faults(issue: Issue) -> Iterator[tuple[str, str]]:
    if issue.status not in STATUSES:
        yield "status", f"no status {issue.status!r}; allowed: {', '.join(STATUSES)}"
    if issue.version < 1:
        yield "version", "is below 1; versions are counted from 1"
    for path, other in (("replaces", issue.replaces), ("changed_since", issue.changed_since)):
        if other is not None and other >= issue.version:
            yield path, f"is {other}; give an earlier version than {issue.version}"
    if issue.replaced_by is not None and issue.replaced_by <= issue.version:
        yield "replaced_by", f"is {issue.replaced_by}; give a later version than {issue.version}"
    for path, number in _numbers(issue):
        if not math.isfinite(number):
            yield path, f"is {number}; give a number"


def _numbers(issue: Issue) -> Iterator[tuple[str, float]]:
    yield "rest_kr", issue.rest_kr
    if issue.before_kr is not None:
        yield "before_kr", issue.before_kr
    if issue.checked is not None:
        yield "checked.difference_share", issue.checked.difference_share
    yield from ((f"earlier[{at}].mio_kr", one.mio_kr) for at, one in enumerate(issue.earlier))
    yield from ((f"moved[{at}]", kr) for at, (_, kr) in enumerate(issue.moved))
    yield from ((f"changes[{at}].effect_kr", one.effect_kr or 0.0) for at, one in enumerate(issue.changes))
