"""Trace: the arithmetic behind a figure of a finished run, down to facts and assumptions.

**In** comes a finished run and a figure: a path of `headline.json`, a cell of a table, or words as a brief prints them.
**Out** comes a tree: the figure, how it is worked out of other figures of the run, how those are, and so on, until
each is a fact or an assumption with its source, a count of the simulation, or a difference that is named as such.

Two roads meet. What the simulation found is the control's figure, plus what the simulation adds (queue, lapsed
conversations, chance), each a term of its own; the control's figure is the product of its factors for each type and
group (`tables/control.csv`), each factor with the values of the scenario that it comes from. Kroner are weeks of
employment times the value of a week, or the sum of the rows of `tables/saldo.csv`; a second way to the same figure is
told beside the first and checked as well.

**Every line is worked out again** in full precision (`node.faults`); one that does not give its figure is named.

**Assumptions.** What the run does not keep cannot be told apart: a difference between two kept figures is then a term
of its own, and says so. Figures that the simulation counts are leaves: the luck behind them is the seed's.

>>> from simulator.report.trace.node import Node, faults
>>> two = Node("two", 2.0)
>>> [fault.name for fault in faults(Node("five", 5.0, sign="+", parts=(two, two)))]
['five']
"""
