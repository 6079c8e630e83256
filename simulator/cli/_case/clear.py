"""Clear a version that a second person has checked."""

from __future__ import annotations

from typing import Any

import click

from simulator.cli._case._asked import asked_of, clock_option, version_option, where_option, who_option


@click.command("clear", epilog='\b\nExamples:\n  saldo case clear spm-412 --by "G. H."')
@click.argument("name")
@version_option
@clock_option
@who_option
@where_option
def command(name: str, version: int | None, **options: Any) -> None:
    """Clear the version of the case NAME that was checked.

    Who made the version cannot clear it; where case.yaml names an approver nobody else can. A run that is a draft, such
    as one with unsigned assumptions of a register, cannot be cleared.
    """
    from simulator.case.desk import on_desk
    from simulator.case.signing import cleared

    with on_desk(asked_of(name, options), "clears it") as desk:
        found = cleared(desk, version)
    click.echo(f"{name} v{found.number} is clearet by {found.cleared_by}")
