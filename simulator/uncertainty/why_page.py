"""Reasons in words: what alone would make the figure another, what speaks against it, and the best pair."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from simulator.facts.read import sources
from simulator.uncertainty.breakeven import NONE, NOT_ALONE, STILL, Turn
from simulator.uncertainty.levers import Lever
from simulator.uncertainty.why import Half, Reasons
from simulator.uncertainty.wording import Wording

NO_SOURCE = frozenset({"none-found"})
OWN_SOURCE = frozenset({"own-derivation"})
CALIBRATED = "calibrated"
OUTSIDE_TOLD = 6
"""Values that would have to leave their range: so many are told in words, the nearest first."""
SOME = 4


def content_of(found: Reasons) -> dict[str, Any]:
    """Return the reasons as plain data."""
    return {
        "figure": found.figure.name,
        "unit": found.figure.unit,
        "today": found.today,
        "aim": found.aim,
        "single": [_single(turn) for turn in found.turns],
        "pair": None if found.pair is None else [_half(half) for half in found.pair],
        "strongest_pair_gives": found.furthest,
    }


def _single(turn: Turn) -> dict[str, Any]:
    lever, answer = turn.lever, turn.answers[0]
    return {
        "key": lever.key,
        "unit": lever.unit,
        "today": lever.value,
        "low": lever.low,
        "high": lever.high,
        "kind": lever.kind,
        "source": lever.source,
        "answer": answer.kind,
        "worked_out": turn.how,
        "needed": [root.value for root in answer.roots],
        "residual": [root.residual for root in answer.roots],
        "way_share": list(answer.shares),
        "inside_range": list(answer.inside),
        "contradicts": _contradicted(lever) if answer.roots and not any(answer.inside) else [],
    }


def _half(half: Half) -> dict[str, Any]:
    return {"key": half.lever.key, "unit": half.lever.unit, "needed": half.needed, "way_share": half.share}


def _contradicted(lever: Lever) -> list[str]:
    """Return the ids of the published sources behind a range."""
    return [one for one in lever.source.split("/") if one in sources() and one not in NO_SOURCE | OWN_SOURCE]


def plain(found: Reasons, words: Wording) -> str:
    """Return the reasons in words."""
    told = {"today": words.digits(found.today), "aim": words.digits(found.aim)}
    able = found.able()
    near = [turn for turn in able if any(turn.answers[0].inside)]
    far = sorted((turn for turn in able if turn not in near), key=_overshoot)
    lines = [words.text("why.title", **told), ""]
    if able:
        lines.append(words.text("why.lead", **told))
        lines += [f"- {_reason(turn, words)}" for turn in (*near, *far[:OUTSIDE_TOLD])]
        if len(far) > OUTSIDE_TOLD:
            names = [_small(words.lever_name(turn.lever.key)) for turn in far[OUTSIDE_TOLD:]]
            lines.append(f"- {words.text('why.others', count=len(names), some='; '.join(names[:SOME]))}")
        lines.append("")
    lines.append(words.text("why.alone" if near else "why.none_alone", count=len(near)))
    lines.append(_pair(found, words))
    return "\n".join([*lines, *_never(found, words), "", words.text("why.product")])


def _overshoot(turn: Turn) -> float:
    """Return how far beyond its range a value must go, in ways to the end of the range."""
    share = turn.answers[0].shares[0]
    return float("inf") if share is None else abs(share)


def _small(name: str) -> str:
    return name[:1].lower() + name[1:] if " " in name else name


def _reason(turn: Turn, words: Wording) -> str:
    lever, answer = turn.lever, turn.answers[0]
    inside = [number for number, within in enumerate(answer.inside) if within]
    place = inside[0] if inside else 0
    told = {
        "lever": words.lever_name(lever.key),
        "needed": words.told(answer.roots[place].value, lever.unit),
        "today": words.told(lever.value, lever.unit),
        "low": "" if lever.low is None else words.bare(lever.low, lever.unit),
        "high": words.told(lever.high, lever.unit),
    }
    if lever.low is None:
        return words.text("why.unranged", source=_today_source(lever, words), **told)
    if not inside:
        return words.text("why.outside", source=_range_source(lever, words), **told)
    share = answer.shares[place]
    if share is None:
        return words.text("why.inside_mixed", source=_today_source(lever, words), **told)
    return words.text("why.inside", share=words.number(share * 100), source=_today_source(lever, words), **told)


def _titles(lever: Lever, words: Wording) -> str:
    known = sources()
    return words.listed(known[one].title for one in _contradicted(lever))


def _today_source(lever: Lever, words: Wording) -> str:
    """Return what stands behind today's number, or that nothing published does."""
    kinds = set(lever.kind.split("/"))
    if set(lever.source.split("/")) <= NO_SOURCE:
        return words.text("why.unsourced")
    if CALIBRATED in kinds or not _contradicted(lever):
        return words.text("why.own")
    return words.text("why.sourced" if kinds <= {"fact", "derived"} else "why.assumed", source=_titles(lever, words))


def _range_source(lever: Lever, words: Wording) -> str:
    if not _contradicted(lever) or CALIBRATED in lever.kind.split("/"):
        return words.text("why.range_own")
    return words.text("why.range_source", source=_titles(lever, words))


def _pair(found: Reasons, words: Wording) -> str:
    if found.pair is None:
        if found.furthest is None:
            return words.text("why.no_movers")
        return words.text("why.no_pair", reached=words.digits(found.furthest, 3))
    one, two = found.pair
    return words.text(
        "why.pair",
        first_lever=_small(words.lever_name(one.lever.key)),
        first=words.told(one.needed, one.lever.unit),
        first_today=words.told(one.lever.value, one.lever.unit),
        first_share=words.number(one.share * 100),
        second_lever=_small(words.lever_name(two.lever.key)),
        second=words.told(two.needed, two.lever.unit),
        second_today=words.told(two.lever.value, two.lever.unit),
        second_share=words.number(two.share * 100),
    )


def _never(found: Reasons, words: Wording) -> Iterator[str]:
    """Yield what cannot do it whatever it is, and what does not move the figure at all."""
    for kind, line in ((NONE, "why.never"), (STILL, "break_even.idle_line"), (NOT_ALONE, "break_even.alone_line")):
        keys = [turn.lever.key for turn in found.turns if turn.answers[0].kind == kind]
        if keys:
            names = [*(keys if kind != NONE else map(words.lever_name, keys))]
            some = "; ".join([*names[:SOME], *(["..."] if len(names) > SOME else [])])
            yield words.text(line, some=some, count=len(keys))
