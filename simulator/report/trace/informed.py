"""Cells of the tables of what is not known and of a trial: each is where a trace ends, with what it means."""

from __future__ import annotations

from simulator.report.reading import Row
from simulator.report.trace.node import Node
from simulator.results.dictionary import dictionary

NAMED_BY = {"voi": ("subject",), "trial_design": ("quantity",), "trial_worth": ("prior",)}
"""Columns of a table by which a row can be named instead of counted."""
APART = ("prior", "quantity", "measure", "subject", "outcome", "check", "persons_per_arm")
"""Columns that tell its rows apart."""
WORKED_OUT = {
    "voi": "worked out from all draws at once",
    "trial_sizes": "worked out from all draws at once",
    "trial_worth": "worked out from all draws at once",
    "trial_design": "from simulated lives of the persons who would be taken in",
    "trial_power": "from the published formula, or from simulated trials",
    "trial_checks": "from simulated trials",
}
"""Where the numbers of a table come from: more than its rows, so that no line of arithmetic leads on."""
OWN_UNIT = "that of the row"


def of_information(name: str, row: Row, column: str, value: float, place: str) -> Node:
    """Return a cell as a leaf that says what it means, and that the trace ends there.

    Args:
        name: The table.
        row: Its row.
        column: The column.
        value: The number in it.
        place: Where it stands.
    """
    said = dictionary()[name].get(column, {})
    unit = said.get("unit", "")
    unit = row.get("unit") or row.get("effect_unit") or "" if unit == OWN_UNIT else unit
    told = ", ".join(row[by] for by in APART if row.get(by) and by != column)
    note = f"{said.get('meaning', 'a number')}; {WORKED_OUT[name]}: the trace ends here"
    return Node(f"{told or name} {column}", value, place, unit, note=note)
