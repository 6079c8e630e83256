"""What one must believe of one link of the chain for another answer."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.report.blocks import Block, Heading, Line, Paragraph, Table
from simulator.report.chain import FACTORS, Link, links_of
from simulator.report.language import MIO
from simulator.report.sections.knowledge import knowledge_sentences
from simulator.report.sections.opening import signed_magnitude
from simulator.report.sections.telling import Telling
from simulator.report.weeks import weekdays_of

TELLING_SHARE = 0.1
"""Share of the estimate from which another assumption about closed weeks is told."""


def belief(telling: Telling) -> Iterator[Block]:
    """Yield table 3 and the sentences on it; a sentence alone where there is no effect."""
    yield Heading(2, telling.say("belief.heading"))
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
        notes=() if telling.short else (" ".join(belief_remarks(telling, links)),),
        name="belief",
    )


def link_name(telling: Telling, link: Link) -> str:
    """Return the name of a link: a loss for each conversation is a gain where the effect is one."""
    gain = link.name == "loss_per_conversation_days" and telling.story.direction == "gain"
    return "gain_per_conversation_days" if gain else link.name


def link_value(telling: Telling, link: Link, factor: float) -> str:
    """Return the value that a link would have, in its unit."""
    value = link.value * factor
    if value == 0:
        return telling.words.noted(value, telling.words.number(0))
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
        yield telling.say("belief.weeks_remark", weeks=telling.weeks(weekdays_of(telling.run)))
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
        if not telling.short:
            yield from doubling(telling, links)
            yield from carried(telling)
    known = list(knowledge_sentences(telling))
    yield from known or [telling.say("belief.no_range")]


def carried(telling: Telling) -> Iterator[str]:
    """Yield the estimate if conversations of closed weeks were put off, where that would be told apart."""
    converted, effect = (telling.run.number("if_carried", name) for name in ("converted", "employment_effect_mio_kr"))
    if converted is None or effect is None:
        return
    if abs(converted - telling.story.converted) > TELLING_SHARE * abs(telling.story.converted):
        amount = signed_magnitude(telling, effect * MIO)
        yield telling.say("belief.carried", count=telling.count(converted), amount=amount)


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
