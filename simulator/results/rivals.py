"""Rival effect models on one page: one scenario under each of them, side by side."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from io import StringIO
from typing import Any

from simulator.control import Control
from simulator.delivery import Counts
from simulator.effects import assumption_of
from simulator.results.delivered import ARMS, conversation_counts
from simulator.results.sample import MIO, Sample, control_figures
from simulator.results.setting import Setting
from simulator.results.tally import Tally

COLUMNS = (
    "model",
    "converted",
    "due_proposal",
    "employment_weeks",
    "saldo_mio_kr",
    "std_error_mio_kr",
    "control_mio_kr",
    "unforeseen_mio_kr",
    "assumes",
)
"""Conversations inside the period, weeks of employment, effect on the public balance under the run's concept with the
standard error of the events, the control's figure, what of the difference the control cannot foresee, and in words what
the model assumes. Minus is a loss."""

Row = dict[str, Any]


@dataclass(frozen=True)
class Rival:
    """One scenario under one effect model.

    Attributes:
        setting: The ground of the run.
        tally: Its replications, added up.
        counts: What was counted in all of them.
        control: The control.
    """

    setting: Setting
    tally: Tally
    counts: Counts
    control: Control

    def row(self) -> Row:
        """Return the figures under `COLUMNS`."""
        scenario = self.setting.scenario
        sample = Sample(self.tally.figures, control_figures(self.control, self.setting.valuation.concept))
        effect = sample.estimate("employment_effect_kr", MIO)
        counted = [conversation_counts(cells, self.setting.span) for cells in self.counts.arms]
        values = (
            scenario.sections.effects.model,
            sample.mean("converted"),
            counted[ARMS.index("proposal")]["due"],
            sample.mean("employment_weeks") + 0.0,
            effect["mean"],
            effect["std_error"],
            effect["control"],
            sample.mean("unforeseen_kr") * MIO + 0.0,
            assumption_of(scenario),
        )
        return dict(zip(COLUMNS, values, strict=True))


def plain_rivals(rows: list[Row]) -> str:
    """Return the rows as a table to be read, and below it what each model assumes."""
    heads = ("model", "converted", "due", "weeks", "mio. kr.", "std. error", "control", "unforeseen")
    kinds = ("", ",.0f", ",.0f", ",.1f", ",.3f", ",.3f", ",.3f", ",.3f")
    lines: list[tuple[str, ...]] = [heads]
    for row in rows:
        cells = [row[name] for name in COLUMNS[: len(heads)]]
        lines.append(tuple("" if cell is None else format(cell, kind) for cell, kind in zip(cells, kinds, strict=True)))
    first, *others = (max(map(len, column)) for column in zip(*lines, strict=True))
    text = [
        "  ".join([f"{line[0]:<{first}}", *(f"{cell:>{wide}}" for cell, wide in zip(line[1:], others, strict=True))])
        for line in lines
    ]
    return "\n".join([*text, "", *(f"{row['model']}: {row['assumes']}" for row in rows)])


def csv_rivals(rows: list[Row]) -> str:
    """Return the rows as CSV."""
    text = StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: "" if row[name] is None else row[name] for name in COLUMNS} for row in rows)
    return text.getvalue()
