"""saldo: what a change in how employment-service conversations are held does to the public balance.

For notebooks. A small setting, two municipalities and one replication:

>>> import simulator
>>> run = simulator.run("scenarios/christmas-2021-bottom-up.yaml", replications=1, sets=["places=[Samsø, Ærø]"])
>>> run.headline["meeting_days"]["jobcentre"], run.headline["saldo_mio_kr"]["employment_effect"]["mean"] < 0
(10, True)
>>> float(run.tables["saldo"]["kr"].sum()) == 0
False
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from simulator.results import Run

__all__ = ["run"]


def run(
    scenario: str | Path,
    seed: int | None = None,
    replications: int | None = None,
    sets: Sequence[str] = (),
    engine: str = "fast",
    jobs: int = 1,
    draws: int | None = None,
) -> Run:
    """Run a scenario and return its headline and tables; nothing is written.

    Args:
        scenario: Scenario file, or the folder of a kept run.
        seed: Seed of all chance; that of the scenario where left out.
        replications: Number of draws of events; that of the scenario where left out.
        sets: Settings laid over the scenario, such as `"effects.params.relative_effect=0.5"`.
        engine: `fast`, `reference`, or `control` for the closed-form chain alone.
        jobs: Number of threads, of the engine `reference` processes; they change nothing but the time. More than one
            process needs a script whose work stands under `if __name__ == "__main__"`.
        draws: Number of draws of uncertain values; that of the scenario where left out, 0 for none.

    Raises:
        InputError: The scenario or a setting is wrong; names all faults.
        RunError: A law is broken.
    """
    from simulator.pipeline import plan_of, with_draws
    from simulator.results.masks import masked
    from simulator.scenario import read_scenario
    from simulator.scenario.confidential import discreetly
    from simulator.scenario.sources import scenario_file
    from simulator.uncertainty.knowledge import simulate

    read = read_scenario(scenario_file(Path(scenario)), sets, discreet=True)
    with discreetly(read):
        plan = plan_of(read, seed, replications, engine, jobs=jobs)
        return masked(simulate(read, with_draws(plan, read, draws)))
