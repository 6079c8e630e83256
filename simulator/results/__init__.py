"""Results: what a run hands over, and how it is kept.

**In** come replications one after the other, or the control alone. **Out** comes a `Run`: the headline (`headline.py`),
tidy tables (`delivered.py`, `money.py`, `accounts.py`, `concepts.py`, `law_comments.py`, `days.py`, `numbers.py`; what
their columns mean is in `dictionary.yaml`), and a folder that appears whole or not at all (`folder.py`, `keep.py`).
`difference.py` says why two runs differ and `verify.py` whether a kept run is as it was written.

A figure is the mean of the replications with the standard error of that mean, beside the control. Of counts and kroner
only sums are kept, so a run of a thousand replications takes no more room than one of five. Parts add up to the whole
(`checks.py`), or there is no run.

**Assumptions.** `low` and `high` are the ends of what the draws of uncertain values give (`drawn.py`), and empty where
no value carries a distribution. They and the standard error are two kinds of uncertainty and never mixed. Nothing is
rounded. Nothing divided by nothing is None.

    >>> from simulator.results.sample import Sample
    >>> sample = Sample([{"kr": -10.0, "n": 2.0}, {"kr": -14.0, "n": 2.0}], {"kr": -11.0, "n": 2.0})
    >>> sample.estimate("kr")
    {'mean': -12.0, 'std_error': 2.0, 'low': None, 'high': None, 'control': -11.0}
    >>> sample.ratio("kr", "n", -1.0)["mean"]
    6.0
"""

from simulator.results.assemble import results_of, results_of_control
from simulator.results.days import rules_in_force
from simulator.results.drawn import Drawn, Exact, Uncertain
from simulator.results.events import events_of
from simulator.results.headline import Asked
from simulator.results.in_force import rule_lines
from simulator.results.rivals import Rival
from simulator.results.run import Run
from simulator.results.setting import Setting
from simulator.results.tally import Tally

__all__ = [
    "Asked",
    "Drawn",
    "Exact",
    "Rival",
    "Run",
    "Setting",
    "Tally",
    "Uncertain",
    "events_of",
    "results_of",
    "results_of_control",
    "rule_lines",
    "rules_in_force",
]
