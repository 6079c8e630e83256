"""What a kept run predicts of things that will be counted, by month and place, each with its range."""

from __future__ import annotations

import calendar
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pandas as pd

from simulator.errors import InputError
from simulator.facts.read import words
from simulator.facts.spelling import allowed, did_you_mean
from simulator.forecast.measures import CHOSEN, COUNTRY, COUNTS, MEASURES, called, is_share, members_of, place_named
from simulator.results.read import KeptRun, kept_run

TABLE = "months_by_place"
SPREAD = "attendance.office_spread"
ARMS = ("proposal", "baseline")
DRAW = re.compile(r"draw [0-9]+")
"""Name of the layer that a replayed draw lays over its scenario."""
SURE = 0.95
"""Probability of a range of events."""
_TIMES = 1.959963984540054
"""Standard deviations to either side of the mean within which a normal number lies with probability `SURE`."""


@dataclass(frozen=True)
class Prediction:
    """What is expected to be counted in a month, or a year, at a place.

    Attributes:
        measure: What is counted, see `MEASURES`.
        place: Municipality code, name of a region or landsdel, or `DK`.
        year: Calendar year.
        month: Month of it; None for the year.
        value: Expected [conversations, or share 0-1].
        sd: Standard deviation of what may come by the chance of events, at most [unit of the value].
        std_error: Standard error of the value from the replications, at most [unit of the value].
        low: Lower end of the range [unit of the value].
        high: Upper end of it.
        kind: What the range holds: events, knowledge (runs at other assumptions and events) or none.
        nominal: Probability with which what comes lies in it [0-1]; None where none can be given.
        types: Conversation types; all where empty.
        arm: Whose rules: proposal or baseline.
        complete: Whether the run holds all days of the month or year.
        run_id: The run.
    """

    measure: str
    place: str
    year: int
    month: int | None
    value: float
    sd: float = 0.0
    std_error: float = 0.0
    low: float | None = None
    high: float | None = None
    kind: str = "none"
    nominal: float | None = None
    types: tuple[str, ...] = ()
    arm: str = "proposal"
    complete: bool = True
    run_id: str = ""

    @property
    def key(self) -> tuple[str, str, int, int, tuple[str, ...]]:
        """What an outcome must agree in; month 0 is the year."""
        return self.measure, self.place, self.year, self.month or 0, self.types


@dataclass(frozen=True)
class By:
    """Which predictions are taken from a run.

    Attributes:
        measures: Measures.
        places: Places as `place_named` gives them; the country, or where the run lacks part of it its municipalities,
            when empty.
        types: Conversation types; all where empty.
        months: Whether by month, else by calendar year.
        arm: Whose rules.
    """

    measures: tuple[str, ...] = ("held", "digital", "digital_share")
    places: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    months: bool = True
    arm: str = "proposal"


Office = Mapping[str, float]
"""Conversations of a kind of office in a municipality, by column of the table."""


@dataclass(frozen=True)
class _Source:
    """A kept run as predictions are taken from it; month 0 is the year.

    Attributes:
        run_id: Its id.
        offices: The offices by year and month and by municipality code, of the types that are asked for.
        period: First and last day.
        replications: Number of replications.
        spread: How far an office as a whole lies above or below the take-up at most [share].
        places: Municipality codes.
    """

    run_id: str
    offices: Mapping[tuple[int, int], Mapping[str, Sequence[Office]]]
    period: tuple[date, date]
    replications: int
    spread: float
    places: frozenset[str]


