"""An analysis as text to be read on a terminal: its sentence, its table, and what it cost."""

from __future__ import annotations

import csv
import math
from collections.abc import Iterator, Mapping, Sequence
from io import StringIO
from typing import Any

Record = Mapping[str, Any]
Line = tuple[str, ...]

MOST = 25
"""Rows that are printed; the others are counted."""
SOME = 3
"""Keys that are named where there are many."""
SOURCE_WIDTH = 36
BOUNDS = ("value", "low", "high")
OWN = ("value", "low", "high", "unit", "kind", "source")
SHARES = ("S1", "S1_conf", "ST", "ST_conf", "minimum", "mean", "median", "maximum", "CV")
EXACT = ("S1_exact", "S1_holds", "ST_exact", "ST_holds")
HEADS = {
    "tornado": ("assumption", "today", "low", "high", "unit", "kind", "at low", "at high", "swing", "source"),
    "morris": ("assumption", "low", "high", "unit", "mu_star", "mu_star_conf", "sigma", "mu"),
    "sobol": ("assumption", "low", "high", "unit", "S1", "S1_conf", "ST", "ST_conf"),
    "pawn": ("assumption", "low", "high", "unit", "median", "mean", "minimum", "maximum"),
}
COLUMNS = {"assumption": "name", "today": "value", "at low": "low_figure", "at high": "high_figure"}


def csv_sensitivity(record: Record) -> str:
    """Return all rows of an analysis as CSV, each with what is known of its assumption; a map has a row a point."""
    rows = list(_points(record)) if record["method"] == "map" else [_whole_row(record, row) for row in record["rows"]]
    text = StringIO()
    writer = csv.DictWriter(text, list(rows[0]) if rows else ["name"], lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: "" if cell is None else cell for name, cell in row.items()} for row in rows)
    return text.getvalue()


def plain_sensitivity(record: Record) -> str:
    """Return an analysis as lines of text, with numbers as they are written in English."""
    return "\n".join([*_heading(record), "", *_table(record), "", sentence_of(record), *_notes(record)])


def sentence_of(record: Record) -> str:
    """Return what an analysis found in one plain sentence."""
    told = {"tornado": _swing_told, "map": _map_told, "morris": _steps_told, "sobol": _shares_told, "pawn": _shift_told}
    return told[record["method"]](record)


def amount(record: Record, number: float | None, plus: bool = False) -> str:
    """Return a figure of an analysis to three digits of its largest."""
    if number is None:
        return "-"
    text = f"{number:{'+' if plus else ''},.{digits_of(record)}f}"
    return text if any(digit in text for digit in "123456789") else text.lstrip("-+")


def digits_of(record: Record) -> int:
    """Return how many decimals give three digits of the largest figure of an analysis."""
    largest = max((abs(number) for number in _figures(record)), default=0.0)
    return min(max(2 - math.floor(math.log10(largest)), 0), 6) if largest else 0


def _figures(record: Record) -> Iterator[float]:
    yield record["today"]
    if record["method"] == "map":
        yield from (number for line in record["figures"] for number in line)
    else:
        columns = ("low_figure", "high_figure", "mu_star")
        yield from (row[name] for row in record["rows"] for name in columns if row.get(name) is not None)


def _heading(record: Record) -> Iterator[str]:
    told = f"{record['scenario']}: {record['figure']}, {record['unit']}, today {amount(record, record['today'])}"
    yield f"{told} (minus is a loss)" if record["unit"] == "mio. kr." else told


def _table(record: Record) -> list[str]:
    if record["method"] == "map":
        return _grid(record)
    heads = HEADS[record["method"]]
    if any(row.get("S1_exact") is not None for row in record["rows"]):
        heads += EXACT
    shown = [row for row in record["rows"] if row["name"] not in record["unmoved"]][:MOST]
    lines: list[Line] = [heads]
    for row in shown:
        whole = _whole_row(record, row)
        lines.append(tuple(_cell(record, COLUMNS.get(head, head), whole) for head in heads))
    return aligned(lines)


