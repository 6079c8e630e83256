"""The bridge between two kept runs: which part of the scenario moves the estimate by how much.

**In** come the folders of two runs, the old and the new. **Out** comes a `Bridge`: the change of one figure as ordered
steps, and a kept run behind every one of them. Eight blocks of the scenario (`blocks.py`) are exchanged one after the
other, old for new, and after each exchange everything is run again (`walk.py`). Nothing is scaled, fitted or left over.

A step depends on what was exchanged before it, so three numbers stand beside each other: the step in the stated order,
the step in the reverse order, and the effect of the block exchanged alone. The first two add up to the change; the
effects alone add up to it with one more line, the interaction. What this program makes of a kept run otherwise than the
program that made it stands in a line of its own, `program and facts`.

A case asks more finely and keeps nothing: `changes_between` (`moved.py`) exchanges one assumption after the other, as a
user names them (`assumptions.py`), values each on as few simulations as delivery takes (`levels.py`), and leaves one
rest. `unlike` says first in what two figures are not of one kind (`unlike.py`).

**Assumptions.** A figure is rounded once, to the øre or the ten-thousandth, and all differences are taken between whole
numbers, so sums are exact. Both runs keep their own seed; where they differ, that is part of the block `method`.

    >>> from simulator.bridge.blocks import block_of
    >>> block_of("effects.params.scale"), block_of("proposal.attendance.rules"), block_of("saldo.price_year")
    ('effect', 'rules', 'prices')
    >>> from simulator.bridge.route import Route
    >>> route = Route(("form", "effect"))
    >>> [sorted(mixture) for mixture in route.mixtures()]
    [[], ['form'], ['effect', 'form'], ['effect']]
"""

from simulator.bridge.blocks import BLOCKS, block_of
from simulator.bridge.ends import End, end_of
from simulator.bridge.figures import FIGURES, Figure, figure_named
from simulator.bridge.moved import Moved, Piece, changes_between
from simulator.bridge.steps import Bridge, Line
from simulator.bridge.unlike import Unlike, unlike
from simulator.bridge.walk import Course, course_of, walked

__all__ = [
    "BLOCKS",
    "FIGURES",
    "Bridge",
    "Course",
    "End",
    "Figure",
    "Line",
    "Moved",
    "Piece",
    "Unlike",
    "block_of",
    "changes_between",
    "course_of",
    "end_of",
    "figure_named",
    "unlike",
    "walked",
]
