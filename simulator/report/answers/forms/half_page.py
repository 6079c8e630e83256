"""Half a page: the estimate in a sentence, three numbers, what would halve or double it, and what is not known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from simulator.report.answers.answer import Answer, cut
from simulator.report.answers.changes import changes_table
from simulator.report.answers.kept_back import estimate, keeps_back, numbers, what
from simulator.report.answers.known import turns
from simulator.report.blocks import Block, KeyFigures, Paragraph
from simulator.report.sections.opening import change_sentences, effect_sentence, fixed_addition, key_figures

DENSE = False
"""It takes the room that it takes."""
QUESTION, CHANGES, REASON = 220, 4, 60
"""Most characters of the question, changed assumptions, and characters of a reason."""
NUMBERS = 3


def blocks(answer: Answer, _above: Sequence[Block]) -> Iterator[Block]:
    """Yield the question and what it takes to answer it."""
    telling = answer.telling
    if answer.issue.question.strip():
        yield Paragraph(answer.words.quoted(cut(answer.issue.question, QUESTION)), "plain", answer.say("question"))
    back = keeps_back(answer)
    told = estimate(answer) if back else " ".join((*change_sentences(telling), effect_sentence(telling)))
    yield Paragraph(told, "lead")
    yield KeyFigures(tuple(numbers(answer) if back else key_figures(telling))[:NUMBERS])
    yield Paragraph(" ".join(turns(answer)), "plain", telling.say("belief.heading"))
    unknown = what(answer) if back else fixed_addition(telling) or answer.say("half_page.nothing_open")
    yield Paragraph(unknown, "plain", answer.say("kept_back.heading" if back else "half_page.unknown"))
    yield from changes_table(answer, CHANGES, REASON)
