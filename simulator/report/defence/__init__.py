"""Defence pack: what an opponent would say of an estimate, and the numbers of the run that answer.

**In** comes a finished run, and if wanted the one before it. **Out** comes a document of its own that is written on
request only, outside the run folder, and marked as internal on every page: the attacks, ranked by influence times
weakness of evidence; likely questions with answered figures; what one must believe; what changed since the last
estimate. It may say what no brief says: calibrated values, the error of events, the trial's effect.

Every number is bound to the run, and every sentence is chosen by rule; a question that the run cannot answer is left
out.
"""

from simulator.report.defence.pack import make_defence

__all__ = ["make_defence"]
