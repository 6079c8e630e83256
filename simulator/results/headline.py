"""The headline: the figures of a run as `headline.json` holds them, numbers and not text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from simulator.calendars.span import DAYS_A_WEEK
from simulator.control import Comparison, Control
from simulator.demand import extrapolated
from simulator.facts.read import words
from simulator.results.concepts import figures_by_concept
from simulator.results.days import meeting_days
from simulator.results.drawn import Drawn, knowledge_of
from simulator.results.numbers import calibrated
from simulator.results.rules import decisions_of, warnings_of
from simulator.results.sample import MIO, Estimate, Sample
from simulator.results.setting import Setting

IN_RUN_ON = ("held_later",)
"""Counts that concern the days after the period; they stand apart from those inside it."""


@dataclass(frozen=True)
class Asked:
    """What a run was asked for.

    Attributes:
        seed: Seed.
        replications: Number of replications; 0 where nothing is simulated.
        engine: Name of the engine.
        drawn: Draws of uncertain values; None where nothing is uncertain.
    """

    seed: int
    replications: int
    engine: str
    drawn: Drawn | None = None

    @property
    def draws(self) -> int:
        """Number of draws."""
        return 0 if self.drawn is None else self.drawn.table.count


CHANCE = 4
"""Standard errors by which the mean may differ from the control for no other reason."""


@dataclass(frozen=True)
class Queues:
    """What became of the queues.

    Attributes:
        mean_wait_days: Days from due to held, of what fell due inside the period, by arm; None where nothing was held.
        not_cleared: Municipalities whose queues had not met at the end, in some replication.
        not_cleared_share: Share of all replications of all municipalities in which they had not [0-1].
        last_date: Last simulated day, of the municipality that needed longest.
    """

    mean_wait_days: Mapping[str, float | None]
    not_cleared: tuple[str, ...]
    not_cleared_share: float | None
    last_date: str | None


def headline_of(
    setting: Setting,
    asked: Asked,
    sample: Sample,
    conversations: Mapping[str, Mapping[str, float | None]],
    checked: tuple[Control, Comparison | None],
    queues: Queues,
) -> dict[str, Any]:
    """Return the headline.

    Args:
        setting: The ground of the run.
        asked: What was asked for.
        sample: Estimates.
        conversations: Conversations by arm and state.
        checked: The control, and why the simulation differs from it.
        queues: What became of the queues.
    """
    sections = setting.scenario.sections
    control, comparison = checked
    return {
        **_subject(setting),
        "conversations": {arm: _without(counts, IN_RUN_ON) for arm, counts in conversations.items()},
        **figures_in(setting, sample),
        **_afterwards(conversations, queues),
        **_check(comparison, sample),
        **_ground(setting, control),
        "calibrated": calibrated(setting.scenario),
        **_marks(setting),
        "published": dict(sections.published),
        "contact_rule": sections.demand.contact_rule,
        "known_as_of": sections.known_as_of.isoformat() if sections.known_as_of else None,
        "seed": asked.seed,
        "replications": asked.replications,
        "draws": asked.draws,
        "knowledge": None if asked.drawn is None else knowledge_of(asked.drawn),
        "engine": asked.engine,
        **_choices(setting),
    }


def _choices(setting: Setting) -> dict[str, Any]:
    """Return the effect model, the concept and what is added to it, by name."""
    sections = setting.scenario.sections
    return {
        "effect_model": sections.effects.model,
        "concept": sections.saldo.concept,
        "also": list(sections.saldo.also),
    }


def _marks(setting: Setting) -> dict[str, Any]:
    """Return what documents must say of the ground: facts carried on, decisions on the incidence, warnings."""
    return {
        "extrapolated": extrapolated(setting.scenario, setting.span),
        **dict.fromkeys(("contacts_avoided", "backlog", "digital_share_by_year")),  # a simulation finds them
        "decisions": decisions_of(setting),
        "warnings": warnings_of(setting),
    }


def _ground(setting: Setting, control: Control) -> dict[str, Any]:
    """Return the control as one line, and the assumptions that decide what waits."""
    utilisation = setting.scenario.baseline.values["delivery.utilisation"]
    return {"control_line": control.line, "utilisation": utilisation, "if_carried": _if_carried(control)}


def _if_carried(control: Control) -> dict[str, float]:
    """Return the control's estimate if planned closures put conversations off instead of dropping them."""
    carried = control.if_carried
    if not carried:
        return {}
    return {
        "carry_share": carried["carry_share"],
        "converted": carried["converted"],
        "employment_effect_mio_kr": carried["employment_effect_kr"] * MIO,
    }


def _subject(setting: Setting) -> dict[str, Any]:
    """Return what the run is about."""
    sections = setting.scenario.sections
    return {
        "scenario": sections.name,
        "title": sections.title,
        "title_da": sections.title_da,
        "price_year": setting.valuation.week.rates.level,
        "question": sections.question,
        "period": {"from": sections.period.from_.isoformat(), "to": sections.period.to.isoformat()},
        "meeting_days": meeting_days(setting, 0),
        "meeting_days_proposal": meeting_days(setting, 1),
    }


