"""From the last estimate to this one: the headline figures of both runs, and the assumptions that changed."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.report.blocks import Block, Bullets, Heading, Line, Paragraph, Table
from simulator.report.defence.figures import Figures
from simulator.report.reading import Row, Run
from simulator.report.sections.telling import Telling
from simulator.report.story import Story

MOST = 12
"""So many changed assumptions are listed."""


def since(figures: Figures, earlier: Run) -> Iterator[Block]:
    """Yield what changed since an earlier run."""
    before = Figures(Telling(earlier, figures.words))
    yield Heading(2, figures.say("since.heading"))
    columns = tuple(figures.words.find("defence.since.columns"))
    caption = figures.telling.numbered("table", figures.say("since.caption"))
    yield Table(caption, columns, tuple(_lines(figures, before)), (False, True, True, True))
    changes = list(_changes(figures, before))
    if not changes:
        yield Paragraph(figures.say("since.same"))
    else:
        yield Paragraph(figures.say("since.changed"))
        rest = len(changes) - MOST
        more = (figures.say("since.more", count=rest),) if rest > 0 else ()
        yield Bullets((*changes[:MOST], *more))
    yield Paragraph(figures.say("since.steps"))


def _lines(figures: Figures, before: Figures) -> Iterator[Line]:
    now, then = figures.telling.story, before.telling.story
    name = "since.rows"
    effects = (then.effect_kr, now.effect_kr, now.effect_kr - then.effect_kr)
    yield Line((figures.say(f"{name}.effect"), *map(figures.amount, effects)), "total")
    for row in ("converted", "person_years"):
        old, new = _figure(then, row), _figure(now, row)
        decimals = 0 if row == "converted" else 1
        told = (figures.words.number(old, decimals), figures.words.number(new, decimals))
        yield Line((figures.say(f"{name}.{row}"), *told, figures.words.number(new - old, decimals, plus=True)))


def _figure(story: Story, name: str) -> float:
    return story.converted if name == "converted" else story.person_years


def _changes(figures: Figures, before: Figures) -> Iterator[str]:
    """Yield each value that the runs read differently."""
    now, then = _used(figures.telling.run), _used(before.telling.run)
    for key in dict.fromkeys((*now, *then)):
        new, old = now.get(key), then.get(key)
        name = figures.name(key[0])
        if new is None and old is not None:
            yield figures.say("since.gone", name=name, before=before.told(old, "value"))
        elif old is None and new is not None:
            yield figures.say("since.new", name=name, after=figures.told(new, "value"))
        elif new is not None and old is not None and float(new["value"]) != float(old["value"]):
            told = {"before": before.told(old, "value"), "after": figures.told(new, "value")}
            yield figures.say("since.item", name=name, **told)


def _used(run: Run) -> dict[tuple[str, str], Row]:
    """Return the values that a run read, by key and arm."""
    rows = (row for row in run.table("assumptions") if row.get("used") in ("1", "True") and row["value"])
    return {(row["key"], row.get("arm", "both")): row for row in rows}
