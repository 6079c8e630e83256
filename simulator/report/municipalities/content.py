"""What a map says: the statement above it, how each municipality is filled, the legend, and the numbers as lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from simulator.report.language import Words
from simulator.report.municipalities.choice import COMPARES, Choice
from simulator.report.municipalities.numbers import INHABITANTS, Numbers, numbers_of
from simulator.report.municipalities.rules import KINDS, SPELL_DAYS, Rules, rules_of
from simulator.report.municipalities.tiles import read_tiles
from simulator.report.reading import Run
from simulator.report.story import count_word
from simulator.report.style import BLUES, DARK_FROM, PAPER

FIGURE = "figures.municipalities"
NAMED_AT_MOST = 12
ONE_HALF = 0.5
"""A total below this rounds to no conversation at all."""

LISTED = 5
NAMED_KINDS = 2
"""The title names so many kinds of rule; the legend counts them all."""


@dataclass(frozen=True)
class Fill:
    """How a municipality is filled.

    Attributes:
        color: Colour of the ground.
        dark: Whether words on it are white.
        hatched: Whether it is hatched.
    """

    color: str
    dark: bool = False
    hatched: bool = False


SHADES = tuple(Fill(color, dark=step >= DARK_FROM) for step, color in enumerate(BLUES))
MISSING = Fill(PAPER)
"""Municipalities of which the run says nothing; told from the others by the line around them."""

RULE_FILLS = dict(zip(KINDS, (SHADES[3], SHADES[2], SHADES[1], SHADES[0], Fill(PAPER, hatched=True)), strict=True))


@dataclass(frozen=True)
class Content:
    """What a map says.

    Attributes:
        title: Statement of the map.
        below: What is shown, or why nothing is.
        alt: What the map shows, in words.
        note: Note at the foot; empty for none.
        unit: What the fills tell; empty where each says so itself.
        missing: What the municipalities are called that are not filled.
        fills: Fill by code of the municipality.
        legend: Fills and what they mean.
        printed: Number or rule by code of the municipality, as a line of the table has it.
        exact: Number by code of the municipality, not rounded; none of a map of rules.
        in_tiles: Whether `printed` is short enough to stand in a square.
        whole: The same for all municipalities of the run; empty where it has no meaning.
        lists: Municipalities to name beside a large map, by heading.
    """

    title: str
    below: str
    alt: str
    note: str
    unit: str = ""
    missing: str = ""
    fills: Mapping[str, Fill] = field(default_factory=dict)
    legend: Sequence[tuple[Fill, str]] = ()
    printed: Mapping[str, str] = field(default_factory=dict)
    exact: Mapping[str, float] = field(default_factory=dict)
    in_tiles: bool = False
    whole: str = ""
    lists: Sequence[tuple[str, Sequence[tuple[str, str]]]] = ()

    def fill(self, code: str) -> Fill:
        """Return the fill of a municipality."""
        return self.fills.get(code, MISSING)


def content_of(run: Run, words: Words, choice: Choice) -> Content:
    """Return what a map says; of a run without the table it needs, a sentence that says so.

    Raises:
        InputError: A table of the run cannot be read.
    """
    if choice.day is not None:
        rules = rules_of(run, choice)
        return _nothing(run, words, choice) if rules is None else _of_rules(words, choice, rules)
    numbers = numbers_of(run, choice)
    return _nothing(run, words, choice) if numbers is None else _of_numbers(run, words, choice, numbers)


def _nothing(run: Run, words: Words, choice: Choice) -> Content:
    kind = "rules" if choice.day is not None else "results"
    control = kind == "results" and run.headline.get("engine") == "control"
    title = words.text(f"{FIGURE}.{kind}.nothing")
    below = words.text(f"{FIGURE}.{kind}.{'control' if control else 'again'}")
    return Content(title, below, f"{title}. {below}", "", missing=words.text(f"{FIGURE}.no_numbers"))


def _of_numbers(run: Run, words: Words, choice: Choice, numbers: Numbers) -> Content:
    key = f"{FIGURE}.results.{choice.quantity}"
    shades = _spread(len(numbers.bounds()) + 1)
    title = _statement(words, choice, numbers)
    arm = words.text(f"arms.{choice.arm}").lower()
    below = words.sentence(f"{key}.below", arm=arm, period=words.period(*run.period))
    unit = words.text(f"{key}.unit", inhabitants=words.number(INHABITANTS))
    if min(numbers.by_place.values()) < 0:
        unit = f"{unit} {words.text(f'{FIGURE}.results.minus')}"
    lists = _extreme_places(words, numbers)
    told = words.listed(f"{name} {number}" for _, places in lists for name, number in places)
    return Content(
        title=title,
        below=below,
        alt=words.text(f"{FIGURE}.results.alt", title=title, below=below, unit=unit, told=told),
        note=_note(words, choice, "results"),
        unit=unit,
        missing=words.text(f"{FIGURE}.not_in_run"),
        fills={code: shades[numbers.class_of(code)] for code in numbers.by_place},
        legend=[(shades[step], _limits(words, numbers, step)) for step in range(len(shades))],
        printed={code: numbers.told(words, code) for code in numbers.by_place},
        exact=numbers.exact,
        in_tiles=True,
        whole=words.number(numbers.country, numbers.decimals),
        lists=lists,
    )


def _statement(words: Words, choice: Choice, numbers: Numbers) -> str:
    """Return what the numbers say of the whole run: the extremes are often small places, moved by chance."""
    key = f"{FIGURE}.results.{choice.quantity}.title"
    inhabitants = words.number(INHABITANTS)
    if choice.quantity != COMPARES:
        return words.text(key, country=words.number(numbers.country, numbers.decimals), inhabitants=inhabitants)
    if abs(numbers.total) < ONE_HALF:
        return words.text(f"{key}.{'moved' if any(numbers.by_place.values()) else 'none'}")
    country = words.number(abs(numbers.country), numbers.decimals)
    count = count_word(words, numbers.total)
    side = "fewer" if numbers.total > 0 else "more"
    return words.sentence(f"{key}.{side}", count=count, country=country, inhabitants=inhabitants)


def _extreme_places(words: Words, numbers: Numbers) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the municipalities with the highest and the lowest numbers, or all of them where they are few."""
    named = [(read_tiles()[code].name, numbers.told(words, code)) for code in numbers.order()]
    if len(named) <= 2 * LISTED:
        return [(words.text(f"{FIGURE}.results.all"), named)]
    ends = {"highest": named[:LISTED], "lowest": named[-LISTED:]}
    return [(words.text(f"{FIGURE}.results.{end}"), places) for end, places in ends.items()]


