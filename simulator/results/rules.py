"""The table of attendance rules: which may hold in the period, for whom, and why; and what there is to warn of."""

from __future__ import annotations

import pandas as pd

from simulator.facts.read import sources
from simulator.infection import Decision
from simulator.results.concepts import rate_warnings
from simulator.results.dictionary import empty, ordered
from simulator.results.setting import Setting
from simulator.scenario.schema import AttendanceRule

MOST_TOLD = 3
"""Decisions that a row tells of; of more only the number is told."""


def rules_table(setting: Setting) -> pd.DataFrame:
    """Return the rules of each arm in their order: of those that apply to a conversation the last one holds."""
    rows = [
        _row(setting, arm.name, order, rule)
        for arm in setting.scenario.arms
        for order, rule in enumerate(arm.sections.attendance.rules, start=1)
        if _concerns(rule, setting)
    ]
    return ordered("rules", pd.DataFrame(rows)) if rows else empty("rules")


def _concerns(rule: AttendanceRule, setting: Setting) -> bool:
    """Return whether a rule may hold for a conversation of the period, and for a place of the run."""
    period = setting.scenario.sections.period
    by_day_held = rule.applies_by == "held"
    held_from, held_to = (rule.from_, rule.to) if by_day_held else (rule.held_from, rule.held_to)
    inside = (held_from is None or held_from <= period.to) and (held_to is None or period.from_ <= held_to)
    return inside and (not rule.places or bool(set(rule.places) & set(setting.places)))


def _row(setting: Setting, arm: str, order: int, rule: AttendanceRule) -> dict[str, object]:
    return {
        "arm": arm,
        "order": order,
        "rule": rule.name,
        "kind": rule.rule,
        "applies_by": rule.applies_by,
        "from": rule.from_.isoformat() if rule.from_ else "",
        "to": rule.to.isoformat() if rule.to else "",
        "held_from": rule.held_from.isoformat() if rule.held_from else "",
        "held_to": rule.held_to.isoformat() if rule.held_to else "",
        "municipality_codes": ",".join(rule.places),
        "types": ",".join(rule.types),
        "groups": ",".join(rule.groups),
        "conversations": rule.conversations,
        "spell_from_days": rule.spell_from_days,
        "spell_to_days": "" if rule.spell_to_days is None else str(rule.spell_to_days),
        "source": rule.source or "scenario",
        "draft": int(rule.draft),
        "why": _why(setting, arm, rule),
    }


def _why(setting: Setting, arm: str, rule: AttendanceRule) -> str:
    """Return the decisions that put a rule in force, else the title of its source."""
    decided = [one for whose, one in setting.outbreak.decisions if whose == arm and _made(one, rule)]
    if decided:
        more = f" and {len(decided) - MOST_TOLD} more" if len(decided) > MOST_TOLD else ""
        return "; ".join(f"{one.area}: {one.why}" for one in decided[:MOST_TOLD]) + more
    known = sources()
    return known[rule.source].title if rule.source in known else rule.source


def _made(decision: Decision, rule: AttendanceRule) -> bool:
    """Return whether a decision is behind a dated rule."""
    return rule.name.startswith(f"{decision.rule} (") and (decision.from_, decision.to) == (rule.from_, rule.to)


def draft_rules(setting: Setting) -> list[str]:
    """Return the rules that may hold in the period, of form, contact and groups, and could not be confirmed."""
    period = setting.scenario.sections.period
    found: list[str] = []
    for arm in setting.scenario.arms:
        demand = arm.sections.demand
        found += [rule.name for rule in arm.sections.attendance.rules if rule.draft and _concerns(rule, setting)]
        found += [
            one.name
            for one in (*demand.contact_changes, *demand.closed_groups)
            if one.draft and (one.from_ or period.from_) <= period.to and period.from_ <= (one.to or period.to)
        ]
    return list(dict.fromkeys(found))


def warnings_of(setting: Setting) -> list[dict[str, str]]:
    """Return what a reader must know of the rules of a run: a name for programs, and words."""
    found = [
        {"name": "trigger_never_fires", "text": f"{name}: the incidence never reaches its threshold in the series"}
        for name in setting.outbreak.never
    ]
    carried = setting.outbreak.carried_from
    if carried is not None:
        text = f"the series of incidence ends on {carried}; after the period that day's is carried on"
        found.append({"name": "incidence_carried_on", "text": text})
    found += rate_warnings(setting)
    return found + [
        {"name": "draft_rule", "text": f"{name}: could not be confirmed in a document that was read"}
        for name in draft_rules(setting)
    ]


def decisions_of(setting: Setting) -> list[dict[str, str | None]]:
    """Return when rules with a trigger took force and when they ended, and on which numbers."""
    return [
        {
            "arm": arm,
            "rule": one.rule,
            "area": one.area,
            "decided": one.decided.isoformat(),
            "from": one.from_.isoformat(),
            "to": one.to.isoformat(),
            "ends_decided": one.ends_decided.isoformat() if one.ends_decided else None,
            "why": one.why,
        }
        for arm, one in setting.outbreak.decisions
    ]
