"""Effects: what the conversations of both arms are worth in weeks of employment.

**In** comes the joint table of counts. **Out** comes an `Employment`: weeks of employment in two lines that add up,
`form` (held in both arms inside the period, in another form) and `volume` (held in one arm only). Minus is a loss.

One file per effect model; its name is the name in the scenario. A model says what a conversation is worth by form;
weeks are linear in the counts.

**Assumptions.** Delay is not loss. A conversation that is never held keeps nothing. Who is converted is worth the
average of type, group and spell class. Nobody is displaced.

    >>> import numpy as np
    >>> changed = np.array([10.0]); kept_physical, kept_digital = 0.75, 0.45
    >>> float((changed * (kept_digital - kept_physical)).sum())
    -3.0
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module

import numpy as np
import numpy.typing as npt

from simulator.calendars.span import Span
from simulator.delivery.cells import Cells
from simulator.delivery.counts import NOT_HELD
from simulator.delivery.rules import PHYSICAL
from simulator.infection import Incidence, moved_by
from simulator.scenario import Scenario, Values

FloatArray = npt.NDArray[np.float64]
LINES = ("form", "volume")

__all__ = ["LINES", "Employment", "Moved", "changed_form", "employment", "fear", "moved", "worth"]


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
    """

    weeks: FloatArray
    converted: FloatArray
    reverse: FloatArray
    saved: tuple[float, float]
    lost: tuple[float, float]
    saved_weeks: FloatArray


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
    kept: FloatArray = import_module(f"simulator.effects.{scenario.sections.effects.model}").weeks_kept(scenario)
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


def changed_form(joint: Cells, span: Span) -> tuple[FloatArray, FloatArray]:
    """Return conversations that changed form inside the period: to digital, and back; shape (segment, type, group)."""
    counts = joint.dense("baseline", "proposal", "segment", "type", "group")
    inside = np.array([segment.inside for segment in span.segments])[:, None, None]
    digital = slice(PHYSICAL + 1, NOT_HELD)
    return counts[PHYSICAL, digital].sum(axis=0) * inside, counts[digital, PHYSICAL].sum(axis=0) * inside


def employment(joint: Cells, kept: FloatArray, span: Span, feared: FloatArray | None = None) -> Employment:
    """Return the effect on employment.

    Args:
        joint: Joint table of counts.
        kept: From `worth`.
        span: The simulated days.
        feared: From `fear`; all of its worth is kept where left out.
    """
    counts = joint.dense("baseline", "proposal", "segment", "type", "group", "spell_class")
    by_form = kept[:, None]
    if feared is not None and (feared < 1).any():
        by_form = np.repeat(by_form, len(feared), axis=1)
        by_form[PHYSICAL] *= feared[:, None, None, None]
    gained = by_form[None, :] - by_form[:, None]
    weeks = counts * gained
    inside = np.array([segment.inside for segment in span.segments])[:, None, None, None]
    form = weeks[:NOT_HELD, :NOT_HELD].sum(axis=(0, 1)) * inside
    saved, lost = weeks[NOT_HELD, :NOT_HELD].sum(axis=0), weeks[:NOT_HELD, NOT_HELD].sum(axis=0)
    converted, reverse = changed_form(joint, span)
    return Employment(
        weeks=np.stack([form, saved + lost]),
        converted=converted.sum(axis=0),
        reverse=reverse.sum(axis=0),
        saved=(float(counts[NOT_HELD, :NOT_HELD].sum()), float(saved.sum())),
        lost=(float(counts[:NOT_HELD, NOT_HELD].sum()), float(lost.sum())),
        saved_weeks=saved,
    )
