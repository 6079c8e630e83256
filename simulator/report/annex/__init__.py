"""Annex on request: what we do not know, what it costs not to know it, and what it would cost to find out.

**In** comes a finished run that holds tables of the value of information (`voi.csv`, `trial_sizes.csv`,
`trial_worth.csv`) or of a trial (`trial_design.csv`, `trial_power.csv`, `trial_checks.csv`). **Out** comes a document
of its own, of one page as a PDF, that is written on request only and outside the run folder: no brief says anything of
it. Three parts, each opened by a sentence that anyone can read.

Every number is bound to the run, and every sentence is chosen by rule; what the run does not hold is said to be
missing, with the section of a scenario that makes it.
"""

from simulator.report.annex.page import make_annex

__all__ = ["make_annex"]
