"""Choices: what is chosen among names and not as a number: the concept of the balance, the effect model."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from simulator.report.language import Words, read_words
from simulator.scenario import Scenario
from simulator.scenario.names import names as known_names
from simulator.web.words import page_words


@dataclass(frozen=True)
class Choice:
    """A setting that takes one name of several.

    Attributes:
        key: The setting.
        kind: What the names are of, as the words of the report group them.
        now: Returns the name that a scenario has.
    """

    key: str
    kind: str
    now: Callable[[Scenario], str]


CHOICES = (
    Choice("saldo.concept", "concepts", lambda scenario: scenario.sections.saldo.concept),
    Choice("effects.model", "effect_models", lambda scenario: scenario.sections.effects.model),
)


def choices_of(base: Scenario, now: Scenario, language: str) -> list[dict[str, Any]]:
    """Return what can be chosen, with what is chosen and what the scenario had.

    Args:
        base: The scenario as it was opened.
        now: The scenario as it is set.
        language: Language of the page.
    """
    labels, words = page_words(language)["desk"]["keys"], read_words(language)
    return [
        {
            "key": choice.key,
            "label": labels[choice.key],
            "value": choice.now(now),
            "base_value": choice.now(base),
            "changed": choice.now(now) != choice.now(base),
            "options": _options(words, choice.kind),
        }
        for choice in CHOICES
    ]


def _options(words: Words, kind: str) -> list[dict[str, str]]:
    """Return the names of a kind, in the order in which the report lists them."""
    listed = list(words.find(f"names.{kind}"))
    known = known_names().known[kind]
    names = sorted(known, key=lambda name: listed.index(name) if name in listed else len(listed))
    return [{"value": name, "label": words.name(kind, name)} for name in names]
