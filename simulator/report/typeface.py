"""The shipped typeface within a document: only the characters that it needs, the same bytes each time."""

from __future__ import annotations

import io
from functools import cache

from fontTools import subset  # type: ignore[import-untyped]  # comes with matplotlib and has no types
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

from simulator.report.style import FONTS

USUAL = frozenset(chr(code) for code in (*range(0x20, 0x7F), *range(0xA0, 0x100), 0x2013, 0x2019, 0x2026, 0x2212))
"""Characters of Danish text and of numbers, carried by every document."""


def embedded(face: str, text: str) -> bytes:
    """Return a face as WOFF, cut down to the usual characters and those of a text, for embedding in one document.

    The licence (SIL OFL 1.1, `fonts/LICENSE.txt`) allows embedding; the files in `fonts/` are left as they are.

    Args:
        face: Name of a shipped face, such as `Regular`.
        text: The text of the document.
    """
    return _cut(face, "".join(sorted(set(text) - USUAL)))


@cache
def _cut(face: str, further: str) -> bytes:
    font = TTFont(FONTS / f"SourceSansPro-{face}.ttf", recalcTimestamp=False)
    # Figures of this typeface are of equal width without a feature; kerning is wanted.
    options = subset.Options(layout_features=["kern"], hinting=False, notdef_outline=True)
    options.recalc_timestamp = False
    cutter = subset.Subsetter(options)
    cutter.populate(text="".join(sorted(USUAL)) + further)
    cutter.subset(font)
    font.flavor = "woff"
    stream = io.BytesIO()
    font.save(stream)
    return stream.getvalue()
