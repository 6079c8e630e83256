"""A distribution as people write it: in the unit of its value, but for what is a share whatever the value."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from simulator.scenario import read_scenario

BOTTOM_UP = Path("scenarios/christmas-2021-bottom-up.yaml").resolve()
KEY = "saldo.value_per_person_year_kr"


@pytest.mark.parametrize(
    ("written", "shares", "values"),
    [
        ("{name: lognormal, low: 250 000, high: 330 000, interval: 95 %}", [0.025, 0.975], [250_000, 330_000]),
        ('{name: lognormal, low: 250 000, high: 330 000, interval: "0,9"}', [0.05, 0.95], [250_000, 330_000]),
        ("{name: empirical, values: [280 000, 310 000], weights: [40 %, 60 %]}", [0.39, 0.41], [280_000, 310_000]),
    ],
)
def test_shares_may_be_written_in_per_cent(
    tmp_path: Path, written: str, shares: list[float], values: list[float]
) -> None:
    file = tmp_path / "drawn.yaml"
    text = f"saldo: {{value_per_person_year_kr: {{distribution: {written}}}}}"
    file.write_text(f"extends: {BOTTOM_UP}\nname: drawn\n{text}\n", encoding="utf-8")
    found = read_scenario(file).baseline.values.row(KEY).distribution
    assert found is not None
    assert found.quantile(np.array(shares)) == pytest.approx(values)
