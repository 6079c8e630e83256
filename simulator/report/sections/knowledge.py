"""How sure the estimate is: what its range bears, what was drawn, and the exact figures beside the draws."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from string import Formatter
from typing import Any

from simulator.report.blocks import foreign
from simulator.report.bound import standing_for
from simulator.report.known import stated
from simulator.report.language import MIO, Words
from simulator.report.sections.telling import Telling
from simulator.report.stated import chance_text, sign_text, span_text
from simulator.results.statements import INTERVAL, told_chance

LEAST_TOLD, MOST_TOLD = 0.02, 0.98
"""Chances beyond these are not told of: nearly no draw, or nearly all."""
CHANCES_TOLD = 3


def knowledge_sentences(telling: Telling) -> Iterator[str]:
    """Yield the range of the estimate and what it rests on."""
    known, told = telling.run.headline.get("knowledge"), stated(telling.run)
    if not known or told is None:
        return
    yield telling.say("knowledge.range", range=span_text(telling.words, told))
    if told.interval != INTERVAL:
        yield telling.say("knowledge.no_statistic")
    sign = sign_text(telling.words, told)
    if sign:
        yield sign
    if telling.short:
        return
    yield from chances(telling, known)
    drawn = [drawn_phrase(telling.words, one) for one in telling.run.tree("knowledge", "uncertain")]
    yield telling.say("knowledge.drawn", values=telling.words.listed(drawn))
    exact, draws = (telling.run.tree("knowledge", name) for name in ("exact", "employment_effect_mio_kr"))
    yield from exact_sentences(telling, exact, draws)


def chances(telling: Telling, known: Mapping[str, Any]) -> Iterator[str]:
    """Yield how often the loss is larger than some round sums, where that is neither nearly never nor nearly always."""
    some = [
        one
        for one in telling.run.tree("knowledge", "loss_exceeds")
        if LEAST_TOLD <= one["share"] <= MOST_TOLD and one["mio_kr"] > 0
    ]
    for one in some[:CHANCES_TOLD]:
        told = told_chance(one["share"], known["draws"], known["called"] == INTERVAL)
        told = replace(told, share=standing_for(told.share, one["share"]))
        yield chance_text(telling.words, told, one["mio_kr"] * MIO)


def drawn_phrase(words: Words, one: Mapping[str, Any]) -> str:
    """Return a value that was drawn, with its distribution and whether that has a source."""
    given = one["distribution"]
    given = {"mean": one["mean"], "sd": one["sd"]} | given
    numbers = {field: plain_number(words, value, one["unit"]) for field, value in given.items() if field != "name"}
    form = words.find(f"distributions.{given['name']}")
    named = words.key_name(one["key"]) or foreign(one["key"])
    ends = str(form).format(**numbers) if form and _complete(str(form), numbers) else given["name"]
    source = "" if one["source"] else words.text("brief.knowledge.own")
    return words.text("brief.knowledge.value", name=named, distribution=ends, source=source)


def _complete(form: str, numbers: Mapping[str, str]) -> bool:
    return all(field is None or field in numbers for _, field, _, _ in Formatter().parse(form))


def plain_number(words: Words, value: Any, unit: str) -> str:
    """Return a number of a distribution, with as many decimals as it needs; a list as its count."""
    if isinstance(value, list):
        return words.number(len(value))
    if unit == "share":
        return words.share(value, 0 if round(float(value) * 100, 6).is_integer() else 1)
    decimals = next((places for places in range(4) if abs(round(value, places) - value) < 1e-9), 3)
    return words.number(value, decimals)


def exact_sentences(telling: Telling, exact: Mapping[str, Any], draws: Mapping[str, Any]) -> Iterator[str]:
    """Yield the exact mean and spread beside those of the draws, where they exist."""
    if "why_none" in exact:
        return
    words = telling.words

    def amount(mio_kr: float) -> str:
        return words.mio_kr(mio_kr * MIO, 2)

    yield telling.say(
        "knowledge.exact",
        mean=amount(exact["mean_mio_kr"]),
        sd=amount(exact["sd_mio_kr"]),
        drawn_mean=amount(draws["mean"]["value"]),
        drawn_sd=amount(draws["sd"]),
    )
