"""Methods of sensitivity analysis, one file each; the file name is the name on the command line.

A file has

- `indices(function, factors, choice)`, which asks the function at the points it needs and returns what it found,
- `COUNT`, its default count and what it counts; None where there is nothing to count,
- `GROUPS`, whether factors can be moved in groups,
- `CORRELATED`, whether it is right for values that are correlated,
- where it gives rows: `ORDER`, the column by which they are ordered, and `IN_FIGURE`, whether its columns are in the
  unit of the figure.
"""
