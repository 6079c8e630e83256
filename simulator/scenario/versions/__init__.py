"""The version of the files that people write: what a file was written for, and how an older one is read today.

In: a tree with places, as it stands in a scenario, a plan, a register or a facts file. Out: the same tree as the
present version writes it, the version that the file says, and in words what was converted. `saldo: 1` at the top of a
file says its version; a scenario that has the section writes `saldo: {version: 1, concept: ...}`. Each file of an
`extends` chain has its own.

Assumptions: a file that says nothing was written before versions were numbered, and is read as version 0. A file of a
later version is refused, for what it means is not known here. A conversion moves keys and leaves texts and places as
they are, so that a fault still names the line of the user. The version is said of a file, not of a scenario: it
changes no figure, no id of a run and no difference between two runs, and `-S` cannot set it.

>>> from simulator.facts.tree import Faults, read_text
>>> tree = read_text('''
... name: old
... uncertainty: {correlations: [{between: [demand.scale, delivery.utilisation], correlation: 0.3}]}
... ''', "old.yaml")
>>> read = in_present_version(tree, "old.yaml", Faults())
>>> read.version, [str(change) for change in read.changes]
(0, ['old.yaml:3:31  uncertainty.correlations[1].between: is written as `one` and `other` from version 1 on'])
>>> sorted(read.tree.entries["uncertainty"].entries["correlations"].items[0].entries)
['correlation', 'one', 'other']
"""

from simulator.scenario.versions.change import Change
from simulator.scenario.versions.read import PRESENT, Reading, in_present_version, stated, without_version

__all__ = ["PRESENT", "Change", "Reading", "in_present_version", "stated", "without_version"]
