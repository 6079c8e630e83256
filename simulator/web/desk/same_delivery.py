"""When two positions deliver the same: what was counted for one can then be valued for the other.

They do where they differ in nothing that delivery reads. Delivery reads no number and no structure of effects and of
money, but under a model by which meetings lead persons out. Whatever else differs is taken to change it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from simulator.effects import counted_for
from simulator.plan import CONTROL, Plan
from simulator.scenario import Scenario

VALUED = ("effects", "saldo")
"""Tables and sections that effects and money alone read."""
SAID = {"name", "title", "title_da", "question", "note", "published", "register_", "uncertainty", "run", *VALUED}
"""Sections that only say what a scenario is and how it is drawn, or that are valued."""


def delivery_key(scenario: Scenario, plan: Plan) -> str:
    """Return the same text for scenarios that deliver the same under the same plan.

    Args:
        scenario: The scenario.
        plan: How it is run.
    """
    text = "\n".join(_parts(scenario, plan))
    return hashlib.sha256(text.encode()).hexdigest()[:20]


def _parts(scenario: Scenario, plan: Plan) -> Iterator[str]:
    histories, leaving = counted_for(scenario)
    rule = scenario.sections.run.std_error_kr
    # Where meetings lead persons out, or replications end by what they are worth, all that is valued delivers too.
    valued = plan.engine != CONTROL and (leaving or rule is not None)
    yield repr((plan.seed, plan.replications, plan.engine, histories, valued, rule, str(scenario.series_folder)))
    yield scenario.sections.model_dump_json(exclude=SAID - set(VALUED) if valued else SAID)
    for arm in scenario.arms:
        yield arm.sections.model_dump_json()
        rows = arm.values.rows()
        yield repr([(row.key, row.value) for row in rows if valued or row.key.split(".", 1)[0] not in VALUED])
