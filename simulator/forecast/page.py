"""Scores as lines for a terminal, as JSON and as CSV of pairs."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterator, Sequence
from dataclasses import asdict
from typing import Any

from simulator.forecast.measures import called, is_share, said_of
from simulator.forecast.outcomes import NEEDED, Outcome
from simulator.forecast.prediction import Prediction
from simulator.forecast.scores import Pair, Scores, Summary, where_of

MOST_PAIRS = 24
"""Pairs that are told one by one; the CSV has all."""
KINDS = {"events": "events", "knowledge": "knowledge", "none": "-"}
COLUMNS = (
    *("measure", "types", "place", "place_name", "year", "month", "arm", "run_id"),
    *("predicted", "low", "high", "range", "nominal", "counted", "published", "source"),
    *("error", "relative_error", "inside", "interval_score", "crps", "naive"),
)
LOOK_BACK = "No day of issue is given: this is a look back, not a forecast."
ONLY_CHANCE = "The ranges hold the chance of events alone, not what we do not know of take-up and stocks."
SPANS = "The ranges reach over runs at other assumptions, and the chance of events at their ends."


def plain(scores: Scores) -> str:
    """Return the scores as lines for a terminal."""
    lines = [f"Issued on {scores.issued}." if scores.issued else LOOK_BACK, ""]
    if scores.pairs:
        lines += [*_table(scores.pairs), ""]
    for one in scores.summaries:
        lines += [*_summary(one), ""]
    kinds = {pair.prediction.kind for pair in scores.pairs}
    lines += [text for kind, text in (("events", ONLY_CHANCE), ("knowledge", SPANS)) if kind in kinds]
    return "\n".join([*lines, *_rest(scores)]).rstrip() + "\n"


def content_of(scores: Scores) -> dict[str, Any]:
    """Return the scores as JSON can hold them; shares are 0-1, errors are predicted less counted."""
    return {
        "issued": scores.issued.isoformat() if scores.issued else None,
        "pairs": [_row(pair) for pair in scores.pairs],
        "summaries": [
            asdict(one) | {"types": list(one.types), "inside_share": one.inside_share, "few": one.few}
            for one in scores.summaries
        ],
        "without_outcome": [_named(one) for one in scores.without_outcome],
        "without_prediction": [_named(one) for one in scores.without_prediction],
        "refused": [_named(one.outcome) | {"why": one.why} for one in scores.refused],
    }


def pairs_csv(scores: Scores) -> str:
    """Return the pairs as CSV, a line each."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for pair in scores.pairs:
        writer.writerow({name: _cell(value) for name, value in _row(pair).items()})
    return out.getvalue()


def form_of(predictions: Sequence[Prediction]) -> str:
    """Return an empty file of outcomes of these predictions, to be filled in; rows left as they are count as not there.

    Parted by semicolons, so that a Danish spreadsheet opens it; save it as UTF-8 with a byte order mark.
    """
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\n")
    writer.writerow((*NEEDED, "types"))
    for one in predictions:
        writer.writerow((one.measure, called(one.place), one.year, one.month or "", "", "", "", "+".join(one.types)))
    return out.getvalue()


def plain_predictions(predictions: Sequence[Prediction]) -> str:
    """Return predictions as lines for a terminal."""
    rows = [("", "", "predicted", "range", "range of", "of")]
    for one in predictions:
        part = "" if one.complete else ", a part of these days"
        told = (_told(one, one.value), _reach(one), KINDS[one.kind], said_of(one.types) + part)
        rows.append((where_of(one), one.measure, *told))
    return "\n".join(_aligned(rows, (0, 1, 5))) + "\n"


def _cell(value: object) -> object:
    """Return a cell; text that a spreadsheet takes for a formula is kept from being one."""
    if isinstance(value, bool):
        return int(value)
    return "'" + value if isinstance(value, str) and value[:1] in {"=", "+", "-", "@"} else value


