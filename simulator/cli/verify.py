"""Verify a kept run: make it again from its own folder, and name each file and cell that differs."""

from __future__ import annotations

from pathlib import Path

import click

from simulator.cli.progress import progress
from simulator.errors import EXIT_FAILED


@click.command(
    epilog="""\b
Examples:
  saldo verify outputs/demo
  saldo verify outputs/demo --no-rerun
  saldo verify outputs/demo --by "Control unit" --out certificate.json"""
)
@click.argument("run", type=click.Path(path_type=Path))
@click.option("--no-rerun", is_flag=True, help="Look at its own hashes and sums only; nothing is simulated.")
@click.option("--by", default="", metavar="NAME", help="Who asks for the certificate.")
@click.option(
    "--facts",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The facts file with the confidential numbers, which the run does not hold.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write the certificate (.json, .txt).",
)
def command(run: Path, no_rerun: bool, by: str, facts: Path | None, out: Path | None) -> None:
    """Make RUN again from its own folder and print a certificate: what was compared, and what differs.

    The folder alone is needed; it may have been moved. Every file is compared with that of the run made
    again, cell by cell, so that a changed figure is found even where the checksums were rewritten to fit.
    A run with confidential values does not hold them: it is made again only with --facts.
    The exit code is 0 where nothing differs, and 1 where something does.
    """
    from simulator.certificate import certified
    from simulator.certificate.written import refuse_place, text_of, write_certificate
    from simulator.plan import jobs_of
    from simulator.results.read import kept_run

    kept = kept_run(run)
    if out is not None:
        refuse_place(out, run)
    certificate = certified(kept, " ".join(by.split()), jobs_of, progress, rerun=not no_rerun, facts=facts)
    click.echo(text_of(certificate))
    if out is not None:
        write_certificate(certificate, out)
        click.echo(f"Written to {out}.")
    if not certificate.same:
        raise click.exceptions.Exit(EXIT_FAILED)
