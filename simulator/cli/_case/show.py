"""Show a case: its question and deadline, its versions, the settings in force, and who works in it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from simulator.cli._case._asked import where_option

if TYPE_CHECKING:
    from simulator.case.folder import CaseFolder
    from simulator.case.heading import Heading
    from simulator.case.state import State, Version


@click.command("show", epilog="\b\nExamples:\n  saldo case show spm-412\n  saldo case show spm-412 --json")
@click.argument("name")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON and nothing else.")
@where_option
def command(name: str, as_json: bool, cases: Path | None) -> None:
    """Show the case NAME; nothing is written."""
    from simulator.case.desk import read_case
    from simulator.case.folder import case_named, cases_folder
    from simulator.case.issued import issued_rows

    case = case_named(cases_folder(cases), name)
    heading, state = read_case(case)
    if as_json:
        content = {
            "case": name,
            "heading": heading.content(),
            "settings": list(state.settings),
            "issued": issued_rows(name, state),
        }
        click.echo(json.dumps(content, indent=1, ensure_ascii=False))
        return
    for line in _lines(case, heading, state):
        click.echo(line)


def _lines(case: CaseFolder, heading: Heading, state: State) -> Iterator[str]:
    from simulator.case.documents import changed_after_sending
    from simulator.case.lock import who_holds

    yield f"{case.name}: {heading.question}"
    due = f"due {heading.deadline:%Y-%m-%d %H:%M}{_late(heading, state)}"
    yield f"asked by {heading.asker}, file number {heading.file_number}, {due}"
    named = ", ".join(f"{role} {who}" for role, who in heading.roles.items() if who)
    if named:
        yield named
    for setting in state.settings:
        yield f"set: {setting}"
    for version in state.versions:
        yield _version_line(version)
        for fault in changed_after_sending(case, version):
            yield f"    as-sent/{fault}"
    holder = who_holds(case)
    if holder is not None:
        yield f"in work: {holder.told()}"


def _version_line(version: Version) -> str:
    from simulator.case.status import shown

    sent = f", to {version.recipient}" if version.was_sent else ""
    ended = f", replaced by v{version.replaced_by}" if version.replaced_by else ""
    if version.withdrawn_why:
        ended = f", withdrawn: {version.withdrawn_why}"
    return f"v{version.number}  {version.figures.mio_kr:,.2f} mio. kr.  {shown(version.status)}{sent}{ended}"


def _late(heading: Heading, state: State) -> str:
    if any(version.was_sent for version in state.versions):
        return ""
    left = heading.deadline - datetime.now()
    hours = abs(left.total_seconds()) / 3600
    told = f"{hours / 24:.0f} days" if hours >= 48 else f"{hours:.0f} hours"
    return f" ({told} left)" if left.total_seconds() > 0 else f" (late by {told})"
