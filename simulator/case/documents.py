"""The documents of a version: what the case says of it, and the stamp of its status."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import Any

from simulator.case.folder import CaseFolder
from simulator.case.heading import moment
from simulator.case.state import State, Version
from simulator.case.status import OVERSENDT
from simulator.case.writing import files_in, new_folder, remove
from simulator.report.answers import write_answers
from simulator.report.answers.issue import ChangedAssumption, Checked, Earlier, Issue
from simulator.results.keep import write_json

STAMP = ".stamp.json"
"""In the folder of the documents: what they were made of, so that they are made anew where it changed."""
FORMATS = ("docx", "pdf")


def issue_of(case: CaseFolder, version: Version) -> Issue:
    """Return what the documents of a version say beside its run."""
    said, heading = version.said, version.said["heading"]
    checked = version.checked
    return Issue(
        case=case.name,
        question=heading["question"],
        asker=heading["asker"],
        file_number=heading["file_number"],
        deadline=moment(heading["deadline"]).date(),
        version=version.number,
        status=version.status,
        status_day=_day(version.status_at),
        recipient=version.recipient or heading["recipient"] or heading["asker"],
        cleared_by=version.cleared_by,
        replaces=version.replaces,
        replaced_by=version.replaced_by,
        replaced_day=_day(version.replaced_at) if version.replaced_at else None,
        withdrawn_why=version.withdrawn_why,
        earlier=tuple(_earlier(one) for one in said["earlier"]),
        moved=tuple((block, kr) for block, kr in said["moved"]),
        changed_since=said["changed_since"],
        changes=tuple(ChangedAssumption(**one) for one in said["changes"]),
        rest_kr=said["rest_kr"],
        before_kr=said["before_kr"],
        checked=Checked(checked["by"], _day(checked["at"]), checked["difference_share"])
        if checked and checked["within"]
        else None,
    )


def earlier_content(earlier: Earlier) -> dict[str, Any]:
    """Return an earlier figure as it stands in the journal."""
    first, last = earlier.period
    return {**asdict(earlier), "day": earlier.day.isoformat(), "period": [first.isoformat(), last.isoformat()]}


def _earlier(content: dict[str, Any]) -> Earlier:
    first, last = content["period"]
    days = {"day": date.fromisoformat(content["day"]), "period": (date.fromisoformat(first), date.fromisoformat(last))}
    return Earlier(**{**content, **days})


def refresh(case: CaseFolder, state: State) -> list[int]:
    """Write anew the documents whose stamp no longer holds, and return their versions.

    What a command that was ended left undone is done by the next one.
    """
    done = []
    for version in state.versions:
        folder = case.version(version.number)
        stray = folder.as_sent.exists() and not version.was_sent
        if stray:
            remove(folder.as_sent)
        if version.status == OVERSENDT:
            continue  # locked: they are the ones that were sent
        issue = issue_of(case, version)
        if folder.run.is_dir() and _stamped(folder.documents) != stamp_of(issue):
            with new_folder(folder.documents) as aside:
                write_stamped(folder.run, issue, aside)
            done.append(version.number)
    return done


def write_stamped(run: Path, issue: Issue, into: Path) -> None:
    """Write the documents of a version into a folder, with what they were made of."""
    write_answers(run, issue, into, FORMATS)
    write_json(into / STAMP, {"stamp": stamp_of(issue)})


def changed_after_sending(case: CaseFolder, version: Version) -> list[str]:
    """Return which documents of a version are no longer as they were sent; none where all are."""
    if not version.was_sent:
        return []
    found = files_in(case.version(version.number).as_sent)
    return [
        f"{name}: {'is missing' if name not in found else 'was changed after it was sent'}"
        for name, digest in version.sent_files.items()
        if found.get(name) != digest
    ]


def stamp_of(issue: Issue) -> str:
    """Return what documents were made of, as a hash."""
    return hashlib.sha256(json.dumps(asdict(issue), sort_keys=True, default=str).encode()).hexdigest()


def _stamped(folder: Path) -> str:
    try:
        return str(json.loads((folder / STAMP).read_text(encoding="utf-8"))["stamp"])
    except (OSError, ValueError, KeyError):
        return ""


def _day(moment_at: datetime) -> date:
    return moment_at.astimezone().date()
