"""Let a second person fill the chain in blind, and note what parts the two figures."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from simulator.cli._case._asked import asked_of, clock_option, version_option, where_option, who_option
from simulator.errors import InputError


@click.command(
    "check",
    epilog="""\b
Examples:
  saldo case check spm-412 --blind kontrol.xlsx --by "A. B."
  saldo case check spm-412 --filled kontrol.xlsx --by "C. D." """,
)
@click.argument("name")
@click.option("--blind", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Write the workbook.")
@click.option("--filled", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Read it back.")
@click.option("--language", default="da", show_default=True, help="Language of the workbook.")
@version_option
@clock_option
@who_option
@where_option
def command(name: str, version: int | None, blind: Path | None, filled: Path | None, **options: Any) -> None:
    """Check the latest version of the case NAME by a second person, who does not see its numbers.

    --blind writes a workbook with the names and sources of the factors alone. Who did not make the version looks them
    up and fills them in; --filled reads it, and notes the difference factor by factor. Within two per cent the version
    is kontrolregnet; beyond, it stays as it is, the difference is kept, and the exit code is 1.
    """
    if (blind is None) == (filled is None):
        raise InputError.one("give either --blind FILE, to write the workbook, or --filled FILE, to read it back")
    language = options.pop("language")
    if blind is not None:
        _write(name, version, blind, language, options)
    else:
        assert filled is not None
        _read(name, version, filled, options)


def _write(name: str, version: int | None, file: Path, language: str, options: dict[str, Any]) -> None:
    from simulator.case.desk import on_desk
    from simulator.case.signing import blind_workbook_of

    if file.exists():
        raise InputError.one("is there already; give another file", str(file), "--blind")
    with on_desk(asked_of(name, options), "writes the blind workbook") as desk:
        content = blind_workbook_of(desk, version, language)
    try:
        file.write_bytes(content)
    except OSError as wrong:
        raise InputError.one(f"cannot be written: {wrong.strerror or wrong}", str(file), "--blind") from wrong
    click.echo(file)


def _read(name: str, version: int | None, file: Path, options: dict[str, Any]) -> None:
    from simulator.case.desk import on_desk
    from simulator.case.signing import checked
    from simulator.case.status import shown
    from simulator.recalculation import plain

    with on_desk(asked_of(name, options), "checks it") as desk:
        found, filled = checked(desk, version, file)
    click.echo(plain(filled))
    click.echo(f"{name} v{found.number} is {shown(found.status)}")
    if found.checked is None or not found.checked["within"]:
        click.get_current_context().exit(1)
