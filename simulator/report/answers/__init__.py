"""Answers: the four documents that a ministry sends of a version of a case, from its run and what the case says.

**In** come the folder of a finished run and an `Issue` (`issue.py`): question, asker, file number, version, status, the
figures issued before, the assumptions changed since an earlier version, and who checked it. **Out** come four documents
in the formats asked for: the answer to a committee, half a page, a note of one page, and two sentences to be spoken.
Each is a file of the plug folder `forms/`; its name and its words stand in the languages under `answers`.

Every document has the status of its version at the head and at the foot of each page; one whose version was replaced or
withdrawn has a stamp above its title. Numbers of the run are bound to it, those of the issue are told as the case has
them. What changed since an earlier version adds up, as it is printed, to the difference of the two figures printed.

**Assumptions.** The case is right about what was issued before and what each change does; nothing is worked out here
but sums and differences. Text that people wrote is shown as it stands, shortened where a page has no room for it.

>>> from simulator.report.answers import form_names
>>> form_names()
('committee', 'half_page', 'note', 'spoken')
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from simulator.report.answers.issue import Issue
from simulator.report.plugs import plug_names

__all__ = ["form_names", "write_answers"]

USUAL = ("docx", "pdf")
"""Formats in which a ministry sends."""


def form_names() -> tuple[str, ...]:
    """Return the names of the documents of a version."""
    return plug_names("answers/forms")


def write_answers(
    run: Path, issue: Issue, into: Path, formats: Sequence[str] = USUAL, language: str = "da"
) -> list[Path]:
    """Write the documents of a version into a folder; see `simulator.report.answers.documents`."""
    from simulator.report.answers.documents import write_answers as written

    return written(run, issue, into, formats, language)
