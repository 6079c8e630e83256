"""The replay certificate: a kept run is run again from its own folder, and every file and cell that differs is named.

In: the folder of a run, wherever it lies now; the scenario file, a ministry's own facts, a register and a file of
incidence may be gone, for the folder holds what they said. Out: a `Certificate` that says who asked, when, with which
versions, and what differs.

The run is made a second time in a folder of its own and compared with the kept one file by file: leaves of JSON, cells
of tables, rows of Parquet, lines of text, bytes of figures. Rewritten checksums hide nothing, since no checksum is
looked at. What a second run cannot have in common with the first (`LEFT_OUT`) is taken from the record, and listed.

Assumptions: a number is the same where it is written the same; between different machines or packages also where it
differs by no more than a thousand-millionth, which is what the last bits of decimals do. Documents and figures are
compared only where the program and its packages are the same, for another version may word and draw otherwise.

>>> from simulator.certificate.compare import compared_json
>>> [str(cell) for cell in compared_json({"a": [1, 2], "b": None}, {"a": [1, 3], "b": None}, lambda one, other: False)]
['a[2]: kept 2, again 3']
"""

from simulator.certificate.certify import Certificate, certified

__all__ = ["Certificate", "certified"]
