"""Benchmarks: what the engines are compared with, and how. Not part of the package; see `bench.py`."""
