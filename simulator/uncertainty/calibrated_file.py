"""Writes what a calibration found: a scenario file that extends the given one, or lines for the command line."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from simulator.errors import InputError
from simulator.facts.tree import Scalar, Table
from simulator.scenario import read_scenario
from simulator.scenario.layers import command_layers
from simulator.scenario.resolved import text_of_tree
from simulator.scenario.versions import stated
from simulator.uncertainty.calibrate import Calibration, Implied

SCENARIO_ENDINGS = (".yaml", ".yml")
LINES_ENDINGS = (".txt", "")
CALIBRATED = "calibrated"
DIGITS = 6
OPTION = "--write"


def refuse_ending(file: Path | None) -> None:
    """Refuse a file whose ending says neither scenario nor lines.

    Raises:
        InputError: The ending is another one.
    """
    if file is not None and file.suffix not in (*SCENARIO_ENDINGS, *LINES_ENDINGS):
        message = (
            f"ends in `{file.suffix}`; allowed: .yaml for a scenario that extends the given one, .txt for -S lines"
        )
        raise InputError.one(message, str(file), OPTION)


def lines_of(found: Calibration, sets: Sequence[str] = ()) -> str:
    """Return the values as settings of the command line, one a line, after those that were given."""
    kept = [text for text in sets if text.partition("=")[0].strip() not in found.task.keys]
    given = [f"-S '{text}'" for text in kept]
    return (
        "\n".join([*given, *(f"-S {implied.lever.key}={rounded(implied.value)}" for implied in found.implied)]) + "\n"
    )


def rounded(number: float) -> float:
    """Return a number to six digits, as it is written."""
    return float(f"{number:.{DIGITS}g}")


def scenario_text(found: Calibration, source: Path, target: Path, sets: Sequence[str] = ()) -> str:
    """Return the text of a scenario that extends another, with the values calibrated and the settings laid on.

    Args:
        found: The calibration.
        source: The scenario that was calibrated.
        target: Where the text will stand.
        sets: Settings that were laid on the scenario.
    """
    extends = Path(os.path.relpath(source.resolve(), target.absolute().parent.resolve())).as_posix()
    tree: dict[str, Any] = {"extends": extends, "name": target.stem}
    for layer in command_layers(sets):
        _lay(tree, _plain(layer.tree))
    reason = _reason(found)
    for implied in found.implied:
        path = implied.lever.key.split(".")
        leaf: Any = _leaf(implied, reason)
        for part in reversed(path):
            leaf = {part: leaf}
        _lay(tree, leaf, top=implied.lever.key)
    return text_of_tree(stated(tree), f"Calibrated from {extends}. A calibrated value is no estimate.")


def _leaf(implied: Implied, reason: str) -> dict[str, Any]:
    lever = implied.lever
    leaf: dict[str, Any] = {"value": rounded(implied.value)}
    if lever.low is not None and lever.high is not None:
        low, high = min(lever.low, rounded(implied.value)), max(lever.high, rounded(implied.value))
        leaf |= {"low": float(low), "high": float(high)}
        if not implied.inside:
            reason = f"{reason}; the range was {lever.low:g} to {lever.high:g}"
    return {**leaf, "kind": CALIBRATED, "source": lever.source, "reason": reason}


def _reason(found: Calibration) -> str:
    told = []
    for target, reached in zip(found.task.targets, found.reached.tolist(), strict=True):
        within = "" if target.within is None else f" ± {target.within:g}"
        told.append(f"{target.figure.name} = {target.aim:,.6g}{within} {target.figure.unit} (gives {reached:,.6g})")
    return f"calibrated to {' and '.join(told)}"


def _plain(table: Table) -> dict[str, Any]:
    """Return a tree of a setting as plain data, each number and word as it was written."""
    return {key: _node(node) for key, node in table.entries.items()}


def _node(node: Any) -> Any:
    if isinstance(node, Table):
        return _plain(node)
    if isinstance(node, Scalar):
        return None if node.empty else node.text
    return [_node(item) for item in node.items]


def _lay(tree: dict[str, Any], over: dict[str, Any], top: str = "") -> None:
    """Lay a tree on another; what is calibrated replaces what stood at its key."""
    for key, value in over.items():
        here = top == key
        below = tree.get(key)
        if isinstance(value, dict) and isinstance(below, dict) and not here:
            _lay(below, value, top.partition(".")[2])
        else:
            tree[key] = value


def write_calibrated(found: Calibration, source: Path, file: Path, sets: Sequence[str] = ()) -> None:
    """Write a calibration to a file and read it back.

    Raises:
        InputError: The file is there already, or cannot be written.
    """
    is_scenario = file.suffix in SCENARIO_ENDINGS
    text = scenario_text(found, source, file, sets) if is_scenario else lines_of(found, sets)
    try:
        with file.open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
    except FileExistsError:
        raise InputError.one("is there already; give another name", str(file), OPTION) from None
    except OSError as wrong:
        raise InputError.one(f"cannot be written: {wrong.strerror}", str(file), OPTION) from wrong
    if is_scenario:
        _read_back(file)


def _read_back(file: Path) -> None:
    """Read a written scenario; where it cannot be read, it does not stay."""
    try:
        read_scenario(file)
    except InputError:
        file.unlink()
        raise
