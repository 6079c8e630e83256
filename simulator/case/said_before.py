"""What was said before: earlier figures on the same subject, and what parts a new one from the latest of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from simulator.bridge import BLOCKS, figure_named
from simulator.bridge.levels import Jobs
from simulator.bridge.moved import Moved, changes_between
from simulator.bridge.unlike import Unlike, unlike
from simulator.case.folder import CaseFolder, cases_in
from simulator.case.issued import refuse_copy
from simulator.case.journal import read_journal
from simulator.case.state import Version, state_of
from simulator.case.status import shown
from simulator.errors import InputError, RunError
from simulator.report.answers.issue import Earlier
from simulator.report.language import MIO
from simulator.results.read import kept_run

FIGURE = "employment_effect"
DECIMALS = 2


@dataclass(frozen=True)
class Said:
    """A figure that was issued before.

    Attributes:
        case: Its case.
        version: Its version.
    """

    case: CaseFolder
    version: Version

    def earlier(self) -> Earlier:
        """Return it as documents tell it."""
        version, figures = self.version, self.version.figures
        day = (version.sent_at or version.status_at).astimezone().date()
        return Earlier(
            day=day,
            recipient=version.recipient,
            case=self.case.name,
            file_number=str(version.said["heading"]["file_number"]),
            version=version.number,
            status=version.status,
            mio_kr=figures.mio_kr,
            concept=figures.concept,
            price_year=figures.price_year,
            period=figures.period,
            run_id=figures.run_id,
        )


@dataclass(frozen=True)
class Beside:
    """A new figure beside the latest that was issued.

    Attributes:
        said: The figure that was issued.
        unlike: In what the two are figures of different kinds.
        moved: The bridge from the old run to the new; None where it could not be built.
        why_not: Why it could not; empty where it was.
    """

    said: Said
    unlike: tuple[Unlike, ...] = ()
    moved: Moved | None = None
    why_not: str = ""

    def by_block(self) -> tuple[tuple[str, float], ...]:
        """Return what each block moves [kr], those that move nothing left out."""
        if self.moved is None:
            return ()
        found = self.moved.by_block()
        kr = {block: float(self.moved.figure.units(found[block])) for block in BLOCKS if found.get(block)}
        rest = float(self.moved.figure.units(self.moved.rest))
        return (*kr.items(), *([("rest", rest)] if rest else []))


def said_before(cases: Path, subject: str, own: str = "") -> tuple[Said, ...]:
    """Return what was issued on a subject: versions that were sent, the earliest first.

    Cases whose journal cannot be read are refused, not left out: what was said must not be overlooked.

    Args:
        cases: The folder of cases.
        subject: The subject.
        own: Name of a case whose versions count whatever their subject.

    Raises:
        InputError: The journal of a case is not as it was written, or a case is a copy of another.
    """
    found = []
    for case in cases_in(cases):
        state = state_of(read_journal(case))
        refuse_copy(case, state)
        for version in state.versions:
            same = case.name == own or version.said["heading"]["subject"] == subject
            if version.sent_at is not None and same:
                found.append((version.sent_at, Said(case, version)))
    return tuple(said for _, said in sorted(found, key=lambda pair: pair[0]))


def beside(
    said: Said,
    run: Path,
    step: Callable[[], None] = lambda: None,
    *,
    control: bool = False,
    jobs: Jobs = lambda _scenario, _engine: 1,
) -> Beside:
    """Return a new run beside a figure that was issued, with the bridge between them.

    A run that is gone or cannot be run any more leaves the figures; what is missing is told.
    """
    old = said.case.version(said.version.number).run
    try:
        return Beside(
            said,
            unlike(kept_run(old), kept_run(run)),
            changes_between(old, run, figure_named(FIGURE), control=control, step=step, jobs=jobs),
        )
    except (InputError, RunError) as wrong:
        return Beside(said, why_not=str(wrong))


def lines_of(said: tuple[Said, ...], now_mio_kr: float, found: Beside | None) -> Iterator[str]:
    """Yield what was said before, for a terminal: each figure, the difference, and the bridge."""
    if not said:
        return
    yield "Said before on this subject:"
    for one in said:
        figures, version = one.version.figures, one.version
        day = version.sent_at.astimezone().date() if version.sent_at else ""
        yield (
            f"  {day}  {figures.mio_kr:>8.{DECIMALS}f} mio. kr.  {shown(version.status):<13} {one.case.name} "
            f"v{version.number}, to {version.recipient}; {figures.concept}, prices of {figures.price_year}"
        )
    last = said[-1].version.figures.mio_kr
    yield f"  now         {now_mio_kr:>8.{DECIMALS}f} mio. kr.  difference {now_mio_kr - last:+.{DECIMALS}f} mio. kr."
    if found is None:
        return
    for kind in found.unlike:
        yield f"  not alike: {kind.what}: {kind.before or 'not told'} then, {kind.after or 'not told'} now"
    if found.why_not:
        yield f"  no bridge: {found.why_not.splitlines()[0]}"
    for block, kr in found.by_block():
        yield f"  {block:<12}{kr / MIO:>+8.{DECIMALS}f} mio. kr."
