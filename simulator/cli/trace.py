"""Print the arithmetic behind a figure of a finished run, down to facts and assumptions."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from simulator.errors import RunError

if TYPE_CHECKING:
    from simulator.report.trace.node import Node
    from simulator.report.trace.tracer import Tracer

QUOTES = ('"', "'", "»", "“", "‘")


@click.command(
    "trace",
    epilog="""\b
Examples:
  saldo trace outputs/demo converted
  saldo trace outputs/demo saldo_mio_kr.employment_effect
  saldo trace outputs/demo converted_by_type.jobsamtale --json
  saldo trace outputs/demo steps:converted
  saldo trace outputs/demo tables/steps.csv:8.value --exact
  saldo trace outputs/demo '"5 mio. kr."'""",
)
@click.argument("run", type=click.Path(path_type=Path))
@click.argument("figure")
@click.option("--exact", is_flag=True, help="Print numbers in full precision; they are worked out so in any case.")
@click.option("--json", "as_json", is_flag=True, help="Print the tree as JSON.")
def command(run: Path, figure: str, exact: bool, as_json: bool) -> None:
    """Print the arithmetic of FIGURE of the finished run in the folder RUN, down to facts and assumptions.

    FIGURE is a path of headline.json, a cell of a table (TABLE:ROW.COLUMN, rows from 0, or TABLE:NAME), or in
    quotation marks words as a brief prints them: then all numbers that stand there. Every line is worked out again
    in full precision; where one does not give its figure, it is named and the exit code is 1.
    """
    from simulator.report.reading import read_run
    from simulator.report.trace.kept import Kept
    from simulator.report.trace.telling import as_data, lines
    from simulator.report.trace.tracer import Tracer

    kept = read_run(run)
    kept.refuse_if_kept_back("the arithmetic of a figure")
    found = _asked(Tracer(Kept(kept)), figure)
    if as_json:
        data = [{**told, "tree": as_data(node)} for told, node in found]
        click.echo(json.dumps(data[0]["tree"] if len(data) == 1 else data, indent=2, ensure_ascii=False))
    else:
        headed = [(_heading(told), node) for told, node in found]
        click.echo("\n".join(lines(headed, exact)))
    _check([node for _, node in found], as_json)


def _heading(told: dict[str, str]) -> str:
    """Return where a printed number stands; empty for a figure that was asked for by its name."""
    return f"{told['language']}: “{told['text']}” in: {told['sentence']}" if told else ""


def _asked(tracer: Tracer, figure: str) -> list[tuple[dict[str, str], Node]]:
    """Return what is printed of each number that was asked for, and its tree."""
    from simulator.report.trace.figures import figure as one
    from simulator.report.trace.figures import of_printed
    from simulator.report.trace.printed import printed

    bare = figure.strip()
    if not bare.startswith(QUOTES):
        return [({}, one(tracer, bare))]
    found = printed(tracer.kept.run, bare[1:].rstrip("\"'«”’"))
    told = [{"language": one.language, "text": one.text, "sentence": one.sentence} for one in found]
    trees = [of_printed(tracer, each.quantity, each.text) for each in found]
    return list(zip(told, trees, strict=True))


def _check(trees: list[Node], quiet: bool) -> None:
    """Say that every line gives its figure.

    Raises:
        RunError: A line does not.
    """
    from simulator.report.trace.node import faults, nodes, worked_out

    wrong = dict.fromkeys(one for tree in trees for one in faults(tree))
    if wrong:
        told = "; ".join(f"{one.name} [{one.place}]: {worked_out(one)!r}, not {one.value!r}" for one in wrong)
        raise RunError(f"the arithmetic does not give the figure: {told}")
    if not quiet:
        count = len({one for tree in trees for one in nodes(tree) if one.sign})
        told = f"{count} lines of arithmetic worked out again; each gives its figure." if count else "Kept as it is."
        click.echo(f"\n{told}")
