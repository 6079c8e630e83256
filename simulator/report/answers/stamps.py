"""Where a version stands, as its documents say it: at the head, in a stamp, and at the foot of each page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from simulator.report.answers.answer import ELLIPSIS, Answer, cut
from simulator.report.answers.issue import CHECKED, CLEARED, DRAFT, FINAL, SENT, WITHDRAWN
from simulator.report.blocks import Block, Heading, Masthead, Paragraph
from simulator.report.sections.opening import draft_reasons, run_id, title_of

NAME, REASON, BRIEFLY = 60, 160, 40
"""Most characters of a name, and of the reason of a withdrawal at the head and at the foot of a page."""


def head(answer: Answer, form: str) -> Iterator[Block]:
    """Yield the head of a document: its kind and status, the marks of its file, its stamp, title and reservations."""
    yield Masthead(answer.say(f"kinds.{form}"), (f"**{stamp(answer)}**",))
    yield Paragraph(" · ".join(marks(answer)), "note")
    if answer.issue.is_withdrawn:
        yield Paragraph(" ".join((f"**{_ended(withdrawn(answer))}**", *since(answer))), "stamp")
    yield Heading(1, answer.say(f"titles.{form}", title=title_of(answer.telling)))
    yield from reservations(answer)


def stamp(answer: Answer, named: bool = True) -> str:
    """Return the status of a version with its number, and with day and name where it is one that has them.

    Args:
        answer: The version being told.
        named: Whether the name is told.
    """
    issue = answer.issue
    if issue.is_withdrawn:
        return answer.say(f"stamps.{WITHDRAWN}", version=answer.version(issue.version))
    by = {CHECKED: issue.checked.by if issue.checked else "", CLEARED: issue.cleared_by}
    name = cut(by.get(issue.status, issue.recipient), NAME) if named else ""
    return answer.say(
        f"stamps.{issue.status}{'' if name else '_plain'}",
        version=answer.version(issue.version),
        day=answer.words.day(issue.status_day),
        name=name,
    )


def withdrawn(answer: Answer, most: int = REASON) -> str:
    """Return that a version may no longer be used, and what stands in for it or why it was withdrawn.

    Args:
        answer: The version being told.
        most: Most characters of the reason.
    """
    issue = answer.issue
    if issue.replaced_by is not None:
        return answer.say("withdrawn.replaced", version=answer.version(issue.replaced_by))
    why = cut(issue.withdrawn_why, most).rstrip(".")
    return answer.say("withdrawn.recalled", why=why) if why else answer.say("withdrawn.plain")


def since(answer: Answer) -> Iterator[str]:
    """Yield since when a version may no longer be used, and that its figures are not to be."""
    issue = answer.issue
    day = issue.replaced_day or (issue.status_day if issue.status == WITHDRAWN else None)
    if day is not None:
        yield answer.say("withdrawn.since", day=answer.words.day(day))
    if issue.replaced_by is not None and issue.withdrawn_why.strip():
        yield answer.say("withdrawn.why", why=cut(issue.withdrawn_why, REASON))
    yield answer.say("withdrawn.not_to_be_used")


def _ended(sentence: str) -> str:
    return sentence if sentence.endswith((ELLIPSIS, "!", "?")) else f"{sentence}."


def marks(answer: Answer) -> Iterator[str]:
    """Yield the marks of the file: its number, who cleared it, what it replaces, date of knowledge and run."""
    issue, telling, words = answer.issue, answer.telling, answer.words
    number = cut(issue.file_number, NAME)
    yield (
        answer.say("marks.file_number", number=number)
        if number
        else answer.say("marks.case", name=cut(issue.case, NAME))
    )
    if issue.deadline is not None and issue.status not in FINAL and not issue.is_withdrawn:
        yield answer.say("marks.deadline", day=words.day(issue.deadline))
    if issue.status == SENT and issue.cleared_by.strip():
        yield answer.say("marks.cleared_by", name=cut(issue.cleared_by, NAME))
    if issue.replaces is not None:
        yield answer.say("marks.replaces", version=answer.version(issue.replaces))
    known = telling.run.manifest.get("known_as_of")
    if known:
        yield telling.say("known", day=words.day(date.fromisoformat(str(known))))
    yield telling.say("run", run=run_id(telling))


def reservations(answer: Answer) -> Iterator[Paragraph]:
    """Yield what the run has against its figures: a draft's reasons, or reservations once the version is cleared."""
    label = "" if answer.issue.status in (DRAFT, CHECKED) else answer.say("reservation")
    for reason in draft_reasons(answer.telling):
        yield replace(reason, label=label) if label else reason


def footer(answer: Answer) -> str:
    """Return the line at the foot of each page: the stamp of the version, and how its run was made."""
    telling = answer.telling
    status = f"**{withdrawn(answer, BRIEFLY)}**" if answer.issue.is_withdrawn else stamp(answer, named=False)
    version = telling.run.manifest.get("version") or telling.say("no_value")
    seed = telling.words.number(telling.run.number("seed"))
    made = telling.say("footer", version=f"`{version}`", run=f"`{run_id(telling)}`", seed=seed)
    return f"{status} · {made}"
