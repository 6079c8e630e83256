"""Likely questions, each with the figures that answer it; one that the run cannot answer is left out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

from simulator.report.blocks import Block, Heading, Paragraph
from simulator.report.columns import is_nothing
from simulator.report.defence.figures import RELATIVE_EFFECT, VALUE, Figures
from simulator.report.language import MIO
from simulator.report.reading import WITHIN, quantity
from simulator.report.sections.closing import left_out_sentences

Answered: TypeAlias = tuple[str, str]
"""A question and its answer."""

CARRY = "closures.carry_share"
MOST_NAMED = 3
LEAST_HOURS = 0.5
NEAR = 0.02
"""A figure within this share of another one is the same."""


def questions(figures: Figures) -> Iterator[Block]:
    """Yield the questions that the run can answer, in the order in which they tend to come."""
    found = [answered for ask in ASKED if (answered := ask(figures)) is not None]
    if not found:
        return
    yield Heading(2, figures.say("questions.heading"))
    for asked, answer in found:
        yield Heading(3, asked)
        yield Paragraph(answer)


def _double(figures: Figures) -> Answered | None:
    items = []
    for key, goals in figures.turns.items():
        row = goals.get("double")
        if row is not None and row["kind"] == "at" and row["value"]:
            inside = "item" if row["inside"] == "1" else "item_outside"
            told = {"at": figures.told(row, "at"), "value": figures.told(row, "value")}
            items.append((inside, figures.say(f"questions.double.{inside}", name=figures.name(key), **told)))
    if not items or is_nothing(figures.now_kr):
        return None
    items.sort(key=lambda item: item[0] != "item")
    answer = figures.say("questions.double.answer", items=figures.listed(text for _, text in items[:MOST_NAMED]))
    return figures.say("questions.double.ask", now=figures.now), answer


def _carry(figures: Figures) -> Answered | None:
    run, telling = figures.telling.run, figures.telling
    carried, effect = run.number("if_carried", "converted"), run.number("if_carried", "employment_effect_mio_kr")
    share, now = run.number("if_carried", "carry_share"), telling.story.converted
    if carried is None or effect is None or share is None or not figures.is_checked:
        return None
    if abs(carried - now) <= NEAR * max(carried, now):
        return None
    counts = {"converted": telling.count(now), "carried": telling.count(carried)}
    row = next((row for row in run.table("assumptions") if row["key"] == CARRY), None)
    value = figures.missing if row is None else figures.told(row, "value")
    told = {"value": value, "share": telling.percent(share)}
    told |= {"carried": counts["carried"], "effect": figures.amount(effect * MIO)}
    return figures.say("questions.carry.ask", **counts), figures.say("questions.carry.answer", **told)


def _as_good(figures: Figures) -> Answered | None:
    row = figures.driver(RELATIVE_EFFECT)
    if row is None or not row["high"] or float(row["high"]) != 1:
        return None
    return _instead(figures, "as_good", figures.mio(row, "high_figure_mio_kr"))


def _half(figures: Figures) -> Answered | None:
    """Return the answer where the estimate is a straight line in what is kept, from nothing to everything."""
    row, turn = figures.driver(RELATIVE_EFFECT), figures.turns.get(RELATIVE_EFFECT, {}).get("zero")
    if row is None or turn is None or turn["how"] != "exact" or not row["low"]:
        return None
    if (float(row["low"]), float(row["high"] or "nan")) != (0.0, 1.0):
        return None
    ends = quantity(row, "low_figure_mio_kr") + quantity(row, "high_figure_mio_kr")
    return _instead(figures, "half", figures.amount(ends / 2 * MIO))


def _instead(figures: Figures, name: str, effect: str) -> Answered:
    answer = figures.say(f"questions.{name}.answer", effect=effect, now=figures.now)
    return figures.say(f"questions.{name}.ask"), answer


def _who(figures: Figures) -> Answered | None:
    parts = {name: figures.telling.run.number("saldo_mio_kr_by_authority", name) for name in AUTHORITIES}
    known = {name: mio for name, mio in parts.items() if mio is not None}
    if len(known) < len(AUTHORITIES) or all(is_nothing(mio * MIO) for mio in known.values()):
        return None
    ask = "ask_gain" if figures.now_kr > 0 else "ask"
    told = {name: figures.amount(mio * MIO) for name, mio in known.items()}
    return figures.say(f"questions.who.{ask}"), figures.say("questions.who.answer", **told)


AUTHORITIES = ("state", "municipality", "region")


def _time(figures: Figures) -> Answered | None:
    run = figures.telling.run
    hours = {kind: run.mean("caseworker_hours", kind) for kind in ("municipal", "a_kasse")}
    if all(abs(one) < LEAST_HOURS for one in hours.values()):
        return None
    kr = run.mean("saldo_mio_kr", "caseworker_time") * MIO
    counted = figures.say("questions.time.none")
    if not is_nothing(kr):
        counted = figures.say("questions.time.valued", amount=figures.amount(kr))
    told = {kind: figures.words.number(one, -1 if abs(one) >= 100 else 0, plus=True) for kind, one in hours.items()}
    return figures.say("questions.time.ask"), figures.say("questions.time.answer", counted=counted, **told)


def _sure(figures: Figures) -> Answered | None:
    effect, run = ("saldo_mio_kr", "employment_effect"), figures.telling.run
    error = run.number(*effect, "std_error")
    told = {"error": figures.size(error * MIO) if error is not None else figures.missing}
    estimate = run.estimate(*effect)
    if estimate.low is not None and estimate.high is not None:
        ends = {"low": figures.amount(estimate.low * MIO), "high": figures.amount(estimate.high * MIO)}
        return figures.say("questions.sure_range.ask"), figures.say("questions.sure_range.answer", **ends, **told)
    row = next((row for row in figures.drivers if row["low_figure_mio_kr"] and row["high_figure_mio_kr"]), None)
    if row is None:
        return None
    ends = {end: figures.mio(row, f"{end}_figure_mio_kr") for end in ("low", "high")}
    answer = figures.say("questions.sure.answer", name=figures.name(row["key"]), **ends, **told)
    return figures.say("questions.sure.ask"), answer


def _year(figures: Figures) -> Answered | None:
    years = figures.telling.run.headline.get("measure", {}).get("financial_years") or {}
    told = []
    for year in sorted(years):
        mio = figures.telling.run.number("measure", "financial_years", year)
        if mio is not None and not is_nothing(mio * MIO):
            told.append(figures.say("questions.year.item", amount=figures.amount(mio * MIO), year=year))
    if not told:
        return None
    return figures.say("questions.year.ask"), figures.say("questions.year.answer", years=figures.words.listed(told))


def _each(figures: Figures) -> Answered | None:
    story = figures.telling.story
    if not story.changes_form or is_nothing(story.form_kr):
        return None
    told = {"kr": figures.words.kr(story.per_conversation_kr, plus=True)}
    told["days"] = figures.telling.days(story.days_per_conversation)
    return figures.say("questions.each.ask"), figures.say("questions.each.answer", **told)


def _trial(figures: Figures) -> Answered | None:
    share = figures.telling.run.mean("trial_effect_share_per_meeting")
    if abs(share) <= WITHIN or figures.telling.story.form_kr >= 0:
        return None
    return figures.say("questions.trial.ask"), figures.say(
        "questions.trial.answer", share=figures.telling.percent(share)
    )


def _calibrated(figures: Figures) -> Answered | None:
    run = figures.telling.run
    listed = run.headline.get("calibrated")
    if listed is None or figures.telling.story.direction == "none":
        return None
    items = []
    for index, one in enumerate(listed):
        value = run.number("calibrated", index, "value")
        told = figures.missing if value is None else figures.telling.number(value)
        items.append(figures.say("questions.calibrated.item", name=figures.name(str(one["key"])), value=told))
    key = "answer" if items else "answer_none"
    answer = figures.say(f"questions.calibrated.{key}", items=figures.words.listed(items))
    return figures.say("questions.calibrated.ask"), answer


def _value(figures: Figures) -> Answered | None:
    row = figures.driver(VALUE)
    if row is None or not row["low"] or not row["high"]:
        return None
    told = {"low": figures.told(row, "low"), "high": figures.told(row, "high")}
    told |= {name: figures.mio(row, f"{name}_mio_kr") for name in ("low_figure", "high_figure")}
    return figures.say("questions.value.ask"), figures.say("questions.value.answer", **told)


def _volume(figures: Figures) -> Answered | None:
    story = figures.telling.story
    if is_nothing(story.volume_kr):
        return None
    told = {"volume": figures.amount(story.volume_kr), "form": figures.amount(story.form_kr)}
    key = "beside" if story.volume_beside else "answer"
    return figures.say("questions.volume.ask"), figures.say(f"questions.volume.{key}", now=figures.now, **told)


def _left_out(figures: Figures) -> Answered | None:
    if figures.telling.story.change == "none":
        return None
    items = " ".join(left_out_sentences(figures.telling))
    return figures.say("questions.left_out.ask"), figures.say("questions.left_out.answer", items=items)


def _control(figures: Figures) -> Answered | None:
    run = figures.telling.run
    control, share = run.estimate("saldo_mio_kr", "employment_effect").control, run.number(*UNEXPLAINED)
    if control is None or share is None or figures.telling.story.direction == "none":
        return None
    told = {"control": figures.amount(control * MIO), "share": figures.telling.percent(share)}
    key = "answer" if figures.is_checked else "useless"
    return figures.say("questions.control.ask"), figures.say(f"questions.control.{key}", now=figures.now, **told)


UNEXPLAINED = ("unexplained_share", "employment_effect")


def _published(figures: Figures) -> Answered | None:
    before = figures.telling.run.number("published", "employment_effect_mio_kr")
    if before is None or not figures.telling.story.is_public:
        return None
    difference = figures.amount(figures.now_kr - before * MIO)
    told = {"before": figures.amount(before * MIO), "now": figures.now, "difference": difference}
    return figures.say("questions.published.ask"), figures.say("questions.published.answer", **told)


ASKED: tuple[Callable[[Figures], Answered | None], ...] = (
    *(_double, _carry, _as_good, _half, _who, _time, _sure, _year, _each, _trial),
    *(_calibrated, _value, _volume, _left_out, _control, _published),
)
