"""Write the brief of a finished run again, from its files alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click


@click.command(
    "brief",
    epilog="""\b
Examples:
  saldo brief outputs/christmas-2021/RUN
  saldo brief outputs/christmas-2021/RUN --format pdf
  saldo brief outputs/christmas-2021/RUN --format docx --template ministry.docx
  saldo brief outputs/christmas-2021/RUN --form short --format pdf --format html""",
)
@click.argument("run", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "formats",
    multiple=True,
    metavar="NAME",
    help="pdf, docx, html, md or another that there is; may be given more than once. Default: all.",
)
@click.option("--language", default="da", show_default=True, help="da or another; it stands beside the Danish one.")
@click.option("--form", default="full", show_default=True, help="full, or short: a note of one page.")
@click.option("--internal", is_flag=True, help="Tell kroner by type and place as well, a computational split.")
@click.option(
    "--template",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A Word document (.docx) of your own to set the docx in; it takes the place of the paragraph {{saldo}}, or "
    "stands after all that the file holds.",
)
def command(run: Path, formats: tuple[str, ...], language: str, **edition: Any) -> None:
    """Write the brief of the finished run in the folder RUN, as RUN/brief.pdf, brief.docx and so on.

    Nothing is simulated: the brief is made from the files of the run, and has the same bytes each time.
    """
    from simulator.report import format_names, make_brief
    from simulator.report.edition import Edition

    for path in make_brief(run, formats or format_names(), language, Edition(**edition)):
        click.echo(path)
