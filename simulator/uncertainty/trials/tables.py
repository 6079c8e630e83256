"""The tables of a trial, as a run folder holds them: its design, its power both ways, and the checks of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

DESIGN = ("quantity", "value", "unit", "day")
POWER = (
    "outcome",
    "persons_per_arm",
    "effect",
    "effect_unit",
    "closed_form_power",
    "simulated_power",
    "simulated_std_error",
    "simulations",
    "answer_day",
    "holds",
    "why_not",
)
CHECKS = ("outcome", "check", "share", "std_error", "expected", "simulations")


def tables_of(record: Mapping[str, Any]) -> dict[str, pd.DataFrame]:
    """Return the tables of a trial by the names of their files, without the ending.

    Args:
        record: From `record.record_of`.
    """
    return {
        "trial_design": pd.DataFrame(record["quantities"], columns=list(DESIGN)),
        "trial_power": pd.DataFrame(record["power"], columns=list(POWER)),
        "trial_checks": pd.DataFrame(record["checks"], columns=list(CHECKS)),
    }


def csv_of(record: Mapping[str, Any]) -> str:
    """Return both powers at each size as CSV; what is not known is empty."""
    written: str = tables_of(record)["trial_power"].to_csv(index=False, lineterminator="\n")
    return written
