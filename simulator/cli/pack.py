"""Pack a kept run for somebody outside, and say what was left out."""

from __future__ import annotations

from pathlib import Path

import click

from simulator.errors import InputError


@click.command(
    epilog="""\b
Examples:
  saldo pack outputs/demo --external
  saldo pack outputs/demo --external --out estimate.zip --force"""
)
@click.argument("run", type=click.Path(path_type=Path))
@click.option("--external", is_flag=True, help="For a reader outside: the only kind of pack there is.")
@click.option("--internal", is_flag=True, hidden=True)
@click.option("--out", type=click.Path(path_type=Path), metavar="FILE", help="The zip; SCENARIO-ID-external.zip here.")
@click.option("--force", is_flag=True, help="Take the place of a file of that name.")
def command(run: Path, external: bool, internal: bool, out: Path | None, force: bool) -> None:
    """Zip the finished run in the folder RUN without paths, names, notes, commands, drafts and the internal split.

    LEFT-OUT.txt in the zip says what was left out and why. The run must be as it was written: a file that was
    changed since is named. The same run gives the same bytes.
    """
    if internal or not external:
        message = "there is no internal pack: colleagues read the folder of the run; allowed: --external"
        raise InputError.one(message, path="--internal" if internal else "--external")
    from simulator.pack import write_pack
    from simulator.results.read import kept_run

    record = kept_run(run).record
    place = out or Path(f"{record.get('scenario', 'run')}-{record.get('run_id', run.name)}-external.zip")
    click.echo(write_pack(run, place, force=force))
