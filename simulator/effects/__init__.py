"""Effects: what the conversations of both arms are worth in weeks of employment.

**In** comes what a replication counted. **Out** comes an `Employment`: weeks of employment in two lines that add up,
`form` (held in both arms inside the period, in another form) and `volume` (held in one arm only). Minus is a loss.

One file per effect model; its name is the name in the scenario. A model says what a conversation is worth by form
(`weeks_kept`); weeks are linear in the counts. It may say what share of that it keeps by its history (`share_kept`),
and then histories are counted; or how a meeting raises the hazard of leaving (`leaving`), and then the effect is the
time by which spells end earlier in the simulation itself.

**Assumptions.** Delay is not loss, unless the model says so. A conversation that is never held keeps nothing. Who is
converted is worth the average of type, group and spell class. Nobody is displaced.

    >>> import numpy as np
    >>> changed = np.array([10.0]); kept_physical, kept_digital = 0.75, 0.45
    >>> float((changed * (kept_digital - kept_physical)).sum())
    -3.0
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from importlib import import_module
from types import ModuleType

import numpy as np
import numpy.typing as npt

from simulator.calendars.span import DAYS_A_WEEK, Span
from simulator.delivery.cells import Cells
from simulator.delivery.counts import NOT_HELD, who_shape
from simulator.delivery.engines import Replicated
from simulator.delivery.leaving import FORM, LOST, SAVED, Leaving
from simulator.delivery.rules import PHYSICAL
from simulator.infection import Incidence, moved_by
from simulator.scenario import Scenario, Values

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
LINES = ("form", "volume")

__all__ = [
    "LINES",
    "Apart",
    "Employment",
    "Moved",
    "Worth",
    "apart_of",
    "assumption_of",
    "changed_form",
    "counted_for",
    "employment",
    "employment_of",
    "fear",
    "moved",
    "unforeseen_of",
    "worth",
    "worth_of",
]


@dataclass(frozen=True)
class Employment:
    """Effect on employment of the proposal.

    Attributes:
        weeks: Weeks of employment, minus is a loss, shape (line, segment, type, group, spell class).
        converted: Conversations held digitally in the proposal inside the period and physically in the baseline,
            shape (type, group).
        reverse: The other way round, shape (type, group).
        saved: Conversations held in the proposal alone, saved from cancellation, and their weeks.
        lost: Conversations held in the baseline alone, and their weeks.
        saved_weeks: Weeks of what is saved from cancellation, shape (segment, type, group, spell class).
        unforeseen: Those of the weeks that no closed form foresees, the same shape; None where there are none.
    """

    weeks: FloatArray
    converted: FloatArray
    reverse: FloatArray
    saved: tuple[float, float]
    lost: tuple[float, float]
    saved_weeks: FloatArray
    unforeseen: FloatArray | None = None


@dataclass(frozen=True)
class Worth:
    """What conversations are worth under the scenario's effect model.

    Attributes:
        kept: Weeks of employment of a conversation, from `worth`.
        feared: Share of that which a conversation in person is still worth under the infection, from `fear`.
        share: Share of it kept by history, shape (held before, week of the spell, weeks late); None where all is.
        leaving: How a meeting raises the hazard of leaving; None where it does not.
        unforeseen: What the control cannot foresee under the model; empty where there is nothing.
    """

    kept: FloatArray
    feared: FloatArray
    share: FloatArray | None = None
    leaving: Leaving | None = None
    unforeseen: str = ""


def _model_of(scenario: Scenario) -> ModuleType:
    return import_module(f"simulator.effects.{scenario.sections.effects.model}")


def worth_of(scenario: Scenario, span: Span, incidence: Incidence | None) -> Worth:
    """Return what conversations are worth under the scenario's effect model.

    Raises:
        InputError: A value of the model makes no sense.
    """
    model, feared = _model_of(scenario), fear(scenario, span, incidence)
    return Worth(
        kept=worth(scenario),
        feared=feared,
        share=model.share_kept(scenario) if hasattr(model, "share_kept") else None,
        leaving=model.leaving(scenario, span, feared) if hasattr(model, "leaving") else None,
        unforeseen=unforeseen_of(scenario),
    )


def assumption_of(scenario: Scenario) -> str:
    """Return in words what the scenario's effect model assumes."""
    return str(_model_of(scenario).ASSUMES)


def counted_for(scenario: Scenario) -> tuple[bool, bool]:
    """Return what delivery does for the effect model: count histories, and let meetings lead persons out."""
    model = _model_of(scenario)
    return hasattr(model, "share_kept"), hasattr(model, "leaving")


