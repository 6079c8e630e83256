"""From added-up replications, or from the control alone, to a finished run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd

from simulator.control import Comparison, Control, Simulated, compare
from simulator.delivery.cells import Cells
from simulator.delivery.counts import CANCELLED, STATES, Counts
from simulator.effects import unforeseen_of
from simulator.facts.read import words
from simulator.results.accounts import accounts_table, ladder_table
from simulator.results.backlog import backlog_of, digital_share_by_year
from simulator.results.concepts import concepts_table, refuse_beyond
from simulator.results.contacts import contacts_avoided
from simulator.results.days import calendar_table
from simulator.results.delivered import (
    ARMS,
    conversation_counts,
    conversations_table,
    no_offices,
    offices_table,
)
from simulator.results.drawn import draws_table
from simulator.results.headline import Asked, Queues, headline_of
from simulator.results.law_comments import law_comments_table
from simulator.results.measure import measure_of
from simulator.results.money import FloatArray, by_authority, by_step, control_kr, saldo_table
from simulator.results.months import months_by_place_table, months_table
from simulator.results.numbers import assumptions_table, control_table, control_terms_table
from simulator.results.places import places_table
from simulator.results.rules import rules_table
from simulator.results.run import Run
from simulator.results.sample import Sample, control_figures, divided
from simulator.results.setting import Setting
from simulator.results.steps import baseline_bases, steps_table
from simulator.results.tally import Tally
from simulator.saldo.beside import BESIDE

TOLERATED = "control.tolerated_unexplained_share"
"""Key of the share by which simulation and control may part; read only where there is a simulation."""
NO_QUEUES = Queues(dict.fromkeys(ARMS), (), None, None)
"""What is known of the queues where nothing is simulated."""
AFTER_SIMULATION = {
    "contacts_avoided": contacts_avoided,
    "backlog": backlog_of,
    "digital_share_by_year": digital_share_by_year,
}
"""Figures of the headline that only a simulation knows, and what finds them in its counts."""


def results_of(
    setting: Setting, asked: Asked, found: tuple[Tally, Counts], control: Control, events: pd.DataFrame | None = None
) -> Run:
    """Return the finished run of a simulation.

    Args:
        setting: The ground of the run.
        asked: What was asked for.
        found: The replications: what each adds up to, and what was counted in all of them.
        control: The control.
        events: The log of attempts, where it was asked for.

    Raises:
        InputError: The scenario's concept has no figure for what was found, or it is beyond all sizes.
        RunError: Parts do not add up.
    """
    tally, counts = found
    sample = _sample(setting, tally.figures, control_figures(control, setting.valuation.concept), asked)
    conversations = {
        arm: conversation_counts(cells, setting.span) for arm, cells in zip(ARMS, counts.arms, strict=True)
    }
    tolerated = setting.scenario.baseline.values[TOLERATED]
    simulated = simulated_of(setting, counts.arms[1], sample)
    comparison = compare(control.found, simulated, tolerated, unforeseen_of_run(setting, sample))
    counted = {**conversations["baseline"], **baseline_bases(counts.basis)}
    headline = headline_of(setting, asked, sample, conversations, (control, comparison), queues_of(setting, counts))
    for name, found_in in AFTER_SIMULATION.items():
        headline[name] = found_in(setting, counts.arms)
    money = _money_tables(setting, sample, tally.kr)
    headline |= _by_year_and_authority(setting, money["saldo"])
    tables = {
        **_counted_tables(setting, counts),
        **money,
        "draws": draws_table(asked.drawn),
        "steps": steps_table(setting, sample, counted, money["saldo"], "simulation"),
        **_common_tables(setting, control),
    }
    log = (*_replications_log(tally), *_control_log(control, comparison))
    return Run(setting.scenario, asked, headline, tables, events, log).check()


def _sample(setting: Setting, figures: list[dict[str, float]], control: Mapping[str, float], asked: Asked) -> Sample:
    """Return the figures, unless they are refused.

    Raises:
        InputError: The scenario's concept has no figure for what was found, or it is beyond all sizes.
    """
    sample = Sample(figures, control, asked.drawn)
    refuse_beyond(setting, sample)
    return sample


def _counted_tables(setting: Setting, counts: Counts) -> dict[str, pd.DataFrame]:
    """Return the tables of what was counted."""
    return {
        "conversations": conversations_table(setting, counts.arms),
        "offices": offices_table(setting, counts),
        "places": places_table(setting, counts.arms),
        "months": months_table(setting, counts.arms),
        "months_by_place": months_by_place_table(setting, counts.arms),
    }


def unforeseen_of_run(setting: Setting, sample: Sample) -> dict[str, float]:
    """Return what of the kroner the control cannot foresee under the effect model, by name."""
    name = unforeseen_of(setting.scenario)
    return {name: sample.mean("unforeseen_kr")} if name else {}


def _replications_log(tally: Tally) -> Iterator[str]:
    for number, figures in enumerate(tally.figures):
        kr = figures["employment_effect_kr"] / 1e6
        yield f"replication {number}: {figures['converted']:,.0f} converted, employment effect {kr:,.3f} mio. kr."


def results_of_control(setting: Setting, asked: Asked, control: Control) -> Run:
    """Return the finished run of the control alone: nothing is simulated, and what only a simulation gives is empty.

    Raises:
        InputError: The scenario's concept has no figure for what was found, or it is beyond all sizes.
        RunError: Parts do not add up.
    """
    figures = control_figures(control, setting.valuation.concept)
    sample = _sample(setting, [figures], figures, asked)
    counted, conversations = known_to_control(control)
    headline = headline_of(setting, asked, sample, conversations, (control, None), NO_QUEUES)
    money = _money_tables(setting, sample, control_kr(setting, control))
    headline |= _by_year_and_authority(setting, money["saldo"])
    tables = {
        **no_offices(),
        **money,
        "draws": draws_table(asked.drawn),
        "steps": steps_table(setting, sample, counted, money["saldo"], "control"),
        **_common_tables(setting, control),
    }
    return Run(setting.scenario, asked, headline, tables, None, _control_log(control, None)).check()


def known_to_control(control: Control) -> tuple[dict[str, float], dict[str, dict[str, float | None]]]:
    """Return the conversations of the baseline that the control knows, and those of each arm by state."""
    known: dict[str, float | None] = dict.fromkeys(
        ("due", "held", *words()["forms"], "no_show", "put_off", "lapsed", "cancelled", "waiting_start", "waiting_end")
    )
    counted = {
        "due": control.total("due"),
        "held": control.total("held"),
        "physical": control.total("held_physically"),
        "digital_by_exception": control.total("excepted"),
        "digital_by_order": 0.0,
    }
    counted["digital_by_own_choice"] = counted["held"] - counted["physical"] - counted["digital_by_exception"]
    held_in_proposal = counted["held"] + sum(sums.volume for sums in control.found.values())
    return counted, {"baseline": {**known, **counted}, "proposal": {**known, "held": held_in_proposal}}


def _money_tables(setting: Setting, sample: Sample, kr: FloatArray) -> dict[str, pd.DataFrame]:
    """Return the tables of kroner."""
    saldo = saldo_table(setting, kr, {line: sample.mean(f"{line}_kr") for line in BESIDE})
    return {
        "saldo": saldo,
        "concepts": concepts_table(setting, sample),
        "accounts": accounts_table(setting, saldo),
        "ladder": ladder_table(setting),
        "law_comments": law_comments_table(setting, saldo),
    }


def _by_year_and_authority(setting: Setting, saldo: pd.DataFrame) -> dict[str, Any]:
    """Return the headline's figures by authority, step and financial year."""
    return {
        "saldo_mio_kr_by_authority": by_authority(saldo),
        "saldo_mio_kr_by_step": by_step(saldo),
        "measure": measure_of(setting, saldo),
    }


