"""Withdraw a version, with the reason."""

from __future__ import annotations

from typing import Any

import click

from simulator.cli._case._asked import asked_of, clock_option, one_line, version_option, where_option, who_option


@click.command(
    "withdraw", epilog='\b\nExamples:\n  saldo case withdraw spm-412 --why "the stocks were of week 40" --by "A. B."'
)
@click.argument("name")
@click.option(
    "--why", required=True, callback=one_line, metavar="TEXT", help="Why it is withdrawn; it stands on the documents."
)
@version_option
@clock_option
@who_option
@where_option
def command(name: str, why: str, version: int | None, **options: Any) -> None:
    """Withdraw a version of the case NAME: it becomes udgået, and its documents are stamped so.

    What was sent stays in as-sent/ as it was.
    """
    from simulator.case.desk import on_desk
    from simulator.case.signing import withdrawn

    with on_desk(asked_of(name, options), "withdraws a version") as desk:
        found = withdrawn(desk, version, why)
    click.echo(f"{name} v{found.number} is udgået: {found.withdrawn_why}")
