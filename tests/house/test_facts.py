"""Every shipped figure has unit, source, date and a kind, and every source that is named is listed."""

from __future__ import annotations

from simulator.facts.checks import check_facts


def test_no_number_without_unit_and_source() -> None:
    faults = check_facts()
    assert not faults, "\n".join(str(fault) for fault in faults)
