"""The words of the page: of each language a folder of `languages/`, whose files are put together."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from simulator.errors import InputError

FOLDER = Path(__file__).parent / "languages"


def page_languages() -> tuple[str, ...]:
    """Return the languages that the page speaks, by the names of their folders."""
    return tuple(sorted(path.name for path in FOLDER.iterdir() if path.is_dir()))


@cache
def page_words(language: str) -> dict[str, Any]:
    """Return the words of the page in a language, by the names of the files that they stand in.

    Raises:
        InputError: There is no such language.
    """
    if language not in page_languages():
        raise InputError.one(f"no language {language!r}; allowed: {', '.join(page_languages())}", path="language")
    files = sorted((FOLDER / language).glob("*.yaml"))
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the compiled one where there is one: the page waits for it
    return {path.stem: yaml.load(path.read_text(encoding="utf-8"), Loader=loader) for path in files}
