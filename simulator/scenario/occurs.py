"""Which conversations occur in a scenario at all: of which type, for which group."""

from __future__ import annotations

from simulator.scenario.model import Arm


def occurs(arm: Arm, type_name: str, group: str) -> bool:
    """Return whether conversations of a type can fall due for a group in an arm."""
    demand = arm.sections.demand
    rates = arm.values.under(f"demand.contact.{demand.contact_rule}.{type_name}.{group}")
    if arm.values.under(f"demand.due_spell_day.{type_name}.{group}") or any(rates.values()):
        return True
    return bool(rates) and any(
        one.conversations_per_year
        for one in demand.contact_changes
        if (not one.types or type_name in one.types) and (not one.groups or group in one.groups)
    )