def predictions_of(run: Path, by: By | None = None, beside: Sequence[Path] = ()) -> tuple[Prediction, ...]:
    """Return what a kept run predicts, by measure, place, year and month.

    Args:
        run: Folder of the run.
        by: Which predictions; held, digital and their share by month where it is left out.
        beside: Runs of the same question at other assumptions: the range then reaches from the lowest end of them all
            to the highest. Where all are replayed draws of the same scenario, it has a probability.

    Raises:
        InputError: The folder holds no such run, or the run cannot predict what is asked for.
    """
    by = _checked(by or By())
    source = _source_of(kept_run(run), by)
    places = by.places or ((COUNTRY,) if source.places >= set(members_of(COUNTRY)) else tuple(sorted(source.places)))
    _refuse_missing(source, places, run)
    found = tuple(one for place in places for one in _at_place(source, by, place))
    others = [{one.key: one for one in predictions_of(other, replace(by, places=places))} for other in beside]
    nominal = probability_of([kept_run(other) for other in beside])
    order = {name: at for at, name in enumerate(by.measures)}
    spanned = [with_span(one, [other[one.key] for other in others if one.key in other], nominal) for one in found]
    return tuple(sorted(spanned, key=lambda one: (order[one.measure], places.index(one.place), one.key[2:4])))


def _checked(by: By) -> By:
    known = {"measure": (by.measures, MEASURES), "type": (by.types, tuple(words()["types"])), "arm": ((by.arm,), ARMS)}
    for what, (given, may) in known.items():
        for word in given:
            if word not in may:
                raise InputError.one(f"no {what} {word!r}; {allowed(may)}{did_you_mean(word, may)}")
    try:
        places = tuple(dict.fromkeys(place_named(place) for place in by.places))
    except ValueError as wrong:
        raise InputError.one(str(wrong)) from wrong
    every = tuple(words()["types"])
    types = () if set(by.types) == set(every) else tuple(one for one in every if one in by.types)
    return replace(by, types=types, measures=tuple(dict.fromkeys(by.measures)), places=places)


def _source_of(run: KeptRun, by: By) -> _Source:
    """Return the rows of the arm and the types that are asked for, and what their ranges need."""
    path = run.folder / "tables" / f"{TABLE}.csv"
    if not path.is_file():
        raise InputError.one("is not there: an older version made this run; run the scenario again", str(path))
    rows = run.table(TABLE)
    if rows.empty:
        raise InputError.one("has no rows: the control alone predicts nothing by month; run the engine", str(path))
    places = frozenset(rows["municipality_code"])
    rows = rows[(rows["arm"] == by.arm) & (rows["type"].isin(by.types) if by.types else True)]
    try:
        period = tuple(date.fromisoformat(run.headline["period"][end]) for end in ("from", "to"))
        replications, run_id = int(run.record["replications"]), str(run.record["run_id"])
    except (KeyError, TypeError, ValueError) as wrong:
        raise InputError.one(f"does not say period, replications and run id: {wrong}", str(run.folder)) from wrong
    values = run.table("assumptions")
    spread = values[(values["key"] == SPREAD) & values["arm"].isin(("both", by.arm))]["value"]
    offices = _offices(rows if by.months else rows.assign(month=0))
    most = float(spread.max()) if len(spread) else 0.0
    return _Source(run_id, offices, (period[0], period[1]), max(replications, 1), most, places)


def _offices(rows: pd.DataFrame) -> dict[tuple[int, int], dict[str, list[Office]]]:
    kinds = {name: said["office_kind"] for name, said in words()["types"].items()}
    rows = rows.assign(office_kind=rows["type"].map(kinds).fillna(rows["type"]))
    columns = sorted({column for columns in COUNTS.values() for column in columns})
    sums = rows.groupby(["year", "month", "municipality_code", "office_kind"])[columns].sum().reset_index()
    found: dict[tuple[int, int], dict[str, list[Office]]] = {}
    for row in sums.to_dict("records"):
        at = int(row["year"]), int(row["month"])
        of_place = found.setdefault(at, {}).setdefault(str(row["municipality_code"]), [])
        of_place.append({column: float(row[column]) for column in columns})
    return found


def _refuse_missing(source: _Source, places: Sequence[str], run: Path) -> None:
    faults = []
    for place in places:
        missing = [called(code) for code in members_of(place) if code not in source.places]
        if missing:
            told = ", ".join(missing[:3]) + (f" and {len(missing) - 3} more" if len(missing) > 3 else "")
            faults.append(f"{called(place)} (lacks {told})")
    if faults:
        raise InputError.one(f"does not hold all of {'; '.join(faults)}; ask for places that it holds", str(run))


