"""Let a version carry predictions of things that will be counted."""

from __future__ import annotations

from typing import Any

import click

from simulator.cli._case._asked import asked_of, clock_option, version_option, where_option, who_option


@click.command(
    "predict",
    epilog="""\b
Examples:
  saldo case predict spm-412 --by "A. B."
  saldo case predict spm-412 --measure held --measure digital_share --place Odense --place DK
  saldo case predict spm-412 --type jobsamtale --whole-period""",
)
@click.argument("name")
@click.option("--measure", "measures", multiple=True, metavar="NAME", help="held, digital, digital_share or another.")
@click.option("--place", "places", multiple=True, metavar="PLACE", help="Municipality, region, landsdel or DK.")
@click.option("--type", "types", multiple=True, metavar="NAME", help="Type of conversation; all where left out.")
@click.option("--whole-period", is_flag=True, help="One number for the period instead of one a month.")
@click.option("--baseline", is_flag=True, help="Predict what happens without the proposal.")
@version_option
@clock_option
@who_option
@where_option
def command(name: str, version: int | None, **options: Any) -> None:
    """Let the latest version of the case NAME carry predictions of conversations held and how many of them digitally.

    They are scored when data arrive: saldo case score. They are not changed afterwards.
    """
    from simulator.case.desk import on_desk
    from simulator.case.forecasts import predicted
    from simulator.forecast import By

    given = {key: tuple(options.pop(key)) for key in ("measures", "places", "types")}
    arm = "baseline" if options.pop("baseline") else "proposal"
    by = By(**{key: value for key, value in given.items() if value}, months=not options.pop("whole_period"), arm=arm)
    with on_desk(asked_of(name, options), "adds predictions") as desk:
        found = predicted(desk, version, by)
    click.echo(f"{name} v{found.version.number} carries {len(found.predictions)} predictions, made {found.issued}")
