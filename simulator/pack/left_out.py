"""What a pack leaves out, and the file that says so in both languages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

FILE = "LEFT-OUT.txt"
LANGUAGES = ("da", "en")
_WORDS = Path(__file__).with_name("left_out.yaml")


@dataclass(frozen=True, order=True)
class LeftOut:
    """Something that a pack leaves out or replaces.

    Attributes:
        what: File of the run, or a part of it.
        why: Word for the reason, in `left_out.yaml`.
    """

    what: str
    why: str

    def line(self, language: str) -> str:
        """Return it as a line in a language."""
        return f"{self.what}: {_words()[language]['why'][self.why]}"


def told(run: str, headline: Mapping[str, Any], left_out: Iterable[LeftOut]) -> str:
    """Return the text of the file, Danish first.

    Args:
        run: Id of the run.
        headline: Its headline.
        left_out: What was left out.
    """
    listed = sorted(set(left_out))
    parts = ["\n".join(_of(language, run, headline, listed)) for language in LANGUAGES]
    return "\n\n\n".join(parts) + "\n"


def _of(language: str, run: str, headline: Mapping[str, Any], listed: list[LeftOut]) -> Iterable[str]:
    words = _words()[language]
    yield words["title"]
    yield ""
    yield words["run"].format(run=run)
    if headline.get("confidential"):
        yield words["confidential"].format(keys=", ".join(headline["confidential"]["values"]))
    if headline.get("small_cells"):
        yield words["small_cells"]
    yield ""
    yield from (f"- {one.line(language)}" for one in listed)
    if not listed:
        yield words["nothing"]


@cache
def _words() -> dict[str, Any]:
    found: dict[str, Any] = yaml.load(
        _WORDS.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    )
    return found
