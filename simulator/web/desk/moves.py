"""Moves: the bridge from what was opened to a position, setting by setting in the order in which they were made.

All levels are those of the simulation where every one of them is at hand, and else those of the control, so that no
step holds the difference between the two. Levels are rounded to whole øre before steps are taken, so the steps add up.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, Protocol

from simulator.bridge.figures import FIGURES
from simulator.report.language import read_words
from simulator.results.sample import MIO
from simulator.scenario import Scenario
from simulator.web.desk.marks import lever_of
from simulator.web.desk.sliders import number_text
from simulator.web.position import Position, told_of
from simulator.web.words import page_words

FIGURE = FIGURES["employment_effect"]
MOST_LETTERS = 120
NAMED = {"saldo.concept": "concepts", "effects.model": "effect_models"}
"""Keys whose settings have names in the language of documents."""


class Values(Protocol):
    """What gives the figures of positions."""

    def level_of(self, position: Position) -> tuple[float, float]:
        """Return the employment effect [kr]: as it is known, and that of the control."""

    def delivery_of(self, position: Position) -> str:
        """Return the key of what a position delivers."""

    def has(self, position: Position) -> bool:
        """Return whether the delivery of a position is at hand."""

    def scenario_of(self, position: Position) -> Scenario:
        """Return the scenario of a position."""


def moves_of(values: Values, position: Position, language: str) -> dict[str, Any]:
    """Return the bridge from what was opened to a position, as its page is told it.

    Raises:
        InputError: A position on the way cannot be valued, or there is no such language.
    """
    sets = position.sets
    way = [Position(position.base, sets[:count]) for count in range(len(sets) + 1)]
    missing = {values.delivery_of(one): one for one in reversed(way) if not values.has(one)}
    levels = [_level(values, one, by_control=bool(missing)) for one in way]
    moves = [
        _move(values, ends, level, language) | {"simulated": not missing}
        for ends, level in zip(pairwise(way), pairwise(levels), strict=True)
    ]
    return {
        "moves": moves,
        "start_mio_kr": _mio(levels[0]),
        "end_mio_kr": _mio(levels[-1]),
        "simulated": not missing,
        "missing": [told_of(one) for one in reversed(missing.values())],
    }


def _level(values: Values, position: Position, *, by_control: bool) -> int:
    """Return the employment effect of a position [øre]."""
    figures = values.level_of(position)
    return FIGURE.whole(figures[by_control] * MIO)


def _move(values: Values, way: Sequence[Position], levels: tuple[int, int], language: str) -> dict[str, Any]:
    """Return one step of the bridge: what was set, and what it did."""
    key = way[-1].sets[-1][0]
    names, said = read_words(language), page_words(language)["desk"]
    scenarios = [values.scenario_of(each) for each in way]
    one, other = (lever_of(scenario, key) for scenario in scenarios)
    told = [_said(scenario, key) for scenario in scenarios]
    named = [names.name(NAMED[key], text) if key in NAMED and text else text for text in told]
    ends = [text or said["moves"]["none"] for text in named]
    if one is not None and other is not None:
        numbers = one.value, other.value
        ends = [said["marks"]["apart"] if value is None else number_text(names, value, one.unit) for value in numbers]
    return {
        "key": key,
        "label": said["keys"].get(key) or names.key_name(key) or key,
        "before": ends[0],
        "after": ends[1],
        "unit": one.unit if one is not None else "",
        "effect_mio_kr": _mio(levels[1] - levels[0]),
        "from_mio_kr": _mio(levels[0]),
        "to_mio_kr": _mio(levels[1]),
    }


def _said(scenario: Scenario, key: str) -> str:
    """Return what a scenario says under a key of structure, as short as it can be told; empty where it says nothing."""
    written: Any = scenario.resolved()
    read: Any = scenario.sections
    for part in key.split("."):
        written = written.get(part) if isinstance(written, dict) else None
        read = getattr(read, part, None)
    return _short(_listed(read if written is None else written))


def _listed(found: Any) -> str:
    """Return a text, or a list of texts or of what has a name."""
    if isinstance(found, (list, tuple)):
        return ", ".join(str(one.get("name", one)) if isinstance(one, dict) else str(one) for one in found)
    return "" if found is None else str(found)


def _short(text: str) -> str:
    return text if len(text) <= MOST_LETTERS else f"{text[: MOST_LETTERS - 1]}\N{HORIZONTAL ELLIPSIS}"


def _mio(whole: int) -> float:
    """Return a number of øre in mio. kr."""
    return whole / FIGURE.parts + 0.0
