"""Two sentences to be spoken: what it comes to and what is not known, without units that nobody says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from simulator.report.answers.answer import Answer
from simulator.report.answers.kept_back import keeps_back
from simulator.report.answers.kept_back import speech_kind as kept_back_kind
from simulator.report.blocks import Block, Paragraph
from simulator.report.bound import bare
from simulator.report.known import stated
from simulator.report.language import MIO, Words
from simulator.report.sections.opening import speech_kind
from simulator.report.sections.telling import Telling
from simulator.report.story import direction

DENSE = False
"""Two sentences need no squeezing."""
LEAST_MIO = 0.95 * MIO
"""Smaller amounts are said in kroner [kr]."""
SPOKEN = "spoken"
"""Under this name the languages have the units as they are said."""


def blocks(answer: Answer, _above: Sequence[Block]) -> Iterator[Block]:
    """Yield the two sentences."""
    back = keeps_back(answer)
    kind = kept_back_kind(answer) if back else speech_kind(answer.telling)
    first, second = spoken(replace(answer.telling, words=answer.words.seen_as(SPOKEN)), kind, whole=back)
    yield Paragraph(answer.words.quoted(f"{first} {second}"), "speech")


def spoken(telling: Telling, kind: str, whole: bool = False) -> tuple[str, str]:
    """Return the two sentences.

    Args:
        telling: The run being told.
        kind: Name of the sentences, by what the run says.
        whole: Whether the whole estimate is told, and nothing that it is divided into.
    """
    words = telling.words
    values = dict(_values(telling, kind, whole))
    first, second = (words.text(f"answers.spoken.{kind}.{part}", **values) for part in ("first", "second"))
    return first, second


def _values(telling: Telling, kind: str, whole: bool) -> Iterator[tuple[str, str]]:
    """Yield what the sentences of a kind fill in, and nothing that they do not."""
    story, words = telling.story, telling.words
    if kind == "open":
        told = stated(telling.run)
        assert told is not None and told.low is not None and told.high is not None, "an open sign has two ends"
        yield "low", said(words, told.low)
        yield "high", said(words, told.high)
    elif kind == "other_beside":
        yield "beside", said(words, story.volume_kr)
    elif kind.endswith(("loss", "gain")):
        if kind.startswith("form"):
            yield "per", telling.per_conversation(story.per_conversation_kr)
        yield "amount", _whole(telling, whole)
        yield "before", str(words.find(f"answers.spoken_before.{story.concept}") or "")


def _whole(telling: Telling, whole: bool) -> str:
    """Return the size of the estimate as far as its range bears it; of a rule that lasts that of a year."""
    story, words = telling.story, telling.words
    if not whole and story.lasting_kr is not None and direction(story.lasting_kr) == story.direction:
        return words.text("answers.spoken_a_year", amount=said(words, story.lasting_kr))
    told = stated(telling.run)
    point = story.effect_kr if told is None or told.point is None else told.point
    return words.text("answers.spoken_whole", amount=said(words, point))


def said(words: Words, kr: float) -> str:
    """Return the size of an amount [kr] as it is said: small ones in kroner, and one million in the singular."""
    if abs(kr) < LEAST_MIO:
        return words.amount(words.roughly(kr, 1), "kr")
    amount = words.magnitude_kr(kr)
    if bare(amount) != words.mio_kr(MIO, 0):
        return amount
    return amount.replace(words.text("answers.spoken_many"), words.text("answers.spoken_one"))
