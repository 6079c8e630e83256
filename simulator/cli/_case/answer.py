"""Answer a case: the control at once, the simulation behind it, and the documents that are sent."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from simulator.cli._case._asked import asked_of, clock_option, one_line, where_option, who_option
from simulator.cli.progress import progress

if TYPE_CHECKING:
    from simulator.case.answering import Answered, Prepared, Request


@click.command(
    "answer",
    epilog="""\b
Examples:
  saldo case answer spm-412 --by "A. B."
  saldo case answer spm-412 -S effects.params.relative_effect=0.5 --why "the committee asks for half" --by "A. B."
  saldo case answer spm-412 --unset effects.params.relative_effect --why "back to the cautious reading"
  saldo case answer spm-412 --engine control""",
)
@click.argument("name")
@click.option("-S", "sets", multiple=True, metavar="KEY=VALUE", help="Set a key of the scenario, from now on.")
@click.option("--unset", multiple=True, metavar="KEY", help="Take a setting back.")
@click.option(
    "--why", default="", callback=one_line, metavar="TEXT", help="Why something changed; needed where anything did."
)
@click.option("--engine", default="fast", show_default=True, metavar="NAME", help="fast, reference, or control alone.")
@click.option("--replications", type=int, help="Number of draws of events; that of the scenario where left out.")
@click.option("--seed", type=int, help="Seed of all chance; that of the scenario where left out.")
@click.option("--again", is_flag=True, help="Make a version although nothing changed.")
@clock_option
@who_option
@where_option
def command(name: str, **options: Any) -> None:
    """Make a version of the answer to the case NAME, with its four documents.

    The figure of the control is printed at once, the simulation follows. From the second version on every assumption
    that changed is listed with what it does to the figure. What was issued before on the same subject, in this case or
    another one, is printed with the difference and the bridge.
    """
    from simulator.case.answering import Request, answered, first_figure, prepared, refuse_without_why
    from simulator.case.desk import on_desk
    from simulator.plan import jobs_of
    from simulator.scenario.confidential import discreetly

    asked = asked_of(name, options)
    request = Request(
        **{**options, "sets": tuple(options["sets"]), "unset": tuple(options["unset"])}, command=_typed(), jobs=jobs_of
    )
    with on_desk(asked, "answers it") as desk:
        ready = prepared(desk, request)
        request = _with_why(ready, request)
        refuse_without_why(ready, request)
        with discreetly(ready.scenario):
            click.echo(first_line(first_figure(ready).headline))
            done = answered(desk, ready, request, progress)
    for line in _lines(done, name):
        click.echo(line)
    for path in sorted(desk.case.version(done.version.number).documents.iterdir()):
        if not path.name.startswith("."):
            click.echo(path)


def first_line(headline: dict[str, Any]) -> str:
    """Return the first figure in a line."""
    effect, converted = headline["saldo_mio_kr"]["employment_effect"]["control"], headline["converted"]["control"]
    count = "" if converted is None else f", {converted:,.0f} conversations change form"
    return f"First figure (control): {effect:,.2f} mio. kr.{count}"


def _with_why(ready: Prepared, request: Request) -> Request:
    """Ask at a terminal why something changed."""
    from dataclasses import replace

    watched = sys.stdin.isatty() and sys.stderr.isatty()
    if request.why.strip() or not ready.differs or not watched:
        return request
    keys = ", ".join(one.key for one in ready.differs[:5])
    return replace(request, why=str(click.prompt(f"{keys} changed. Why", err=True)))


def _lines(done: Answered, name: str) -> Iterator[str]:
    from simulator.case.said_before import lines_of
    from simulator.case.status import shown
    from simulator.report.language import MIO

    version, figures = done.version, done.version.figures
    control = "" if figures.control_mio_kr is None else f"  control {figures.control_mio_kr:,.2f}"
    span = "" if figures.low is None else f"  range {figures.low:,.2f} to {figures.high:,.2f}"
    yield f"{name} v{version.number} ({shown(version.status)}): {figures.mio_kr:,.2f} mio. kr.{control}{span}"
    changes = version.said["changes"]
    if version.said["changed_since"] is not None:
        yield f"Changed since v{version.said['changed_since']}:" + ("" if changes else " nothing")
    for one in changes:
        moved = "effect not worked out" if one["effect_kr"] is None else f"{one['effect_kr'] / MIO:+,.2f} mio. kr."
        before, after = _number(one["before"]), _number(one["after"])
        yield f"  {one['key']}: {before} -> {after} {one['unit']}  {moved}"
    if version.said["effects_missing"]:
        yield f"  what each does to the figure is not told: {version.said['effects_missing'].splitlines()[0]}"
    if version.said["rest_kr"]:
        yield f"  program, seed and replications  {version.said['rest_kr'] / MIO:+,.2f} mio. kr."
    yield from lines_of(done.said, figures.mio_kr, done.beside)


def _typed() -> str:
    return shlex.join(["saldo", *sys.argv[1:]])


def _number(value: object) -> str:
    """Return a value as it would be written, 300000 and not 300000.0."""
    return f"{value:.10g}" if isinstance(value, float) else str(value)
