"""The table of events: a row for each attempt, with names instead of indices."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.delivery import ATTEMPT, Log
from simulator.pipeline import setting_of
from simulator.results.dictionary import columns_of
from simulator.results.events import events_of
from simulator.results.setting import Setting
from tests.unit.demand.made_up import scenario_of

ROW = {
    "arm": 1, "place": 1, "day": 0, "office_kind": 2, "group": 3, "person": 4_000_000_000, "type": 4, "number": 1,
    "attempt": 2, "form": 1, "came": 0,
}  # fmt: skip


@pytest.fixture(scope="module")
def setting() -> Setting:
    return setting_of(scenario_of("places: [Samso, Fano]\n"))


def log(*rows: dict[str, int]) -> Log:
    """Return a log of rows like the one above, each with something else."""
    return np.array([tuple((ROW | row)[name] for name in ATTEMPT.names or ()) for row in rows], dtype=ATTEMPT)


def test_a_row_is_told_in_words(setting: Setting) -> None:
    (row,) = events_of(setting, log({}), 7).to_dict("records")
    assert row == {
        "replication": 7,
        "arm": "proposal",
        "date": setting.span.date_of(0).isoformat(),
        "municipality_code": setting.places[1],
        "office_kind": "rehabilitation_team",
        "person": f"{setting.places[1]}-sygedagpenge-4000000000",
        "type": "rehabiliteringsmoede",
        "number": 1,
        "attempt": 2,
        "form": "phone",
        "came": 0,
    }


def test_each_column_of_the_log_is_told(setting: Setting) -> None:
    """What is one more in the log is another row of the table; days and persons among them."""
    plain = events_of(setting, log({}), 0)
    for name in ATTEMPT.names or ():
        less = events_of(setting, log({name: 0 if ROW[name] else 1}), 0)
        assert not less.equals(plain), name


def test_rows_keep_their_order(setting: Setting) -> None:
    found = events_of(setting, log({"number": 3}, {"number": 1}, {"arm": 0, "number": 2}), 0)
    assert found["number"].tolist() == [3, 1, 2]


def test_a_log_of_nothing_is_a_table_with_its_columns(setting: Setting) -> None:
    found = events_of(setting, log(), 0)
    assert (list(found.columns), len(found)) == (columns_of("events"), 0)
