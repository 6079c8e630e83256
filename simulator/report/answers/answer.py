"""A version being told: its run, what the case says of it, and the words of its documents."""

from __future__ import annotations

from dataclasses import dataclass, replace

from simulator.report.answers.issue import Issue
from simulator.report.blocks import foreign
from simulator.report.bound import Ledger
from simulator.report.language import Words
from simulator.report.sections.telling import Telling

ELLIPSIS = "\N{HORIZONTAL ELLIPSIS}"


@dataclass(frozen=True)
class Answer:
    """A version being told in a language.

    Attributes:
        telling: Its run being told.
        issue: What the case says of it.
    """

    telling: Telling
    issue: Issue

    @property
    def words(self) -> Words:
        """The language."""
        return self.telling.words

    @property
    def now_kr(self) -> float:
        """The estimate of the run [kr]."""
        return self.telling.story.effect_kr

    @property
    def untraced(self) -> Answer:
        """The same version, told so that no number is noted and no table counted."""
        words = replace(self.words, ledger=Ledger() if self.words.ledger is not None else None)
        return replace(self, telling=Telling(self.telling.run, words, short=self.telling.short))

    def say(self, key: str, **values: object) -> str:
        """Return a sentence of the answers with its values filled in."""
        return self.words.text(f"answers.{key}", **values)

    def version(self, number: int) -> str:
        """Return how a version is called."""
        return self.say("version", number=number)


def cut(text: str, most: int) -> str:
    """Return a text that others wrote as it is shown, shortened after a word to some characters."""
    whole = foreign(text)
    if len(whole) <= most:
        return whole
    kept = whole[: most - 1]
    until_word = kept.rpartition(" ")[0]
    # A word that is itself as long as the room is cut within.
    kept = until_word if 2 * len(until_word) > most else kept
    return kept.rstrip(" ,;:.-") + ELLIPSIS
