"""The calculating workbook: a run, and its control in formulas that recompute when an input is changed.

**In** comes a run folder, of which `tables/control_terms.csv` writes the control out in its inputs (`terms.py`).
**Out** comes an Excel workbook: inputs in marked cells with names and validation, the chain in live formulas beside
the run's simulated figures, results and assumptions as they stand, and native charts. Every formula carries its value,
so that a reader without recalculation sees the right figures.

**Assumptions.** Persons and weeks are multiplied on: another calendar also changes the make-up of what falls due, and
needs another run. A relative effect that was calibrated is no figure of its own; its input is the loss as an index of
the run's. Kroner stand by target group and year, never by type or place.

Text from a scenario is written as text and never as a formula, a link or a number.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from simulator.report.language import Words
    from simulator.report.reading import Run

__all__ = ["workbook_bytes"]


def workbook_bytes(run: Run, words: Words) -> bytes:
    """Return the workbook of a run; the same run gives the same bytes. See `simulator.report.workbook.write`."""
    from simulator.report.workbook.write import workbook_bytes as written

    return written(run, words)
