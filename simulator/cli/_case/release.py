"""Let a case go that was held."""

from __future__ import annotations

from pathlib import Path

import click

from simulator.cli._case._asked import where_option, who, who_option


@click.command("release", epilog='\b\nExamples:\n  saldo case release spm-412 --by "A. B."')
@click.argument("name")
@who_option
@where_option
def command(name: str, by: str | None, cases: Path | None) -> None:
    """Let the case NAME go that you hold, so that others can work in it."""
    from simulator.case.folder import case_named, cases_folder
    from simulator.case.lock import release

    case = case_named(cases_folder(cases), name)
    click.echo(f"{name} is free" if release(case, who(by)) else f"nobody held {name}")
