"""The infection of a run: the series that the scenario names, and what its rules decided on it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from simulator.calendars.span import Span
from simulator.infection.areas import Decision, areas_of, decided_rules
from simulator.infection.series import Incidence, check_covers, read_incidence
from simulator.infection.trigger import can_fire
from simulator.scenario import Arm, Scenario
from simulator.scenario.names import names


@dataclass(frozen=True)
class Outbreak:
    """What infection means for a run.

    Attributes:
        incidence: Incidence of the places of the run; None where the scenario names no series.
        decisions: When rules with a trigger took force and when they ended, by arm.
        never: Rules with a trigger whose threshold is not reached on any day of the series.
        carried_from: Last day of the series, where its incidence is carried on after the period; None where it is not.
    """

    incidence: Incidence | None = None
    decisions: tuple[tuple[str, Decision], ...] = ()
    never: tuple[str, ...] = ()
    carried_from: date | None = None


def outbreak_of(scenario: Scenario, span: Span, places: tuple[str, ...]) -> tuple[Scenario, Outbreak]:
    """Return the scenario with every rule that has a trigger turned into dated rules, and what was decided.

    Args:
        scenario: The scenario as it was read; the entrance has seen to it that a trigger has a series.
        span: The simulated days.
        places: Municipality codes of the run.

    Raises:
        InputError: The series cannot be read, or does not have the days that are needed.
    """
    sections = scenario.sections.infection
    if sections.series is None:
        return scenario, Outbreak()
    series = read_incidence(sections.series, scenario.series_folder or Path(), names(), places)
    if sections.links:
        check_covers(series, span.first, span.first + span.period_to, scenario.path)
    last = span.first + span.days - 1
    carried = date.fromordinal(series.last) if sections.links and series.last < last else None
    incidence = series.of(places).carried_to(last) if carried else series.of(places)
    decisions: list[tuple[str, Decision]] = []
    never: list[str] = []
    arms = []
    for arm in scenario.arms:
        decided, of_arm, idle = _decided(arm, series, span)
        arms.append(decided)
        decisions += [(arm.name, decision) for decision in of_arm]
        never += [name for name in idle if name not in never]
    return replace(scenario, baseline=arms[0], proposal=arms[1]), Outbreak(
        incidence, tuple(decisions), tuple(never), carried
    )


def _decided(arm: Arm, series: Incidence, span: Span) -> tuple[Arm, list[Decision], list[str]]:
    """Return an arm without triggers, what was decided in it, and the rules that can never take force."""
    rules, decisions, never = [], [], []
    for rule in arm.sections.attendance.rules:
        plain, decided = decided_rules(rule, series, span.first, span.first + span.days - 1)
        rules += plain
        decisions += decided
        if rule.trigger is not None and not any(can_fire(rule.trigger, area.x) for area in areas_of(rule, series)):
            never.append(rule.name)
    attendance = arm.sections.attendance.model_copy(update={"rules": tuple(rules)})
    sections = arm.sections.model_copy(update={"attendance": attendance})
    return replace(arm, sections=sections), decisions, never
