"""The end of the note: what is left out, what was said before, and what it rests on."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

from simulator.report.blocks import Block, Bullets, Heading, Paragraph, foreign
from simulator.report.bound import constant
from simulator.report.columns import BESIDE
from simulator.report.known import bare_amount
from simulator.report.language import MIO
from simulator.report.reading import WITHIN
from simulator.report.sections.telling import Telling
from simulator.report.sections.values import rates_last, used
from simulator.report.story import LEAST_KR, direction

SOURCES_NAMED = 6
SOURCES_SHORT = 3
"""At most so many sources are named in the text, and on one page; the rest stand in the table of assumptions."""

LEAST_HOURS = 0.5
"""Hours are named from so many on."""

NEAR_SHARE = 0.05
"""A run within this share of what was published is one of the published case."""

USELESS_SHARE = constant(0.5)
"""A control that is further off does not check the estimate."""

QUANTITIES = {"converted": ("converted",), "effect": ("saldo_mio_kr", "employment_effect")}


def left_out(telling: Telling) -> Iterator[Block]:
    """Yield what the estimate leaves out."""
    yield Heading(2, telling.say("left_out.heading"))
    told = tuple(left_out_sentences(telling))
    yield Paragraph(" ".join(told)) if telling.short else Bullets(told)


def earlier(telling: Telling) -> Iterator[Block]:
    """Yield what was published before; nothing where the run knows of nothing."""
    published = " ".join(published_sentences(telling)) if telling.run.headline.get("published") else ""
    if published:
        yield Heading(2, telling.say("published.heading"))
        yield Paragraph(published)


def basis(telling: Telling) -> Iterator[Block]:
    """Yield on one page what the estimate rests on: its control, and its sources."""
    yield Heading(2, telling.say("basis.heading"))
    yield Paragraph(" ".join([*control_sentences(telling), sources_sentence(telling)]))


def check(telling: Telling) -> Iterator[Block]:
    """Yield how far the control is from the estimate."""
    yield Heading(2, telling.say("basis.check_heading"))
    yield Paragraph(" ".join(control_sentences(telling)))


def left_out_sentences(telling: Telling) -> Iterator[str]:
    """Yield what the estimate leaves out: hours first, kroner only where the run values them."""
    yield from hours_saved(telling)
    yield from valued_sentence(telling)
    yield not_valued(telling, valued_beside(telling))


def valued_beside(telling: Telling) -> dict[str, float]:
    """Return what stands beside the estimate, by line [kr]."""
    return {line: telling.run.mean("saldo_mio_kr", line) * MIO for line in BESIDE}


def valued_sentence(telling: Telling) -> Iterator[str]:
    """Yield what the run values that is not in the estimate but in the table of years; nothing where it values none."""
    items = [
        telling.say("left_out.valued_item", line=telling.words.name("lines", line), amount=telling.amount(kr))
        for line, kr in valued_beside(telling).items()
        if abs(kr) >= LEAST_KR
    ]
    if items:
        yield telling.say("left_out.valued", items=telling.words.listed(items))


def hours_saved(telling: Telling) -> Iterator[str]:
    """Yield the hours that are saved, or needed beside; nothing where there are none."""
    hours = {kind: telling.run.mean("caseworker_hours", kind) for kind in ("municipal", "a_kasse")}
    told = []
    if abs(hours["municipal"]) >= LEAST_HOURS:
        told.append(municipal_hours(telling, hours["municipal"]))
    if abs(hours["a_kasse"]) >= LEAST_HOURS:
        told.append(telling.say("left_out.a_kasse", hours=telling.count(hours["a_kasse"])))
    if told:
        key = "saved" if sum(hours.values()) > 0 else "extra"
        yield telling.say(f"left_out.{key}", hours=telling.words.listed(told))


def municipal_hours(telling: Telling, hours: float) -> str:
    """Return the municipalities' hours, with those that fewer no-shows save where both are saved."""
    no_shows = telling.run.mean("no_show_hours")
    if hours > 0 and no_shows >= LEAST_HOURS:
        counts = {"hours": telling.count(hours), "no_shows": telling.count(no_shows)}
        return telling.say("left_out.municipal_no_shows", **counts)
    return telling.say("left_out.municipal", hours=telling.count(hours))


def not_valued(telling: Telling, valued: Mapping[str, float]) -> str:
    """Return what has no value in the run at all."""
    plain = "" if telling.story.changes_form else "_plain"
    names = {f"no_shows{plain}": abs(valued["no_shows"]) < LEAST_KR, "travel": True, "infection": True}
    names["displacement"] = "displacement" not in telling.included
    items = [telling.say(f"left_out.items.{name}") for name, left_out in names.items() if left_out]
    return telling.words.sentence(f"brief.left_out.rest{plain}", items=telling.words.listed(items))


