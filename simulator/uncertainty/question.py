"""Questions: what a run says at other values, dates, rules or models, each answer equal to the run with that setting.

Answers that deliver the same conversations share one simulation and are valued on it one by one, in the same order as a
run does it; so each is the run with that `-S`, to the last digit.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from itertools import product
from typing import Any

from simulator import pipeline
from simulator.errors import Fault, InputError
from simulator.facts.spelling import decimal
from simulator.plan import CONTROL, Plan
from simulator.results import Asked, results_of
from simulator.scenario import Scenario, read_scenario
from simulator.uncertainty.worked import read_of

AT_OPTION = "--at"
WHERE = "command line"
FORM = "KEY=V1,V2,..., such as demand.scale=0.9,1,1.25"
MOST = 200
"""Answers of one question."""
VALUED = ("effects.", "saldo.")
"""Sections that say what conversations are worth: simulated only under models that lead persons out."""
FIGURES = ("converted", "employment_weeks", "full_time_person_years", "saldo_mio_kr", "kr_per_converted_conversation")
Headline = Mapping[str, Any]


@dataclass(frozen=True)
class Choice:
    """A key and what it shall be in turn.

    Attributes:
        key: The key, as `-S` takes it.
        texts: What is written for it, one for each answer.
    """

    key: str
    texts: tuple[str, ...]


@dataclass(frozen=True)
class Answer:
    """One answer.

    Attributes:
        at: What the keys are, as written; empty for the scenario as it stands.
        headline: The headline of the run.
    """

    at: Mapping[str, str]
    headline: Headline

    def content(self) -> dict[str, Any]:
        """Return the answer as plain data: what was set, and figures as `headline.json` has them."""
        return {"at": dict(self.at), **{name: self.headline[name] for name in FIGURES}}

    @property
    def saldo_mio_kr(self) -> float:
        """The effect on the public balance [mio. kr.]."""
        return float(self.headline["saldo_mio_kr"]["employment_effect"]["mean"])


@dataclass(frozen=True)
class Answered:
    """A question with its answers.

    Attributes:
        choices: What was asked.
        today: The scenario as it stands.
        answers: The answers, in the order of the question.
        simulations: How often was simulated; all replications count as one.
    """

    choices: tuple[Choice, ...]
    today: Answer
    answers: tuple[Answer, ...]
    simulations: int


def choices_of(texts: Sequence[str]) -> tuple[Choice, ...]:
    """Return what is asked from texts such as `demand.scale=0.9,1,1.25`.

    Values are parted by commas, those in brackets left whole, or by semicolons where there are any: `0,9;1;1,25`.

    Raises:
        InputError: One cannot be read, or a key comes twice; with all faults.
    """
    faults: list[Fault] = []
    found: list[Choice] = []
    for text in texts:
        key, equals, told = text.partition("=")
        parts = [part.strip() for part in _parted(told)]
        if not equals or not key.strip() or not all(parts):
            faults.append(Fault(WHERE, 0, 0, AT_OPTION, f"`{text}` is not a question; allowed: {FORM}"))
            continue
        if key.strip() in {choice.key for choice in found}:
            faults.append(
                Fault(WHERE, 0, 0, AT_OPTION, f"`{key.strip()}` is asked for twice; name all its values at once")
            )
        found.append(Choice(key.strip(), tuple(parts)))
    if faults:
        raise InputError(faults)
    return tuple(found)


def _parted(text: str) -> list[str]:
    """Return the values of a text: parted by semicolons, or by commas outside brackets."""
    mark = ";" if ";" in text else ","
    parts, depth = [""], 0
    for letter in text:
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(letter, 0)
        if letter == mark and depth == 0:
            parts.append("")
        else:
            parts[-1] += letter
    return parts


def combined(choices: Sequence[Choice], *, together: bool) -> list[dict[str, str]]:
    """Return what the keys are in each answer: every combination, or the first of each, the second of each, and so on.

    Raises:
        InputError: Keys that go together have different numbers of values, or there are too many answers.
    """
    counts = {len(choice.texts) for choice in choices}
    if together and len(counts) > 1:
        told = ", ".join(f"{choice.key} has {len(choice.texts)}" for choice in choices)
        raise InputError.one(f"all keys must have as many values: {told}", path="--together")
    rows = (
        zip(*(choice.texts for choice in choices), strict=True)
        if together
        else product(*(one.texts for one in choices))
    )
    found = [dict(zip([choice.key for choice in choices], row, strict=True)) for row in rows]
    if len(found) > MOST:
        raise InputError.one(
            f"{len(found)} answers are too many; allowed: up to {MOST} (see: saldo sweep)", path=AT_OPTION
        )
    return found


def scenarios_of(path: Any, sets: Sequence[str], rows: Sequence[Mapping[str, str]]) -> list[Scenario]:
    """Return the scenario of each answer.

    Raises:
        InputError: A setting is wrong; with the faults of all answers, each once.
    """
    faults: dict[Fault, None] = {}
    found = []
    for row in rows:
        try:
            found.append(read_scenario(path, (*sets, *(f"{key}={text}" for key, text in row.items()))))
        except InputError as wrong:
            faults.update(dict.fromkeys(wrong.faults))
    if faults:
        raise InputError(list(faults))
    return found


def answered(
    today: Scenario,
    asked: tuple[tuple[Choice, ...], Sequence[Mapping[str, str]], Sequence[Scenario]],
    plan: Plan,
    step: Callable[[], None] = lambda: None,
) -> Answered:
    """Return the answers to a question.

    Args:
        today: The scenario as it stands.
        asked: The choices, what the keys are in each answer, and the scenario of each.
        plan: How to run it.
        step: Called after each replication of each answer.

    Raises:
        InputError: The facts do not cover a period, or a rule cannot be applied.
        RunError: A law is broken.
    """
    choices, rows, scenarios = asked
    everything: list[tuple[Mapping[str, str], Scenario]] = [({}, today), *zip(rows, scenarios, strict=True)]
    if plan.engine == CONTROL:
        answers = [Answer(row, pipeline.simulate(scenario, plan).headline) for row, scenario in everything]
        return Answered(choices, answers[0], tuple(answers[1:]), 0)
    groups = _groups(today, [row for row, _ in everything])
    headlines: dict[int, Headline] = {}
    simulations = 0
    for numbers in groups:
        members = {str(number): everything[number][1] for number in numbers}
        found = pipeline.rivals(members, plan, step)
        for number, rival in zip(numbers, found, strict=True):
            told = Asked(plan.seed, plan.replications, plan.engine)
            run = results_of(rival.setting, told, (rival.tally, rival.counts), rival.control)
            headlines[number] = run.headline
        simulations += simulations_of(list(members.values()))
    answers = [Answer(row, headlines[number]) for number, (row, _) in enumerate(everything)]
    return Answered(choices, answers[0], tuple(answers[1:]), simulations)


def _groups(today: Scenario, rows: Sequence[Mapping[str, str]]) -> list[list[int]]:
    """Return the numbers of the answers that deliver the same conversations, together."""
    stages = read_of(today)
    groups: dict[tuple[tuple[str, str], ...], list[int]] = {}
    for number, row in enumerate(rows):
        delivered = tuple(
            (key, text) for key, text in row.items() if delivers(key, today, stages) and not is_today(key, text, today)
        )
        groups.setdefault(delivered, []).append(number)
    return list(groups.values())


def delivers(key: str, scenario: Scenario, stages: Mapping[str, frozenset[str]]) -> bool:
    """Return whether a setting can change what is delivered, so that it is simulated.

    Args:
        key: The key, as `-S` takes it.
        scenario: The scenario.
        stages: Which stages read each value.
    """
    leaves = [one for one in scenario.baseline.values if one == key or one.startswith(f"{key}.")]
    if leaves:
        return any(pipeline.DELIVERY in stages.get(leaf, ()) for leaf in leaves)
    return not key.startswith(VALUED)


def is_today(key: str, text: str, scenario: Scenario) -> bool:
    """Return whether a setting gives a value, in both arms, the number that it has."""
    try:
        number = decimal(text)
    except ValueError:
        return False
    rows = [
        arm.values.row(one) for arm in scenario.arms for one in arm.values if one == key or one.startswith(f"{key}.")
    ]
    return bool(rows) and all(row.value == number for row in rows)


def simulations_of(scenarios: Sequence[Scenario]) -> int:
    """Return how many simulations scenarios of one delivery take: one, and one for each that leads persons out."""
    models = [import_module(f"simulator.effects.{scenario.sections.effects.model}") for scenario in scenarios]
    leading = sum(hasattr(model, "leaving") for model in models)
    return leading + (leading < len(models))
