"""Answers to a question as a table, as the paragraph that a committee is sent, and as plain data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simulator.facts.spelling import decimal
from simulator.scenario import Scenario
from simulator.uncertainty.question import Answer, Answered
from simulator.uncertainty.wording import Wording, table_text

TENTHS = 0.95
"""From so many mio. kr. on they are told in tenths, below to two digits."""
HUNDREDS = 1_000.0
"""From so many conversations on they are told to three digits."""
LONGEST_PARAGRAPH = 12
PROPORTIONAL = 0.005
"""How far a figure may be from following a value one to one, as a share of it."""


def content_of(found: Answered) -> dict[str, Any]:
    """Return the answers as plain data, each figure as `headline.json` of the run has it."""
    return {
        "question": {choice.key: list(choice.texts) for choice in found.choices},
        "simulations": found.simulations,
        "today": found.today.content(),
        "answers": [answer.content() for answer in found.answers],
    }


def plain(found: Answered, scenario: Scenario, words: Wording) -> str:
    """Return the table and the paragraph.

    Args:
        found: The answers.
        scenario: The scenario as it stands.
        words: The words of a language.
    """
    return "\n\n".join([_table(found, scenario, words), _paragraph(found, scenario, words), _footing(found, words)])


def _table(found: Answered, scenario: Scenario, words: Wording) -> str:
    keys = [choice.key for choice in found.choices]
    heads = [words.text(f"question.heads.{name}") for name in ("converted", "saldo", "error", "control", "difference")]
    lines = [[*(words.lever_name(key) for key in keys), *heads]]
    for answer in (found.today, *found.answers):
        said = [
            _told(key, answer.at[key], scenario, words) if answer.at else words.text("question.base") for key in keys
        ]
        lines.append([*said, *_cells(answer, found.today, words)])
    return table_text(lines, left=range(len(keys)))


def _cells(answer: Answer, today: Answer, words: Wording) -> list[str]:
    effect = answer.headline["saldo_mio_kr"]["employment_effect"]
    numbers = [effect[name] for name in ("mean", "std_error", "control")]
    difference = answer.saldo_mio_kr - today.saldo_mio_kr
    return [
        words.number(answer.headline["converted"]["mean"]),
        *(words.number(one, 2) for one in numbers),
        words.number(difference, 2, plus=True) if answer.at else "",
    ]


def _told(key: str, text: str, scenario: Scenario, words: Wording) -> str:
    """Return what a key is, with its unit where it is a value."""
    number, unit = _number(key, text, scenario)
    return text if number is None else words.told(number, unit)


def _number(key: str, text: str, scenario: Scenario) -> tuple[float | None, str]:
    values = scenario.baseline.values
    units = {values.row(one).unit for one in values if one == key or one.startswith(f"{key}.")}
    if len(units) != 1:
        return None, ""
    try:
        return decimal(text), units.pop()
    except ValueError:
        return None, ""


def _paragraph(found: Answered, scenario: Scenario, words: Wording) -> str:
    """Return the answers in sentences, rounded as a document rounds."""
    told = [words.text("question.lead", **_rounded(found.today, words))]
    for answer in found.answers[:LONGEST_PARAGRAPH]:
        place = words.listed(
            words.text("question.at", name=_small(words.lever_name(key)), value=_told(key, text, scenario, words))
            for key, text in answer.at.items()
        )
        key = "question.same" if answer.content() | {"at": {}} == found.today.content() else "question.answer"
        told.append(words.text(key, at=place, **_rounded(answer, words)))
    follows = _followed(found, scenario)
    if follows:
        told.append(words.text("question.proportional", name=_small(words.lever_name(follows))))
    return " ".join(told)


def _rounded(answer: Answer, words: Wording) -> Mapping[str, str]:
    saldo, converted = answer.saldo_mio_kr, answer.headline["converted"]["mean"]
    told = words.number(saldo, 1) if abs(saldo) >= TENTHS else words.digits(saldo, 2)
    return {
        "today": told,
        "saldo": told,
        "converted": words.number(converted) if converted < HUNDREDS else words.roughly(converted, 3),
    }


def _small(name: str) -> str:
    """Return a name as it stands within a sentence; a key stays as it is."""
    return name[:1].lower() + name[1:] if " " in name else name


def _followed(found: Answered, scenario: Scenario) -> str:
    """Return the key that the figure follows one to one in all answers, where one value alone moves; else nothing."""
    if len(found.choices) != 1 or found.today.saldo_mio_kr == 0:
        return ""
    key = found.choices[0].key
    values = scenario.baseline.values
    leaves = [one for one in values if one == key or one.startswith(f"{key}.")]
    now = {values.row(leaf).value for leaf in leaves}
    if len(now) != 1 or 0 in now:
        return ""
    (number,) = now
    for answer in found.answers:
        there, _ = _number(key, answer.at[key], scenario)
        if there is None:
            return ""
        if abs(answer.saldo_mio_kr / found.today.saldo_mio_kr - there / number) > PROPORTIONAL * abs(there / number):
            return ""
    return key


def _footing(found: Answered, words: Wording) -> str:
    """Return how the answers were made, and what the standard error is."""
    if not found.simulations:
        return words.text("question.closed_form")
    count = words.text("question.simulated", runs=found.simulations, answers=len(found.answers) + 1)
    return f"{count} {words.text('question.events')}"
