"""The figures that a sweep can keep of each row, by the names that a run gives them."""

from __future__ import annotations

from functools import cache

from simulator.facts.read import words
from simulator.saldo.concept import concept_names

MAIN = ("employment_effect_kr", "form_kr", "volume_kr", "net_kr", "converted", "employment_weeks")
"""Figures that are kept where a plan names none."""
FIGURES = (
    *MAIN, "reverse", "saved", "lost", "saved_weeks", "lost_weeks", "saved_kr", "lost_kr", "form_weeks", "volume_weeks",
    "weeks_off_benefit", "full_time_weeks", "caseworker_time_kr", "no_shows_kr", "travel_kr", "municipal_hours",
    "a_kasse_hours", "no_show_hours",
)  # fmt: skip


@cache
def figure_names() -> tuple[str, ...]:
    """Return the names of all figures; those of the plain ones first."""
    concepts = (f"concept.{name}_kr" for name in concept_names())
    cut = (f"converted_by_{kind}.{name}" for kind in ("type", "group") for name in words()[f"{kind}s"])
    return *FIGURES, *concepts, *cut