def _at_place(source: _Source, by: By, place: str) -> Iterator[Prediction]:
    """Yield the predictions at a place; where the types do not occur nothing is counted, and there is no share."""
    members = members_of(place)
    for (year, month), by_code in sorted(source.offices.items()):
        offices = [office for code in members for office in by_code.get(code, ())]
        complete = _within(source.period, year, month or None)
        for measure in by.measures:
            told = _told(offices, measure, source.spread)
            if told is not None:
                one = Prediction(measure, place, year, month or None, told[0], types=by.types, arm=by.arm)
                yield _ranged(replace(one, complete=complete, run_id=source.run_id), told[1], source.replications)


def _within(period: tuple[date, date], year: int, month: int | None) -> bool:
    """Return whether all days of a month or year lie in the period."""
    last = calendar.monthrange(year, month or 12)[1]
    return period[0] <= date(year, month or 1, 1) and date(year, month or 12, last) <= period[1]


def _told(offices: Sequence[Office], measure: str, spread: float) -> tuple[float, float] | None:
    """Return what is expected and the standard deviation of what may come; None for a share of nothing.

    The take-up of an office lies evenly between (1 - spread) and (1 + spread) times that of the country in a whole
    replication, so its standard deviation is spread / sqrt 3 of it.
    """
    columns = COUNTS["digital" if is_share(measure) else measure]
    each = [math.fsum(office[column] for column in columns) for office in offices]
    count, held = math.fsum(each), math.fsum(office["held"] for office in offices)
    shared = math.fsum(number**2 for number in each) * spread**2 / 3
    if not is_share(measure):
        return count, math.sqrt(count + (shared if measure in CHOSEN else 0.0))
    if not held:
        return None
    share = count / held
    return share, math.sqrt(share * (1 - share) / held + shared / held**2)


def _ranged(one: Prediction, sd: float, replications: int) -> Prediction:
    """Return a prediction with the range of events: of one outcome, about a mean that is itself an estimate."""
    if not sd:
        return one
    reach = _TIMES * sd * math.sqrt(1 + 1 / replications)
    low = max(one.value - reach, 0.0)
    high = min(one.value + reach, 1.0 if is_share(one.measure) else math.inf)
    error = sd / math.sqrt(replications)
    return replace(one, sd=sd, std_error=error, low=low, high=high, kind="events", nominal=SURE)


def with_span(one: Prediction, others: Sequence[Prediction], nominal: float | None) -> Prediction:
    """Return a prediction whose range reaches over those of other runs.

    Args:
        one: The prediction.
        others: The same of the other runs; the prediction itself is returned where there are none.
        nominal: See `probability_of`.
    """
    if not others:
        return one
    alike = (one, *others)
    low = min(other.value if other.low is None else other.low for other in alike)
    high = max(other.value if other.high is None else other.high for other in alike)
    return replace(one, low=low, high=high, kind="knowledge", nominal=nominal)


def probability_of(runs: Sequence[KeptRun]) -> float | None:
    """Return the probability of a span from the lowest to the highest of some runs [0-1].

    Of n draws that could have come in any order, one more lies between the lowest and the highest with probability
    (n - 1) / (n + 1); the chance of events at its ends makes the span a little safer. Runs that somebody chose have no
    probability.

    Args:
        runs: The runs; at least two different draws of one scenario under one seed, or there is no probability.
    """
    drawn = [str(layers[-1]) for run in runs if (layers := run.record.get("layers"))]
    of = {(run.record.get("scenario"), run.record.get("seed")) for run in runs}
    are_draws = len(drawn) == len(runs) and all(DRAW.fullmatch(one) for one in drawn)
    if not are_draws or len(of) != 1 or len(set(drawn)) != len(drawn) or len(drawn) < 2:
        return None
    return (len(drawn) - 1) / (len(drawn) + 1)
