"""The forecast book: what an issued estimate predicts of things that will be counted, and how it fared.

In: a kept run, whose table `months_by_place` holds what it expects of each month, municipality and conversation type;
later a file of outcomes that people make from Jobindsats and the like. Out: `Prediction`, which is issued with the
estimate and never changed; `Scores`, which sets each beside what came; lines for a terminal, JSON and CSV of them.

What is predicted can be counted by somebody else: conversations due and held, by form, and the digital share. How many
change form cannot: it asks what would have been under the other rules, and no statistic holds that.

Assumptions: the range of a prediction holds the chance of events alone, as wide as it can be: conversations come no
more unevenly than independent ones (their variance is at most their number), and an office as a whole lies above or
below the take-up by `attendance.office_spread`. What we do not know of take-up and stocks is in it only where runs at
other assumptions are laid beside (`beside`): a span, with a probability only where those runs are replayed draws.

>>> from datetime import date
>>> from simulator.forecast import Outcome, Prediction, scored
>>> said = Prediction("held", "461", 2025, 9, 1000.0, sd=30.0, std_error=10.0, low=938.0, high=1062.0, kind="events")
>>> came = Outcome("held", "461", 2025, 9, 1050.0, "Jobindsats", date(2025, 10, 15))
>>> pair = scored([said], [came], issued=date(2025, 8, 20)).pairs[0]
>>> pair.error, round(pair.relative_error, 4), pair.inside
(-50.0, -0.0476, True)
"""

from simulator.forecast.book import content_of_predictions, predictions_from
from simulator.forecast.outcomes import Outcome, read_outcomes
from simulator.forecast.page import content_of, form_of, pairs_csv, plain, plain_predictions
from simulator.forecast.prediction import By, Prediction, predictions_of
from simulator.forecast.scores import Pair, Refused, Scores, Summary, pooled, scored

__all__ = [
    "By",
    "Outcome",
    "Pair",
    "Prediction",
    "Refused",
    "Scores",
    "Summary",
    "content_of",
    "content_of_predictions",
    "form_of",
    "pairs_csv",
    "plain",
    "plain_predictions",
    "pooled",
    "predictions_from",
    "predictions_of",
    "read_outcomes",
    "scored",
]