def unforeseen_of(scenario: Scenario) -> str:
    """Return what the control cannot foresee under the scenario's effect model; empty where there is nothing."""
    return str(getattr(_model_of(scenario), "UNFORESEEN", ""))


@dataclass(frozen=True)
class Moved:
    """What moves for one person with a week of employment.

    Attributes:
        full_time_share: Hours of the job as a share of full time [0-1].
        weeks_off_benefit: Weeks for which no benefit is paid [weeks per week of employment].
    """

    full_time_share: float
    weeks_off_benefit: float


def moved(values: Values, group: str) -> Moved:
    """Return what moves for one person of a group with a week of employment.

    Source:
        facts/effects.yaml, full_time_share and weeks_off_benefit.
    """
    return Moved(values[f"effects.full_time_share.{group}"], values[f"effects.weeks_off_benefit.{group}"])


def worth(scenario: Scenario) -> FloatArray:
    """Return weeks of employment of a conversation under the scenario's effect model.

    Returns:
        Weeks, shape (form: physical, phone, video, not held; type; group; spell class).
    """
    kept: FloatArray = _model_of(scenario).weeks_kept(scenario)
    return kept


def fear(scenario: Scenario, span: Span, incidence: Incidence | None) -> FloatArray:
    """Return the share of its worth that a conversation in person keeps where citizens fear infection [0-1].

    It follows the incidence of the country in the week of the conversation; all of it is kept where no series is named
    or the link `worth` is off.

    Returns:
        Share kept, shape (segment,).

    Source:
        facts/infection.yaml, worth.
    """
    kept = np.ones(len(span.segments))
    if incidence is None or "worth" not in scenario.sections.infection.links:
        return kept
    values = scenario.baseline.values
    most, half = values["infection.worth.lost_share"], values["infection.worth.half_per_100k"]
    first = span.first - incidence.first
    lost = moved_by(incidence.national[first : first + span.days], most, half)
    mean_lost = [float(lost[one.first_day : one.first_day + one.days].mean()) for one in span.segments]
    kept -= np.array(mean_lost)
    return kept


@dataclass(frozen=True)
class Apart:
    """The conversations of which the arms make something else: where the effect hangs on form, none comes from others.

    Attributes:
        was: What becomes of them in the baseline, shape (cell,).
        now: What becomes of them in the proposal, shape (cell,).
        where: Their segment, type, group and spell class, each shape (cell,).
        count: How many they are, shape (cell,).
        inside: Whether each segment lies inside the period, shape (segment,).
        converted: From `changed_form`: to digital, shape (type, group).
        reverse: The same: back.
    """

    was: IntArray
    now: IntArray
    where: tuple[IntArray, ...]
    count: FloatArray
    inside: npt.NDArray[np.bool_]
    converted: FloatArray
    reverse: FloatArray


def apart_of(joint: Cells, span: Span) -> Apart:
    """Return the conversations of which the arms make something else.

    Args:
        joint: Joint table of counts.
        span: The simulated days.
    """
    was, now = joint.column("baseline"), joint.column("proposal")
    rows = np.flatnonzero(was != now)
    where = tuple(joint.column(axis)[rows] for axis in ("segment", "type", "group", "spell_class"))
    inside = np.array([segment.inside for segment in span.segments])
    converted, reverse = (found.sum(axis=0) for found in changed_form(joint, span))
    return Apart(was[rows], now[rows], where, joint.count[rows], inside, converted, reverse)


def changed_form(joint: Cells, span: Span) -> tuple[FloatArray, FloatArray]:
    """Return conversations that changed form inside the period: to digital, and back; shape (segment, type, group)."""
    counts = joint.dense("baseline", "proposal", "segment", "type", "group")
    inside = np.array([segment.inside for segment in span.segments])[:, None, None]
    digital = slice(PHYSICAL + 1, NOT_HELD)
    return counts[PHYSICAL, digital].sum(axis=0) * inside, counts[digital, PHYSICAL].sum(axis=0) * inside


def employment_of(found: Replicated, value: Worth, span: Span, apart: Apart | None = None) -> Employment:
    """Return the effect on employment of a replication.

    Args:
        found: What is kept of it.
        value: From `worth_of`.
        span: The simulated days.
        apart: From `apart_of`, where it is known already.
    """
    apart = apart_of(found.joint, span) if apart is None else apart
    effect = employment(apart, value.kept, value.feared)
    if value.share is not None:
        assert found.histories is not None, "the model asks for histories"
        effect = _with_histories(effect, found.histories, value, span)
    if value.leaving is not None:
        assert found.exits is not None, "the model leads persons out"
        effect = _led_out(effect, found.exits)
    return effect


