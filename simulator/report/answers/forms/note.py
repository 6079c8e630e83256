"""The note of one page: eight numbered sections, from the estimate to what it rests on, and no more than fits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from simulator.report.answers import kept_back
from simulator.report.answers.answer import Answer, cut
from simulator.report.answers.before import issued
from simulator.report.answers.changes import changes_sentence, changes_table
from simulator.report.answers.kept_back import keeps_back
from simulator.report.answers.known import checked, turns, years
from simulator.report.answers.room import PAGE, height
from simulator.report.blocks import Block, Heading, Paragraph
from simulator.report.sections.closing import basis, earlier, left_out
from simulator.report.sections.opening import estimate, proposal
from simulator.report.sections.reckoning import reckoning

DENSE = True
"""It fits on one page."""


@dataclass(frozen=True)
class Room:
    """How much of what the case says is told.

    Attributes:
        question: Most characters of the question; 0 leaves it out.
        earlier: Most figures issued earlier.
        changes: Most changed assumptions that have a row; 0 tells of them in a sentence.
        reason: Most characters of a reason.
    """

    question: int
    earlier: int
    changes: int
    reason: int


ROOMS = (Room(110, 3, 5, 60), Room(110, 3, 4, 40), Room(110, 2, 3, 40), Room(0, 2, 2, 30), Room(0, 1, 0, 0))
"""From ample to scarce: the first is taken with which the note has one page."""


def blocks(answer: Answer, above: Sequence[Block]) -> Iterator[Block]:
    """Yield the question and the sections, numbered in order, as much as a page has room for.

    Args:
        answer: The version being told.
        above: What stands above.
    """
    tried = ROOMS[0]
    for tried in ROOMS:
        # Tables are numbered as they are told, and numbers noted: what is tried leaves no trace.
        if height((*above, *_told(answer.untraced, tried))) <= PAGE:
            break
    yield from _told(answer, tried)


def _told(answer: Answer, room: Room) -> Iterator[Block]:
    question = cut(answer.issue.question, room.question) if room.question else ""
    if question:
        yield Paragraph(answer.words.quoted(question), "plain", answer.say("question"))
    number, label = 0, ""
    for block in sections(answer, room):
        if isinstance(block, Heading):
            number += 1
            label = answer.say("numbered", number=number, heading=block.text)
            continue
        if label and not isinstance(block, Paragraph):
            yield Paragraph("", "plain", label)
        # A heading stands in the line of its text, as a page has no room for one of its own.
        yield replace(block, label=label) if label and isinstance(block, Paragraph) else block
        label = ""


def sections(answer: Answer, room: Room) -> Iterator[Block]:
    """Yield the sections of the note."""
    telling = answer.telling
    if keeps_back(answer):
        yield from kept_back_sections(answer, room)
        return
    yield from estimate(telling)
    yield from proposal(telling)
    yield from reckoning(telling)
    yield from years(answer)
    yield Heading(2, telling.say("belief.heading"))
    yield Paragraph(" ".join(turns(answer)))
    yield from left_out(telling)
    yield from said_before(answer, room)
    *first, last = basis(telling)
    assert isinstance(last, Paragraph), "what it rests on ends in a sentence"
    yield from (*first, replace(last, text=f"{last.text} {checked(answer)}"))


def kept_back_sections(answer: Answer, room: Room) -> Iterator[Block]:
    """Yield the sections of the note of a run that keeps figures back: the same eight, as far as they may be told."""
    say, nothing = answer.telling.say, answer.say("kept_back.section")
    for heading, told in (
        ("estimate", kept_back.estimate(answer)),
        ("proposal", kept_back.compared(answer)),
        ("reckoning", nothing),
        ("consequences", answer.say("not_told.years")),
        ("belief", " ".join(turns(answer))),
        ("left_out", nothing),
    ):
        yield Heading(2, say(f"{heading}.heading"))
        yield Paragraph(told)
    yield from said_before(answer, room)
    yield Heading(2, say("basis.heading"))
    yield Paragraph(f"{kept_back.what(answer)} {checked(answer)}")


def said_before(answer: Answer, room: Room) -> Iterator[Block]:
    """Yield what was published and issued before, and what changed since an earlier version."""
    told: list[Block] = [] if keeps_back(answer) else list(earlier(answer.telling))[1:]
    if answer.issue.earlier and not told:
        told.append(Paragraph(answer.say("earlier.intro")))
    told += issued(answer, room.earlier)
    if not told:
        told.append(Paragraph(answer.say("earlier.none")))
    if room.changes:
        told += changes_table(answer, room.changes, room.reason)
    elif sentence := changes_sentence(answer):
        told.append(Paragraph(sentence))
    yield Heading(2, answer.telling.say("published.heading"))
    yield from told
