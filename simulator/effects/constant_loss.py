"""Constant loss: a held physical conversation is worth some weeks of employment, a digital one a share of them.

    weeks = conversations x weeks_per_conversation x scale x (1 physical, relative_effect digital, 0 not held)

The share has no Danish estimate. Published figures fix only the product effect x loss.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from simulator.calendars.span import spell_class_weeks
from simulator.errors import InputError
from simulator.facts.read import words
from simulator.scenario import Scenario
from simulator.scenario.occurs import occurs

FloatArray = npt.NDArray[np.float64]
ASSUMES = "each conversation is worth the same weeks, whatever came before it and whenever it is held"


def weeks_kept(scenario: Scenario) -> FloatArray:
    """Return the weeks of employment of one conversation by what became of it.

    Args:
        scenario: The scenario; its baseline's values are used for both arms.

    Returns:
        Weeks of employment [weeks], shape (form: physical, phone, video, not held; type; group; spell class).

    Source:
        facts/effects.yaml.
    """
    physical = _weeks_per_conversation(scenario)
    kept = np.zeros((len(words()["forms"]) + 1, *physical.shape))
    for form, share in enumerate(relative_effect(scenario, physical)):
        kept[form] = physical * share
    return kept


def _weeks_per_conversation(scenario: Scenario) -> FloatArray:
    """Return the weeks of a physical conversation of those that occur, shape (type, group, spell class)."""
    first_weeks, values = spell_class_weeks(), scenario.baseline.values
    weeks = np.zeros((len(words()["types"]), len(words()["groups"]), len(first_weeks)))
    scale = values["effects.params.scale"]
    for row, type_name in enumerate(words()["types"]):
        for column, group in enumerate(words()["groups"]):
            if any(occurs(arm, type_name, group) for arm in scenario.arms):
                key = f"effects.params.weeks_per_conversation.{type_name}.{group}"
                for first, number in _steps(values.under(key), key):
                    weeks[row, column, np.array(first_weeks) >= first] = number * scale
    return weeks


def _steps(by_week: dict[str, float], key: str) -> list[tuple[int, float]]:
    """Return (first week of the spell, weeks of employment), ascending.

    Raises:
        InputError: A step does not begin with a spell class.
    """
    steps = sorted((int(name.removeprefix("week_")), number) for name, number in by_week.items())
    for first, _ in steps:
        if first not in spell_class_weeks():
            raise InputError.one(
                f"an effect cannot change in week {first} of the spell; conversations are counted by spells of "
                f"weeks that begin at {', '.join(map(str, spell_class_weeks()))}",
                "facts",
                f"{key}.week_{first}",
            )
    return steps


def relative_effect(scenario: Scenario, physical: FloatArray) -> FloatArray:
    """Return the share kept by form, shape (form, type, group, spell class); 1 for physical.

    Args:
        scenario: The scenario.
        physical: What a physical conversation does, shape (type, group, spell class); the share of nothing is not read.
    """
    types, groups, forms = list(words()["types"]), list(words()["groups"]), list(words()["forms"])
    first_weeks = np.array(spell_class_weeks())
    share = np.ones((len(forms), len(types), len(groups), len(first_weeks)))
    for index, type_name in enumerate(types):
        if physical[index].any():
            kept = scenario.baseline.values.under(f"effects.params.relative_effect.{type_name}")
            for form, number in kept.items():
                share[forms.index(form), index] = number
    for rule in scenario.sections.effects.relative_effect_rules:
        of_form = np.array([name != "physical" and (not rule.forms or name in rule.forms) for name in forms])
        of_type = np.array([not rule.types or name in rule.types for name in types])
        of_group = np.array([not rule.groups or name in rule.groups for name in groups])
        of_spell = first_weeks >= rule.spell_from_weeks
        if rule.spell_to_weeks is not None:
            of_spell &= first_weeks < rule.spell_to_weeks
        share[np.ix_(of_form, of_type, of_group, of_spell)] = rule.relative_effect
    return share
