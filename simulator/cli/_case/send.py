"""Note that a version was sent, and lock its documents."""

from __future__ import annotations

from typing import Any

import click

from simulator.cli._case._asked import asked_of, clock_option, one_line, version_option, where_option, who_option


@click.command("send", epilog='\b\nExamples:\n  saldo case send spm-412 --to "Folketingets Finansudvalg" --by "A. B."')
@click.argument("name")
@click.option(
    "--to",
    "recipient",
    default="",
    callback=one_line,
    metavar="TEXT",
    help="Whom it went to; as case.yaml says if left out.",
)
@version_option
@clock_option
@who_option
@where_option
def command(name: str, recipient: str, version: int | None, **options: Any) -> None:
    """Note that the cleared version of the case NAME was sent: from then on it is locked.

    Nothing is sent by this command. The documents are kept in as-sent/ with their hashes. A version that was sent
    before becomes udgået, and its documents are stamped as replaced by this one.
    """
    from simulator.case.desk import on_desk
    from simulator.case.signing import sent

    with on_desk(asked_of(name, options), "sends it") as desk:
        found = sent(desk, version, recipient)
    click.echo(f"{name} v{found.number} is oversendt to {found.recipient}")
    for one in desk.state.versions:
        if one.replaced_by == found.number and one.replaced_at == found.sent_at:
            click.echo(f"{name} v{one.number} is udgået, replaced by v{found.number}")
