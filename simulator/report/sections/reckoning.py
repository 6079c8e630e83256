"""The reckoning: the chain (table 1), the financial years (2), what one must believe (3) and the concepts (4)."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.report.blocks import Block, Emphasis, Figure, Heading, Line, Paragraph, Table
from simulator.report.chain import (
    FACTORS,
    PASSING,
    VALUE_STEP,
    WORKED_OUT,
    Link,
    is_product,
    links_of,
    place_of,
    way_to_converted,
)
from simulator.report.plugs import plug
from simulator.report.reading import WITHIN
from simulator.report.sections.concepts import concepts
from simulator.report.sections.knowledge import knowledge_sentences
from simulator.report.sections.opening import signed_magnitude
from simulator.report.sections.telling import Telling
from simulator.report.sections.years import table_of_years
from simulator.report.story import LEAST_KR
from simulator.report.weeks import meeting_days_of, weekdays_of

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
TOTALS = ("physical_baseline", "converted", "employment_effect_kr")


def reckoning(telling: Telling) -> Iterator[Block]:
    """Yield the sections Beregning, Oekonomiske konsekvenser and Foelsomhed."""
    yield Heading(2, telling.say("reckoning.heading"))
    yield Paragraph(product_sentence(telling))
    model = telling.words.find(f"brief.reckoning.effect_model.{telling.run.headline.get('effect_model')}")
    if model:
        yield Paragraph(str(model))
    yield figure(telling, "bridge")
    yield chain_table(telling)
    yield Heading(2, telling.say("consequences.heading"))
    yield from table_of_years(telling)
    yield Heading(2, telling.say("belief.heading"))
    yield from belief(telling)
    yield from concepts(telling)


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
        amount = telling.words.mio_kr(story.volume_kr, plus=True)
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
        notes=(telling.say("reckoning.remark"),),
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
        return f"[[{title}]]"
    weeks = telling.number(round(meeting_days_of(telling.run) / 5, 1))
    by_accounts = name == VALUE_STEP and row.get("source") in WORKED_OUT
    return telling.say(f"reckoning.basis.{'value_by_accounts' if by_accounts else name}", weeks=weeks)


def belief(telling: Telling) -> Iterator[Block]:
    """Yield table 3 and the sentences on it; a sentence alone where there is no effect."""
    links = links_of(telling.run)
    if not links:
        yield Paragraph(telling.say("belief.nothing"))
        return
    yield Paragraph(" ".join(sensitivity(telling, links)))
    yield Table(
        caption=telling.numbered("table", telling.say("belief.caption")),
        columns=tuple(telling.words.find("brief.belief.columns")),
        lines=tuple(belief_line(telling, link) for link in links),
        numeric=(False, *(True for _ in FACTORS)),
        notes=(" ".join(belief_remarks(telling, links)),),
    )


def link_name(telling: Telling, link: Link) -> str:
    """Return the name of a link: a loss for each conversation is a gain where the effect is one."""
    gain = link.name == "loss_per_conversation_days" and telling.story.direction == "gain"
    return "gain_per_conversation_days" if gain else link.name


def link_value(telling: Telling, link: Link, factor: float) -> str:
    """Return the value that a link would have, in its unit."""
    value = link.value * factor
    if value == 0:
        return telling.words.number(0)
    if link.unit == "share":
        return telling.percent(value)
    if link.unit == "kr":
        return telling.words.number(value)
    return telling.words.number(value, 2 if link.unit == "days" else 1 if value < 100 else 0)


def belief_line(telling: Telling, link: Link) -> Line:
    """Return a row of table 3."""
    cells = [telling.say(f"belief.links.{link_name(telling, link)}")]
    for factor in FACTORS:
        value = link_value(telling, link, factor)
        if not link.possible(factor):
            value = telling.say("belief.impossible")
        elif not link.within_range(factor):
            value = telling.say("belief.outside")
        cells.append(value)
    return Line(tuple(cells))


def belief_remarks(telling: Telling, links: list[Link]) -> Iterator[str]:
    """Yield the remarks below table 3."""
    yield telling.say("belief.remark")
    if any(link.name == "meeting_weeks" for link in links):
        yield telling.say("belief.weeks_remark", weeks=telling.number(weekdays_of(telling.run) / 5))
    value = links[-1]
    if value.low is not None and value.high is not None:
        low = telling.words.kr(value.low) if telling.words.unit_first else telling.words.number(value.low)
        high = telling.words.kr(value.high)
        yield telling.say("belief.range_remark", low=low, high=high)


def sensitivity(telling: Telling, links: list[Link]) -> Iterator[str]:
    """Yield when the estimate is halved, doubled and nothing, and its range."""
    gain = "_gain" if telling.story.direction == "gain" else ""
    loss = next((link for link in links if link.unit == "days"), None)
    if loss is None:
        yield telling.say("belief.other")
    else:
        half, days, double = (link_value(telling, loss, factor) for factor in FACTORS[1:])
        yield telling.say(f"belief.product{gain}", half=half, days=days, double=double)
        yield from doubling(telling, links)
        yield from carried(telling)
    known = list(knowledge_sentences(telling))
    yield from known or [telling.say("belief.no_range")]


def carried(telling: Telling) -> Iterator[str]:
    """Yield the estimate if conversations of closed weeks were put off, where that would be told apart."""
    found = telling.run.headline.get("if_carried") or {}
    if found and abs(found["converted"] - telling.story.converted) > TELLING_SHARE * abs(telling.story.converted):
        amount = signed_magnitude(telling, found["employment_effect_mio_kr"] * 1e6)
        yield telling.say("belief.carried", count=telling.count(found["converted"]), amount=amount)


def doubling(telling: Telling, links: list[Link]) -> Iterator[str]:
    """Yield what would double the estimate, link by link, leaving out what is not possible."""
    options = [
        telling.say(
            f"belief.double.{link.name}",
            double=link_value(telling, link, 2.0),
            value=link_value(telling, link, 1.0),
        )
        for link in links
        if link.possible(2.0) and link.unit not in ("kr", "days")
    ]
    if options:
        yield telling.say("belief.doubling", options=telling.say("belief.or_if").join(options))
