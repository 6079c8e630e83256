"""The power of a trial by its size: the published formula as a line, simulated trials as points, and the aim."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulator.report.blocks import plain
from simulator.report.curves import STYLES, Curves, Name
from simulator.report.drawing import Sheet
from simulator.report.informed import aim_of, checked, drawn_name, fails_in, number_in, reasons_of
from simulator.report.language import Words
from simulator.report.reading import Row, Run
from simulator.report.style import LOSS, QUIET, SMALL, Size

if TYPE_CHECKING:
    from matplotlib.figure import Figure

FIGURE = "figures.power"
NEEDS = "a table of the power of a trial, which a section 'trial' of its scenario makes"
"""What a run must have to be drawn, for the message where it has not."""
SHARES = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
TWO_SIDED = 1.959964
"""Standard errors to both sides of 95 per cent."""
AIM_DASHES = (LOSS, (0, (4, 2)))


@dataclass(frozen=True)
class Power:
    """The power for the first outcome of the table, by size.

    Attributes:
        outcome: The outcome.
        rows: Its rows, the smallest size first.
        aim: Power that the trial is to have [0-1].
    """

    outcome: str
    rows: tuple[Row, ...]
    aim: float

    def points(self, column: str) -> list[tuple[float, float]]:
        """Return sizes with a power, as far as the table has it."""
        told = ((float(row["persons_per_arm"]), number_in(row, column)) for row in self.rows)
        return [(size, float(value)) for size, value in told if value is not None]

    @property
    def main(self) -> list[tuple[float, float]]:
        """The power that stands: as simulated, or by the formula where nothing was."""
        return self.points("simulated_power") or self.points("closed_form_power")


def power_of(run: Run) -> Power:
    """Return the power of the first outcome that the table tells of."""
    rows = [row for row in checked(run, "trial_power") if row["closed_form_power"] or row["simulated_power"]]
    own = [row for row in rows if row["outcome"] == rows[0]["outcome"]]
    ordered = tuple(sorted(own, key=lambda row: float(row["persons_per_arm"])))
    return Power(ordered[0]["outcome"] if ordered else "", ordered, float(aim_of(run)))


def wanted(run: Run) -> bool:
    """Return whether a run says how much a trial would find."""
    return bool(power_of(run).rows)


def title(run: Run, words: Words) -> str:
    """Return the statement of the figure: the least size that reaches the aim, or that none does."""
    power = power_of(run)
    reached = next(((size, share) for size, share in power.main if share >= power.aim), None)
    if reached is None:
        highest = max(share for _, share in power.main)
        return words.text(f"{FIGURE}.title.missed", aim=words.share(power.aim), power=words.share(highest))
    return words.text(f"{FIGURE}.title.reached", persons=words.number(reached[0]), power=words.share(reached[1]))


def draw(run: Run, words: Words, size: Size) -> Figure:
    """Return the figure: the formula as a line, simulated trials as points with bars, and the aim as a level."""
    power = power_of(run)
    sheet = Sheet(size, height=14.0)
    top = sheet.heading(title(run, words), words.text(f"{FIGURE}.below", outcome=_outcome(words, run, power)))
    curves = Curves(sheet, top, [point[0] for point in power.main], SHARES, _names(words, power))
    curves.lay(lambda share: words.number(share * 100))
    curves.level(power.aim, AIM_DASHES)
    curves.line(power.points("closed_form_power"), STYLES[0])
    errors = {float(row["persons_per_arm"]): number_in(row, "simulated_std_error") or 0.0 for row in power.rows}
    for persons, share in power.points("simulated_power"):
        curves.mark((persons, share), spread=TWO_SIDED * float(errors[persons]))
    curves.ends()
    level = curves.floor(words.number, words.text(f"{FIGURE}.across"))
    notes = _notes(words, power)
    lines = [line for note in notes for line in sheet.wrap(note, sheet.width - 2 * sheet.margin, size.text * SMALL)]
    sheet.crop(level - sheet.paragraph((sheet.margin, level), lines, size.text * SMALL, color=QUIET))
    return sheet.figure


def _names(words: Words, power: Power) -> list[Name]:
    names = [Name(words.text(f"{FIGURE}.aim", aim=words.share(power.aim)), power.aim, AIM_DASHES)]
    closed, simulated = power.points("closed_form_power"), power.points("simulated_power")
    if closed:
        names.append(Name(words.text(f"{FIGURE}.closed"), closed[-1][1], STYLES[0]))
    if simulated:
        names.append(Name(words.text(f"{FIGURE}.simulated"), simulated[-1][1], mark=True))
    return names


def _notes(words: Words, power: Power) -> list[str]:
    notes = [words.text(f"{FIGURE}.bars")] if power.points("simulated_power") else []
    failing = [row for row in power.rows if fails_in(row)]
    if failing:
        reasons = plain(reasons_of(words, failing))
        notes.append(words.text(f"{FIGURE}.{'fails' if reasons else 'fails_plain'}", reasons=reasons))
    return notes


def _outcome(words: Words, run: Run, power: Power) -> str:
    name = drawn_name(words, run, "trial_outcomes", power.outcome)
    return f"{name[:1].lower()}{name[1:]}"


def alt_text(run: Run, words: Words) -> str:
    """Return what the figure shows, in words."""
    power = power_of(run)
    rows = "; ".join(
        words.text(
            f"{FIGURE}.alt_row",
            persons=words.number(number_in(row, "persons_per_arm")),
            closed=_share(words, row, "closed_form_power"),
            simulated=_share(words, row, "simulated_power"),
        )
        for row in power.rows
    )
    return words.text(f"{FIGURE}.alt", title=title(run, words), outcome=_outcome(words, run, power), rows=rows)


def _share(words: Words, row: Row, column: str) -> str:
    share = number_in(row, column)
    return words.number(None) if share is None else words.share(share)


def drawn_rows(run: Run, words: Words) -> list[Mapping[str, object]]:
    """Return what is drawn: the power by size, by the formula and as simulated, with its standard error."""
    power = power_of(run)
    columns = ("persons_per_arm", "closed_form_power", "simulated_power", "simulated_std_error")
    return [
        {"outcome": power.outcome, **{name: number_in(row, name) for name in columns}, "aim_share": power.aim}
        for row in power.rows
    ]
