"""Why two kept runs differ: what they assume, how they are built, and which links of the chain make the difference."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

import yaml

from simulator.errors import InputError
from simulator.results.decomposition import Term, chains_of, terms
from simulator.results.read import KeptRun
from simulator.scenario.sources import RESOLVED
from simulator.scenario.uncertain import FIELD
from simulator.scenario.versions import without_version

ARMS = ("baseline", "proposal")
NAMES = ("name", "title", "title_da", "question", "note")
"""Parts of a scenario that change no figure."""
SIDE_BY_SIDE = {
    "converted": "conversations",
    "employment_weeks": "weeks",
    "full_time_person_years": "person-years",
    "saldo_mio_kr.employment_effect": "mio. kr.",
    "saldo_mio_kr.employment_effect.low": "mio. kr.",
    "saldo_mio_kr.employment_effect.high": "mio. kr.",
    "saldo_mio_kr.form": "mio. kr.",
    "saldo_mio_kr.volume": "mio. kr.",
    "kr_per_converted_conversation": "kr.",
    "employment_days_per_converted_conversation": "days",
    "trial_effect_share_per_meeting": "share",
    "caseworker_hours.municipal": "hours",
    "caseworker_hours.a_kasse": "hours",
    "conversations.baseline.due": "conversations",
    "conversations.baseline.held": "conversations",
    "conversations.proposal.held": "conversations",
    "conversations.proposal.waiting_end": "conversations",
    "meeting_days.jobcentre": "days",
}
RANGE = ("saldo_mio_kr.employment_effect.low", "saldo_mio_kr.employment_effect.high")
"""Figures that a run has only where values are drawn."""


@dataclass(frozen=True)
class Contrast:
    """Something that the two runs have in different states; None where a run has none."""

    key: str
    unit: str
    a: Any
    b: Any


@dataclass(frozen=True)
class Decomposition:
    """The difference B less A of a figure, term by term.

    Attributes:
        figure: The figure.
        unit: Its unit.
        terms: Factors of the control in order, then what the control leaves out, then simulation less control.
        difference: What the terms add up to; None where a run does not give the figure.
    """

    figure: str
    unit: str
    terms: tuple[Term, ...]
    difference: float | None


@dataclass(frozen=True)
class Difference:
    """All that parts two runs."""

    a: str
    b: str
    assumptions: tuple[Contrast, ...]
    structure: tuple[Contrast, ...]
    figures: tuple[Contrast, ...]
    decompositions: tuple[Decomposition, ...]

    def plain(self) -> dict[str, Any]:
        """Return it as data for JSON."""
        return asdict(self)


def difference_of(a: KeptRun, b: KeptRun) -> Difference:
    """Return why two kept runs differ.

    Raises:
        InputError: A run lacks a file, or a file cannot be read.
    """
    return Difference(
        a=a.name,
        b=b.name,
        assumptions=tuple(_assumptions(a, b)),
        structure=tuple(_structure(a, b)),
        figures=tuple(_figures(a, b)),
        # The links of a run with confidential values are left out, so that its figure cannot be taken apart by them.
        decompositions=() if any(_keeps_back(run.headline) for run in (a, b)) else (_converted(a, b), _kroner(a, b)),
    )


def _keeps_back(headline: Mapping[str, Any]) -> bool:
    return "confidential" in headline or "small_cells" in headline


def _figures(a: KeptRun, b: KeptRun) -> Iterator[Contrast]:
    for key, unit in SIDE_BY_SIDE.items():
        one, other = figure_of(a.headline, key), figure_of(b.headline, key)
        if key not in RANGE or (one, other) != (None, None):
            yield Contrast(key, unit, one, other)


def figure_of(headline: Mapping[str, Any], path: str, part: str = "mean") -> float | None:
    """Return a figure of a headline by its dotted path: a part of an estimate, or a plain number; None where absent."""
    found: Any = headline
    for name in path.split("."):
        found = found.get(name) if isinstance(found, Mapping) else None
    if isinstance(found, Mapping):
        found = found.get(part)
    elif part != "mean":
        return None
    return float(found) if isinstance(found, (int, float)) and not isinstance(found, bool) else None


def _converted(a: KeptRun, b: KeptRun) -> Decomposition:
    links = terms(*(chains_of(run.table("control"), "converted") for run in (a, b)))
    return _decomposition(("converted", "conversations"), links, [], (a, b), 1.0)


def _kroner(a: KeptRun, b: KeptRun) -> Decomposition:
    """Take the employment effect apart: the chain of changed form, then the volume as far as the concepts count it."""
    links = terms(*(chains_of(run.table("control"), "converted_kr") for run in (a, b)))
    volume = [
        (figure_of(run.headline, "saldo_mio_kr.employment_effect", "control") or 0.0)
        - (figure_of(run.headline, "saldo_mio_kr.form", "control") or 0.0)
        for run in (a, b)
    ]
    beside = [Term("volume_in_the_headline", (volume[1] - volume[0]) * 1e6 + 0.0)]
    return _decomposition(("saldo_mio_kr.employment_effect", "kr."), links, beside, (a, b), 1e6)


def _decomposition(
    figure: tuple[str, str], links: list[Term], beside: list[Term], runs: tuple[KeptRun, KeptRun], factor: float
) -> Decomposition:
    means = [figure_of(run.headline, figure[0]) for run in runs]
    if means[0] is None or means[1] is None:
        return Decomposition(*figure, (*links, *beside), None)
    whole = (means[1] - means[0]) * factor
    rest = whole - sum(term.amount for term in (*links, *beside))
    return Decomposition(*figure, (*links, *beside, Term("simulation_less_control", rest + 0.0)), whole + 0.0)


@dataclass
class _Number:
    """A value of a run: the number of each arm, its unit, and whether the run used it."""

    unit: str
    arms: dict[str, float | None]
    used: bool = False


def _assumptions(a: KeptRun, b: KeptRun) -> Iterator[Contrast]:
    """Yield the values that differ and that a run used, arm by arm where the arms of a run differ."""
    one, other = _numbers(a), _numbers(b)
    for key in dict.fromkeys((*one, *other)):
        either = one.get(key) or other[key]
        absent = _Number(either.unit, dict.fromkeys(ARMS))
        left, right = one.get(key, absent), other.get(key, absent)
        if left.arms == right.arms or not (left.used or right.used):
            continue
        alike = all(len(set(number.arms.values())) == 1 for number in (left, right))
        for arm in ARMS[:1] if alike else ARMS:
            if left.arms[arm] != right.arms[arm]:
                yield Contrast(key if alike else f"{arm}.{key}", either.unit, left.arms[arm], right.arms[arm])


def _numbers(run: KeptRun) -> dict[str, _Number]:
    found: dict[str, _Number] = {}
    for row in run.table("assumptions").to_dict("records"):
        number = found.setdefault(str(row["key"]), _Number(str(row["unit"]), dict.fromkeys(ARMS)))
        for arm in ARMS:
            if row["arm"] in ("both", arm):
                # A confidential value has no number in the table.
                number.arms[arm] = None if math.isnan(float(row["value"])) else float(row["value"])
        number.used = number.used or row["used"] == 1
    return found


def _structure(a: KeptRun, b: KeptRun) -> Iterator[Contrast]:
    one, other = (dict(_leaves(resolved_of(run))) for run in (a, b))
    for key in sorted({*one, *other}):
        if one.get(key) != other.get(key) and key not in NAMES:
            yield Contrast(key, "", one.get(key), other.get(key))


def resolved_of(run: KeptRun) -> dict[str, Any]:
    """Return the resolved scenario of a kept run as nested data in which every word and number is text.

    Raises:
        InputError: It cannot be read.
    """
    path = run.folder / RESOLVED
    try:
        # BaseLoader: everything is text, as it is written, so that equal texts are equal.
        tree = yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader))
    except (OSError, ValueError, yaml.YAMLError) as wrong:
        raise InputError.one(f"cannot be read: {wrong}", str(path)) from wrong
    if not isinstance(tree, dict):
        raise InputError.one("must hold a scenario; run it again", str(path))
    return without_version(tree)


def _drawn_from(given: Any) -> str:
    """Return a distribution as one line of text."""
    numbers = dict(given) if isinstance(given, dict) else {"name": given}
    return f"{numbers.pop('name', '')}({', '.join(f'{field}={content}' for field, content in numbers.items())})"


def _leaves(tree: Mapping[str, Any], path: str = "") -> Iterator[tuple[str, Any]]:
    """Yield what is structure by its dotted path; numbers with a unit are left out, for they are compared as values."""
    for key, content in tree.items():
        below = f"{path}.{key}" if path else key
        if isinstance(content, dict) and FIELD in content:
            # A table that is drawn as one is told of once.
            yield f"{content.get('set_as') or below}.{FIELD}", _drawn_from(content[FIELD])
        if isinstance(content, dict) and not {"value", "layer"} <= set(content):
            yield from _leaves(content, below)
        elif isinstance(content, list):
            yield (
                below,
                [json.dumps(entry, ensure_ascii=False) if isinstance(entry, dict) else entry for entry in content],
            )
        elif not isinstance(content, dict):
            yield below, content