def _common_tables(setting: Setting, control: Control) -> dict[str, pd.DataFrame]:
    """Return the tables that need no simulation; the values come last, when all have been read."""
    return {
        "calendar": calendar_table(setting),
        "rules": rules_table(setting),
        "control": control_table(control),
        "control_terms": control_terms_table(control),
        "assumptions": assumptions_table(setting.scenario),
    }


def _control_log(control: Control, comparison: Comparison | None) -> tuple[str, ...]:
    lines = [f"control: {control.line}"]
    if comparison is not None:
        parts = ", ".join(f"{name} {part:+,.1f}" for name, part in comparison.parts.items())
        lines.append(f"simulation less control, conversations: {parts}, unexplained {comparison.unexplained:+,.1f}")
        lines += [f"of the simulation, not foreseen: {name} {kr:+,.0f} kr." for name, kr in comparison.kr_parts.items()]
    return tuple(lines)


def simulated_of(setting: Setting, arm: Cells, sample: Sample) -> dict[str, Simulated]:
    """Return the proposal's mean counts inside the period by type, as the control compares them."""
    inside = np.array([segment.inside for segment in setting.span.segments])
    counts = arm.dense("state", "type", "segment")[:, :, inside].sum(axis=2)
    found = {}
    for index, name in enumerate(words()["types"]):
        state = {word: float(counts[row, index]) for row, word in enumerate(STATES)}
        found[name] = Simulated(
            due=state["due"],
            waiting_start=state["waiting_start"],
            waiting_end=state["waiting_end"],
            lapsed=state["lapsed"],
            cancelled=sum(state[name] for name in CANCELLED),
            converted=sample.mean(f"converted_by_type.{name}"),
        )
    return found


def queues_of(setting: Setting, counts: Counts) -> Queues:
    """Return what became of the queues."""
    waits = counts.office_waits.sum(axis=(1, 2))
    never_met = counts.met < counts.replications
    return Queues(
        mean_wait_days={arm: divided(float(waits[row, 1]), float(waits[row, 0])) for row, arm in enumerate(ARMS)},
        not_cleared=tuple(code for code, late in zip(setting.places, never_met, strict=True) if late),
        not_cleared_share=1.0 - float(counts.met.sum()) / (counts.replications * len(setting.places)),
        last_date=setting.span.date_of(int(np.max(counts.last_days))).isoformat(),
    )
