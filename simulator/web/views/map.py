"""The municipalities in their places: conversations avoided, held and digital, and the rules in force."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from simulator.report.language import Words, read_words
from simulator.report.municipalities.choice import ARMS, COMPARES, QUANTITIES, Choice
from simulator.report.municipalities.content import MISSING, SHADES, Content, Fill, content_of
from simulator.report.municipalities.tiles import read_tiles
from simulator.report.plugs import fits
from simulator.report.reading import Run
from simulator.web.views._told import say


def view(run: Run, words: Words, language: str) -> dict[str, Any]:
    """Return what the map can show, each with its statement, fills, legend and numbers, and where the squares stand.

    Args:
        run: The run.
        words: Words of the documents.
        language: Language of the page.
    """
    caption = words.text("figures.municipalities.caption")
    if not fits("municipalities", run):
        return {"title": caption, "alt": caption, "caption": caption, "shown": [], "tiles": []}
    shown = [_shown(content_of(run, words, choice), choice, language) for choice in _choices(run)]
    tiles = [
        {"code": tile.code, "name": tile.name, "short": tile.short, "row": tile.row, "column": tile.column}
        for tile in read_tiles().values()
    ]
    return {"title": shown[0]["title"], "alt": shown[0]["alt"], "caption": caption, "shown": shown, "tiles": tiles}


def _choices(run: Run) -> Iterator[Choice]:
    for quantity in QUANTITIES:
        if quantity == COMPARES:
            yield Choice(quantity)
        else:
            yield from (Choice(quantity, arm=arm) for arm in reversed(ARMS))
    if run.table("rules"):
        yield from (Choice(day=run.period[0], arm=arm) for arm in reversed(ARMS))


def _shown(content: Content, choice: Choice, language: str) -> dict[str, Any]:
    name = "rules" if choice.day is not None else choice.quantity
    arm = say(language, f"map.arms.{choice.arm}")
    day = "" if choice.day is None else read_words(language).day(choice.day)
    return {
        "name": choice.stem or choice.quantity,
        "label": say(language, f"map.quantities.{name}", arm=arm, day=day),
        **{part: getattr(content, part) for part in ("title", "below", "alt", "note", "unit", "missing", "whole")},
        "fills": {code: _step(content.fill(code)) for code in content.fills},
        "legend": [{"fill": _step(fill), "text": text} for fill, text in content.legend],
        "printed": dict(content.printed),
        "in_tiles": content.in_tiles,
        "order": sorted(content.exact, key=lambda code: -content.exact[code]) or sorted(content.printed, key=int),
    }


def _step(fill: Fill) -> str:
    """Return the name of a fill: its step from few to many, hatched, or missing."""
    if fill.hatched:
        return "hatched"
    return "missing" if fill is MISSING or fill not in SHADES else str(SHADES.index(fill))
