"""The end of the note: what is left out, what was said before, and what it rests on."""

from __future__ import annotations

import math
from collections.abc import Iterator

from simulator.report.blocks import Block, Bullets, Heading, Paragraph
from simulator.report.reading import WITHIN
from simulator.report.sections.telling import Telling
from simulator.report.story import LEAST_KR, direction

SOURCES_NAMED = 6
"""At most so many sources are named in the text; the rest stand in the table of assumptions."""

NEAR_SHARE = 0.05
"""A run within this share of the published number of conversations is one of the published case."""

USELESS_SHARE = 0.5
"""A control that is further off does not check the estimate."""

QUANTITIES = {"converted": ("converted",), "effect": ("saldo_mio_kr", "employment_effect")}


def closing(telling: Telling) -> Iterator[Block]:
    """Yield the sections Ikke indregnet, Tidligere oplyst and Grundlag."""
    yield Heading(2, telling.say("left_out.heading"))
    yield Bullets(tuple(left_out(telling)))
    published = telling.run.headline.get("published") or {}
    if published:
        yield Heading(2, telling.say("published.heading"))
        yield Paragraph(" ".join(published_sentences(telling)))
    yield Heading(2, telling.say("basis.heading"))
    yield Paragraph(" ".join(control_sentences(telling)))
    yield Paragraph(sources_sentence(telling))


def left_out(telling: Telling) -> Iterator[str]:
    """Yield what the estimate leaves out: hours first, kroner only where the run values them."""
    hours = {kind: telling.run.mean("caseworker_hours", kind) for kind in ("municipal", "a_kasse")}
    if any(abs(number) >= 0.5 for number in hours.values()):
        told = telling.words.listed(
            telling.say(f"left_out.{kind}", hours=telling.count(number))
            for kind, number in hours.items()
            if abs(number) >= 0.5
        )
        yield telling.say("left_out.saved" if sum(hours.values()) > 0 else "left_out.extra", hours=told)
    time_kr = telling.run.mean("saldo_mio_kr", "caseworker_time") * 1e6
    if abs(time_kr) >= LEAST_KR:
        yield telling.say("left_out.valued", amount=telling.words.mio_kr(time_kr, plus=True))
    yield telling.say("left_out.rest" if telling.story.changes_form else "left_out.rest_plain")


def published_sentences(telling: Telling) -> Iterator[str]:
    """Yield what was published before beside what the run gives."""
    published = telling.run.headline["published"]
    before, ours = [], []
    if "converted" in published:
        before.append(telling.say("published.converted", number=telling.count(float(published["converted"]))))
        ours.append(telling.say("published.converted", number=telling.count(telling.story.converted)))
    if "employment_effect_mio_kr" in published:
        before.append(amount_phrase(telling, float(published["employment_effect_mio_kr"]) * 1e6))
        ours.append(amount_phrase(telling, telling.story.effect_kr))
    if before:
        figures, given = telling.words.listed(before), telling.words.listed(ours)
        yield telling.say("published.text", figures=figures, ours=given)
    if telling.run.headline.get("calibrated"):
        near = abs(telling.story.converted / float(published.get("converted") or math.inf) - 1) <= NEAR_SHARE
        yield telling.say("published.calibrated" if near else "published.calibrated_elsewhere")


def amount_phrase(telling: Telling, kr: float) -> str:
    """Return an amount as a loss or a gain of its order of magnitude."""
    return telling.say(f"published.amount_{direction(kr)}", amount=telling.words.magnitude_kr(kr))


def control_sentences(telling: Telling) -> Iterator[str]:
    """Yield how far the control, which needs no simulation, is from the estimate."""
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
    if telling.story.changes_form:
        yield telling.say("basis.least_certain")


def gap_of(telling: Telling, path: tuple[str, ...]) -> float | None:
    """Return how far an estimate is from its control, as a share of it; None where that has no meaning."""
    found = telling.run.estimate(*path)
    if found.control is None:
        return None
    if abs(found.control) < WITHIN:
        return 0.0 if abs(found.mean) < WITHIN else None
    return abs(found.mean - found.control) / abs(found.control)


def sources_sentence(telling: Telling) -> str:
    """Return the titles of the sources of published values, in the order of the table of assumptions."""
    rows = [row for row in telling.run.table("assumptions") if row["kind"] == "fact" and used(row.get("used", ""))]
    titles = dict.fromkeys(telling.run.source_title(row["source"]) for row in rows)
    named = [f"[[{title}]]" for title in titles if title][:SOURCES_NAMED]
    if not named:
        return telling.say("basis.no_sources")
    return f"{telling.say('basis.sources', sources='; '.join(named))} {telling.say('basis.no_sources')}"


def used(cell: str) -> bool:
    """Return whether a value was used by the run; a table that does not say counts all."""
    return cell.strip().lower() not in ("0", "false", "no", "0.0")
