"""The reckoning: what the estimate is made of, link by link from conversations to kroner."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.report.blocks import Block, Emphasis, Figure, Heading, Line, Paragraph, Table, foreign
from simulator.report.chain import (
    PASSING,
    VALUE_STEP,
    WORKED_OUT,
    is_product,
    place_of,
    way_to_converted,
)
from simulator.report.plugs import plug
from simulator.report.reading import WITHIN
from simulator.report.sections.telling import Telling
from simulator.report.story import LEAST_KR
from simulator.report.weeks import meeting_days_of

CONVERSATIONS = (
    "held_baseline",
    "digital_by_exception",
    "digital_by_own_choice",
    "digital_by_order",
    "physical_baseline",
    "converted",
)
TELLING_SHARE = 0.1
"""Share of the estimate from which another assumption about closed weeks is told."""
LEAST_PRINTED_KR = 50_000
"""From here on an amount shows in mio. kr. with one decimal; a smaller one is told in kroner."""
SIMULATED = (
    *(name for name in CONVERSATIONS if name != "physical_baseline"),
    "share_that_changes_form",
    "employment_weeks",
)
"""Steps that a simulation counts; those of a run of the control alone are the control's."""
TOTALS = ("physical_baseline", "converted", "employment_effect_kr")


def reckoning(telling: Telling) -> Iterator[Block]:
    """Yield what the estimate is made of: the product in words, the bridge, and the chain."""
    yield Heading(2, telling.say("reckoning.heading"))
    sentences = [product_sentence(telling)]
    model = telling.words.find(f"brief.reckoning.effect_model.{telling.run.headline.get('effect_model')}")
    if model:
        sentences.append(str(model))
    if telling.short:
        yield Paragraph(" ".join(sentences))
    else:
        yield from map(Paragraph, sentences)
        yield figure(telling, "bridge")
    yield chain_table(telling)


def figure(telling: Telling, name: str) -> Figure:
    """Return a figure block, with its number and what it shows in words."""
    caption = telling.words.text(f"figures.{name}.caption")
    alt = plug("figures", name, "figure").alt_text(telling.run, telling.words)
    return Figure(name, telling.numbered("figure", caption), alt)


def product_sentence(telling: Telling) -> str:
    """Return that effect and loss are one product, or why there is none."""
    story = telling.story
    if story.change == "volume" and not story.volume_beside:
        return telling.say("reckoning.volume_only")
    if not story.changes_form:
        sentence = telling.say("reckoning.nothing")
    elif abs(story.per_conversation_kr) < LEAST_KR:
        sentence = telling.say("reckoning.no_effect")
    else:
        days, kr = telling.days(story.days_per_conversation), telling.per_conversation(story.per_conversation_kr)
        gain = "_gain" if story.per_conversation_kr > 0 else ""
        sentence = telling.say(f"reckoning.product{gain}", days=days, kr=kr)
    if abs(story.volume_kr) >= LEAST_KR and not story.volume_beside:
        small = abs(story.volume_kr) < LEAST_PRINTED_KR
        amount = telling.amount(story.volume_kr) if small else telling.words.mio_kr(story.volume_kr, plus=True)
        sentence = f"{sentence} {telling.say('reckoning.volume_part', amount=amount)}"
    return sentence


def chain_table(telling: Telling) -> Table:
    """Return table 1, the chain from conversations to the balance."""
    columns = telling.words.find("brief.reckoning.columns")
    return Table(
        caption=telling.numbered("table", telling.say("reckoning.caption")),
        columns=tuple(columns),
        lines=tuple(chain_lines(telling)),
        numeric=(False, True, False),
        notes=(telling.say("reckoning.remark_short" if telling.short else "reckoning.remark"),),
        name="chain",
    )


def chain_lines(telling: Telling) -> Iterator[Line]:
    """Yield the rows of the chain for which the run has a step."""
    steps = telling.run.steps
    for name in telling.words.find("brief.reckoning.rows"):
        if name == "employment_weeks" and (is_product(telling.run) or abs(steps.get(name, 0.0)) < WITHIN):
            continue
        if name == "kr_per_converted" and not telling.story.changes_form:
            continue
        passing = name in PASSING and steps.get(name, 0.0) < 1
        broken = name == "loss_per_conversation_days" and not is_product(telling.run)
        if name in steps and not passing and not broken:
            row, value = chain_cell(telling, name, steps[name])
            emphasis: Emphasis = "total" if name in TOTALS else "plain"
            yield Line((telling.say(f"reckoning.rows.{row}"), value, basis(telling, name)), emphasis)


def chain_cell(telling: Telling, name: str, value: float) -> tuple[str, str]:
    """Return which row names a step and how its value is written."""
    words = telling.words
    if name in CONVERSATIONS:
        return name, words.number(value, place_of(way_to_converted(telling.run)))
    if name == "share_that_changes_form":
        return name, telling.percent(value)
    if name == "loss_per_conversation_days":
        gain = telling.story.per_conversation_kr > 0
        return ("gain_per_conversation_days" if gain else name), words.number(abs(value), 2)
    if name in ("employment_weeks", "person_years"):
        return name, words.number(value, 1 if abs(value) < 99.5 else 0, plus=True)
    if name == "employment_effect_kr":
        small = abs(value) < 50_000
        return name, words.kr(value, plus=True) if small else words.mio_kr(value, plus=True)
    return name, words.number(value, plus=name == "kr_per_converted")


def basis(telling: Telling, name: str) -> str:
    """Return what a step rests on: the title of its source, or how it came about."""
    row = next(row for row in telling.run.table("steps") if row["step"] == name)
    title = telling.run.source_title(row.get("source", ""))
    if title:
        return f"[[{foreign(title)}]]"
    weeks = telling.weeks(meeting_days_of(telling.run))
    by_accounts = name == VALUE_STEP and row.get("source") in WORKED_OUT
    if telling.run.is_control_alone and name in SIMULATED:
        told = name if name == "held_baseline" else "simulated"
        return telling.say(f"reckoning.basis_control.{told}", weeks=weeks)
    return telling.say(f"reckoning.basis.{'value_by_accounts' if by_accounts else name}", weeks=weeks)
