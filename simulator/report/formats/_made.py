"""What a document says of itself, beside its text: when it was made and by what, as the record of the run has it."""

from __future__ import annotations

from datetime import UTC, datetime

from simulator.report.language import Words
from simulator.report.reading import Run

UNKNOWN = datetime(2000, 1, 1, tzinfo=UTC)
"""The time of a document whose run does not say when it was made; a fixed one, so that the bytes repeat."""


def made_at(run: Run) -> datetime:
    """Return when a run was made, in UTC."""
    times = run.manifest.get("time")
    told = times.get("ended") if isinstance(times, dict) else None
    try:
        moment = datetime.fromisoformat(str(told))
    except ValueError:
        return UNKNOWN
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def made_by(run: Run) -> str:
    """Return the program and its version, which stand as the author of the file."""
    version = run.manifest.get("version")
    return f"saldo {version}" if version else "saldo"


def locale(words: Words) -> str:
    """Return the language and country of a document, such as `da-DK`."""
    return str(words.find("forms.locale") or words.language)


def stems(words: Words) -> tuple[str, ...]:
    """Return the parts that long words of the language are put together of; none where it names none."""
    return tuple(words.find("forms.stems") or ())
