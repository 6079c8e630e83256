"""What several forms say: what would halve or double the estimate, when its effect falls, and who checked it."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.report.answers.answer import Answer, cut
from simulator.report.answers.kept_back import keeps_back
from simulator.report.blocks import Block, Heading, Paragraph
from simulator.report.chain import links_of
from simulator.report.sections.belief import sensitivity
from simulator.report.sections.years import consequences

NAME = 60
"""Most characters of the name of who checked."""


def turns(answer: Answer) -> Iterator[str]:
    """Yield what halves, doubles and undoes the estimate, and its range."""
    telling = answer.telling
    if keeps_back(answer):
        yield answer.say("not_told.turns")
        return
    links = links_of(telling.run)
    if links:
        yield from sensitivity(telling, links)
    elif telling.story.direction == "none":
        yield telling.say("belief.nothing")
    else:
        yield answer.say("not_told.turns")


def years(answer: Answer) -> Iterator[Block]:
    """Yield when the effect falls and the table of years; a sentence where some of its amounts are not told."""
    if not keeps_back(answer) and all(row["kr"] for row in answer.telling.run.table("saldo")):
        yield from consequences(answer.telling)
        return
    yield Heading(2, answer.telling.say("consequences.heading"))
    yield Paragraph(answer.say("not_told.years"))


def checked(answer: Answer) -> str:
    """Return who worked the chain out again and how far off it was, or that nobody has."""
    found = answer.issue.checked
    if found is None:
        return answer.say("checked.nobody")
    return answer.say(
        "checked.by",
        name=cut(found.by, NAME),
        day=answer.words.day(found.day),
        share=answer.telling.percent(found.difference_share),
    )
