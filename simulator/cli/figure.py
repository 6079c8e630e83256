"""Draw a figure of a finished run, or map its results and rules by municipality."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from simulator.errors import InputError

if TYPE_CHECKING:
    from simulator.report.language import Words
    from simulator.report.reading import Run

MAP = "municipalities"
OPTIONS_OF_MAP = {
    "quantity": "--quantity",
    "day": "--date",
    "arm": "--arm",
    "geometry": "--geometry",
    "table": "--table",
}
OPTIONS_OF_FILES = {"geometry": "--geometry", "out": "--out"}


class _Named(click.Command):
    """A command whose help lists the figures by what lies in their folder."""

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the text of the command and, below it, each figure with the first line of its file."""
        from simulator.report.plugs import plug_summaries

        super().format_help_text(ctx, formatter)
        with formatter.section("Names"):
            formatter.write_dl(list(plug_summaries("figures").items()))


@click.command(
    "figure",
    cls=_Named,
    epilog="""\b
Examples:
  saldo figure outputs/christmas-2021/RUN bridge --size slide
  saldo figure outputs/christmas-2021/RUN tornado --size column --out paste
  saldo figure outputs/christmas-2021/RUN municipalities --quantity digital_share
  saldo figure outputs/christmas-2021/RUN municipalities --date 2021-12-20 --arm baseline
  saldo figure outputs/christmas-2021/RUN municipalities --table""",
)
@click.argument("run", type=click.Path(path_type=Path))
@click.argument("name")
@click.option("--size", default="page", show_default=True, help="column, page or slide.")
@click.option("--quantity", help="Map: physical_avoided (default), held or digital_share.")
@click.option("--date", "day", metavar="YYYY-MM-DD", help="Map: the attendance rules in force on a day of the period.")
@click.option("--arm", help="Map: baseline or proposal (default); physical_avoided compares both.")
@click.option(
    "--geometry", type=click.Path(path_type=Path), metavar="FILE", help="Map: draw on a GeoJSON file (WGS84)."
)
@click.option("--table", is_flag=True, help="Map: print its numbers instead of drawing it.")
@click.option("--language", default="da", show_default=True, help="Language of the figure.")
@click.option("--out", type=click.Path(path_type=Path), metavar="FOLDER", help="Default: figures in the run folder.")
def command(run: Path, name: str, **options: Any) -> None:
    """Draw the figure NAME of the finished run in the folder RUN, as SVG and PNG, with its numbers as CSV.

    Sizes: column (85 mm, half a page), page (165 mm) and slide (16:9). The map of municipalities is of physical
    meetings avoided per 1,000 inhabitants, of another quantity, or with --date of the rule for jobsamtaler of dagpenge
    recipients in the first half-year. A figure that does not fit the run says what it needs. Nothing is simulated.
    """
    from simulator.report.language import read_words
    from simulator.report.plugs import plug
    from simulator.report.reading import read_run
    from simulator.report.style import figure_size

    plug("figures", name, "figure")
    figure_size(options["size"])
    words, read = read_words(options["language"]), read_run(run)
    if name == MAP:
        _draw_map(read, words, options)
    else:
        _draw_other(name, read, words, options)


def _draw_map(run: Run, words: Words, options: dict[str, Any]) -> None:
    """Print or draw the map that the options ask for."""
    from simulator.report.municipalities.choice import read_choice
    from simulator.report.municipalities.saving import save_map, table_lines
    from simulator.report.pictures import figures_folder

    choice = read_choice(run, options["quantity"], options["day"], options["arm"], options["geometry"])
    if options["table"]:
        _refuse(options, OPTIONS_OF_FILES, "--table prints and draws nothing; leave it out")
        lines = table_lines(run, words, choice)
    else:
        folder = options["out"] or run.folder / figures_folder(words.language)
        lines = map(str, save_map(run, words, choice, options["size"], folder))
    click.echo("\n".join(lines))


def _draw_other(name: str, run: Run, words: Words, options: dict[str, Any]) -> None:
    """Draw a figure that is no map."""
    from simulator.report.drawn_files import write_drawn
    from simulator.report.pictures import Pictures, figures_folder

    _refuse(options, OPTIONS_OF_MAP, f"only the figure {MAP} takes it; leave it out")
    pictures, size = Pictures(run, words), options["size"]
    folder = options["out"] or run.folder / figures_folder(words.language)
    for path in write_drawn(folder, name, size, pictures.drawn(name, size)):
        click.echo(path)


def _refuse(options: dict[str, Any], names: dict[str, str], why: str) -> None:
    """Refuse the first of some options that was given."""
    for key, option in names.items():
        if options[key] not in (None, False):
            raise InputError.one(why, path=option)
