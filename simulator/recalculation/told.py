"""A recalculation for the terminal, and as content to be kept."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

from simulator.recalculation.compared import Compared, Exchanged, Filled
from simulator.report.language import MIO, Words, read_words
from simulator.report.workbook.asked import Asked
from simulator.report.workbook.asking import chain_of

LEAST_SHARE = 0.001
"""Share of the figure below which a factor is not told alone."""


def content_of(filled: Filled) -> dict[str, Any]:
    """Return a recalculation as content for JSON: numbers as numbers, days as text, nothing that cannot be written."""
    rows = [
        {**asdict(row), "difference": row.difference, "share": row.share, "effect_kr": row.effect_kr}
        for row in filled.rows
    ]
    figures = [{**asdict(one), "difference": one.difference, "share": one.share} for one in filled.figures]
    return {
        "run_id": filled.run_id,
        "fingerprint": filled.fingerprint,
        "filled_by": filled.filled_by,
        "filled_on": filled.filled_on.isoformat(),
        "control_kr": filled.control,
        "theirs_kr": filled.theirs,
        "simulated_kr": filled.simulated,
        "difference_kr": filled.difference,
        "difference_share": filled.difference_share,
        "tolerated_share": filled.tolerated_share,
        "agrees": filled.agrees,
        "cancels": filled.cancels,
        "factors": len(filled.rows),
        "factors_checked": filled.checked,
        "coarseness_kr": filled.coarseness_kr,
        "interaction_kr": filled.interaction_kr,
        "figures": figures,
        "rows": rows,
    }


def plain(filled: Filled) -> str:
    """Return a recalculation as lines for the terminal: the figures, what makes the difference, and the verdict."""
    words = read_words("en")
    lines = [_head(filled, words), "", *_figures(filled, words), "", *_explained(filled, words), "", _verdict(filled)]
    return "\n".join(lines)


def _head(filled: Filled, words: Words) -> str:
    given = len(filled.rows) - filled.checked
    told = f"{filled.checked} factors looked up, {given} given by the analyst and not checked"
    return f"Recalculated by {filled.filled_by} on {words.day(filled.filled_on)}: {told}."


def _figures(filled: Filled, words: Words) -> list[str]:
    lines = [f"{'':42}{'theirs':>14}{'control':>14}{'simulated':>14}{'difference':>14}"]
    for one in filled.figures:
        scale, decimals = (MIO, 3) if one.unit == "kr" else (1.0, 1 if one.unit == "weeks" else 0)
        numbers = (None if value is None else value / scale for value in (one.theirs, one.control, one.simulated))
        written = "".join(f"{words.number(number, decimals):>14}" for number in numbers)
        unit = words.text(f"blind.units.{one.name}")
        lines.append(f"{words.text(f'blind.figures.{one.name}')} ({unit})".ljust(42) + written + _share(one))
    return lines


def _share(one: Compared) -> str:
    return f"{'–' if one.share is None else f'{one.share:.1%}':>14}"


def _explained(filled: Filled, words: Words) -> list[str]:
    """Return the factors that make the difference, largest first, and what makes up the rest."""
    least = LEAST_SHARE * abs(filled.control)
    told = sorted((row for row in filled.rows if abs(row.effect_kr) > least), key=lambda row: -abs(row.effect_kr))
    rest = filled.difference - sum(row.effect_kr for row in told) - filled.interaction_kr - filled.coarseness_kr
    lines = ["What makes the difference, one factor at a time:"] if told else ["No factor makes a difference."]
    for row in told:
        ours, theirs = (_value(one, row, words) for one in (row.ours, row.theirs))
        given = ", given" if row.given else ""
        name = f"  {row.number} {_named(row, words)}{given}"
        lines.append(f"{name}: {theirs} for {ours}, {_kr(row.effect_kr, words)}  [{row.cell}]")
    if told:
        lines.append(f"  All other factors: {_kr(rest, words)}")
        lines.append(f"  Factors together: {_kr(filled.interaction_kr, words)}")
        if abs(filled.coarseness_kr) > least:
            lines.append(f"  Our own factors on this sheet, less the control: {_kr(filled.coarseness_kr, words)}")
        lines.append(f"  Difference: {_kr(filled.difference, words)}")
    return lines


def _named(row: Exchanged | Asked, words: Words) -> str:
    about = [words.name(*pair) for pair in (("types", row.type), ("groups", row.group)) if pair[1]]
    return ", ".join((words.text(f"blind.factors.{row.factor}"), *about))


def _value(value: float | None, row: Exchanged, words: Words) -> str:
    whole = row.unit in ("persons", "conversations", "kr per week", "kr per person-year")
    return words.number(value, 0 if whole else 4)


def _kr(kr: float, words: Words) -> str:
    return words.mio_kr(kr, 3, plus=True)


def _verdict(filled: Filled) -> str:
    tolerated = f"{filled.tolerated_share:.1%}"
    if filled.difference_share is None:
        return "The control is 0 and theirs is not: not agreed."
    told = f"{filled.difference_share:.1%}"
    if filled.agrees and filled.cancels:
        return (
            f"Agreed, since differences cancel out: the figures part by {told}, tolerated are {tolerated}; see above."
        )
    if filled.agrees:
        return f"Agreed: the figures part by {told}, tolerated are {tolerated}."
    return f"Not agreed: the figures part by {told}, tolerated are {tolerated}."


def to_be_given(run: Path) -> str:
    """Return what the analyst gives the second person, as lines: figures of the model, which no source has.

    Args:
        run: The run folder.

    Raises:
        InputError: It is no run, or keeps no control.
    """
    words = read_words("en")
    asked = [one for one in chain_of(run).asked if one.given and one.ours is not None]
    if not asked:
        return "Nothing is to be given: every factor has a source."
    lines = [f"  {one.number} {_named(one, words)}: {one.ours:.6g}" for one in asked]
    return "\n".join(("Figures of the model, to be given and marked as such:", *lines))
