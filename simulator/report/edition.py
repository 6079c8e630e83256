"""Which edition of a brief is asked for: how long it is, who reads it, and what it is set in."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Edition:
    """An edition of the brief.

    Attributes:
        form: `full`, or `short` for the note of one page.
        internal: Whether kroner by type and place, a computational split, are told as well.
        template: Document of the reader's own that it is set in, for the formats that take one.
        since: Folder of an earlier run; what changed since then is told too.
        into: Folder that it is written to; that of the run where left out, which holds what that run alone gives.
    """

    form: str = "full"
    internal: bool = False
    template: Path | None = None
    since: Path | None = None
    into: Path | None = None


USUAL = Edition()
"""The edition that every run has."""
