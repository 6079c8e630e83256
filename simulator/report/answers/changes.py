"""Changed since an earlier version: each assumption before and after, and what it does to the figure as it is printed.

The rows add up to the difference of the two figures as they are printed: what rounding leaves over goes into the row of
the rest, which says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from simulator.report.answers.answer import Answer, cut
from simulator.report.answers.issue import ChangedAssumption
from simulator.report.answers.kept_back import is_confidential
from simulator.report.answers.printed import SAME, Printed, printed_for
from simulator.report.blocks import Block, Line, Table
from simulator.report.sections.register import assumption_name
from simulator.report.sections.values import RATIO_UNITS, span

MOST_DECIMALS = 6
NEAR = 0.0005
"""Before and after are told with the decimals that show them to this share of their size, and apart from each other."""
PLAIN = ("", "factor", "number", "year")
"""Units that stand in the name of an assumption."""
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
PERIOD = re.compile(rf"({DAY.pattern})/({DAY.pattern})(?P<permanent> \+)?")
ENDS = re.compile(r"(-?[\d.]+(?:e[-+]?\d+)?)\N{EN DASH}(-?[\d.]+(?:e[-+]?\d+)?)")
"""How the bridge writes a day, a period and the two ends of a table of numbers."""
VALUE, KEY, NAMES = 60, 100, 3
"""Most characters of a value that is a text and of a key, and most names in a sentence."""


@dataclass(frozen=True)
class Changes:
    """What changed since an earlier version, in amounts that are printed.

    Attributes:
        answer: The version being told.
    """

    answer: Answer

    @cached_property
    def largest_first(self) -> tuple[ChangedAssumption, ...]:
        """The changed assumptions, the one that moves most first; those not worked out last."""
        changes = self.answer.issue.changes
        return tuple(
            sorted(changes, key=lambda one: -1.0 if one.effect_kr is None else abs(one.effect_kr), reverse=True)
        )

    @cached_property
    def before_kr(self) -> float | None:
        """The figure of the earlier version [kr]; None where it follows from nothing."""
        issue = self.answer.issue
        if issue.before_kr is not None:
            return issue.before_kr
        effects = [one.effect_kr for one in issue.changes]
        known = [effect for effect in effects if effect is not None]
        return self.answer.now_kr - sum(known) - issue.rest_kr if len(known) == len(effects) else None

    @property
    def are_any(self) -> bool:
        """Whether there is anything to tell."""
        issue = self.answer.issue
        if issue.changed_since is None:
            return False
        return bool(issue.changes) or self.rest != SAME or self.difference not in (None, SAME)

    @cached_property
    def effects(self) -> tuple[float, ...]:
        """What each change does to the figure [kr], of those that were worked out."""
        return tuple(one.effect_kr for one in self.answer.issue.changes if one.effect_kr is not None)

    @cached_property
    def printed(self) -> Printed:
        """How amounts are printed."""
        difference = () if self.before_kr is None else (self.answer.now_kr - self.before_kr,)
        return printed_for(self.answer.words, (*self.effects, *difference))

    @cached_property
    def difference(self) -> Decimal | None:
        """The difference of the two figures as they are printed [mio. kr.]; None where one is not known."""
        if self.before_kr is None:
            return None
        return self.printed.of(self.answer.now_kr) - self.printed.of(self.before_kr)

    @cached_property
    def rest(self) -> Decimal:
        """What the assumptions leave of the difference, as they are printed [mio. kr.]."""
        if self.difference is None:
            return self.printed.of(self.answer.issue.rest_kr)
        return self.difference - self.printed.total(self.effects)

    @property
    def kind_of_rest(self) -> str:
        """What the rest is: name of a sentence."""
        if len(self.effects) < len(self.answer.issue.changes):
            return "undivided"
        # Each number that is rounded may be off by half a step.
        most = Decimal(len(self.effects) + 2) / 2 * Decimal(1).scaleb(-self.printed.decimals)
        return "rounding" if self.printed.of(self.answer.issue.rest_kr) == SAME and abs(self.rest) <= most else "rest"


def changes_table(answer: Answer, most: int, reason: int) -> Iterator[Block]:
    """Yield the table of what changed since an earlier version; nothing where nothing did.

    Args:
        answer: The version being told.
        most: Most assumptions that have a row of their own.
        reason: Most characters of a reason.
    """
    changes = Changes(answer)
    if not changes.are_any:
        return
    assert answer.issue.changed_since is not None, "what changed did so since a version"
    version = answer.version(answer.issue.changed_since)
    yield Table(
        caption=answer.telling.numbered("table", answer.say("changes.caption", version=version)),
        columns=tuple(answer.words.find("answers.changes.columns")),
        lines=tuple(_lines(changes, most, reason)),
        numeric=(False, True, True, True, False),
        name="changed",
    )


def _lines(changes: Changes, most: int, reason: int) -> Iterator[Line]:
    answer, rows = changes.answer, changes.largest_first
    # One more row is better than one that says that one more is left out.
    shown = rows if len(rows) <= most + 1 else rows[:most]
    printed = changes.printed
    for one in shown:
        effect = None if one.effect_kr is None else printed.of(one.effect_kr)
        yield Line((name_of(answer, one.key), *_both(answer, one), printed.cell(effect), _why(answer, one, reason)))
    left = rows[len(shown) :]
    if left:
        effect = printed.total([one.effect_kr or 0.0 for one in left])
        yield Line((answer.say("changes.more", count=len(left)), "", "", printed.cell(effect), ""))
    if changes.rest != SAME or changes.kind_of_rest == "undivided":
        yield Line((answer.say(f"changes.{changes.kind_of_rest}"), "", "", printed.cell(changes.rest), ""))
    if changes.before_kr is not None:
        figures = (printed.figure(changes.before_kr), printed.figure(answer.now_kr))
        moved = printed.cell(changes.difference, answer.now_kr - changes.before_kr)
        yield Line((answer.say("changes.total"), *figures, moved, ""), "total")


def changes_sentence(answer: Answer) -> str:
    """Return in a sentence what changed since an earlier version; empty where nothing did."""
    changes = Changes(answer)
    if not changes.are_any:
        return ""
    assert answer.issue.changed_since is not None, "what changed did so since a version"
    names = [answer.words.quoted(name_of(answer, one.key)) for one in changes.largest_first]
    listed = answer.words.listed(names[:NAMES]) + (answer.words.text("register.among") if len(names) > NAMES else "")
    key = "none" if not names else "one" if len(names) == 1 else "many"
    version = answer.version(answer.issue.changed_since)
    told = [answer.say(f"changes.sentence.{key}", version=version, count=len(names), names=listed)]
    if changes.before_kr is not None:
        before, now = changes.printed.amount(changes.before_kr), changes.printed.amount(answer.now_kr)
        moved = "same" if changes.difference == SAME else "moved"
        told.append(answer.say(f"changes.sentence.{moved}", before=before, now=now))
    return " ".join(told)


def name_of(answer: Answer, key: str) -> str:
    """Return what a changed assumption is called; several that were changed together by all their names."""
    parts = [part.strip()[:KEY] for part in key.split(",") if part.strip()]
    return "; ".join(_name(answer, part) for part in parts)


def _name(answer: Answer, key: str) -> str:
    arm, _, own = key.partition(".")
    of_arm = arm in answer.words.find("arms")
    named = _named(answer.words.find("answers.keys"), own if of_arm else key)
    if not named:
        return assumption_name(answer.telling, key)
    return f"{named}, {answer.words.text(f'arms.{arm}').lower()}" if of_arm else named


def _named(names: Mapping[str, str], key: str) -> str:
    """Return the name of the longest beginning of a key that has one; what stands below a setting goes by its name."""
    parts = key.split(".")
    beginnings = (".".join(parts[:length]) for length in range(len(parts), 0, -1))
    return next((str(names[beginning]) for beginning in beginnings if beginning in names), "")


def _why(answer: Answer, one: ChangedAssumption, most: int) -> str:
    why, by = cut(one.why, most), cut(one.by, most)
    return answer.say("changes.why", why=why, by=by) if why and by else why or by


def _both(answer: Answer, one: ChangedAssumption) -> tuple[str, str]:
    """Return an assumption before and after, with its unit and with the decimals that tell the two apart."""
    numbers = [value for value in (one.before, one.after) if isinstance(value, (int, float))]
    numbers = [value * 100 if one.unit in RATIO_UNITS else value for value in numbers]
    decimals = _decimals(numbers)
    return _value(answer, one, one.before, decimals), _value(answer, one, one.after, decimals)


def _decimals(numbers: list[float]) -> int:
    for decimals in range(MOST_DECIMALS):
        shown = [round(number, decimals) for number in numbers]
        near = all(abs(told - number) <= NEAR * abs(number) for told, number in zip(shown, numbers, strict=True))
        if near and len(set(shown)) == len(set(numbers)):
            return decimals
    return MOST_DECIMALS


def _value(answer: Answer, one: ChangedAssumption, value: float | str | None, decimals: int) -> str:
    words, unit = answer.words, one.unit
    if any(is_confidential(answer, part.strip()) for part in one.key.split(",")):
        return answer.say("kept_back.value")
    if value is None:
        return str(words.find("answers.absent").get(one.key) or words.text("register.changes.unused"))
    if isinstance(value, str):
        return _text(answer, value, one)
    if unit == "year":
        return f"{value:.0f}"
    if unit in RATIO_UNITS:
        return words.share(value, decimals)
    number = words.number(value, decimals)
    return number if unit in PLAIN else words.valued(number, unit)


def _text(answer: Answer, text: str, one: ChangedAssumption) -> str:
    """Return a value that is a text: a day, a period or two ends of a range in the language, else as it stands."""
    words = answer.words
    period, ends = PERIOD.fullmatch(text), ENDS.fullmatch(text)
    try:
        if DAY.fullmatch(text):
            return words.day(date.fromisoformat(text))
        if period:
            told = words.period(*map(date.fromisoformat, period.groups()[:2]))
            return answer.say("permanent", period=told) if period["permanent"] else told
    except ValueError:
        # It looks like a day and is none.
        return cut(text, VALUE)
    if ends:
        return span(answer.telling, [float(end) for end in ends.groups()], one.unit, named=True)
    known = words.find("answers.values").get(text)
    return str(known) if known else cut(text, VALUE)
