"""The desk: figures at once, of every position whose delivery is at hand, and of the control for all others.

**In** come positions and what a worker has delivered (`delivered.py`). **Out** come the figures of a position
(`desk.py`), what can be moved and every assumption (`sliders.py`), the bridge of changes (`moves.py`), and how columns
differ (`differences.py`), with the words and roundings of the brief (`sentence.py`, `chain.py`).

Positions that differ in what only effects and money read share a delivery (`same_delivery.py`). It is valued at their
numbers, and the draws are figures of sums of products, found once and then asked for as often as one moves
(`drawn_figures.py`). All that is held is bounded.

**Assumptions.** The mean of all replications is valued, not each of them: effects and kroner are linear in the counts.

>>> from simulator.web.desk.steps import steps_of
>>> steps_of(0.0, 1.0, "share")
Steps(step=0.01, decimals=2)
"""
