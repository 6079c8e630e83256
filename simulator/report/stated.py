r"""Statements in the reader's language: the words for the rules of `results/statements.py`.

>>> from simulator.report.language import read_words
>>> from simulator.results.statements import Found, statement_of
>>> words, told = read_words("da"), statement_of(Found(-5.03e6, -8.1e6, -2.3e6), sourced=False)
>>> point_text(words, told), span_text(words, told)
('i størrelsesordenen 5\xa0mio.\xa0kr.', 'spænd −9 til −2\xa0mio.\xa0kr.')
"""

from __future__ import annotations

from decimal import Decimal

from simulator.report.language import MIO, Words
from simulator.results.statements import COMPUTED, NO_INTERVAL, NO_POINT, Statement, ToldChance

IN_KR = 1e5
"""Amounts below are told in kroner."""


def point_text(words: Words, told: Statement) -> str:
    """Return the size of a figure [kr] with its word, without its sign; the interval where no figure is given."""
    if told.word == NO_POINT:
        low, high = _ends(words, told, plus=True)
        return words.text("statements.no_point", low=low, high=high)
    assert told.point is not None, "only where no figure is given there is none"
    size = abs(told.point)
    if told.step is None:
        return words.text(f"statements.{told.word}", amount=words.magnitude_kr(size))
    # A figure in halves that is whole has no digit to show for it.
    step = told.step * 2 if _in_halves(told.step) and (size / told.step) % 2 == 0 else told.step
    amount = _amount(words, size, step, size)
    return words.text(f"statements.{told.word}", amount=amount)


def span_text(words: Words, told: Statement) -> str:
    """Return the interval of a figure [kr] with the word that it may have; empty where there is none."""
    if told.interval == NO_INTERVAL:
        return ""
    low, high = _ends(words, told)
    return words.text(f"statements.{told.interval}", low=low, high=high)


def sign_text(words: Words, told: Statement) -> str:
    """Return in a sentence that the sign is open or assumed; empty where it was computed."""
    return "" if told.sign == COMPUTED else words.text(f"statements.sign_{told.sign}")


def chance_text(words: Words, told: ToldChance, loss_kr: float) -> str:
    """Return in a sentence how often the loss is larger than an amount [kr]."""
    amount = words.magnitude_kr(loss_kr)
    return words.text(f"statements.{told.kind}_{told.word}", amount=amount, share=words.share(told.share))


def _ends(words: Words, told: Statement, plus: bool = False) -> tuple[str, str]:
    """Return both ends; a unit that follows its number stands at the second only."""
    assert told.low is not None and told.high is not None and told.end_step is not None, "an interval has ends"
    scale = max(abs(told.low), abs(told.high))
    low = _amount(words, told.low, told.end_step, scale)
    low = low if words.unit_first else low.split("\N{NO-BREAK SPACE}")[0]
    return low, _amount(words, told.high, told.end_step, scale, plus)


def _amount(words: Words, kr: float, step: float, scale: float, plus: bool = False) -> str:
    """Return an amount with the decimals of its step, in mio. kr. unless the largest beside it is small."""
    if scale < IN_KR:
        return words.kr(kr, _decimals(step), plus)
    return words.mio_kr(kr, _decimals(step / MIO), plus)


def _in_halves(step: float) -> bool:
    return Decimal(repr(step)).normalize().as_tuple().digits == (5,)


def _decimals(step: float) -> int:
    return max(0, -Decimal(repr(step)).adjusted())
