"""Trials: how many persons a trial asks for, what it would find, and when.

The statistics of a trial stand apart from the engine: `sizes.py`, `few.py` and `steps.py` are closed forms,
`compared.py`, `hazard_ratio.py`, `waves.py` and `encouraged.py` analyse what was observed, each with standard errors
that know that the persons of one jobcentre are alike, and `likeness.py` tells how alike they are.

    >>> from simulator.uncertainty.trials.sizes import n_two_proportions
    >>> round(n_two_proportions(0.50, 0.49, power=0.8))
    39239
"""
