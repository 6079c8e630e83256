"""Write the brief of a finished run again, from its files alone."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("brief")
@click.argument("run", type=click.Path(path_type=Path))
@click.option(
    "--format", "formats", multiple=True, help="Format of the document; may be given more than once. Default: all."
)
@click.option(
    "--language",
    default="da",
    show_default=True,
    help="Language of the document; one that is not Danish stands beside it.",
)
def command(run: Path, formats: tuple[str, ...], language: str) -> None:
    """Write the brief of the finished run in the folder RUN.

    Nothing is simulated: the brief is made from the files of the run, and has the same bytes each time.
    """
    from simulator.report import format_names, make_brief

    for path in make_brief(run, formats or format_names(), language):
        click.echo(path)
