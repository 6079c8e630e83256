"""Sweeps: many runs by plan, into one store of rows from which no row is lost.

**In** comes a plan file: scenarios, blocks of values, dates, places and models that are multiplied with each other,
and how each run is made. **Out** comes a folder of rows: what was set, and the figures that a run has there.

`plan_file.py` reads the plan, `compiling.py` tries it on its scenarios, `jobs.py` makes jobs of it: one simulation
with all rows that only value it otherwise. `valuing.py` is what a worker does. `executors/` are who does it, here or on
a cluster; `course.py` hands out what is missing and keeps what comes back; `store.py` and `parts.py` are the folder,
`reading.py` the way to its rows.

What holds, whatever is killed when: a row is there once or not yet; a row that is there is the one that an undisturbed
sweep of the present plan, scenarios, facts and program would have made; and rows are the same to the last bit with any
number of workers, here or elsewhere, on machines of one kind.
"""
