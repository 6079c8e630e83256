"""The recalculation: what a second person made of the chain without seeing ours, set beside what the run has.

**In** come a run folder and the blind workbook that was made from it and filled in
(`simulator.report.workbook.blind`). **Out** comes a `Filled`: every factor with both values, the figure that theirs
give beside the run's control and its simulation, and how much of the difference each factor makes.

Their figure is worked out from what they typed, and not taken from the workbook's formulas. Factors are exchanged one
at a time, theirs for ours; what they make together is a row of its own, so the rows add up to the difference. A factor
that the analyst gave is compared and counted as not checked.

**Assumptions.** A number is read as it was meant or refused: a share is typed 0,22, 0.22 or 22 %, and 22 is refused.

    >>> from simulator.recalculation.typed import number_of
    >>> number_of("0,22", "share"), number_of("22 %", "share"), number_of("82 770", "persons")
    (0.22, 0.22, 82770.0)
"""

from simulator.recalculation.compared import Compared, Exchanged, Filled
from simulator.recalculation.sheets import read_filled
from simulator.recalculation.told import content_of, plain, to_be_given

__all__ = ["Compared", "Exchanged", "Filled", "content_of", "plain", "read_filled", "to_be_given"]
