"""All employment effect: changed form and changed volume, one value a person-year."""

from __future__ import annotations

from simulator.saldo.concepts.note import week_kr

HEADLINE_LINES = ("form", "volume")

__all__ = ["HEADLINE_LINES", "week_kr"]
