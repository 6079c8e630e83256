"""What is said of files of older versions: on stderr, for they are read all the same."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from simulator.scenario.versions import Reading


def tell_changes(files: Iterable[Reading]) -> None:
    """Say what was converted while files were read."""
    for file in files:
        for change in file.changes:
            click.echo(f"{change} (converted on reading)", err=True)


def tell_versions(files: Iterable[Reading]) -> None:
    """Say which files are of an older version, and what was converted while they were read."""
    from simulator.scenario.sources import RESOLVED
    from simulator.scenario.versions import PRESENT

    for file in files:
        if file.version < PRESENT:
            said = f"is of version {file.version}" if file.version else "says no version; read as of before the first"
            advice = "" if Path(file.where).name == RESOLVED else f"; `saldo convert {file.where} --write` brings it up"
            click.echo(f"{file.where}  {said}{advice}", err=True)
        tell_changes([file])
