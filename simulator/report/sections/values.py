"""The table of assumptions: values alike in one row, and the rates behind the accounts folded.

The rates of benefits, taxes and wages are hundreds, by year and group. Those that the concept of the headline rests on
have a row by kind of rate; those that only divide it over accounts, or serve the other concepts, share one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from simulator.report.blocks import Line, Table, foreign
from simulator.report.bound import bare
from simulator.report.reading import Row, quantity
from simulator.report.sections.answering import cells as log_cells
from simulator.report.sections.answering import filled, heads
from simulator.report.sections.telling import Telling

RELATIVE_EFFECT = "effects.params.relative_effect"
VALUE = "saldo.value_per_person_year_kr"
PARTS_OF = {
    "saldo.benefit": ("transfers",),
    "saldo.benefit_week": ("transfers",),
    "saldo.coverage": ("transfers",),
    "saldo.benefit_mix": ("transfers",),
    "saldo.ladder": ("transfers",),
    "saldo.sick": ("transfers",),
    "saldo.fleksjob": ("transfers",),
    "saldo.tax": ("taxes",),
    "saldo.wage": ("taxes", "production"),
    "saldo.wage_price_year": ("taxes", "production"),
    "saldo.indirect_taxes": ("return_flow",),
    "saldo.unemployment_insurance": ("return_flow",),
    "saldo.running_costs": ("running_costs",),
    "saldo.displacement": ("displacement",),
    "saldo.social": ("production",),
    "saldo.growth": ("transfers", "production"),
    "effects.full_time_share": ("transfers", "production"),
    "effects.weeks_off_benefit": ("transfers",),
}
"""Rates behind the accounts by the beginning of their keys: what a concept includes that rests on them."""
RATIO_UNITS = ("share", "growth", "utilisation")
"""Units that are told in per cent."""


def used(cell: str) -> bool:
    """Return whether a value was used by the run; a table that does not say counts all."""
    return cell.strip().lower() not in ("0", "false", "no", "0.0")


def rate_of(key: str) -> str:
    """Return the beginning of a key by which it is a rate behind the accounts; empty where it is none."""
    parts = key.split(".")
    beginnings = (".".join(parts[:length]) for length in range(len(parts), 1, -1))
    return next((beginning for beginning in beginnings if beginning in PARTS_OF), "")


def rates_last(rows: Iterable[Row]) -> list[Row]:
    """Return the values with the rates behind the accounts last."""
    return sorted(rows, key=lambda row: bool(rate_of(row["key"])))


def assumptions_table(telling: Telling) -> Table:
    """Return the values that the run used; values alike in kind and source stand in one row."""
    rows = [row for row in telling.run.table("assumptions") if used(row.get("used", "")) and row["value"]]
    named = [row for row in rows if telling.words.key_name(row["key"])]
    missing = len(rows) - len(named)
    log = filled(named)
    *first, source = telling.words.find("brief.annex.columns")
    notes = [telling.say("annex.assumptions_remark")]
    if "grade" in log:
        notes.append(telling.say("annex.log.remark"))
    if missing:
        notes.append(telling.say("annex.unworded_one" if missing == 1 else "annex.unworded", count=missing))
    return Table(
        caption=telling.numbered("table", telling.say("annex.caption")),
        columns=(*first, *heads(telling, log), source),
        lines=tuple(assumption_lines(telling, named, log)),
        numeric=(False, True, True, False, *(False for _ in log), False),
        notes=(" ".join(notes),),
        name="assumptions",
    )


def assumption_lines(telling: Telling, rows: list[Row], log: Sequence[str] = ()) -> Iterator[Line]:
    """Yield a row for each group of values: calibrated ones first, rates after the others, what is folded last.

    Args:
        telling: The run being told.
        rows: Its values.
        log: Columns of the log of assumptions that stand before the source.
    """
    folded = [row for row in rows if is_folded(telling, row["key"])]
    listed = [row for row in rates_last(rows) if not is_folded(telling, row["key"])]
    groups: defaultdict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in sorted(listed, key=lambda row: row["kind"] != "calibrated"):
        base, arm = base_key(telling, row["key"]), row.get("arm", "both")
        apart = ("", "") if rate_of(row["key"]) else (row["kind"], row["source"])
        groups[(base, row["unit"], arm, *apart)].append(row)
    for (base, unit, arm, *_), group in groups.items():
        *cells, source = group_line(telling, base, unit, arm, group).cells
        yield Line((*cells, *log_cells(telling, group, log), source))
    if folded:
        *cells, source = folded_line(telling, folded).cells
        yield Line((*cells, *log_cells(telling, folded, log), source))


def is_folded(telling: Telling, key: str) -> bool:
    """Return whether a value is one that the concept of the headline does not rest on; never in an older run."""
    includes = telling.included
    if not includes:
        return False
    if key == VALUE:
        return not telling.story.value_is_stated
    rate = rate_of(key)
    if not rate:
        return False
    # What taxes distort is a share of all accounts, so the social view rests on every rate.
    if "production" in includes:
        return rate == "saldo.displacement"
    return telling.story.value_is_stated or not set(PARTS_OF[rate]) & set(includes)


def group_line(telling: Telling, base: str, unit: str, arm: str, group: Sequence[Row]) -> Line:
    """Return the row of a group of values of one unit."""
    words = telling.words
    name = words.key_name(group[0]["key"]) if len(group) == 1 else words.key_name(base)
    if len(group) > 1:
        name = telling.say("annex.many", name=name, count=len(group))
    if arm != "both":
        name = f"{name}, {words.text(f'arms.{arm}').lower()}"
    values = span(telling, [quantity(row, "value") for row in group], unit, named=True)
    if any(is_fitted(telling, row) for row in group):
        values = telling.say("annex.not_told")
    low_high = [quantity(row, end) for row in group for end in ("low", "high") if row[end]]
    spread = span(telling, low_high, unit, named=False) if low_high else words.number(None)
    return Line((name, values, spread, kinds(telling, group), origin(telling, group)))


def is_fitted(telling: Telling, row: Row) -> bool:
    """Return whether a value is a relative effect that was calibrated: it is not identified, and not told."""
    if not row["key"].startswith(RELATIVE_EFFECT):
        return False
    named = [str(item.get("key", "")) for item in telling.run.headline.get("calibrated") or []]
    return row["kind"] == "calibrated" or any(row["key"].startswith(key) for key in named if key)


def folded_line(telling: Telling, rows: Sequence[Row]) -> Line:
    """Return the one row of the values that the concept of the headline does not rest on."""
    key = "folded" if telling.story.value_is_stated else "folded_others"
    name, missing = telling.say(f"annex.{key}", count=len(rows)), telling.words.number(None)
    return Line((name, missing, missing, kinds(telling, rows), telling.say("annex.in_file")))


def kinds(telling: Telling, rows: Iterable[Row]) -> str:
    """Return what kinds of values there are in a group."""
    return ", ".join(dict.fromkeys(telling.words.name("value_kinds", row["kind"]) for row in rows))


def origin(telling: Telling, rows: Sequence[Row]) -> str:
    """Return where the values of a group come from: the title of their source, or the number of sources."""
    if rows[0]["kind"] == "calibrated":
        return telling.say("annex.see_calibrated")
    names = dict.fromkeys(source_name(telling, row["source"]) for row in rows)
    return next(iter(names)) if len(names) == 1 else telling.say("annex.several_sources", count=len(names))


def base_key(telling: Telling, key: str) -> str:
    """Return the longest beginning of a key that the language has a word for."""
    parts = key.split(".")
    keys = telling.words.tree["keys"]
    beginnings = (".".join(parts[:length]) for length in range(len(parts), 0, -1))
    return next(beginning for beginning in beginnings if beginning in keys)


def span(telling: Telling, values: list[float], unit: str, named: bool) -> str:
    """Return one value, or the lowest and the highest, in a unit; a year is no amount."""
    scale = 100.0 if unit in RATIO_UNITS else 1.0
    ends = sorted({min(values) * scale, max(values) * scale})
    told = [_one(telling, value, unit) for value in ends]
    told = told[:1] if len({bare(one) for one in told}) == 1 else told
    text = told[0] if len(told) == 1 else telling.say("annex.to", low=told[0], high=told[1])
    if unit in RATIO_UNITS:
        return telling.words.amount(text, "per_cent")
    # A narrow column may put the unit on a line of its own, never the second of two numbers.
    text = telling.words.units(text)
    plain = unit in ("", "factor", "number", "year") or not named
    return text if plain else telling.words.valued(text, unit)


def in_unit(telling: Telling, values: list[float], unit: str) -> str:
    """Return one value, or the lowest and the highest, in a unit that is named only where it is short: per cent."""
    return span(telling, values, unit, named=False)


def _one(telling: Telling, value: float, unit: str) -> str:
    return telling.words.noted(value, f"{value:.0f}") if unit == "year" else telling.number(value)


def source_name(telling: Telling, source: str) -> str:
    """Return the title of a source, or that the value is our own."""
    if source in ("", "none-found"):
        return telling.say("annex.none_found")
    if source == "own-derivation":
        return telling.say("annex.own_derivation")
    if source == "command line":
        return telling.say("annex.by_command")
    if source.startswith("scenario"):
        return telling.say("annex.by_scenario")
    return f"[[{foreign(telling.run.source_title(source) or source)}]]"
