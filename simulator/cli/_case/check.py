"""Let a second person fill the chain in blind, and note what parts the two figures."""

from __future__ import annotations

from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from simulator.cli._case._asked import asked_of, clock_option, version_option, where_option, who_option
from simulator.errors import InputError

if TYPE_CHECKING:
    from simulator.case.state import Version


@click.command(
    "check",
    epilog="""\b
Examples:
  saldo case check spm-412 --blind kontrol.xlsx --by "A. B."
  saldo case check spm-412 --filled kontrol.xlsx --by "C. D."
  saldo case check spm-412 --figure -3.5 --by "C. D." """,
)
@click.argument("name")
@click.option("--blind", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Write the workbook.")
@click.option("--filled", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Read it back.")
@click.option("--figure", type=float, metavar="MIO_KR", help="Their figure, of a run with confidential figures.")
@click.option("--language", default="da", show_default=True, help="Language of the workbook.")
@version_option
@clock_option
@who_option
@where_option
def command(name: str, version: int | None, **options: Any) -> None:
    """Check the latest version of the case NAME by a second person, who does not see its numbers.

    --blind writes a workbook with the names and sources of the factors alone, and prints the figures of the model that
    no source has, which the analyst gives. Who did not make the version looks the factors up and fills them in;
    --filled reads it, and notes the difference factor by factor. Within two per cent the version is kontrolregnet;
    beyond, it stays as it is, the difference is kept, and the exit code is 1. A run with confidential figures has no
    such workbook: who checks it works it out on paper and gives the figure with --figure.
    """
    blind, filled, figure = (options.pop(option) for option in ("blind", "filled", "figure"))
    if sum(one is not None for one in (blind, filled, figure)) != 1:
        raise InputError.one(
            "give one of --blind FILE, to write the workbook, --filled FILE, to read it back, or --figure MIO_KR"
        )
    language = options.pop("language")
    if blind is not None:
        _write(name, version, blind, language, options)
    elif filled is not None:
        _read(name, version, filled, options)
    else:
        _take(name, version, figure, options)


def _write(name: str, version: int | None, file: Path, language: str, options: dict[str, Any]) -> None:
    from simulator.case.desk import on_desk
    from simulator.case.signing import blind_workbook_of

    if file.exists():
        raise InputError.one("is there already; give another file", str(file), "--blind")
    with on_desk(asked_of(name, options), "writes the blind workbook") as desk:
        content, given = blind_workbook_of(desk, version, language)
    try:
        file.write_bytes(content)
    except OSError as wrong:
        raise InputError.one(f"cannot be written: {wrong.strerror or wrong}", str(file), "--blind") from wrong
    click.echo(f"{file}\n{given}")


def _read(name: str, version: int | None, file: Path, options: dict[str, Any]) -> None:
    from simulator.case.desk import on_desk
    from simulator.case.signing import checked
    from simulator.recalculation import plain

    with on_desk(asked_of(name, options), "checks it") as desk:
        found, filled = checked(desk, version, file)
    click.echo(plain(filled))
    _end(name, found)


def _take(name: str, version: int | None, figure: float, options: dict[str, Any]) -> None:
    from simulator.case.desk import on_desk
    from simulator.case.signing import checked_by_figure

    if not isfinite(figure):
        raise InputError.one("must be a number in mio. kr., minus is a loss", path="--figure")
    with on_desk(asked_of(name, options), "checks it") as desk:
        found = checked_by_figure(desk, version, figure)
    assert found.checked is not None, "it was just checked"
    click.echo(f"their figure {figure:,.3f} mio. kr., difference {found.checked['difference_share']:.1%}")
    _end(name, found)


def _end(name: str, found: Version) -> None:
    """Say where the version stands, and end with 1 where the figures part."""
    from simulator.case.status import shown

    click.echo(f"{name} v{found.number} is {shown(found.status)}")
    if found.checked is None or not found.checked["within"]:
        click.get_current_context().exit(1)
