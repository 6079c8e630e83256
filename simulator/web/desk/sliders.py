"""Sliders: every assumption that a scenario reads, with its range, where it comes from, and what was changed of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from simulator.errors import InputError
from simulator.facts.read import sources
from simulator.pipeline import STAGES, places_of, stages_of
from simulator.report.language import Words, read_words
from simulator.scenario import Scenario
from simulator.uncertainty.levers import UNREAD, Lever, lever_at, levers_of
from simulator.web.desk.choices import choices_of
from simulator.web.desk.footings import Footings
from simulator.web.desk.marks import is_outside, is_unsourced, numbers_of
from simulator.web.desk.steps import Steps, steps_of
from simulator.web.position import Position, told_of
from simulator.web.shelf import Shelf
from simulator.web.words import page_words

MAIN = (
    "effects.params.scale",
    "effects.params.relative_effect",
    "saldo.value_per_person_year_kr",
    "attendance.take_up_scale",
    "closures.carry_share",
    "demand.scale",
    "delivery.utilisation",
    "delivery.digital_saves_minutes",
    "attendance.video_share",
    "saldo.price_level",
)
"""What is shown first, in this order; before these stands what is drawn and what is calibrated."""
GROUPS = ("effects", "demand", "attendance", "delivery", "closures", "infection", "control")
MONEY_TABLE = "saldo"
Stages = Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class Board:
    """What all positions of a base share: which assumptions are shown, and in which order.

    Attributes:
        stages: Which stages read each value.
        sliders: Those that can be moved.
        all: Every assumption that is read.
    """

    stages: Stages
    sliders: tuple[Lever, ...]
    all: tuple[Lever, ...]


_BOARDS: Shelf[Board] = Shelf(8)


@dataclass(frozen=True)
class Bench:
    """What rows are written with.

    Attributes:
        base: The scenario as it was opened.
        now: The scenario as it is set; that which was opened where it cannot be read.
        stages: Which stages read each value.
        words: Words of the report.
        said: Words of this page.
    """

    base: Scenario
    now: Scenario
    stages: Stages
    words: Words
    said: Mapping[str, Any]


def sheet_of(footings: Footings, position: Position, language: str) -> dict[str, Any]:
    """Return the sliders and assumptions of a position; what is wrong with it stands among the faults.

    Raises:
        InputError: The base cannot be read, or there is no such language.
    """
    told, bench, board = _head(footings, position, language)
    rows = {lever.key: row_of(bench, lever) for lever in board.all}
    return {
        **told,
        "sliders": [rows[lever.key] for lever in board.sliders],
        "assumptions": [rows[lever.key] for lever in board.all],
    }


def changes_of(footings: Footings, position: Position, language: str) -> dict[str, Any]:
    """Return what the sheet of a position has other than that of its base: no row that is the same is written.

    Raises:
        InputError: The base cannot be read, or there is no such language.
    """
    told, bench, board = _head(footings, position, language)
    other = other_keys(bench.base, bench.now)
    return {**told, "rows": [row_of(bench, lever) for lever in board.all if lever.key in other]}


def other_keys(base: Scenario, now: Scenario) -> set[str]:
    """Return the keys of all values that stand otherwise in a scenario than in another, and of their tables."""
    found: set[str] = set()
    for before, after in zip(base.arms, now.arms, strict=True):
        here, there = ({row.key: row for row in arm.values.rows()} for arm in (before, after))
        found |= here.keys() ^ there.keys()
        found |= {key for key in here.keys() & there.keys() if here[key] is not there[key] and here[key] != there[key]}
    parts = (key.split(".") for key in found)
    return {".".join(part[:length]) for part in parts for length in range(1, len(part) + 1)}


def _head(footings: Footings, position: Position, language: str) -> tuple[dict[str, Any], Bench, Board]:
    """Return what a sheet says of a position as a whole, and what its rows are written with."""
    opened = Position(position.base)
    base = footings.reader(opened)
    faults: list[dict[str, str]] = []
    try:
        now = footings.reader(position)
        footings.at(position).setting()
    except InputError as wrong:
        faults = told_faults(wrong)
        now = base if position not in footings.reader else footings.reader(position)
    board = _BOARDS.get(opened.key, lambda: _board_of(base))
    period, titles = now.sections.period, (now.sections.title_da, now.sections.title)
    told = {
        "position": told_of(position),
        "opened": opened.key,
        "faults": faults,
        "title": next(filter(None, titles if language == "da" else titles[::-1]), now.name),
        "period": {"from": period.from_.isoformat(), "to": period.to.isoformat()},
        "choices": choices_of(base, now, language),
    }
    return told, Bench(base, now, board.stages, read_words(language), page_words(language)["desk"]), board


def _board_of(base: Scenario) -> Board:
    stages = stages_of(_at_one_place(base))
    levers = levers_of(base, stages)
    covered = {leaf for lever in levers.values() for leaf in lever.leaves}
    alone = (lever_at(base, key, stages) for key in stages if key not in covered and key in base.baseline.values)
    sliders = [lever for lever in levers.values() if _steps(lever) is not None]
    return Board(stages, tuple(sorted(sliders, key=_first)), tuple(sorted([*sliders, *alone], key=_first)))


def told_faults(wrong: InputError) -> list[dict[str, str]]:
    """Return what is wrong with a position, as its sheet says it."""
    return [{"path": fault.path, "message": fault.message} for fault in wrong.faults]


def _at_one_place(scenario: Scenario) -> Scenario:
    """Return a scenario at the first of its places: it reads the same values there, and sooner."""
    sections = scenario.sections.model_copy(update={"places": places_of(scenario)[:1]})
    return replace(scenario.with_values({}), sections=sections)


def row_of(bench: Bench, lever: Lever) -> dict[str, Any]:
    """Return what is shown of an assumption."""
    now = lever_at(bench.now, lever.key, bench.stages)
    low, high, value, steps = lever.low, lever.high, now.value, _steps(lever)
    changed = numbers_of(bench.base, lever) != numbers_of(bench.now, lever)
    outside, unsourced = is_outside(value, low, high), changed and is_unsourced(now.source)
    return {
        "key": lever.key,
        "label": bench.words.key_name(lever.key) or lever.key,
        "unit": lever.unit,
        "unit_text": bench.said["unit_names"].get(lever.unit) or bench.words.name("value_units", lever.unit),
        "value": value,
        "base_value": lever.value,
        "low": low,
        "high": high,
        "step": None if steps is None else steps.step,
        "decimals": None if steps is None else steps.decimals,
        "stage": lever.stage,
        "kind": now.kind,
        "kind_text": ", ".join(bench.words.name("value_kinds", kind) for kind in now.kind.split("/")),
        "source": now.source,
        "source_text": source_text(bench, now.source),
        "reason": now.reason,
        "drawn": now.distribution is not None,
        "changed": changed,
        "outside": outside,
        "unsourced": unsourced,
        "marks": list(_marks(bench, lever, now, (changed, outside, unsourced))),
        "main": _is_main(lever),
        "group": bench.said["groups"][group_of(lever)],
    }


def _steps(lever: Lever) -> Steps | None:
    return None if lever.low is None or lever.high is None else steps_of(lever.low, lever.high, lever.unit)


def group_of(lever: Lever) -> str:
    """Return the group in which an assumption is shown."""
    section = lever.key.partition(".")[0]
    if section == MONEY_TABLE:
        return STAGES[-1]
    return section if section in GROUPS else "other"


def source_text(bench: Bench, source: str) -> str:
    """Return where a value comes from, by the titles of its sources."""
    own = {"": "own", "none-found": "own", "own-derivation": "derived", "command line": "here"}
    known, told = sources(), []
    for one in source.split("/"):
        if one in own:
            told.append(bench.said["source"][own[one]])
        elif one.startswith("scenario"):
            told.append(bench.said["source"]["scenario"])
        else:
            told.append(known[one].title if one in known else one)
    return ", ".join(dict.fromkeys(told))


def number_text(words: Words, value: float, unit: str) -> str:
    """Return a value as it is written, with its unit; a year is no amount."""
    if unit == "year":
        return f"{value:.0f}"
    decimals = next((count for count in range(7) if abs(round(value, count) - value) <= 1e-9 * abs(value)), 6)
    number = words.number(value, decimals)
    return number if unit in ("share", "factor", "number", "utilisation", "growth", "") else words.valued(number, unit)


def _marks(bench: Bench, lever: Lever, now: Lever, flags: tuple[bool, bool, bool]) -> Any:
    """Yield the marks of an assumption, each with its word and a sentence."""
    changed, outside, unsourced = flags
    said, words = bench.said["marks"], bench.words

    def told(value: float | None) -> str:
        return said["apart"] if value is None else number_text(words, value, lever.unit)

    if changed:
        yield {"name": "changed", "word": said["changed"], "text": said["changed_text"].format(value=told(lever.value))}
    if outside:
        ends = {"value": told(now.value), "low": told(lever.low), "high": told(lever.high)}
        yield {"name": "outside", "word": said["outside"], "text": said["outside_text"].format(**ends)}
    if unsourced:
        yield {"name": "unsourced", "word": said["unsourced"], "text": said["unsourced_text"]}
    if now.distribution is not None:
        yield {"name": "drawn", "word": said["drawn"], "text": said["drawn_text"]}
    if "calibrated" in now.kind.split("/"):
        yield {"name": "calibrated", "word": said["calibrated"], "text": said["calibrated_text"]}


def _is_main(lever: Lever) -> bool:
    calibrated = "calibrated" in lever.kind.split("/")
    return lever.key in MAIN or calibrated or lever.distribution is not None


def _first(lever: Lever) -> tuple[bool, int, bool]:
    """Return where an assumption stands: main ones first, in their order; what no stage reads last."""
    at = MAIN.index(lever.key) if lever.key in MAIN else len(MAIN)
    return not _is_main(lever), at, lever.stage == UNREAD
