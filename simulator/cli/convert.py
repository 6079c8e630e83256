"""Bring a scenario, plan, register or facts file to the present version of its form."""

from __future__ import annotations

from pathlib import Path

import click

from simulator.errors import InputError


@click.command(
    epilog="""\b
Examples:
  saldo convert my-scenario.yaml
  saldo convert my-scenario.yaml --out my-scenario-new.yaml
  saldo convert my-scenario.yaml --write"""
)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), metavar="FILE", help="Write another file; never over one.")
@click.option("--write", is_flag=True, help="Write the file itself; the old one is kept as FILE.v0.")
def command(file: Path, out: Path | None, write: bool) -> None:
    """Write FILE as the present version of saldo has it, and say on stderr what was changed.

    Comments, order and layout stay; only what is converted is written anew. Without --out and --write the text is
    printed. Files that it names (extends, facts, register) have versions of their own and are converted apart.
    """
    from simulator.scenario.versions import PRESENT
    from simulator.scenario.versions.file import converted_file, write_in_place, write_to

    if out is not None and write:
        raise InputError.one("goes without --write; give one of the two", path="--out")
    found = converted_file(file)
    version = found.reading.version
    if version == PRESENT and out is None:
        click.echo(f"{file} is of version {PRESENT} already; nothing is converted.", err=True)
        if not write:
            click.echo(found.text, nl=False)
        return
    told = f"{file}  version {version or 'before the first'} -> {PRESENT}"
    if write:
        kept = write_in_place(file, found)
        told += f"; the old file is kept as {kept}"
    elif out is not None:
        write_to(out, file, found)
        told += f"; written to {out}"
    else:
        click.echo(found.text, nl=False)
    click.echo(told, err=True)
    for change in found.reading.changes:
        click.echo(str(change), err=True)