def _row(pair: Pair) -> dict[str, Any]:
    said, came = pair.prediction, pair.outcome
    values = (
        *(said.measure, said_of(said.types), said.place, called(said.place), said.year, said.month),
        *(said.arm, said.run_id, said.value, said.low, said.high, said.kind, said.nominal),
        *(came.value, came.published.isoformat(), came.source, pair.error, pair.relative_error),
        *(pair.inside, pair.interval_score, pair.crps, pair.naive),
    )
    return dict(zip(COLUMNS, values, strict=True))


def _named(one: Prediction | Outcome) -> dict[str, Any]:
    found = {"measure": one.measure, "types": said_of(one.types), "place": one.place}
    return found | {"year": one.year, "month": one.month, "value": one.value}


def _table(pairs: Sequence[Pair]) -> list[str]:
    rows = [("", "", "predicted", "range", "counted", "error", "", "inside", "range of")]
    for pair in pairs[:MOST_PAIRS]:
        said = pair.prediction
        relative = "" if pair.relative_error is None else f"{pair.relative_error:+.1%}"
        inside = {True: "yes", False: "no", None: "-"}[pair.inside]
        told = (
            _told(said, said.value),
            _reach(said),
            _told(said, pair.outcome.value),
            _error(said.measure, pair.error),
        )
        rows.append((where_of(said), said.measure, *told, relative, inside, KINDS[said.kind]))
    more = len(pairs) - MOST_PAIRS
    return _aligned(rows, (0, 1)) + ([f"and {more} more"] if more > 0 else [])


def _aligned(rows: Sequence[tuple[str, ...]], left: Collection[int]) -> list[str]:
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    lines = (
        [
            cell.ljust(width) if at in left else cell.rjust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        for row in rows
    )
    return ["  ".join(line).rstrip() for line in lines]


def _reach(said: Prediction) -> str:
    if said.low is None or said.high is None:
        return "-"
    return f"{_told(said, said.low)} - {_told(said, said.high)}"


def _summary(one: Summary) -> Iterator[str]:
    pairs = f"{one.pairs} pair{'' if one.pairs == 1 else 's'}"
    yield f"{one.measure}, {said_of(one.types)}, by {one.level}: {pairs}"
    percentage = one.mean_absolute_percentage_error
    share = "" if percentage is None else f"  mean absolute percentage error {percentage:.1%}"
    left = f" ({one.without_percentage} without, since nothing came)" if one.without_percentage else ""
    bias, error = _error(one.measure, one.bias), _error(one.measure, one.mean_absolute_error).lstrip("+")
    yield f"  bias {bias}  mean absolute error {error}{share}{left}"
    if one.ranges:
        nominal = "" if one.nominal is None else f", where {one.nominal:.0%} should"
        yield f"  {one.inside} of {one.ranges} lie inside their range{nominal}"
    for name, score in (("interval score", one.interval_score), ("CRPS", one.crps)):
        if score is not None:
            yield f"  {name} {_error(one.measure, score).lstrip('+')}, lower is better"
    if one.skill is not None:
        word = "better" if one.skill > 0 else "no better" if one.skill == 0 else "worse"
        against = "1 naive forecast" if one.naives == 1 else f"{one.naives} naive forecasts"
        yield f"  skill {one.skill:+.2f} against {against}: {word} than {'it' if one.naives == 1 else 'these'}"
    if one.few:
        yield f"  few: with {pairs} the share inside says little, and pairs of one run miss together"


def _rest(scores: Scores) -> Iterator[str]:
    for what, rows in (
        ("predicted, and no outcome yet", scores.without_outcome),
        ("counted, and not predicted", scores.without_prediction),
    ):
        if rows:
            yield f"{what}: {len(rows)} ({_first(rows)})"
    for one in scores.refused:
        yield f"not taken: {one.outcome.measure} of {where_of(one.outcome)}, {one.why}"


def _first(rows: Sequence[Prediction] | Sequence[Outcome]) -> str:
    told = [f"{one.measure} of {where_of(one)}" for one in rows[:3]]
    return ", ".join(told) + (", ..." if len(rows) > len(told) else "")


def _told(said: Prediction, value: float) -> str:
    return f"{value:.1%}" if is_share(said.measure) else f"{value:,.0f}"


def _error(measure: str, error: float) -> str:
    return f"{error * 100:+.1f} points" if is_share(measure) else f"{error:+,.1f}"
