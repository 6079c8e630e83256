"""Information: what it is worth to know more before a decision, and what a trial of it would gain.

**In** comes a scenario with a `decision:` (options beside the baseline, priors, conversations a year, a horizon).
**Out** come, under every prior side by side: what each option is worth and how often it is best, what it is worth to
know everything (EVPI), one assumption or some together (EVPPI), and what a trial gains by its size (EVSI, net gain).

`options.py` reads what may be chosen and what is believed; `deciding.py` values the options at draws; `regression.py`
is the estimator, on columns of `splines.py`, and `normal.py` the case that is known exactly; `priced.py` and
`trial_worth.py` put kroner on it, the latter against any `Evidence`, of which `by_formula.py` is the plainest.

**Assumptions.** Whoever decides takes the option of the best mean and is neutral to risk. Options are weighed in kroner
of the public balance, and in nothing else. The price of information is that of the prior: no figure here is told under
one of them alone.

    >>> import numpy as np
    >>> from simulator.uncertainty.information.regression import everything, sampled, some
    >>> keeps = (np.arange(1000) + 0.5) / 1000  # share of the effect kept: any is as likely
    >>> net = np.stack([np.zeros(1000), 60.0 * keeps - 40.0], axis=1)  # mio. kr. a year: stay, or change
    >>> drawn = sampled(net, parts=[1] * 1000)
    >>> round(everything(drawn).value, 2), round(some(drawn, keeps[:, None], most=1e9).value, 2)
    (3.33, 3.33)
"""