def _cell(record: Record, name: str, row: Record) -> str:
    cell = row.get(name)
    if name in BOUNDS:
        return "several" if cell is None and row["kind"] != "group" else plain_value(cell, row["unit"])
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if cell is None or isinstance(cell, str):
        told = cell or "-"
        return told if name == "name" or len(told) <= SOURCE_WIDTH else f"{told[: SOURCE_WIDTH - 3]}..."
    return f"{cell:.3f}" if name in (*SHARES, *EXACT) else amount(record, cell)


def plain_value(number: float | None, unit: str) -> str:
    """Return a value of an assumption; a year has no thousands."""
    if number is None:
        return "-"
    return f"{number:.0f}" if unit == "year" else f"{number:,.4g}" if abs(number) < 1e4 else f"{number:,.0f}"


def aligned(lines: Sequence[Line], left: frozenset[int] = frozenset()) -> list[str]:
    """Return lines of cells as text: the first column, texts, and those named at the left, numbers at the right."""
    columns = list(zip(*lines, strict=True))
    wide = [max(map(len, column)) for column in columns]
    texts = {at for at, column in enumerate(columns) if at == 0 or column[0] in ("unit", "kind", "source")} | left
    return [
        "  ".join(
            f"{cell:<{wide[at]}}" if at in texts else f"{cell:>{wide[at]}}" for at, cell in enumerate(line)
        ).rstrip()
        for line in lines
    ]


def _grid(record: Record) -> list[str]:
    """Return a map as a table: the first assumption across, the second up, largest at the top."""
    units = {lever["key"]: lever["unit"] for lever in record["levers"]}
    across = [plain_value(one, units[record["across"]]) for one in record["values_across"]]
    lines: list[Line] = []
    for value, figures in reversed(list(zip(record["values_up"], record["figures"], strict=True))):
        lines.append((plain_value(value, units[record["up"]]), *(amount(record, one) for one in figures)))
    lines.append(("", *across))
    told = f"up: {record['up']} [{units[record['up']]}]; across: {record['across']} [{units[record['across']]}]"
    return [told, *aligned(lines)]


def _points(record: Record) -> Iterator[dict[str, Any]]:
    for value, figures in zip(record["values_up"], record["figures"], strict=True):
        for other, figure in zip(record["values_across"], figures, strict=True):
            yield {record["across"]: other, record["up"]: value, "figure": figure, "unit": record["unit"]}


def _whole_row(record: Record, row: Record) -> dict[str, Any]:
    """Return a row with what is known of its assumption; of a group, which keys it holds."""
    lever = next((one for one in record["levers"] if one["key"] == row["name"]), None)
    if lever is None:
        keys = record["groups"].get(row["name"], [])
        known = dict.fromkeys(OWN) | {"kind": "group", "source": f"{len(keys)} keys: {', '.join(keys)}", "unit": "-"}
    else:
        known = {name: lever[name] for name in OWN}
    return {"name": row["name"], **known, **{name: cell for name, cell in row.items() if name != "name"}}


def _swing_told(record: Record) -> str:
    moving = [row for row in record["rows"] if row["name"] not in record["unmoved"]]
    if not moving:
        return "The figure does not move with any of them."
    first = _whole_row(record, moving[0])
    low, high = (plain_value(first[name], first["unit"]) for name in ("low", "high"))
    ends = [amount(record, first[name]) for name in ("low_figure", "high_figure")]
    return (
        f"The figure depends most on {first['name']} ({first['unit']}): at {low} it is {ends[0]} and at {high} it is "
        f"{ends[1]} {record['unit']}, all else as today."
    )


def _map_told(record: Record) -> str:
    figures = [number for line in record["figures"] for number in line]
    least, most = amount(record, min(figures)), amount(record, max(figures))
    pair = f"{record['across']} and {record['up']}"
    turned = min(figures) < 0 < max(figures)
    sign = "and its sign turns within" if turned else "and its sign is the same everywhere within"
    return f"Over the ranges of {pair} the figure lies between {least} and {most} {record['unit']}, {sign}."


def _steps_told(record: Record) -> str:
    first = record["rows"][0]
    if first["name"] in record["unmoved"]:
        return "The figure does not move with any of them."
    small = sum(row["mu_star"] < 0.01 * first["mu_star"] for row in record["rows"])
    told = f"{first['name']} moves the figure most, by {amount(record, first['mu_star'])} {record['unit']} on average"
    rest = f"{small} of {len(record['rows'])} move it by less than a hundredth of that"
    return f"{told} from end to end of its range; {rest}."


