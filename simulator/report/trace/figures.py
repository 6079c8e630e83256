"""What a user may ask for: a path of the headline, a cell of a table, or words as they are printed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from simulator.errors import InputError
from simulator.report.bound import Cell, Constant, Expression, Operation, Quantity, evaluated, told
from simulator.report.reading import HEADLINE, SUM, Row, quantity
from simulator.report.trace.informed import NAMED_BY, of_information
from simulator.report.trace.node import WITHIN, Node, constant
from simulator.report.trace.tracer import Tracer
from simulator.results.dictionary import INFORMATION

TABLES = "tables/"
TOLD_BY = ("step", "key", "concept", "factor")
"""Columns by which a row can be named instead of counted."""
USUAL = ("value", "kr", "mio_kr", "number", "count", "a_year_mio_kr", "net_gain_mio_kr", "simulated_power", "share")
"""Columns that are meant where none is given, the first that a table has."""
STEPS = {
    "due_baseline": ("conversations", "baseline", "due"),
    "held_baseline": ("conversations", "baseline", "held"),
    "physical_baseline": ("conversations", "baseline", "physical"),
    "converted": ("converted",),
    "loss_per_conversation_days": ("employment_days_per_converted_conversation",),
    "employment_weeks": ("employment_weeks",),
    "person_years": ("full_time_person_years",),
    "trial_effect_share_per_meeting": ("trial_effect_share_per_meeting",),
}
"""Steps of the chain that are figures of the headline, by the paths of these."""
IN_KR = ("employment_effect", "caseworker_time", "no_shows", "travel", "net")


def figure(tracer: Tracer, asked: str) -> Node:
    """Return the tree of a figure, asked for by its path in the headline or by table, row and column.

    Raises:
        InputError: There is no such figure.
    """
    name, colon, rest = asked.partition(":")
    if not colon or name == HEADLINE:
        return of_headline(tracer, rest if colon else name)
    name = name.removeprefix(TABLES).removesuffix(".csv")
    rows = tracer.kept.run.table(name)
    if not rows:
        known = sorted(path.stem for path in (tracer.kept.run.folder / "tables").glob("*.csv"))
        raise InputError.one(f"no table {name!r} with rows; allowed: {', '.join(known)}", path="FIGURE")
    row, column = _row_and_column(rows, name, rest)
    if column not in row:
        raise InputError.one(f"no column {column!r} in {name}; allowed: {', '.join(row)}", path="FIGURE")
    return of_cell(tracer, name, row, column)


def of_headline(tracer: Tracer, asked: str) -> Node:
    """Return the tree of a number of the headline.

    Raises:
        InputError: There is no such number.
    """
    path = tuple(asked.strip().split("."))
    if not asked.strip() or not tracer.has(*path):
        raise InputError.one(_no_figure(tracer, path, asked), path="FIGURE")
    return tracer.headline(path)


def _no_figure(tracer: Tracer, path: tuple[str, ...], asked: str) -> str:
    for length in range(len(path) - 1, 0, -1):
        below = tracer.kept.under(*path[:length])
        if below:
            return f"no number {asked!r}; below {'.'.join(path[:length])} are {', '.join(below)}"
    if tracer.kept.under(*path):
        return f"{asked!r} is no number; below it are {', '.join(tracer.kept.under(*path))}"
    numbers = [name for name in tracer.kept.run.headline if tracer.has(name) or tracer.kept.under(name)]
    return f"no figure {asked!r}; {HEADLINE} has {', '.join(numbers)}; or give TABLE:ROW.COLUMN, or printed words"


def _row_and_column(rows: tuple[Row, ...], name: str, asked: str) -> tuple[Row, str]:
    """Return the row and the column of a cell, given by number or by what names the row."""
    which, _, column = asked.partition(".")
    if which.isdigit():
        if int(which) >= len(rows):
            raise InputError.one(f"{name} has rows 0 to {len(rows) - 1}, not {which}", path="FIGURE")
        return rows[int(which)], column or _usual_column(rows[0])
    usual = _usual_column(rows[0])
    for key, wanted in ((asked, usual), asked.rpartition(".")[::2]):
        found = [row for row in rows if key and any(row.get(by) == key for by in (*TOLD_BY, *NAMED_BY.get(name, ())))]
        if len(found) == 1:
            return found[0], wanted
        if len(found) > 1:
            raise InputError.one(f"{len(found)} rows of {name} are {key!r}; give the number of one", path="FIGURE")
    raise InputError.one(f"no row {asked!r} in {name}; give its number, from 0, or what names it", path="FIGURE")


def _usual_column(row: Row) -> str:
    return next((name for name in USUAL if name in row), next(iter(row)))


def of_cell(tracer: Tracer, name: str, row: Row, column: str) -> Node:
    """Return the tree of a cell of a table.

    Raises:
        InputError: The cell holds no number.
    """
    try:
        value = float(quantity(row, column))
    except ValueError as fault:
        raise InputError.one(f"{name}: {column} holds {row[column]!r}, no number", path="FIGURE") from fault
    place = f"{TABLES}{name}.csv:{getattr(row, 'index', '')}.{column}"
    if name in INFORMATION:
        return of_information(name, row, column, value, place)
    parts = [row[by] for by in ("concept", "line", "step", "factor", "type", "group", "key") if row.get(by)]
    leaf = Node(
        f"{', '.join(parts) or name} {column}", value, place, row.get("unit") or "", note=f"kept in {TABLES}{name}.csv"
    )
    rule = CELLS.get((name, column))
    return (rule(tracer, row, leaf) if rule else None) or leaf


def _step(tracer: Tracer, row: Row, leaf: Node) -> Node | None:
    name = row["step"]
    path = STEPS.get(name)
    if name.removesuffix("_kr") in IN_KR:
        amount = tracer.headline(("saldo_mio_kr", name.removesuffix("_kr")))
        return _made(leaf, "*", (amount, constant(1e6, "kr. in a million")))
    if name == "kr_per_converted" and tracer.has("kr_per_converted_conversation"):
        return _made(leaf, "neg", (tracer.headline(("kr_per_converted_conversation",)),))
    if name == "share_that_changes_form" and tracer.kept.number("conversations", "baseline", "physical"):
        whole = tracer.headline(("conversations", "baseline", "physical"))
        return _made(leaf, "/", (tracer.headline(("converted",)), whole))
    if name == "value_per_person_year_kr" and tracer.kept.stated:
        stated = tracer.kept.assumption("saldo.value_per_person_year_kr")
        return None if stated is None else _made(leaf, "=", (stated,))
    return _made(leaf, "=", (tracer.headline(path),)) if path and tracer.has(*path) else None


def _concept(tracer: Tracer, row: Row, leaf: Node) -> Node | None:
    path = ("saldo_mio_kr_by_concept", row["concept"])
    return _made(leaf, "=", (tracer.headline(path),)) if tracer.has(*path) else None


def _value(tracer: Tracer, row: Row, leaf: Node) -> Node:
    return Node(row["key"], leaf.value, leaf.place, row["unit"], rests=tracer.kept.values(row["key"]))


def _factor(tracer: Tracer, row: Row, leaf: Node) -> Node | None:
    if not row["type"]:
        return Node(leaf.name, leaf.value, leaf.place, leaf.unit, rests=tracer.kept.values(row["key"]), note=row["key"])
    chain = tracer.chains.product(row["quantity"], (row["type"], row["group"]))
    return chain.parts[int(row["order"]) - 1]


def _made(leaf: Node, sign: str, parts: tuple[Node, ...]) -> Node:
    return Node(leaf.name, leaf.value, leaf.place, leaf.unit, sign, parts)


CELLS: Mapping[tuple[str, str], Callable[[Tracer, Row, Node], Node | None]] = {
    ("steps", "value"): _step,
    ("concepts", "mio_kr"): _concept,
    ("assumptions", "value"): _value,
    ("control", "value"): _factor,
}
"""Rules for cells, by table and column."""


def of_printed(tracer: Tracer, number: Quantity, text: str) -> Node:
    """Return the tree of a number of a document; one that is rounded before it is written says so."""
    exact = evaluated(number.expression, tracer.kept.run.value_at)
    node = of_expression(tracer, number.expression, exact, text)
    rounded = abs(exact - number) > WITHIN * max(abs(exact), abs(number))
    return replace(node, note=f"{node.note}; rounded to {float(number):g} by rule".lstrip("; ")) if rounded else node


def of_expression(tracer: Tracer, expression: Expression, value: float, name: str) -> Node:
    """Return the tree of a number that a document worked out of cells of the run."""
    match expression:
        case Cell():
            return _of_kept(tracer, expression)
        case Constant(number):
            return constant(number)
        case Operation(sign, parts):
            made = tuple(_part(tracer, part) for part in parts)
            return Node(name, value, "", "", sign, made)


def _part(tracer: Tracer, part: Expression) -> Node:
    return of_expression(tracer, part, evaluated(part, tracer.kept.run.value_at), told(part))


def _of_kept(tracer: Tracer, cell: Cell) -> Node:
    if cell.file == HEADLINE:
        return tracer.headline(cell.path) if tracer.has(*cell.path) else _looked_up(tracer, cell, "kept in a list")
    if cell.path[0] == SUM:
        rows = ", ".join(f"{name} {value}" for name, value in cell.where)
        return _looked_up(tracer, cell, f"sum of the rows of {rows}")
    name = cell.file.removeprefix(TABLES).removesuffix(".csv")
    return of_cell(tracer, name, tracer.kept.run.table(name)[int(cell.path[0])], cell.path[1])


def _looked_up(tracer: Tracer, cell: Cell, note: str) -> Node:
    """Return a number of the run as a leaf."""
    return Node(".".join(cell.path), tracer.kept.run.value_at(cell), str(cell), note=note)
