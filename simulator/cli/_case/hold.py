"""Hold a case while its files are edited by hand."""

from __future__ import annotations

from pathlib import Path

import click

from simulator.cli._case._asked import one_line, where_option, who, who_option


@click.command("hold", epilog='\b\nExamples:\n  saldo case hold spm-412 --doing "new stocks" --by "A. B."')
@click.argument("name")
@click.option(
    "--doing", default="edits its files", show_default=True, callback=one_line, metavar="TEXT", help="What for."
)
@who_option
@where_option
def command(name: str, doing: str, by: str | None, cases: Path | None) -> None:
    """Keep others out of the case NAME until `saldo case release`, at most eight hours.

    Verbs of the same person go on working meanwhile.
    """
    from simulator.case.desk import Asked, held_by_hand
    from simulator.case.folder import cases_folder

    held = held_by_hand(Asked(cases_folder(cases), name, who(by)), doing)
    click.echo(f"{name} is held by {held.told()}")
