"""What an answer says of a run with confidential figures or few persons: nothing that gives one back."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.report.answers.answer import Answer, cut
from simulator.report.answers.changes import changes_table
from simulator.report.blocks import Block, Paragraph
from simulator.report.sections.confidential import few_persons, withheld
from simulator.report.sections.opening import change_sentences, effect_sentence

SPOKEN = "spoken"
QUESTION, CHANGES, REASON = 600, 6, 120
"""Most characters of the question, changed assumptions, and characters of a reason."""


def blocks(answer: Answer, form: str) -> Iterator[Block]:
    """Yield the question, the estimate, what is left out and what changed; two sentences where they are spoken."""
    telling = answer.telling
    changes = [] if few_persons(telling) else [*change_sentences(telling)]
    if form == SPOKEN:
        rests = telling.say("small_cells.text" if few_persons(telling) else "confidential.used")
        yield Paragraph(" ".join((effect_sentence(telling), rests)), "speech")
        return
    if answer.issue.question.strip():
        yield Paragraph(answer.words.quoted(cut(answer.issue.question, QUESTION)), "plain", answer.say("question"))
    yield Paragraph(" ".join((*changes, effect_sentence(telling))), "lead")
    yield from withheld(telling)
    yield from changes_table(answer, CHANGES, REASON)