def published_sentences(telling: Telling) -> Iterator[str]:
    """Yield what was published before beside what the run gives."""
    published = telling.run.headline["published"]
    before, ours = [], []
    if "converted" in published:
        before.append(
            telling.say("published.converted", number=telling.count(telling.run.mean("published", "converted")))
        )
        ours.append(telling.say("published.converted", number=telling.count(telling.story.converted)))
    if "employment_effect_mio_kr" in published and telling.story.is_public:
        before.append(amount_phrase(telling, telling.run.mean("published", "employment_effect_mio_kr") * MIO))
        # As the estimate is told above: a run with a wide range rounds it more.
        kind, amount = direction(telling.story.effect_kr), bare_amount(telling.run, telling.words)
        ours.append(telling.say(f"published.amount_{kind}", amount=amount))
    if before:
        figures, given = telling.words.listed(before), telling.words.listed(ours)
        yield telling.say("published.text", figures=figures, ours=given)
    if telling.run.headline.get("calibrated"):
        yield telling.say("published.calibrated" if is_near(telling) else "published.calibrated_elsewhere")


def is_near(telling: Telling) -> bool:
    """Return whether the run gives what was published, in conversations and in kroner: that it was calibrated to."""
    published, story = telling.run.headline["published"], telling.story
    pairs = [(float(story.converted), float(published.get("converted") or math.inf))]
    if published.get("employment_effect_mio_kr") and story.is_public:
        pairs.append((float(story.effect_kr), float(published["employment_effect_mio_kr"]) * MIO))
    return all(abs(found / given - 1) <= NEAR_SHARE for found, given in pairs)


def amount_phrase(telling: Telling, kr: float) -> str:
    """Return an amount as a loss or a gain of its order of magnitude."""
    return telling.say(f"published.amount_{direction(kr)}", amount=telling.words.magnitude_kr(kr))


def control_sentences(telling: Telling) -> Iterator[str]:
    """Yield how far the control, which needs no simulation, is from the estimate, and what is least certain."""
    if telling.run.is_control_alone:
        # The control is the estimate: that they are alike says nothing.
        yield telling.say("basis.control_alone")
    else:
        yield from _differing(telling)
    if telling.story.changes_form:
        yield telling.say("basis.least_certain")


def _differing(telling: Telling) -> Iterator[str]:
    gaps = {name: gap_of(telling, path) for name, path in QUANTITIES.items()}
    known = {name: gap for name, gap in gaps.items() if gap is not None}
    if len(known) == 2 and max(known.values()) == 0 and telling.story.direction == "none":
        yield telling.say("basis.control_zero")
    elif any(gap > USELESS_SHARE for gap in known.values()):
        yield telling.say("basis.control_useless", share=telling.percent(USELESS_SHARE))
    elif len(known) == 2:
        shares = {name: telling.percent(gap) for name, gap in known.items()}
        yield telling.say("basis.control", **shares)
    elif known:
        name, gap = next(iter(known.items()))
        yield telling.say("basis.control_one", share=telling.percent(gap), what=telling.say(f"basis.{name}"))
    else:
        yield telling.say("basis.control_none")
    unexplained = telling.story.unexplained
    if known and unexplained and max(map(abs, unexplained.values())) > 0:
        yield telling.say("basis.unexplained", share=telling.percent(max(map(abs, unexplained.values()))))


def gap_of(telling: Telling, path: tuple[str, ...]) -> float | None:
    """Return how far an estimate is from its control, as a share of it; None where that has no meaning."""
    found = telling.run.estimate(*path)
    if found.control is None:
        return None
    if abs(found.control) < WITHIN:
        return abs(found.mean) if abs(found.mean) < WITHIN else None
    return abs(found.mean - found.control) / abs(found.control)


def sources_sentence(telling: Telling) -> str:
    """Return the titles of the sources of published values, those of the rates behind the accounts last."""
    table = rates_last(telling.run.table("assumptions"))
    rows = [row for row in table if row["kind"] == "fact" and used(row.get("used", ""))]
    titles = dict.fromkeys(telling.run.source_title(row["source"]) for row in rows)
    named = [f"[[{foreign(title)}]]" for title in titles if title][: SOURCES_SHORT if telling.short else SOURCES_NAMED]
    if not named:
        return telling.say("basis.no_sources")
    return f"{telling.say('basis.sources', sources='; '.join(named))} {telling.say('basis.no_sources')}"
