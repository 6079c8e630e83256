"""Whether a value of a run is signed off and still holds, read from its row of the table of assumptions."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, Literal

Status = Literal["signed", "unsigned", "changed", "expired", "not needed"]

NEEDS_NONE = "fact"
"""A published number is nobody's to sign; it may be signed all the same, and it may expire."""
_SAME_SHARE = 1e-9


def status_of(row: Mapping[str, Any], on: str) -> Status:
    """Return how a value stands on a day.

    Args:
        row: Row of `assumptions.csv`, as texts or as numbers; a column that an older run lacks counts as empty.
        on: The day, as an ISO date.
    """
    said = {name: str(row.get(name) or "") for name in ("expiry", "signed_off_by", "kind")}
    if said["expiry"] and said["expiry"] < on:
        return "expired"
    if not said["signed_off_by"]:
        return "not needed" if said["kind"] == NEEDS_NONE else "unsigned"
    return "signed" if _is_signed(row) else "changed"


def _is_signed(row: Mapping[str, Any]) -> bool:
    value, signed = row.get("value"), row.get("signed_value")
    if value in (None, "") or signed in (None, ""):
        return False
    return math.isclose(float(value), float(signed), rel_tol=_SAME_SHARE)


def key_of(row: Mapping[str, Any]) -> str:
    """Return the key of a value, with the arm before it where the arms differ."""
    arm = str(row.get("arm") or "both")
    return str(row["key"]) if arm == "both" else f"{arm}.{row['key']}"


def is_used(row: Mapping[str, Any]) -> bool:
    """Return whether the run read a value; a table that does not say counts all."""
    return str(row.get("used", "")).strip().lower() not in ("0", "false", "no", "0.0")