def _shares_told(record: Record) -> str:
    first = max(record["rows"], key=lambda row: row["S1"])
    alone = sum(row["S1"] for row in record["rows"])
    together = max(1 - alone, 0.0)
    return (
        f"{first['name']} alone makes {first['S1']:.0%} of the variance of the figure; all of them one by one make "
        f"{min(alone, 1.0):.0%}, and {together:.0%} comes from working together."
    )


def _shift_told(record: Record) -> str:
    first = record["rows"][0]
    weak = sum(row["median"] <= record["noise"] for row in record["rows"])
    return (
        f"Knowing {first['name']} shifts the distribution of the figure most, by {first['median']:.2f} of at most 1; "
        f"{weak} of {len(record['rows'])} cannot be told from an input without influence ({record['noise']:.2f})."
    )


def _notes(record: Record) -> Iterator[str]:
    yield from _moved(record)
    for key, told in (("not_moved", "A range but no distribution"), ("no_range", "No range")):
        if record[key]:
            some = ", ".join(record[key][:SOME]) + (", ..." if len(record[key]) > SOME else "")
            yield f"{told}, so not moved: {len(record[key])} ({some})."
    for name, why in record.get("refused", {}).items():
        yield f"Cannot be moved alone: {name} {why}"
    yield from _pairs(record)
    yield from _exact(record)
    yield cost_of(record)


def _moved(record: Record) -> Iterator[str]:
    keys = len(record["levers"])
    plain = sum(lever["distribution"] is None for lever in record["levers"])
    drawn = {
        "tornado": "each from the lower to the upper end of its range",
        "map": "the others as today",
    }.get(record["method"], f"{plain} of them uniformly over their ranges, {keys - plain} by their distributions")
    yield f"Moved: {record['chosen']}, {keys}; {drawn}."
    if plain < keys:
        yield "Low and high of a value with a distribution are its quantiles 2.5 and 97.5 per cent."
    if record["method"] == "map":
        return
    hidden = [row for row in record["rows"] if row["name"] not in record["unmoved"]][MOST:]
    if hidden:
        number = hidden[0][record["order"]]
        told = amount(record, number) if record["order"] in ("swing", "mu_star") else f"{number:.3f}"
        yield f"Not shown: {len(hidden)} more, each with {record['order']} at most {told} (all in --csv and --json)."
    if record["unmoved"]:
        yield f"Without any influence on the figure here: {len(record['unmoved'])}."


def _pairs(record: Record) -> Iterator[str]:
    for pair in record.get("pairs", [])[:5]:
        yield f"Together: {' and '.join(pair['names'])}, S2 {pair['S2']:.3f} +/- {pair['S2_conf']:.3f}"


def _exact(record: Record) -> Iterator[str]:
    if record["method"] != "sobol":
        return
    if record["not_exact"]:
        yield f"No exact indices beside them: {record['not_exact']}."
        return
    held = [row[f"{name}_holds"] for row in record["rows"] for name in ("S1", "ST")]
    yield f"Exact indices: {sum(held)} of {len(held)} lie within the 95 per cent interval of their estimate."


def cost_of(record: Record) -> str:
    """Return how many simulations an analysis made, and for what."""
    points = f"{record['evaluations']:,} points"
    if record["engine"] == "control":
        return f"{points}, all answered by the control; nothing was simulated."
    base = f"{record['replications']} replications each, with the same luck"
    if not record["simulations"]:
        return f"{points}, all valued on one simulation ({base}): none of these values touches the conversations."
    keys = record["simulated_for"]
    moved = [lever["key"] for lever in record["levers"]]
    if record["method"] == "map":
        moved = [record["across"], record["up"]]
    others = len(set(moved) - set(keys))
    told = ", ".join(keys[:3]) + (f" and {len(keys) - 3} more" if len(keys) > 3 else "")
    made = f"{points} on 1 + {record['simulations']:,} simulations ({base}), for {told}"
    return f"{made}; the other {others} cost no simulation." if others else f"{made}."
