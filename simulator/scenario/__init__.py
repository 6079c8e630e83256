"""The entrance: from a scenario file and the facts to a frozen `Scenario` with two arms.

In: a YAML file that people write, the files that it extends, a ministry's own facts, and
settings of the command line. Out: structure (`sections`), and for each arm the attendance
rules, closures and changes that hold in it, and every number with unit, range and source.

The door is generous (`0,65`, `65 %`, `19.12.2021`, `ja`, `Ærø`), what lies behind it is strict.
Layers, lowest first: facts, facts file, extended files, the file, the arm's block, `-S`.

Assumptions: a plain number of a scenario is a point, so the range of the fact below it does not
survive it (write `{value, low, high}` to keep one); a number laid over a table sets all of it.

>>> import tempfile, pathlib
>>> folder = pathlib.Path(tempfile.mkdtemp())
>>> _ = (folder / "short.yaml").write_text('''
... period: {from: 19.12.2021, to: 2022-01-16}
... places: [Ærø, 461]
... demand: {scale: 110 %}
... ''', encoding="utf-8")
>>> scenario = read_scenario(folder / "short.yaml", ["proposal.attendance.take_up_scale=0.5"])
>>> scenario.sections.places, str(scenario.sections.period.from_)
(('492', '461'), '2021-12-19')
>>> scenario.baseline.values["attendance.take_up_scale"], scenario.proposal.values["attendance.take_up_scale"]
(1.0, 0.5)
>>> scenario.proposal.values.row("demand.scale").layer, scenario.proposal.values["demand.scale"]
('scenario short', 1.1)
"""

from simulator.scenario.load import read_scenario
from simulator.scenario.model import Arm, Scenario, Value, Values

__all__ = ["Arm", "Scenario", "Value", "Values", "read_scenario"]
