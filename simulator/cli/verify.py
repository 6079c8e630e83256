"""Verify that a kept run is as it was written, and that its parts add up."""

from __future__ import annotations

from pathlib import Path

import click

from simulator.errors import RunError


@click.command(
    epilog="""\b
Example:
  saldo verify outputs/demo"""
)
@click.argument("run", type=click.Path(path_type=Path))
def command(run: Path) -> None:
    """Compare every file of RUN with its hash, and every sum with its parts.

    Nothing is simulated. What differs is listed, and the exit code is 1.
    """
    from simulator.results.read import kept_run
    from simulator.results.verify import faults_of

    kept = kept_run(run)
    faults = faults_of(kept)
    if faults:
        raise RunError(f"{run} is not as it was written:\n" + "\n".join(f"  {fault}" for fault in faults))
    click.echo(f"OK  {kept.name}: {len(kept.record['files'])} files are as they were written, and their parts add up")
