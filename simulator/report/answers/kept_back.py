"""A run that keeps figures back, as confidential or of few persons: what may be said of it, and nothing else.

The estimate and, where they count many, the conversations are told. Whatever divides or multiplies them is not asked
for, as it would give a confidential figure back.
"""

from __future__ import annotations

from collections.abc import Iterator

from simulator.report.answers.answer import Answer
from simulator.report.blocks import foreign
from simulator.report.known import sign_is_open
from simulator.report.sections.opening import (
    change_sentences,
    changed_conversations,
    effect_figure,
    effect_sentence,
    proposal_sentences,
)

CONFIDENTIAL, FEW = "confidential", "small_cells"
"""Under these names the headline says what a run keeps back."""


def keeps_back(answer: Answer) -> bool:
    """Return whether the run keeps figures back."""
    headline = answer.telling.run.headline
    return bool(headline.get(CONFIDENTIAL) or headline.get(FEW))


def is_confidential(answer: Answer, key: str) -> bool:
    """Return whether a value of the scenario, or one below it, is confidential in the run."""
    told = answer.telling.run.headline.get(CONFIDENTIAL) or {}
    names = [str(name) for name in told.get("values", ())] if isinstance(told, dict) else []
    return any(f"{name}.".startswith(f"{key}.") or f"{key}.".startswith(f"{name}.") for name in names)


def estimate(answer: Answer) -> str:
    """Return the estimate in words, without what would give a figure back, and why."""
    telling = answer.telling
    changes = [] if _few(answer) else list(change_sentences(telling))
    return " ".join((*changes, effect_sentence(telling), answer.say("kept_back.why")))


def compared(answer: Answer) -> str:
    """Return what is compared with what; that it is not told of a run of few persons."""
    return answer.say("kept_back.section") if _few(answer) else " ".join(proposal_sentences(answer.telling))


def numbers(answer: Answer) -> Iterator[tuple[str, str]]:
    """Yield the key figures that rest on no division."""
    yield effect_figure(answer.telling)
    if not _few(answer):
        yield from changed_conversations(answer.telling)


def what(answer: Answer) -> str:
    """Return which values are confidential."""
    told = answer.telling.run.headline.get(CONFIDENTIAL) or {}
    keys = told.get("values", ()) if isinstance(told, dict) else ()
    named = dict.fromkeys(answer.words.key_name(str(key)) or foreign(str(key)) for key in keys)
    names = [answer.words.quoted(name) for name in named]
    return answer.say("kept_back.values", names=answer.words.listed(names)) if names else answer.say("kept_back.few")


def speech_kind(answer: Answer) -> str:
    """Return what the minister has to say, by the estimate alone."""
    if sign_is_open(answer.telling.run):
        return "open"
    direction = answer.telling.story.direction
    return "form_none" if direction == "none" else f"other_{direction}"


def _few(answer: Answer) -> bool:
    return bool(answer.telling.run.headline.get(FEW))
