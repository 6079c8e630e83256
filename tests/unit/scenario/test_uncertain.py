"""A distribution as people write it: in the unit of its value, but for what is a share whatever the value."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from simulator.errors import InputError
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


@pytest.mark.parametrize(
    ("key", "written", "says"),
    [
        ("delivery.tries", "{value: 3, low: 1, high: 5, distribution: uniform}", "uniform gives those between"),
        ("delivery.tries", "{distribution: {name: empirical, values: [2, 2.5, 4]}}", "but has 2.5"),
        ("delivery.tries", "{value: 2, distribution: {name: fixed, value: 2.5}}", "but has 2.5"),
        ("saldo.price_level", "{distribution: {name: triangular, low: 2019, mode: 2021, high: 2024}}", "unit: year"),
        ("saldo.profile.even.weeks", "{distribution: {name: uniform, low: 20, high: 300}}", "unit: whole weeks"),
    ],
)
def test_what_is_counted_in_whole_numbers_is_not_drawn_between_them(
    tmp_path: Path, key: str, written: str, says: str
) -> None:
    with pytest.raises(InputError, match=says) as refused:
        read_scenario(of_one_value(tmp_path, key, written))
    assert "drawn.yaml:3:" in str(refused.value) and "allowed: {name: empirical" in str(refused.value)


@pytest.mark.parametrize(
    ("key", "written"),
    [
        (
            "delivery.tries",
            "{value: 3, distribution: {name: empirical, values: [2, 3, 4], weights: [0.5, 0.25, 0.25]}}",
        ),
        ("delivery.tries", "{value: 3, distribution: {name: fixed, value: 3}}"),
        ("delivery.rebook_days", "{value: 7, distribution: {name: uniform, low: 3, high: 14}}"),
    ],
)
def test_what_is_counted_may_be_drawn_from_whole_numbers(tmp_path: Path, key: str, written: str) -> None:
    assert key in read_scenario(of_one_value(tmp_path, key, written)).uncertain


@pytest.mark.parametrize(
    "written",
    [
        "{name: uniform, low: 250000, high: 330000}",
        "{name: pert, low: 250000, mode: 300000, high: 330000, source: beu-448}",
        "{name: triangular, low: 250000, mode: 299999.123, high: 330000}",
        "{name: lognormal, mean: 300000, sd: 20000}",
        "{name: empirical, values: [280000, 300000.5], weights: [1, 2]}",
        "{name: fixed, value: 300000}",
    ],
)
def test_a_scenario_written_out_in_full_draws_the_same(tmp_path: Path, written: str) -> None:
    first = read_scenario(of_one_value(tmp_path, KEY, f"{{value: 300000, distribution: {written}}}"))
    (tmp_path / "again.yaml").write_text(first.resolved_text(), encoding="utf-8")
    again = read_scenario(tmp_path / "again.yaml")
    assert again.uncertain == first.uncertain
    for key in first.uncertain:
        one, other = (scenario.baseline.values.row(key) for scenario in (first, again))
        assert one == other
    assert again.sections == first.sections


def of_one_value(folder: Path, key: str, written: str) -> Path:
    for part in reversed(key.split(".")):
        written = f"{{{part}: {written}}}"
    file = folder / "drawn.yaml"
    file.write_text(f"extends: {BOTTOM_UP}\nname: drawn\n{written[1:-1]}\n", encoding="utf-8")
    return file
