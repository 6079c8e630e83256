"""The list of faults fits the code, so that `make mutants` means something when it is run."""

from __future__ import annotations

import pytest

from tests.house.plant_faults import PlantedFault, misfits, read_faults


@pytest.mark.parametrize("fault", read_faults(), ids=lambda fault: fault.what)
def test_each_fault_can_be_planted(fault: PlantedFault) -> None:
    assert not misfits(fault)


def test_a_fault_that_fits_nowhere_is_seen() -> None:
    fault = PlantedFault("nothing", "simulator/errors.py", "no such text", "no such text", ("tests/nowhere",))
    assert len(misfits(fault)) == 3
