"""The chain from conversations to kroner, and what one must believe of one link for another answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from simulator.report.language import first_digit_place
from simulator.report.reading import WITHIN, Run, quantity
from simulator.report.weeks import meeting_days_of, weekdays_of

FACTORS = (0.0, 0.5, 1.0, 2.0)
"""Answers that the reader may ask for, as multiples of the estimate."""

WEEKDAYS = 5
DAYS_PER_WEEK = 7
VALUE_KEY = "saldo.value_per_person_year_kr"
VALUE_STEP = "value_per_person_year_kr"
WORKED_OUT = ("simulation", "control")
"""Sources of a step that no publication gives."""
PASSING = ("not_held", "held_from_queue", "digital_by_order")
"""Steps that are shown only where there are such conversations."""

TOLERANCE = 0.02
"""Two figures of one chain that differ by less are the same figure, rounded along the way."""


@dataclass(frozen=True)
class Link:
    """A factor of the chain.

    Attributes:
        name: Machine name; the language file holds its words.
        value: Its value in the run.
        unit: `weeks`, `share`, `days`, `kr` or `conversations`.
        most: The largest value that is possible; None where there is no such.
        low: Lower end of its stated range; None where none is stated.
        high: Upper end of the same.
    """

    name: str
    value: float
    unit: str
    most: float | None = None
    low: float | None = None
    high: float | None = None

    def possible(self, factor: float) -> bool:
        """Return whether the link can be multiplied by a factor."""
        return self.most is None or self.value * factor <= self.most * (1 + WITHIN)

    def within_range(self, factor: float) -> bool:
        """Return whether the multiplied link lies in its stated range; true where none is stated."""
        value = self.value * factor
        above = self.high is None or value <= self.high * (1 + WITHIN)
        return above and (self.low is None or value >= self.low * (1 - WITHIN))


@dataclass(frozen=True)
class Part:
    """A step of the way from conversations due to conversations that change form.

    Attributes:
        name: Machine name; the language file holds its words.
        count: Conversations: the level of a total, or the change, minus is fewer.
        total: Whether it is a level.
    """

    name: str
    count: float
    total: bool


def way_to_converted(run: Run) -> list[Part]:
    """Return the steps from conversations due to conversations that change form; changes add up to the levels.

    A run of the control alone knows of no conversations but those that change form.
    """
    if "held_baseline" not in run.steps or "physical_baseline" not in run.steps:
        return [Part("converted", run.step("converted"), True)]
    due, held, physical = (run.step(name) for name in ("due_baseline", "held_baseline", "physical_baseline"))
    converted = run.step("converted")
    parts = [
        Part("due_baseline", due, True),
        Part("not_held" if held <= due else "held_from_queue", held - due, False),
        Part("held_baseline", held, True),
        Part("digital_by_exception", -run.step("digital_by_exception"), False),
        Part("digital_by_own_choice", -run.step("digital_by_own_choice"), False),
        Part("digital_by_order", -run.step("digital_by_order"), False),
        Part("stays_physical" if converted > 0 else "keeps_form", converted - physical, False),
        Part("converted", converted, True),
    ]
    return [part for part in parts if part.name not in PASSING or abs(part.count) >= 1]


def place_of(parts: list[Part]) -> int:
    """Return the decimals to round conversations to: three digits of the largest, and never a fraction."""
    most = max((abs(part.count) for part in parts), default=0.0)
    return min(0, 2 - first_digit_place(most))


def is_product(run: Run) -> bool:
    """Return whether the effect is conversations x days x value, so that one link at a time scales it."""
    days = run.step("converted") * abs(run.step("loss_per_conversation_days"))
    weeks = abs(run.step("employment_weeks"))
    return days > WITHIN and abs(days / DAYS_PER_WEEK - weeks) <= TOLERANCE * weeks


def links_of(run: Run) -> list[Link]:
    """Return the links of the chain that one can change one at a time; none where the effect is nothing."""
    if abs(run.step("employment_effect_kr")) < 1:
        return []
    links = list(_conversation_links(run)) if is_product(run) else []
    if not links:
        links.append(Link("employment_weeks", abs(run.step("employment_weeks")), "weeks"))
    low, high = _range_of(run, VALUE_KEY) if _value_is_stated(run) else (None, None)
    links.append(Link(VALUE_STEP, run.step(VALUE_STEP), "kr", None, low, high))
    return links


def _conversation_links(run: Run) -> Iterator[Link]:
    weeks = meeting_days_of(run) / WEEKDAYS
    if weeks > 0:
        yield Link("meeting_weeks", weeks, "weeks", weekdays_of(run) / WEEKDAYS)
    yield Link("share_that_changes_form", run.step("share_that_changes_form"), "share", 1.0)
    yield Link("loss_per_conversation_days", abs(run.step("loss_per_conversation_days")), "days")


def _value_is_stated(run: Run) -> bool:
    """Return whether the value of a person-year is a published one, and not what the accounts come to."""
    return not any(row["step"] == VALUE_STEP and row.get("source") in WORKED_OUT for row in run.table("steps"))


def _range_of(run: Run, key: str) -> tuple[float | None, float | None]:
    for row in run.table("assumptions"):
        if row["key"] == key and row.get("low") and row.get("high"):
            return quantity(row, "low"), quantity(row, "high")
    return None, None
