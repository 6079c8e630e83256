"""The net gain of a trial by its size, a line for each prior belief, and the best size of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulator.report.axes import decimals_between, ticks_around
from simulator.report.columns import decimals_of
from simulator.report.curves import STYLES, Curves, Name
from simulator.report.drawing import Sheet
from simulator.report.informed import checked, drawn_name, priors_of
from simulator.report.language import MIO, Words
from simulator.report.reading import Row, Run
from simulator.report.style import Size

if TYPE_CHECKING:
    from matplotlib.figure import Figure

FIGURE = "figures.trial_gain"
NEEDS = "a table of sizes of a trial with their net gain, which a section 'decision' of its scenario makes"
"""What a run must have to be drawn, for the message where it has not."""


@dataclass(frozen=True)
class Gain:
    """The net gain under a prior.

    Attributes:
        prior: Name of the prior.
        points: Persons per arm, ascending, each with its net gain [mio. kr.].
    """

    prior: str
    points: tuple[tuple[float, float], ...]

    @property
    def best(self) -> tuple[float, float]:
        """Size and net gain [mio. kr.] of the best size."""
        return max(self.points, key=lambda point: point[1])


def gains(run: Run) -> list[Gain]:
    """Return the net gain by size, a line for each prior."""
    rows = checked(run, "trial_sizes")
    return [
        Gain(prior, _points([row for row in rows if row["prior"] == prior])) for prior in priors_of(run, "trial_sizes")
    ]


def _points(rows: list[Row]) -> tuple[tuple[float, float], ...]:
    told = {float(row["persons_per_arm"]): float(row["net_gain_mio_kr"]) for row in rows}
    return tuple(sorted((size, gain) for size, gain in told.items() if size > 0))


def wanted(run: Run) -> bool:
    """Return whether a run says what a trial gains."""
    return any(gain.points for gain in gains(run))


def title(run: Run, words: Words) -> str:
    """Return the statement of the figure: under which priors a trial is worth it."""
    found = gains(run)
    worth, one = sum(gain.best[1] > 0 for gain in found), "_one" if len(found) == 1 else ""
    if 0 < worth < len(found):
        return words.text(f"{FIGURE}.title.some", count=words.number(worth), all=words.number(len(found)))
    return words.text(f"{FIGURE}.title.{'all' if worth else 'none'}{one}")


def draw(run: Run, words: Words, size: Size) -> Figure:
    """Return the figure: a line for each prior over the size of the trial, and a dot at each best size."""
    found = gains(run)
    sheet = Sheet(size, height=14.0)
    top = sheet.heading(title(run, words), words.text(f"{FIGURE}.below"))
    amounts = [gain for one in found for _, gain in one.points]
    ticks = ticks_around(min(amounts), max(amounts))
    ticks = ticks if len(ticks) > 1 else [-1.0, 0.0, 1.0]
    sizes = [persons for one in found for persons, _ in one.points]
    dashes = [STYLES[index % len(STYLES)] for index in range(len(found))]
    names = [
        Name(drawn_name(words, run, "priors", one.prior), one.points[-1][1], style)
        for one, style in zip(found, dashes, strict=True)
    ]
    curves = Curves(sheet, top, sizes, ticks, names)
    places = decimals_between(ticks)
    curves.lay(lambda tick: words.number(tick, places if tick else 0))
    for one, style in zip(found, dashes, strict=True):
        curves.line(one.points, style)
    for one in found:
        curves.mark(one.best, filled=one.best[1] > 0)
    curves.ends()
    sheet.crop(curves.floor(words.number, words.text(f"{FIGURE}.across")))
    return sheet.figure


def alt_text(run: Run, words: Words) -> str:
    """Return what the figure shows, in words."""
    rows = "; ".join(
        words.text(
            f"{FIGURE}.alt_row",
            prior=drawn_name(words, run, "priors", one.prior),
            gain=words.mio_kr(one.best[1] * MIO, decimals_of(abs(one.best[1]) * MIO), plus=True),
            persons=words.number(one.best[0]),
        )
        for one in gains(run)
    )
    return words.text(f"{FIGURE}.alt", title=title(run, words), rows=rows)


def drawn_rows(run: Run, words: Words) -> list[Mapping[str, object]]:
    """Return what is drawn: net gain by prior and size, and which size is the best."""
    return [
        {
            "prior": one.prior,
            "name": drawn_name(words, run, "priors", one.prior),
            "persons_per_arm": persons,
            "net_gain_mio_kr": gain,
            "best": int((persons, gain) == one.best),
        }
        for one in gains(run)
        for persons, gain in one.points
    ]
