"""The answer to a committee: the question quoted, the estimate, what is not known, what was said before, the years."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from simulator.report.answers.answer import Answer, cut
from simulator.report.answers.before import sentences
from simulator.report.answers.changes import changes_sentence
from simulator.report.answers.issue import SENT, WITHDRAWN, Issue
from simulator.report.answers.kept_back import estimate, keeps_back
from simulator.report.answers.known import years
from simulator.report.blocks import Block, Heading, Paragraph, foreign
from simulator.report.sections.closing import valued_sentence
from simulator.report.sections.knowledge import knowledge_sentences
from simulator.report.sections.opening import estimate_sentences, fixed_addition

DENSE = False
"""It may have more than one page."""
EARLIER = 3
"""Most figures issued earlier that are told."""
NAME = 160
"""Most characters of the name of who asks."""


def blocks(answer: Answer, _above: Sequence[Block]) -> Iterator[Block]:
    """Yield the question and the answer."""
    issue = answer.issue
    asker = cut(issue.asker, NAME)
    yield Heading(2, answer.say("committee.question"))
    yield Paragraph(answer.say("committee.asked_by", asker=asker) if asker else answer.say("committee.asked"))
    question = foreign(issue.question)
    if question:
        yield Paragraph(answer.words.quoted(question), "speech")
    yield Heading(2, answer.say("committee.answer"))
    for told in answered(answer):
        yield Paragraph(told)
    for told in (" ".join(sentences(answer, EARLIER)), changes_sentence(answer) if was_sent(answer.issue) else ""):
        if told:
            yield Paragraph(told)
    yield from years(answer)


def was_sent(issue: Issue) -> bool:
    """Return whether the version that the changes are told from left the house: a draft is nobody else's business."""
    return any(
        one.case == issue.case and one.version == issue.changed_since and one.status in (SENT, WITHDRAWN)
        for one in issue.earlier
    )


def answered(answer: Answer) -> Iterator[str]:
    """Yield the estimate, what is not known, and what the table of years holds beside the estimate."""
    telling = answer.telling
    if keeps_back(answer):
        yield estimate(answer)
        return
    yield " ".join(estimate_sentences(telling))
    unknown = " ".join(filter(None, (fixed_addition(telling), *knowledge_sentences(telling))))
    if unknown:
        yield unknown
    # Else the sum of the table of years would be another figure than the estimate, and nobody said why.
    yield from valued_sentence(telling)
