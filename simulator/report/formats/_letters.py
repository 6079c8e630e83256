"""The letters of a document: what is not seen is left out, and what a typeface lacks is told by its number.

The forms differ in what they can show. A browser and a word processor find a typeface for every character; the PDF
carries its own ones, and a form for those who cannot see may not hold a character without a shape. There a second
typeface stands in for the first, and what that lacks too is written as its number, such as `[U+4E2D]`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import groupby
from pathlib import Path

from simulator.report.blocks import SOFT_HYPHEN, UNSEEN, Span, plain, spans

LONG_RUN = 24
"""A run of characters without a space that is longer may be broken inside."""
LONG_WORD = re.compile(r"[^\W\d_]{11,}")
"""Words of so many letters are divided where they are put together, if a line has no room for them."""
LEAST_PART = 4
"""A part of a divided word has at least so many letters."""
STRETCH = 12
"""Within a long run, a break is allowed after so many characters that hold none of the signs below."""
BREAK_AFTER = re.compile(r"(?<=[/\\._:;,=?&#%+~-])(?=\w)")
ZERO_WIDTH_SPACE = "\N{ZERO WIDTH SPACE}"


def pieces(text: str) -> Iterator[Span]:
    """Yield the stretches of a marked text, without what is not seen; none is empty."""
    for span in spans(text):
        shown = seen(span.text)
        if shown:
            yield replace(span, text=shown)


def runs(text: str) -> Iterator[Span]:
    """Yield the stretches of a marked text by their styles alone: a number does not stand apart."""
    for style, same in groupby(pieces(text), key=lambda span: span.style):
        yield Span("".join(span.text for span in same), style)


def told(text: str) -> str:
    """Return a marked text as its reader sees it: without marks, and without what is not seen."""
    return seen(plain(text))


def seen(text: str) -> str:
    """Return a text on one line, without characters that are not seen or that turn the direction of reading."""
    if text.isprintable():
        return text
    spaced = re.sub(r"[\t\n\v\f\r\u2028\u2029]+", " ", text)
    return "".join(char for char in spaced if char == SOFT_HYPHEN or unicodedata.category(char) not in UNSEEN)


def breakable(text: str) -> str:
    """Return a text whose long runs without a space may be broken: after signs, and after every few characters."""
    return re.sub(rf"[^\s{ZERO_WIDTH_SPACE}]{{{LONG_RUN + 1},}}", lambda found: _broken(found[0]), text)


def divided(text: str, stems: Sequence[str]) -> str:
    """Return a text whose long words may be divided where a known part of a word begins.

    Args:
        text: The text.
        stems: Parts that words are put together of, in lower case.
    """
    if not stems:
        return text
    found = _dividing(tuple(stems))
    return LONG_WORD.sub(lambda word: found.sub(rf"{SOFT_HYPHEN}\g<0>", word[0]), text)


@cache
def _dividing(stems: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = "|".join(sorted(map(re.escape, stems), key=len, reverse=True))
    return re.compile(rf"(?<=\w{{{LEAST_PART - 1}}})(?:{longest_first})(?=\w*)")


def _broken(run: str) -> str:
    parts = BREAK_AFTER.split(run)
    return ZERO_WIDTH_SPACE.join(piece for part in parts for piece in _stretches(part))


def _stretches(part: str) -> Iterator[str]:
    if len(part) <= 2 * LONG_RUN:
        yield part
        return
    start = 0
    for end in range(STRETCH, len(part), STRETCH):
        # A mark that is set on a letter stays with it.
        if end - start >= STRETCH and not unicodedata.combining(part[end]):
            yield part[start:end]
            start = end
    yield part[start:]


def writable(text: str, letters: frozenset[int]) -> str:
    """Return a text in which each character that is not among some letters is told by its number.

    Args:
        text: The text.
        letters: Numbers of the characters that can be shown.
    """
    return "".join(char if ord(char) in letters else f"[U+{ord(char):04X}]" for char in text)


@cache
def letters_of(*files: Path) -> frozenset[int]:
    """Return the numbers of the characters that every one of some font files has a shape for."""
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # comes with matplotlib and has no types

    found = []
    for file in files:
        with TTFont(file) as font:
            found.append(frozenset(font.getBestCmap()))
    return frozenset.intersection(*found)
