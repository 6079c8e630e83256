"""Find which combinations of assumptions turn the sign, or make the loss larger than an amount."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from simulator.errors import InputError

if TYPE_CHECKING:
    from simulator.uncertainty.discovery import Box, Limit
    from simulator.uncertainty.points import Points

FIGURE = "employment_effect_kr"
MIO = 1e-6


@click.command(
    epilog="""\b
Examples:
  saldo discover outputs/christmas-2021-bottom-up/ID --loss-exceeds 15
  saldo discover outputs/sweeps/utilisation --sign
  saldo discover outputs/christmas-2021-bottom-up/ID --loss-exceeds 15 --json"""
)
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--loss-exceeds", type=float, metavar="MIO_KR", help="Points of interest: a loss of more than this.")
@click.option("--sign", is_flag=True, help="Points of interest: the rarer sign of the figure; the default.")
@click.option("--figure", default=FIGURE, show_default=True, metavar="NAME", help="Figure of the stored points, in kr.")
@click.option("--boxes", "most", type=click.IntRange(1, 10), default=3, show_default=True, help="Most boxes.")
@click.option("--json", "as_json", is_flag=True, help="Print the boxes as JSON and nothing else.")
def command(folder: Path, loss_exceeds: float | None, sign: bool, figure: str, most: int, as_json: bool) -> None:
    """Look through the points kept in FOLDER, of a run with draws or of a sweep; nothing is run.

    A box is a few limits on a few assumptions. Its coverage is the share of all points of interest inside it, its
    density the share of the points inside that are of interest.
    """
    from simulator.uncertainty.discovery import boxes
    from simulator.uncertainty.points import points_in

    if sign and loss_exceeds is not None:
        raise InputError.one("--sign and --loss-exceeds ask for different points; choose one", path="--sign")
    points = _of_sweep(folder, figure) if (folder / "sweep.json").is_file() else points_in(folder, figure)
    wanted = None if loss_exceeds is None else -loss_exceeds / MIO
    interest = points.beyond(wanted)
    found = boxes(points.values, interest, most)
    if as_json:
        click.echo(json.dumps(_record(points, found, loss_exceeds), indent=1, ensure_ascii=False))
        return
    click.echo("\n".join(_lines(points, found, loss_exceeds)))


MOST_ROWS = 200_000
"""Of a larger sweep every n-th row is looked at."""


def _of_sweep(folder: Path, figure: str) -> Points:
    """Return the finished rows of a sweep as points."""
    from simulator.sweeps.figures import figure_names
    from simulator.sweeps.reading import asked, state_of
    from simulator.uncertainty.points import points_of

    manifest = state_of(folder).manifest
    every = max(1, -(-manifest["rows"] // MOST_ROWS))
    rows = asked(folder, f"SELECT * FROM sweep WHERE row % {every} = 0 ORDER BY row")
    names = [name for name in rows.columns if name in figure_names()]
    return points_of(rows.drop(columns=["row", *names]), rows[names], figure, folder)


def _record(points: Points, found: Sequence[Box], loss_exceeds: float | None) -> dict[str, Any]:
    return {
        "points": points.count,
        "figure": points.figure,
        "loss_exceeds_mio_kr": loss_exceeds,
        "of_interest": int(points.beyond(None if loss_exceeds is None else -loss_exceeds / MIO).sum()),
        "boxes": [asdict(box) for box in found],
    }


def _lines(points: Points, found: Sequence[Box], loss_exceeds: float | None) -> Iterator[str]:
    of_interest = int(points.beyond(None if loss_exceeds is None else -loss_exceeds / MIO).sum())
    what = f"a loss of more than {loss_exceeds:g} mio. kr." if loss_exceeds is not None else points.rarer
    low, high = points.figures.min() * MIO, points.figures.max() * MIO + 0.0
    yield f"{points.count:,} points, {points.figure} from {low:,.2f} to {high:,.2f} mio. kr."
    yield f"of interest: {what}, at {of_interest:,} points ({of_interest / points.count:.1%})"
    if not of_interest or of_interest == points.count:
        yield "All points are alike, so nothing tells them apart; choose an amount between the two with --loss-exceeds."
        return
    if not found:
        yield "No combination of assumptions holds them better than chance would."
    for number, box in enumerate(found, start=1):
        yield ""
        yield (
            f"box {number}: {box.points:,} points; of those of interest {box.coverage:.0%} lie inside (coverage), "
            f"and {box.density:.0%} of those inside are of interest (density)"
        )
        for limit in box.limits:
            yield f"    {_limit(limit)}"


def _limit(limit: Limit) -> str:
    if limit.words:
        return f"{limit.key} is {' or '.join(limit.words)}"
    ends = [f"at least {limit.low:.4g}"] if limit.low is not None else []
    ends += [f"at most {limit.high:.4g}"] if limit.high is not None else []
    return f"{limit.key} {' and '.join(ends)}"
