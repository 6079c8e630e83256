"""What happened in a run, decided by rule, so that sentences and titles fit a loss, a gain and nothing at all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from simulator.report.bound import constant
from simulator.report.language import Words
from simulator.report.reading import WITHIN, Row, Run, quantity
from simulator.report.register import draft_items

Change = Literal["none", "form", "reverse", "volume", "both"]
Direction = Literal["loss", "none", "gain"]

VOLUME_SHARE = 0.02
"""Conversations held in one arm only are told of from this share of those held; below it they are ripples."""

RIPPLE_SHARE = 0.05
"""Where the number of conversations changes, changed form is told of from this share of that change."""

TOLERATED_KEY = "control.tolerated_unexplained_share"
TOLERATED_SHARE = constant(0.02)
"""Simulation and control may part by so much unexplained, where the run does not say."""

STATED = ("note", "employment", "regneprincipper")
SOCIAL = "social"
LEAST_KR = 0.5
"""An amount that rounds to no krone has no direction."""


@dataclass(frozen=True)
class Story:
    """The run as its reader should hear of it. All amounts in kr are plus for a gain.

    Attributes:
        run: The run.
    """

    run: Run

    @cached_property
    def converted(self) -> float:
        """Conversations that change from physical to digital."""
        return self.run.mean("converted")

    @cached_property
    def reverse(self) -> float:
        """Conversations that change from digital to physical."""
        return self.run.mean("reverse")

    @cached_property
    def held_change(self) -> float:
        """Conversations held in the period with the proposal less those without it."""
        return self.held("proposal") - self.held("baseline")

    @cached_property
    def waiting_change(self) -> float:
        """Conversations waiting at the end with the proposal less those without it."""
        name = "waiting_end"
        return self.run.mean("conversations", "proposal", name) - self.run.mean("conversations", "baseline", name)

    def held(self, arm: str) -> float:
        """Return the conversations held in the period in an arm."""
        return self.run.mean("conversations", arm, "held")

    @cached_property
    def change(self) -> Change:
        """What the proposal changes: the form of conversations, their number, both or nothing."""
        volume = abs(self.held_change) > max(VOLUME_SHARE * self.held("baseline"), WITHIN)
        beside = RIPPLE_SHARE * abs(self.held_change) if volume else WITHIN
        if self.converted > beside:
            return "both" if volume else "form"
        if volume:
            return "volume"
        return "reverse" if self.reverse > WITHIN else "none"

    @property
    def changes_form(self) -> bool:
        """Whether conversations become digital."""
        return self.change in ("form", "both")

    @cached_property
    def effect_kr(self) -> float:
        """The headline: employment effect on the public balance [kr]."""
        return self.run.mean("saldo_mio_kr", "employment_effect") * 1e6

    @cached_property
    def form_kr(self) -> float:
        """Worth of the changed form [kr]."""
        return self.run.mean("saldo_mio_kr", "form") * 1e6

    @cached_property
    def volume_kr(self) -> float:
        """Worth of conversations held in one arm only [kr]."""
        return self.run.mean("saldo_mio_kr", "volume") * 1e6

    @cached_property
    def volume_beside(self) -> bool:
        """Whether the worth of the volume stands beside the headline and not in it."""
        return self.run.headline.get("concept") == "note" and abs(self.volume_kr) >= LEAST_KR

    @property
    def direction(self) -> Direction:
        """Whether the headline is a loss, a gain or nothing."""
        return direction(self.effect_kr)

    @property
    def concept(self) -> str:
        """Name of the concept of the headline; empty where the run does not say."""
        return str(self.run.headline.get("concept") or "")

    @property
    def value_is_stated(self) -> bool:
        """Whether the concept takes one value of a person-year, so that accounts are a computational split of it."""
        return self.concept in STATED

    @property
    def is_public(self) -> bool:
        """Whether the headline is a figure of the public balance."""
        return self.concept != SOCIAL

    @cached_property
    def measure(self) -> Mapping[str, Any]:
        """When the effect falls, as the headline holds it; empty where the run does not say."""
        return self.run.headline.get("measure") or {}

    @property
    def permanent(self) -> bool:
        """Whether the proposal is a rule that is to last."""
        return bool(self.measure.get("permanent"))

    @cached_property
    def full_years(self) -> tuple[int, ...]:
        """Financial years of full effect that a permanent rule's run holds whole; none of a temporary one."""
        first = self.measure.get("full_year")
        return () if first is None else tuple(range(int(first), int(self.measure["complete_to"]) + 1))

    @property
    def lasting_kr(self) -> float | None:
        """Effect of a permanent rule in every year of full effect [kr]; None where the run does not show it."""
        return self.run.mean("measure", "lasting_effect") * 1e6 if self.full_years else None

    @cached_property
    def per_conversation_kr(self) -> float:
        """Worth of the changed form for each converted conversation [kr], plus is a gain; 0 where none is."""
        return self.form_kr / self.converted if self.converted > WITHIN else 0.0

    @cached_property
    def days_per_conversation(self) -> float:
        """Employment lost for each converted conversation [full-time days], without sign."""
        given = self.run.mean("identified_product", "days_per_conversation")
        given = given or self.run.mean("employment_days_per_converted_conversation")
        return abs(given or self.run.step("loss_per_conversation_days"))

    @cached_property
    def person_years(self) -> float:
        """Full-time persons in one year, minus is fewer."""
        return self.run.mean("full_time_person_years") or self.run.step("person_years")

    @cached_property
    def draft_reasons(self) -> tuple[str, ...]:
        """Why the document is a draft: names of sentences, none where it is not."""
        reasons = []
        if any(abs(value) > self.tolerated_share for value in self.unexplained.values()):
            reasons.append("unexplained")
        if self.run.headline.get("extrapolated"):
            reasons.append("extrapolated")
        if draft_items(self.run):
            reasons.append("register")
        if self.run.headline.get("draft") and not reasons:
            reasons.append("declared")
        return tuple(reasons)

    @cached_property
    def tolerated_share(self) -> float:
        """Share by which simulation and control may part unexplained."""
        rows = (row for row in self.run.table("assumptions") if row["key"] == TOLERATED_KEY)
        return next((quantity(row, "value") for row in rows), TOLERATED_SHARE)

    @cached_property
    def unexplained(self) -> dict[str, float]:
        """Share by which simulation and control part unexplained, by quantity; quantities without one are left out."""
        names = self.run.headline.get("unexplained_share") or ()
        shares = {name: self.run.number("unexplained_share", name) for name in names}
        return {name: share for name, share in shares.items() if share is not None}


def words_for(run: Run, words: Words) -> Words:
    """Return the words for a run: a figure that is not the public balance is not called so."""
    return words.seen_as(Story(run).concept)


def in_headline(row: Row, story: Story) -> bool:
    """Return whether a row of the table of kroner is part of the headline."""
    if row.get("in_headline"):
        return row["in_headline"] == "1"
    return row["line"] == "form" or (row["line"] == "volume" and not story.volume_beside)


def direction(kr: float) -> Direction:
    """Return the direction of an amount [kr]."""
    if abs(kr) < LEAST_KR:
        return "none"
    return "loss" if kr < 0 else "gain"


def count_word(words: Words, number: float) -> str:
    """Return a number of conversations as a rough count: small ones whole, large ones to two digits."""
    size = abs(number)
    if size < 99.5:
        return words.number(size)
    return words.text("about", number=words.roughly(size))
