"""The assumptions: what the figures can tell of digital conversations, what was calibrated, and all values."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.report.blocks import Block, Heading, Paragraph, foreign
from simulator.report.bound import constant
from simulator.report.reading import Run, quantity
from simulator.report.sections.register import register_list
from simulator.report.sections.telling import Telling
from simulator.report.sections.values import RELATIVE_EFFECT, assumptions_table, is_fitted, used
from simulator.report.story import LEAST_KR


def assumptions(telling: Telling) -> Iterator[Block]:
    """Yield what is identified, the values that were calibrated, and the table of all."""
    yield Heading(2, telling.say("annex.assumptions"))
    yield Heading(3, telling.say("annex.identified"))
    yield Paragraph(" ".join(identification(telling)))
    told = [
        calibrated_sentence(telling, index)
        for index, item in enumerate(telling.run.headline.get("calibrated") or [])
        if not str(item.get("key", "")).startswith(RELATIVE_EFFECT)
    ]
    if told:
        yield Heading(3, telling.say("annex.calibrated_heading"))
        yield from map(Paragraph, told)
    yield assumptions_table(telling)
    yield from register_list(telling)


def identification(telling: Telling) -> Iterator[str]:
    """Yield what the figures can and cannot tell of the effect of digital conversations."""
    story = telling.story
    if not story.changes_form:
        yield telling.say("annex.not_applicable")
        return
    if abs(story.per_conversation_kr) >= LEAST_KR:
        key = "product" if telling.run.headline.get("published") and story.is_public else "product_plain"
        days, kr = telling.days(story.days_per_conversation), telling.per_conversation(story.per_conversation_kr)
        yield telling.say(f"annex.{key}", days=days, kr=kr)
        trial = telling.run.mean("trial_effect_share_per_meeting")
        if trial:
            yield telling.say("annex.trial", share=telling.words.share(trial))
    yield from reading_of_product(telling)


def reading_of_product(telling: Telling) -> Iterator[str]:
    """Yield how the run splits the product: by its values of the relative effect."""
    rows = [
        row
        for row in telling.run.table("assumptions")
        if row["key"].startswith(RELATIVE_EFFECT) and used(row.get("used", ""))
    ]
    if not rows:
        return
    if any(is_fitted(telling, row) for row in rows):
        # The published pair fixes a product: a share that was fitted to it is no finding, and is not told as one.
        yield telling.say("annex.kept_calibrated")
        return
    kept = [quantity(row, "value") for row in rows]
    low, high = min(kept), max(kept)
    if high - low > 0.005:
        yield telling.say("annex.part_range", low=telling.percent(low), high=telling.percent(high))
    elif low <= 0:
        yield telling.say("annex.all_lost")
    elif abs(low - 1) < 0.005:
        yield telling.say("annex.nothing_lost")
    else:
        key = "part_lost" if low < 1 else "more_kept"
        yield telling.say(f"annex.{key}", share=telling.percent(low))


def calibrated_sentence(telling: Telling, index: int) -> str:
    """Return that a value was chosen so that the run meets a published figure."""
    item = telling.run.headline["calibrated"][index]
    name = telling.words.key_name(str(item.get("key", ""))) or f"`{foreign(str(item.get('key', '')))}`"
    value = telling.number(telling.run.number("calibrated", index, "value") or 0.0)
    target = target_name(telling, str(item.get("to") or ""))
    if not target:
        return telling.say("annex.calibrated_plain", name=name, value=value)
    return telling.say("annex.calibrated", name=name, value=value, target=target)


def target_name(telling: Telling, to: str) -> str:
    """Return what a value was calibrated to: the name of the figure and, where given, its value."""
    key, _, value = to.replace(":", "=").partition("=")
    known = telling.words.find(f"names.targets.{key.strip()}")
    if known is None:
        return ""
    try:
        number = telling.number(as_published(telling.run, key.strip(), float(value)))
    except ValueError:
        return str(known)
    return telling.say("annex.target_value", name=known, value=number)


def as_published(run: Run, key: str, target: float) -> float:
    """Return a figure that was calibrated to as the run holds what was published, where it does."""
    held = run.number("published", key)
    return held if held is not None and held == target else constant(target)
