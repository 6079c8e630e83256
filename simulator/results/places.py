"""The table of municipalities: what was held in each, and by which form. Kroner are not told by place."""

from __future__ import annotations

import numpy as np
import pandas as pd

from simulator.delivery.cells import Cells
from simulator.delivery.counts import STATES
from simulator.facts.read import table, words
from simulator.results.delivered import ARMS
from simulator.results.dictionary import ordered
from simulator.results.setting import Setting


def places_table(setting: Setting, arms: tuple[Cells, ...]) -> pd.DataFrame:
    """Return the conversations inside the period by arm and municipality, and the inhabitants.

    Args:
        setting: The ground of the run.
        arms: Mean counts of each arm.
    """
    rows = {str(row["municipality_code"]): row for row in table("municipalities")}
    known = [rows[code] for code in setting.places]
    named = pd.DataFrame(
        {
            "municipality_code": list(setting.places),
            "municipality": [str(row["name"]) for row in known],
            "region": [str(row["region"]) for row in known],
            "landsdel": [str(row["landsdel"]) for row in known],
        }
    )
    population = [float(str(row["population_2021_12"])) for row in known]
    parts = [named.assign(arm="both", quantity="population", value=population, unit="persons")]
    for name, cells in zip(ARMS, arms, strict=False):
        for quantity, values in _quantities(setting, cells).items():
            parts.append(named.assign(arm=name, quantity=quantity, value=values, unit="conversations"))
    return ordered("places", pd.concat(parts, ignore_index=True))


def _quantities(setting: Setting, cells: Cells) -> dict[str, np.ndarray]:
    """Return the conversations of an arm inside the period by place: due, held, and held by form."""
    inside = cells.only("segment", np.array([segment.inside for segment in setting.span.segments]))
    counts = inside.dense("state", "form", "place")
    held = counts[STATES.index("held")]
    by_form = {form: held[index] for index, form in enumerate(words()["forms"])}
    return {"due": counts[STATES.index("due")].sum(axis=0), "held": held.sum(axis=0), **by_form}
