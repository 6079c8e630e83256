"""Says in a few lines what a scenario compares."""

from __future__ import annotations

from pydantic import BaseModel

from simulator.scenario.confidential import confidential_keys
from simulator.scenario.model import Scenario
from simulator.scenario.structure import fields_of


def summary(scenario: Scenario) -> list[str]:
    """Return lines on period, places, layers, and in what the proposal differs from the baseline."""
    period, places = scenario.sections.period, scenario.sections.places
    days = (period.to - period.from_).days + 1
    where = f"{len(places)} municipalit{'y' if len(places) == 1 else 'ies'}" if places else "all municipalities"
    found = differences(scenario)
    lines = [
        f"OK  {scenario.name}: {period.from_} to {period.to} ({days} day{'' if days == 1 else 's'}), {where}",
        f"    layers: {' < '.join(scenario.layers)}",
    ]
    keys = confidential_keys(scenario)
    if keys:
        lines.append(f"    confidential: {len(keys)} values ({', '.join(keys[:5])}{', ...' if len(keys) > 5 else ''})")
    if not found:
        return [*lines, "    the proposal is equal to the baseline"]
    shown = [f"      {one}" for one in found[:20]]
    more = [f"      and {len(found) - 20} more"] if len(found) > 20 else []
    return [*lines, "    the proposal differs from the baseline in:", *shown, *more]


def differences(scenario: Scenario) -> list[str]:
    """Return in which keys the proposal differs from the baseline, and how."""
    found = _structure(scenario.baseline.sections, scenario.proposal.sections, "")
    before, after = scenario.baseline.values, scenario.proposal.values
    for key in after:
        old, new = before.row(key).value if key in before else None, after.row(key).value
        if old != new and after.row(key).confidential:
            found.append(f"{key}: confidential in both arms, and another number in each")
        elif old != new:
            found.append(f"{key}: {'nothing' if old is None else f'{old:g}'} -> {new:g} ({after.row(key).unit})")
    return found


def _structure(before: BaseModel, after: BaseModel, path: str) -> list[str]:
    found: list[str] = []
    for key, info in fields_of(type(after)).items():
        name = (info.alias and f"{info.alias}_") or key
        old, new = getattr(before, name), getattr(after, name)
        below = f"{path}.{key}" if path else key
        if old == new:
            continue
        if isinstance(old, BaseModel) and isinstance(new, BaseModel):
            found += _structure(old, new, below)
        elif isinstance(old, tuple) and isinstance(new, tuple):
            found.append(f"{below}: {_listed(old, new)}")
        else:
            found.append(f"{below}: {old} -> {new}")
    return found


def _listed(old: tuple[object, ...], new: tuple[object, ...]) -> str:
    added = [_named(one) for one in new if one not in old]
    gone = [_named(one) for one in old if one not in new]
    parts = [*(f"+ {one}" for one in added), *(f"- {one}" for one in gone)]
    return ", ".join(parts) or "another order"


def _named(entry: object) -> str:
    return str(getattr(entry, "name", entry))
