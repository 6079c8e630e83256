"""Control: the same figures by hand, from the scenario, the calendar and the facts alone.

**In** come the scenario, its calendars and the facts; nothing comes from demand, delivery, effects or saldo, so a fault
there cannot hide here. **Out** comes a `Control`: named factors that multiply to each figure.

    converted = persons x conversations a week x weeks x carried through closures x not excepted x without own choice
                x choosing digital x scale x held so in the end
    loss      = converted x weeks of employment x share lost x kroner a week

and the same, with its sign turned, for conversations that return from digital to physical form (`reverse`).

**Assumptions.** No queue: what falls due on a meeting day is held that day, or within the tries. The age of spells is
that of a stationary stock at each day's level. A suspension delays and loses nothing. It is the same for every seed,
engine and number of replications.

    >>> from simulator.control.forms import Allowed, changes_form
    >>> law = Allowed("physical_only", 0.33, 0.0, 1.0)
    >>> option = Allowed("office_chooses", 0.33, 0.45, 1.0)
    >>> round(changes_form(law, option, 0.0), 4)
    0.3015
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from simulator.calendars import Calendar
from simulator.calendars.span import Span
from simulator.control.chain import Sums, chains
from simulator.control.compare import Comparison, Simulated, compare
from simulator.control.figures import FACTORS, Factor, Pair, factors_of, hours_of, whole
from simulator.control.rivals import KEYS
from simulator.control.sickness import sickness_of
from simulator.facts.read import words
from simulator.infection import Incidence
from simulator.scenario import Scenario

__all__ = ["Comparison", "Control", "Factor", "Simulated", "Sums", "compare", "control_of"]

HEADLINE = {"note": ("form_kr",), "employment": ("form_kr", "volume_kr")}
"""Lines that each concept counts as its employment effect, written once more on purpose."""


@dataclass(frozen=True)
class Control:
    """The figures of the control.

    Attributes:
        found: Sums by type and group.
        factors: Rows of `tables/control.csv`.
        week_kr: Value of a week of employment [kr].
        totals: Figures of the whole by quantity.
        if_carried: The same at the upper end of the range of `closures.carry_share`; empty where it has none.
    """

    found: dict[Pair, Sums]
    factors: tuple[Factor, ...]
    week_kr: float
    totals: dict[str, float]
    if_carried: dict[str, float]

    def total(self, quantity: str) -> float:
        """Return a figure of the whole."""
        return self.totals[quantity]

    def by(self, quantity: str) -> dict[Pair, float]:
        """Return a figure by type and group: due, held, converted, returned, or weeks of employment."""
        names = {
            "converted_weeks": ("form_weeks",),
            "employment_weeks_form": ("form_weeks", "reverse_weeks"),
            "employment_weeks_volume": ("volume_weeks",),
        }.get(quantity, (quantity,))
        return {pair: sum(float(getattr(sums, name)) for name in names) for pair, sums in self.found.items()}

    @property
    def line(self) -> str:
        """The chain of the whole as one readable line."""
        chain = [factor for factor in self.factors if factor.quantity == "converted_kr" and not factor.type]
        chain = [factor for factor in chain if not math.isnan(factor.value)]  # after a 0 there is nothing to multiply
        parts = [f"{factor.value:,.4g} {factor.unit} ({factor.factor.replace('_', ' ')})" for factor in chain]
        return " x ".join(parts) + f" = {self.total('converted_kr') / 1e6:,.2f} mio. kr."


def control_of(
    scenario: Scenario,
    calendars: tuple[Calendar, Calendar],
    span: Span,
    places: tuple[str, ...],
    incidence: Incidence | None = None,
) -> Control:
    """Return the control of a scenario.

    Args:
        scenario: The scenario.
        calendars: Calendar of each arm; their places are those of the run.
        span: The simulated days.
        places: Municipality codes of the run.
        incidence: The series that the scenario names; the control takes the country's.
    """
    assert places == calendars[0].places
    values = scenario.baseline.values
    sickness = sickness_of(scenario, span, incidence)
    found = chains(scenario, calendars, span, values["closures.carry_share"], sickness)
    week_kr = values["saldo.value_per_person_year_kr"] / values["saldo.weeks_per_person_year"]
    total = whole(found)
    rows: list[Factor] = []
    for quantity in FACTORS:
        rows += factors_of(quantity, ("", ""), total, week_kr)
        for pair, sums in found.items():
            rows += factors_of(quantity, pair, sums, week_kr)
    rows = [replace(row, key=_key(row.key, scenario.sections.effects.model)) for row in rows]
    most, if_carried = values.row("closures.carry_share").high, {}
    if most is not None and most > values["closures.carry_share"]:
        carried = chains(scenario, calendars, span, most, sickness)
        if_carried = {"carry_share": most, **_totals(scenario, carried, whole(carried), week_kr)}
    return Control(found, tuple(rows), week_kr, _totals(scenario, found, total, week_kr), if_carried)


def _key(key: str, model: str) -> str:
    """Return the key of a factor under an effect model."""
    return key.replace("effects.params.weeks_per_conversation", KEYS[model]) if model in KEYS else key


def _totals(scenario: Scenario, found: dict[Pair, Sums], total: Sums, week_kr: float) -> dict[str, float]:
    a_kasse = {name for name, word in words()["types"].items() if word["office_kind"] == "a_kasse"}
    municipal = hours_of(found, set(words()["types"]) - a_kasse)
    realised = scenario.sections.saldo.caseworker_time_realised != "none"
    per_hour = scenario.baseline.values["saldo.caseworker_kr_per_hour"] if realised else 0.0
    figures = {
        "due": total.due,
        "held": total.held,
        "held_physically": total.held_physically,
        "excepted": total.excepted,
        "converted": total.converted,
        "baseline_weeks": total.baseline_weeks,
        "reverse": total.returned,
        "employment_weeks_form": total.form_weeks + total.reverse_weeks,
        "employment_weeks_volume": total.volume_weeks,
        "saved": total.saved,
        "saved_weeks": total.saved_weeks,
        "saved_kr": total.saved_weeks * week_kr,
        "lost": total.lost,
        "lost_weeks": total.lost_weeks,
        "lost_kr": total.lost_weeks * week_kr,
        "converted_weeks": total.form_weeks,
        "converted_kr": total.form_weeks * week_kr,
        "reverse_kr": total.reverse_weeks * week_kr,
        "form_kr": (total.form_weeks + total.reverse_weeks) * week_kr,
        "volume_kr": total.volume_weeks * week_kr,
        "caseworker_hours_municipal": municipal,
        "caseworker_hours_a_kasse": hours_of(found, a_kasse),
        "caseworker_time_kr": municipal * per_hour,
    }
    figures["employment_effect_kr"] = sum(figures[line] for line in HEADLINE[scenario.sections.saldo.concept])
    return {name: number + 0.0 for name, number in figures.items()}
