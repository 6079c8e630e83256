"""Scenarios for the laws of whole runs: written to a file, read through the entrance, simulated in small places."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from simulator import pipeline
from simulator.control import Control, control_of
from simulator.delivery.fates import counts_of
from simulator.delivery.kept import replicated
from simulator.delivery.law import check_conservation
from simulator.delivery.outcome import NOT_SIMULATED, Delivery, Outcome
from simulator.delivery.reference import deliver
from simulator.effects import employment_of
from simulator.pipeline import Replication, World
from simulator.saldo import saldo
from simulator.scenario import Scenario, read_scenario
from simulator.streams import Key, key_of

SCENARIOS = Path(__file__).parents[2] / "scenarios"
CHRISTMAS = SCENARIOS / "christmas-2021-bottom-up.yaml"
SAMSOE, LAESOE, FANOE, AEROE = "741", "825", "563", "492"
ODENSE, AARHUS = "461", "751"

AMPLE = "delivery.utilisation=0.01"
"""A hundred times the minutes that the normal load needs: nobody ever waits for a desk."""
STEADY = "demand.stock_series=constant"
EVERYONE_COMES = "delivery.no_show=0"
NO_CLOSURE = "calendar.closure_weeks=[]"

Row = tuple[int, ...]


def only(*codes: str) -> str:
    """Return the setting that restricts a run to some municipalities."""
    return f"places=[{', '.join(codes)}]"


def christmas(*sets: str) -> Scenario:
    """Return the published Christmas with published shares, with settings laid on top."""
    return read_scenario(CHRISTMAS, sets)


def written(folder: Path, content: dict[str, Any], *sets: str) -> Scenario:
    """Return the scenario of a new file with some content."""
    path = folder / "written.yaml"
    path.write_text(json.dumps(content), encoding="utf-8")  # JSON is YAML without anchors
    return read_scenario(path, sets)


@dataclass(frozen=True)
class Play:
    """A scenario that was prepared, one replication of it, and what became of its conversations, with the log."""

    world: World
    replication: Replication
    delivery: Delivery
    seed: int
    number: int

    def outcomes(self) -> list[list[Outcome]]:
        """Return the outcomes of each arm, one a municipality."""
        return list(self.delivery.outcomes)


def play(scenario: Scenario, seed: int = 1, number: int = 0) -> Play:
    """Return one replication of the reference with its log."""
    return play_in(pipeline.prepare(scenario), seed, number)


def play_in(world: World, seed: int = 1, number: int = 0) -> Play:
    """Return one replication of a scenario that was prepared."""
    delivery = deliver(world.ground, key_of(seed, number), log=True)
    return Play(world, valued(world, delivery, key_of(seed, number)), delivery, seed, number)


def valued(world: World, delivery: Delivery, key: Key) -> Replication:
    """Return what the conversations of a replication add up to, as the pipeline does."""
    counts = counts_of(delivery.outcomes, delivery.demands, world.offices)
    check_conservation(counts, world.span)
    found = replicated(world.ground, delivery, key, counts)
    effect = employment_of(found, world.worth, world.span)
    return Replication(counts, effect, saldo(world.setting.valuation, effect, counts.joint, counts.worked_minutes))


@cache
def play_of_christmas(*sets: str, seed: int = 1) -> Play:
    """Return one replication of the Christmas, made once for all tests of a process."""
    return play(christmas(*sets), seed)


def control(world: World) -> Control:
    """Return the control of a prepared scenario."""
    return control_of(world.scenario, world.calendars, world.span, world.places, world.setting.outbreak.incidence)


@dataclass(frozen=True)
class Conversations:
    """Every conversation of one arm, municipality after municipality. Arrays have shape (conversation,).

    `who` is what stays the same whatever else is in the run: municipality code, group, number of the person.
    """

    code: npt.NDArray[np.int64]
    group: npt.NDArray[np.int64]
    person: npt.NDArray[np.int64]
    type_index: npt.NDArray[np.int64]
    number: npt.NDArray[np.int64]
    due: npt.NDArray[np.int64]
    start: npt.NDArray[np.int64]
    left: npt.NDArray[np.int64]
    state: npt.NDArray[np.int64]
    closed: npt.NDArray[np.int64]
    form: npt.NDArray[np.int64]

    def rows(self, *columns: str, chosen: npt.NDArray[np.bool_] | None = None) -> list[Row]:
        """Return some columns of some conversations as sorted rows."""
        mask = np.ones(len(self.due), dtype=bool) if chosen is None else chosen
        return sorted(zip(*(getattr(self, name)[mask].tolist() for name in columns), strict=True))


IDENTITY = ("code", "group", "person", "type_index", "number")
FATE = (*IDENTITY, "due", "start", "left", "state", "closed", "form")


def conversations(one: Play, arm: int) -> Conversations:
    """Return every conversation of an arm that was simulated."""
    demand, outcomes = one.delivery.demands[arm], one.outcomes()[arm]
    register, due = demand.register, demand.due
    codes = np.array([int(code) for code in one.world.places])
    place = register.place[due.person]
    state, closed, form = (
        np.concatenate([np.array(getattr(outcome, name), dtype=np.int64) for outcome in outcomes])
        for name in ("state", "closed", "form")
    )
    last = np.array([outcome.last_day for outcome in outcomes])[place]
    found = Conversations(
        code=codes[place],
        group=register.group[due.person],
        person=register.number[due.person],
        type_index=due.type_index,
        number=due.number,
        due=due.day,
        start=register.start[due.person],
        left=register.exit[due.person],
        state=np.where(due.day > last, NOT_SIMULATED, state),
        closed=closed,
        form=form,
    )
    return of(found, due.day <= last)


def of(found: Conversations, chosen: npt.NDArray[np.bool_]) -> Conversations:
    """Return some of the conversations."""
    return Conversations(**{name: column[chosen] for name, column in vars(found).items()})


def events(one: Play, arm: int, codes: Iterable[str] = ()) -> list[Row]:
    """Return the log of an arm in the order of service, persons named by what is their own.

    A row is (municipality code, day, office kind, group, person, type, number, attempt, form, turned up).
    """
    demand = one.delivery.demands[arm]
    register, due = demand.register, demand.due
    first = np.searchsorted(register.place[due.person], np.arange(len(one.world.places)))
    found: list[Row] = []
    for place, outcome in enumerate(one.outcomes()[arm]):
        code = one.world.places[place]
        if codes and code not in tuple(codes):
            continue
        assert outcome.log is not None
        for day, kind, conversation, attempt, form, came in outcome.log:
            at = int(first[place]) + conversation
            who = int(due.person[at])
            identity = (
                int(register.group[who]),
                int(register.number[who]),
                int(due.type_index[at]),
                int(due.number[at]),
            )
            found.append((int(code), day, kind, *identity, attempt, form, came))
    return found


def figures(replication: Replication) -> dict[str, float]:
    """Return every figure that is a difference between the arms."""
    saldo, effect = replication.saldo, replication.employment
    lines = {f"{line}_kr": saldo.line_kr(line) for line in ("form", "volume")}
    return {
        "converted": float(effect.converted.sum()),
        "reverse": float(effect.reverse.sum()),
        "weeks_of_employment": float(np.abs(effect.weeks).sum()),
        **lines,
        "employment_effect_kr": saldo.employment_effect_kr,
        **{f"{line}_kr": kr for line, kr in saldo.beside_kr.items()},
        **{f"{name}_kr": kr for name, kr in saldo.concepts.items()},
        "municipal_hours": saldo.beside.hours[0],
        "a_kasse_hours": saldo.beside.hours[1],
        "no_show_hours": saldo.beside.no_show_hours,
    }


def converted(sets: Sequence[str], seeds: Iterable[int]) -> float:
    """Return converted conversations of the Christmas, averaged over seeds."""
    world = pipeline.prepare(christmas(*sets))
    found = [float(pipeline.run_once(world, seed, 0).employment.converted.sum()) for seed in seeds]
    return sum(found) / len(found)
