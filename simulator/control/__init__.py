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
from simulator.control.chain import Counted, Sums, chains, counted, unrun
from simulator.control.compare import Comparison, Simulated, compare
from simulator.control.figures import (
    FACTORS,
    Factor,
    Kroner,
    Pair,
    by_type,
    factors_of,
    hours_of,
    kroner_of,
    no_show_hours_of,
    whole,
)
from simulator.control.kroner import beside_kr, counts_time_in_full, lines_of, week_kr_by_concept
from simulator.control.rivals import KEYS
from simulator.control.sickness import sickness_of
from simulator.control.terms import Carried, Term, Terms
from simulator.facts.read import words
from simulator.infection import Incidence
from simulator.scenario import Scenario

__all__ = [
    "Chains",
    "Comparison",
    "Control",
    "Counted",
    "Factor",
    "Simulated",
    "Sums",
    "Term",
    "Terms",
    "compare",
    "control_of",
    "counted_of",
    "sums_of",
    "valued",
    "week_kr_by_concept",
]

Chains = dict[Pair, Sums]
"""What the chain of each type and group adds up to."""
Prices = dict[str, dict[str, float]]
"""Kroner of a week of employment by concept and group."""


@dataclass(frozen=True)
class Control:
    """The figures of the control.

    Attributes:
        found: Sums by type and group.
        factors: Rows of `tables/control.csv`.
        week_kr: Value of a week of employment by group, under the scenario's concept [kr].
        totals: Figures of the whole by quantity.
        by_concept: The figure under each concept that has one [kr].
        if_carried: The same at the upper end of the range of `closures.carry_share`; empty where it has none.
        terms: What writes the control out in its inputs; None where it was valued from sums alone.
    """

    found: dict[Pair, Sums]
    factors: tuple[Factor, ...]
    week_kr: dict[str, float]
    totals: dict[str, float]
    by_concept: dict[str, float]
    if_carried: dict[str, float]
    terms: Terms | None = None

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
    ways = unrun(scenario, calendars, span, values["closures.carry_share"], sickness)
    found = {pair: chain.run() for pair, chain in ways.items()}
    control = valued(scenario, span, found)
    total, kr = whole(found), kroner_of(found, control.week_kr)
    rows: list[Factor] = []
    for quantity in FACTORS:
        rows += factors_of(quantity, ("", ""), total, kr)
        for pair, sums in found.items():
            rows += factors_of(quantity, pair, sums, kroner_of({pair: sums}, control.week_kr))
    rows = [replace(row, key=_key(row.key, scenario.sections.effects.model)) for row in rows]
    most, if_carried, carried = values.row("closures.carry_share").high, {}, None
    if most is not None and most > values["closures.carry_share"]:
        carried = Carried(most, unrun(scenario, calendars, span, most, sickness))
        at_most = {pair: chain.run() for pair, chain in carried.chains.items()}
        if_carried = {"carry_share": most, **_totals(scenario, at_most, control.week_kr)}
    terms = Terms(scenario, span, ways, carried)
    return replace(control, factors=tuple(rows), if_carried=if_carried, terms=terms)


def sums_of(
    scenario: Scenario, calendars: tuple[Calendar, Calendar], span: Span, incidence: Incidence | None = None
) -> Chains:
    """Return the sums of every type and group, which no value of the money enters; arguments as `control_of`."""
    sickness = sickness_of(scenario, span, incidence)
    return chains(scenario, calendars, span, scenario.baseline.values["closures.carry_share"], sickness)


def counted_of(
    scenario: Scenario, calendars: tuple[Calendar, Calendar], span: Span, incidence: Incidence | None = None
) -> dict[Pair, Counted]:
    """Return what falls due of every type and group, of which `Counted.sums` gives the sums; arguments as `sums_of`."""
    sickness = sickness_of(scenario, span, incidence)
    ways = unrun(scenario, calendars, span, scenario.baseline.values["closures.carry_share"], sickness)
    for chain in ways.values():
        chain.run()
    return {pair: counted(chain) for pair, chain in ways.items()}


def valued(scenario: Scenario, span: Span, found: Chains, kroner: Prices | None = None) -> Control:
    """Return the control of sums at the money of a scenario, without its rows and without what closures carry.

    Args:
        scenario: The scenario.
        span: The simulated days.
        found: The sums of every type and group.
        kroner: Kroner of a week of employment by concept and group, where they are known already.
    """
    kroner = week_kr_by_concept(scenario, span) if kroner is None else kroner
    week_kr = kroner[scenario.sections.saldo.concept]
    totals = _totals(scenario, found, week_kr)
    by_concept = {name: _figure(scenario, name, kroner_of(found, each), totals) for name, each in kroner.items()}
    return Control(found, (), week_kr, totals, by_concept, {})


def _key(key: str, model: str) -> str:
    """Return the key of a factor under an effect model."""
    return key.replace("effects.params.weeks_per_conversation", KEYS[model]) if model in KEYS else key


def _figure(scenario: Scenario, concept: str, kr: Kroner, totals: dict[str, float]) -> float:
    """Return the figure under a concept: its lines of employment, and saved time where it counts that in full [kr]."""
    figure = kr.form + kr.reverse + (kr.saved + kr.lost if "volume" in lines_of(concept) else 0.0)
    in_full = counts_time_in_full(scenario, concept)
    return figure + (totals["caseworker_time_in_full_kr"] if in_full else 0.0) + 0.0


def _totals(scenario: Scenario, found: dict[Pair, Sums], week_kr: dict[str, float]) -> dict[str, float]:
    a_kasse = {name for name, word in words()["types"].items() if word["office_kind"] == "a_kasse"}
    municipal_types = set(words()["types"]) - a_kasse
    total, kr = whole(found), kroner_of(found, week_kr)
    municipal, missed = hours_of(found, municipal_types), no_show_hours_of(found, municipal_types)
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
        "saved_kr": kr.saved,
        "lost": total.lost,
        "lost_weeks": total.lost_weeks,
        "lost_kr": kr.lost,
        "converted_weeks": total.form_weeks,
        "converted_kr": kr.form,
        "reverse_kr": kr.reverse,
        "form_kr": kr.form + kr.reverse,
        "volume_kr": kr.saved + kr.lost,
        "caseworker_hours_municipal": municipal,
        "caseworker_hours_a_kasse": hours_of(found, a_kasse),
        "no_show_hours": missed,
        **beside_kr(scenario, (municipal, missed), {name: sums.attended for name, sums in by_type(found).items()}),
    }
    lines = lines_of(scenario.sections.saldo.concept)
    for name, share in (("weeks_off_benefit", "weeks_off_benefit"), ("full_time_weeks", "full_time_share")):
        figures[name] = _weeks(scenario, found, lines, share)
    figures["employment_effect_kr"] = sum(figures[f"{line}_kr"] for line in lines)
    return {name: number + 0.0 for name, number in figures.items()}


def _weeks(scenario: Scenario, found: dict[Pair, Sums], lines: tuple[str, ...], share: str) -> float:
    """Return the weeks of employment on some lines, each group's times what a week of employment means for it."""
    values, weeks = scenario.baseline.values, 0.0
    for (_, group), sums in found.items():
        by_line = {"form": sums.form_weeks + sums.reverse_weeks, "volume": sums.volume_weeks}
        weeks += sum(by_line[line] for line in lines) * values[f"effects.{share}.{group}"]
    return weeks
