"""Lines beside the employment effect: saved caseworker time, fewer no-shows, saved travel reimbursement.

Each is hours or conversations first, and kroner only as far as the scenario says. Time of a-kasser is paid by their
members and lies outside the public balance, as does what they reimburse.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from simulator.calendars import OFFICE_KINDS
from simulator.delivery.capacity import conversation_minutes
from simulator.delivery.cells import Cells
from simulator.delivery.counts import NOT_HELD
from simulator.delivery.rules import PHYSICAL
from simulator.facts.read import words
from simulator.saldo.rates import PRICE_LEVEL, Rates
from simulator.scenario import Arm, Scenario

FloatArray = npt.NDArray[np.float64]
MINUTES_AN_HOUR = 60
BESIDE = ("caseworker_time", "no_shows", "travel")
"""Lines beside the employment effect."""
A_KASSE = OFFICE_KINDS.index("a_kasse")


@dataclass(frozen=True)
class Beside:
    """What is saved beside the employment effect; minus is more work or cost.

    Attributes:
        hours: Saved caseworker hours, municipal and a-kasse, no-shows included.
        no_show_hours: Of the municipal ones, those not spent on attempts that become no conversation.
        caseworker_kr: Value of saved municipal time on conversations, if all of it were money [kr].
        no_show_kr: The same of time on attempts that become none [kr].
        travel_kr: Travel reimbursement that municipalities no longer pay [kr].
    """

    hours: tuple[float, float]
    no_show_hours: float
    caseworker_kr: float
    no_show_kr: float
    travel_kr: float


def beside(scenario: Scenario, joint: Cells, worked_minutes: FloatArray) -> Beside:
    """Return what is saved beside the employment effect, over the whole simulated span.

    Args:
        scenario: The scenario.
        joint: Joint table of counts.
        worked_minutes: Caseworker minutes, shape (arm, office kind).

    Source:
        facts/money.yaml, caseworker_kr_per_hour; facts/taxes.yaml, travel.
    """
    values = scenario.baseline.values
    held = _held(joint)
    minutes = np.array([_minutes(arm) for arm in scenario.arms])
    no_shows = worked_minutes - (held * minutes[:, None, :]).sum(axis=-1)
    hours = _saved(worked_minutes) / MINUTES_AN_HOUR
    no_show_hours = float(np.delete(_saved(no_shows), A_KASSE).sum()) / MINUTES_AN_HOUR
    a_kasse = float(hours[A_KASSE])
    municipal = float(hours.sum()) - a_kasse
    index = Rates(values).index("wages", int(values["saldo.beside_price_year"]), int(values[PRICE_LEVEL]))
    per_hour = values["saldo.caseworker_kr_per_hour"] * index
    fares = values.under("saldo.travel.kr_per_conversation")
    municipal_fares = {kind: kr for kind, kr in fares.items() if kind != OFFICE_KINDS[A_KASSE]}
    attended = _saved(held[:, :, PHYSICAL])
    return Beside(
        hours=(municipal, a_kasse),
        no_show_hours=no_show_hours,
        caseworker_kr=(municipal - no_show_hours) * per_hour,
        no_show_kr=no_show_hours * per_hour,
        travel_kr=index * sum(kr * float(attended[OFFICE_KINDS.index(kind)]) for kind, kr in municipal_fares.items()),
    )


def _saved(by_arm: FloatArray) -> FloatArray:
    saved: FloatArray = by_arm[0] - by_arm[1]
    return saved


def _minutes(arm: Arm) -> list[int]:
    """Return the minutes of a conversation by form."""
    physical, digital = conversation_minutes(arm)
    return [physical if form == PHYSICAL else digital for form in range(NOT_HELD)]


def _held(joint: Cells) -> FloatArray:
    """Return conversations held, shape (arm, office kind, form)."""
    counts = joint.dense("baseline", "proposal", "type")
    arms = counts.sum(axis=1)[:NOT_HELD], counts.sum(axis=0)[:NOT_HELD]
    held = np.zeros((len(arms), len(OFFICE_KINDS), NOT_HELD))
    for at, word in enumerate(words()["types"].values()):
        for arm, by_form in enumerate(arms):
            held[arm, OFFICE_KINDS.index(word["office_kind"])] += by_form[:, at]
    return held