def _limits(words: Words, numbers: Numbers, step: int) -> str:
    low, high = (words.number(end, numbers.decimals) for end in numbers.limits()[step])
    return low if low == high else words.units(words.text(f"{FIGURE}.results.limits", low=low, high=high))


def _spread(count: int) -> list[Fill]:
    """Return a number of shades, as far from each other as there are."""
    if count == 1:
        return [SHADES[0]]
    return [SHADES[round(step * (len(SHADES) - 1) / (count - 1))] for step in range(count)]


def _of_rules(words: Words, choice: Choice, rules: Rules) -> Content:
    assert choice.day is not None
    counted = rules.counted()
    title = _rules_stated(words, rules)
    day, arm = words.day(choice.day), words.text(f"arms.{choice.arm}").lower()
    below = words.sentence(f"{FIGURE}.rules.below", day=day, arm=arm)
    draft = words.text(f"{FIGURE}.rules.draft") if rules.drafts else ""
    names = {kind: words.text(f"{FIGURE}.rules.kinds.{kind}") for kind in KINDS}
    few = [_named(words, rules, kind, names[kind]) for kind, count in counted[1:] + counted[:1]]
    told = " ".join(f"{text}." for text in few if text and len(counted) > 1)
    note = words.text(f"{FIGURE}.rules.note", weeks=SPELL_DAYS // 7)
    return Content(
        title=title,
        below=below,
        alt=f"{title}. {below}. {told}".rstrip(),
        note=" ".join(part for part in (note, draft, _note(words, choice, "rules")) if part),
        missing=words.text(f"{FIGURE}.{'not_in_run' if len(rules.kind) == len(rules.places) else 'rules.none'}"),
        fills={code: RULE_FILLS[kind] for code, kind in rules.kind.items()},
        legend=[(RULE_FILLS[kind], f"{names[kind]} ({words.number(count)})") for kind, count in counted],
        printed={code: f"{names[kind]} ({rules.name[code]})" for code, kind in rules.kind.items()},
    )


def _rules_stated(words: Words, rules: Rules) -> str:
    counted = rules.counted()
    if not counted:
        return words.text(f"{FIGURE}.rules.none_at_all")
    if len(counted) > NAMED_KINDS:
        kind, count = max(counted, key=lambda one: one[1])
        rest = words.number(len(rules.kind) - count)
        parts = [_where(words, kind, words.number(count), "most"), words.text(f"{FIGURE}.rules.rest", count=rest)]
        told = ", ".join(parts)
    else:
        whole = {len(rules.places): "run", len(read_tiles()): "all"}
        ways = {kind: "one" if count == 1 else whole.get(count, "some") for kind, count in counted}
        told = words.listed(_where(words, kind, words.number(count), ways[kind]) for kind, count in counted)
    return told[:1].upper() + told[1:]


def _where(words: Words, kind: str, count: str, way: str) -> str:
    name = words.text(f"{FIGURE}.rules.kinds.{kind}")
    return words.text(f"{FIGURE}.rules.in_{way}", kind=name, count=count)


def _named(words: Words, rules: Rules, kind: str, name: str) -> str:
    """Return the municipalities of a kind by name, where they are few; else nothing."""
    places = [read_tiles()[code].name for code in rules.kind if rules.kind[code] == kind]
    return f"{name[:1].upper()}{name[1:]}: {words.listed(places)}" if len(places) <= NAMED_AT_MOST else ""


def _note(words: Words, choice: Choice, kind: str) -> str:
    keys = [] if choice.geometry else [f"{FIGURE}.tiles"]
    keys += [f"{FIGURE}.results.note"] if kind == "results" else []
    return " ".join(words.text(key) for key in keys)
