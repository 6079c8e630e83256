"""Write the brief of a finished run again, from its files alone; on request its defence pack, beside it."""

from __future__ import annotations

from pathlib import Path

import click

from simulator.errors import InputError


@click.command(
    "brief",
    epilog="""\b
Examples:
  saldo brief outputs/demo --format html
  saldo brief outputs/demo --defence
  saldo brief outputs/demo --defence --since outputs/bottom-up --out forsvar.md""",
)
@click.argument("run", type=click.Path(path_type=Path))
@click.option(
    "--format", "formats", multiple=True, help="Format of the document; may be given more than once. Default: all."
)
@click.option("--language", default="da", show_default=True, help="Language of the document.")
@click.option("--defence", is_flag=True, help="Write the defence pack instead: internal, outside the run folder.")
@click.option(
    "--out", type=click.Path(path_type=Path), metavar="FILE", help="File of the defence pack. Default: beside RUN."
)
@click.option(
    "--since", type=click.Path(path_type=Path), metavar="RUN", help="Run of the last estimate, for the defence pack."
)
def command(
    run: Path, formats: tuple[str, ...], language: str, defence: bool, out: Path | None, since: Path | None
) -> None:
    """Write the brief of the finished run in the folder RUN.

    Nothing is simulated: the brief is made from the files of the run, and has the same bytes each time. With --defence
    another document is written, marked as internal: attacks and answers, likely questions, what one must believe, and
    with --since what changed; as HTML unless --format or the ending of --out says otherwise.
    """
    from simulator.report import format_names, make_brief

    if defence:
        from simulator.report.defence import make_defence

        written = make_defence(run, formats, language, out, since)
    else:
        for option, given in (("--out", out), ("--since", since)):
            if given is not None:
                raise InputError.one("goes with --defence; leave it out, or add --defence", path=option)
        written = make_brief(run, formats or format_names(), language)
    for path in written:
        click.echo(path)
