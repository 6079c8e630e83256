"""The answer to a decision as tables: what information is worth, trials by size, and what a trial is worth."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd

from simulator.uncertainty.information.answer import Answer
from simulator.uncertainty.information.priced import Part, Priced
from simulator.uncertainty.information.regression import Worth

OPTION_VALUE, BEST_SHARE, EVPI, EVPPI, EVPPI_GROUP = "option_value", "best_share", "evpi", "evppi", "evppi_group"
COLUMNS = {
    "voi": (
        "prior",
        "order",
        "measure",
        "subject",
        "members",
        "share",
        "a_year_mio_kr",
        "a_year_std_error_mio_kr",
        "horizon_mio_kr",
        "horizon_std_error_mio_kr",
    ),
    "trial_sizes": (
        "prior",
        "persons_per_arm",
        "std_error_weeks",
        "weeks_until_answer",
        "evsi_a_year_mio_kr",
        "evsi_std_error_mio_kr",
        "evsi_horizon_mio_kr",
        "cost_mio_kr",
        "loss_mio_kr",
        "net_gain_mio_kr",
        "best",
    ),
    "trial_worth": (
        "prior",
        "best_persons_per_arm",
        "net_gain_mio_kr",
        "break_even_set_up_mio_kr",
        "break_even_per_person_kr",
    ),
}
"""Columns of each table. `members` are keys with a blank between; `share` is that of the draws in which an option is
best; a cell is empty where it does not apply."""
Row = dict[str, Any]


def tables_of(answer: Answer) -> dict[str, pd.DataFrame]:
    """Return the tables of an answer by name; those of a trial are empty where there can be none."""
    rows = {"voi": list(_voi(answer)), "trial_sizes": list(_sizes(answer)), "trial_worth": list(_worth(answer))}
    return {name: pd.DataFrame(rows[name], columns=list(columns)) for name, columns in COLUMNS.items()}


def _voi(answer: Answer) -> Iterator[Row]:
    years = answer.horizon.worth_of_one()
    for one in answer.priors:
        for order, row in enumerate(_of_prior(answer, one, years)):
            yield {"prior": one.weighed.believed.name, "order": order, **row}


def _of_prior(answer: Answer, one: Priced, years: float) -> Iterator[Row]:
    names = [choice.name for choice in answer.choices]
    for name, worth in zip(names, one.values, strict=True):
        yield {"measure": OPTION_VALUE, "subject": name, **_money(worth, years)}
    for name, share in zip(names, one.shares, strict=True):
        yield {"measure": BEST_SHARE, "subject": name, "share": share.value}
    yield {"measure": EVPI, "members": " ".join(one.weighed.varying), **_money(one.perfect, years)}
    yield from _parts(EVPPI, one.alone, years)
    yield from _parts(EVPPI_GROUP, one.together, years)


def _parts(measure: str, parts: Sequence[Part], years: float) -> Iterator[Row]:
    for part in parts:
        named = {"measure": measure, "subject": part.name, "members": " ".join(part.members)}
        yield {**named, **_money(part.worth, years)}


def _money(worth: Worth, years: float) -> Row:
    """Return what something is worth a year and over the horizon, each with its standard error."""
    error = worth.std_error
    return {
        "a_year_mio_kr": worth.value,
        "a_year_std_error_mio_kr": error,
        "horizon_mio_kr": worth.value * years,
        "horizon_std_error_mio_kr": None if error is None else error * years,
    }


def _sizes(answer: Answer) -> Iterator[Row]:
    for one, trial in zip(answer.priors, answer.trials, strict=False):
        for size in trial.sizes:
            yield {
                "prior": one.weighed.believed.name,
                "persons_per_arm": size.per_arm,
                "std_error_weeks": size.std_error,
                "weeks_until_answer": size.weeks,
                "evsi_a_year_mio_kr": size.a_year.value,
                "evsi_std_error_mio_kr": size.a_year.std_error,
                "evsi_horizon_mio_kr": size.horizon,
                "cost_mio_kr": size.cost,
                "loss_mio_kr": size.loss,
                "net_gain_mio_kr": size.net_gain,
                "best": trial.pays and size.per_arm == trial.best.per_arm,
            }


def _worth(answer: Answer) -> Iterator[Row]:
    for one, trial in zip(answer.priors, answer.trials, strict=False):
        yield {
            "prior": one.weighed.believed.name,
            "best_persons_per_arm": trial.best.per_arm if trial.pays else 0,
            "net_gain_mio_kr": trial.best.net_gain,
            "break_even_set_up_mio_kr": trial.set_up,
            "break_even_per_person_kr": trial.per_person,
        }
