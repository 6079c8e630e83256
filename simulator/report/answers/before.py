"""What was said before: the figures issued earlier, what moved the latest of them to this one, and how they differ."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from simulator.report.answers.answer import Answer, cut
from simulator.report.answers.issue import SENT, WITHDRAWN, Earlier
from simulator.report.answers.printed import SAME, Printed, printed_for
from simulator.report.blocks import Block, Bullets, Paragraph
from simulator.report.language import MIO
from simulator.report.story import LEAST_KR

NAME = 60
"""Most characters of the name of a recipient or a file."""


@dataclass(frozen=True)
class Before:
    """The figures issued earlier, beside the estimate.

    Attributes:
        answer: The version being told.
    """

    answer: Answer

    @cached_property
    def found(self) -> tuple[Earlier, ...]:
        """The figures issued earlier, the newest first."""
        return self.answer.issue.newest_first

    @cached_property
    def change_kr(self) -> float:
        """How far the estimate is from the latest figure [kr]."""
        return self.answer.now_kr - self.found[0].mio_kr * MIO

    @cached_property
    def moved(self) -> tuple[tuple[str, float], ...]:
        """What moved the latest figure to this one, the largest first [kr]."""
        blocks = [(block, kr) for block, kr in self.answer.issue.moved if abs(kr) >= LEAST_KR]
        return tuple(sorted(blocks, key=lambda one: -abs(one[1])))

    @cached_property
    def printed(self) -> Printed:
        """How amounts are printed."""
        return printed_for(self.answer.words, (self.change_kr, *(kr for _, kr in self.moved)))

    @cached_property
    def change(self) -> Decimal:
        """How far the estimate is from the latest figure, as both are printed [mio. kr.]."""
        return self.printed.of(self.answer.now_kr) - self.printed.of(self.found[0].mio_kr * MIO)

    def line(self, one: Earlier, internal: bool = True) -> str:
        """Return a figure: when, to whom, how much at which price level, of which version, and where it stands.

        Args:
            one: The figure.
            internal: Whether version and status, which mean nothing to others, are told.
        """
        answer = self.answer
        recipient = cut(one.recipient, NAME)
        way = "listed" if internal else "to"
        told = answer.say(
            f"earlier.{way}" if recipient else f"earlier.{way}_nobody",
            day=answer.words.day(one.day),
            recipient=recipient,
            amount=self.printed.amount(one.mio_kr * MIO),
        )
        said = ", ".join(details(answer, one, internal))
        return answer.say("earlier.item", told=told, details=said) if said else told

    def difference(self) -> Iterator[str]:
        """Yield how far the estimate is from the latest figure, why, and what is not alike in the two."""
        answer, printed = self.answer, self.printed
        now = printed.amount(answer.now_kr)
        if self.change == SAME:
            yield answer.say("earlier.same", now=now)
        else:
            yield answer.say("earlier.now", now=now, change=printed.change(self.change, self.change_kr))
        yield from self.reasons()
        unlike = list(differing(answer, self.found[0]))
        if unlike:
            yield answer.say("earlier.unlike", what=answer.words.listed(unlike))

    def reasons(self) -> Iterator[str]:
        """Yield what moved the latest figure to this one, and what that leaves."""
        answer, printed = self.answer, self.printed
        told = [
            answer.say("earlier.reason", name=block_name(answer, block), amount=printed.change(printed.of(kr)))
            for block, kr in self.moved
            if printed.of(kr) != SAME
        ]
        if not told:
            return
        yield answer.say("earlier.because", reasons=answer.words.listed(told))
        left = self.change - printed.total([kr for _, kr in self.moved])
        if left != SAME:
            yield answer.say("earlier.left", amount=printed.change(left))


def issued(answer: Answer, most: int) -> Iterator[Block]:
    """Yield the figures issued earlier, the newest first, and what moved the latest to this one; nothing of none."""
    before = Before(answer)
    if not before.found:
        return
    # One more figure is better than a line that says that one more is left out.
    shown = before.found if len(before.found) <= most + 1 else before.found[:most]
    items = [before.line(one) for one in shown]
    if len(before.found) > len(shown):
        items.append(answer.say("earlier.more", count=len(before.found) - len(shown)))
    yield Bullets(tuple(items))
    yield Paragraph(" ".join(before.difference()))


def sentences(answer: Answer, most: int) -> Iterator[str]:
    """Yield the figures that left the house and what moved the latest to this one, in sentences.

    Where the latest figure never left the house, what moved it to this one is nobody else's business.
    """
    before = Before(answer)
    told = [one for one in before.found if one.status in (SENT, WITHDRAWN)]
    if not told:
        return
    shown = told if len(told) <= most + 1 else told[:most]
    figures = [before.line(one, internal=False) for one in shown]
    more = answer.say("earlier.and_more", count=len(told) - len(shown)) if len(told) > len(shown) else ""
    yield answer.say("earlier.sentence", figures=f"{'; '.join(figures)}{more}")
    if told[0] is before.found[0]:
        yield from before.difference()


def details(answer: Answer, one: Earlier, internal: bool) -> Iterator[str]:
    """Yield the price level of a figure, the version that it is of, and where that stands."""
    if one.price_year:
        yield answer.say("earlier.price", year=one.price_year)
    if not internal:
        if one.status == WITHDRAWN:
            yield answer.say("earlier.no_longer")
        return
    number, version = cut(one.file_number, NAME), answer.version(one.version)
    if one.case == answer.issue.case:
        yield version
    elif number:
        yield answer.say("earlier.file_number", number=number, version=version)
    else:
        yield answer.say("earlier.case", name=cut(one.case, NAME), version=version)
    status = str(answer.words.find(f"answers.statuses.{one.status}") or cut(one.status, NAME))
    yield f"**{status}**" if one.status == WITHDRAWN else status


def block_name(answer: Answer, block: str) -> str:
    """Return what a block of the bridge is called within a sentence."""
    known = answer.words.find("answers.blocks").get(block)
    return str(known) if known else cut(block, NAME)


def differing(answer: Answer, one: Earlier) -> Iterator[str]:
    """Yield what makes an earlier figure another kind of figure than this one: concept, price level and period."""
    telling, words = answer.telling, answer.words
    concept, price = telling.story.concept, telling.run.headline.get("price_year")
    if one.concept and concept and one.concept != concept:
        names = (words.name("concepts", name[:NAME]) for name in (one.concept, concept))
        yield _from_to(answer, "concept", *map(words.quoted, names))
    if one.price_year and price and one.price_year != price:
        yield _from_to(answer, "price_level", str(one.price_year), str(price))
    if one.period != telling.run.period:
        yield _from_to(answer, "period", words.period(*one.period), telling.period)


def _from_to(answer: Answer, what: str, before: str, now: str) -> str:
    return answer.say(f"earlier.{what}", before=before, now=now)
