"""Published numbers and our own assumptions, as dated data with unit, range and source.

`*.yaml` (but for sources, words, attendance_rules and customary) hold values: nested tables
whose leaves are `{value, unit, low, high, kind, source, date, reason}`; the dotted path is the
key. A leaf with `values: [{value, published}, ...]` has several vintages. `*.csv` are tables.
To change a number, change its leaf: nothing else in the house knows it.

>>> from simulator.facts.read import catalogue, table, words
>>> row = catalogue()["effects.params.scale"]
>>> row.value, row.unit, row.kind
(1.0, 'factor', 'assumption')
>>> len(table("municipalities"))
98
>>> words()["types"]["cv_samtale"]["office_kind"]
'a_kasse'
"""
