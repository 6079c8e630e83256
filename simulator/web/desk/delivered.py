"""What was delivered, as little of it as is needed to value it again: means, counts of the headline, and the luck."""

from __future__ import annotations

import pickle
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from simulator.calendars import Calendar
from simulator.calendars.span import Span
from simulator.control import Simulated
from simulator.delivery import Replicated
from simulator.delivery.cells import Cells
from simulator.delivery.recorded import Recorded
from simulator.infection import Outbreak
from simulator.pipeline import effect_at, figures_at
from simulator.results import Setting
from simulator.results.assemble import queues_of, simulated_of
from simulator.results.delivered import ARMS, conversation_counts
from simulator.results.headline import Queues
from simulator.results.sample import Sample
from simulator.results.steps import baseline_bases
from simulator.saldo import Valuation
from simulator.scenario import Scenario
from simulator.uncertainty.valuer import held_in_baseline
from simulator.uncertainty.worked import Reading
from simulator.world import World


@dataclass(frozen=True)
class Delivered:
    """What a worker has simulated.

    Attributes:
        world: The world of the scenario.
        told: All its replications.
        reading: What the scenario reads.
    """

    world: World
    told: Recorded
    reading: Reading


@dataclass(frozen=True)
class Ground:
    """What positions share that deliver the same: a setting without its prices.

    Attributes:
        scenario: The scenario for which it was found, with what its rules decided on the incidence.
        span: The simulated days.
        places: Municipality codes of the run.
        calendars: Calendar of each arm.
        outbreak: Incidence, and what rules decided on it.
    """

    scenario: Scenario
    span: Span
    places: tuple[str, ...]
    calendars: tuple[Calendar, Calendar]
    outbreak: Outbreak

    @classmethod
    def of(cls, setting: Setting) -> Ground:
        """Return what positions share with one whose setting is known."""
        return cls(setting.scenario, setting.span, setting.places, setting.calendars, setting.outbreak)

    def priced(self, scenario: Scenario, valuation: Valuation) -> Setting:
        """Return the setting of a position on this ground."""
        return Setting(scenario, self.span, self.places, self.calendars, valuation, self.outbreak)


@dataclass(frozen=True)
class Kept:
    """What is kept of a delivery; a small part of what was delivered.

    Attributes:
        ground: Days, places, calendars and incidence.
        mean: All replications as one.
        reading: What that scenario reads.
        conversations: Conversations by arm and state.
        bases: Digital conversations of the baseline by why they are digital.
        simulated: What the control is compared with, by type.
        queues: What became of the queues.
        held_baseline: Conversations that the baseline held inside the period.
        luck: Each replication, packed.
    """

    ground: Ground
    mean: Replicated
    reading: Reading
    conversations: Mapping[str, Mapping[str, float]]
    bases: Mapping[str, float]
    simulated: Mapping[str, Simulated]
    queues: Queues
    held_baseline: float
    luck: tuple[bytes, ...]

    def replications(self) -> Iterator[Replicated]:
        """Yield each replication."""
        for packed in self.luck:
            # What was packed here, a few lines below: nothing that came from outside is unpacked.
            yield pickle.loads(zlib.decompress(packed))

    @cached_property
    def nothing(self) -> Replicated:
        """A replication in which nobody is owed a conversation."""
        found = self.mean
        return replace(
            found,
            joint=_emptied(found.joint),
            worked_minutes=np.zeros_like(found.worked_minutes),
            histories=None if found.histories is None else _emptied(found.histories),
            exits=None if found.exits is None else _emptied(found.exits),
        )


def kept_of(delivered: Delivered) -> Kept:
    """Return what is kept of a delivery; done where it was simulated, so that little is sent."""
    world, told = delivered.world, delivered.told
    setting, counts, mean = world.setting, told.whole, told.mean
    effect = effect_at(world, world.scenario, mean)
    sample = Sample([figures_at(setting.valuation, effect, mean)], {})
    return Kept(
        ground=Ground.of(setting),
        mean=mean,
        reading=delivered.reading,
        conversations={
            arm: conversation_counts(cells, setting.span) for arm, cells in zip(ARMS, counts.arms, strict=True)
        },
        bases=baseline_bases(counts.basis),
        simulated=simulated_of(setting, counts.arms[1], sample),
        queues=queues_of(setting, counts),
        held_baseline=held_in_baseline(mean, world),
        luck=tuple(zlib.compress(pickle.dumps(one), 1) for one in told.found),
    )


def _emptied(cells: Cells) -> Cells:
    none = np.zeros(0, dtype=np.int64)
    return Cells(cells.axes, cells.shape, none, none)
