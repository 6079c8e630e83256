"""A bridge as a table on the terminal: the steps, what differs in each block, and the runs behind them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from simulator.bridge.ends import Change
from simulator.bridge.record import reverse_total
from simulator.bridge.route import sorted_blocks
from simulator.bridge.steps import Bridge, KeptEnd

WORDS = 29
"""Room for the words of a row."""
NUMBER = 17
"""Room for a number."""
TOLD = 3
"""Pieces of a block that are told one by one."""
NONE = "-"
CANNOT = "cannot be run"


def table_of(bridge: Bridge) -> str:
    """Return a bridge as lines of text."""
    return "\n".join(_lines(bridge))


def _lines(bridge: Bridge) -> Iterator[str]:
    yield f"Bridge of the {bridge.figure.told}, {bridge.figure.unit}"
    yield f"Old    {_end(bridge.old)}"
    yield f"New    {_end(bridge.new)}"
    yield f"Order  {', '.join(bridge.order)}"
    yield ""
    yield from _steps(bridge)
    yield ""
    yield from _what_differs(bridge)
    yield from _runs(bridge)
    yield from _notes(bridge)


def _end(end: KeptEnd) -> str:
    return f"{end.scenario} {end.run_id} ({end.asked})"


def _row(words: str, cells: Sequence[str], last: str = "") -> str:
    return f"{words:<{WORDS}}{''.join(f'{cell:>{NUMBER}}' for cell in cells)}  {last}".rstrip()


def _steps(bridge: Bridge) -> Iterator[str]:
    whole, beside = bridge.figure.whole, bridge.program_and_facts
    level = whole(bridge.old.number)
    yield _row("", ("step", "figure", "alone", "reverse order"), "run")
    yield _row("old run, as kept", ("", _level(bridge, level), "", ""), bridge.old.run_id)
    if beside[0]:
        level += beside[0]
        step = _step(bridge, beside[0])
        run = bridge.points[frozenset()].run_id
        yield _row("  program and facts, old run", (step, _level(bridge, level), step, step), run)
    for line in bridge.lines:
        level += line.in_order
        amounts = [_step(bridge, one) for one in (line.in_order, line.alone, line.in_reverse)]
        run = bridge.points[bridge.route.in_order(line.block)[1]].run_id if line.changes else "the same in both runs"
        yield _row(f"  {line.block}", (amounts[0], _level(bridge, level), *amounts[1:]), run)
    yield _row("  interaction", ("", "", _step(bridge, bridge.interaction), ""))
    if beside[1]:
        level += beside[1]
        step = _step(bridge, beside[1])
        yield _row("  program and facts, new run", (step, _level(bridge, level), step, step))
    alone = None if bridge.interaction is None else bridge.total
    totals = [_step(bridge, one) for one in (bridge.total, alone, reverse_total(bridge))]
    yield _row("change in all", (totals[0], "", *totals[1:]))
    yield _row("new run, as kept", ("", _level(bridge, whole(bridge.new.number)), "", ""), bridge.new.run_id)


def _level(bridge: Bridge, whole: int) -> str:
    return f"{bridge.figure.units(whole):,}"


def _step(bridge: Bridge, whole: int | None) -> str:
    if whole is None:
        return CANNOT
    return f"{bridge.figure.units(whole):+,}" if whole else f"{bridge.figure.units(whole):,}"


def _what_differs(bridge: Bridge) -> Iterator[str]:
    differ = [line for line in bridge.lines if line.changes]
    yield "What differs" if differ else "The scenarios are the same, so nothing was run."
    for line in differ:
        told = [_told(change) for change in line.changes[:TOLD]]
        more = len(line.changes) - TOLD
        yield from (f"  {line.block if number == 0 else '':<10}{text}" for number, text in enumerate(told))
        if more > 0:
            yield f"  {'':<10}and {more} more, all in bridge.json"
    yield ""


def _told(change: Change) -> str:
    old, new = _said(change.old), _said(change.new)
    return f"{change.key}: {old} -> {new}" if old != new else f"{change.key}: {old}, which says something else"


def _said(content: Any) -> str:
    """Return what a piece says; of a list of rules their names."""
    if content is None:
        return "not set"
    if isinstance(content, list):
        entries = [one.get("name") or one.get("rule") or "unnamed" if isinstance(one, dict) else one for one in content]
        return ", ".join(map(str, entries)) or "none"
    return f"{content:.6g}" if isinstance(content, float) else str(content)


def _runs(bridge: Bridge) -> Iterator[str]:
    if not bridge.points:
        return
    yield "Runs"
    for mixture, point in bridge.points.items():
        told = f"{', '.join(sorted_blocks(mixture))} of the new run" if mixture else "all of the old run"
        told = "all of the new run" if mixture == bridge.route.everything else told
        again = "  (was there already)" if point.reused else ""
        yield f"  {point.run_id:<26}{_level(bridge, bridge.level(mixture)):>{NUMBER}}  {told}{again}"
    yield ""


def _notes(bridge: Bridge) -> Iterator[str]:
    smallest = "the øre" if bridge.figure.unit == "kr." else f"{bridge.figure.units(1)} {bridge.figure.unit}"
    yield f"Every figure is rounded once, to {smallest}; the steps add up to the change exactly, in either order."
    yield "A step depends on the order. The interaction is the change less what each block makes alone."
    yield from _reproduction(bridge, smallest)
    yield from _chance(bridge)
    for mixture, why in bridge.unrunnable.items():
        yield f"Cannot be run: {', '.join(sorted_blocks(mixture))} of the new run with all else of the old run: {why}"


def _chance(bridge: Bridge) -> Iterator[str]:
    """Yield what chance leaves of the kept runs, as far as they were simulated."""
    told = [
        f"{_rounded(bridge, end.std_error)} for the {name} run"
        for name, end in (("old", bridge.old), ("new", bridge.new))
        if end.std_error is not None
    ]
    if told:
        yield f"Standard error of the figure, from chance: {', '.join(told)}."


def _rounded(bridge: Bridge, error: float) -> str:
    return f"{float(bridge.figure.units(bridge.figure.whole(error))):,.0f} {bridge.figure.unit}"


def _reproduction(bridge: Bridge, smallest: str) -> Iterator[str]:
    if not any(bridge.program_and_facts):
        if bridge.points:
            yield f"Both kept runs come out again to {smallest}, so program and facts make nothing of the change."
        return
    yield "Program and facts: a kept run does not come out again as it was kept."
    for name, end in (("old", bridge.old), ("new", bridge.new)):
        yield f"  the {name} run was made by {end.program}"
    yield f"  this program is {bridge.program}"