def employment(apart: Apart, kept: FloatArray, feared: FloatArray | None = None) -> Employment:
    """Return the effect on employment where it hangs on form alone.

    Args:
        apart: From `apart_of`.
        kept: From `worth`.
        feared: From `fear`; all of its worth is kept where left out.
    """
    by_form = _by_segment(kept, np.ones(len(apart.inside)) if feared is None else feared)
    weeks = (by_form[(apart.now, *apart.where)] - by_form[(apart.was, *apart.where)]) * apart.count
    sums = _by_part(weeks, (apart.was, apart.now), apart.where, apart.inside)
    return Employment(
        weeks=np.stack([sums["form"], sums["saved"] + sums["lost"]]) + 0.0,  # no minus zero
        converted=apart.converted,
        reverse=apart.reverse,
        saved=(float(apart.count[apart.was == NOT_HELD].sum()), float(sums["saved"].sum())),
        lost=(float(apart.count[apart.now == NOT_HELD].sum()), float(sums["lost"].sum())),
        saved_weeks=sums["saved"],
    )


def _by_segment(kept: FloatArray, feared: FloatArray) -> FloatArray:
    """Return the weeks of a conversation by form, segment, type, group and spell class."""
    by_form = np.repeat(kept[:, None], len(feared), axis=1)
    by_form[PHYSICAL] *= feared[:, None, None, None]
    return by_form


def _with_histories(effect: Employment, histories: Cells, value: Worth, span: Span) -> Employment:
    """Return the effect less what conversations lose by their histories: what form alone makes of them stays exact."""
    assert value.share is not None
    by_form, share = _by_segment(value.kept, value.feared), value.share.ravel()
    was, now, *where = (histories.column(axis) for axis in histories.axes[: -len(("baseline", "proposal"))])
    before, after = (histories.column(axis) for axis in histories.axes[-len(("baseline", "proposal")) :])
    change = (share[after] - 1.0) * by_form[(now, *where)] - (share[before] - 1.0) * by_form[(was, *where)]
    change *= histories.count
    sums = _by_part(change, (was, now), where, np.array([segment.inside for segment in span.segments]))
    more = np.stack([sums["form"], sums["saved"] + sums["lost"]])
    return replace(
        effect,
        weeks=effect.weeks + more,
        saved=(effect.saved[0], effect.saved[1] + float(sums["saved"].sum())),
        lost=(effect.lost[0], effect.lost[1] + float(sums["lost"].sum())),
        saved_weeks=effect.saved_weeks + sums["saved"],
        unforeseen=more if value.unforeseen else None,
    )


def _by_part(
    weeks: FloatArray, arms: tuple[IntArray, IntArray], where: Sequence[IntArray], inside: npt.NDArray[np.bool_]
) -> dict[str, FloatArray]:
    """Return weeks by where they come from, summed by segment, type, group and spell class.

    Args:
        weeks: Weeks of employment, shape (cell,).
        arms: What became of the conversations in the baseline and in the proposal, each shape (cell,).
        where: Their segment, type, group and spell class, each shape (cell,).
        inside: Whether each segment lies inside the period, shape (segment,).

    Returns:
        Those held in both arms inside the period, in the proposal alone (saved) and in the baseline alone (lost).
    """
    was, now = arms
    parts = {
        "form": (was != NOT_HELD) & (now != NOT_HELD) & inside[where[0]],
        "saved": was == NOT_HELD,
        "lost": now == NOT_HELD,
    }
    shape = (len(inside), *who_shape())
    at, size = np.ravel_multi_index(tuple(where), shape), math.prod(shape)
    # Where nothing is summed, numpy gives whole numbers.
    sums = {name: np.bincount(at[rows], weeks[rows], size).astype(np.float64) for name, rows in parts.items()}
    return {name: found.reshape(shape) for name, found in sums.items()}


def _led_out(effect: Employment, exits: Cells) -> Employment:
    """Return the effect as the time by which spells end earlier; all of it counts, on whatever day it began.

    What the conversations would have been worth alone, as survival has it, is what a closed form foresees.
    """
    weeks = exits.dense(*exits.axes) / DAYS_A_WEEK
    found = np.stack([weeks[FORM], weeks[SAVED] + weeks[LOST]])
    return replace(
        effect,
        weeks=found,
        saved=(effect.saved[0], float(weeks[SAVED].sum())),
        lost=(effect.lost[0], float(weeks[LOST].sum())),
        saved_weeks=weeks[SAVED],
        unforeseen=found - effect.weeks,
    )
