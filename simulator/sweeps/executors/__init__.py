"""Who does the jobs of a sweep: processes of this machine, or workers of a cluster.

A file of this folder is a way to work. Each has a class with `run` (see `Executor` in `simulator/sweeps/events.py`),
which takes orders and yields parts in any order; what is in a part hangs on its job alone.
"""
