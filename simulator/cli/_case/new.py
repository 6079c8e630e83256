"""Open a case: question, asker, file number, deadline and scenario, in a folder of its own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from simulator.cli._case._asked import one_line, where_option, who, who_option


@click.command(
    "new",
    epilog="""\b
Examples:
  saldo case new spm-412 --question "Hvad koster digitale samtaler ved jul?" --asker "Folketingets Finansudvalg" \\
      --file-number 2021-4567 --deadline "2021-12-17 15:00" --scenario scenarios/christmas-2021.yaml --by "A. B." """,
)
@click.argument("name")
@click.option("--question", default="", callback=one_line, metavar="TEXT", help="The question, as it was asked.")
@click.option("--asker", default="", callback=one_line, metavar="TEXT", help="Who asks.")
@click.option(
    "--file-number",
    default="",
    callback=one_line,
    metavar="TEXT",
    help="Number in the journal of the ministry; no slash.",
)
@click.option(
    "--deadline", default="", callback=one_line, metavar="DAY [TIME]", help='Such as 2021-12-17 or "17.12.2021 15:00".'
)
@click.option("--scenario", required=True, metavar="FILE", help="The scenario that it begins with.")
@click.option(
    "--subject",
    default="",
    callback=one_line,
    metavar="WORD",
    help="What is compared across cases; that of the scenario.",
)
@click.option(
    "--recipient", default="", callback=one_line, metavar="TEXT", help="Whom the answer is sent to; the asker."
)
@click.option("--commissioner", default="", callback=one_line, metavar="NAME", help="Who orders the answer.")
@click.option("--analyst", default="", callback=one_line, metavar="NAME", help="Who makes it; who opens the case.")
@click.option("--assurer", default="", callback=one_line, metavar="NAME", help="Who checks it; not the analyst.")
@click.option("--approver", default="", callback=one_line, metavar="NAME", help="Who clears it; not the analyst.")
@who_option
@where_option
def command(name: str, by: str | None, cases: Path | None, **given: Any) -> None:
    """Open the case NAME: a folder with the head of the case, its scenario and its journal.

    The scenario is copied, so that the case stands alone; one that names other files is extended where it stands.
    """
    from simulator.case.folder import cases_folder
    from simulator.case.heading import ROLES
    from simulator.case.opening import open_case

    roles = {role: given.pop(role) for role in ROLES}
    case = open_case(cases_folder(cases), name, who(by), given, roles)
    click.echo(f"{case.path}\nNext: saldo case answer {name}")