def _counterfactual(sample: Sample) -> dict[str, dict[str, Estimate]]:
    """Return what changed form, what would not have been held without the proposal, and what is held no more, apart.

    The kroner of the first are those of form, returns to physical form included; of the other two those of volume.
    """
    names = {"converted": ("converted", "form"), "saved": ("saved", "saved"), "lost": ("lost", "lost")}
    return {
        name: {
            "conversations": sample.estimate(count),
            "employment_weeks": sample.estimate(f"{line}_weeks"),
            "mio_kr": sample.estimate(f"{line}_kr", MIO),
        }
        for name, (count, line) in names.items()
    }


def figures_in(setting: Setting, sample: Sample) -> dict[str, Any]:
    """Return what the headline says of persons, weeks and kroner; arguments as `headline_of`."""
    values = setting.scenario.baseline.values
    weeks_a_year = values["saldo.weeks_per_person_year"]
    trial_weeks = values["effects.trial.weeks_of_employment"] / values["effects.trial.meetings"]
    per_conversation_kr = sample.ratio("form_kr", "converted", -1.0)
    per_conversation_days = sample.ratio("form_weeks", "converted", -float(DAYS_A_WEEK))
    return {
        "converted": sample.estimate("converted"),
        "converted_by_type": {name: sample.estimate(f"converted_by_type.{name}") for name in words()["types"]},
        "converted_by_group": {name: sample.estimate(f"converted_by_group.{name}") for name in words()["groups"]},
        "reverse": sample.mean("reverse") if "reverse" in sample.figures[0] else None,
        "employment_weeks": sample.estimate("employment_weeks"),
        "weeks_off_benefit": sample.estimate("weeks_off_benefit"),
        "full_time_person_years": sample.estimate("full_time_weeks", 1 / weeks_a_year),
        "caseworker_hours": {name: sample.estimate(f"{name}_hours") for name in ("municipal", "a_kasse")},
        "no_show_hours": sample.estimate("no_show_hours"),
        "saldo_mio_kr": {
            "employment_effect": sample.estimate("employment_effect_kr", MIO),
            "caseworker_time": sample.estimate("caseworker_time_kr", MIO),
            "no_shows": sample.estimate("no_shows_kr", MIO),
            "travel": sample.estimate("travel_kr", MIO),
            "net": sample.estimate("net_kr", MIO),
            "form": sample.estimate("form_kr", MIO),
            "volume": sample.estimate("volume_kr", MIO),
        },
        "saldo_mio_kr_by_concept": figures_by_concept(setting, sample),
        "counterfactual": _counterfactual(sample),
        "kr_per_converted_conversation": per_conversation_kr,
        "employment_days_per_converted_conversation": per_conversation_days,
        "trial_effect_share_per_meeting": sample.ratio("form_weeks", "converted", -1 / trial_weeks),
        "identified_product": {
            "days_per_conversation": per_conversation_days["mean"],
            "kr_per_conversation": per_conversation_kr["mean"],
        },
    }


def _afterwards(conversations: Mapping[str, Mapping[str, float | None]], queues: Queues) -> dict[str, Any]:
    """Return what became of the conversations that waited when the period ended."""
    later = {arm: counts.get("held_later") for arm, counts in conversations.items()}
    waiting = {arm: counts.get("waiting_end") for arm, counts in conversations.items()}
    never = {arm: _less(waiting[arm], later[arm]) for arm in later}
    return {
        "held_later": later,
        "not_held_later": never,
        "mean_wait_days": dict(queues.mean_wait_days),
        "not_cleared": list(queues.not_cleared),
        "not_cleared_share": queues.not_cleared_share,
        "last_simulated_date": queues.last_date,
    }


def _less(one: float | None, other: float | None) -> float | None:
    return None if one is None or other is None else one - other


def _check(comparison: Comparison | None, sample: Sample) -> dict[str, Any]:
    """Return why simulation and control differ, and whether so much is unexplained that documents are drafts."""
    if comparison is None:
        nothing: dict[str, Any] = {"unexplained_share": {}, "unexplained": None, "control_parts": {}}
        return {**nothing, "control_parts_mio_kr": {}, "draft": False}
    effect = _beyond_chance(sample.estimate("employment_effect_kr"), sum(comparison.kr_parts.values()))
    return {
        "unexplained_share": {"converted": comparison.unexplained_share, "employment_effect": effect},
        "unexplained": comparison.unexplained + 0.0,
        "control_parts": {name: part + 0.0 for name, part in comparison.parts.items()},
        "control_parts_mio_kr": {name: kr * MIO + 0.0 for name, kr in comparison.kr_parts.items()},
        "draft": comparison.draft or (effect is not None and effect > comparison.tolerated_share),
    }


def _beyond_chance(estimate: Estimate, unforeseen: float = 0.0) -> float | None:
    """Return how far mean and control lie apart beyond four standard errors, as a share of the control.

    What the control cannot foresee is taken off the mean: it is told by its name.
    Where chance leaves the mean within them it does so in all but one of 16,000 runs (normal); with few replications,
    whose standard error is itself uncertain, more often.
    """
    mean, error, control = estimate["mean"], estimate["std_error"], estimate["control"]
    if mean is None or not control:
        return None
    return max(abs(mean - unforeseen - control) - CHANCE * (error or 0.0), 0.0) / abs(control)


def _without(counts: Mapping[str, float | None], names: tuple[str, ...]) -> dict[str, float | None]:
    return {name: number for name, number in counts.items() if name not in names}
